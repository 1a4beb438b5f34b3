"""Lines that a window has left over show what columns cut."""

from dataclasses import replace

from perftui.session.last_hands import CloneStanding
from perftui.viewmodel.grid import CellView, GridView, RowView
from perftui.viewmodel.projects import projects_view
from perftui.viewmodel.room import in_room
from tests.unit.viewmodel.views import all_rows, painted, sample, view


def test_cut_texts_are_wrapped_where_all_of_them_have_room_and_none_where_not() -> None:
    grid = view(sample("real"), "indicators", 80)
    told = in_room(grid, 40)
    assert "…" not in "".join(painted(told, row) for row in told.rows)
    assert sum(row.height for row in told.rows) <= 40
    assert in_room(grid, 18) == grid
    assert [row.table for row in told.rows] == [row.table for row in all_rows(grid)]
    assert [[cell.place for cell in row.cells] for row in all_rows(told)] == [
        [cell.place for cell in row.cells] for row in all_rows(grid)
    ]


def test_no_row_moves_when_git_has_said_who_was_last() -> None:
    shown = sample("real")
    hands = dict.fromkeys(shown.document.projects, "a name that is much too long for its column")
    heights = [
        [row.height for row in in_room(projects_view(replace(shown, standing=standing), 80), 20).rows]
        for standing in (CloneStanding(in_clone=True), CloneStanding(in_clone=True, last_hands=hands))
    ]
    assert heights[0] == heights[1]
    assert max(heights[0]) == 2, "one name is wrapped"


def test_a_blank_cell_is_not_wrapped_whatever_is_offered_in_it() -> None:
    grid = GridView(rows=[RowView(cells=(CellView(offer="保障单位工作正常开展", width=10),))])
    assert in_room(grid, 40) == grid
