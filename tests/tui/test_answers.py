"""Texts typed as the answer to a question: Esc throws none away for good, and they outlive the program."""

from pathlib import Path

import pytest

from perftui.model.width import cell_len
from perftui.session.open_document import OpenDocument
from tests.tui.flows import SMALL, Flow, at_work, real
from tests.unit.store.repositories import Clone

FIELDS = ("app.name", "find.replace", "save.elsewhere")
"""Commands that ask for a text."""


def typed(flow: Flow) -> str | None:
    return flow.screen.picker._edit.text if flow.screen.picker.is_open else None


async def test_undo_opens_any_question_again_with_its_text_and_caret(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        for command_id in FIELDS:
            await flow.run(command_id)
            title, before = flow.screen.picker._question.title, typed(flow)
            await flow.type("写了一半")
            await flow.press("left", "escape")
            assert typed(flow) is None
            assert "Ctrl+Z" in flow.notice
            await flow.press("ctrl+z")
            assert flow.screen.picker._question.title == title
            await flow.type("多")
            assert typed(flow) == f"{before}写了一多半"
            await flow.press("ctrl+z", "escape", "ctrl+z")
            assert typed(flow) == f"{before}写了一半"
            await flow.press("escape")


async def test_a_text_that_is_thrown_away_twice_lets_undo_go_on_to_the_step_before(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        old = flow.text("name")
        await flow.enter("新名称")
        await flow.go("name")
        await flow.type("半句")
        await flow.press("escape", "ctrl+z", "escape", "ctrl+z")
        assert flow.text("name") == old
        await flow.press("ctrl+z")
        assert flow.screen.sheet.edit is not None
        assert flow.screen.sheet.edit.text == "半句"


async def test_an_esc_that_was_none_gives_back_an_answer_that_undo_had_given_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("新名称")
        await flow.run("app.name")
        await flow.type("写了一半")
        await flow.press("escape", "ctrl+z", "escape")
        assert typed(flow) is None
        flow.app.terminal_escape_was_none()
        await flow.pilot.pause()
        assert typed(flow) == "写了一半"
        assert flow.text("name") == "新名称"


async def test_of_an_answer_longer_than_the_window_what_is_typed_is_seen(tmp_path: Path) -> None:
    def line(flow: Flow) -> str:
        return flow.screen.picker.render_line(1).text

    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.run("app.name")
        await flow.type("一二三四五六七八九十" * 4 + "百千")
        for width in (80, 41):
            await flow.pilot.resize_terminal(width, 24)
            await flow.pilot.pause()
            assert line(flow).rstrip().endswith("十百千")
            assert flow.app.cursor_position.x == cell_len(line(flow).rstrip())
            await flow.press("left")
            assert flow.app.cursor_position.x == cell_len(line(flow).split("千")[0])
            assert await flow.pilot.click(flow.screen.picker, offset=(cell_len(line(flow).split("百")[0]), 1))
            await flow.press("right", "right")
            assert flow.screen.picker._edit.caret == 42
        await flow.press("home")
        assert line(flow).startswith("> 一二三")
        assert flow.app.cursor_position.x == 2


async def test_what_was_copied_or_kept_is_put_into_an_answer(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        flow.screen.state.keep_clip([["张三"]], flow.session.hold(flow.place, "张三"))
        await flow.run("find.text")
        await flow.press("ctrl+v")
        assert typed(flow) == "张三"
        assert len(flow.session.offers) == 1  # a word that is looked for is put in nowhere
        await flow.press("escape")
        await flow.run("app.name")
        await flow.press("ctrl+v", "shift+left", "ctrl+c", "ctrl+v", "ctrl+v")
        assert typed(flow) == "张三三"
        assert flow.session.offers == ()


@pytest.mark.parametrize("ends", ["ctrl+q", ""])
async def test_a_half_typed_answer_is_offered_at_the_next_start_and_kept_for_its_question(
    tmp_path: Path, ends: str
) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        await flow.run("app.name")
        await flow.type("欧阳")
        if ends:
            await flow.press(ends)
    async with at_work(data, SMALL) as flow:
        (item,) = flow.screen.picker._found
        assert "您的名字" in item.label
        assert "欧阳" in item.label
        await flow.press("enter")
        assert flow.document == OpenDocument.open(flow.session.folder, journal=False).document
        await flow.run("app.name")
        await flow.press("ctrl+v")
        assert typed(flow) == "欧阳"
        assert flow.session.offers == ()


async def test_an_answer_that_was_given_or_dropped_is_no_draft(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        await flow.run("find.replace")
        await flow.enter("查无此文", "另一段")
        await flow.run("app.name")
        await flow.type("欧阳")
        await flow.press("escape")
    async with at_work(data, SMALL) as flow:
        assert not flow.screen.picker.is_open


async def test_a_reason_that_cannot_be_written_is_asked_again_with_its_text(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        await flow.run("view.findings")
        (flow.session.folder.folder / "review.toml").write_text("[[", encoding="utf-8")
        await flow.run("check.accept")
        await flow.enter("领导同意")
        assert typed(flow) == "领导同意"


async def test_what_was_written_of_a_version_that_git_refused_is_offered_again(tmp_path: Path) -> None:
    clone = Clone.new(tmp_path)
    real(tmp_path)
    clone.commit("begun")
    hook = clone.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    async with at_work(tmp_path / "data") as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("改过的名称")
        await flow.ask_for_version()
        await flow.enter("，和会议一致")
        await flow.until(lambda: flow.screen.state.git_job.cancel is None)
        hook.unlink()
        await flow.ask_for_version()
        assert (typed(flow) or "").endswith("，和会议一致")
        await flow.press("enter")
        await flow.until(lambda: "和会议一致" in clone.git("log", "--format=%s", "-1"))
