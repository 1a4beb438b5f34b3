"""Commands that stand in the palette only."""

import os
from pathlib import Path

import pytest

from perftui.files.errors import FileError
from perftui.session.journal.writer import JournalWriter
from perftui.session.user import VARIABLE
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from perftui.tui.actions.action_table import ACTIONS
from perftui.tui.commands import CHOOSE, COMMANDS
from tests import factories
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real, sample


def test_every_command_has_an_action_and_every_action_a_command() -> None:
    assert set(ACTIONS) == {one.id for one in COMMANDS}


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(
    "command",
    ["view.projects", "view.funds", "view.plan", "view.indicators", "view.department", "view.findings", "view.form"],
)
async def test_a_screen_by_its_name(tmp_path: Path, command: str, size: tuple[int, int]) -> None:
    async with at_work(sample(tmp_path, factories.document()), size) as flow:
        file = flow.files[1]
        await flow.press("down")
        await flow.run(command)
        assert flow.pane == command.removeprefix("view.")
        assert flow.screen.state.file == file


async def test_one_project_is_exported(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("down")
        await flow.run("document.project")
        await flow.until(lambda: flow.screen.state.exported)
        assert flow.screen.state.exported is not None
        assert flow.text("name", file=flow.files[1]) in flow.screen.state.exported.name
        await flow.press("down")
        assert flow.screen.state.exported.name in flow.notice, "the key was none for it"


async def test_a_name_is_told_for_this_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    async with at_work(real(tmp_path)) as flow:
        await flow.run("app.name")
        await flow.enter("李四")
        assert os.environ[VARIABLE] == "李四"
        assert "李四" in flow.notice


async def test_another_document_is_asked_for(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("document.choose")
        await flow.until(lambda: flow.app.return_value == CHOOSE)


async def something_in_the_way(flow: Flow) -> Path:
    """A folder has taken the place of the first project's file; its name was changed since."""
    path = flow.session.folder.path(flow.files[0])
    await flow.press("enter")
    await flow.go("name")
    await flow.type("折腾一下")
    path.unlink()
    path.mkdir()
    await flow.press("enter")
    await flow.until(lambda: flow.session.status.message)
    return path


async def test_saving_is_tried_again_once_the_file_can_be_written(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = flow.files[0]
        text = flow.session.folder.path(file).read_bytes()
        path = await something_in_the_way(flow)
        assert file in flow.session.status.waiting
        path.rmdir()
        path.write_bytes(text)
        await flow.run("save.retry")
        await flow.until(lambda: not flow.session.status.waiting)
        assert flow.disk(file)["name"] == "折腾一下"


@pytest.mark.parametrize("leave", ["app.quit", "document.choose"])
async def test_what_would_be_lost_is_said_before_leaving_also_when_it_gets_worse(
    tmp_path: Path, leave: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_work(real(tmp_path)) as flow:
        path = await something_in_the_way(flow)
        flow.session.poll()  # what is said of the change is not said in the middle of the rest
        await flow.run(leave)
        assert "改动留在日志里" in flow.notice

        def full(*_rest: object) -> None:
            raise FileError(path, "磁盘已满")

        monkeypatch.setattr(JournalWriter, "write", full)
        await flow.go("code")
        await flow.run(leave)
        assert "没有恢复日志：磁盘已满" in flow.notice
        assert not flow.app._exit
        await flow.run(leave)
        await flow.until(lambda: flow.app._exit)


async def test_another_place_is_offered_for_what_cannot_be_written(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        path = await something_in_the_way(flow)
        flow.session.poll()  # what is said of the change is not said in the middle of the rest
        await flow.press("ctrl+s")
        assert "另存到别处" in flow.notice
        await flow.run("save.elsewhere")
        await flow.press("ctrl+u")
        await flow.enter(str(tmp_path / "usb"))
        await flow.until(lambda: "已存到" in flow.notice)
        saved = open_document(find_documents(tmp_path / "usb")[0]).document
        assert saved == flow.session.document
        assert saved.projects[flow.files[0]].text(("name",)) == "折腾一下"
        path.rmdir()


async def test_the_mouse_is_the_terminals_where_it_reports_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    async with at_work(real(tmp_path)) as flow:
        await flow.run("app.mouse")
        assert "鼠标关了" in flow.notice
    assert (tmp_path / "config" / "perftui" / "settings.toml").read_text(encoding="utf-8") == "mouse = false\n"
