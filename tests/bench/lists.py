"""``list`` and ``check`` of many projects: unchanged, one changed, and cold, beside what the files cost at least.

What is unchanged is done by one processor, and compared in its time: other programs disturb that least. The cold check
is done by all, and compared in the time that passes.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from perftui.store.folder import DocumentFolder
from tests.bench.commands import Ran, in_turn
from tests.bench.commands import run as run_command
from tests.bench.figures import Report, median, spread
from tests.bench.places import Place, peer, program

_FOUND = (0, 1)
"""Exit codes of ``check``: 1 where there is something to mend."""


def run(report: Report, place: Place) -> None:
    """Ten thousand projects (a thousand with ``--quick``)."""
    count = 1000 if report.quick else 10_000
    folder, home = place.data(count), place.fresh("lists-home")
    projects = str(folder.path("projects"))
    commands = {
        "stat": peer("files", "stat", projects),
        "read": peer("files", "read", projects),
        "list": program("list", "--data", folder.data),
        "check": program("check", "--data", folder.data),
    }
    rounds = 3 if report.quick else 9
    times = in_turn(commands, home, rounds, codes=_FOUND)
    floor = median([_inside(ran)[1] for ran in times["stat"]])
    rows = [[name, _inner(name, runs), spread([ran.wall for ran in runs]), _cpu(runs), _peak(runs)]
            for name, runs in times.items()]  # fmt: skip
    changed = _one_changed(folder, commands, home, rounds)
    rows += [[name, "", spread([ran.wall for ran in runs]), _cpu(runs), _peak(runs)] for name, runs in changed.items()]
    cold = _cold(place, folder, home, 1 if report.quick else 3)
    rows += [[name, _inner(name, runs), spread([ran.wall for ran in runs]), _cpu(runs), _peak(runs)]
             for name, runs in cold.items()]  # fmt: skip
    report.table([f"{count} projects", "inside ms", "whole ms", "cpu ms", "peak MiB"], rows)
    for name in ("list", "check"):
        most = {"list": 2, "check": 3}[name]
        report.target(f"{name} of {count} unchanged / stat of all (cpu)", _used(times[name]) / floor, most)
    parsed = median([_inside(ran)[0] for ran in cold["tomllib"]])
    report.target(f"check of {count} cold / reading them with tomllib (wall)", _wall(cold["check, cold"]) / parsed, 0.8)
    told = place.data(count, commented=True)
    (commented,) = _cold(place, told, home, 1)["check, cold"]
    report.target("the same with a comment in each", commented.wall / parsed, 1.2)


def _one_changed(
    folder: DocumentFolder, commands: dict[str, list[str]], home: Path, rounds: int
) -> dict[str, list[Ran]]:
    """Before every run one file is changed, each time another."""
    files = sorted(os.listdir(folder.path("projects")))
    found: dict[str, list[Ran]] = {}
    for name in ("list", "check"):
        runs = found.setdefault(f"{name}, one file changed", [])
        for number in range(rounds):
            path = folder.path(f"projects/{files[number * 7 % len(files)]}")
            text = path.read_text(encoding="utf-8")
            with _put_back(path):
                path.write_text(text.replace('"100"', '"99"', 1), encoding="utf-8")
                runs.append(run_command(commands[name], home, codes=_FOUND))
    return found


class _put_back:  # noqa: N801 - a context manager that reads as a word
    """The file is as it was, time and all, when the block is left."""

    def __init__(self, path: Path) -> None:
        self._path, self._data, self._status = path, path.read_bytes(), path.stat()

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None:
        self._path.write_bytes(self._data)
        os.utime(self._path, ns=(self._status.st_atime_ns, self._status.st_mtime_ns))


def _cold(place: Place, folder: DocumentFolder, home: Path, rounds: int) -> dict[str, list[Ran]]:
    """Nothing is cached by us; the files themselves are in the system's cache for both."""
    found: dict[str, list[Ran]] = {"tomllib": [], "check, cold": []}
    for _round in range(rounds):
        shutil.rmtree(home / "cache", ignore_errors=True)
        found["tomllib"].append(run_command(peer("files", "toml", str(folder.path("projects"))), home))
        found["check, cold"].append(run_command(program("check", "--data", folder.data), home, codes=_FOUND))
    return found


def _inner(name: str, runs: Sequence[Ran]) -> str:
    return spread([_inside(ran)[0] for ran in runs]) if name in ("stat", "read", "tomllib") else ""


def _inside(ran: Ran) -> tuple[float, float]:
    """Milliseconds that the work itself took: passed, and of processor time."""
    passed, used = ran.out.split()
    return float(passed), float(used)


def _cpu(runs: Sequence[Ran]) -> str:
    return spread([ran.cpu for ran in runs])


def _used(runs: Sequence[Ran]) -> float:
    return median([ran.cpu for ran in runs])


def _peak(runs: Sequence[Ran]) -> str:
    return f"{median([ran.peak for ran in runs]):.0f}"


def _wall(runs: Sequence[Ran]) -> float:
    return median([ran.wall for ran in runs])
