"""The user's cache of what was made of a document: plain values, true for one key, worth nothing when in doubt."""

import marshal
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from perftui.files.errors import FileError
from perftui.files.places import cache_folder
from perftui.files.reading import current_digest, digest, read_bytes
from perftui.files.removing import create_folder
from perftui.store.own import folder_key

LIMIT = 512 * 1024 * 1024
"""Bytes of the largest cache that is read."""

_DIGEST_BYTES = 64


def load_cache(folder: Path, kind: str, key: object) -> dict[str, Any]:
    """What ``save_cache`` wrote for a document's folder under the same key; nothing where it is missing or damaged."""
    with suppress(FileError, ValueError, EOFError, TypeError):
        data = memoryview(read_bytes(_place(folder, kind), LIMIT))  # tens of megabytes: not to be copied
        if digest(data[_DIGEST_BYTES:]).encode() == data[:_DIGEST_BYTES]:
            found, entries = marshal.loads(data[_DIGEST_BYTES:])  # our own bytes: the digest is right
            return dict(entries) if found == key else {}
    return {}


def save_cache(folder: Path, kind: str, key: Any, entries: dict[str, Any]) -> None:
    """Keep plain values for a document's folder; a cache that cannot be written is no misfortune."""
    from perftui.files.writing import write_file  # most starts find the cache as it should be

    with suppress(FileError, ValueError):
        payload = marshal.dumps((key, entries))
        path = _place(folder, kind)
        base = current_digest(path, LIMIT)
        write_file(path, digest(payload).encode() + payload, base, limit=LIMIT)


def program_stamp(*parts: str) -> tuple[tuple[str, int, int], ...]:
    """What tells one version of some of the program's folders from another: a cache holds for one version."""
    found: list[tuple[str, int, int]] = []
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for part in parts:
        for top, _folders, files in os.walk(os.path.join(package, part)):
            for name in sorted(files):
                if name.endswith((".py", ".toml")):
                    status = os.stat(os.path.join(top, name))
                    found.append((name, status.st_size, status.st_mtime_ns))
    return tuple(sorted(found))


def _place(folder: Path, kind: str) -> Path:
    place = cache_folder() / kind
    create_folder(place, 0o700)
    return place / f"{folder_key(folder)}.cache"
