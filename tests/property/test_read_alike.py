"""Tables of one markup are read once, and that changes nothing: the same blocks, or a refusal.

Of printed documents ``test_import_round_trip.py`` says so, which draws them.
"""

import random
from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perftui.exchange.importer import package as reading_package
from perftui.exchange.importer import same_markup
from perftui.exchange.importer.docx import read_docx, stream_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.source import Block, SourceTable
from perftui.forms import load_form
from perftui.model.document import Document
from tests import factories
from tests.documents import docx_of
from tests.unit.exchange.read_samples import W, cell, document, package, para, row, table

SPACES = f'xmlns:w="{W}"'


def streamed(data: bytes) -> tuple[Block, ...]:
    return tuple(stream_docx(BytesIO(data), 100 * 2**20).blocks)


def outcome(data: bytes, read: object) -> object:
    try:
        return streamed(data) if read is streamed else read_docx(data).blocks
    except ImportRefused:
        return "refused"


def of(body: str) -> bytes:
    return package({"word/document.xml": document(body, spaces=SPACES)})


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of words in the tables of which it was asked where their words come."""
    found: list[int] = []
    original = same_markup.SameMarkupTables._places

    def counted(self: same_markup.SameMarkupTables, markup: list[bytes]) -> object:
        found.append(len(markup) - 1)
        return original(self, markup)

    monkeypatch.setattr(same_markup.SameMarkupTables, "_places", counted)
    return found


def test_thousands_of_tables_are_read_for_a_few(parsed: list[int]) -> None:
    printed = docx_of(factories.document(projects=50), load_form("hebei-2021"))
    blocks = streamed(printed)
    assert blocks == read_docx(printed).blocks
    assert sum(isinstance(block, SourceTable) for block in blocks) == 100
    assert len(parsed) < 10


WORDS = [
    "甲",
    "",
    " ",
    "a\tb",
    "&amp;&lt;",
    "&#65;",
    "&#x1;",
    "&quot;",
    "\r",
    "\x01",
    "\ufffe",
    "a > b",
    "]]>",
    "\ue0000\ue001",
]
"""Among them such as XML cannot hold, or as a parser changes."""
AROUND = [
    "{}", "<!-- {} -->", "<![CDATA[{}]]>", "<?x {}?>", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>", "<w:ins>{}</w:ins>", "{}<alike/>", "<w:tbl {}", "{}</w:tbl>",
]  # fmt: skip
CELLS = [
    "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>",
    '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>{}</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:p/></w:tc>',
    "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{}</w:p></w:tc>",
    "<w:tc><w:p><w:del><w:r><w:t>{}</w:t></w:r></w:del></w:p></w:tc>",
    "<w:tc><w:p><w:r><w:t>{}<!-- x --></w:t></w:r></w:p></w:tc>",
    "<w:tc><w:p><w:r><w:t>{}<x>y</x></w:t></w:r></w:p></w:tc>",
]
tables = st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(WORDS)), min_size=1, max_size=3).map(
    lambda cells: "<w:tbl><w:tr>" + "".join(one.replace("{}", word) for one, word in cells) + "</w:tr></w:tbl>"
)
pieces = st.one_of(
    st.tuples(st.sampled_from(AROUND), tables).map(lambda one: one[0].replace("{}", one[1])), tables, tables,
    st.sampled_from(["<w:p/>", para("text"), "words"]),
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(body=st.lists(pieces, min_size=1, max_size=8))
def test_any_markup_gives_the_same_or_is_refused(body: list[str]) -> None:
    data = of("".join(body))
    assert outcome(data, streamed) in (outcome(data, read_docx), "refused")


@pytest.mark.parametrize("size", [1, 7, 60, 250])
def test_a_mark_of_the_documents_own_stands_for_no_table(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    data = of(f"<?x {one}?>{one}<alike/>")
    monkeypatch.setattr(reading_package, "_CHUNK", size)
    assert outcome(data, streamed) in (outcome(data, read_docx), "refused")


def damaged(printed: Document) -> Iterator[bytes]:
    """The main part of a long document, changed at one place of its text or its markup."""
    from zipfile import ZipFile

    data = docx_of(printed, load_form("hebei-2021"))
    with ZipFile(BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    rng = random.Random(7)
    main = parts["word/document.xml"]
    for _number in range(150):
        at, size = rng.randrange(len(main)), rng.randint(1, 30)
        other = rng.choice([b"", b"1", b"<", b">", b"&", "乙".encode(), main[at : at + size] * 2, b"</w:tc><w:tc>"])
        yield package({**parts, "word/document.xml": main[:at] + other + main[at + size :]}, packed=False)


def test_damage_anywhere_is_seen_as_if_each_was_read() -> None:
    seen = set()
    for data in damaged(factories.document(projects=6)):
        each = outcome(data, read_docx)
        assert outcome(data, streamed) in (each, "refused")
        seen.add(each == "refused")
    assert seen == {True, False}


def test_a_table_of_megabytes_and_other_encodings_are_read_as_any() -> None:
    long = table(row(cell("长" * 2_000_000), "b"), row("c"))
    for body in (long * 2, "<w:p/>" + table(row("a", "b")) * 3):
        assert streamed(of(body)) == read_docx(of(body)).blocks
    text = document(table(row("a", "b")) * 3, spaces=SPACES).replace("UTF-8", "UTF-16", 1).encode("utf-16")
    data = package({"word/document.xml": text})
    assert streamed(data) == read_docx(data).blocks
