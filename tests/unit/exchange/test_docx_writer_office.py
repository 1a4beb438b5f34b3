"""LibreOffice as judge: it opens what was written, shows every text, and breaks pages where the estimate says."""

import re
from collections import Counter
from pathlib import Path

import pytest

from perftui.exchange.docx_writer import write_docx
from perftui.exchange.page import (
    TEXT_HEIGHT,
    Contents,
    Paragraph,
    PrintedPart,
    Section,
    StyleName,
    Table,
    TableCell,
    TableRow,
)
from perftui.exchange.page_measure import estimate_pages, row_heights
from tests import office
from tests.soak.contents import squeezed, wrong_contents
from tests.unit.exchange import page_samples


def pages_of(printed: PrintedPart, folder: Path) -> list[str]:
    """The text of each page that LibreOffice makes of the document."""
    file = folder / "printed.docx"
    with file.open("wb") as out:
        write_docx(printed, out)
    return office.pages(folder, [file])[file.name]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return pages_of(page_samples.document(), tmp_path_factory.mktemp("office"))


def test_every_text_is_on_paper(pages: list[str]) -> None:
    left = Counter(squeezed("".join(pages)))
    for block in page_samples.document().blocks:
        texts = [block.text] if isinstance(block, Paragraph) else []
        if isinstance(block, Table):
            texts = [cell.text for row in block.rows for cell in row.cells]
        for text in texts:
            left.subtract(squeezed(text))
    assert not {char: count for char, count in left.items() if count < 0}
    assert left.total() < 1500, "much more is on paper than contents, page numbers and repeated headers"


def test_28_characters_stand_in_a_line_and_22_lines_on_a_page(tmp_path: Path) -> None:
    """GB/T 9704."""
    text = "人" * 28 * 22 + "末"
    pages = pages_of(PrintedPart(title="", blocks=(Paragraph(text=text, style=StyleName.BODY_PLAIN),)), tmp_path)
    lines = [[line.strip() for line in page.split("\n") if line.strip(" —1234567890")] for page in pages]
    assert ([len(page) for page in lines], {len(line) for line in lines[0]}) == ([22, 1], {28})


def test_headings_are_on_the_pages_of_the_contents(pages: list[str]) -> None:
    estimate = estimate_pages(page_samples.document())
    assert len(pages) == estimate.pages
    for entry in estimate.entries:
        sheet = pages[entry.page - 1 + 2]  # the cover and the contents bear no number
        assert squeezed(entry.text) in squeezed(sheet)
        assert f"—{entry.page}—" in squeezed(sheet)


def test_cover_and_contents_bear_no_number(pages: list[str]) -> None:
    assert all("—" not in sheet for sheet in pages[:2])


def test_contents_show_the_estimated_numbers(pages: list[str]) -> None:
    lines = [re.sub(r"\.+", "…", squeezed(line)) for line in pages[1].splitlines()]
    for entry in estimate_pages(page_samples.document()).entries:
        assert f"{squeezed(entry.text)}…{entry.page}" in lines


def mixed() -> PrintedPart:
    """All that makes pages turn: long paragraphs, tall rows, repeated headers, many contents, merged cells."""
    header = TableRow(cells=(TableCell(text="序号"), TableCell(text="说明")), header=True)
    rows = [
        TableRow(cells=(TableCell(text=str(number)), TableCell(text="绩效目标说明文字，" * (number % 23 + 1))))
        for number in range(40)
    ]
    tall = TableRow(cells=(TableCell(text="高"), TableCell(text="\n".join("很高的一行" for _line in range(70)))))
    blocks: list[object] = [Contents(), Section(start=1)]
    for number in range(1, 31):
        blocks.append(Paragraph(text=f"{number}、第{number}个标题", style=StyleName.HEADING1))
        blocks.append(Paragraph(text="完成年度工作任务，保障经费按时足额拨付。" * (number * 3 % 17 + 1)))
        if number % 10 == 0:
            blocks.append(Table(columns=(20.0, 60.0), rows=(header, *rows, tall)))
    return PrintedPart(title="mixed", blocks=tuple(blocks))  # type: ignore[arg-type]


def tall(*, header: bool) -> PrintedPart:
    """Tables with a row that goes over several pages, alone or behind others."""
    blocks: list[object] = [Contents(), Section(start=1)]
    top = TableRow(cells=(TableCell(text="一级指标"), TableCell(text="说明"), TableCell(text="值")), header=header)
    for number in range(1, 13):
        blocks.append(Paragraph(text=f"{number}、第{number}个标题", style=StyleName.HEADING1))
        texts = ["按时足额拨付补助经费。" * (at * number * 7 % 40 + 1) for at in range(number % 3 + 1)]
        texts[-1] = "确保各项工作有序开展。" * (90 + number * 27)
        rows = [TableRow(cells=(TableCell(text="a"), TableCell(text=text), TableCell(text="≥95%"))) for text in texts]
        blocks.append(Table(columns=(20.0, 32.0, 20.0), rows=(top, *rows)))
    return PrintedPart(title="tall", blocks=tuple(blocks))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "off"), [(mixed(), 1), (tall(header=True), 0), (tall(header=False), 0)], ids=["mixed", "tall", "bare"]
)
def test_estimate_of_a_difficult_document(tmp_path: Path, printed: PrintedPart, off: int) -> None:
    estimate = estimate_pages(printed)
    pages = pages_of(printed, tmp_path)
    found = {}
    for entry in estimate.entries:
        sheets = [number for number, page in enumerate(pages) if squeezed(entry.text) in squeezed(page)]
        found[entry.text] = sheets[-1]
    first = min(found.values()) - 1
    deviations = [abs(found[entry.text] - first - entry.page) for entry in estimate.entries]
    assert sum(deviations) <= off, deviations
    assert len(pages) == estimate.pages


def test_measured_rows_fill_the_page_as_printed() -> None:
    project = page_samples.project(3)
    height = sum(sum(row_heights(block)) for block in project if isinstance(block, Table))
    assert 400 < height < TEXT_HEIGHT / 25.4 * 72


def test_the_contents_are_right_in_documents_of_random_lengths(tmp_path: Path) -> None:
    """``python -m tests.soak contents`` tries sixty."""
    assert wrong_contents(tmp_path, range(6)) == []
