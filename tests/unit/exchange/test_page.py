"""The geometry of tables: spans fill the grid exactly or are refused."""

import pytest

from perftui.exchange.page import (
    TEXT_WIDTH,
    Align,
    GeometryError,
    StyleName,
    Table,
    TableCell,
    TableRow,
    VAlign,
    grid,
    shares,
)


def table(*rows: tuple[TableCell, ...], columns: int = 3) -> Table:
    return Table(columns=(10.0,) * columns, rows=tuple(TableRow(cells=row) for row in rows))


def seen(given: Table) -> list[list[tuple[str, int, bool]]]:
    return [[(slot.cell.text, slot.column, slot.covered) for slot in row] for row in grid(given)]


def test_a_cell_from_above_is_seen_again_in_the_rows_it_covers() -> None:
    merged = table(
        (TableCell(text="a", row_span=2), TableCell(text="b", col_span=2)),
        (TableCell(text="c"), TableCell(text="d")),
        (TableCell(text="e", col_span=3),),
    )
    assert seen(merged) == [
        [("a", 0, False), ("b", 1, False)],
        [("a", 0, True), ("c", 1, False), ("d", 2, False)],
        [("e", 0, False)],
    ]


def test_a_block_of_columns_and_rows() -> None:
    merged = table((TableCell(text="a"), TableCell(text="b", col_span=2, row_span=2)), (TableCell(text="c"),))
    assert seen(merged) == [[("a", 0, False), ("b", 1, False)], [("c", 0, False), ("b", 1, True)]]


@pytest.mark.parametrize(
    "rows",
    [
        ((TableCell(), TableCell()),),
        ((TableCell(), TableCell(), TableCell(), TableCell()),),
        ((TableCell(), TableCell(col_span=3)),),
        ((TableCell(col_span=3, row_span=2),),),
        ((TableCell(), TableCell(row_span=2), TableCell()), (TableCell(col_span=2), TableCell())),
        ((TableCell(), TableCell(row_span=2), TableCell()), (TableCell(), TableCell(), TableCell())),
        ((TableCell(col_span=0), TableCell(col_span=3)),),
        ((TableCell(row_span=0), TableCell(col_span=2)),),
    ],
    ids=["few", "many", "wide", "below", "overlap", "covered", "no-columns", "no-rows"],
)
def test_cells_that_do_not_fill_the_grid_are_refused(rows: tuple[tuple[TableCell, ...], ...]) -> None:
    with pytest.raises(GeometryError):
        grid(table(*rows))


def test_shares_add_up_to_the_text_width() -> None:
    widths = shares((1, 2, 1))
    assert sum(widths) == pytest.approx(TEXT_WIDTH)
    assert widths[1] == pytest.approx(2 * widths[0])


def test_tables_that_differ_in_words_only_have_one_shape() -> None:
    first, second = (
        table((TableCell(text="a", col_span=3),)),
        table((TableCell(text="b", col_span=3, source=("name",)),)),
    )
    assert first.shape == second.shape
    assert hash(first.shape) == hash(second.shape)


@pytest.mark.parametrize(
    "other",
    [
        table((TableCell(col_span=2), TableCell())),
        table((TableCell(col_span=3, align=Align.RIGHT),)),
        table((TableCell(col_span=3, valign=VAlign.TOP),)),
        table((TableCell(col_span=3, style=StyleName.TABLE_HEAD),)),
        Table(columns=(10.0,) * 3, rows=(TableRow(cells=(TableCell(col_span=3),), header=True),)),
        Table(columns=(10.0,) * 3, rows=(TableRow(cells=(TableCell(col_span=3),), unbreakable=False),)),
        Table(columns=(10.0,) * 3, rows=(TableRow(cells=(TableCell(col_span=3),), bordered=False),)),
        Table(columns=(10.0,) * 3, rows=(TableRow(cells=(TableCell(col_span=3),), height=9.0),)),
        Table(columns=(10.0, 10.0, 11.0), rows=(TableRow(cells=(TableCell(col_span=3),)),)),
        Table(columns=(10.0,) * 3, rows=(TableRow(cells=(TableCell(col_span=3),)),), style=StyleName.TABLE_HEAD),
    ],
)
def test_whatever_shows_in_markup_is_part_of_the_shape(other: Table) -> None:
    assert other.shape != table((TableCell(col_span=3),)).shape
