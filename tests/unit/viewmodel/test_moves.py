"""Where keys lead in a grid: every stop once and back again, over each view of both forms."""

from dataclasses import replace

import pytest

from perftui.model.document import Location
from perftui.viewmodel.grid import CellView, GridView, RowView, find_place, placed
from perftui.viewmodel.moves import (
    Place,
    below_in_table,
    cell_at,
    first,
    first_row,
    last_row,
    next_stop,
    row_end,
    sideways,
    vertical,
)
from tests.unit.viewmodel.views import NAMES, SAMPLES, sample, view

EVERY = [pytest.param(name, one, id=f"{name}-{one}") for name in SAMPLES for one in NAMES]


def stops(grid: GridView) -> list[Place]:
    return [
        (row, column)
        for row, line in enumerate(grid.rows)
        for column, cell in enumerate(line.cells)
        if cell.place is not None and cell.stop
    ]


def walk(grid: GridView, start: Place, step: int) -> list[Place]:
    found = []
    at = next_stop(grid, start, step)
    while at is not None:
        found.append(at)
        assert len(found) < 100_000
        at = next_stop(grid, at, step)
    return found


@pytest.mark.parametrize(("name", "one"), EVERY)
def test_tab_visits_every_stop_once_and_shift_tab_goes_back(name: str, one: str) -> None:
    grid = view(sample(name), one, 80)
    forward = walk(grid, (0, -1), 1)
    assert forward == stops(grid)
    last = len(grid.rows) - 1
    if grid.rows:
        assert walk(grid, (last, len(grid.rows[last].cells)), -1) == forward[::-1]


@pytest.mark.parametrize(("name", "one"), EVERY)
def test_every_cell_that_can_be_entered_is_reached_with_arrows(name: str, one: str) -> None:
    grid = view(sample(name), one, 80)
    if not any(cell.place for row in grid.rows for cell in row.cells):
        return
    at, seen = first_row(grid, first(grid)), set[Place]()
    while True:
        here = row_end(grid, at, -1)
        seen.add(here)
        while (right := sideways(grid, here, 1)) != here:
            assert sideways(grid, right, -1) == here
            here = right
            seen.add(here)
        if (below := vertical(grid, at, 1)) == at:
            break
        at = below
    assert seen == {
        (row, column)
        for row, line in enumerate(grid.rows)
        for column, cell in enumerate(line.cells)
        if cell.place is not None
    }
    assert at[0] == last_row(grid, at)[0]


def grid_of(*rows: str) -> GridView:
    """A grid of cells four wide: ``s`` a stop, ``e`` entered but no stop, ``.`` passed over."""
    return GridView(
        rows=[
            RowView(
                cells=placed(
                    [
                        CellView(place=None if sign == "." else Location(file=f"{y}", path=(f"{x}",)), stop=sign == "s")
                        for x, sign in enumerate(row)
                    ],
                    [4] * len(row),
                ),
                height=y + 1,
            )
            for y, row in enumerate(rows)
        ]
    )


def test_tab_passes_over_what_is_no_stop() -> None:
    grid = grid_of(".es", "...", "e.s")
    assert (first(grid), next_stop(grid, (0, 2)), next_stop(grid, (2, 2))) == ((0, 2), (2, 2), None)
    assert (next_stop(grid, (2, 2), -1), next_stop(grid, (0, 2), -1)) == ((0, 2), None)


def test_without_a_stop_the_first_cell_is_entered() -> None:
    assert first(grid_of("...", ".e.")) == (1, 1)
    assert first(grid_of("..")) == first(grid_of()) == (0, 0)


def test_up_and_down_keep_the_column_and_skip_rows_of_words() -> None:
    grid = grid_of("sss", "...", "s.s")
    assert vertical(grid, (0, 2), 1) == (2, 2)
    assert vertical(grid, (0, 1), 1) == (2, 0)
    assert vertical(grid, (2, 2), -1) == (0, 2)
    assert vertical(grid, (2, 2), 1) == (2, 2)
    assert vertical(grid, (2, 0), -1, x=10) == (0, 2)
    assert (first_row(grid, (2, 2)), last_row(grid, (0, 0))) == ((0, 2), (2, 0))


def test_enter_goes_down_where_a_run_of_tabs_began_and_no_further_than_its_table() -> None:
    grid = grid_of("ssss", "ssss")
    assert below_in_table(grid, (0, 3), 1) == (1, 1)
    assert below_in_table(grid, (0, 3), None) == (1, 3)
    assert below_in_table(grid, (1, 3), 1) is None
    two = replace(grid, rows=[replace(grid.rows[0], table="one"), replace(grid.rows[1], table="other")])
    assert below_in_table(two, (0, 3), 1) is None


def test_outside_of_the_grid_nothing_moves() -> None:
    grid = grid_of("ss")
    assert cell_at(grid, (1, 0)) is cell_at(grid, (0, 2)) is cell_at(grid, (-1, 0)) is None
    assert sideways(grid, (3, 0), 1) == (3, 0)
    assert next_stop(grid, (3, 0)) is None


def test_a_place_is_found_by_cell_then_by_row() -> None:
    key = Location(file="a", path=("goals", "1"))
    cell = Location(file="a", path=("goals", "1", "text"))
    grid = GridView(rows=[RowView(cells=()), RowView(cells=(CellView(text="1."), CellView(place=cell)), key=key)])
    assert find_place(grid, cell) == find_place(grid, key) == (1, 1)
    assert find_place(grid, None) is None
    assert find_place(grid, Location(file="b", path=cell.path)) is None
