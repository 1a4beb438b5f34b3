"""What kind of file some bytes are, by how they begin: a file's name is often wrong, and standard input has none."""

from enum import Enum


class FileKind(Enum):
    """What a file from outside is. The values are the bytes that it begins with."""

    EMPTY = ()
    ZIP = (b"PK",)
    """.docx, .xlsx, .odt: which of them, its parts say."""
    OLD_OFFICE = (b"\xd0\xcf\x11\xe0",)
    """.doc, .xls, and any Office document with a password."""
    RTF = (b"{\\rtf",)
    PDF = (b"%PDF",)
    PICTURE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
    ARCHIVE = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
    """A packed file that is no zip."""
    TEXT = (b"",)
    """Anything else: a text dump, CSV, HTML."""


LONGEST_START = 5
"""So many bytes are enough to tell."""


def file_kind(data: bytes) -> FileKind:
    """The kind of a file of which ``data`` are all bytes, or the first ones."""
    return next(kind for kind in FileKind if data.startswith(kind.value)) if data else FileKind.EMPTY
