"""Folders and surroundings of a soak: nothing of the person's own is read or written."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from perftui.forms import load_form
from perftui.model.document import Document
from perftui.store.folder import DocumentFolder, document_folder
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.soak.suite import Deadline, Tally

JOBS = 2
"""Processes that a suite is spread over."""

_DROPPED = ("PERFTUI", "TEXTUAL", "SSH_", "GIT_", "LC_", "PYTHON")


def surroundings(home: Path) -> dict[str, str]:
    """The environment of a program that is to know nothing but a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_DROPPED)}
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("STATE", "CACHE", "CONFIG", "DATA")}
    git = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "张三"), ("EMAIL", "zhang@example.org"))
    }
    own = {
        "HOME": str(home), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }  # fmt: skip
    return {**kept, **folders, **git, **own}


@contextmanager
def own_place() -> Iterator[Path]:
    """A new folder, and an environment whose home it has; both as before afterwards."""
    before = dict(os.environ)
    shared = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="perftui-soak-", dir=shared, ignore_cleanup_errors=True) as folder:
        home = Path(folder, "home")
        home.mkdir()
        os.environ.clear()
        os.environ.update(surroundings(home))
        time.tzset()
        try:
            yield Path(folder)
        finally:
            os.environ.clear()
            os.environ.update(before)
            time.tzset()


def write_document(data: Path, document: Document | None = None) -> DocumentFolder:
    """A sample document as files of a data folder."""
    document = document or factories.document()
    folder = document_folder(data, document.year, document.unit)
    form = load_form(document.form)
    folder.path("projects").mkdir(parents=True, exist_ok=True)
    for file, record in document.files():
        folder.path(file).write_bytes(canonical(record, form.spec_of(file)).encode())
    return folder


def spread(work: Any, parts: Sequence[Any], jobs: int = JOBS) -> Iterator[Any]:
    """Run a function over parts in processes of their own; what it gave, in order."""
    if len(parts) <= 1 or jobs <= 1:
        yield from map(work, parts)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, parts)


def shares(count: int, size: int) -> list[int]:
    """A number cut into parts of a size."""
    return [min(size, count - start) for start in range(0, count, size)]


def in_parts(
    tally: Tally, work: Callable[[tuple[int, int]], Tally], number: int, rng: random.Random, over: Deadline,
    *, size: int, at_once: int, jobs: int = JOBS,
) -> Tally:  # fmt: skip
    """So many cases in parts of a size, each with a seed of its own; the time is looked at after ``at_once`` parts."""
    parts = [(rng.randrange(2**32), share) for share in shares(number, size)]
    for start in range(0, len(parts), at_once):
        if over():
            break
        for part in spread(work, parts[start : start + at_once], jobs):
            tally.add(part)
    return tally


def python(*words: str) -> list[str]:
    """The command line of an interpreter."""
    return [sys.executable, "-X", "utf8", *words]
