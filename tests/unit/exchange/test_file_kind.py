"""What kind of file some bytes from outside are."""

import pytest

from perftui.exchange.importer.file_kind import LONGEST_START, FileKind, file_kind

STARTS = [
    (b"", FileKind.EMPTY),
    (b"PK\x03\x04\x14\x00", FileKind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLD_OFFICE),
    (b"{\\rtf1\\ansi", FileKind.RTF),
    (b"%PDF-1.7", FileKind.PDF),
    ("项目名称,指标值".encode(), FileKind.TEXT),
    (b"P", FileKind.TEXT),
]


@pytest.mark.parametrize(("data", "kind"), STARTS)
def test_a_kind_is_told_by_the_first_bytes(data: bytes, kind: FileKind) -> None:
    assert file_kind(data) is kind
    assert file_kind(data[:LONGEST_START]) is kind
