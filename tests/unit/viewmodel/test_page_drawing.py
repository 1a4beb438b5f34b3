"""The page in terminal cells: frames that join, widths that hold, and every field to be found where it shows."""

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers

from perftui.exchange.page import (
    Align,
    Block,
    Contents,
    Paragraph,
    PrintedPart,
    Section,
    StyleName,
    Table,
    TableCell,
    TableRow,
    VAlign,
)
from perftui.model.document import DEPARTMENT, Location
from perftui.model.width import cell_len
from perftui.viewmodel.grid import Tone
from perftui.viewmodel.page_drawing import PageLine, draw, draw_block
from tests.unit.exchange import page_samples

ARMS = dict(zip("╵╷│╴┘┐┤╶└┌├─┴┬┼", range(1, 16), strict=True))
UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8


def drawn(*blocks: Block, width: int = 40, ascii_frames: bool = False) -> list[str]:
    return [line.text for line in draw(PrintedPart(title="t", blocks=blocks), width, ascii_frames=ascii_frames)]


def table(*rows: tuple[TableCell, ...], columns: tuple[float, ...] = (1.0, 1.0, 1.0)) -> Table:
    return Table(columns=columns, rows=tuple(TableRow(cells=row) for row in rows), record="projects/a.toml")


def spread(line: str) -> list[str]:
    """One entry a terminal cell; the second cell of a wide character is empty."""
    return [piece for char in line for piece in (char, *[""] * (cell_len(char) - 1))]


def loose_ends(lines: list[str]) -> list[tuple[int, int]]:
    """Places where an arm of a box character meets none."""
    cells = [spread(line) for line in lines]

    def arms(y: int, x: int) -> int:
        inside = 0 <= y < len(cells) and 0 <= x < len(cells[y])
        return ARMS.get(cells[y][x], 0) if inside else 0

    wrong = []
    for y, line in enumerate(cells):
        for x in range(len(line)):
            here = arms(y, x)
            meets = ((UP, -1, 0, DOWN), (DOWN, 1, 0, UP), (LEFT, 0, -1, RIGHT), (RIGHT, 0, 1, LEFT))
            wrong += [(y, x) for arm, dy, dx, other in meets if here & arm and not arms(y + dy, x + dx) & other]
    return wrong


def test_merged_cells_are_framed_as_one() -> None:
    merged = table(
        (TableCell(text="甲", row_span=2), TableCell(text="乙丙", col_span=2, align=Align.CENTER)),
        (TableCell(text="1"), TableCell(text="2", align=Align.RIGHT)),
        (TableCell(text="丁", col_span=3),),
    )
    assert drawn(merged, width=19) == [
        "┌─────┬───────────┐",
        "│     │   乙丙    │",
        "│甲   ├─────┬─────┤",
        "│     │1    │    2│",
        "├─────┴─────┴─────┤",
        "│丁               │",
        "└─────────────────┘",
    ]


def test_ascii_frames() -> None:
    assert drawn(table((TableCell(text="a"), TableCell(text="b", col_span=2))), width=13, ascii_frames=True) == [
        "+---+-------+",
        "|a  |b      |",
        "+---+-------+",
    ]


def test_a_row_without_borders_stands_free() -> None:
    rows = (
        TableRow(cells=(TableCell(text="甲单位"), TableCell(text="元", align=Align.RIGHT)), bordered=False),
        TableRow(cells=(TableCell(text="a"), TableCell(text="b"))),
    )
    assert drawn(Table(columns=(1.0, 1.0), rows=rows), width=17) == [
        " 甲单位       元",
        "┌───────┬───────┐",
        "│a      │b      │",
        "└───────┴───────┘",
    ]
    below = (rows[1], rows[0])
    assert drawn(Table(columns=(1.0, 1.0), rows=below), width=17)[-2:] == ["└───────┴───────┘", " 甲单位       元"]


@pytest.mark.parametrize(
    ("valign", "line"), [(VAlign.TOP, 1), (VAlign.MIDDLE, 2), (VAlign.BOTTOM, 3)], ids=["top", "middle", "bottom"]
)
def test_vertical_place(valign: VAlign, line: int) -> None:
    lines = drawn(table((TableCell(text="x", valign=valign), TableCell(text="1\n2\n3", col_span=2))), width=13)
    assert [number for number, text in enumerate(lines) if "x" in text] == [line]


def test_a_tall_merged_cell_makes_its_last_row_higher() -> None:
    merged = table(
        (TableCell(text="1\n2\n3\n4\n5", row_span=2), TableCell(text="a", col_span=2)),
        (TableCell(text="b", col_span=2),),
    )
    lines = drawn(merged, width=13)
    assert [text[1] for text in lines[1:-1]] == list("12345")
    assert [number for number, text in enumerate(lines) if text.startswith("│2")] == [2]
    assert lines[2] == "│2  ├───────┤"


@pytest.mark.parametrize("width", [24, 40, 58, 60, 79, 80, 100, 121, 160])
def test_frames_join_and_lines_are_as_wide_as_the_window(width: int) -> None:
    for block in page_samples.project(3)[1:]:
        lines = [line.text for line in draw_block(block, width)]
        framed = [line for line in lines if line[0] in ARMS]
        assert {cell_len(line) for line in framed} == {max(width, 3 * len(block.columns) + 1)}  # type: ignore[union-attr]
        assert loose_ends(lines) == []


@settings(max_examples=100, deadline=None)
@given(table=page_samples.tables(), width=integers(1, 100))
def test_any_table_is_framed_without_loose_ends(table: Table, width: int) -> None:
    lines = [line.text for line in draw_block(table, width)]
    assert loose_ends(lines) == []
    assert max(map(cell_len, lines), default=0) <= max(width, 3 * len(table.columns) + 1)


@pytest.mark.parametrize("width", [1, 10, 24])
def test_a_window_too_narrow_gets_a_table_of_least_width(width: int) -> None:
    (_heading, project, indicators) = page_samples.project(1)
    assert cell_len(next(iter(draw_block(indicators, width))).text) == max(width, 19)
    assert loose_ends([line.text for line in draw_block(project, width)]) == []


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_every_field_is_found_at_its_place_with_its_whole_text(width: int) -> None:
    for block in page_samples.project(2)[1:]:
        assert isinstance(block, Table)
        shown: dict[Location, str] = {}
        for span in (span for line in draw_block(block, width) for span in line.spans if span.place is not None):
            shown[span.place] = shown.get(span.place, "") + span.text
        for cell in (cell for row in block.rows for cell in row.cells if cell.source is not None):
            place = Location(file=block.record, path=cell.source)
            assert "".join(shown[place].split()) == "".join(cell.text.split())


def test_an_empty_field_can_be_pointed_at() -> None:
    lines = draw(
        PrintedPart(title="t", blocks=(table((TableCell(source=("plan", "x")), TableCell(text="b", col_span=2))),)), 13
    )
    span = lines[1].spans[1]
    assert (span.text, span.place) == ("   ", Location(file="projects/a.toml", path=("plan", "x")))


def test_amounts_are_not_broken_where_columns_can_give_way() -> None:
    for width in (60, 70, 80):
        lines = "\n".join(line.text for line in draw(page_samples.single(1), width))
        assert lines.count("2179600.00") == 2


def test_control_characters_are_shown_as_signs() -> None:
    hostile = "a\x1b[31mb\u202ec\td"
    for line in drawn(Paragraph(text=hostile), table((TableCell(text=hostile, col_span=3),))):
        assert not set(line) & set("\x1b\u202e\t")
    assert "a␛[31mb⁇c␉d" in drawn(Paragraph(text=hostile))[0]


def test_paragraphs_are_set_in_wrapped_and_centred() -> None:
    assert drawn(Paragraph(text="完成年度工作任务保障经费"), width=20) == ["　　完成年度工作任务", "保障经费"]
    assert drawn(Paragraph(text="一\n二", style=StyleName.BODY_PLAIN)) == ["一", "二"]
    assert drawn(Paragraph(text="标题", style=StyleName.TITLE), width=10) == ["", "   标题", ""]


def test_tones_and_places_of_paragraphs() -> None:
    (heading,) = (line for line in draw_block(Paragraph(text="一、题", style=StyleName.HEADING1), 40))
    assert heading.spans[0].tone is Tone.HEAD
    (body,) = draw_block(Paragraph(text="文", source=("overall_goal",)), 40)
    assert (body.spans[0].tone, body.spans[0].place) == (
        Tone.PLAIN,
        Location(file=DEPARTMENT, path=("overall_goal",)),
    )
    label = TableCell(text="栏", style=StyleName.TABLE_HEAD, col_span=3)
    tones = [span.tone for line in draw_block(table((label,)), 13) for span in line.spans]
    assert tones == [Tone.DIM, Tone.DIM, Tone.LABEL, Tone.DIM, Tone.DIM]


def test_contents_with_dots_and_page_numbers() -> None:
    blocks = (
        Contents(),
        Section(),
        Paragraph(text="第一部分", style=StyleName.TITLE),
        Paragraph(text="（一）很长很长很长的标题", style=StyleName.HEADING2),
    )
    assert drawn(*blocks, width=24)[:3] == ["第一部分 ............. 2", "　　（一）很长很长很…  2", "─" * 24]


def test_pages_are_divided_by_one_line() -> None:
    blocks = (
        Paragraph(text="a", style=StyleName.BODY_PLAIN),
        Section(),
        Paragraph(text="b", style=StyleName.BODY_PLAIN, page_break_before=True),
        Paragraph(text="c", style=StyleName.BODY_PLAIN, page_break_before=True),
    )
    assert drawn(*blocks, width=5) == ["a", "─────", "b", "─────", "c"]
    assert drawn(*blocks, width=5, ascii_frames=True)[1] == "-----"


def test_tables_in_a_row_are_apart() -> None:
    one = table((TableCell(text="a", col_span=3),))
    assert drawn(one, one, width=13).count("") == 1


def test_a_line_knows_its_text() -> None:
    assert PageLine().text == ""
    assert [line.text for line in draw(PrintedPart(title="t", blocks=()), 40)] == []
