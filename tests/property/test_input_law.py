"""Whatever bytes come, the document changes by typing and answers alone, and no character is lost without a word."""

import random
import time
from pathlib import Path

import pytest

from perftui.tui.terminal.delivery import Delivery
from perftui.tui.terminal.display import Display
from perftui.tui.terminal.keyboard import QUIET, SILENCE, Keyboard
from perftui.tui.terminal.probe import Prober
from tests.tui.flows import SMALL, Flow, at_work, real

STREAMS = 12
"""So many a seed; each is a few writes with pauses between them."""
SEQUENCES = (
    b"\x1b[A", b"\x1b[B\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1bOQ", b"\x1b[17~", b"\x1bb", b"\x1bd", b"\x1b\x7f",
    b"\x1b\x1b[D", b"\x1b[1;3D", b"\x1b[1;5C", b"\x1b[27u", b"\x1b[97u", b"\x1b[27;5;97~",
    b"\x15", b"\x0b", b"\x17", b"\x05", b"\x1b",
)  # fmt: skip
REPLIES = (b"\x1b[?62;22c", b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1b[?2026;2$y", b"\x1b[I", b"\xff\xfe", b"\xe4\xb8")
ENDS = (b"\r", b"\t", b"\x1b[B")
"""What commits an open text."""


class Line:
    """A line to the screens with a clock of its own: what is sent goes through the real keyboard."""

    def __init__(self, flow: Flow) -> None:
        self.flow, self.keyboard = flow, Keyboard()
        self.now = time.monotonic() + 1000.0
        self._delivery = Delivery(
            flow.app.post_message, lambda name, *given: flow.app.call_later(getattr(flow.app, name), *given),
            Display(""), Prober("1"),
        )  # fmt: skip
        flow.app.asks = self._asks  # type: ignore[method-assign]
        self.said: list[str] = []
        say = flow.screen.state.messages.say

        def noted(sentence: str) -> None:
            self.said.append(sentence)
            say(sentence)

        flow.screen.state.messages.say = noted  # type: ignore[method-assign]

    def _asks(self, *, asked: bool) -> None:
        self.keyboard.asked = self.now if asked else None

    async def send(self, data: bytes) -> None:
        for arrival in self.keyboard.feed(data, self.now):
            self._delivery.pass_on(arrival)
        await self.flow.pilot.pause()

    async def wait(self, seconds: float) -> None:
        until = self.now + seconds
        while self.now < until:
            self.now = min(until, self.now + 0.1)
            for arrival in self.keyboard.tick(self.now):
                self._delivery.pass_on(arrival)
            await self.flow.pilot.pause()


class Signs:
    """Characters that stand nowhere in the document, each once."""

    def __init__(self) -> None:
        self._next = 0x3400
        self.sent: list[str] = []

    def some(self, count: int) -> str:
        text = "".join(chr(self._next + step) for step in range(count))
        self._next += count
        self.sent.append(text)
        return text


def held(flow: Flow) -> str:
    """Everything that is in the document, in its history, in drafts, in the tray, in the clip, or half typed."""
    state, session = flow.screen.state, flow.session
    parts = [session.document, session.history, session.offers, state.clip, state.thrown._texts]
    return "".join(map(repr, [*parts, flow.screen.sheet.edit, flow.screen.picker._edit, state.filter]))


def stream(rng: random.Random, signs: Signs) -> bytes:
    """Lines and cells that no hands could have typed."""
    return "".join(signs.some(rng.randint(1, 4)) + rng.choice("\r\t\n") for _cell in range(rng.randint(2, 4))).encode()


def paste(rng: random.Random, signs: Signs) -> bytes:
    return b"\x1b[200~" + stream(rng, signs) + b"\x1b[201~"


def cut(rng: random.Random, data: bytes) -> list[bytes]:
    at = rng.randint(0, len(data))
    return [part for part in (data[:at], data[at:]) if part]


@pytest.mark.parametrize("seed", range(16))
async def test_the_law_holds_for_any_stream(tmp_path: Path, seed: int) -> None:
    rng, signs = random.Random(seed), Signs()
    async with at_work(real(tmp_path), SMALL) as flow:
        line = Line(flow)
        await flow.press("enter")
        await flow.go("name")
        for _stream in range(STREAMS):
            await one_stream(rng, line, signs)
        assert flow.app.failure is None
        await line.wait(6.0)
        there = held(flow)
        told = "".join(line.said)
        for text in signs.sent:
            assert all(sign in there for sign in text) or "去掉" in told or "没有放进去" in told, (seed, text, told)


async def one_stream(rng: random.Random, line: Line, signs: Signs) -> None:
    """A few writes; only what hands end changes the document."""
    before, flow = line.flow.document, line.flow
    kind = rng.choice(("stream", "stream", "paste", "typing", "sequence", "reply", "answer"))
    marked_before = line.keyboard.marks_pastes
    match kind:
        case "stream" if not marked_before:
            for part in cut(rng, stream(rng, signs)):
                await line.send(part)
                await line.wait(rng.choice((0.0, QUIET / 2)))
        case "paste":
            for part in cut(rng, paste(rng, signs)):
                await line.send(part)
                await line.wait(rng.choice((0.0, 0.3, 2.0)))
        case "typing":
            await line.send(signs.some(2).encode())
            await line.wait(0.3)
            assert flow.document == before, "nobody has ended the text"
            await line.send(rng.choice(ENDS))
            await line.wait(1.0)
            return
        case "sequence":
            for part in cut(rng, rng.choice(SEQUENCES)):
                await line.send(part)
                await line.wait(rng.choice((0.0, 0.3, 3.0)))
            return  # an arrow ends a text
        case "reply":
            await line.send(rng.choice(REPLIES))
        case "answer":
            await line.wait(2 * SILENCE)
            await line.send(rng.choice((b"\r", b"\t", b"\x1b")))
            await line.wait(2 * SILENCE)
            return
    await line.wait(1.0)
    assert flow.document == before, kind
