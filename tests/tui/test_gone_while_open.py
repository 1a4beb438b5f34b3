"""Somebody else deletes the project at hand: until the screen has been told, nothing done on it ends the program."""

import re
from pathlib import Path

import pytest

from perftui.store.saver import SaveState
from perftui.tui.commands import COMMANDS
from tests import factories
from tests.tui.flows import SMALL, Flow, at_work, real, sample

ELSEWHERE = {"app.quit", "document.choose", "document.pdf"}
"""Commands that end the screen, and the one that starts a slow program."""


async def gone_under(flow: Flow) -> tuple[Path, str]:
    """The project of the open form is gone from disk and document, the screen shows it still; its file and text."""
    await flow.press("escape", "escape", "ctrl+o", "1", "home", "enter", "down")
    file = flow.screen.state.file
    path = flow.app.session.folder.path(file)
    text = path.read_text(encoding="utf-8")
    path.unlink()
    assert flow.app.session.poll()
    assert not flow.app.session.document.has(file)
    return path, text


async def test_what_was_typed_is_refused_with_a_sentence_and_kept(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await gone_under(flow)
        await flow.type("改了名称")
        flow.screen.draft_review.rest()
        await flow.press("enter")
        assert flow.app.failure is None
        assert "不在了" in flow.notice
        assert flow.screen.draft_review.text == "改了名称"


async def test_a_paste_of_a_block_goes_on(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await gone_under(flow)
        await flow.paste("甲\t乙\n丙\t丁\n")
        await flow.press("enter")
        assert flow.app.failure is None


async def test_what_was_pasted_where_nothing_can_be_changed_any_more_is_kept(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.paste("甲\t乙\n丙\t丁\n")
        flow.session.flush()
        flow.session.folder.path(flow.screen.state.file).unlink()
        flow.session.poll()
        before = flow.document
        await flow.press("enter")
        assert flow.document == before
        assert "不在了" in flow.notice
        assert [offer.draft.text for offer in flow.session.offers] == ["甲\t乙\n丙\t丁\n"]


async def test_what_was_typed_into_a_row_that_goes_is_pasted_elsewhere_or_offered_at_the_next_start(
    tmp_path: Path,
) -> None:
    data = real(tmp_path)
    for thrown in (False, True):
        async with at_work(data, SMALL) as flow:
            await flow.press("escape", "ctrl+o", "1", "home", "enter")
            row = flow.rows("indicators")[2].id
            await flow.go("indicators", row, "name")
            await flow.type("半句话")
            if thrown:
                await flow.press("escape")
            flow.session.flush()
            path = flow.session.folder.path(flow.screen.state.file)
            path.write_text(
                re.sub(rf"\[indicators\.{row}\][^\[]*", "", path.read_text(encoding="utf-8")), encoding="utf-8"
            )
            flow.screen.changed_outside(flow.session.poll())
            if thrown:
                await flow.press("ctrl+z")
            assert flow.screen.sheet.edit is None
            assert flow.screen.state.clip == (("半句话",),)
            if thrown:
                await flow.go("name")
                await flow.press("ctrl+v")
                assert flow.text("name") == "半句话"
        async with at_work(data, SMALL) as flow:
            assert [one.draft.text for one in flow.session.offers] == ([] if thrown else ["半句话"])
            for offer in flow.session.offers:
                flow.session.let_go(offer)


async def test_nothing_stays_open_where_the_only_project_goes(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1)), SMALL) as flow:
        await flow.press("ctrl+o", "2")
        await flow.type("12")
        assert flow.screen.draft_review.text == "12"
        path = flow.app.session.folder.path(flow.files[0])
        path.unlink()
        flow.screen.changed_outside(flow.app.session.poll())
        assert flow.screen.sheet.cell is None
        assert (flow.screen.draft_review.text, flow.screen.state.seen.typed_over) == (None, None)
        assert flow.screen.state.clip == (("12",),)
        assert "已复制" in flow.notice


@pytest.mark.parametrize("part", range(4))
async def test_every_command_goes_on(tmp_path: Path, part: int) -> None:
    commands = sorted({one.id for one in COMMANDS} - ELSEWHERE)[part::4]
    async with at_work(real(tmp_path), SMALL) as flow:
        for command_id in commands:
            path, text = await gone_under(flow)
            flow.screen.run(command_id)
            await flow.press("enter", "escape", "escape")
            assert flow.app.failure is None, command_id
            assert flow.app.is_running, command_id
            path.write_text(text, encoding="utf-8")
            flow.screen.changed_outside(flow.app.session.poll())


async def test_that_rows_went_stands_through_the_keys_of_a_hand_that_goes_on(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        row = flow.rows("indicators")[2].id
        path = flow.session.folder.path(flow.screen.state.file)
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf"\[indicators\.{row}\][^\[]*", "", text), encoding="utf-8")
        flow.app._changed_outside(flow.session.poll(), (), flow.app.state.git_job.ended)
        for keys in (["down"], ["alt+1"], ["enter"], ["alt+2"], ["ctrl+p", "escape"], ["ctrl+z"], ["f6"]):
            await flow.press(*keys)
            assert "少了 1 行，可以取回" in flow.notice, keys
            assert "少了 1 行，可以取回" in "".join(flow.screen.detail.texts), keys
        await flow.press("alt+1", "enter", "down")
        await flow.type("字")
        assert "少了 1 行，可以取回" in flow.notice


async def test_that_a_save_failed_is_read_first_while_cells_are_selected(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        session, path = flow.session, flow.session.folder.path(flow.screen.state.file)
        good = path.read_bytes()
        await flow.type("另一个名称")
        path.write_bytes(b"broken\n")
        await flow.press("enter")
        assert session.flush().state is SaveState.FAILED
        await flow.press("alt+3", "ctrl+a")
        assert flow.screen.foot.texts[0].startswith("未能保存：")
        path.write_bytes(good)


async def test_a_project_whose_file_gets_another_name_stays_at_hand_with_what_is_typed_there(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.type("半句话")
        old = flow.screen.state.file
        path, new = flow.session.folder.path(old), "projects/改了名.toml"
        path.rename(flow.session.folder.path(new))
        flow.screen.changed_outside(flow.session.poll())
        assert flow.notice == f"{path.stem} 改名为 改了名，内容都在"
        assert flow.screen.state.file == new
        assert flow.screen.draft_review.text == "半句话"
        await flow.press("enter")
        assert flow.document.record(new).text(("name",)).startswith("半句话")
        assert old not in flow.document.projects
