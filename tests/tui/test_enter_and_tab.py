"""Enter goes down in every table, Tab through every field, and neither writes over what stands there."""

from pathlib import Path

import pytest

from perftui.editing.rows import END_ROW, NEW_ROW
from perftui.model.document import DEPARTMENT
from tests.tui.flows import Flow, at_work, real


async def open_form(flow: Flow, number: int = 0, pane: str = "form") -> None:
    flow.screen.state.open_project(flow.files[number], pane)
    flow.screen.show()
    await flow.pilot.pause()


@pytest.mark.parametrize("pane", ["form", "indicators"])
async def test_enter_goes_down_to_where_the_run_of_tabs_began(tmp_path: Path, pane: str) -> None:
    async with at_work(real(tmp_path)) as flow:
        await open_form(flow, pane=pane)
        first, second = flow.rows("indicators")[:2]
        await flow.go("indicators", first.id, "name")
        await flow.type("甲")
        await flow.press("tab")
        await flow.type("乙")
        await flow.press("tab")
        await flow.type("3人")
        await flow.press("enter")
        assert flow.path == ("indicators", second.id, "name")
        row = flow.rows("indicators")[0]
        assert [row.text(key) for key in ("name", "description", "value")] == ["甲", "乙", "3人"]


@pytest.mark.parametrize("pane", ["form", "indicators"])
async def test_enter_stays_on_the_new_line_and_says_so(tmp_path: Path, pane: str) -> None:
    async with at_work(real(tmp_path)) as flow:
        await open_form(flow, pane=pane)
        await flow.go("indicators", flow.rows("indicators")[-1].id, "value")
        before = flow.document
        await flow.press("enter")
        assert flow.path == ("indicators", NEW_ROW, "value")
        await flow.press("enter", "enter")
        assert flow.path == ("indicators", NEW_ROW, "value")
        assert "新的一行" in flow.notice
        assert flow.document == before


async def test_six_texts_and_enter_in_the_goals_make_six_goals(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await open_form(flow)
        there = [row.text("text") for row in flow.rows("goals")]
        await flow.go("goals", NEW_ROW, "text")
        await flow.enter(*"甲乙丙丁戊己")
        assert [row.text("text") for row in flow.rows("goals")] == [*there, *"甲乙丙丁戊己"]


async def test_enter_on_the_department_goes_from_field_to_field_and_never_writes_twice_into_one(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.department")
        await flow.go("overall_goal", file=DEPARTMENT)
        await flow.type("总目标")
        await flow.press("enter")
        assert flow.path != ("overall_goal",)
        duty = flow.document.department.rows("duties")[-1]
        await flow.go("duties", duty.id, "standard", file=DEPARTMENT)
        await flow.press("enter")
        assert flow.path == ("duties", NEW_ROW, "name")
        await flow.enter("新职责", "责", "目", "绩", "指", "标")
        row = flow.document.department.rows("duties")[-1]
        assert list(row.values.values())[1:] == ["新职责", "责", "目", "绩", "指", "标"]
        assert flow.document.department.text(("overall_goal",)) == "总目标"


async def test_tab_stops_at_the_end_of_a_project_and_goes_on_when_it_is_pressed_again(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await open_form(flow)
        await flow.go("indicators", NEW_ROW, "basis")
        await flow.press("tab")
        assert flow.path[1] == END_ROW
        walk = flow.screen.state.walk
        flow.screen.sheet.host.key_came(7, 0.03)  # held: many a second
        assert not walk.is_apart
        flow.screen.sheet.next()
        assert flow.path[1] == END_ROW
        assert "放开 Tab" in flow.notice
        await flow.press("tab")
        assert (flow.place.file, flow.path) == (flow.files[1], ("code",))


async def test_what_is_typed_at_the_end_is_a_new_row(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await open_form(flow)
        count, document = len(flow.rows("indicators")), flow.document
        await flow.go("indicators", END_ROW, "name")
        await flow.type("满意度")
        await flow.press("enter")
        assert len(flow.rows("indicators")) == count + 1
        assert flow.rows("indicators")[-1].text("name") == "满意度"
        assert flow.rows("indicators")[:-1] == document.record(flow.files[0]).rows("indicators")


async def test_tab_reaches_every_field_that_enter_text_can(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await open_form(flow)
        seen = [flow.place]
        flow.screen.sheet.go_first()
        for _tab in range(200):
            seen.append(flow.place)
            if flow.path[1:2] == (END_ROW,):
                break
            await flow.press("tab")
        stops = {
            cell.place for row in flow.screen.sheet.view.rows for cell in row.cells if cell.place and cell.editable
        }
        assert stops <= set(seen)


async def test_shift_tab_before_the_first_field_and_arrows_at_an_edge_say_so(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await open_form(flow)
        for key in ("shift+tab", "up", "ctrl+home"):
            flow.screen.state.say("")
            await flow.press(key)
            assert "到头" in flow.notice, key
