"""The zip around a DOCX: prepared fixed parts, and a document part that is streamed into it.

Same document, same bytes, on any machine. Entries are stored, not deflated: zlib and zlib-ng, which Python builds
mix, make different bytes of one text. Names, dates and modes are fixed.
"""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

PARTS_FOLDER = "docx_parts"
FOOTER_ODD, FOOTER_EVEN, FOOTER_BLANK = "footerOdd", "footerEven", "footerBlank"
"""Relationship ids of the document part to its page feet."""

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
CORE_PROPERTIES = "docProps/core.xml"
SETTINGS = "word/settings.xml"
UPDATE_FIELDS = b'<w:updateFields w:val="true" />'

_NUMBERED_FEET = (f"word/{FOOTER_ODD}.xml", f"word/{FOOTER_EVEN}.xml")
_FOOT_END = b"</w:ftr>"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3  # the system that the entries say they were made on: the same wherever they are
_MODE = 0o100644 << 16  # a plain file, readable by all
_SPOOL = 4 << 20  # bytes; above that a part waits on the disk, not in memory
_CHUNK = 1 << 16  # bytes that are compressed at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What differs between packages besides the document itself."""

    core: str
    """The text of the document's properties."""
    refresh_fields: bool
    """Word offers to refresh the contents when it opens the file."""
    foot: str = ""
    """A paragraph that follows the page number at the foot of every page."""


@cache
def fixed_parts() -> tuple[tuple[str, bytes], ...]:
    """``(name, bytes)`` of the parts that every document has in common, in their order in the zip."""
    folder = resources.files("perftui.exchange") / PARTS_FOLDER
    found = sorted(_files(folder, ""))
    first = [part for part in found if part[0] == CONTENT_TYPES]
    return tuple(first + [part for part in found if part[0] != CONTENT_TYPES])


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".xml", ".rels")):
            yield prefix + entry.name, entry.read_bytes()


def write_package(out: IO[bytes], document: Iterable[bytes], parts: Parts) -> None:
    """Writes a whole DOCX: ``document`` is ``word/document.xml`` in pieces. Memory stays flat."""
    if out.seekable():
        _write(out, document, parts)
        return
    with SpooledTemporaryFile(max_size=_SPOOL) as spool:  # the zip's headers are completed afterwards
        _write(spool, document, parts)
        spool.seek(0)
        shutil.copyfileobj(spool, out)


def _write(out: IO[bytes], document: Iterable[bytes], parts: Parts) -> None:
    with ZipFile(out, "w", ZIP_STORED) as package:
        for name, data in fixed_parts():
            package.writestr(_entry(name), _changed(name, data, parts))
        package.writestr(_entry(CORE_PROPERTIES), parts.core.encode())
        with package.open(_entry(DOCUMENT), "w") as part:
            for chunk in _chunks(document):
                part.write(chunk)


def _changed(name: str, data: bytes, parts: Parts) -> bytes:
    """A fixed part as this package has it."""
    if name == SETTINGS and not parts.refresh_fields:
        return data.replace(UPDATE_FIELDS, b"")
    if parts.foot and name in _NUMBERED_FEET:
        return data.replace(_FOOT_END, parts.foot.encode() + _FOOT_END)
    return data


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces gathered into chunks worth a write each."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    yield b"".join(waiting)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    return entry
