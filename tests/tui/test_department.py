"""The department's page: long texts, duties, safeguards."""

from pathlib import Path

import pytest

from tests import factories
from tests.tui.flows import DEPARTMENT, LARGE, SMALL, at_work, real, sample


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_long_text_keeps_its_lines(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        await flow.run("view.department")
        await flow.go("overall_goal", file=DEPARTMENT)
        await flow.type("第一段。")
        await flow.press("ctrl+j")
        await flow.type("第二段，接着写。")
        await flow.press("ctrl+j")
        await flow.enter("第三段。")
        assert flow.disk()["overall_goal"] == "第一段。\n第二段，接着写。\n第三段。"


async def test_arrows_go_through_the_lines_of_an_edit(tmp_path: Path) -> None:
    department = factories.document(projects=1, overall_goal="一行\n二行")
    async with at_work(sample(tmp_path, department)) as flow:
        await flow.run("view.department")
        await flow.go("overall_goal", file=DEPARTMENT)
        await flow.press("f2", "up", "end")
        await flow.type("甲")
        await flow.press("down", "home")
        await flow.type("乙")
        await flow.press("enter")
        assert flow.disk()["overall_goal"] == "一行甲\n乙二行"


async def test_several_pasted_lines_stay_in_one_long_text(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.department")
        await flow.go("overall_goal", file=DEPARTMENT)
        await flow.paste("甲\n乙\n丙\n")
        await flow.press("enter")
        assert flow.disk()["overall_goal"] == "甲\n乙\n丙"


async def test_a_new_duty_begins_with_its_name(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.department")
        before = flow.document.department.rows("duties")
        await flow.go("duties", "+", "name", file=DEPARTMENT)
        await flow.enter("应急管理", "负责辖区应急管理工作。")
        duty = flow.document.department.rows("duties")[-1]
        assert len(flow.document.department.rows("duties")) == len(before) + 1
        stored = flow.disk()["duties"][duty.id]
        assert (stored["name"], stored["responsibility"]) == ("应急管理", "负责辖区应急管理工作。")
        await flow.press("ctrl+z", "ctrl+z")
        assert flow.document.department.rows("duties") == before


async def test_duties_are_moved_and_deleted(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.department")
        ids = [row.id for row in flow.document.department.rows("duties")]
        await flow.go("duties", ids[1], "duty_goal", file=DEPARTMENT)
        await flow.press("alt+up")
        assert [row.id for row in flow.document.department.rows("duties")] == [ids[1], ids[0], *ids[2:]]
        assert flow.path == ("duties", ids[1], "duty_goal")
        await flow.press("ctrl+k")
        assert [row.id for row in flow.document.department.rows("duties")] == [ids[0], *ids[2:]]
        assert ids[1] not in flow.disk()["duties"]
        await flow.press("ctrl+z", "ctrl+z")
        assert [row.id for row in flow.document.department.rows("duties")] == ids


async def test_a_safeguard_is_inserted_below_another(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.department")
        first = flow.document.department.rows("safeguards")[0].id
        await flow.go("safeguards", first, "title", file=DEPARTMENT)
        await flow.press("insert")
        added = flow.document.department.rows("safeguards")[1].id
        assert flow.path[:2] == ("safeguards", added)
        await flow.go("safeguards", added, "title", file=DEPARTMENT)
        await flow.enter("加强监督检查", "每季度检查一次。")
        stored = flow.disk()["safeguards"][added]
        assert (stored["title"], stored["text"]) == ("加强监督检查", "每季度检查一次。")


async def test_a_choice_is_taken_by_its_digit(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.department")
        await flow.go("status", file=DEPARTMENT)
        field = next(field for field in flow.form.department.head if field.key == "status")
        other = next(choice for choice in field.choices if choice != flow.document.department.text(("status",)))
        await flow.press("f4", str(field.choices.index(other) + 1))
        assert flow.disk()["status"] == other


async def test_the_page_of_the_other_form_is_typed_into(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document("mof-2021"))) as flow:
        await flow.run("view.department")
        await flow.go("unit_name", file=DEPARTMENT)
        await flow.enter("河北省某某局")
        assert flow.disk()["unit_name"] == "河北省某某局"


async def test_a_form_without_projects_is_filled_in_on_the_departments_page(tmp_path: Path) -> None:
    """It begins there; indicators are a table with the department's own words; there is no project to begin."""
    async with at_work(sample(tmp_path, factories.document("guangshui-2021", projects=0, indicators=[]))) as flow:
        assert flow.screen.state.pane == "department"
        await flow.go("indicators", "+数量指标", "name", file=DEPARTMENT)
        await flow.enter("走访居民户数")
        ((_id, row),) = flow.disk()["indicators"].items()
        assert (row["category"], row["class"], row["name"]) == ("履职目标", "数量指标", "走访居民户数")
        await flow.go("indicators", _id, "category", file=DEPARTMENT)
        await flow.press("f4")
        assert [one.label for one in flow.screen.picker._found] == ["履职目标", "履职效益", "满意度"]
        await flow.press("escape")
        await flow.run("view.projects")
        await flow.press("insert")
        assert flow.screen.state.pane == "projects"
        assert "没有项目" in flow.screen.state.notice
