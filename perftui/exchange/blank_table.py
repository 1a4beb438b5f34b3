"""An office's empty table taken apart: fixed rows, lists of indicators, rows of titles over blank ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from perftui.exchange.importer.headers import Header, header_of
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.vocabulary import Vocabulary

_BLANK = re.compile("[0-9、.．…\\s]+")
"""What may stand in a row that is to be filled in."""

Row = Sequence[SourceCell]


@dataclass(slots=True, kw_only=True)
class BlankIndicators:
    """A header and the rows below it: indicators."""

    header: Header
    label: str
    """What stands beside it, down its whole height."""
    rows: list[Row] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The first of its columns: the label beside it is none."""
        return 1 if self.label else 0


@dataclass(slots=True, kw_only=True)
class BlankRows:
    """A row of titles over blank rows: tasks with their amounts."""

    label: str
    """What stands beside it."""
    cells: Sequence[SourceCell]
    """The titles."""
    number: int

    @property
    def key(self) -> str:
        """The key of the group."""
        return f"rows{self.number}"


TablePart: TypeAlias = BlankIndicators | BlankRows | list[Row]
"""Fixed rows, or a list."""


def parts_of(table: SourceTable, words: Vocabulary) -> list[TablePart]:
    """The table's fixed rows and its lists, in order."""
    found: list[TablePart] = []
    begins = 0
    for number, row in enumerate(table.rows):
        if number < begins:
            continue
        header, last = header_of(words, row), found[-1] if found else None
        if header is None and (blank := _blank_below(table.rows, number)):
            begins = number + 1 + blank
            cells = _without_side(table.rows, number)
            label = _beside(table.rows, number)
            found.append(
                BlankRows(label=label, cells=cells, number=sum(isinstance(one, BlankRows) for one in found) + 1)
            )
        elif header is not None:
            if not (isinstance(last, BlankIndicators) and last.header.repeated(row)):
                found.append(BlankIndicators(header=header, label=_beside(table.rows, number)))
        elif isinstance(last, BlankIndicators) and not last.header.is_foot(row) and not _is_sentence(row):
            last.rows.append(row)
        elif isinstance(last, list):
            last.append(row)
        else:
            found.append([row])
    return found


def _beside(rows: Sequence[Row], number: int) -> str:
    """The label at the left of a header that goes down along the list; "" where there is none."""
    first = rows[number][0]
    below = rows[number + 1] if number + 1 < len(rows) else ()
    goes_down = any(cell.merged and cell.column == first.column for cell in below)
    return "".join(first.text.split()) if goes_down else ""


def _without_side(rows: Sequence[Row], number: int) -> list[SourceCell]:
    """The cells of a row but those merged upwards, and the label at the left that goes down."""
    cells = [cell for cell in rows[number] if not cell.merged]
    return cells[1:] if cells and cells[0].column == rows[number][0].column and _beside(rows, number) else cells


def _blank_below(rows: Sequence[Row], number: int) -> int:
    """How many blank rows stand below a row of titles; 0 where they are less than two: that one is filled in."""
    titles = _without_side(rows, number)
    if len(titles) < 2 or not all(cell.text.strip() for cell in titles):
        return 0
    starts, count = [cell.column for cell in titles], 0
    for row in rows[number + 1 :]:
        cells = [cell for cell in row if not cell.merged]
        if [cell.column for cell in cells] != starts or any(_BLANK.sub("", cell.text) for cell in cells):
            break
        count += 1
    return count if count > 1 else 0


def _is_sentence(row: Row) -> bool:
    """A row of an opinion or of signatures: 审核意见, （公章）."""
    return any(word in cell.text for cell in row for word in ("公章", "盖章", "签字", "意见", "填报人", "填表人"))


def height_of(rows: Sequence[Row], number: int, cell: SourceCell) -> int:
    """How many rows a cell covers."""
    high = 1
    for row in rows[number + 1 :]:
        if not any(other.merged and other.column == cell.column for other in row):
            break
        high += 1
    return high
