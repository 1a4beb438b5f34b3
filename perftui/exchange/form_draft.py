"""A form's definition drafted from an office's empty form: its labels, rows, columns and merges.

What could not be told is marked with 请核对 in the text, for a person to settle; nothing is guessed in silence.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from perftui.exchange.importer.headers import Header, header_of
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.source import SourceCell, SourceDocument, SourceTable
from perftui.exchange.importer.vocabulary import Vocabulary, vocabulary
from perftui.forms import Role, load_form
from perftui.locale import _

_WORDS = "mof-2021"
"""The form whose words tell a header of indicators."""
_WIDTH = 156
_CHECK = "# 请核对："
_AMOUNT = ("资金", "金额", "拨款", "预算数", "总额", "经费", "收入")
_LEVELS = (Role.LEVEL1, Role.LEVEL2)


@dataclass(slots=True)
class _Draft:
    """The parts of the definition as they are found."""

    head: list[str] = field(default_factory=list)
    amounts: list[tuple[str, str]] = field(default_factory=list)
    goals: list[tuple[str, str]] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    """The printed rows of the fixed table."""
    named: bool = False


def draft_form(content: SourceDocument, form_id: str) -> str:
    """The text of a definition. Raises ImportRefused where the document has no table."""
    words = vocabulary(_WORDS)
    for table in content.tables():
        at = next((at for at, row in enumerate(table.rows) if header_of(words, row)), None)
        if at is not None or len(table.rows) > 2:
            return _drafted(table, at, words, form_id)
    raise ImportRefused(_("文件里没有表格，看不出是什么表样"))


def _drafted(table: SourceTable, at: int | None, words: Vocabulary, form_id: str) -> str:
    draft = _Draft()
    fixed = table.rows if at is None else table.rows[:at]
    for number, row in enumerate(fixed):
        draft.rows.append(_row(draft, fixed, number, row))
    header = None if at is None else header_of(words, table.rows[at])
    listed = () if header is None or at is None else table.rows[at + 1 :]
    return "\n".join(_lines(draft, fixed, header, listed, form_id))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# ---- the fixed rows


def _row(draft: _Draft, rows: Sequence[Sequence[SourceCell]], number: int, row: Sequence[SourceCell]) -> str:
    cells, label = [], ""
    for cell in row:
        if cell.merged:
            continue
        text = " ".join(cell.text.split())
        span = f", span = {cell.span}" if cell.span > 1 else ""
        high = _height(rows, number, cell)
        more = span + (f", rows = {high}" if high > 1 else "")
        if text:
            label = text
            cells.append(f"{{ label = {_quoted(text)}{more} }}")
        else:
            label = label or _above(rows, number, cell)
            cells.append(f"{{ {_filled(draft, label)}{more} }}")
            label = ""
    return "cells = [" + ", ".join(cells) + "]"


def _height(rows: Sequence[Sequence[SourceCell]], number: int, cell: SourceCell) -> int:
    """How many rows a cell covers."""
    high = 1
    for row in rows[number + 1 :]:
        if not any(other.merged and other.column == cell.column for other in row):
            break
        high += 1
    return high


def _above(rows: Sequence[Sequence[SourceCell]], number: int, cell: SourceCell) -> str:
    """The label over a blank cell."""
    over = rows[number - 1] if number else ()
    return next((" ".join(one.text.split()) for one in over if one.column == cell.column), "")


def _filled(draft: _Draft, label: str) -> str:
    """What a blank cell holds, told by its label."""
    if not label:
        return 'label = ""'
    count = len(draft.head) + len(draft.amounts) + len(draft.goals) + 1
    if "目标" in label:
        draft.goals.append((f"goal{count}", label))
        return f'goals = "goal{count}", align = "left"'
    if any(word in label for word in _AMOUNT):
        draft.amounts.append((f"amount{count}", label.removeprefix("其中：").removeprefix("其中:")))
        return f'field = "funds.amount{count}"'
    if not draft.named and label.endswith("名称"):
        draft.named = True
        draft.head.append(f'    {{ key = "name", label = {_quoted(label)}, role = "name", required = true }},')
        return 'field = "name"'
    draft.head.append(f'    {{ key = "field{count}", label = {_quoted(label)} }},  {_CHECK}填什么（kind），要不要必填')
    return f'field = "field{count}"'


# ---- the whole text


def _lines(
    draft: _Draft, fixed: Sequence[Sequence[SourceCell]], header: Header | None,
    listed: Sequence[Sequence[SourceCell]], form_id: str,
) -> Iterator[str]:  # fmt: skip
    yield f"{_CHECK}这是照空表起草的，标着“请核对”的地方请改好，再用 perftui form check 检查。"
    yield f'\nid = "{form_id}"\ntitle = {_quoted(form_id)}  {_CHECK}人怎么叫这张表'
    yield f'amount_unit = "万元"  {_CHECK}元还是万元\n\n[department]\nhead = []\n\n[project]\nhead = ['
    if not draft.named:
        yield f'    {{ key = "name", label = "项目名称", role = "name", required = true }},  {_CHECK}没有看到项目名称'
    yield from draft.head
    yield "]\n"
    yield from _amounts(draft)
    for key, label in draft.goals:
        yield f'[[project.groups]]\nkey = "{key}"\nlabel = {_quoted(label)}\nrole = "goals"\nsingle = true'
        yield f'columns = [{{ key = "text", label = {_quoted(label)}, kind = "longtext", role = "text" }}]\n'
    columns = [] if header is None else list(_columns(header))
    if columns:
        yield '[[project.groups]]\nkey = "indicators"\nlabel = "绩效指标"\nrole = "indicators"\ncolumns = ['
        yield from (line for _key, _span, line in columns)
        yield "]\n"
    yield from _taxonomy(header, listed)
    yield from _print(draft, fixed, header, [key for key, _span, _line in columns])


def _amounts(draft: _Draft) -> Iterator[str]:
    if not draft.amounts:
        return
    (key, label), *parts = draft.amounts
    yield f'[[project.amounts]]\nkey = "funds"\nlabel = "资金"  {_CHECK}哪一项是合计，哪些是它的分项'
    inner = ", ".join(f'{{ key = "{one}", label = {_quoted(name)} }}' for one, name in parts)
    more = f", parts = [{inner}]" if parts else ""
    yield f'total = {{ key = "{key}", label = {_quoted(label)}, required = true{more} }}\n'


def _columns(header: Header) -> Iterator[tuple[str, int, str]]:
    """Key, index and line of each column of the list."""
    for number, (label, column) in enumerate(zip(header.labels, header.columns, strict=True)):
        role = column.role if column else None
        key = str(role) if role else f"column{number + 1}"
        kind = ', kind = "percent"' if role is Role.WEIGHT else ""
        told = f', role = "{role}"' if role else ""
        mark = "" if role else f"  {_CHECK}这一列的作用（role）"
        said = _quoted(" ".join(label.split()) or f"列{number + 1}")
        yield key, number, f'    {{ key = "{key}", label = {said}{kind}{told} }},{mark}'


def _taxonomy(header: Header | None, listed: Sequence[Sequence[SourceCell]]) -> Iterator[str]:
    found = {} if header is None else _classes(header, listed)
    if not found:
        found = {one.name: dict.fromkeys(one.classes) for one in load_form(_WORDS).taxonomy.categories}
        yield f"{_CHECK}空表里没有印一级、二级指标，这里是财政部表样的"
    yield "[taxonomy]\nclosed = false\ncategories = ["
    for name, classes in found.items():
        yield f"    {{ name = {_quoted(name)}, classes = [{', '.join(map(_quoted, classes or (name,)))}] }},"
    yield "]\n"


def _classes(header: Header, listed: Sequence[Sequence[SourceCell]]) -> dict[str, dict[str, None]]:
    """The classes printed in the empty list, by category."""
    found: dict[str, dict[str, None]] = {}
    level1 = ""
    for row in listed:
        texts = {column.role: "".join(cell.text.split()) for cell in row
                 if (at := header.at(cell)) is not None and (column := header.columns[at]) and column.role in _LEVELS
                 and not cell.merged}  # fmt: skip
        level1 = texts.get(Role.LEVEL1) or level1
        if level1 and len(level1) <= 20:
            found.setdefault(level1, {})
            if class_name := texts.get(Role.LEVEL2):
                found[level1][class_name] = None
    return found


def _print(
    draft: _Draft, fixed: Sequence[Sequence[SourceCell]], header: Header | None, keys: Sequence[str]
) -> Iterator[str]:
    yield f'[print]\ntitle = "{{name}}绩效目标表"  {_CHECK}表上面的标题；要封面和目录的，写 cover 和 contents\n'
    if fixed:
        columns = max(cell.column + cell.span for row in fixed for cell in row)
        yield f"[[print.tables]]\nwidths = {_shares([1] * columns)}  {_CHECK}各列宽度，毫米\n"
        for row in draft.rows:
            yield f"[[print.tables.rows]]\n{row}\n"
    if header is not None:
        spans = [after - start for start, after in zip(header.starts, (*header.starts[1:], header.width), strict=True)]
        quoted = ", ".join(map(_quoted, keys))
        yield f'[[print.tables]]\nwidths = {_shares(spans)}\ngroup = "indicators"\ncolumns = [{quoted}]'
        merged = [key for key in _LEVELS if key in keys]
        yield f"merged = [{', '.join(map(_quoted, merged))}]\n"


def _shares(parts: Sequence[int]) -> str:
    whole = sum(parts)
    return "[" + ", ".join(str(max(1, _WIDTH * part // whole)) for part in parts) + "]"
