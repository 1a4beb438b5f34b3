"""Random streams to the real screens: only hands and answers change the document, and no character is lost in silence.

What is sent goes through the real keyboard, with a clock of the suite's own, to an app that paints into nothing.
"""

import asyncio
import random
import tempfile
import time
from pathlib import Path

from perftui.model.document import Document
from perftui.model.textedit import TextEdit
from perftui.tui.terminal.delivery import Delivery
from perftui.tui.terminal.display import Display
from perftui.tui.terminal.keyboard import QUIET, SILENCE, Keyboard
from perftui.tui.terminal.probe import Prober
from perftui.tui.terminal.sequences import meaning
from perftui.tui.terminal.tokens import Key
from perftui.tui.widgets.edit_keys import EditExit
from tests.soak.suite import Deadline, Suite, Tally
from tests.tui.flows import SMALL, Flow, at_work, real
from tests.unit.tui.terminal.sent import SEQUENCES, SILENT

A_SESSION = 100
"""Streams to one app."""
KEYS = (
    *(key for key in map(str.encode, SEQUENCES) if meaning(key)[0] != Key("f9", key)),  # that writes a document
    *(f"\x1b{letter}".encode() for letter in "bfdx\x7f"),
    *(bytes([number]) for number in range(1, 27) if number != 17),  # all but Ctrl+Q
    b"\x1b", b"\x7f", b"\x1b[3~", b"\x1b[2~", b"\x1b[27u", b"\x1b[97;5u", b"\x1b[27;5;97~", b"\x1b[13u", b"\x1b\x1b[D",
    b"\x1b[B\x1b[B\x1b[B", b"\x1b[A\x1b[A\x1b[A",
)  # fmt: skip
REPLIES = (*(reply.encode() for reply in SILENT), b"\x1b[?62;22c", b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1b[I")
NOT_UTF8 = (b"\xff\xfe", b"\xe4\xb8", "培训".encode("gbk"), b"\xff")
ENDS = (b"\r", b"\t", b"\x1b[B")
"""What commits an open text."""
PAUSES = (0.0, 0.0, 0.01, 0.1, 0.3, 0.7, 1.2, 3.0)
KINDS = (
    "stream", "stream", "paste", "marks", "typing", "typing", "typing", "end", "end", "keys", "keys", "keys",
    "answer", "answer", "noise",
)  # fmt: skip
TOLD = ("没有放进去", "去掉了", "太长", "text refused")
"""Of sentences about text that was not taken."""
_BLOCKS = (range(0x3400, 0x4DC0), range(0x20000, 0x2A6E0))


class LawBrokenError(AssertionError):
    """The law does not hold; the message says where."""


class Signs:
    """Characters that stand nowhere in the document, each once."""

    def __init__(self) -> None:
        self._signs = (chr(point) for block in _BLOCKS for point in block)

    def some(self, count: int) -> str:
        return "".join(next(self._signs) for _sign in range(count))


class Line:
    """A line to the screens of an open document."""

    def __init__(self, flow: Flow) -> None:
        self.flow, self.keyboard = flow, Keyboard()
        self.now = time.monotonic() + 1000.0
        self.sent: set[str] = set()
        """Signs that were typed or pasted, and are neither told of nor taken by a key."""
        self.said: list[str] = []
        """What was said since the stream began."""
        self._written: dict[type, tuple[object, str]] = {}
        self.words: set[str] = set()
        """Signs that stood in the line of a list, or filtered one: words of a command, and no text."""
        app = flow.app
        self._delivery = Delivery(
            app.post_message, lambda name, *given: app.call_later(getattr(app, name), *given), Display(""), Prober("1")
        )
        app.asks = self._asks  # type: ignore[method-assign]
        app.arrows_leave = self._arrows_leave  # type: ignore[method-assign]
        self._listen()

    def _asks(self, *, asked: bool) -> None:
        self.keyboard.asked = self.now if asked else None

    def _arrows_leave(self, *, leave: bool) -> None:
        self.keyboard.arrows_leave = leave

    def _listen(self) -> None:
        """Hear what is said, and see what is deleted in a text: its own undo must have that."""
        state, sheet, picker = self.flow.screen.state, self.flow.screen.sheet, self.flow.screen.picker
        say, changed, typed, filtered = state.messages.say, sheet._changed, picker._type, state.filter_by

        def noted(sentence: str) -> None:
            self.said.append(sentence)
            say(sentence)

        def seen(edit: TextEdit | None) -> None:
            if edit is not None and sheet.edit is not None:
                gone = self.sent & (set(sheet.edit.text) - set(edit.text))
                kept = {sign for moment in (*edit.past, *edit.future) for sign in moment.text}
                if gone - kept:
                    raise LawBrokenError(f"undo has not {gone - kept}")
                self.sent -= gone
            changed(edit)

        def searched(step: TextEdit | EditExit) -> None:
            typed(step)
            self.said.append(picker._edit.notice)
            if not picker.is_field:
                self.words |= set(picker._edit.text)

        def listed(text: str) -> None:
            self.words |= set(text)
            filtered(text)

        state.messages.say = noted  # type: ignore[method-assign]
        picker._type = searched  # type: ignore[method-assign]
        state.filter_by = listed  # type: ignore[method-assign]
        sheet._changed = seen  # type: ignore[method-assign]

    def written(self, value: object) -> str:
        """The text of a large value, which seldom changes."""
        known = self._written.get(type(value))
        if known is None or known[0] is not value:
            known = self._written[type(value)] = value, repr(value)
        return known[1]

    async def send(self, data: bytes) -> None:
        for arrival in self.keyboard.feed(data, self.now):
            self._delivery.pass_on(arrival)
            await self.settle()

    async def wait(self, seconds: float) -> None:
        until = self.now + seconds
        while (due := self.keyboard.deadline) is not None and due <= until:
            self.now = max(self.now, due)
            for arrival in self.keyboard.tick(self.now):
                self._delivery.pass_on(arrival)
                await self.settle()
        self.now = until

    async def settle(self) -> None:
        """Until everything that was posted, and what came of it, has been worked on."""
        app = self.flow.app
        for _round in range(2):
            done = asyncio.Event()
            screen, sheet = self.flow.screen, self.flow.screen.sheet
            app.call_later(screen.call_later, sheet.call_later, screen.picker.call_later, done.set)
            await asyncio.wait_for(done.wait(), 30)
            if app._exception is not None:
                raise LawBrokenError(repr(app._exception))


async def play(flow: Flow, rng: random.Random, signs: Signs, streams: int) -> None:
    """Some streams to an app that has just begun. Raises LawBrokenError."""
    line = Line(flow)
    await line.settle()
    for _stream in range(streams):
        kind = rng.choice(KINDS)
        try:
            await _one(kind, rng, line, signs)
        except LawBrokenError as broken:
            raise LawBrokenError(f"{kind}: {broken}") from broken
    await line.wait(6.0)
    _nothing_lost(line)


async def _one(kind: str, rng: random.Random, line: Line, signs: Signs) -> None:
    line.said.clear()
    settled = rng.random() < 0.7
    if settled:
        await line.wait(6.0)
    before, open_text = line.flow.document, line.flow.screen.sheet.edit
    match kind:
        case "stream":
            await _send(rng, line, _noted(line, _lines(rng, signs)).encode(), (0.0, 0.0, QUIET / 2))
        case "paste":
            await _send(rng, line, _paste(rng, line, signs), PAUSES)
        case "marks":  # of a paste, without the one or the other
            await _send(rng, line, rng.choice((b"\x1b[200~", b"\x1b[201~", b"\x1b[200~\x1b[201~")), PAUSES)
        case "noise":
            await _send(rng, line, rng.choice((*REPLIES, *NOT_UTF8)), PAUSES)
        case "typing":
            await _send(rng, line, _noted(line, signs.some(rng.randint(1, 3))).encode(), PAUSES)
        case "end":
            await line.send(rng.choice(ENDS))
        case "keys":
            for _key in range(rng.randint(1, 3)):
                await _send(rng, line, rng.choice(KEYS), PAUSES)
        case "answer":
            await line.wait(2 * SILENCE)
            await line.send(rng.choice((b"\r", b"\t", b"\x1b")))
    await line.wait(rng.choice((0.3, 1.2)))
    asked = kind == "stream" and not line.keyboard.marks_pastes
    if settled and open_text is None and (asked or kind in ("paste", "marks", "noise", "typing")):
        _same(line, before)
    _nothing_lost(line)


def _noted(line: Line, text: str) -> str:
    line.sent |= {sign for sign in text if sign > "\u3000"}
    return text


def _lines(rng: random.Random, signs: Signs) -> str:
    """Lines and cells that no hands could have typed."""
    return "".join(signs.some(rng.randint(1, 4)) + rng.choice("\r\t\n") for _cell in range(rng.randint(2, 4)))


def _paste(rng: random.Random, line: Line, signs: Signs) -> bytes:
    text = _lines(rng, signs) if rng.random() < 0.6 else signs.some(rng.randint(1, 9))
    return b"\x1b[200~" + _noted(line, text).encode() + b"\x1b[201~"


async def _send(rng: random.Random, line: Line, data: bytes, pauses: tuple[float, ...]) -> None:
    """In one piece, or cut anywhere."""
    cuts = sorted(rng.randint(0, len(data)) for _cut in range(rng.choice((0, 0, 1, 2))))
    for start, end in zip((0, *cuts), (*cuts, len(data)), strict=True):
        if start < end:
            await line.send(data[start:end])
            await line.wait(rng.choice(pauses))


def _same(line: Line, before: Document) -> None:
    if line.flow.document != before:
        raise LawBrokenError(f"the document has changed; said: {line.said[-3:]}")


def _nothing_lost(line: Line) -> None:
    """Every sign is somewhere, was told of, was a word of a command, or was taken back by undo."""
    history, document = line.flow.session.history, line.flow.document
    there = _held(line) + _coming(line) + "".join(line.said)
    lost = {sign for sign in line.sent if sign not in there}
    told = any(word in sentence for word in TOLD for sentence in line.said)
    if lost - line.words and not told:
        raise LawBrokenError(f"lost {sorted(lost)}; said: {line.said[-5:]}")
    undone = set(line.written(history.undone)) - set(line.written(document)) if history.undone else set()
    line.sent -= lost | undone


def _held(line: Line) -> str:
    """Everything in the document, in its history, in drafts, in the tray, in the clip, or half typed."""
    state, session, screen = line.flow.screen.state, line.flow.session, line.flow.screen
    large = "".join(map(line.written, (session.document, session.history)))
    parts = (
        session.offers,
        state.clip,
        screen.thrown._texts,
        screen.sheet.edit,
        screen.picker._edit,
        screen.tray._tokens,
    )
    return large + state.filter + "".join(map(repr, parts))


def _coming(line: Line) -> str:
    """What has come and is no token yet."""
    state = line.keyboard._state
    held = b"".join(state.lexer.paste or ()) + state.lexer.rest + state.lexer.held
    return held.decode("utf-8", "ignore") + "".join(map(repr, state.tokens[state.sent :]))


async def _sessions(times: int, rng: random.Random, over: Deadline, tally: Tally) -> None:
    # the folder may still be written to by a worker of the last session
    with tempfile.TemporaryDirectory(prefix="perftui-law-", ignore_cleanup_errors=True) as folder:
        data = real(Path(folder))
        while tally.counts["streams"] < times and not over():
            count, seed = min(A_SESSION, times - tally.counts["streams"]), rng.randrange(10**9)
            tally.counts["streams"] += count
            try:
                async with at_work(data, SMALL) as flow:
                    await flow.press("enter")
                    with flow.app.batch_update():  # nothing is painted
                        await play(flow, random.Random(seed), Signs(), count)
            except Exception as broken:  # the program's own end is the worst of what can be found
                tally.fail("broken", f"seed {seed}: {broken!r}")


def run(times: int, chance: random.Random, over: Deadline) -> Tally:
    """Play streams, so many to one app."""
    tally = Tally(name="law")
    tally.expect("streams", "broken")
    asyncio.run(_sessions(times, chance, over, tally))
    return tally


SUITE = Suite(name="law", what="random streams to the screens", full=100_000, run=run)
