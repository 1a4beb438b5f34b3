"""The sheet of all projects' amounts: typing, offers, filling, selecting, copying."""

from pathlib import Path

import pytest

from perftui.forms import load_form
from tests import factories
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real, sample


async def on_funds(flow: Flow) -> tuple[str, str, str]:
    """The sheet, the cursor on the first amount; the first three projects."""
    await flow.run("view.funds")
    assert flow.pane == "funds"
    one, two, three = flow.files[:3]
    return one, two, three


def amounts(flow: Flow, file: str) -> list[str]:
    return [flow.text("budget", key, file=file) for key in ("total", "fiscal", "other")]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_two_amounts_typed_give_the_third(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        one, _two, _three = await on_funds(flow)
        await flow.press("shift+right", "shift+right", "delete")
        assert amounts(flow, one) == ["", "", ""]
        await flow.press("home")
        await flow.type("12万")
        await flow.press("tab")
        await flow.type("１００，０００。5")
        await flow.press("tab", "f3")
        assert amounts(flow, one) == ["120000.00", "100000.50", "19999.50"]
        assert flow.disk(one)["budget"]["other"] == "19999.50"


async def test_the_sheet_of_the_other_form_works_in_its_unit(tmp_path: Path) -> None:
    form = load_form("mof-2021")
    group = form.project.amounts[0]
    total, *parts = [part.field.key for part in group.total.walk()]
    async with at_work(sample(tmp_path, factories.document("mof-2021"))) as flow:
        one, _two, _three = await on_funds(flow)
        await flow.press("f8", *["right"] * len(parts), "delete", "home")
        await flow.type("12.5")  # 万元
        await flow.press("tab", "f3", "f3", "f3")
        stored = flow.disk(one)[group.key]
        assert stored[total] == stored[parts[0]] == "125000.00"
        assert {stored[part] for part in parts[1:]} == {"0.00"}


async def test_totals_follow_at_the_foot(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=3))) as flow:
        await on_funds(flow)
        await flow.enter("1000000", "2000000", "3000000")
        assert [flow.disk(file)["budget"]["total"] for file in flow.files] == [
            f"{number}000000.00" for number in (1, 2, 3)
        ]
        *_rule, footer = flow.screen.sheet.view.footer
        assert "6000000.00" in [cell.text.replace(",", "") for cell in footer.cells]


async def test_enter_goes_down_to_where_the_run_of_tabs_began(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, two, three = await on_funds(flow)
        await flow.type("10")
        await flow.press("tab")
        await flow.type("10")
        await flow.press("tab")
        await flow.enter("0")
        assert (flow.place.file, flow.path) == (two, ("budget", "total"))
        await flow.enter("20")
        assert (flow.place.file, flow.path) == (three, ("budget", "total"))
        assert amounts(flow, one) == ["10.00", "10.00", "0.00"]
        assert flow.text("budget", "total", file=two) == "20.00"


async def test_tab_goes_on_in_the_next_row_and_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        _one, two, _three = await on_funds(flow)
        await flow.press("tab", "tab", "tab", "tab")
        assert (flow.place.file, flow.path) == (two, ("budget", "total"))
        await flow.press("shift+tab")
        assert flow.path == ("budget", "purpose")
        await flow.enter("改了用途")
        assert flow.disk(flow.files[0])["budget"]["purpose"] == "改了用途"


async def test_fill_down_from_the_row_above_and_over_a_selection(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, two, three = await on_funds(flow)
        total = flow.text("budget", "total", file=one)
        await flow.press("down", "ctrl+d")
        assert flow.disk(two)["budget"]["total"] == total
        assert flow.text("budget", "total", file=three) != total
        await flow.press("up", "shift+down", "shift+down", "ctrl+d")
        assert flow.disk(three)["budget"]["total"] == total
        await flow.press("ctrl+z")
        assert flow.text("budget", "total", file=three) != total
        await flow.go("budget", "total", file=three)
        await flow.press("shift+up", "shift+left", "shift+up", "ctrl+d")
        assert flow.disk(three)["budget"]["total"] == total


async def test_fill_right_over_a_selection_and_from_the_left(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, two, _three = await on_funds(flow)
        await flow.enter("77")
        await flow.press("up", "shift+right", "shift+right", "ctrl+r")
        assert amounts(flow, one) == ["77.00"] * 3
        await flow.go("budget", "other", file=two)
        await flow.press("ctrl+r")
        assert flow.disk(two)["budget"]["other"] == flow.text("budget", "fiscal", file=two)


async def test_a_block_is_copied_and_pasted_as_one_step(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, two, three = await on_funds(flow)
        before = flow.document
        await flow.press("f8", "right", "right", "f8", "ctrl+c")
        await flow.go("budget", "total", file=three)
        await flow.press("ctrl+v")
        assert flow.document == before, "what is filled is asked about first"
        await flow.press("enter")
        assert amounts(flow, three) == amounts(flow, one)
        assert amounts(flow, two) == [before.record(two).text(("budget", key)) for key in ("total", "fiscal", "other")]
        assert flow.disk(three)["budget"]["fiscal"] == flow.text("budget", "fiscal", file=one)
        await flow.press("ctrl+z")
        assert flow.document == before


async def test_a_block_is_cut_and_pasted_elsewhere(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, two, _three = await on_funds(flow)
        first = amounts(flow, one)
        await flow.press("shift+right", "shift+right", "ctrl+x")
        assert amounts(flow, one) == ["", "", ""]
        await flow.press("home", "down", "ctrl+v", "enter")
        assert amounts(flow, two) == first
        assert "total" not in flow.disk(one)["budget"]


async def test_a_block_is_pasted_at_the_beginning_of_what_is_selected(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, two, _three = await on_funds(flow)
        first = amounts(flow, one)
        await flow.press("shift+right", "shift+right", "ctrl+c", "escape")
        await flow.go("budget", "total", file=two)
        await flow.press("shift+right", "shift+right", "ctrl+v", "enter")
        assert amounts(flow, two) == first


async def test_pasting_with_nothing_copied_says_how_the_terminal_pastes(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await on_funds(flow)
        before = flow.document
        await flow.press("ctrl+v")
        assert "Shift+Ins" in flow.notice
        assert flow.document == before


async def test_what_is_no_amount_stays_open_until_it_is_put_right(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, _two, _three = await on_funds(flow)
        before = flow.document
        await flow.type("十几万")
        await flow.press("enter")
        assert flow.notice
        assert (flow.place.file, flow.path) == (one, ("budget", "total"))
        await flow.press("tab", "down")
        assert flow.document == before
        await flow.press("backspace", "backspace", "backspace")
        await flow.enter("12.5+3")
        assert flow.disk(one)["budget"]["total"] == "15.50"


async def test_a_selection_by_f8_ends_with_what_is_done_to_it(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, two, three = await on_funds(flow)
        await flow.press("f8", "down", "delete", "right", "down", "delete")
        assert [flow.text("budget", "total", file=file) for file in (one, two)] == ["", ""]
        assert flow.text("budget", "fiscal", file=two)  # nothing was selected any more
        assert not flow.text("budget", "fiscal", file=three)
