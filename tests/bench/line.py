"""What a key costs on the line that people have, 100 ms there and back and 64 kbit/s: beside vim and Textual's Input.

The line is reckoned, not simulated: the round trip, the time until the program's last byte, and the bytes at the line's
pace. So a busy machine disturbs it little, and every program has the same line.
"""

from pathlib import Path

from tests.bench.figures import Report, median, percentile
from tests.bench.keys import on_the_sheet, typed
from tests.bench.places import Place, installed, peer
from tests.bench.screen import KeyPressed, Watched

_ROUND_TRIP = 100.0
_BYTES_A_MS = 64 / 8
_BEYOND = 5
"""Milliseconds more than in vim."""


def run(report: Report, place: Place) -> None:
    """The same letters into a cell of the sheet, into vim's text, and into the one Input."""
    count = 30 if report.quick else 120
    home = place.fresh("line-home")
    found: dict[str, list[KeyPressed]] = {}
    with on_the_sheet(place.data(9).data, place.fresh("line-sheet")) as sheet:
        found["perftui, a cell"] = typed(sheet, count)
    with Watched(peer("one_input"), home=home) as other:
        other.until(lambda text: "READY" in text)
        other.settle()
        found["Textual, one Input"] = typed(other, count)
    if vim := installed("vim"):
        found["vim"] = _in_vim(vim, home, count)
    rows = [[name, f"{median(_on_the_line(keys)):.1f}", f"{percentile(_on_the_line(keys), 99):.1f}",
             f"{median([one.size for one in keys]):.0f}"] for name, keys in found.items()]  # fmt: skip
    report.table(["a key on the slow line", "ms p50", "ms p99", "bytes p50"], rows)
    if vim:
        more = median(_on_the_line(found["perftui, a cell"])) - median(_on_the_line(found["vim"]))
        report.target("ms a key on the slow line, beyond vim", more, _BEYOND, digits=1)
    else:
        report.say("vim is not installed: not compared")


def _in_vim(vim: str, home: Path, count: int) -> list[KeyPressed]:
    with Watched([vim, "-u", "NONE", "-n"], home=home) as screen:
        screen.settle(0.5)
        screen.key("i", quiet=0.2)
        return [screen.key(letter) for letter in ("abcdefghij" * (count // 10))]


def _on_the_line(keys: list[KeyPressed]) -> list[float]:
    return [_ROUND_TRIP + one.last + one.size / _BYTES_A_MS for one in keys]
