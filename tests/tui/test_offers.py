"""Dim texts while a cell is typed, and in a document that counts in 万元."""

from pathlib import Path

import pytest

from perftui.store.create import create_document
from tests.tui.flows import SMALL, Flow, at_work, real

QUALITY = ("indicators", "+质量指标", "name")


def said(flow: Flow) -> str:
    """The lines under the sheet."""
    return "\n".join(flow.screen.detail.texts)


async def in_a_new_row(flow: Flow) -> None:
    """The name of a new indicator; the library knows some."""
    await flow.press("insert")
    await flow.enter("1")
    await flow.go(*QUALITY)


async def types(flow: Flow, text: str) -> None:
    """A text, and then the hand rests."""
    await flow.type(text)
    flow.screen.draft_review.rest()


def first_offered(flow: Flow) -> str:
    (line,) = [line for line in flow.screen.detail.texts if line.startswith("F3 采纳：")]
    return line.removeprefix("F3 采纳：")


async def test_what_f3_takes_is_shown_when_the_hand_rests(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_a_new_row(flow)
        await flow.type("办")
        assert "F3" not in said(flow)
        flow.screen.draft_review.rest()
        offered = first_offered(flow)
        assert offered.startswith("办")
        await flow.type(offered[1])
        assert first_offered(flow) == offered, "it still goes on with what was typed"
        await flow.press("f3")
        (row,) = flow.rows("indicators")
        assert row.text("name") == offered
        assert flow.path[-1] == "description"


async def test_the_least_window_shows_it_as_well(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), (60, 15)) as flow:
        await in_a_new_row(flow)
        await flow.type("办")
        assert "F3" not in said(flow)
        flow.screen.draft_review.rest()
        assert first_offered(flow).startswith("办")


async def test_letters_find_it_and_another_text_takes_it_away(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_a_new_row(flow)
        await types(flow, "bg")
        assert first_offered(flow).startswith("办公")
        await flow.type("不")
        assert "F3" not in said(flow)
        flow.screen.draft_review.rest()
        assert "F3" not in said(flow)
        await flow.press("backspace")
        flow.screen.draft_review.rest()
        assert first_offered(flow).startswith("办公")


@pytest.mark.parametrize("key", ["enter", "tab", "down"])
async def test_nothing_but_f3_takes_it(tmp_path: Path, key: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_a_new_row(flow)
        await types(flow, "办公")
        assert first_offered(flow)
        await flow.press(key)
        (row,) = flow.rows("indicators")
        assert row.text("name") == "办公"


async def test_what_is_typed_whole_is_offered_no_more(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_a_new_row(flow)
        await types(flow, "办公")
        offered = first_offered(flow)
        await types(flow, offered.removeprefix("办公"))
        assert offered not in said(flow)


async def test_f2_offers_what_goes_on_with_the_text(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_a_new_row(flow)
        await flow.enter("办公")
        (row,) = flow.rows("indicators")
        await flow.go("indicators", row.id, "name")
        await flow.press("f2")
        flow.screen.draft_review.rest()
        offered = first_offered(flow)
        await flow.press("f3")
        assert flow.rows("indicators")[0].text("name") == offered != "办公"


async def test_the_part_of_an_amount_is_offered_while_another_is_typed(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("insert")
        await flow.go("budget", "total")
        await flow.enter("120000")
        await types(flow, "1")
        assert first_offered(flow) == "120000.00"
        await flow.type("2")
        assert first_offered(flow) == "120000.00"
        await flow.press("f3")
        assert flow.text("budget", "fiscal") == "120000.00"


async def test_the_departments_last_year_is_taken_while_typing(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data) as flow:
        await flow.press("ctrl+o", "5")
        await flow.go("overall_goal", file="department.toml")
        await flow.enter("保障街道运转。")
        flow.session.flush()
    create_document(data, 2022, "613001", "hebei-2021", "路南街道办事处")
    async with at_work(data) as flow:
        await flow.press("ctrl+o", "5")
        await flow.go("overall_goal", file="department.toml")
        await types(flow, "保障")
        assert first_offered(flow) == "保障街道运转。"
        await flow.press("f3")
        assert flow.text("overall_goal", file="department.toml") == "保障街道运转。"


@pytest.fixture
def in_ten_thousands(tmp_path: Path) -> Path:
    """An empty document whose form counts in 万元."""
    create_document(tmp_path / "data", 2022, "613001", "mof-2021", "某单位")
    return tmp_path / "data"


@pytest.mark.parametrize("typed", ["", "1"])
async def test_an_offered_amount_is_in_the_unit_of_the_screen(in_ten_thousands: Path, typed: str) -> None:
    async with at_work(in_ten_thousands) as flow:
        await flow.press("insert")
        await flow.go("funds", "total")
        await flow.enter("100")
        assert flow.path == ("funds", "appropriation")
        assert flow.screen.sheet.cell is not None
        assert flow.screen.sheet.cell.offer == "100"
        await types(flow, typed)
        await flow.press("f3")
        assert flow.text("funds", "appropriation") == "1000000.00"


async def test_an_offered_percentage_looks_like_one(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("insert")
        await flow.enter("1")
        await flow.go("plan", "m03")
        assert flow.screen.sheet.cell is not None
        assert flow.screen.sheet.cell.offer == "25%"
        await types(flow, "2")
        await flow.press("f3")
        assert flow.text("plan", "m03") == "25"


@pytest.mark.parametrize("rests", [False, True])
@pytest.mark.parametrize("typed", ["130000", "1200", "2179600"])
async def test_a_typed_number_stands_whatever_is_offered(tmp_path: Path, typed: str, *, rests: bool) -> None:
    """1200 is no beginning of 120000.00 but where that is shown, and 130000 never is."""
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("insert")
        await flow.go("budget", "fiscal")
        await flow.enter("120000")
        await flow.go("budget", "total")
        assert flow.screen.sheet.cell is not None
        assert flow.screen.sheet.cell.offer == "120000.00"
        await (types if rests else Flow.type)(flow, typed)
        await flow.press("f3")
        taken = "120000.00" if rests and typed == "1200" else f"{typed}.00"
        assert flow.text("budget", "total") == taken
