"""A table of many projects, a column for each field and a row or several for each project, cut into one table each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from perftui.exchange.importer.class_columns import without_class_columns
from perftui.exchange.importer.columns import are_levels
from perftui.exchange.importer.composed_labels import amount_label, is_bare_name, title_scope
from perftui.exchange.importer.headers import counts_columns, header_of
from perftui.exchange.importer.labels import WORDS, label_key, names_person
from perftui.exchange.importer.list_headers import titles_at, without_side_by_side
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.vocabulary import LabelMeaning, Target, Vocabulary
from perftui.forms import Role

Row = Sequence[SourceCell]
_TOTALS = frozenset(WORDS["totals"])
_WITHIN = 6
"""Rows among which such a table's header is looked for."""
_OFFICES = tuple(WORDS["offices"])
_AIMS = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE)
_KNOWN_TO_UNKNOWN = 4
"""So many known titles there are at least for each that nobody knows: labels with values beside them are half."""


@dataclass(frozen=True, slots=True)
class _Header:
    """The header of a table of many projects."""

    at: int
    height: int
    """So many rows it has."""
    row: Row
    """Its titles, of two rows as one."""
    heads: frozenset[int]
    """The places of the columns of whole projects; the others are of their indicators."""
    aims: frozenset[int]
    """The grid columns of goals and indicators."""
    name: int
    """The grid column of names."""

    @property
    def behind(self) -> int:
        """The first row below it."""
        return self.at + self.height


def listed_projects(words: Vocabulary, grid: SourceTable) -> tuple[SourceTable, ...]:
    """One table for each project of such a table; nothing for any other table."""
    whole, grid = grid, without_class_columns(words, without_side_by_side(words, grid, _WITHIN), _WITHIN)
    header = next((found for at in range(min(_WITHIN, len(grid.rows))) if (found := _header(words, grid, at))), None)
    if header is None or _is_a_part(words, grid, header):
        return ()
    end = next((at for at, row in enumerate(grid.rows) if at > header.at and _names_person(row)), len(grid.rows))
    foot = grid.part(end, len(grid.rows)) if end < len(grid.rows) else None
    grid = grid.part(0, end)
    groups = list(_groups(grid, header))
    if not groups:
        return ()
    outside = [(0, header.at), (header.behind, groups[0][0])]
    above, nameless = (grid.part(start, end) if end > start else None for start, end in outside)
    sums = _sums(grid, header, groups)
    projects = (_project(grid, header, *one) for one in groups if one not in sums)
    parts = (above, nameless, *(grid.part(*one) for one in sums), *projects, foot)
    kept = tuple(part for part in parts if part is not None)
    return (*_titles_over(words, whole, header, kept), *kept)


def _titles_over(
    words: Vocabulary, whole: SourceTable, header: _Header, kept: Sequence[SourceTable]
) -> Iterator[SourceTable]:
    """What stands over the titles, says nothing to anybody, and is in no other part: as a table by itself."""
    said = "\n".join(cell.text for part in kept for row in part.rows for cell in row)
    row = tuple(cell for cell in whole.rows[header.at] if cell.text.strip() and not cell.merged)
    lost = tuple(cell for cell in row if cell.text not in said and not _is_known(words, cell.text))
    if lost:
        yield replace(whole, rows=(lost,), numbers=(whole.number_of(header.at),))


def _is_known(words: Vocabulary, title: str) -> bool:
    of_group = title_scope(title) is not None or amount_label(title) is not None or are_levels([title])
    return of_group or words.target(title) is not None or words.column(title) is not None


def _names_person(row: Row) -> bool:
    """Does a row say who filled the list in? It is the foot under it."""
    return names_person(next((cell.text for cell in row if cell.text.strip() and not cell.merged), ""))


def _is_a_part(words: Vocabulary, grid: SourceTable, header: _Header) -> bool:
    """Is a list only what one table's money is for, whose indicators follow under a header of their own?"""
    if header_of(words, header.row) is not None:
        return False
    return any(header_of(words, row) is not None for row in grid.rows[header.behind :])


def _header(words: Vocabulary, grid: SourceTable, at: int) -> _Header | None:
    found = (_header_in(words, row, at, height) for row, height in titles_at(grid, at) if at + height < len(grid.rows))
    return next((one for one in found if one is not None), None)


def _header_in(words: Vocabulary, row: Row, at: int, height: int) -> _Header | None:
    row = _named(words, [cell._replace(text=words.besides(cell.text) or cell.text) for cell in row])
    said = [place for place, cell in enumerate(row) if cell.text.strip() and not cell.merged]
    targets = {place: _target(words, row[place].text) for place in said}
    name = next((place for place, target in targets.items() if _is_name(words, target)), None)
    known = [place for place in said if targets[place] or words.column(row[place].text)]
    unknown = len(said) - len(known)
    if name is None or len(said) < 3 or unknown * _KNOWN_TO_UNKNOWN > len(known):
        return None
    listed = frozenset(place for place in said if _is_of_rows(words, row[place].text))
    heads = frozenset(place for place in said if place not in listed and targets[place])
    aims = frozenset(row[place].column for place in said if _is_aim(words, row[place].text, targets[place]))
    return _Header(at, height, row, heads, aims, row[name].column) if len(heads) > 1 else None


def _is_aim(words: Vocabulary, title: str, target: Target | None) -> bool:
    column = words.column(title)
    if target is not None:
        return target.means is LabelMeaning.GOALS
    return column is not None and column.role in _AIMS


def _target(words: Vocabulary, title: str) -> Target | None:
    return words.target(title) or _money(words, title)


def _money(words: Vocabulary, title: str) -> Target | None:
    """What a title of money says in words of its own: 年度其他资金."""
    said = amount_label(title)
    return words.amount(said.source, said.scope) if said is not None and said.scope.may_be_years else None


def _named(words: Vocabulary, row: Row) -> Row:
    """The titles of a list of indicators with the form's label of the name, where they say no more than 项目."""
    path = words.form.project.path_of(Role.NAME)
    field = words.form.project.field(path) if path else None
    named = any(_is_name(words, words.target(cell.text)) for cell in row)
    if field is None or named or header_of(words, row) is None:
        return tuple(row)
    return tuple(cell._replace(text=field.label) if is_bare_name(cell.text) else cell for cell in row)


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
    starts: list[int] = []
    said = ""
    for at in range(header.behind, len(grid.rows)):
        cell = next((one for one in grid.rows[at] if one.column == header.name), None)
        first = next((one.text for one in grid.rows[at] if one.text.strip() and not one.merged), "")
        text = "" if cell is None or cell.merged else cell.text.strip()
        if text and text != said and label_key(first) not in _TOTALS and not counts_columns(grid.rows[at]):
            starts.append(at)
            said = text
    yield from pairwise([*starts, len(grid.rows)])


def _sums(grid: SourceTable, header: _Header, groups: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The rows of units among those of their projects: a name and a sum, and nothing that is to be reached."""
    bare = [one for one in groups if not _aims(grid.rows[slice(*one)], header)]
    units = [one for one in bare if _text_in(grid.rows[one[0]], header.name).endswith(_OFFICES)]
    return units if len(bare) < len(groups) else []


def _aims(rows: Sequence[Row], header: _Header) -> bool:
    return any(cell.text.strip() and not cell.merged for row in rows for cell in row if cell.column in header.aims)


def _text_in(row: Row, column: int) -> str:
    return next((cell.text.strip() for cell in row if cell.column == column), "")


def _project(grid: SourceTable, header: _Header, start: int, end: int) -> SourceTable:
    """One project as a table by itself: a row of labels and values, then its indicators under their titles."""
    first = grid.rows[start]
    head: list[SourceCell] = []
    for place in sorted(header.heads):
        title = header.row[place]
        value = _text_in(first, title.column)
        head += [SourceCell(text, 2 * len(head) + at) for at, text in enumerate((title.text, value))]
    columns = {header.row[place].column for place in header.heads}
    known = {header.row[place].text for place in header.heads} | {cell.text for cell in first}
    rows = [tuple(SourceCell(cell.text, at) for at, cell in enumerate(head)), _listed(header.row, columns, known)]
    numbers = [start, header.at]
    for at in range(start, end):
        rows.append(_listed(grid.rows[at], columns, known))
        numbers.append(at)
    said = [at for at, row in enumerate(rows) if any(cell.text.strip() for cell in row)]
    return replace(grid, rows=tuple(rows[at] for at in said), numbers=tuple(grid.number_of(numbers[at]) for at in said))


def _listed(row: Row, columns: set[int], known: set[str]) -> tuple[SourceCell, ...]:
    """A row without the fields of the whole project; what it says in their columns by itself stays."""
    total = label_key(next((cell.text for cell in row if cell.text.strip()), "")) in _TOTALS
    return tuple(cell for cell in row if total or cell.column not in columns or cell.text not in (*known, ""))
