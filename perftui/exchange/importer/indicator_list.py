"""A bureau's library of indicators, as a table: a row an indicator, its class beside it or above.

Its columns are known by their titles alone; a class that stands once for several rows counts for all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.merges import with_merged_texts
from perftui.exchange.importer.source import SourceCell, SourceDocument
from perftui.exchange.importer.vocabulary import vocabulary
from perftui.forms import DEFAULT_FORM, Role
from perftui.locale import _
from perftui.model.text import clean

FORMULA = "formula"
_OF_LISTS: Mapping[str, tuple[str, ...]] = {
    FORMULA: ("计算公式", "计算方法", "指标公式", "公式", "计算方式"),
    Role.LEVEL2: ("指标类别", "指标分类", "二级分类"),
    Role.DESCRIPTION: ("说明",),
    Role.VALUE: ("参考值", "标准值", "参考标准"),
}
"""Titles that a library has and that mean something else, or nothing, in a project's table."""
_TAKEN: Mapping[Role, str] = {
    **{role: role for role in (Role.LEVEL2, Role.NAME, Role.DESCRIPTION, Role.UNIT, Role.SIGN, Role.VALUE, Role.BASIS)},
    Role.DIRECTION: Role.SIGN,
}
"""What is kept of the columns that forms have, and as what."""
_HEAD_WITHIN = 20  # rows; above stand titles and notes
_MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """The rows of a library."""

    rows: tuple[Mapping[str, str], ...]
    """By what each text is; blank ones are absent. Each has a class and a name."""
    left: tuple[str, ...]
    """The titles of columns that are not known."""
    without_class: int
    """Rows that stand under no class, which are not taken."""


def read_indicator_list(content: SourceDocument) -> IndicatorList:
    """The rows of all tables with such a head. Raises ImportRefused where there is none."""
    rows: dict[tuple[str, ...], Mapping[str, str]] = {}
    left: dict[str, None] = {}
    without_class = 0
    for table in content.tables():
        grid, _unseen = with_merged_texts(replace(table, rows=tuple(row for row in table.rows if row)))
        at, columns = next(_heads(grid.rows), (0, {}))
        if not columns:
            continue
        left |= {cell.text.strip(): None for cell in grid.rows[at] if cell.column not in columns and cell.text.strip()}
        for row in _read(grid.rows[at + 1 :], columns):
            without_class += Role.LEVEL2 not in row
            if Role.LEVEL2 in row and len(rows) < _MOST_ROWS:
                rows.setdefault(tuple(row.get(one, "") for one in (Role.LEVEL2, Role.NAME)), row)
    if not rows:
        raise ImportRefused(_("没有找到指标库：要有“二级指标”和“三级指标”（或“指标名称”）两栏"))
    return IndicatorList(tuple(rows.values()), tuple(left), without_class)


def _heads(rows: Sequence[Sequence[SourceCell]]) -> Iterator[tuple[int, dict[int, str]]]:
    """The first row with titles of at least a class and a name, and what each column is."""
    words = vocabulary(DEFAULT_FORM)
    for at, row in enumerate(rows[:_HEAD_WITHIN]):
        columns = words.columns([cell.text for cell in row])
        found: dict[int, str] = {}
        for cell, column in zip(row, columns, strict=True):
            what = _of_list(cell.text) or (_TAKEN.get(column.role, "") if column and column.role else "")
            if what and what not in found.values():
                found[cell.column] = what
        if {Role.LEVEL2, Role.NAME} <= set(found.values()):
            yield at, found


def _of_list(title: str) -> str:
    return next((what for what, titles in _OF_LISTS.items() if label_key(title) in titles), "")


def _read(rows: Sequence[Sequence[SourceCell]], columns: Mapping[int, str]) -> Iterator[Mapping[str, str]]:
    above = ""
    for row in rows:
        texts = {columns[cell.column]: text for cell in row if cell.column in columns and (text := _text(cell.text))}
        above = texts[Role.LEVEL2] = texts.get(Role.LEVEL2) or above
        if texts.get(Role.NAME) and texts.get(Role.NAME) != texts[Role.LEVEL2]:
            yield {what: text for what, text in texts.items() if text}


def _text(text: str) -> str:
    return clean(" ".join(text.split()), lines=False).text.strip()
