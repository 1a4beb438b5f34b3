"""Where the cursor stands when a screen is shown for the first time, and when it is shown again."""

import gc
from pathlib import Path
from threading import Event, current_thread
from typing import Any

import pytest

from perftui.editing.usage import Usage
from perftui.locale import _
from perftui.model.width import index_at
from perftui.review.engine import Review
from perftui.store.folder import find_documents
from perftui.tui.commands import COMMANDS
from perftui.tui.screens.document_screen import DocumentScreen
from perftui.tui.state.live_review import LiveReview
from perftui.viewmodel import moves
from tests.bench import real_projects
from tests.tui.flows import LARGE, SMALL, at_work, real


async def test_a_screen_begins_at_its_first_field_wherever_the_cursor_was_before(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter", "pagedown", "pagedown")
        row, _column = flow.screen.sheet.at
        assert row > 15
        await flow.press("ctrl+o", "5")
        assert flow.pane == "department"
        assert flow.screen.sheet.at == moves.first(flow.screen.sheet.view)


async def test_a_screen_shown_again_is_as_it_was_left(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("ctrl+o", "5", "down", "down", "pagedown")
        place = flow.place
        await flow.press("ctrl+o", "2", "ctrl+o", "5")
        assert flow.place == place


async def test_the_project_at_hand_goes_along_to_the_next_sheet(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        file = flow.files[3]
        await flow.press("down", "down", "down", "ctrl+o", "2")
        assert flow.place.file == file
        await flow.press("ctrl+o", "3")
        assert flow.place.file == file


async def test_there_is_one_screen_and_a_resize_leaves_the_cursor_in_the_text(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        assert [type(screen) for screen in flow.app.screen_stack].count(DocumentScreen) == 1
        await flow.press("enter", "down", "f2")
        before = flow.app.cursor_position
        await flow.pilot.resize_terminal(100, 30)
        await flow.pilot.pause()
        assert flow.app.cursor_position == before
        assert flow.screen.sheet.edit is not None


async def test_a_key_typed_under_lines_to_read_is_not_lost(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter", "down")
        flow.screen.picker.read("导出", ["已导出 exports/文本.docx"])
        await flow.press("改", "名", "enter")
        assert not flow.screen.picker.is_open
        assert flow.app.session.document.record(flow.place.file).text(("name",)) == "改名"


async def test_a_list_over_a_low_screen_keeps_its_title_and_its_names(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), (40, 10)) as flow:
        await flow.press("ctrl+p")
        title, typed, first, *others = [strip.text for strip in flow.screen._compositor.render_strips()][-10:]
        assert title.startswith(" 命令")
        assert typed.startswith(">")
        assert all(line[3:].split()[0] in {_(one.label) for one in COMMANDS} for line in (first, *others))


@pytest.mark.parametrize("size", [(60, 15), SMALL, LARGE])
async def test_lines_to_read_are_whole_in_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        await flow.press("ctrl+o", "6")
        lines = ["一项职责应当有名称和五段：主要职责、职责目标、绩效目标、绩效指标、绩效标准。" * 3, "字" * 200]
        flow.screen.picker.read("读", lines)
        await flow.pilot.pause()
        painted = [strip.text for strip in flow.screen._compositor.render_strips()]
        first = next(number for number, line in enumerate(painted) if line.startswith(" 读"))
        width = flow.screen.sheet.size.width
        shown = "".join(line[: index_at(line, width)].strip() for line in painted[first + 2 :])
        assert shown.startswith("".join(lines)[:180])


async def test_no_look_for_cycles_holds_keys_while_the_rules_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, ask = list[bool](), LiveReview.ask

    def asked(self: LiveReview) -> Review:
        looked.append(gc.isenabled())
        return ask(self)

    monkeypatch.setattr(LiveReview, "ask", asked)
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.until(lambda: not flow.screen.state.shown.index.pending)
        assert looked[0] is False
        assert gc.isenabled()


async def test_enter_counts_no_words_of_many_projects_while_the_rules_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real_projects.write(find_documents(real(tmp_path))[0].folder, tmp_path / "many", 120)
    counted, go_on, ask, look_at = list[str](), Event(), LiveReview.ask, Usage.look_at

    def look(self: Usage, *words: Any) -> None:
        counted.append(current_thread().name)
        look_at(self, *words)

    def asked(self: LiveReview) -> Review:
        go_on.wait(5.0)
        return ask(self)

    monkeypatch.setattr(Usage, "look_at", look)
    monkeypatch.setattr(LiveReview, "ask", asked)
    async with at_work(tmp_path / "many", SMALL) as flow:
        await flow.press("enter", "down")
        before, pane = list(counted), flow.pane
        go_on.set()
        assert (before, pane) == ([], "form")
        await flow.until(lambda: not flow.screen.state.shown.index.pending)
        assert current_thread().name != counted[0]
        assert flow.screen.state.shown.offers, "and those that there are come by themselves"
