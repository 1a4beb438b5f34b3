"""Whatever bytes come, the document changes by hands and answers alone, and no character is lost without a word.

A thousand streams; ``python -m tests.soak law --full`` plays 100,000.
"""

import random
from pathlib import Path

import pytest

from perftui.tui.screens.tray import Tray
from perftui.tui.widgets.sheet_widget import Sheet
from tests.soak.input_law import A_SESSION, LawBrokenError, Line, Signs, play
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


async def test_an_arrow_cut_in_two_leaves_the_preview_open_before_what_waits_behind_it(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        line, picker = Line(flow), flow.screen.picker
        await line.wait(2.0)
        await line.send("\x1b[200~甲\t乙\r丙\t丁\r\x1b[201~".encode())
        await line.wait(1.0)
        title, before = picker._question.title, flow.document
        picker.read("导出", ["写好了"])
        await line.wait(1.0)
        await line.send(b"\x1b")
        await line.wait(0.5)
        assert picker._question.title == "导出"
        await line.send(b"[D")
        await line.wait(1.0)
        assert (picker._question.title, flow.document) == (title, before)
        await line.send(b"\r")
        await line.wait(1.0)
        assert flow.document != before


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("marked", [True, False])
async def test_what_is_typed_fast_through_a_line_that_stalls_stands_where_it_belongs(
    tmp_path: Path, seed: int, marked: bool
) -> None:
    """Twelve keys a second, held back 0.3 s now and then; a block from a spreadsheet in between."""
    rng = random.Random(seed)
    async with at_work(real(tmp_path), SMALL) as flow:
        line, files = Line(flow), flow.files
        await flow.press("f6")
        await flow.go("budget", "total", file=files[0])
        rows = [[f"{rng.randrange(1, 9_999_999)}.{rng.randrange(100):02}" for _cell in range(3)] for _row in range(4)]
        for row in rows[:2]:
            await typed_through(line, rng, "\t".join(row) + "\r")
        block = "\r".join("\t".join(row) for row in rows[2:]) + "\r"
        await line.wait(2.0)
        await line.send(f"\x1b[200~{block}\x1b[201~".encode() if marked else block.encode())
        for _question in range(1 if marked else 2):  # without marks the tray asks first
            await line.wait(1.5)
            await line.send(b"\r")
        await line.wait(1.5)
        assert [
            [flow.text("budget", key, file=file) for key in ("total", "fiscal", "other")] for file in files[:4]
        ] == rows


async def typed_through(line: Line, rng: random.Random, text: str) -> None:
    late = b""
    stalled = 0.0
    for sign in text:
        late += sign.encode()
        pause = 1 / 12 * rng.uniform(0.6, 1.4)
        stalled = max(0.0, stalled - pause) if stalled else 0.3 * (rng.random() < 0.1)
        if not stalled:
            await line.send(late)
            late = b""
        await line.wait(pause)
    await line.send(late)
