"""Many random pairs of edits by two clerks, merged by field and by git: never a wrong value, far fewer conflicts."""

import random
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from perftui.forms import load_form
from perftui.model.diff import same_values
from perftui.model.ids import new_id
from perftui.model.record import Record, Row
from perftui.store.git.merge_driver import merge_bytes
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories

MERGES = 160
SPEC = load_form("hebei-2021").project
BASE = factories.project()
ROWS = BASE.rows("indicators")
GOALS = BASE.rows("goals")

Change = Callable[[Record], Record]
"""One clerk's edit."""


def value(path: tuple[str, ...], text: str) -> Change:
    return lambda record: record.with_value(path, text)


def cell(row: int, key: str, text: str) -> Change:
    return value(("indicators", ROWS[row].id, key), text)


def append(text: str, rng: random.Random) -> Change:
    row_id = new_id(ROWS[-1].id, None, {row.id for row in ROWS}, rng)
    return lambda record: record.with_row("indicators", Row(id=row_id, values={"order": 10_000, "name": text}))


def insert(at: int, text: str, rng: random.Random) -> Change:
    row_id = new_id(ROWS[at].id, ROWS[at + 1].id, {row.id for row in ROWS}, rng)
    place = ROWS[at].order + rng.randrange(1, 999)
    return lambda record: record.with_row("indicators", Row(id=row_id, values={"order": place, "name": text}))


def drop(row: int) -> Change:
    return lambda record: record.without_row("indicators", ROWS[row].id)


def move(row: int, place: int) -> Change:
    return lambda record: record.with_value(("indicators", ROWS[row].id, "order"), place)


def both(*changes: Change) -> Change:
    def run(record: Record) -> Record:
        for change in changes:
            record = change(record)
        return record

    return run


def swap(row: int) -> Change:
    return both(move(row, ROWS[row + 1].order), move(row + 1, ROWS[row].order))


def pairs(rng: random.Random) -> dict[str, tuple[Change, Change, bool]]:
    """By kind: what two clerks do, and whether they meet in one field."""
    at = rng.randrange(1, len(ROWS) - 2)
    return {
        "one row, far fields": (cell(at, "category", "甲"), cell(at, "basis", "乙"), False),
        "one row, next fields": (cell(at, "name", "甲"), cell(at, "description", "乙"), False),
        "neighbouring rows": (cell(at, "basis", "甲"), cell(at + 1, "category", "乙"), False),
        "both append": (append("甲", rng), append("乙", rng), False),
        "append and edit of the last row": (append("甲", rng), cell(-1, "basis", "乙"), False),
        "insert at one place": (insert(at, "甲", rng), insert(at, "乙", rng), False),
        "insert and edit": (insert(at, "甲", rng), cell(at, "basis", "乙"), False),
        "drop and edit of the neighbour": (drop(at), cell(at + 1, "category", "乙"), False),
        "drop and drop of the neighbour": (drop(at), drop(at + 1), False),
        "move and edit of the moved row": (move(at, 9500), cell(at, "category", "乙"), False),
        "swap and edit": (swap(at), cell(at, "value", "≥1%"), False),
        "move and move of another": (move(at, 9500), move(at + 1, 500), False),
        "neighbouring goals": (
            value(("goals", GOALS[0].id, "text"), "甲"),
            value(("goals", GOALS[1].id, "text"), "乙"),
            False,
        ),
        "neighbouring head fields": (value(("code",), "1"), value(("name",), "乙"), False),
        "head and amount": (value(("name",), "甲"), value(("budget", "total"), "1.00"), False),
        "neighbouring amounts": (value(("budget", "total"), "1.00"), value(("budget", "fiscal"), "1.00"), False),
        "plan points": (value(("plan", "m03"), "1"), value(("plan", "m06"), "2"), False),
        "the same edit": (cell(at, "basis", "同"), cell(at, "basis", "同"), False),
        "one field": (cell(at, "basis", "甲"), cell(at, "basis", "乙"), True),
        "drop and edit of the row": (drop(at), cell(at, "basis", "乙"), True),
    }


def by_git(folder: Path, base: Record, ours: Record, theirs: Record) -> Record | None:
    """What git makes of the files; ``None`` for a conflict."""
    paths = [folder / name for name in ("ours", "base", "theirs")]
    for path, record in zip(paths, (ours, base, theirs), strict=True):
        path.write_text(canonical(record, SPEC), encoding="utf-8")
    done = subprocess.run(["git", "merge-file", "-p", "-q", *map(str, paths)], capture_output=True, check=False)
    try:
        return decode(done.stdout, SPEC) if done.returncode == 0 else None
    except BadFile:
        return None


def test_merging_by_field_is_never_wrong(tmp_path: Path) -> None:
    rng = random.Random(20_210_301)
    found: Counter[str] = Counter()
    for number in range(MERGES):
        kinds = pairs(rng)
        kind = list(kinds)[number % len(kinds)]
        one, other, meet = kinds[kind]
        if rng.random() < 0.5:
            one, other = other, one
        ours, theirs = one(BASE), other(BASE)
        versions = [canonical(record, SPEC).encode() for record in (BASE, ours, theirs)]
        merged = merge_bytes(versions[0], versions[1], versions[2], SPEC, "乙")
        record = decode(merged.data, SPEC)
        assert bool(merged.conflicts) is meet, kind
        found["conflicts by field"] += bool(merged.conflicts)
        if not meet:
            assert same_values(record, one(other(BASE))), kind
            assert merged.data.decode() == canonical(record, SPEC)
        git = by_git(tmp_path, BASE, ours, theirs)
        found["conflicts by line"] += git is None
        found["wrong by line"] += git is not None and not same_values(git, record)
    print(f"{MERGES} merges: {dict(found)}, wrong by field 0")
    assert found["conflicts by field"] == MERGES // 10
    assert found["conflicts by line"] > found["conflicts by field"]
    assert found["wrong by line"] == 0
