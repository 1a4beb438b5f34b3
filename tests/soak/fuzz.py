"""Damaged and hostile files: refused with a sentence, never a traceback, others usable, never written through."""

import json
import random
import resource
import subprocess
import tempfile
from pathlib import Path

from tests.soak.hostile_files import corpus, mutated, named, odd_entries, seeds
from tests.soak.place import own_place, python, shares, spread, surroundings, write_document
from tests.soak.reader import SECONDS
from tests.soak.suite import Deadline, Suite, Tally

_BATCH = 40
_HEAVY = 200_000
"""Bytes of a file that is tried alone, as it is slow by itself."""
_LOST, _BROKEN, _SLOW, _LEAK = "files changed", "tracebacks", "slow", "bytes of data as commands"


def run(count: int, rng: random.Random, over: Deadline) -> Tally:
    """Fuzz ``count`` files, some at a time in one folder; before them the corpus, each file alone and all at once."""
    tally = Tally("fuzz")
    tally.expect("files", "refused", "read", _BROKEN, _SLOW, _LOST, _LEAK)
    with own_place() as place:
        batches = [(place, rng.randrange(2**32), size) for size in shares(count, _BATCH)]
        for start in range(0, len(batches), 8):
            if over():
                break
            for part in spread(_batch, batches[start : start + 8]):
                tally.add(part)
    return tally


def _batch(given: tuple[Path, int, int]) -> Tally:
    place, seed, size = given
    rng = random.Random(seed)
    good = seeds()
    files = {f"f{number}": mutated(rng, good) for number in range(size)}
    return try_files(place, files, f"seed {seed}")


def try_corpus(place: Path) -> Tally:
    """Every file of the corpus, and the odd things that are no files."""
    tally = Tally("fuzz")
    files = corpus()
    heavy = {name: data for name, data in files.items() if len(data) > _HEAVY}
    for name, data in heavy.items():
        tally.add(try_files(place, {name: data}, name))
    light = {name: data for name, data in files.items() if name not in heavy}
    tally.add(try_files(place, light, "corpus", odd=True))
    return tally


def try_files(place: Path, files: dict[str, bytes], told: str, *, odd: bool = False) -> Tally:
    """Put files into a document, use all of it in a process with limits, and see that nothing else changed."""
    tally = Tally("fuzz")
    with tempfile.TemporaryDirectory(dir=place) as top:
        folder = write_document(Path(top, "data"))
        projects = folder.path("projects")
        good = {path.name: path.read_bytes() for path in projects.iterdir()}
        put = dict(named(files))
        for name, data in put.items():
            (projects / name).write_bytes(data)
        if odd:
            for make in odd_entries(projects).values():
                make()
        outside = Path(top, "outside.toml")
        kept = outside.read_bytes() if outside.exists() else None
        done = subprocess.run(
            python("-m", "tests.soak.reader", str(folder.data)),
            capture_output=True, timeout=SECONDS * 60, check=False, cwd=top,
            env=surroundings(Path(top, "home")),
        )  # fmt: skip
        tally.counts["files"] += len(put)
        if done.returncode:
            tally.fail(_BROKEN, f"{told}: {done.stderr.decode('utf-8', 'replace')[-1500:]}")
            return tally
        said = json.loads(done.stdout)
        tally.counts["refused"] += said["refused"]
        tally.counts["read"] += said["read"] - len(good) - 1
        for trouble in said["told"]:
            tally.fail(_LEAK, f"{told}: {trouble}")
        if said["slowest"][0] > SECONDS * max(1, len(files) // 4):
            tally.fail(_SLOW, f"{told}: {said['slowest']}")
        changed = [name for name, data in put.items() if (projects / name).read_bytes() != data]
        if len(changed) > 1 or (outside.exists() and outside.read_bytes() != kept):
            tally.fail(_LOST, f"{told}: {changed}")
    return tally


def memory() -> int:
    """The most that a child of this process had in memory, in MiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


SUITE = Suite(name="fuzz", what="10,000 damaged TOML files through every command and screen", full=10_000, run=run)
