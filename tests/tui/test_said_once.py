"""What is counted, ranked and said while one works: a selection, the list of commands, the clipboard, digits."""

from pathlib import Path

from tests.tui.flows import SMALL, at_work, real


async def test_the_foot_adds_up_what_is_selected(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+2", "shift+down", "shift+down")
        assert flow.screen.foot.texts[0].startswith("选定 3 格 · 合计 4221200.00 元 · ")
        await flow.press("escape")
        assert "选定" not in flow.screen.foot.texts[0]
        await flow.press("alt+3", "ctrl+a")
        assert flow.screen.foot.texts[0].startswith(f"选定 {4 * len(flow.files)} 格 · ")
        assert "合计" not in flow.screen.foot.texts[0], "percentages are not added up"


async def test_the_list_of_commands_ranks_names_before_explanations_and_begins_with_the_last_used(
    tmp_path: Path,
) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        picker = flow.screen.picker
        await flow.press("ctrl+p")
        await flow.type("dc")
        assert picker._found[0].id == "document.export"
        await flow.press("escape")
        await flow.run("view.findings")
        await flow.press("ctrl+p")
        assert picker._found[0].id == "view.findings"
        await flow.type("qqqq")
        assert not picker._found
        assert "少打几个字" in picker.render_line(2).text


async def test_what_the_clipboard_does_is_said_once_a_session(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+2", "ctrl+c")
        assert "桌面剪贴板" in flow.notice
        await flow.press("down", "ctrl+c")
        assert flow.notice == "复制了 1 格"


async def test_a_digit_on_a_list_filters_and_says_so_once(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.type("1")
        assert flow.screen.state.filter == "1"
        assert "Alt+数字" in flow.notice
        await flow.press("escape")
        await flow.type("1")
        assert flow.notice == ""


async def test_a_paste_over_several_filled_cells_asks_and_begins_where_the_selection_does(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("alt+2", "shift+down", "ctrl+c", "down", "down", "shift+up")
        top = flow.screen.sheet.selection[0]
        before = flow.document
        await flow.press("ctrl+v")
        assert flow.screen.picker.is_open
        assert flow.document == before
        flow.screen.picker.opened_at = 0.0  # it has been seen
        await flow.press("enter")
        assert flow.text("budget", "total", file=flow.files[top]) == before.record(flow.files[0]).text(
            ("budget", "total")
        )
