"""A bureau's library of indicators, as a table: a row an indicator, its class beside it or above.

Its columns are known by their titles alone; a class that stands once for several rows counts for all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.merges import with_merged_texts
from perftui.exchange.importer.source import SourceCell, SourceDocument
from perftui.forms import Role
from perftui.locale import _
from perftui.model.text import clean

FORMULA = "formula"
_TITLES: Mapping[str, tuple[str, ...]] = {
    Role.LEVEL2: ("二级指标", "指标类别", "指标分类", "二级分类"),
    Role.NAME: ("三级指标", "指标名称", "三级指标名称", "指标"),
    Role.DESCRIPTION: (
        "指标解释",
        "指标说明",
        "指标含义",
        "指标释义",
        "指标描述",
        "绩效指标描述",
        "指标内容",
        "解释",
        "说明",
    ),
    FORMULA: ("计算公式", "计算方法", "指标公式", "公式", "计算方式"),
    Role.UNIT: ("计量单位", "单位", "度量单位", "指标值单位", "指标单位"),
    Role.SIGN: ("符号", "计算符号", "指标符号", "运算符号", "指标方向", "指标性质"),
    Role.VALUE: ("指标值", "参考值", "目标值", "标准值", "参考指标值", "一般指标值", "参考标准"),
    Role.BASIS: (
        "指标值确定依据",
        "指标来源",
        "来源",
        "指标依据",
        "取值依据",
        "数据来源",
        "依据",
        "设置依据",
        "标准来源",
    ),
}
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
    for at, row in enumerate(rows[:_HEAD_WITHIN]):
        found: dict[int, str] = {}
        for cell in row:
            what = next((what for what, titles in _TITLES.items() if _bare(cell.text) in titles), "")
            if what and what not in found.values():
                found[cell.column] = what
        if {Role.LEVEL2, Role.NAME} <= set(found.values()):
            yield at, found


def _bare(title: str) -> str:
    return "".join(title.split()).partition("（")[0].partition("(")[0]


def _read(rows: Sequence[Sequence[SourceCell]], columns: Mapping[int, str]) -> Iterator[Mapping[str, str]]:
    above = ""
    for row in rows:
        texts = {columns[cell.column]: text for cell in row if cell.column in columns and (text := _text(cell.text))}
        above = texts[Role.LEVEL2] = texts.get(Role.LEVEL2) or above
        if texts.get(Role.NAME) and texts.get(Role.NAME) != texts[Role.LEVEL2]:
            yield {what: text for what, text in texts.items() if text}


def _text(text: str) -> str:
    return clean(" ".join(text.split()), lines=False).text.strip()
