"""The git working copy that a folder lies in, found without starting git."""

import os
from pathlib import Path

SPARSE = Path("info", "sparse-checkout")
"""In git's own folder: which files of the versions are in the working copy, where not all of them are."""


def working_copy(folder: Path) -> tuple[Path, Path] | None:
    """Its top folder and git's own folder; ``None`` where there is none."""
    top = Path(os.path.realpath(folder))
    for place in (top, *top.parents):
        own = place / ".git"
        if own.is_dir():
            return place, own
        if own.is_file():
            return _linked(place, own)
    return None


def is_sparse(folder: Path) -> bool:
    """May the working copy that a folder lies in lack files of its version?"""
    found = working_copy(folder)
    return found is not None and (found[1] / SPARSE).exists()


def _linked(place: Path, own: Path) -> tuple[Path, Path] | None:
    """A working copy whose own folder is elsewhere: a worktree or a submodule."""
    try:
        said = own.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return None
    target = said.removeprefix("gitdir:").strip()
    return (place, place / target) if target != said else None
