"""Heights and page numbers reckoned from the page description alone."""

import pytest

from perftui.exchange.page import (
    TEXT_HEIGHT,
    TEXT_WIDTH,
    Block,
    Contents,
    Paragraph,
    PrintedPart,
    Section,
    StyleName,
    Table,
    TableCell,
    TableRow,
)
from perftui.exchange.page_measure import BORDER, POINTS, PageEstimate, estimate_pages, row_heights
from perftui.exchange.page_styles import LINE
from tests.unit.exchange import page_samples

ONE_LINE, TWO_LINES = 22.5, 38.5
PAGE = TEXT_HEIGHT * POINTS
LINES_A_PAGE = int(PAGE / LINE)


def one_row(*cells: TableCell, columns: tuple[float, ...] = (30.0,), **row: object) -> Table:
    return Table(columns=columns, rows=(TableRow(cells=cells, **row),))  # type: ignore[arg-type]


def pages(*blocks: Block) -> list[int]:
    return [entry.page for entry in estimate_pages(PrintedPart(title="t", blocks=blocks)).entries]


def heading(text: str = "题", **changes: object) -> Paragraph:
    return Paragraph(text=text, style=StyleName.HEADING1, **changes)  # type: ignore[arg-type]


def lines(count: int) -> Paragraph:
    return Paragraph(text="\n".join("行" for _line in range(count)), style=StyleName.BODY_PLAIN)


def test_headings_that_fill_a_page_do_not_move_on_for_what_follows() -> None:
    full = heading("\n".join("题" for _line in range(LINES_A_PAGE - 1)))
    assert pages(lines(3), heading("一"), full, lines(2), heading("二")) == [2, 2, 3]
    assert pages(lines(3), heading("一"), heading("\n".join("题" * LINES_A_PAGE)), lines(2)) == [2, 3]


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("", ONE_LINE),
        ("七个字刚好一行", ONE_LINE),
        ("八个字就要两行了", TWO_LINES),
        ("a\nb", TWO_LINES),
        ("a\n", TWO_LINES),
    ],
)
def test_a_row_is_as_high_as_its_text(text: str, height: float) -> None:
    assert row_heights(one_row(TableCell(text=text)))[0] == pytest.approx(height)


def test_the_highest_cell_counts_and_the_height_asked_for() -> None:
    both = one_row(TableCell(text="a"), TableCell(text="b\nb"), columns=(30.0, 30.0))
    assert row_heights(both)[0] == pytest.approx(TWO_LINES)
    assert row_heights(one_row(TableCell(text="a"), height=20.0))[0] == pytest.approx(20 * POINTS + 0.5)


def test_what_a_merged_cell_lacks_is_added_to_its_last_row() -> None:
    rows = (
        TableRow(cells=(TableCell(text="a\n" * 4 + "a", row_span=2), TableCell(text="b"))),
        TableRow(cells=(TableCell(text="c"),)),
    )
    first, last = row_heights(Table(columns=(30.0, 30.0), rows=rows))
    assert first == pytest.approx(ONE_LINE)
    assert first + last == pytest.approx(0.5 + 6 + 5 * 16)


def test_tables_of_one_shape_are_measured_each_by_its_own_words() -> None:
    heights = [row_heights(one_row(TableCell(text=text)))[0] for text in ("a", "a\nb", "a")]
    assert heights == pytest.approx([ONE_LINE, TWO_LINES, ONE_LINE])


def test_text_fills_a_page_and_goes_on() -> None:
    assert pages(lines(LINES_A_PAGE - 2), heading(), lines(1)) == [1]
    assert pages(lines(LINES_A_PAGE - 1), heading(), lines(1)) == [2], "a heading stays with what follows"
    assert pages(lines(LINES_A_PAGE - 1), heading()) == [1]
    assert pages(lines(3 * LINES_A_PAGE + 1), heading()) == [4]


def test_page_breaks_do_not_leave_an_empty_page() -> None:
    assert pages(heading(page_break_before=True), heading(page_break_before=True)) == [1, 2]
    assert pages(*page_samples.project(1), *page_samples.project(2)) == [1, 2]


def test_sections_begin_a_page_and_may_count_anew() -> None:
    blocks = (
        Section(numbered=False),
        lines(1),
        Section(),
        heading(),
        Section(start=1),
        heading(),
        Section(),
        heading(),
    )
    assert pages(*blocks) == [2, 1, 2]
    assert estimate_pages(PrintedPart(title="t", blocks=blocks)).pages == 4


def test_contents_take_their_own_pages() -> None:
    few = [Contents(), Section(), *(heading(str(number)) for number in range(3))]
    assert pages(*few) == [2, 2, 2]
    many = [Contents(), Section(), *(heading(str(number)) for number in range(LINES_A_PAGE + 1))]
    assert pages(*many)[0] == 3


def test_rows_move_whole_and_headers_are_repeated() -> None:
    header = TableRow(cells=(TableCell(text="头"),), header=True)
    rows = tuple(TableRow(cells=(TableCell(text="行"),)) for _row in range(100))
    bare, headed = Table(columns=(30.0,), rows=rows), Table(columns=(30.0,), rows=(header, *rows))
    a_page = int(PAGE / ONE_LINE)
    assert pages(bare, heading()) == [-(-100 // a_page)]
    assert pages(headed, heading()) == [-(-100 // (a_page - 1))]


@pytest.mark.parametrize(("lines_over", "page"), [(0, 1), (1, 2)])
def test_rows_that_fill_a_page_have_room_for_the_line_under_them(lines_over: int, page: int) -> None:
    """Seven rows of 37 lines fill a page to the last half point: the line under them needs one more."""
    most = int((PAGE - BORDER - 7 * 6.5) / 16)
    texts = ["行\n" * (most - 7 + lines_over) + "行", *["行"] * 6]
    table = Table(
        columns=(30.0,), rows=tuple(TableRow(cells=(TableCell(text=text),), unbreakable=True) for text in texts)
    )
    assert sum(row_heights(table)) == 6.5 * 7 + 16 * (most + lines_over) <= PAGE + lines_over * 16
    assert estimate_pages(PrintedPart(title="t", blocks=(table,))).pages == page


def test_a_row_higher_than_half_a_lying_page_is_broken() -> None:
    row = TableRow(cells=(TableCell(text="行\n" * int(TEXT_WIDTH * POINTS / 2 / 16)),))
    table = Table(columns=(30.0,), rows=(row,))
    upright, lying = PageEstimate(), PageEstimate()
    lying.add(Section(landscape=True), table)
    assert (upright.add(table, None), lying.add(table, None)) == (frozenset(), frozenset({0}))


def test_a_row_higher_than_half_a_page_is_broken_and_named() -> None:
    low, high = TableRow(cells=(TableCell(text="低"),)), TableRow(cells=(TableCell(text="高\n" * 100),))
    table = Table(columns=(30.0,), rows=(low, high))
    assert PageEstimate().add(table, None) == {1}
    estimate = estimate_pages(PrintedPart(title="t", blocks=(lines(1), table, heading())))
    assert [entry.page for entry in estimate.entries] == [3]


def test_a_broken_row_fills_pages_with_whole_lines_under_the_repeated_header() -> None:
    header = TableRow(cells=(TableCell(text="头"),), header=True)
    a_page = int((PAGE - 2 * ONE_LINE) / 16) + 1
    for count, expected in ((2 * a_page, 2), (2 * a_page + 1, 3)):
        table = Table(columns=(30.0,), rows=(header, TableRow(cells=(TableCell(text="\n".join("高" * count)),))))
        assert estimate_pages(PrintedPart(title="t", blocks=(table,))).pages == expected


def test_a_heading_stays_with_the_first_line_of_a_row_that_is_broken() -> None:
    header = TableRow(cells=(TableCell(text="头"),), header=True)
    table = Table(columns=(30.0,), rows=(header, TableRow(cells=(TableCell(text="高\n" * 100),))))
    assert pages(lines(3), heading(), table) == [1]


def test_a_header_higher_than_a_page_ends_all_the_same() -> None:
    header = TableRow(cells=(TableCell(text="头\n" * 60),), header=True)
    table = Table(columns=(30.0,), rows=(header, TableRow(cells=(TableCell(text="行"),))))
    assert pages(table, heading()) == [2]


def test_only_headings_down_to_the_third_level_are_listed() -> None:
    styles = (StyleName.TITLE, StyleName.HEADING_PROJECT, StyleName.HEADING2, StyleName.HEADING3, StyleName.BODY)
    blocks = tuple(Paragraph(text=f"第\n{style}", style=style) for style in styles)
    entries = estimate_pages(PrintedPart(title="t", blocks=blocks)).entries
    assert [(entry.text, entry.level) for entry in entries] == [
        ("第 title", 1),
        ("第 heading-project", 2),
        ("第 heading-2", 3),
    ]


def test_a_page_without_blocks() -> None:
    estimate = estimate_pages(PrintedPart(title="t", blocks=()))
    assert (estimate.pages, estimate.entries) == (1, ())


def test_lines_of_a_page_on_its_long_side_are_longer() -> None:
    """Sixty characters take three lines of 28, and two of 40."""
    text = Paragraph(text="长" * 60, style=StyleName.BODY_PLAIN)
    upright = pages(Section(start=1), *[text] * 7, heading())
    lying = pages(Section(start=1, landscape=True), *[text] * 7, heading())
    assert (upright, lying) == ([1], [1])
    assert pages(Section(start=1, landscape=True), *[text] * 8, heading(keep_next=False)) == [2]
