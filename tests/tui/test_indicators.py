"""A project's indicators: rows inserted, deleted and moved, ghosts that become rows, the neighbour project."""

from pathlib import Path

import pytest

from perftui.forms import GroupRole, Role, load_form
from tests import factories
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real, sample


async def on_indicators(flow: Flow) -> str:
    """The sheet of the first project, the cursor on the name of its first indicator."""
    await flow.run("view.indicators")
    assert flow.pane == "indicators"
    file = flow.screen.state.file
    group = flow.form.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    await flow.go(group.key, flow.rows(group.key)[0].id, group.key_of(Role.NAME))
    return file


def names(flow: Flow, file: str) -> list[str]:
    group = flow.form.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    return [row.text(group.key_of(Role.NAME)) for row in flow.rows(group.key, file)]


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("form", factories.FORMS)
async def test_a_row_is_inserted_in_the_same_class(tmp_path: Path, form: str, size: tuple[int, int]) -> None:
    async with at_work(sample(tmp_path, factories.document(form)), size) as flow:
        group = flow.form.project.group_of(GroupRole.INDICATORS)
        assert group is not None
        levels = [group.key_of(role) for role in (Role.LEVEL1, Role.LEVEL2)]
        file = await on_indicators(flow)
        before = names(flow, file)
        await flow.press("insert")
        await flow.enter("新增指标")
        assert names(flow, file) == [before[0], "新增指标", *before[1:]]
        first, second = flow.rows(group.key, file)[:2]
        assert [first.text(level) for level in levels] == [second.text(level) for level in levels]
        assert flow.disk(file)[group.key][second.id]["name"] == "新增指标"
        await flow.press("ctrl+z", "ctrl+z")
        assert names(flow, file) == before


async def test_rows_are_deleted_and_come_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_indicators(flow)
        before = flow.rows("indicators", file)
        await flow.press("shift+down", "ctrl+k")
        assert flow.rows("indicators", file) == before[2:]
        assert list(flow.disk(file)["indicators"]) == [row.id for row in before[2:]]
        await flow.press("ctrl+z")
        assert flow.rows("indicators", file) == before


async def test_rows_are_moved_and_keep_their_ids(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_indicators(flow)
        ids = [row.id for row in flow.rows("indicators", file)]
        await flow.press("alt+down")
        assert flow.path[1] == ids[0]
        moved = [ids[1], ids[0], *ids[2:]]
        assert [row.id for row in flow.rows("indicators", file)] == moved
        orders = flow.disk(file)["indicators"]
        assert sorted(orders, key=lambda row_id: orders[row_id]["order"]) == moved
        await flow.press("alt+up")
        assert [row.id for row in flow.rows("indicators", file)] == ids


async def test_a_row_is_copied_below_itself(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_indicators(flow)
        await flow.press("ctrl+u")
        first, copy = flow.rows("indicators", file)[:2]
        assert first.id != copy.id
        assert first.text("name") == copy.text("name")
        assert flow.disk(file)["indicators"][copy.id]["value"] == first.text("value")


async def test_a_ghost_row_becomes_a_row_of_its_class(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = flow.files[-1]
        await flow.press("end")
        await flow.run("view.indicators")
        assert flow.screen.state.file == file
        before = len(flow.rows("indicators", file))
        await flow.go("indicators", "+社会效益指标", "name")
        await flow.type("补助覆盖率")
        await flow.press("tab", "tab")
        await flow.enter("》=95％")
        (row,) = [row for row in flow.rows("indicators", file) if row.text("class") == "社会效益指标"]
        assert len(flow.rows("indicators", file)) == before + 1
        assert flow.disk(file)["indicators"][row.id] == {
            "order": row.order, "category": "效益指标", "class": "社会效益指标", "name": "补助覆盖率", "value": "≥95%",
        }  # fmt: skip


async def test_a_ghost_row_that_was_only_passed_is_not_stored(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await flow.press("end")
        await flow.run("view.indicators")
        await flow.go("indicators", "+社会效益指标", "name")
        await flow.press("f2", "enter", "tab", "backspace", "enter")
        assert flow.document == before


async def test_the_last_row_takes_a_class_from_the_list_with_its_category(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document())) as flow:
        file = await on_indicators(flow)
        await flow.go("indicators", "+", "class")
        await flow.press("f4", "2")
        row = flow.rows("indicators", file)[-1]
        skeleton = load_form("hebei-2021").project.taxonomy.skeleton
        assert (row.text("category"), row.text("class")) == skeleton[1]
        assert flow.disk(file)["indicators"][row.id]["class"] == skeleton[1][1]


async def test_f3_in_the_last_cell_goes_on_to_the_name_of_a_new_row(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document())) as flow:
        file = await on_indicators(flow)
        await flow.go("indicators", flow.rows("indicators", file)[-1].id, "basis")
        await flow.press("delete", "f3")
        assert flow.rows("indicators", file)[-1].text("basis")
        assert flow.path == ("indicators", "+", "name")
        await flow.type("投诉次数")
        await flow.press("tab")
        assert flow.path[-1] == "description"
        await flow.press("ctrl+z")
        assert flow.path == ("indicators", "+", "name"), "where the row began"


async def test_another_goal_is_typed_below_the_last(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_indicators(flow)
        goals = len(flow.rows("goals", file))
        await flow.go("goals", "+", "text")
        await flow.enter("9、培训率达到95%以上")
        assert len(flow.rows("goals", file)) == goals + 1
        assert flow.rows("goals", file)[-1].text("text") == "培训率达到95%以上"  # its number is not stored
        assert flow.path[:2] == ("goals", "+")
        assert flow.disk(file)["goals"][flow.rows("goals", file)[-1].id]["text"] == "培训率达到95%以上"


async def test_page_down_at_the_end_goes_to_the_neighbour(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one = await on_indicators(flow)
        _one, two, *_rest = flow.files
        await flow.press("ctrl+end", "pagedown")
        assert (flow.pane, flow.screen.state.file) == ("indicators", two)
        await flow.go("indicators", flow.rows("indicators")[0].id, "name")
        await flow.enter("邻近项目的指标")
        assert flow.rows("indicators", two)[0].text("name") == "邻近项目的指标"
        await flow.press("ctrl+home", "pageup")
        assert flow.screen.state.file == one
        assert "邻近项目的指标" not in names(flow, one)


async def test_a_block_from_a_spreadsheet_grows_the_sheet(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await on_indicators(flow)
        before = flow.document
        await flow.go("indicators", "+", "name")
        await flow.paste("新指标一\t说明一\t≥1人\n新指标二\t说明二\t≥2人\n")
        assert flow.document == before
        await flow.press("enter")
        assert names(flow, file)[-2:] == ["新指标一", "新指标二"]
        assert flow.rows("indicators", file)[-1].text("value") == "≥2人"
        await flow.press("ctrl+z")
        assert flow.document == before
