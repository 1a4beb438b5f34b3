"""The zip around a DOCX: prepared fixed parts, and a document part that is streamed into it.

The same document gives the same parts on every machine and Python, in the same order: ``parts_digest`` names them.
They are deflated at a level that hangs on the document's length alone, with fixed names, dates and modes, so that one
zlib makes the same bytes; zlib and zlib-ng, which Python builds mix, pack one text differently.
"""

import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from perftui.model.frozen import frozen

PARTS_FOLDER = "docx_parts"
FOOTER_ODD, FOOTER_EVEN, FOOTER_BLANK = "footerOdd", "footerEven", "footerBlank"
"""Relationship ids of the document part to its page feet."""

CONTENT_TYPES = "[Content_Types].xml"
DOCUMENT = "word/document.xml"
CORE_PROPERTIES = "docProps/core.xml"
COMMENTS = "word/comments.xml"
_RELATIONS = "word/_rels/document.xml.rels"

_NUMBERED_FEET = (f"word/{FOOTER_ODD}.xml", f"word/{FOOTER_EVEN}.xml")
_FOOT_END = b"</w:ftr>"
_TYPES_END, _RELATIONS_END = b"</Types>", b"</Relationships>"
_COMMENTS_TYPE = (
    f' <Override PartName="/{COMMENTS}"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml" />\n'
).encode()
_COMMENTS_RELATION = (
    b' <Relationship Id="comments" Target="comments.xml"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" />\n'
)
PRINTED = "customXml/item1.xml"
_PRINTED_PARTS = {
    "customXml/itemProps1.xml": (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ds:datastoreItem'
        ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"'
        ' ds:itemID="{5F0C2C66-0D42-4C7B-9B1C-6B6B6D3C9A01}"><ds:schemaRefs>'
        '<ds:schemaRef ds:uri="urn:perftui:printed"/></ds:schemaRefs></ds:datastoreItem>\n'
    ),
    "customXml/_rels/item1.xml.rels": (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="itemProps1.xml"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"/></Relationships>\n'
    ),
}
"""What an office program wants beside a part of its own kind, to keep it."""
_PRINTED_TYPE = (
    b' <Override PartName="/customXml/itemProps1.xml"'
    b' ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml" />\n'
)
_PRINTED_RELATION = (
    b' <Relationship Id="printed" Target="../customXml/item1.xml"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" />\n'
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3  # the system that the entries say they were made on: the same wherever they are
_MODE = 0o100644 << 16  # a plain file, readable by all
_LEVEL, _SHORT_LEVEL = 8, 6
"""A fifth smaller for 500 projects than what zlib takes by itself (6), within 2 % of 9. For a short document it is 3 %,
and takes twice as long."""
_SHORT = 1 << 18  # bytes of a document part; the real one has 157,000
_SPOOL = 4 << 20  # bytes; above that a part waits on the disk, not in memory
_CHUNK = 1 << 16  # bytes that are compressed at a time


@frozen
class Parts:
    """What differs between packages besides the document itself."""

    core: str
    """The text of the document's properties."""
    length: int
    """Bytes of the document part, near enough to choose how it is deflated."""
    fixed: tuple[tuple[str, bytes], ...] = ()
    """``(name, bytes)`` of the parts beside the document, in their order; none: ours."""
    feet: tuple[str, ...] = _NUMBERED_FEET
    """Those that are the foot of numbered pages."""
    front_feet: tuple[str, ...] = (f"word/{FOOTER_BLANK}.xml",)
    """Those of cover and contents."""
    foot: str = ""
    """A paragraph that follows the page number at the foot of every page."""
    draft: bool = False
    """It also stands where there is no number."""
    comments: str = ""
    """The text of the part that holds the comments."""
    returns: bool = False
    """It carries the values that it is printed from."""
    printed: Iterable[bytes] = ()
    """The part with those values, in pieces."""


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
    with ZipFile(out, "w") as package:
        for name, data in parts.fixed or fixed_parts():
            package.writestr(_entry(name), _changed(name, data, parts))
        package.writestr(_entry(CORE_PROPERTIES), parts.core.encode())
        if parts.comments:
            package.writestr(_entry(COMMENTS), parts.comments.encode())
        with package.open(_entry(DOCUMENT, _SHORT_LEVEL if parts.length < _SHORT else _LEVEL), "w") as part:
            for chunk in _chunks(document):
                part.write(chunk)
        if parts.returns:
            for name, text in _PRINTED_PARTS.items():
                package.writestr(_entry(name), text)
            with package.open(_entry(PRINTED), "w") as part:
                for chunk in _chunks(parts.printed):
                    part.write(chunk)


def parts_digest(package: IO[bytes]) -> str:
    """SHA-256 over name, length and bytes of every part in order, as 64 hexadecimal digits; checks every checksum.

    Each is told by its UTF-8 name, a NUL, its length in decimal digits, a NUL, and its bytes. Raises BadZipFile.
    """
    whole = sha256()
    with ZipFile(package) as found:
        for entry in found.infolist():
            whole.update(f"{entry.filename}\0{entry.file_size}\0".encode())
            with found.open(entry) as part:
                while chunk := part.read(_CHUNK):
                    whole.update(chunk)
    return whole.hexdigest()


def _changed(name: str, data: bytes, parts: Parts) -> bytes:
    """A fixed part as this package has it."""
    if parts.foot and name in parts.feet + parts.front_feet * parts.draft:
        return data.replace(_FOOT_END, parts.foot.encode() + _FOOT_END)
    if name == CONTENT_TYPES:
        more = _COMMENTS_TYPE * bool(parts.comments) + _PRINTED_TYPE * parts.returns
        return data.replace(_TYPES_END, more + _TYPES_END)
    if name == _RELATIONS:
        more = _COMMENTS_RELATION * bool(parts.comments) + _PRINTED_RELATION * parts.returns
        return data.replace(_RELATIONS_END, more + _RELATIONS_END)
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


def _entry(name: str, level: int = _LEVEL) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    entry._compresslevel = level  # type: ignore[attr-defined]  # what its zip was told holds for other entries
    return entry
