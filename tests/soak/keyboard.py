"""Random streams to the keyboard: sequences of all dialects cut anywhere, pauses, answers, pastes, invalid UTF-8."""

import random
from collections import Counter
from itertools import pairwise

from perftui.tui.terminal.tokens import Key, Pasted, TokenKind, TypedText
from tests.soak.suite import Deadline, Suite, Tally
from tests.unit.tui.terminal.sent import CHARACTERS, LINES, SEQUENCES, SILENT
from tests.unit.tui.terminal.streams import Hands

_PIECES = [
    *(piece.encode() for piece in (*SEQUENCES, *CHARACTERS, *SILENT)), LINES.encode(), b"\x1b[200~", b"\x1b[201~",
    "\x1b[200~甲\t乙\r丙\x1b[201~".encode(), "项目".encode(), "张\u3000三".encode(), b"100\r", b"\r", b"\t", b"\x1b",
    b"\x1bb", b"\x11", b"\x03", b"\x7f", "培训".encode("gbk"), b"\xff", b"\xe4",
]  # fmt: skip
_PAUSES = (0.0, 0.0, 0.01, 0.04, 0.1, 0.3, 0.6, 1.1, 2.2, 3.0)


def run(times: int, chance: random.Random, over: Deadline) -> Tally:
    """Play streams; what was typed is typed, and no byte is lost."""
    tally = Tally(name="keyboard")
    tally.expect("streams", "bytes lost", "taken without a key by itself", "dead keyboards")
    for _ in range(times):
        if over():
            break
        tally.counts["streams"] += 1
        _one(tally, _stream(chance), question=chance.random() < 0.5)
    return tally


def _stream(chance: random.Random) -> list[tuple[float, bytes]]:
    whole = b"".join(chance.choices(_PIECES, k=chance.randrange(1, 12)))
    cuts = sorted({0, len(whole), *(chance.randrange(len(whole) + 1) for _ in range(chance.randrange(9)))})
    return [(chance.choice(_PAUSES), whole[start:end]) for start, end in pairwise(cuts)]


def _one(tally: Tally, stream: list[tuple[float, bytes]], *, question: bool) -> None:
    hands = Hands()
    hands.keyboard.asked = hands.now if question else None
    for pause, part in stream:
        hands.send(part, after=pause)
    raw = b"".join(token.raw for token in hands.tokens(10.0))
    if Counter(raw + hands.waiting()) != Counter(b"".join(part for _pause, part in stream)):
        tally.fail("bytes lost", f"{stream} question={question}")
    if question and not all(_by_itself(hands, place) for place in range(len(hands.arrivals))):
        tally.fail("taken without a key by itself", f"{stream}")
    hands.keyboard.asked = None
    hands.send(b"\x1b[201~", after=0.1)
    hands.wait(10.0)
    hands.arrivals.clear()
    if "中" not in _after(hands):
        tally.fail("dead keyboards", f"{stream} question={question}")


def _by_itself(hands: Hands, place: int) -> bool:
    arrival = hands.arrivals[place]
    content = [token for token in arrival.tokens if isinstance(token, TypedText | Key | Pasted)]
    return arrival.kind is TokenKind.STREAM or not content or (len(content) == 1 and arrival.came.alone)


def _after(hands: Hands) -> str:
    hands.send("中")
    return hands.typed(1.0)


SUITE = Suite(name="keyboard", what="random streams to the keyboard", full=100_000, run=run)
