"""Somebody else deletes the project at hand: until the screen has been told, nothing done on it ends the program."""

from pathlib import Path

import pytest

from perftui.tui.commands import COMMANDS
from perftui.tui.screens.actions import ACTIONS
from tests.tui.flows import SMALL, Flow, at_work, real

LEAVING = {"app.quit", "document.choose"}
"""Commands that end the screen."""


async def gone_under(flow: Flow) -> None:
    """The project of the open form is gone from disk and document; the screen shows it still."""
    await flow.press("enter", "down")
    file = flow.screen.bench.file
    flow.app.desk.folder.path(file).unlink()
    assert flow.app.desk.poll()
    assert not flow.app.desk.document.has(file)


async def test_what_was_typed_is_refused_with_a_sentence_and_kept(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await gone_under(flow)
        await flow.type("改了名称")
        flow.screen.draft_review.rest()
        await flow.press("enter")
        assert flow.app.failure is None
        assert "不在了" in flow.notice
        assert flow.screen.draft == "改了名称"


async def test_a_paste_of_a_block_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await gone_under(flow)
        await flow.paste("甲\t乙\n丙\t丁\n")
        await flow.press("enter")
        assert flow.app.failure is None


@pytest.mark.parametrize("command_id", sorted(one.id for one in COMMANDS if one.id not in LEAVING))
async def test_every_command_goes_on(tmp_path: Path, command_id: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await gone_under(flow)
        flow.screen.run(command_id)
        await flow.press("enter", "escape", "escape")
        assert flow.app.failure is None
        assert flow.app.is_running


def test_every_command_was_tried() -> None:
    assert {one.id for one in COMMANDS} == set(ACTIONS)
    assert set(ACTIONS) >= LEAVING
