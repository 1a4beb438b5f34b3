"""Every key that goes far, among 9 projects and among thousands: processor time of the thread that answers keys, and
how long nothing came on the screen."""

from pathlib import Path

from tests.bench.figures import Report
from tests.bench.places import Place, program
from tests.bench.screen import Watched

_STEPS = (
    ("F6, the amounts", "f6"),
    ("F6, the plan", "f6"),
    ("F6, a project", "f6"),
    ("F5, the pages", "f5"),
    ("PgDn in the pages", "pagedown"),
    ("Ctrl+End in the pages", "ctrl+end"),
    ("F7, a finding", "f7"),
    ("F7, the next", "f7"),
    ("a letter typed", "z"),
    ("Enter", "enter"),
    ("Ctrl+Z", "ctrl+z"),
    ("Ctrl+F", "ctrl+f"),
    ("Ctrl+F: 社", "社"),
    ("Ctrl+F: 社区", "区"),
    ("Esc", "escape"),
)


def run(report: Report, place: Place) -> None:
    """The same keys in documents of three sizes; the first of each kind counts, as a person meets it."""
    sizes = (9, 1000) if report.quick else (9, 1000, 10_000)
    found = {size: _pressed(place, size) for size in sizes}
    few = found[sizes[0]]
    rows = [
        [name, *(f"{found[size][name][0]:.1f} / {found[size][name][1]:.0f}" for size in sizes)] for name, _key in _STEPS
    ]
    report.table(["cpu ms of the screen's thread / ms to the answer", *(f"{size} projects" for size in sizes)], rows)
    for size in sizes[1:]:
        name, ratio = max(
            ((name, found[size][name][0] / max(few[name][0], 2.0)) for name, _key in _STEPS), key=lambda one: one[1]
        )
        report.target(f"cpu of any key, {size} / 9 projects (most: {name})", ratio, 1.5)
        name, wait = max(((name, found[size][name][1]) for name, _key in _STEPS), key=lambda one: one[1])
        report.target(f"ms without an answer, {size} projects (most: {name})", wait, 100, digits=0)


def _pressed(place: Place, size: int) -> dict[str, tuple[float, float]]:
    """By key: milliseconds of the first thread's processor time, and to the answer's first byte."""
    home = place.fresh(f"panes-home-{size}")
    found = {}
    for start in ("cold", "warm"):
        with Watched(program(place.data(size).data), home=home) as screen:
            screen.until(lambda text: "警 " in text and "提示 " in text, limit=300)
            screen.settle(1.5, 30)
            for name, key in _STEPS if start == "warm" else ():
                before = _first_thread(screen.pid)
                pressed = screen.key(key, quiet=0.4, limit=100)
                found[name] = _first_thread(screen.pid) - before, pressed.first
            screen.press("ctrl+q")
            screen.wait_exit(60)
    return found


def _first_thread(pid: int) -> float:
    """Milliseconds of processor time that a process's first thread, which answers keys, has used."""
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_bytes().split()[0]) / 1e6
