"""Which lines the rows of the grid take up, also while one of them grows, and what is in sight."""

from hypothesis import given
from hypothesis import strategies as st

from perftui.tui.widgets.row_lines import RowLines

LINES = RowLines(ends=[1, 4, 5])
GROWN = RowLines(ends=[1, 4, 5], edited=1, grown=2)


def test_a_row_that_grows_moves_those_below_it() -> None:
    assert [(LINES.first(row), LINES.height(row)) for row in range(3)] == [(0, 1), (1, 3), (4, 1)]
    assert [(GROWN.first(row), GROWN.height(row)) for row in range(3)] == [(0, 1), (1, 5), (6, 1)]


def test_every_line_belongs_to_one_row_and_none_beyond_the_ends() -> None:
    assert [GROWN.row_at(line) for line in range(-1, 8)] == [None, 0, 1, 1, 1, 1, 1, 2, None]
    assert RowLines(ends=[]).row_at(0) is None


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.integers(1, 6), st.integers(0, 60), st.data())
def test_the_carets_line_is_in_sight_and_the_whole_row_where_it_fits(
    heights: list[int], room: int, top: int, data: st.DataObject
) -> None:
    lines = RowLines(ends=[sum(heights[: row + 1]) for row in range(len(heights))])
    row = data.draw(st.integers(0, len(heights) - 1))
    caret = data.draw(st.integers(0, heights[row] - 1))
    scrolled = lines.scrolled(top, row, caret, room)
    assert scrolled <= lines.first(row) + caret < scrolled + room
    if heights[row] <= room:
        assert scrolled <= lines.first(row)
        assert lines.end(row) <= scrolled + room
