"""What of a cell the cursor inverts, and how a selection differs from it."""

from rich.segment import Segment
from rich.style import Style

from perftui.tui.widgets.paint import row_strip
from perftui.tui.widgets.tones import CURSOR, SELECTED
from perftui.viewmodel.grid import GAP, CellView, GridView, RowView, Tone, placed, wrapped_row

WIDTH = 40


def drawn(row: RowView, line: int, over: Style, column: int = 1) -> list[Segment]:
    """One line of a row as it is painted, with a style over a column."""
    view = GridView(rows=(row,), width=WIDTH)
    return list(row_strip(view, row, line, 0, WIDTH, lambda at: over if at == column else None))


def inverted(row: RowView, line: int) -> str:
    """What the cursor inverts of a line."""
    return "".join(part.text for part in drawn(row, line, CURSOR) if part.style and part.style.reverse)


def labelled(text: str, width: int, tone: Tone = Tone.PLAIN) -> RowView:
    """A label of four cells, and a text that may take several lines."""
    return wrapped_row(placed([CellView(text="标签"), CellView(text=text, tone=tone, wrapped=True)], [4, width]))


def test_the_cursor_is_the_whole_cell_blank_or_not() -> None:
    assert inverted(labelled("", 30), 0) == " " * 30
    assert inverted(labelled("按时发放工资", 30), 0) == "按时发放工资" + " " * 18


def test_the_cursor_has_one_look_whatever_the_cell_says() -> None:
    looks = {
        part.style for part in drawn(labelled("错", 30, Tone.ERROR), 0, CURSOR) if part.style and part.style.reverse
    }
    assert looks == {CURSOR}


def test_a_text_of_several_short_lines_is_marked_whole() -> None:
    row = labelled("一二三四五六七八九十" * 2, 20)
    assert row.height == 2
    assert [inverted(row, line) for line in (0, 1)] == ["一二三四五六七八九十"] * 2


def test_of_more_than_a_window_s_line_the_rest_is_marked_at_its_edge() -> None:
    row = labelled("一二三四五六七八九十" * 6, 30)
    assert [inverted(row, line) for line in range(row.height)] == ["一二三四五六七八九十一二三四五", " ", " ", " "]
    assert all(sum(part.cell_length for part in drawn(row, line, CURSOR)) == WIDTH for line in range(row.height))


def test_the_edge_stands_beside_the_text() -> None:
    edge = next(part for part in drawn(labelled("一" * 40, 30), 1, CURSOR) if part.style and part.style.reverse)
    before = drawn(labelled("一" * 40, 30), 1, CURSOR)
    at = sum(part.cell_length for part in before[: before.index(edge)])
    assert at == 4 + GAP - 1


def test_what_is_selected_is_underlined_and_the_cursor_is_not() -> None:
    row = labelled("一", 30)
    for over, underlined in ((SELECTED, True), (CURSOR, False)):
        (part,) = [part for part in drawn(row, 0, over) if part.style and part.style.reverse]
        assert part.style is not None
        assert bool(part.style.underline) is underlined
