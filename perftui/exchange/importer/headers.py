"""The header of a table of indicators: which row it is, what its columns are, and which rows it does not speak of."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from perftui.exchange.importer.columns import are_levels, cells_below, columns_by_classes, settled, under_groups
from perftui.exchange.importer.composed_labels import AmountScope, title_scope
from perftui.exchange.importer.grid_titles import is_short_title
from perftui.exchange.importer.labels import WORDS, is_of_foot, label_key
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.vocabulary import Column, Vocabulary
from perftui.exchange.importer.years import year_in
from perftui.forms import Role

Row = Sequence[SourceCell]

_POINTS = re.compile(r"[（(][^（）()]*[0-9][^（）()]*[)）]")
_LEAST_COUNTED, _LEAST_YEARS = 3, 2
_TOTALS = frozenset(WORDS["totals"])
_TELLING = frozenset((Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE))


class Header:
    """The columns of a table of indicators, by the grid columns that they cover."""

    def __init__(
        self, row: Row, columns: Sequence[Column | None], *, scope: AmountScope = AmountScope.NONE, over: Row = ()
    ) -> None:
        self.scope = scope
        """Of what its rows are said, by the label beside it: 长期绩效指标."""
        self.over = tuple(cell.text for cell in over if title_scope(cell.text) is None)
        """Titles over several columns that do not say of what these are."""
        self.labels = tuple(cell.text for cell in row)
        self.columns = tuple(columns)
        self.starts = tuple(cell.column for cell in row)
        """The grid column in which each begins."""
        self._level1 = frozenset(at for at, one in enumerate(columns) if one and one.role is Role.LEVEL1)
        self._level2 = frozenset(at for at, one in enumerate(columns) if one and one.role is Role.LEVEL2)
        self.level_columns = self._level1 | self._level2
        self.roles = frozenset(column.role for column in columns if column)
        """What its columns mean."""
        self._index = {
            at: index for index, cell in enumerate(row) for at in range(cell.column, cell.column + cell.span)
        }
        self.width = max(self._index) + 1

    @property
    def category(self) -> str:
        """The category of all its rows, which stands beside its titles: 产出指标 | 指标类型 | 指标名称; "" for none."""
        first = self.labels[0] if self.labels and self.columns[0] is None else ""
        return first if label_key(first).endswith("指标") and are_levels([first]) else ""

    def at(self, cell: SourceCell) -> int | None:
        """The index of the column that a cell stands in."""
        return self._index.get(cell.column)

    def levels_merged(self, rows: Sequence[Row]) -> bool:
        """Are cells of the levels merged in any of the rows? Then a blank one that is not was left blank."""
        levels = self._level1 | self._level2
        return any(cell.merged and self.at(cell) in levels for row in rows for cell in row)

    def left_blank(self, row: Row) -> frozenset[int]:
        """The levels that a row says by leaving them blank: the second only where it does not say the first."""
        said = any(
            not cell.merged and self._index.get(cell.column) in self._level1 and cell.text.strip() for cell in row
        )
        return self._level1 if said else self._level1 | self._level2

    def is_foot(self, row: Row) -> bool:
        """Is a row no indicator: one cell over name and value, an opinion, a total?"""
        name, value = self._column(Role.NAME), self._column(Role.VALUE)
        first = next((cell for cell in row if not cell.merged and cell.text.strip()), None)
        if first is None:
            return False
        if label_key(first.text) in _TOTALS or label_key(first.text).startswith("注"):
            return True
        if any(is_of_foot(cell.text) for cell in row if not cell.merged and self._is_beside_name(cell)):
            return True
        whole = {at for at in (name, value) if at is not None}
        covers = ({self._index.get(at) for at in range(cell.column, cell.column + cell.span)}
                  for cell in row if not cell.merged)  # fmt: skip
        return len(whole) > 1 and any(whole <= cell for cell in covers)

    def _is_beside_name(self, cell: SourceCell) -> bool:
        return self.at(cell) != self._column(Role.NAME)

    def _column(self, role: Role) -> int | None:
        return next((at for at, one in enumerate(self.columns) if one and one.role is role), None)

    def repeated(self, row: Row) -> bool:
        """Is a row this header once more, on the next page?"""
        return [label_key(cell.text) for cell in row] == [label_key(label) for label in self.labels]


def header_of(words: Vocabulary, row: Row) -> Header | None:
    """The header that a row is; ``None`` where its cells are not mostly labels of columns."""
    if words.certain_titles([cell.text for cell in row]) < 1:  # as nearly all rows but headers
        return None
    short = sum([len(one.text) for one in row]) <= _SHORT
    return _short_header(words, tuple(row)) if short else _header(words, row)


def _header(words: Vocabulary, row: Row) -> Header | None:
    texts = [cell.text for cell in row]
    columns = words.columns(texts)
    known = [column for column in columns if column]
    certain = [column for column, text in zip(columns, texts, strict=True) if column and words.is_certain(text)]
    said = [text for text in texts if text.strip()]
    telling = {column.role for column in certain} & _TELLING
    if len(certain) < 2 or len(telling) < 2 or len(known) * 2 < len(said):
        return Header(row, columns) if telling and _says_by_words(words, columns, said) else None
    return Header(row, columns)


def _says_by_words(words: Vocabulary, columns: Sequence[Column | None], said: Sequence[str]) -> bool:
    """Are all cells titles, most of them in words of their own: 指标类别 | 考核指标 | 本年度计划完成水平?"""
    roles = {one.role for one in columns if one}
    whole = {Role.NAME, Role.VALUE} <= roles and roles & {Role.LEVEL1, Role.LEVEL2}
    return bool(whole) and all(words.column(text) is not None or are_levels([text]) for text in said)


def header_at(words: Vocabulary, rows: Sequence[Row], at: int, unit: str, year: int = 0) -> tuple[Header, int] | None:
    """The header that begins with a row, by its titles and by what stands below; and how many rows it has.

    ``unit`` and ``year`` tell which of several columns of values is the document's own.
    """
    own = header_of(words, rows[at])
    spans = any(cell.span > 1 for cell in rows[at]) and not (at and _is_under_label(words, rows[at - 1], rows[at]))
    lower = rows[at + 1] if spans and at + 1 < len(rows) and not _is_of_sentences(rows[at]) else ()
    if own is None and (not lower or header_of(words, lower) is None):
        return None
    grouped = under_groups(words, rows, at) if lower else None
    if grouped is not None:
        row, scopes, height = grouped
    elif own is not None:
        row, scopes, height = tuple(rows[at]), [AmountScope.NONE] * len(rows[at]), 1
    else:
        return None
    below = list(takewhile(lambda one: header_of(words, one) is None, rows[at + height :]))
    row, scopes = _parted(row, _of_years(row, scopes, year), below)
    titles = [cell.text for cell in row]
    cells = cells_below(below, [cell.column for cell in row])
    columns = settled(words, titles, cells, unit, scopes)
    inner = [cell for one in rows[at + 1 : at + height] for cell in one if cell.text not in titles]
    over = (*rows[at], *inner) if height > 1 else ()
    return Header(row, columns, scope=_scope_of_all(words, titles, columns), over=over), height


def _of_years(row: Row, scopes: Sequence[AmountScope], year: int) -> Sequence[AmountScope]:
    """Of several years' columns only that of the document's year is the year's: 2024年目标值 | 2025年目标值."""
    years = [year_in(cell.text) for cell in row]
    if len({one for one in years if one}) < _LEAST_YEARS:
        return scopes
    return [AmountScope.WHOLE if one and one != year else scope for one, scope in zip(years, scopes, strict=True)]


def _parted(
    row: tuple[SourceCell, ...], scopes: Sequence[AmountScope], below: Sequence[Row]
) -> tuple[tuple[SourceCell, ...], list[AmountScope]]:
    """The titles, one over several columns cut into those that most rows below it have; the last keeps its text."""
    parted: list[tuple[SourceCell, AmountScope]] = []
    for title, scope in zip(row, scopes, strict=True):
        inside = range(title.column + 1, title.column + title.span)
        begun = Counter(cell.column for one in below for cell in one if cell.column in inside)
        starts = [title.column, *sorted(column for column, count in begun.items() if 2 * count > len(below))]
        ends = [*starts[1:], title.column + title.span]
        texts = [*[""] * (len(starts) - 1), title.text]
        parted += [
            (SourceCell(text, start, end - start, title.merged), scope)
            for text, start, end in zip(texts, starts, ends, strict=True)
        ]
    return tuple(cell for cell, _scope in parted), [scope for _cell, scope in parted]


def _is_of_sentences(row: Row) -> bool:
    """Do texts stand across several columns that are no titles of those, such as the goals over a header?"""
    said = [cell.text for cell in row if not cell.merged and cell.text.strip()]
    return bool(said) and not any(map(is_short_title, said))


def _is_under_label(words: Vocabulary, label: Row, row: Row) -> bool:
    """Does a row over the whole width hold what the label over it asks for, such as the goals?"""
    return len(label) == len(row) == 1 and not row[0].merged and words.target(label[0].text) is not None


def counts_columns(row: Row) -> bool:
    """Does a row only number the columns: 1 | 2 | 3?"""
    said = [cell.text.strip() for cell in row if cell.text.strip() and not cell.merged]
    numbers = said[1:] if said and not said[0].isdecimal() and label_key(said[0]) in ("栏次", "列次") else said
    return len(numbers) >= _LEAST_COUNTED and numbers == [str(at) for at in range(1, len(numbers) + 1)]


def header_by_classes(words: Vocabulary, rows: Sequence[Row]) -> Header | None:
    """The header of rows without one, of which a column holds only classes of the form; ``None`` for others."""
    width = max((len(row) for row in rows), default=0)
    cells = [[row[at].text.strip() if at < len(row) else "" for row in rows] for at in range(width)]
    columns = columns_by_classes(words, cells)
    if columns is None or words.indicators is None:
        return None
    labels = {one.key: one.label for one in words.indicators.columns}
    titles = [labels.get(one.key, "") if one else "" for one in columns]
    return Header([SourceCell(text=title, column=at) for at, title in enumerate(titles)], columns)


def unknown_titles(words: Vocabulary, header: Header) -> str:
    """The titles that say nothing to anybody, as one text; what stands below may say what they are."""
    grades = grade_titles(header)
    said = [text for text in (*header.labels, *header.over) if text.strip() and text not in grades]
    titles = [text for text in said if words.column(text) is None]
    return " | ".join(" ".join(text.split()) for text in titles)


def grade_titles(header: Header) -> list[str]:
    """The titles of the grades in which the value is given."""
    return [text for text, one in zip(header.labels, header.columns, strict=True) if one and one.grade]


def points_told(header: Header) -> list[tuple[str, str]]:
    """Titles that say more than what their column is, such as points, and what they were read as."""
    plain = [(" ".join(text.split()), label_key(text)) for text in header.labels]
    return [(text, key) for text, key in plain if key and _POINTS.search(text)]


def _scope_of_all(words: Vocabulary, titles: Sequence[str], columns: Sequence[Column | None]) -> AmountScope:
    """Of what all rows are said, by a label beside the header that is no column's title."""
    label = titles[0] if columns and columns[0] is None and "指标" in titles[0] else ""
    return title_scope(label) or AmountScope.NONE


_SHORT = 256
_short_header = lru_cache(maxsize=256)(_header)  # thousands of tables have the same
