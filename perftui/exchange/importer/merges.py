"""Cells that a merge covers, and texts in them: some programs leave those there; Word shows the first cell alone."""

from dataclasses import replace

from perftui.exchange.importer.source import SourceCell, SourceTable

Reach = dict[int, tuple[int, int]]
"""By column in how many more rows a cell above reaches into it, and over how many columns."""


def covered_cells(above: Reach) -> dict[int, SourceCell]:
    """The cells of the next row that those above reach into, by column; ``above`` is brought up to date."""
    covers = dict(above)
    above.clear()
    above.update({at: (down - 1, span) for at, (down, span) in covers.items() if down > 1})
    return {at: SourceCell("", at, span, merged=True) for at, (_down, span) in covers.items()}


def with_merged_texts(grid: SourceTable) -> tuple[SourceTable, tuple[tuple[int, str], ...]]:
    """A table whose merges show a text that only a covered cell has; and by row the covered texts nobody sees."""
    if not any(cell.merged and cell.text.strip() for row in grid.rows for cell in row):
        return grid, ()
    rows = [list(row) for row in grid.rows]
    unreviewed: list[tuple[int, str]] = []
    seen: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if not cell.merged:
                seen[cell.column] = (at, place)
            elif cell.text.strip():
                _show(rows, seen.get(cell.column), cell, at, unreviewed)
    return replace(grid, rows=tuple(map(tuple, rows))), tuple(unreviewed)


def _show(
    rows: list[list[SourceCell]],
    shown: tuple[int, int] | None,
    cell: SourceCell,
    at: int,
    unreviewed: list[tuple[int, str]],
) -> None:
    first = None if shown is None else rows[shown[0]][shown[1]]
    if shown is not None and first is not None and not first.text.strip():
        rows[shown[0]][shown[1]] = first._replace(text=cell.text)
    elif first is None or first.text.strip() != cell.text.strip():
        unreviewed.append((at, cell.text))
