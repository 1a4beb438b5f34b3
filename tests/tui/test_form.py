"""The form of one project, from its first field to its last without a question between."""

from pathlib import Path

import pytest

from tests import factories
from tests.tui.flows import LARGE, SMALL, at_work, real, sample


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_ctrl_g_leads_through_what_is_empty_and_around(tmp_path: Path, size: tuple[int, int]) -> None:
    document = factories.document(projects=2)
    one, two = document.projects
    document = document.with_record(one, factories.project("hebei-2021", 1, **{"budget.purpose": None}))
    document = document.with_record(two, factories.project("hebei-2021", 2, name=None))
    async with at_work(sample(tmp_path, document), size) as flow:
        await flow.press("ctrl+g")
        assert (flow.place.file, flow.path) == (one, ("budget", "purpose"))
        assert flow.notice == ""
        await flow.type("保障人员补助")
        await flow.press("ctrl+g")
        assert (flow.place.file, flow.path) == (one, ("budget", "purpose")), "nothing leaves the project unasked"
        assert flow.notice.startswith("本项目填好了 · 再按 Ctrl+G 到")
        await flow.press("ctrl+g")
        assert (flow.place.file, flow.path) == (two, ("name",))
        assert flow.notice.endswith("还差 1 处")
        await flow.type("社区服务经费")
        await flow.press("ctrl+g")
        assert flow.notice.startswith("全文都填好了")
        assert flow.disk(one)["budget"]["purpose"] == "保障人员补助"
        assert flow.disk(two)["name"] == "社区服务经费"


async def test_f3_goes_back_to_what_the_end_of_the_round_tells_is_left(tmp_path: Path) -> None:
    document = factories.document(projects=2)
    one, two = document.projects
    wrong = factories.project("hebei-2021", 1, **{"budget.purpose": None, "name": None})
    document = document.with_record(one, wrong).with_record(two, factories.project("hebei-2021", 2, name=None))
    async with at_work(sample(tmp_path, document)) as flow:
        await flow.press("ctrl+g", "ctrl+g", "ctrl+g")
        assert flow.notice.endswith("还差的（F3 回去看）：项目名称、资金用途")
        await flow.press("f3")
        assert (flow.place.file, flow.path) == (one, ("name",))


async def test_ctrl_g_goes_to_the_next_project_only_when_pressed_by_itself(tmp_path: Path) -> None:
    document = factories.document(projects=2)
    one, two = document.projects
    document = document.with_record(one, factories.project("hebei-2021", 1, **{"budget.purpose": None}))
    async with at_work(sample(tmp_path, document)) as flow:
        await flow.press("down", "enter", "ctrl+end")
        assert flow.screen.state.file == two
        here = flow.place
        await flow.press("ctrl+g", "left", "ctrl+g", "right", "ctrl+g")
        assert flow.place.file == two
        await flow.press("ctrl+g")
        assert (flow.place.file, flow.path) == (one, ("budget", "purpose"))
        await flow.press("alt+g")
        assert flow.place == here


async def test_page_down_at_the_end_of_the_form_opens_the_neighbour(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        one, two, *_rest = flow.files
        await flow.press("enter", "ctrl+end", "pagedown")
        assert (flow.pane, flow.screen.state.file) == ("form", two)
        await flow.press("ctrl+home", "pageup")
        assert flow.screen.state.file == one
        await flow.go("name")
        await flow.enter("改名的项目")
        assert flow.disk(one)["name"] == "改名的项目"


async def test_the_form_opens_where_it_was_left_with_the_half_typed_text(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data) as flow:
        file = flow.files[1]
        stored = flow.document.record(file)
        await flow.press("down")
        await flow.run("view.form")
        await flow.go("budget", "purpose")
        await flow.type("写到一半")
        flow.session.flush()
        assert flow.disk(file)["budget"]["purpose"] == stored.text(("budget", "purpose"))
    async with at_work(data) as flow:
        assert (flow.pane, flow.place.file, flow.path) == ("form", file, ("budget", "purpose"))
        await flow.enter("的用途")
        assert flow.disk(file)["budget"]["purpose"] == "写到一半的用途"


async def test_a_code_takes_full_width_letters_and_refuses_words(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("enter")
        await flow.go("code")
        await flow.type("１３０３０３ａｂ编")
        await flow.press("enter")
        assert "切换到英文" in flow.notice
        assert flow.path == ("code",)
        await flow.press("backspace")
        await flow.enter("c000000000000")
        assert flow.text("code") == "130303ABC000000000000"


async def test_the_single_goal_of_the_other_form_is_a_long_text(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document("mof-2021"))) as flow:
        await flow.press("enter")
        (goal,) = flow.rows("goals")
        await flow.go("goals", goal.id, "text")
        await flow.type("第一；")
        await flow.press("ctrl+j")
        await flow.enter("第二。")
        assert flow.disk(flow.files[0])["goals"][goal.id]["text"] == "第一；\n第二。"


async def test_a_goal_filled_from_the_one_above_is_at_hand_to_be_changed(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1)), SMALL) as flow:
        await flow.press("enter")
        before = [row.text("text") for row in flow.rows("goals")]
        await flow.go("goals", "+", "text")
        await flow.press("ctrl+d", "f2")
        await flow.type("二")
        await flow.press("enter")
        assert [row.text("text") for row in flow.rows("goals")] == [*before, f"{before[-1]}二"]


async def test_enter_goes_on_from_a_goal_that_is_one_text(tmp_path: Path) -> None:
    document = factories.document("bingtuan-2021", projects=1)
    async with at_work(sample(tmp_path, document)) as flow:
        await flow.press("enter")
        await flow.go("whole_goals", next(row.id for row in flow.record.rows("whole_goals")), "text")
        await flow.enter("全年为18名街道工作者发放补助")
        assert flow.path[0] == "goals"
        await flow.enter("全年培训街道工作者4次")
        assert flow.path[0] == "indicators"
