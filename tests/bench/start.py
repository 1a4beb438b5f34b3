"""From the command to something to read, and to a screen that takes keys; bytes of the first paint."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.figures import Report, median, spread
from tests.bench.places import Place, installed, peer, program
from tests.bench.screen import Watched
from tests.pty.terminal import TerminalError

_VISIDATA, _POSTING, _HARLEQUIN = "vd", "posting", "harlequin"
_WITHOUT, _PICTURES = "perftui, no picture", "first-frames"
_PATIENCE = 120
"""Seconds: the first start with thousands of projects has no cache yet, and ends when the rules have been asked."""
_PEER_READY = {_VISIDATA: "name 19", _POSTING: "Send", _HARLEQUIN: "Run Query"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that is started again and again."""

    name: str
    argv: list[str]
    readable: str
    """The text by which there is something to read."""
    usable: Callable[[str], bool]
    """Has the key that was typed at the very start been answered?"""
    key: str = ""
    leave: str = ""
    """The key that ends it in order; without one it is killed."""
    without_picture: bool = False
    """As after a kill or a pull: no picture of the first screen is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """One start: milliseconds and bytes."""

    readable: float
    usable: float
    cpu: float
    """Milliseconds of processor time until then: other programs disturb it less."""
    size: int


def run(report: Report, place: Place) -> None:
    """Start all programs in turn, round after round."""
    real = place.real("start")
    seven, many = place.data(7), place.data(1000 if report.quick else 10_000)
    programs = [
        Program(name="Textual, one Input", argv=peer("one_input"), readable="READY", usable=_has("READY Q"), key="Q"),
        Program(name="Textual, form of 20", argv=peer("form"), readable="READY", usable=_has("READY Q"), key="Q"),
        Program(name="Textual, DataTable of 20", argv=peer("table", "20"), readable="READY", usable=_has("READY")),
        _ours("perftui, real document", real, "社区工作专项补助"),
        replace(_ours(_WITHOUT, real, "社区工作专项补助"), without_picture=True),
        _ours("perftui, 7 projects", seven.data, "（00003）"),
        _ours("perftui, many projects", many.data, "（00003）"),
        *_others(place),
    ]
    times = measured(programs, place.fresh("start-home"), rounds=3 if report.quick else 11)
    rows = [
        [name, len(runs), spread([one.readable for one in runs]), spread([one.usable for one in runs]),
         spread([one.cpu for one in runs]), f"{median([one.size for one in runs]):.0f}"]
        for name, runs in times.items()
    ]  # fmt: skip
    report.table(["program", "n", "readable ms", "usable ms", "cpu ms", "bytes"], rows)
    floor = median([one.usable for one in times["Textual, one Input"]])
    ours = times["perftui, real document"]
    used, least = (median([one.cpu for one in runs]) for runs in (ours, times["Textual, one Input"]))
    report.target("cpu to a used key / one-Input Textual app", used / least, 1.25)
    report.target("something to read (wall) / the same", median([one.readable for one in ours]) / floor, 0.2)
    without = median([one.readable for one in times[_WITHOUT]])
    report.target("something to read without a picture (wall) / the same", without / floor, 0.5)
    ratio = _usable(times["perftui, many projects"]) / _usable(times["perftui, 7 projects"])
    report.target(f"start with {len(list(many.path('projects').iterdir()))} projects / 7", ratio, 1.15)
    report.target("bytes of the first paint, 80x24", median([one.size for one in ours]), 4096, digits=0)
    for name in (_VISIDATA, _POSTING, _HARLEQUIN):
        if name in times:
            report.target(f"start to usable / {name}", _usable(ours) / _usable(times[name]), 1.1)


def measured(programs: list[Program], home: Path, rounds: int) -> dict[str, list[Started]]:
    """Every round starts every program once; the first round warms the caches and is not counted."""
    found: dict[str, list[Started]] = {one.name: [] for one in programs}
    for number in range(rounds + 1):
        for one in programs:
            started = _start(one, home)
            if number:
                found[one.name].append(started)
    return found


def _start(one: Program, home: Path) -> Started:
    if one.without_picture:
        shutil.rmtree(home / "cache" / "perftui" / _PICTURES, ignore_errors=True)
    with Watched(one.argv, home=home) as terminal:
        if one.key:
            terminal.press(one.key)
        readable = terminal.until(lambda text: one.readable in text or one.usable(text))
        usable = terminal.until(one.usable) if not one.usable(terminal.text()) else readable
        cpu = terminal.cpu
        terminal.settle()
        size = len(terminal.output)
        if one.leave:
            terminal.press(one.leave)
            terminal.wait_exit(_PATIENCE)
        return Started(readable=readable, usable=usable, cpu=cpu, size=size)


def _ours(name: str, data: Path, readable: str) -> Program:
    """Usable: the letter typed at the start stands in the filter, and the list is filtered by it."""
    return Program(
        name=name, argv=program(data), readable=readable, usable=_has("没有名称或编码含"), key="~", leave="ctrl+q"
    )


def _has(text: str) -> Callable[[str], bool]:
    return lambda screen: text in screen


def _others(place: Place) -> list[Program]:
    folder = place.fresh("start-peers")
    table = folder / "rows.csv"
    table.write_text("code,name\n" + "".join(f"{number},name {number}\n" for number in range(20)), encoding="utf-8")
    found = []
    for name, words in ((_VISIDATA, [str(table)]), (_POSTING, []), (_HARLEQUIN, ["--no-download-tzdata"])):
        path = installed(name)
        if path is None:
            print(f"{name} is not installed: not compared (PERFTUI_BENCH_VENVS names environments to look in)")
        else:
            ready = _PEER_READY[name]
            one = Program(name=name, argv=[path, *words], readable=ready, usable=_has(ready))
            try:
                _start(one, folder)
            except TerminalError:
                print(f"{name} does not start here: not compared")
            else:
                found.append(one)
    return found


def _usable(runs: list[Started]) -> float:
    return median([one.usable for one in runs])
