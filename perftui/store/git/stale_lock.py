"""A lock file that an interrupted git left behind: found, explained, and taken away when a person says so."""

import time
from contextlib import suppress
from pathlib import Path

from perftui.model.frozen import frozen
from perftui.store.git.repository import Repository

OLD = 120.0
"""Seconds after which a lock that no running git holds is taken to be left behind."""

_PROCESSES = Path("/proc")
_NAMES = ("index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "shallow.lock", "ORIG_HEAD.lock")


@frozen
class StaleLock:
    """A lock file that nobody holds any more."""

    path: Path
    age: float
    """Seconds since it was made."""


def stale_locks(repository: Repository, old: float = OLD) -> tuple[StaleLock, ...]:
    """The locks of a repository that were left behind; none while a git runs in it."""
    if _git_runs_in(repository.root):
        return ()
    own = [repository.folder / name for name in _NAMES]
    found = [*own, *(repository.folder / "refs").rglob("*.lock")]
    return tuple(lock for path in found if (lock := _lock(path)) is not None and lock.age >= old)


def take_away(locks: tuple[StaleLock, ...]) -> None:
    """Remove lock files, as a person asked for."""
    for lock in locks:
        with suppress(FileNotFoundError):
            lock.path.unlink()


def _lock(path: Path) -> StaleLock | None:
    try:
        return StaleLock(path=path, age=time.time() - path.stat().st_mtime)
    except OSError:
        return None


def _git_runs_in(root: Path) -> bool:
    """Does a git of this machine run in a working copy, or in a place that we may not look at?"""
    for process in _PROCESSES.glob("[0-9]*"):
        try:
            if not (process / "comm").read_text().startswith("git"):
                continue
            if (process / "cwd").resolve(strict=True).is_relative_to(root):
                return True
        except FileNotFoundError:  # it has ended meanwhile
            continue
        except OSError:
            return True
    return False
