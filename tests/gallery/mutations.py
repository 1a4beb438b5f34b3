"""Pages of the gallery as hands and programs spoil them: rows and columns moved, labels changed, cells added."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from perftui.exchange.importer.report import in_table, in_text
from perftui.exchange.importer.source import Block as Read
from perftui.exchange.importer.source import (
    Dropped,
    SourceCell,
    SourceComment,
    SourceDocument,
    SourceParagraph,
    SourceTable,
)
from perftui.exchange.tabular import format_block, parse_block
from tests.gallery.layouts import Block, Cell, Table

TITLES = (
    "备注", "完成值", "权重", "上年实际", "符号", "计量单位", "预算金额", "其中：地方资金", "年度目标", "说明",
    "合计", "绩效标准", "目标值", "项目总投资", "填表人", "评分标准", "一级指标", "东湖镇", "执行数",
    "主管部门", "项目名称", "2023年", "资金用途",
)  # fmt: skip
TEXTS = (
    "≥95%", "120.5（含上年结转20）", "按照2022年预算编制要求填报，资金已落实", "1200", "0", "是", "44561",
    "二〇二一年", "公里", "……", "张大山 0312-5556677", "（100字以内）", "无", "同意申报。", "12月底前", "各1次",
    "甲乙丙丁", "产出指标", "社会效益指标", "100%", "注：以上数据由业务科提供", "5×10⁴",
    "三、其他需要说明的情况", "613009某某局", "单位：元",
)  # fmt: skip

_MARGIN = tuple(f"{first}{second}{second}" for first in "虎豹熊狼鹿" for second in "鹤鹰雁雀鸦鸠")
"""Words that no form says."""


def content_of(page: Sequence[Block]) -> SourceDocument:
    """A page as the reader of Word documents would give it."""
    blocks: list[Read] = []
    tables = paragraphs = 0
    for block in page:
        if isinstance(block, str):
            paragraphs += 1
            blocks.append(SourceParagraph(text=block, number=paragraphs))
        else:
            tables += 1
            blocks.append(SourceTable(rows=_rows(block), number=tables))
    return SourceDocument(blocks=tuple(blocks))


def block_of(content: SourceDocument) -> tuple[tuple[str, ...], ...]:
    """A page as Excel and WPS put it into the clipboard, read back: a line is a row of one cell."""
    rows: list[list[str]] = []
    for block in content.blocks:
        if isinstance(block, SourceParagraph):
            rows.append([block.text])
        elif isinstance(block, SourceTable):
            width = max((cell.column + cell.span for row in block.rows for cell in row), default=0)
            rows += [_line(row, width) for row in block.rows]
    return parse_block(format_block(rows))


def _line(row: Sequence[SourceCell], width: int) -> list[str]:
    line = [""] * width
    for cell in row:
        line[cell.column] = "" if cell.merged else cell.text
    return line


def mutated(page: Sequence[Block], seed: int) -> list[Block]:
    """A page with some things changed; the same for the same seed."""
    random = Random(seed)
    changed = list(page)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(changed))
        block = changed[at]
        if isinstance(block, str) or random.random() < 0.1:
            changed.insert(at, random.choice((*TEXTS, *TITLES)))
        else:
            changed[at] = random.choice(_CHANGES)(block, random)
    return changed


def with_margin(content: SourceDocument, seed: int) -> SourceDocument:
    """A document with comments and text boxes more, each of words of its own."""
    random = Random(seed)
    words = iter(random.sample(_MARGIN, len(_MARGIN)))
    comments = [
        SourceComment(
            place=place, near=near, alike=random.randrange(2), quote="", text=f"{next(words)}\n{next(words)}",
            by=next(words), date="2021-11-30", answer=next(words), settled=random.random() < 0.3,
        ) for place, near in random.sample(list(_places(content)), 3)
    ]  # fmt: skip
    boxes = [Dropped("", "文本框", next(words)) for _ in range(2)]
    return replace(content, comments=tuple(comments), dropped=tuple(boxes))


def _places(content: SourceDocument) -> Iterator[tuple[str, str]]:
    """Where a comment may stand, one place of none among them, and the text that stands there."""
    yield from (("", ""), (in_table(99, 1), ""), (in_text(99), ""))
    for block in content.blocks:
        if isinstance(block, SourceParagraph):
            yield in_text(block.number), block.text
        else:
            yield from ((in_table(block.number, at), cell.text) for at, row in enumerate(block.rows) for cell in row)


def _rows(table: Table) -> tuple[tuple[SourceCell, ...], ...]:
    rows: list[list[SourceCell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            text = cell.text if row == cell.row else ""
            rows[row].append(SourceCell(text, cell.column, cell.columns, row > cell.row))
    return tuple(tuple(sorted(row, key=lambda one: one.column)) for row in rows)


def _with_text(table: Table, random: Random) -> Table:
    at = random.randrange(len(table.cells))
    text = random.choice((*TEXTS, *TITLES, ""))
    return replace(table, cells=tuple(replace(one, text=text) if at == i else one for i, one in enumerate(table.cells)))


def _swapped_rows(table: Table, random: Random) -> Table:
    one, other = random.randrange(table.rows), random.randrange(table.rows)
    if any(cell.rows > 1 and cell.row <= row < cell.row + cell.rows for cell in table.cells for row in (one, other)):
        return table
    places = {one: other, other: one}
    return replace(table, cells=tuple(replace(cell, row=places.get(cell.row, cell.row)) for cell in table.cells))


def _with_column(table: Table, random: Random) -> Table:
    """A column more at the right, with a title somewhere and texts below it."""
    begins = random.randrange(table.rows)
    texts = [random.choice(TITLES), *(random.choice((*TEXTS, "")) for _ in range(begins + 1, table.rows))]
    more = (Cell(row=begins + at, column=table.columns, rows=1, columns=1, text=text) for at, text in enumerate(texts))
    return replace(table, columns=table.columns + 1, cells=(*table.cells, *more))


def _unmerged(table: Table, random: Random) -> Table:
    """Merges undone, as some converters do: the text in the first cell or in each."""
    repeated = random.random() < 0.5
    cells = []
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            text = cell.text if row == cell.row or repeated else ""
            cells.append(replace(cell, row=row, rows=1, text=text))
    return replace(table, cells=tuple(cells))


def _without_row(table: Table, random: Random) -> Table:
    gone = random.randrange(table.rows)
    cells = tuple(cell for cell in table.cells if cell.row != gone or cell.rows > 1)
    return replace(table, cells=cells or table.cells)


def _with_row(table: Table, random: Random) -> Table:
    """A row more at the end: a cell over all, or one for each column."""
    if random.random() < 0.5:
        more = [Cell(row=table.rows, column=0, rows=1, columns=table.columns, text=random.choice(TEXTS))]
    else:
        more = [
            Cell(row=table.rows, column=at, rows=1, columns=1, text=random.choice((*TEXTS, *TITLES, "")))
            for at in range(table.columns)
        ]
    return replace(table, rows=table.rows + 1, cells=(*table.cells, *more))


_CHANGES: tuple[Callable[[Table, Random], Table], ...] = (
    _with_text, _with_text, _swapped_rows, _with_column, _unmerged, _without_row, _with_row,
)  # fmt: skip
