"""A table of many projects, a column for each field and a row or several for each project, cut into one table each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from perftui.exchange.importer.composed_labels import amount_label
from perftui.exchange.importer.headers import header_of
from perftui.exchange.importer.labels import WORDS, label_key, names_person
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.vocabulary import LabelMeaning, Target, Vocabulary
from perftui.forms import Role

Row = Sequence[SourceCell]
_TOTALS = frozenset(WORDS["totals"])
_WITHIN = 6
"""Rows among which such a table's header is looked for."""
_KNOWN_TO_UNKNOWN = 4
"""So many known titles there are at least for each that nobody knows: labels with values beside them are half."""


@dataclass(frozen=True, slots=True)
class _Header:
    """The header of a table of many projects."""

    at: int
    row: Row
    heads: frozenset[int]
    """The places of the columns of whole projects; the others are of their indicators."""
    name: int
    """The place of the column of names."""


def listed_projects(words: Vocabulary, grid: SourceTable) -> tuple[SourceTable, ...]:
    """One table for each project of such a table; nothing for any other table."""
    header = next((found for at in range(min(_WITHIN, len(grid.rows))) if (found := _header(words, grid, at))), None)
    if header is None or _is_a_part(words, grid, header):
        return ()
    above = replace(grid, rows=grid.rows[: header.at]) if header.at else None
    end = next((at for at, row in enumerate(grid.rows) if at > header.at and _names_person(row)), len(grid.rows))
    foot = replace(grid, rows=grid.rows[end:], first=grid.first + end) if end < len(grid.rows) else None
    grid = replace(grid, rows=grid.rows[:end])
    groups = list(_groups(grid, header))
    if not groups:
        return ()
    first, behind = groups[0][0], header.at + 1
    nameless = replace(grid, rows=grid.rows[behind:first], first=grid.first + behind) if first > behind else None
    parts = (above, nameless, *(_project(grid, header, start, end) for start, end in groups), foot)
    return tuple(part for part in parts if part is not None)


def _names_person(row: Row) -> bool:
    """Does a row say who filled the list in? It is the foot under it."""
    return names_person(next((cell.text for cell in row if cell.text.strip() and not cell.merged), ""))


def _is_a_part(words: Vocabulary, grid: SourceTable, header: _Header) -> bool:
    """Is a list only what one table's money is for, whose indicators follow under a header of their own?"""
    if header_of(words, header.row) is not None:
        return False
    return any(header_of(words, row) is not None for row in grid.rows[header.at + 1 :])


def _header(words: Vocabulary, grid: SourceTable, at: int) -> _Header | None:
    row = grid.rows[at]
    said = [place for place, cell in enumerate(row) if cell.text.strip() and not cell.merged]
    targets = {place: words.target(row[place].text) or _money(words, row[place].text) for place in said}
    name = next((place for place, target in targets.items() if _is_name(words, target)), None)
    known = [place for place in said if targets[place] or words.column(row[place].text)]
    unknown = len(said) - len(known)
    if name is None or len(said) < 3 or at + 1 == len(grid.rows) or unknown * _KNOWN_TO_UNKNOWN > len(known):
        return None
    listed = frozenset(place for place in said if _is_of_rows(words, row[place].text))
    heads = frozenset(place for place in said if place not in listed and targets[place])
    return _Header(at, row, heads, name) if len(heads) > 1 else None


def _money(words: Vocabulary, title: str) -> Target | None:
    """What a title of money says in words of its own: 年度其他资金."""
    said = amount_label(title)
    return words.amount(said.source, said.scope) if said is not None and said.scope.may_be_years else None


def _is_name(words: Vocabulary, target: Target | None) -> bool:
    return (
        target is not None
        and target.means is LabelMeaning.FIELD
        and target.path == words.form.project.path_of(Role.NAME)
    )


def _is_of_rows(words: Vocabulary, title: str) -> bool:
    """Is a title one of the indicators' columns, and none of a project's fields?"""
    return words.target(title) is None and words.column(title) is not None


def _groups(grid: SourceTable, header: _Header) -> Iterator[tuple[int, int]]:
    """The rows of each project: from one with a name of its own to the next; a total belongs to the last."""
    column = header.row[header.name].column
    starts: list[int] = []
    said = ""
    for at in range(header.at + 1, len(grid.rows)):
        cell = next((one for one in grid.rows[at] if one.column == column), None)
        first = next((one.text for one in grid.rows[at] if one.text.strip() and not one.merged), "")
        text = "" if cell is None or cell.merged else cell.text.strip()
        if text and text != said and label_key(first) not in _TOTALS:
            starts.append(at)
            said = text
    yield from pairwise([*starts, len(grid.rows)])


def _project(grid: SourceTable, header: _Header, start: int, end: int) -> SourceTable:
    """One project as a table by itself: a row of labels and values, then its indicators under their titles."""
    first = grid.rows[start]
    head: list[SourceCell] = []
    for place in sorted(header.heads):
        title = header.row[place]
        value = next((cell.text for cell in first if cell.column == title.column), "")
        head += [SourceCell(text, 2 * len(head) + at) for at, text in enumerate((title.text, value))]
    columns = {header.row[place].column for place in header.heads}
    known = {header.row[place].text for place in header.heads} | {cell.text for cell in first}
    head = [SourceCell(cell.text, at) for at, cell in enumerate(head)]
    rows = [_listed(row, columns, known) for row in (header.row, *grid.rows[start:end])]
    body = tuple(row for row in rows if any(cell.text.strip() for cell in row))
    return replace(grid, rows=(tuple(head), *body), first=grid.first + start - 2)


def _listed(row: Row, columns: set[int], known: set[str]) -> tuple[SourceCell, ...]:
    """A row without the fields of the whole project; what it says in their columns by itself stays."""
    total = label_key(next((cell.text for cell in row if cell.text.strip()), "")) in _TOTALS
    return tuple(cell for cell in row if total or cell.column not in columns or cell.text not in (*known, ""))
