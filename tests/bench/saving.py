"""A committed cell: from the key to the file on disk, beside fsync and rename of the same bytes."""

import os
import time
from pathlib import Path

from perftui.editing.edits import SetValue
from perftui.forms import Role
from perftui.session.open_document import OpenDocument
from perftui.store.folder import find_documents
from tests.bench.figures import Report, median, percentile, spread
from tests.bench.places import Place, program
from tests.bench.screen import Watched


def run(report: Report, place: Place) -> None:
    """The key is Enter on a typed cell; saved is the moment when the file has its new content under its name."""
    rounds = 10 if report.quick else 40
    data = place.real("saving")
    folder = find_documents(data)[0]
    path = sorted(folder.path("projects").glob("*.toml"))[0]
    plain = path.read_bytes()
    session_times = _at_the_session(data, rounds)
    key_times, least = _from_the_key(place, rounds, plain)
    measured = {
        "write, fsync, rename, fsync of the folder": least,
        "an edit, until written": session_times,
        "Enter on the screen, until written": key_times,
    }
    rows = [[name, len(times), spread(times, 2), f"{percentile(times, 99):.2f}"] for name, times in measured.items()]
    report.table(["what", "n", "ms", "p99"], rows)
    report.target("a committed cell, key to disk / fsync + rename", median(key_times) / median(least), 8)


def _plain(data: bytes, path: Path) -> float:
    begun = time.perf_counter()
    other = path.with_suffix(".tmp")
    fd = os.open(other, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(fd, data)
    os.fsync(fd)
    os.close(fd)
    os.rename(other, path)
    fd = os.open(path.parent, os.O_RDONLY)
    os.fsync(fd)
    os.close(fd)
    return (time.perf_counter() - begun) * 1000


def _at_the_session(data: Path, rounds: int) -> list[float]:
    """Without a terminal: the edit, the journal and the guarded write."""
    session = OpenDocument.open(find_documents(data)[0])
    file = next(iter(session.document.projects))
    path = session.form.project.path_of(Role.PURPOSE)
    assert path is not None
    times = []
    for number in range(rounds):
        begun = time.perf_counter()
        session.run([SetValue(file=file, path=path, value=f"第{number}次修改的资金用途")], "改")
        while session.status.waiting:
            time.sleep(0.0002)
        times.append((time.perf_counter() - begun) * 1000)
    session.close()
    return times


def _from_the_key(place: Place, rounds: int, plain: bytes) -> tuple[list[float], list[float]]:
    """In a terminal: the files are looked at until one is another (every save replaces it).

    Behind each the least is measured, on the disk as busy as it is then.
    """
    data, home = place.real("saving-screen"), place.fresh("saving-home")
    files = sorted(find_documents(data)[0].path("projects").glob("*.toml"))
    times, least = [], []
    with Watched(program(data), home=home) as screen:
        screen.until(lambda text: "社区工作专项补助" in text)
        screen.settle()
        screen.key("f6", limit=3, quiet=0.4)
        for key in ("right", "right", "right"):
            screen.key(key)
        for number in range(rounds):
            screen.key(str(number % 9 + 1))
            screen.settle(0.1)
            before = _inodes(files)
            begun = time.perf_counter()
            screen.press("enter")
            while _inodes(files) == before and time.perf_counter() - begun < 5:
                time.sleep(0.0001)  # a look that never rests takes the processor from what it looks at
            times.append((time.perf_counter() - begun) * 1000)
            screen.settle(0.2)
            screen.key("up")
            least.append(_plain(plain, data / "plain.bin"))
    return times, least


def _inodes(files: list[Path]) -> list[int]:
    return [os.stat(path).st_ino for path in files]
