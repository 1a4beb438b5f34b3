"""What is pasted goes where its labels say, is shown before, and what is not taken is kept in a list."""

from pathlib import Path

import pytest

from perftui.model.document import DEPARTMENT
from tests import factories
from tests.tui.flows import at_work, real, sample

LINES = (
    "1、社会治理\n主要职责是维护辖区稳定。\n职责目标是1、每月排查；2、及时化解。\n绩效目标是矛盾化解及时。\n"
    "绩效指标是化解率达到95%。\n绩效标准：化解率95%以上为优。\n"
)


async def test_the_lines_of_a_duty_make_a_duty_wherever_they_are_pasted(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.department")
        before = flow.rows("duties", DEPARTMENT)
        await flow.go("duties", before[0].id, "responsibility", file=DEPARTMENT)
        await flow.paste(LINES)
        assert flow.screen.picker.is_open
        await flow.press("enter")
        after = flow.rows("duties", DEPARTMENT)
        assert after[:-1] == before
        assert (after[-1].text("name"), after[-1].text("standard")) == ("社会治理", "化解率95%以上为优。")


async def test_what_is_not_taken_is_in_the_list_and_ctrl_v_is_what_was_copied(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.form")
        await flow.go("name")
        await flow.paste("项目名称\t新名称\n财政资金\t十二元\n没有的栏\t文字\n")
        await flow.press("enter")
        assert flow.text("name") == "新名称"
        assert [one.draft.text for one in flow.session.offers] == ["没有的栏 | 文字"]
        assert flow.screen.state.clip == ()


async def test_a_column_of_texts_stays_in_its_group_of_fields(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.form")
        await flow.go("budget", "other")
        purpose, plan = flow.text("budget", "purpose"), flow.text("plan", "m03")
        await flow.paste("5\n6\n7\n8\n9\n")
        await flow.press("enter")
        assert flow.text("budget", "other") == "5.00"
        assert flow.text("plan", "m03") == plan
        assert purpose == flow.text("budget", "purpose") or flow.text("budget", "purpose") == "6"
        assert set("789") <= {one.draft.text for one in flow.session.offers}


async def test_a_block_goes_into_the_group_of_indicators_under_the_cursor_and_no_other(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document("jiaxian-2016", projects=1))) as flow:
        await flow.press("enter")
        before = flow.rows("long_indicators"), flow.rows("indicators")
        await flow.go("indicators", before[1][0].id, "name")
        for block in ("甲\t1个\n乙\t2个\n", "指标内容\t指标值\n甲\t1个\n乙\t2个\n"):  # by place, and by its heads
            await flow.paste(block)
            assert flow.screen.picker.is_open
            await flow.press("enter")
            assert flow.rows("long_indicators") == before[0]
            pasted = [(row.text("name"), row.text("value")) for row in flow.rows("indicators")]
            assert {("甲", "1个"), ("乙", "2个")} <= set(pasted)
            await flow.press("ctrl+z")
            assert flow.rows("indicators") == before[1]
            await flow.go("indicators", before[1][0].id, "name")


@pytest.mark.parametrize(
    "copied", ['"第一行\n第二行说""好""的"\n', '"第一行\r第二行说""好""的"\r', '第一行\r\n第二行说"好"的\r\n']
)
async def test_a_cell_of_several_lines_goes_into_a_long_text_without_its_quotes(tmp_path: Path, copied: str) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.department")
        duty = flow.rows("duties", DEPARTMENT)[0]
        await flow.go("duties", duty.id, "responsibility", file=DEPARTMENT)
        await flow.paste(copied)
        await flow.press("f2", "enter")
        assert flow.rows("duties", DEPARTMENT)[0].text("responsibility") == '第一行\n第二行说"好"的'
        assert not flow.notice


async def test_lines_pasted_into_a_new_project_have_the_cursor_behind_them(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("row.new")
        await flow.go("goals", "+", "text")
        await flow.paste("按时发放补助\n足额发放补助\n")
        await flow.press("enter")
        goals = flow.rows("goals")
        assert [row.text("text") for row in goals] == ["按时发放补助", "足额发放补助"]
        assert flow.path == ("goals", goals[0].id, "text")


async def test_blanks_alone_put_over_a_text_leave_it(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("view.form")
        indicator = flow.rows("indicators")[0]
        for blank in (" ", "　 "):  # of an input method, too
            await flow.go("indicators", indicator.id, "name")
            await flow.paste(blank)
            await flow.press("down")
            assert flow.rows("indicators")[0] == indicator
            assert "没有动" in flow.notice
        await flow.go("indicators", indicator.id, "name")
        await flow.type(" ")
        await flow.press("enter")
        assert flow.rows("indicators")[0] == indicator
        await flow.go("indicators", indicator.id, "name")
        await flow.press("backspace", "enter")
        assert not flow.rows("indicators")[0].text("name"), "what was emptied by hand is empty"
