"""Memory of running programs, and bytes while nobody types."""

import time
from random import Random

from tests.bench.figures import Report
from tests.bench.places import Place, peer, program
from tests.bench.screen import Watched, pss

_KEYS = (
    *("up", "down", "left", "right", "tab", "shift+tab", "pageup", "pagedown", "home", "end") * 3,
    *("enter", "escape", "escape", "backspace", "f5", "f6", "f7", "ctrl+z", "ctrl+y", "ctrl+f", "ctrl+g"),
    *("社", "区", "甲", "1", "2", "5"),
)
"""None of them makes a project, leaves the program or asks what would have to be answered."""
_BATCH = 20


def run(report: Report, place: Place) -> None:
    """Start each, wait until it is quiet, and read what the system says."""
    home = place.fresh("memory-home")
    programs = {
        "Textual, one Input": (peer("one_input"), "READY"),
        "Textual, form of 20": (peer("form"), "READY"),
        "perftui, real document": (program(place.real("memory")), "社区工作专项补助"),
        "perftui, 1,000 projects": (program(place.data(1000).data), "（00003）"),
    }
    if not report.quick:
        programs["perftui, 10,000 projects"] = (program(place.data(10_000).data), "（00003）")
    seconds = 2 if report.quick else 10
    rows, memory, idle = [], {}, {}
    for name, (argv, ready) in programs.items():
        with Watched(argv, home=home) as screen:
            screen.until(lambda text, ready=ready: ready in text)  # type: ignore[misc]
            screen.settle(1.0)
            memory[name] = pss(screen.pid)
            before, begun = len(screen.output), time.perf_counter()
            while time.perf_counter() - begun < seconds:
                screen._pump(0.2)
            idle[name] = len(screen.output) - before
            after = _after_keys(screen) if name.startswith("perftui") else 0.0
            memory[f"{name}, after"] = after
            rows.append([name, f"{memory[name]:.1f}", f"{after:.1f}" if after else "", f"{idle[name] / seconds:.0f}"])
    report.table(["program", "PSS MiB", "after F5 and F7", "idle B/s"], rows)
    ratio = memory["perftui, real document"] / memory["Textual, form of 20"]
    report.target("memory (PSS) / Textual form of 20", ratio, 1.2)
    many = "perftui, 1,000 projects" if report.quick else "perftui, 10,000 projects"
    for end, told in (("", ""), (", after", ", after F5 and F7")):
        ratio = memory[many + end] / memory["perftui, real document" + end]
        report.target(f"memory (PSS) with many projects / the real document{told}", ratio, 1.6)
    report.target("memory (PSS) after random keys / at the start", _random_keys(report, place), 1.5)
    report.target(f"bytes while idle for {seconds} s", idle["perftui, real document"], 0, digits=0)


def _after_keys(screen: Watched) -> float:
    """Memory once the rules were asked and the screens that show most were seen."""
    screen.settle(1.5, 60)
    if "审核中" in screen.text():
        screen.until(lambda text: "警 " in text and "提示 " in text, limit=300)
    for key in ("f5", "pagedown", "f7", "f7"):
        screen.key(key, quiet=0.4, limit=60)
    screen.settle(1.0)
    return pss(screen.pid)


def _random_keys(report: Report, place: Place) -> float:
    """Memory after many keys that make no project, against that before them: the real document, once quiet."""
    count, chance = 3000 if report.quick else 30_000, Random(18)
    with Watched(program(place.real("memory-random")), home=place.fresh("memory-random-home")) as screen:
        screen.until(lambda text: "警 " in text and "提示 " in text, limit=300)
        screen.settle(1.5, 30)
        before = pss(screen.pid)
        for _batch in range(count // _BATCH):
            for key in chance.choices(_KEYS, k=_BATCH):
                screen.press(key)
            screen.settle(0.02, 30)
        screen.settle(2.0, 60)
        after = pss(screen.pid)
        screen.press("ctrl+q")
    report.say(f"{count} random keys: {before:.1f} MiB before, {after:.1f} after")
    return after / before
