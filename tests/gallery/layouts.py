"""The layouts of ``tests/data/forms``: each a TOML file with a picture of the page in text and what is right about it.

In ``body`` a line is a paragraph; a line that begins with ``|`` is a row of a table, a blank line ends the table.
A cell that is ``<`` continues the cell on its left, ``^`` the one above it; ``⏎`` breaks a line inside a cell.
What was filled in stands between ``{`` and ``}``: the empty form is the same page without it.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "data" / "forms"
_FILLED = re.compile(r"\{([^{}]*)\}")
ROW_KEYS = ("category", "class", "name", "value", "description", "basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table where it begins."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its size and the cells that it is covered with."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]


Block = str | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What is right about one project."""

    code: str = ""
    name: str = ""
    amounts: Mapping[str, str]
    """``total``, ``fiscal``, ``carryover``, ``other`` in 元, as the files keep them."""
    goals: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One form of the gallery."""

    key: str
    source: str
    """Whose form it is, and the year."""
    half: int
    """1: written before the reader was touched, 2: after."""
    body: str
    year: int
    projects: tuple[Project, ...]
    reported: tuple[str, ...]
    """Texts that must be reported and not taken into a field."""
    private: tuple[str, ...]
    """Names and telephones: reported, and kept out of every file."""
    fillable: bool
    """Is the empty form one that an office would mail?"""

    def page(self, *, empty: bool = False) -> list[Block]:
        """The blocks of the page, filled in or not."""
        return blocks(_FILLED.sub("" if empty else r"\1", self.body))


def blocks(body: str) -> list[Block]:
    """A text description as paragraphs and tables."""
    found: list[Block] = []
    lines: list[str] = []
    for line in [*body.strip("\n").split("\n"), ""]:
        if line.startswith("|"):
            lines.append(line)
            continue
        if lines:
            found.append(_table([_cells(one) for one in lines]))
            lines = []
        if line.strip():
            found.append(line)
    return found


@cache
def layouts() -> tuple[Layout, ...]:
    """All layouts, by name of their file."""
    return tuple(_layout(path) for path in sorted(FOLDER.glob("*.toml")))


def rows_of(text: str) -> tuple[Mapping[str, str], ...]:
    """Rows written as lines of ``category | class | name | value | description | basis``; later ones may be absent."""
    rows = ([cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip())
    return tuple({key: cell for key, cell in zip(ROW_KEYS, row, strict=False) if cell} for row in rows)


def _layout(path: Path) -> Layout:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    right = data.get("right", {})
    return Layout(
        key=path.stem, source=data["source"], half=data["half"], body=data["body"], year=right.get("year", 0),
        projects=tuple(_project(one) for one in right.get("projects", [])), reported=tuple(right.get("reported", [])),
        private=tuple(right.get("private", [])), fillable=data.get("fillable", True),
    )  # fmt: skip


def _project(data: Mapping[str, Any]) -> Project:
    return Project(
        code=data.get("code", ""), name=data.get("name", ""), amounts=data.get("amounts", {}),
        goals=tuple(data.get("goals", [])), rows=rows_of(data.get("rows", "")),
    )  # fmt: skip


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("⏎", "\n") for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _table(rows: list[list[str]]) -> Table:
    width = max(len(row) for row in rows)
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    cells = (
        Cell(row=row, column=column, rows=_down(grid, row, column), columns=_across(grid, row, column), text=text)
        for row, line in enumerate(grid)
        for column, text in enumerate(line)
        if text not in ("<", "^")
    )
    return Table(rows=len(grid), columns=width, cells=tuple(cells))


def _across(grid: list[list[str]], row: int, column: int) -> int:
    span = 1
    while column + span < len(grid[row]) and grid[row][column + span] == "<":
        span += 1
    return span


def _down(grid: list[list[str]], row: int, column: int) -> int:
    span = 1
    while row + span < len(grid) and grid[row + span][column] == "^":
        span += 1
    return span
