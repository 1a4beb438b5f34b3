"""Looks at what others changed, of a folder so large or a disk so slow that one takes long."""

from pathlib import Path
from threading import Event

import pytest

from perftui.model.document import Location
from tests import factories
from tests.tui.flows import at_work, sample


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
