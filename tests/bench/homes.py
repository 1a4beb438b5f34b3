"""A home of its own for work that is done inside the benchmark's process."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_KINDS = ("CACHE", "STATE", "CONFIG")


@contextmanager
def own_home(home: Path) -> Iterator[Path]:
    """Caches and journals go to ``home`` inside the block."""
    before = {name: os.environ.get(name) for name in (f"XDG_{kind}_HOME" for kind in _KINDS)}
    for kind in _KINDS:
        os.environ[f"XDG_{kind}_HOME"] = str(home / kind.lower())
    try:
        yield home
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
