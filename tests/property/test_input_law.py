"""Whatever bytes come, the document changes by hands and answers alone, and no character is lost without a word.

A thousand streams; ``python -m tests.soak law --full`` plays 100,000.
"""

import random
from pathlib import Path

import pytest

from perftui.tui.screens.tray import Tray
from perftui.tui.widgets.sheet_widget import Sheet
from tests.soak.input_law import A_SESSION, LawBrokenError, Signs, play
from tests.tui.flows import SMALL, at_work, real

A_TEST = 1000 // A_SESSION


async def played(data: Path, seed: int, streams: int = A_SESSION) -> None:
    async with at_work(data, SMALL) as flow:
        await flow.press("enter")
        with flow.app.batch_update():  # nothing is painted
            await play(flow, random.Random(seed), Signs(), streams)


async def three(folder: Path) -> None:
    for seed in range(3):
        await played(real(folder / str(seed)), seed)


@pytest.mark.parametrize("seed", range(A_TEST))
async def test_the_law_holds_for_any_stream(tmp_path: Path, seed: int) -> None:
    await played(real(tmp_path), seed)


@pytest.mark.parametrize(("owner", "name"), [(Tray, "_hold"), (Sheet, "_throw_away")])
async def test_a_character_that_is_lost_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: type, name: str
) -> None:
    def loses(self: Tray | Sheet, *_given: object) -> None:
        if isinstance(self, Tray):
            self._tokens = ()
        else:
            self._close()

    monkeypatch.setattr(owner, name, loses)
    with pytest.raises(LawBrokenError):
        await three(tmp_path)
