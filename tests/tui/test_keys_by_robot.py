"""Keys beyond content that entry costs a robot which knows Ctrl+G, F3, F4 and typing alone. Run with ``-s``."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from perftui.cli.main import main
from perftui.model.record import FieldPath
from perftui.model.unreviewed import marked_paths
from perftui.session.remaining import Need
from tests.tui.test_keys_counted import CODE, NINE, ROOT, Hands, hands

MOST_NEW, MOST_COPIED = 50, 16
GOALS = ("全年举办培训4次，参加60人次", "培训合格率达到95%以上")
NEW: Mapping[FieldPath, str] = {
    ("code",): CODE,
    ("name",): "街道工作者培训经费",
    ("budget", "total"): "120000",
    ("budget", "fiscal"): "120000.00",
    ("budget", "other"): "0.00",
    ("budget", "purpose"): "用于街道工作者全年4次培训",
}
"""What a robot enters; of the plan it takes what is offered."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The real document."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def wanted(hand: Hands) -> str:
    """What a robot wants at the cursor; "" where it takes what is there."""
    path = hand.place.path
    if path in NEW:
        return NEW[path]
    if path[0] == "goals":
        return GOALS[0]
    if path[0] == "indicators":
        state = hand.app.state
        cell = hand.app.screen.sheet.cell  # type: ignore[attr-defined]
        row = state.record.row(path[0], path[1])
        level = row.text("class") if row else dict(cell.ghost.values)["class"]
        number = [name for _category, name in state.session.form.project.taxonomy.skeleton].index(level)
        return dict(zip(("name", "description", "value", "basis"), (*NINE[number], "年度培训计划"), strict=True))[
            path[2]
        ]
    return ""


async def put(hand: Hands) -> None:
    """One stop: what is wanted is taken where it is offered, else typed; then on."""
    cell = hand.app.screen.sheet.cell  # type: ignore[attr-defined]
    text = wanted(hand)
    offered = hand.app.state.shown.offers.get(hand.place, "")
    if offered and text in ("", offered):
        await hand.take()
        if hand.app.state.shown.stops(hand.place.file).stops and is_stop(hand):
            return
    elif text and text != cell.text:
        await hand.type(text)
    await hand.press("ctrl+g")


def is_stop(hand: Hands) -> bool:
    """Has the cursor come to the next place by itself?"""
    stops = hand.app.state.shown.stops(hand.place.file).stops
    return any(stop.place == hand.place for stop in stops)


async def test_a_new_project_of_nine_rows(data: Path) -> None:
    async with hands(data) as hand:
        await hand.press("insert")
        for _stop in range(80):
            if "Ctrl+G" in hand.app.state.notice and hand.place.path != ("code",):
                break
            await put(hand)
        hand.report("a new project of nine rows, by Ctrl+G alone")
        file = hand.place.file
        assert hand.app.state.shown.stops(file).left == 0
        record = hand.app.session.document.record(file)
        assert [row.text("name") for row in record.rows("indicators")] == [name for name, _about, _value in NINE]
        assert len(hand.presses) <= MOST_NEW


ROLLED: Mapping[FieldPath, str] = {("code",): CODE, ("budget", "purpose"): "保障42名人员工资"}
TOGETHER = [("budget", "total")]
"""Where F3 puts in what was typed, and takes what goes with it, as it does in goals."""
MENDED: Mapping[str, str] = {
    "class": "数量指标",
    "name": "工资足额发放率",
    "description": "足额发放人数占应发人数的比例",
    "value": "100%",
}
"""What a robot enters in a project of last year: what is new, and what is right where an error stands."""


async def look_through(hand: Hands, changes: Mapping[FieldPath, str], *, rest: bool) -> None:
    """From stop to stop: what is new is typed, all else looked at and taken as it stands."""
    waiting = dict(changes)
    await hand.press("ctrl+g")
    for _stop in range(80):
        if hand.app.state.notice.startswith("本项目"):
            return
        stops = hand.app.state.shown.stops(hand.place.file).stops
        is_wrong = any(stop.place == hand.place and stop.need is Need.WRONG for stop in stops)
        text = waiting.pop(hand.place.path, MENDED.get(hand.place.path[-1], "") if is_wrong else "")
        if text:
            await hand.type(text)
            await hand.press("f3" if hand.place.path in TOGETHER or hand.place.path[0] == "goals" else "ctrl+g")
        elif rest and not waiting and hand.app.state.shown.copied_from(hand.place):
            await hand.press("f4", "2")
        else:
            await hand.press("f3")


@pytest.mark.parametrize("amounts", ["copy", "blank"])
@pytest.mark.parametrize("rest", [False, True], ids=["row-by-row", "rest-of-the-project"])
async def test_a_project_rolled_over_of_nine_rows(data: Path, amounts: str, *, rest: bool) -> None:
    assert main(["rollover", "2022", "--amounts", amounts, "--data", str(data)]) == 0
    async with hands(data) as hand:
        await look_through(hand, ROLLED, rest=rest)
        hand.report(f"rolled over, nine rows, {'the rest at once' if rest else 'row by row'}, amounts {amounts}")
        file = hand.place.file
        record = hand.app.session.document.record(file)
        assert len(record.rows("indicators")) == 9
        assert not marked_paths(record)
        assert hand.app.state.shown.stops(file).left == 0
        assert len(hand.presses) <= MOST_COPIED


@pytest.mark.parametrize("amounts", ["copy", "blank"])
async def test_a_project_rolled_over_with_another_total_and_goal(data: Path, amounts: str) -> None:
    assert main(["rollover", "2022", "--amounts", amounts, "--data", str(data)]) == 0
    async with hands(data) as hand:
        file = next(iter(hand.app.session.document.projects))
        first = hand.app.session.document.record(file).rows("goals")[0]
        new = {("budget", "total"): "120000", ("goals", first.id, "text"): "全年12个月按时发放42人工资"}
        await look_through(hand, {**ROLLED, **new}, rest=False)
        hand.report(f"rolled over, nine rows, with another total and goal, amounts {amounts}")
        record = hand.app.session.document.record(file)
        assert record.text(("budget", "fiscal")) == "120000.00"
        assert not marked_paths(record)
        assert hand.app.state.shown.stops(file).left == 0
        assert len(hand.presses) <= MOST_COPIED
