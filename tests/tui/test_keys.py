"""Keys that lead about: find, jump, palette, panes, help; undo across screens; saving and leaving."""

from pathlib import Path

import pytest

from perftui.tui.commands import COMMANDS
from perftui.tui.panes import PANES
from tests import factories
from tests.tui.flows import DEPARTMENT, LARGE, SMALL, at_work, real, sample

F_KEYS = {one.key: one.id for one in COMMANDS if one.key in {f"f{number}" for number in range(2, 10)}}


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_ctrl_f_finds_a_text_and_goes_to_its_field(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        file = flow.files[6]
        await flow.press("ctrl+f")
        await flow.type("保障老居委会生活补助支出")
        await flow.press("enter")
        assert (flow.place.file, flow.path) == (file, ("budget", "purpose"))
        await flow.enter("找到后改的用途")
        assert flow.disk(file)["budget"]["purpose"] == "找到后改的用途"


async def test_ctrl_f_finds_the_department_by_initials(tmp_path: Path) -> None:
    document = factories.document(projects=1, overall_goal="保障街道机关高效运转")
    async with at_work(sample(tmp_path, document)) as flow:
        await flow.press("ctrl+f")
        await flow.type("bzjdjg")
        await flow.press("enter")
        assert (flow.place.file, flow.path) == (DEPARTMENT, ("overall_goal",))
        await flow.enter("改了总体目标")
        assert flow.disk()["overall_goal"] == "改了总体目标"


async def test_finding_nothing_leaves_everything(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await flow.press("ctrl+f")
        await flow.type("没有这样的文字")
        await flow.press("enter")
        assert flow.screen.picker.is_open
        await flow.press("escape")
        assert not flow.screen.picker.is_open
        assert (flow.pane, flow.document) == ("projects", before)


@pytest.mark.parametrize(("digit", "pane"), list(enumerate(PANES, 1)))
async def test_ctrl_o_and_a_digit_is_a_screen(tmp_path: Path, digit: int, pane: str) -> None:
    async with at_work(sample(tmp_path, factories.document())) as flow:
        await flow.press("ctrl+o", str(digit))
        assert flow.pane == pane
        assert not flow.screen.picker.is_open


async def test_ctrl_o_goes_to_a_field_by_its_label(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = flow.files[1]
        await flow.press("down", "ctrl+o")
        await flow.type("用途")
        await flow.press("enter")
        assert (flow.place.file, flow.path) == (file, ("budget", "purpose"))
        await flow.enter("跳过来改的")
        assert flow.disk(file)["budget"]["purpose"] == "跳过来改的"


async def test_ctrl_o_goes_to_a_project_by_its_name(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("ctrl+o")
        await flow.type("车辆保险费")
        await flow.press("enter")
        assert flow.pane == "form"
        assert flow.text("name") == "车辆保险费"


@pytest.mark.parametrize("key", sorted(F_KEYS))
async def test_ctrl_p_and_a_digit_is_the_f_key(tmp_path: Path, key: str) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        ran: list[str] = []
        flow.screen.run, run = lambda command: (ran.append(command), run(command))[-1], flow.screen.run  # type: ignore[method-assign, misc, assignment, func-returns-value]
        await flow.press("ctrl+p", key.removeprefix("f"))
        assert ran == ["app.palette", F_KEYS[key]]
        if key == "f9":
            await flow.until(lambda: flow.screen.state.exported)


async def test_the_palette_runs_by_name_and_by_initials(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        files = flow.files
        await flow.press("ctrl+p")
        await flow.type("复制一份")
        await flow.press("enter")
        assert len(flow.files) == len(files) + 1
        await flow.press("ctrl+p")
        await flow.type("cexiao")
        await flow.press("escape")
        await flow.press("ctrl+p")
        await flow.type("撤销")
        await flow.press("enter")
        assert flow.files == files
        assert flow.on_disk() == set(files)
        await flow.press("ctrl+p")
        await flow.type("git详情")  # its blank is nothing that a person remembers
        assert [item.id for item in flow.screen.picker._found][:1] == ["git.details"]


@pytest.mark.parametrize("key", ["f1", "?", "？"])
async def test_help_lists_every_command(tmp_path: Path, key: str) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await (flow.press("f1") if key == "f1" else flow.type(key))
        assert flow.screen.picker.is_open
        assert {item.id for item in flow.screen.picker._found} >= {one.id for one in COMMANDS}
        await flow.press("escape")
        assert not flow.screen.picker.is_open
        assert flow.document == before


@pytest.mark.parametrize("key", ["/", "、"])
async def test_signs_that_find_in_the_list_are_text_in_a_cell(tmp_path: Path, key: str) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.type(key)
        assert flow.screen.picker.is_open
        await flow.press("escape", "enter")
        await flow.go("name")
        await flow.enter(f"甲{key}乙？")
        assert flow.disk(flow.files[0])["name"] == f"甲{key}乙？"


async def test_f6_goes_round_the_screens(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        seen = []
        for _pane in PANES:
            seen.append(flow.pane)
            await flow.press("f6")
        assert tuple(seen) == PANES
        assert flow.pane == PANES[0]
        await flow.press("enter", "f6")
        assert flow.pane == PANES[1]


async def test_what_was_typed_is_committed_by_a_key_that_leaves(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = flow.files[0]
        await flow.press("enter")
        await flow.go("name")
        await flow.type("换屏前写的")
        await flow.press("f6")
        assert flow.pane == "funds"
        assert flow.disk(file)["name"] == "换屏前写的"


async def test_undo_and_redo_go_across_screens_to_where_it_was(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before, file = flow.document, flow.files[0]
        bytes_before = flow.session.folder.path(file).read_bytes()
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("一改")
        await flow.press("ctrl+o", "2")
        await flow.enter("1")
        await flow.press("ctrl+o", "5")
        await flow.go("overall_goal", file=DEPARTMENT)
        await flow.enter("三改")
        after = flow.document
        await flow.press("ctrl+o", "6", "ctrl+z")
        assert (flow.pane, flow.path) == ("department", ("overall_goal",))
        await flow.press("ctrl+z", "ctrl+z")
        assert flow.document == before
        assert flow.path == ("name",)
        flow.session.flush()
        assert flow.session.folder.path(file).read_bytes() == bytes_before
        await flow.press("ctrl+y", "ctrl+y", "ctrl+y")
        assert flow.document == after
        assert flow.disk()["overall_goal"] == "三改"


async def test_with_nothing_to_undo_or_redo_it_says_so(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await flow.press("ctrl+z")
        assert "没有可以撤销的了" in flow.notice
        await flow.press("ctrl+y")
        assert "没有可以重做的了" in flow.notice
        assert flow.document == before


async def test_ctrl_s_waits_and_says_so(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = flow.files[0]
        await flow.press("enter")
        await flow.go("name")
        await flow.type("要保存的")
        await flow.press("ctrl+s")
        assert 'name = "要保存的"' in flow.session.folder.path(file).read_text(encoding="utf-8")
        assert "写好" in flow.notice or flow.screen.picker.is_open  # with git a version is offered


async def test_ctrl_q_writes_and_leaves(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        path = flow.session.folder.path(flow.files[0])
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("最后一句")
        await flow.press("ctrl+q")
        assert 'name = "最后一句"' in path.read_text(encoding="utf-8")
        assert flow.app._exit
        assert (flow.app.return_code or 0) == 0
