"""Damaged documents: each is read or refused with a sentence, in bounded time and memory; nothing is written."""

import json
import random
import subprocess
import tempfile
from pathlib import Path

from tests.soak.damaged_documents import damaged
from tests.soak.importer import BROKEN, READ, REFUSED, SECONDS, SLOW
from tests.soak.place import in_parts, own_place, python, surroundings
from tests.soak.suite import Deadline, Suite, Tally

_AT_ONCE = 8
_PART = 125
_LOST = "files changed"
_LARGE = "over 400 MiB"
_MIB = 400


def run(count: int, rng: random.Random, over: Deadline) -> Tally:
    """Damage and import ``count`` documents, some at a time."""
    tally = Tally("documents")
    tally.expect("files", REFUSED, READ, BROKEN, SLOW, _LARGE, _LOST)
    with own_place():
        return in_parts(tally, _part, count, rng, over, size=_PART, at_once=_AT_ONCE)


def _part(given: tuple[int, int]) -> Tally:
    seed, size = given
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        return try_documents(Path(folder), [damaged(rng) for _number in range(size)], f"seed {seed}")


def try_documents(folder: Path, files: list[tuple[str, bytes]], told: str) -> Tally:
    """Import files in a process with limits, and look at what it left behind."""
    tally = Tally("documents")
    names = {folder / f"{number:04d}.docx": (kind, data) for number, (kind, data) in enumerate(files)}
    for path, (_kind, data) in names.items():
        path.write_bytes(data)
    tally.counts["files"] += len(files)
    try:
        done = subprocess.run(
            python("-m", "tests.soak.importer", *map(str, names)), capture_output=True, cwd=folder, check=False,
            timeout=SECONDS * len(files), env=surroundings(folder),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        tally.fail(SLOW, told)
        return tally
    if done.returncode:
        tally.fail(BROKEN, f"{told}: {done.stderr.decode('utf-8', 'replace')[-1500:]}")
        return tally
    said = json.loads(done.stdout)
    for name, (outcome, words) in said["found"].items():
        if outcome in (READ, REFUSED):
            tally.counts[outcome] += 1
        else:
            tally.fail(outcome, f"{told} {Path(name).name} ({names[Path(name)][0]}): {words}")
    if said["memory"] > _MIB:
        tally.fail(_LARGE, f"{told}: {said['memory']} MiB")
    left = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    if left != {path: data for path, (_kind, data) in names.items()}:
        tally.fail(_LOST, f"{told}: {sorted(path.name for path in left)[:5]}")
    return tally


SUITE = Suite(name="documents", what="5,000 damaged DOCX files through the import", full=5000, run=run)
