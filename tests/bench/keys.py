"""What a key costs: time, bytes, processor; with 9 rows and with 1,000; and an arrow held down."""

import time
from pathlib import Path

from tests.bench.figures import Report, median, percentile
from tests.bench.places import Place, peer, program
from tests.bench.screen import KeyPressed, Watched

_REPEAT = 30
"""Keys a second of an arrow that is held down."""
_WORD = "abcdefghij"


def run(report: Report, place: Place) -> None:
    """Type in the sheet and in the form of 20; move, scroll, switch; hold an arrow."""
    count = 30 if report.quick else 120
    home = place.fresh("keys-home")
    many = place.data(1000)
    rows, found = [], {}
    with Watched(peer("form"), home=home) as form:
        form.until(lambda text: "READY" in text)
        form.settle()
        found["form"] = typed(form, count)
        rows.append(_row("Textual form of 20: a character", found["form"]))
    few = place.data(9)
    for name, data in (("9", few.data), ("1,000", many.data)):
        with on_the_sheet(data, place.fresh("keys-sheet")) as sheet:
            found[name] = typed(sheet, count)
            rows.append(_row(f"sheet of {name} rows: a character", found[name]))
            moves = _pressed(sheet, ["down", "right", "up", "left"] * (count // 4))
            found[f"{name} moves"] = moves
            rows.append(_row(f"sheet of {name} rows: an arrow", moves))
    rows += _lists(report, many.data, place.fresh("keys-list"))
    report.table(["key", "n", "ms p50", "ms p99", "bytes p50", "cpu ms p50"], rows)
    for percent, most in ((50, 0.35), (99, 0.65)):
        ours, theirs = (percentile([one.last for one in found[name]], percent) for name in ("9", "form"))
        report.target(f"ms a key p{percent} / form of 20", ours / theirs, most)
    for kind in ("", " moves"):
        few_ms, many_ms = (median([one.last for one in found[f"{name}{kind}"]]) for name in ("9", "1,000"))
        report.target(f"1,000 rows / 9 rows, p50{kind}", many_ms / few_ms, 1.1)
    report.target("bytes: a typed character", median([one.size for one in found["9"]]), 32, digits=0)
    report.target("bytes: the cursor moved by a cell", median([one.size for one in found["9 moves"]]), 160, digits=0)
    _held(report, many.data, place.fresh("keys-held"))


def _is_reviewed(text: str) -> bool:
    """Is the list shown, and have the rules looked at all of it? Until then a thread of theirs takes turns."""
    return "（00003）" in text and "警 " in text and "提示 " in text


def on_the_sheet(data: Path, home: Path) -> Watched:
    """The sheet of amounts, the cursor on a text cell."""
    sheet = Watched(program(data), home=home)
    sheet.until(_is_reviewed, 300)
    sheet.settle()
    sheet.key("f6", limit=3, quiet=0.4)
    for key in ("right", "right", "right"):
        sheet.key(key)
    return sheet


def typed(screen: Watched, count: int) -> list[KeyPressed]:
    """Characters into a text field; from time to time what was typed is given up, so that it never fills the field."""
    found = []
    for _word in range(count // len(_WORD)):
        found += _pressed(screen, list(_WORD))
        screen.key("escape", limit=1.5)
        for _character in _WORD:
            screen.press("backspace")  # where Esc does nothing
        screen.key("escape", limit=1.5)
        screen.settle()
    return found


def _pressed(screen: Watched, keys: list[str]) -> list[KeyPressed]:
    return [screen.key(key) for key in keys]


def _lists(report: Report, data: Path, home: Path) -> list[list[object]]:
    with Watched(program(data), home=home) as screen:
        screen.until(_is_reviewed, 300)
        screen.settle()
        screen.press("home")
        screen.settle()
        lines = _pressed(screen, ["down"] * 60)
        pages = _pressed(screen, ["pagedown"] * 15)
        switches = [screen.key(key, quiet=0.2) for key in ["f6"] * 6]
    report.target("bytes: a list scrolled by a line", median([one.size for one in lines[30:]]), 300, digits=0)
    report.target("bytes: a list scrolled by a page", median([one.size for one in pages]), 2048, digits=0)
    report.target("bytes: another screen", median([one.size for one in switches]), 3072, digits=0)
    return [
        _row("list of 1,000: down", lines),
        _row("list of 1,000: a page", pages),
        _row("another screen", switches),
    ]


def _held(report: Report, data: Path, home: Path) -> None:
    """An arrow held down must not run on: the answer to the last repeat comes as soon as to a single key."""
    with Watched(program(data), home=home) as screen:
        screen.until(_is_reviewed, 300)
        screen.settle()
        for _repeat in range(_REPEAT * 2):
            screen.press("down")
            screen._read(1 / _REPEAT)
        ended = time.perf_counter()
        while screen._read(0.2):
            pass
        late = max(0.0, (screen.last - ended) * 1000)
    report.say(f"\nan arrow held down for 2 s at {_REPEAT}/s: the screen stands still {late:.0f} ms after the last one")
    report.target("ms behind, an arrow held down at 30/s", late, 1000 / _REPEAT, digits=0)


def _row(name: str, keys: list[KeyPressed]) -> list[object]:
    last = [one.last for one in keys]
    size, cpu = median([one.size for one in keys]), median([one.cpu for one in keys])
    return [name, len(keys), f"{median(last):.1f}", f"{percentile(last, 99):.1f}", f"{size:.0f}", f"{cpu:.1f}"]
