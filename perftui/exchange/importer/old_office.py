"""What an old Office file (OLE) holds, told by the names and first bytes of its streams, without unpacking it."""

from enum import Enum, auto

_SECTOR = 512
_WORD = b"\xec\xa5"
_ENCRYPTED_WORD = 0x01
"""Bit of byte 11 of a document of Word: the text behind it is encrypted."""
_BEGINNING = b"\x09\x08\x10\x00"
_BEGINNING_LENGTH = 20
_PASSWORD = b"\x2f\x00"
"""The record behind a workbook's beginning that says it has a password."""


class OldOffice(Enum):
    """What an old Office file is."""

    ENCRYPTED = auto()
    """A password is needed to read it."""
    WORKBOOK = auto()
    SLIDES = auto()
    DOCUMENT = auto()
    """Of Word or WPS, or something that is none of the others."""


def old_office(data: bytes) -> OldOffice:
    """Which of them some bytes are."""
    if _stream("EncryptedPackage") in data or _has_password(data):
        return OldOffice.ENCRYPTED
    if _stream("WordDocument") in data:
        return OldOffice.DOCUMENT
    if _stream("Workbook") in data or _stream("Book") in data:
        return OldOffice.WORKBOOK
    return OldOffice.SLIDES if _stream("PowerPoint Document") in data else OldOffice.DOCUMENT


def _stream(name: str) -> bytes:
    """A stream's name as the directory writes it, with the zero at its end."""
    return (name + "\0").encode("utf-16-le")


def _has_password(data: bytes) -> bool:
    word = _stream("WordDocument") in data
    for at in range(_SECTOR, len(data), _SECTOR):
        if word and data.startswith(_WORD, at):
            return bool(data[at + 11 : at + 12] and data[at + 11] & _ENCRYPTED_WORD)
        if not word and data.startswith(_BEGINNING, at):
            return data.startswith(_PASSWORD, at + _BEGINNING_LENGTH)
    return False
