"""A neighbour's pull breaks a file while it is open here: every way to type into it answers with a sentence."""

from pathlib import Path

import pytest

from tests.tui.flows import SMALL, Flow, at_work, real


async def broken_under(flow: Flow) -> str:
    """The last project, at the blank basis of its last row; its file has been full of conflict markers since."""
    await flow.press("end", "enter")
    record = flow.app.session.document.record(flow.screen.state.file)
    await flow.go("indicators", record.rows("indicators")[-1].id, "basis")
    place = flow.place
    path = flow.app.session.folder.path(place.file)
    path.write_text("<<<<<<< ours\n" + path.read_text(encoding="utf-8") + ">>>>>>> theirs\n", encoding="utf-8")
    flow.screen.changed_outside(flow.app.session.poll())
    assert flow.place == place
    assert [problem.file for problem in flow.app.session.problems] == [place.file]
    return place.file


KEYS = (
    "f3", "f4 1", "2 5 enter", "2 f3", "delete", "ctrl+d", "ctrl+u", "ctrl+k", "insert", "alt+up", "ctrl+e", "ctrl+x",
    "ctrl+z",
)  # fmt: skip


@pytest.mark.parametrize("keys", KEYS)
async def test_the_program_goes_on_and_the_file_is_left_alone(tmp_path: Path, keys: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        file = await broken_under(flow)
        before = flow.app.session.folder.path(file).read_bytes()
        await flow.press(*keys.split())
        assert flow.app.failure is None
        assert flow.screen.state.notice
        flow.app.session.flush(2.0)
        assert flow.app.session.folder.path(file).read_bytes() == before


async def test_an_undo_waits_until_the_file_can_be_read_again(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        session, folder = flow.app.session, flow.app.session.folder
        await flow.press("end", "enter", "down")
        await flow.enter("改了名称")
        session.flush()
        file = flow.screen.state.file
        whole = folder.path(file).read_bytes()
        broken = b"<<<<<<< ours\n" + whole
        folder.path(file).write_bytes(broken)
        flow.screen.changed_outside(session.poll())
        await flow.press("ctrl+z")
        assert session.flush(2.0).message
        assert folder.path(file).read_bytes() == broken
        folder.path(file).write_bytes(whole)
        flow.screen.changed_outside(session.poll())
        assert session.flush().message == ""
        assert "老居委会主任生活补贴" in folder.path(file).read_text(encoding="utf-8")
