"""The zip around an office document, looked at before anything is unpacked, and its parts as bounded streams.

Nothing is ever extracted to disk, and nothing outside the file is asked for. The reader runs in this process, not in
a child with limits of its own: every step is bounded by counts (bytes, parts, tags, one block of the text at a time),
so that memory and time have a ceiling on every machine, also where there are no resource limits, and a document is
read in a tenth of the time that a child would need to start.
"""

import os
import posixpath
import zlib
from collections.abc import Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from perftui.exchange.importer.file_kind import LONGEST_START, FileKind, file_kind
from perftui.exchange.importer.imported import ImportRefused
from perftui.locale import _
from perftui.model.text import size_in_words

MOST_BYTES = 20 * 1024 * 1024  # of a file that is opened at all
MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all parts; a packed file that grows beyond that is a trap
MOST_PARTS = 2000  # an office document has some dozens
_CHUNK = 64 * 1024  # bytes that are unpacked at a time
_MOST_NAME = 400  # characters of the name of a part
_ENTRY = b"PK\x01\x02"
_MACROS = ("vbaproject.bin", "vbadata.xml")
_FAULTS = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)
"""What zipfile raises over a damaged file."""


class Package:
    """An office document whose zip has passed the checks."""

    def __init__(self, source: IO[bytes], *, most: int = MOST_BYTES) -> None:
        """Raises ImportRefused for anything but a whole, harmless office document of at most ``most`` bytes."""
        _check_kind(source, most)
        try:
            self._zip = ZipFile(source)
        except _FAULTS:
            raise ImportRefused(_("文件已损坏或不完整，打不开：请重新复制，或请对方再发一次")) from None
        entries = self._zip.infolist()
        _check_entries(entries, max(MOST_UNPACKED, 5 * most))
        self._entries = {entry.filename.lower(): entry for entry in entries}
        self.doubled = len(entries) - len(self._entries)
        """Parts whose name is there twice; the last counts."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in lower case."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def size(self, name: str) -> int:
        """The unpacked bytes of a part, as the zip says; no more than these are read."""
        return self._entries[name.lower()].file_size

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part's bytes, piece by piece. Raises ImportRefused where it is damaged."""
        try:
            with self._zip.open(self._entries[name.lower()]) as part:
                while chunk := part.read(_CHUNK):
                    yield chunk
        except _FAULTS:
            raise ImportRefused(_("文件已损坏：{part} 读不出来").format(part=name)) from None

    def read(self, name: str, most: int) -> bytes:
        """A small part whole. Raises ImportRefused where it is larger than ``most``."""
        if self.size(name) > most:
            raise ImportRefused(
                _("{part} 太大（{size}），没有读入").format(part=name, size=size_in_words(self.size(name)))
            )
        return b"".join(self.chunks(name))


def target_of(base: str, target: str) -> str:
    """The name of the part that a relationship of ``base`` leads to: ``word/document.xml``."""
    folder = posixpath.dirname(base)
    joined = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined)


def _check_kind(source: IO[bytes], most: int) -> None:
    if source.seek(0, os.SEEK_END) > most:
        raise ImportRefused(_("文件超过 {most} MiB，没有读入").format(most=most // 1024 // 1024))
    source.seek(0)
    kind = file_kind(source.read(LONGEST_START))
    if kind is FileKind.EMPTY:
        raise ImportRefused(_("文件是空的，可能没有传完：请重新复制，或请对方再发一次"))
    if kind is FileKind.OLD_OFFICE:
        raise ImportRefused(_("文件是旧格式（.doc、.xls）或加了密码，请在 Word 或 WPS 里另存为不加密的新格式"))
    if kind in (FileKind.RTF, FileKind.PDF):
        raise ImportRefused(_("文件是 RTF 或 PDF，请在 Word 或 WPS 里另存为 .docx"))
    if kind is not FileKind.ZIP:
        raise ImportRefused(_("文件不是 .docx 或 .xlsx"))
    if _count(source, _ENTRY) > 5 * MOST_PARTS:
        raise ImportRefused(_("文件里的部件超过 {most} 个，不像是正常的文档").format(most=MOST_PARTS))


def _count(source: IO[bytes], wanted: bytes) -> int:
    """How often some bytes stand in what is left of the source."""
    found, kept = 0, b""
    while chunk := source.read(16 * _CHUNK):
        found += (kept + chunk).count(wanted)
        kept = chunk[1 - len(wanted) :]
    return found


def _check_entries(entries: list[ZipInfo], most: int) -> None:
    if len(entries) > MOST_PARTS:
        raise ImportRefused(_("文件里的部件超过 {most} 个，不像是正常的文档").format(most=MOST_PARTS))
    if sum(entry.file_size for entry in entries) > most:
        raise ImportRefused(_("文件解压后超过 {most} MiB，没有读入").format(most=most // 1024 // 1024))
    for entry in entries:
        _check_name(entry.filename)
        if entry.flag_bits & 1:
            raise ImportRefused(_("文件加了密码，请去掉密码后再导入"))
        if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ImportRefused(_("文件的压缩方式不认识，请在 Word 或 WPS 里另存一次"))
        if posixpath.basename(entry.filename).lower() in _MACROS:
            raise ImportRefused(_("文件带有宏，请在 Word 或 WPS 里另存为不带宏的格式"))


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\0" in name or len(name) > _MOST_NAME:
        raise ImportRefused(_("文件里有不正常的部件名，不像是 Word 或 WPS 存的"))
