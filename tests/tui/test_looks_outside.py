"""Looks at what others changed, of a folder so large or a disk so slow that one takes long."""

from pathlib import Path
from threading import Event

import pytest

from perftui.model.document import Location
from tests import factories
from tests.tui.flows import SMALL, at_work, real, sample


async def test_no_look_begins_while_another_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    go_on = Event()

    def slow() -> tuple[Location, ...]:
        looks.append("begun")
        go_on.wait(30)
        return ()

    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        await flow.app.workers.wait_for_complete()
        monkeypatch.setattr(flow.session, "poll", slow)
        flow.app._poll_from = 0.0
        for _look in range(3):
            flow.app._poll_again()
            await flow.until(lambda: looks)
        assert len(looks) == 1
        go_on.set()


async def test_what_was_taken_back_outside_is_listed_in_words_and_brought_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        path = flow.session.folder.path(flow.files[0])
        before = path.read_bytes()
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("改过的名称")
        await flow.until(lambda: flow.disk(flow.files[0])["name"] == "改过的名称")
        path.write_bytes(before)
        await flow.until(lambda: "您写的 1 栏变回了原来的，可以取回" in flow.notice)
        await flow.run("file.earlier")
        (item,) = flow.screen.picker._found
        assert item.label == "项目 1 社区工作专项补助：项目名称：社区工作专项补助 → 改过的名称"
        await flow.press("1")
        assert flow.text("name") == "改过的名称"
