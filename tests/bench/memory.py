"""Memory of running programs, and bytes while nobody types."""

import time

from tests.bench.figures import Report
from tests.bench.places import Place, peer, program
from tests.bench.screen import Watched, pss


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
            rows.append([name, f"{memory[name]:.1f}", f"{idle[name] / seconds:.0f}"])
    report.table(["program", "PSS MiB", "idle B/s"], rows)
    ratio = memory["perftui, real document"] / memory["Textual, form of 20"]
    report.target("memory (PSS) / Textual form of 20", ratio, 1.3)
    report.target(f"bytes while idle for {seconds} s", idle["perftui, real document"], 0, digits=0)
