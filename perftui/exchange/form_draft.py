"""A form's definition drafted from an office's empty form: its labels, rows, columns and merges.

What could not be told is marked with 请核对 in the text, for a person to settle; nothing is guessed in silence.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from perftui.exchange.blank_table import BlankIndicators, BlankRows, Row, TablePart, height_of, parts_of
from perftui.exchange.importer.headers import header_of
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.source import SourceCell, SourceDocument, SourceTable
from perftui.exchange.importer.vocabulary import Vocabulary, vocabulary
from perftui.forms import GroupRole, Role, load_form
from perftui.forms.language import DEPARTMENT_SECTION, PROJECT_SECTION
from perftui.locale import _

_WORDS = "mof-2021"
"""The form whose words tell a header of indicators."""
_WIDTH = 156
_CHECK = "# 请核对："
_AMOUNT = re.compile(
    "(?:资金|金额|拨款|预算数?|总额|经费|收入|投资|合计|申[报请]数|(?:补助|财政|资金|预算|经费)安排数?)(?:[（(].*[）)])?$"
)
_MONEY = re.compile("资金|预算|经费|收入|支出|收支|金额|投资")
"""Words of a label beside several rows that says: all of them are amounts."""
_TOTAL = re.compile("总|合计|预算数?$")
_AMONG = re.compile(
    "^(?:[0-9]+、[^：:]{1,8}[：:])?(?:其中[：:]?)?(?:[（(][0-9一二三四五六七八九十]{1,2}[）)]|[0-9]+[、.．])?"
)
"""What stands before an amount's name: 其中：, （2）, 1、资金来源：（1）."""
_WHOLE = re.compile("(?:部门|单位）?)(?:整体|绩效)|整体支出")
"""A title of the department's table."""
_OF_UNIT = (("unit_code", re.compile("^(?:部门|单位|预算)+[（(]?(?:单位)?[）)]?(?:预算)?编码$")),
            ("unit_name", re.compile("^(?:预算|填报)?(?:部门|单位)(?:[（(]单位[）)])?名称$")))  # fmt: skip
"""Labels in the department's table of what every form has."""
_KINDS = (
    ("period", re.compile("周期|起止|期限|实施期|项目期")),
    ("date", re.compile("日期$")),
    ("longtext", re.compile("概况|概述|依据|必要性|可行性|说明|情况|意见|措施|内容|审批|职能")),
    ("percent", re.compile("率$|占比$|比例$")),
)
_NOTE = re.compile("[（(][^（()）]*[0-9][^（()）]*[）)]分?$")
_POINTS = re.compile("[（(]([0-9]+(?:\\.[0-9]+)?)分?[）)]分?")
_UNIT = re.compile("(?:单位[：:] *|[(（])(万?元)")
_YEAR = re.compile("^[（(] *(?:[0-9]{4}|X{2,4})? *年度 *[）)]$")
_TITLED = re.compile("[^，。；：:]{2,30}表")
_NO_AMOUNT = re.compile("说明|依据|备注|性质|科目|名称|编码|用途|方式")
_LEVELS = (Role.LEVEL1, Role.LEVEL2)


@dataclass(slots=True)
class _Draft:
    """The parts of the definition as they are found."""

    record: str
    """``department`` or ``project``: whose table it is."""

    head: list[str] = field(default_factory=list)
    amounts: list[list[tuple[str, str]]] = field(default_factory=list)
    """Key and label of each total with its parts."""
    columns: list[int] = field(default_factory=list)
    """Where on the page each total stands."""
    goals: list[tuple[str, str]] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    """The printed tables."""
    named: bool = False
    says_unit: bool = False
    """The unit's name or code stands in the table itself."""

    @property
    def alone(self) -> bool:
        """Is it the department's table?"""
        return self.record == DEPARTMENT_SECTION

    @property
    def table(self) -> str:
        """The key of its printed tables."""
        return "print.department_tables" if self.alone else "print.tables"

    @property
    def count(self) -> int:
        """The number of the next field."""
        return len(self.head) + sum(map(len, self.amounts)) + len(self.goals) + 1


def draft_form(content: SourceDocument, form_id: str) -> str:
    """The text of a definition. Raises ImportRefused where the document has no table."""
    words = vocabulary(_WORDS)
    above: list[str] = []
    for block in content.blocks:
        if not isinstance(block, SourceTable):
            above.append(" ".join(block.text.split()))
        elif len(block.rows) > 2 or any(header_of(words, row) for row in block.rows):
            return "\n".join(_lines(block, above, words, form_id))
        else:
            above += [" ".join(cell.text.split()) for row in block.rows for cell in row]
    raise ImportRefused(_("文件里没有表格，看不出是什么表样"))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# ---- the fixed rows


def _row(draft: _Draft, rows: Sequence[Row], number: int) -> str:
    cells, label, money = [], "", _in_money(rows, number)
    for cell in rows[number]:
        if cell.merged:
            continue
        text = " ".join(cell.text.split())
        span = f", span = {cell.span}" if cell.span > 1 else ""
        high = height_of(rows, number, cell)
        more = span + (f", rows = {high}" if high > 1 else "")
        if text:
            label = text
            cells.append(f"{{ label = {_quoted(text)}{more} }}")
        else:
            label = label or _above(rows, number, cell)
            cells.append(f"{{ {_filled(draft, label, cell.column, money=money)}{more} }}")
            label = ""
    return f"[[{draft.table}.rows]]\ncells = [" + ", ".join(cells) + "]\n"


def _in_money(rows: Sequence[Row], number: int) -> bool:
    """Does a row stand beside a label of several rows that says: these are amounts?"""
    at = next((one for one in range(number, -1, -1) if not rows[one][0].merged), number)
    first = rows[at][0]
    return height_of(rows, at, first) > 1 and bool(_MONEY.search(first.text))


def _above(rows: Sequence[Row], number: int, cell: SourceCell) -> str:
    """The label over a blank cell, in a row of labels alone."""
    over = rows[number - 1] if number else ()
    if not all(one.text.strip() or one.merged for one in over):
        return ""
    return next((" ".join(one.text.split()) for one in over if one.column == cell.column), "")


def _filled(draft: _Draft, label: str, column: int, *, money: bool) -> str:
    """What a blank cell holds, told by its label."""
    plain = _AMONG.sub("", label)
    if not label:
        return 'label = ""'
    if draft.alone and (key := next((key for key, words in _OF_UNIT if words.search(label)), "")):
        draft.says_unit = True
        return f'field = "{key}"'
    if "目标" in label:
        draft.goals.append((f"goal{draft.count}", label))
        return f'goals = "{draft.goals[-1][0]}", align = "left"'
    if _AMOUNT.search(label) or (money and not _NO_AMOUNT.search(label)):
        return f'field = "{_amount(draft, label, plain, column)}"'
    if not draft.named and label.endswith("名称"):
        draft.named = True
        draft.head.append(f'    {{ key = "name", label = {_quoted(label)}, role = "name", required = true }},')
        return 'field = "name"'
    kind = _kind(plain)
    key = f"field{draft.count}"
    mark = f"{_CHECK}填什么（kind、choices），要不要必填（required）"
    draft.head.append(f'    {{ key = "{key}", label = {_quoted(plain)}{kind} }},  {mark}')
    return f'field = "{key}"' + (', align = "left"' if "longtext" in kind else "")


def _kind(label: str) -> str:
    """The kind of a field as its label tells it, as it is written; "" for a text."""
    return next((f', kind = "{kind}"' for kind, words in _KINDS if words.search(label)), "")


def _amount(draft: _Draft, label: str, plain: str, column: int) -> str:
    """The path of an amount: a total begins a table of amounts, what is 其中 or no total is a part of the one above."""
    key = f"amount{draft.count}"
    if not draft.amounts or (plain == label and _TOTAL.search(label)):
        draft.amounts.append([])
        draft.columns.append(column)
    above = [number for number, one in enumerate(draft.columns) if one == column]
    number = above[-1] if above else len(draft.amounts) - 1
    draft.amounts[number].append((key, plain))
    return f"{_table_of(number + 1)}.{key}"


def _table_of(number: int) -> str:
    return f"money{number if number > 1 else ''}"


# ---- the whole text


def _lines(table: SourceTable, above: Sequence[str], words: Vocabulary, form_id: str) -> Iterator[str]:
    title = next((text for text in above if _TITLED.fullmatch(text)), form_id)
    draft = _Draft(DEPARTMENT_SECTION if _WHOLE.search(title) else PROJECT_SECTION)
    parts = parts_of(table, words)
    lists = [part for part in parts if isinstance(part, BlankIndicators)]
    _print_all(draft, parts, above, title)
    texts = [*above, *(cell.text for row in table.rows for cell in row)]
    unit = next((match[1] for text in texts if (match := _UNIT.search(text))), "")
    yield f"{_CHECK}这是照空表起草的，标着“请核对”的地方请改好，再用 perftui form check 检查。"
    yield f'\nid = "{form_id}"\ntitle = {_quoted(title)}  {_CHECK}人怎么叫这张表'
    yield f'amount_unit = "{unit or "万元"}"' + ("" if unit else f"  {_CHECK}元还是万元")
    yield (f"{_CHECK}看标题是部门（单位）的表，没有项目；有项目的，写 [project]" if draft.alone else "")
    yield ("[department]\nhead = [" if draft.alone else "[department]\nhead = []\n\n[project]\nhead = [")
    if not draft.alone and not draft.named:
        yield f'    {{ key = "name", label = "项目名称", role = "name", required = true }},  {_CHECK}没有看到项目名称'
    yield from draft.head
    yield "]\n"
    yield from _amounts(draft)
    yield from _groups(draft, parts)
    yield from _taxonomy(draft, lists)
    yield "[print]"
    if not draft.alone:
        yield f'title = "{{name}}绩效目标表"  {_CHECK}表上面的标题；要封面和目录的，写 cover 和 contents\n'
    yield from draft.tables


def _print_all(draft: _Draft, parts: Sequence[TablePart], above: Sequence[str], title: str) -> None:
    """The printed tables, each part one; those behind the first right under it, as on the paper."""
    lists = [part for part in parts if isinstance(part, BlankIndicators)]
    for part in parts:
        if isinstance(part, BlankIndicators):
            made = _listed(draft, part, lists)
        elif isinstance(part, BlankRows):
            made = _rows_table(draft, part)
        else:
            made = _fixed(draft, part, above, title)
        draft.tables += [_begin(draft), *made]


def _begin(draft: _Draft) -> str:
    return f"[[{draft.table}]]" + ("\nadjoins = true" if draft.tables else "")


def _rows_group(draft: _Draft, part: BlankRows) -> Iterator[str]:
    mark = "" if part.label else f"  {_CHECK}这一组叫什么"
    yield f'[[{draft.record}.groups]]\nkey = "{part.key}"\nlabel = {_quoted(part.label or "明细")}{mark}\nrole = "rows"'
    yield "columns = ["
    yield from (line for _key, line in _columns_of(part))
    yield "]\n"


def _columns_of(part: BlankRows) -> Iterator[tuple[str, str]]:
    """Key and line of each column."""
    for number, cell in enumerate(part.cells, 1):
        label = "".join(cell.text.split())
        kind = ', kind = "amount"' if _AMOUNT.search(label) else _kind(label)
        role = ', role = "name"' if number == 1 and not kind else ""
        key = f"column{number}"
        yield key, f'    {{ key = "{key}", label = {_quoted(label)}{kind}{role} }},  {_CHECK}填什么（kind）'


def _rows_table(draft: _Draft, part: BlankRows) -> Iterator[str]:
    widths = _shares([cell.span for cell in part.cells])
    yield f'widths = {widths}\ngroup = "{part.key}"'
    yield f"title = {_quoted(part.label)}" if part.label else ""
    yield f"columns = [{', '.join(_quoted(key) for key, _line in _columns_of(part))}]\n"


def _groups(draft: _Draft, parts: Sequence[TablePart]) -> Iterator[str]:
    """The groups in the order of the paper, the goals first."""
    for key, label in draft.goals:
        yield f'[[{draft.record}.groups]]\nkey = "{key}"\nlabel = {_quoted(label)}\nrole = "goals"\nsingle = true'
        yield f'columns = [{{ key = "text", label = {_quoted(label)}, kind = "longtext", role = "text" }}]\n'
    number = 0
    for part in parts:
        if isinstance(part, BlankRows):
            yield from _rows_group(draft, part)
        elif isinstance(part, BlankIndicators):
            yield from _indicator_group(draft, part, number)
            number += 1


def _indicator_group(draft: _Draft, part: BlankIndicators, number: int) -> Iterator[str]:
    label = _quoted(part.label or "绩效指标")
    mark = "" if part.label or not number else f"  {_CHECK}这一组指标叫什么"
    yield f'[[{draft.record}.groups]]\nkey = "{_group_of(number)}"\nlabel = {label}{mark}\nrole = "indicators"'
    yield "columns = ["
    yield from (line for _key, _width, line in _columns(part))
    yield "]\n"


def _group_of(number: int) -> str:
    return f"{GroupRole.INDICATORS}{number + 1 if number else ''}"


def _amounts(draft: _Draft) -> Iterator[str]:
    for number, ((key, label), *parts) in enumerate(draft.amounts, 1):
        yield f'[[{draft.record}.amounts]]\nkey = "{_table_of(number)}"\nlabel = {_quoted(label)}'
        inner = "".join(f'    {{ key = "{one}", label = {_quoted(name)} }},\n' for one, name in parts)
        more = f", parts = [\n{inner}]" if parts else ""
        yield f"{_CHECK}哪一项是合计，哪些是它的分项"
        yield f'total = {{ key = "{key}", label = {_quoted(label)}, required = true{more} }}\n'


def _columns(part: BlankIndicators) -> Iterator[tuple[str, int, str]]:
    """Key, width in grid columns and line of each column of a list."""
    header = part.header
    ends = (*header.starts[1:], header.width)
    for number in range(part.first, len(header.labels)):
        column, label = header.columns[number], " ".join(header.labels[number].split())
        role = column.role if column else None
        key = str(role) if role else f"column{number + 1}"
        kind = ', kind = "percent"' if role is Role.WEIGHT else ', kind = "choice"' if role in _LEVELS else ""
        sentence = f', role = "{role}"' if role else ""
        needed = ", required = true" if role in (*_LEVELS, Role.NAME, Role.VALUE, Role.WEIGHT) else ""
        mark = "" if role else f"  {_CHECK}这一列的作用（role）"
        said = _quoted(label or f"列{number + 1}")
        line = f'    {{ key = "{key}", label = {said}{kind}{sentence}{needed} }},{mark}'
        yield key, ends[number] - header.starts[number], line


def _taxonomy(draft: _Draft, lists: Sequence[BlankIndicators]) -> Iterator[str]:
    found: dict[str, dict[str, None]] = {}
    for part in lists:
        for name, classes in _classes(part).items():
            found.setdefault(name, {}).update(classes)
    if not found:
        found = {one.name: dict.fromkeys(one.classes) for one in load_form(_WORDS).project.taxonomy.categories}
        yield f"{_CHECK}空表里没有印一级、二级指标，这里是财政部表样的"
    name = "taxonomy" if not draft.alone else "department.taxonomy"
    yield f"[{name}]\nclosed = false  {_CHECK}不许用别的词的，写 true\ncategories = ["
    points: dict[str, str] = {}
    for whole, classes in found.items():
        note = _NOTE.search(whole)
        name = whole[: note.start()] if note else whole
        sentence = f", note = {_quoted(note[0])}" if note else ""
        yield f"    {{ name = {_quoted(name)}, classes = [{', '.join(map(_quoted, classes or (name,)))}]{sentence} }},"
        if note and (match := _POINTS.fullmatch(note[0])):
            points[name] = match[1]
    yield "]\n"
    if points and len(points) == len(found):
        yield f'[weights]\ntotals = ["{sum(map(float, points.values())):g}"]  {_CHECK}预算执行的分值写在 execution 里'
        yield f"categories = {{ {', '.join(f'{_quoted(name)} = {_quoted(one)}' for name, one in points.items())} }}\n"
    elif any(_NOTE.search(name) for name in found):
        yield f"{_CHECK}各行分值加起来是多少，写 [weights]\n"


def _classes(part: BlankIndicators) -> dict[str, dict[str, None]]:
    """The classes printed in the empty list, by category."""
    found: dict[str, dict[str, None]] = {}
    header, level1 = part.header, ""
    for row in part.rows:
        texts = {column.role: "".join(cell.text.split()) for cell in row
                 if (at := header.at(cell)) is not None and (column := header.columns[at]) and column.role in _LEVELS
                 and not cell.merged}  # fmt: skip
        level1 = texts.get(Role.LEVEL1) or level1
        if level1 and len(level1) <= 20:
            found.setdefault(level1, {})
            if class_name := texts.get(Role.LEVEL2):
                found[level1][class_name] = None
    return found


def _fixed(draft: _Draft, rows: Sequence[Row], above: Sequence[str], title: str) -> Iterator[str]:
    """A printed table of fixed rows; over the first one the year, the unit and the unit of the amounts."""
    columns = max(cell.column + cell.span for row in rows for cell in row)
    yield f"widths = {_shares([1] * columns)}  {_CHECK}各列宽度，毫米\n"
    lines = [_row(draft, rows, number) for number in range(len(rows))]
    if not draft.tables:
        yield from _over(draft, above, title, columns)
    yield from lines


def _over(draft: _Draft, above: Sequence[str], title: str, columns: int) -> Iterator[str]:
    """What stands over the table: the department's title, the year, the unit and the unit of the amounts."""
    begin = f"[[{draft.table}.rows]]\nborders = false\ncells = ["
    if draft.alone:
        yield f"{begin}{{ text = {_quoted(title)}, span = {columns} }}]\n"
    if any(_YEAR.search(text) for text in above):
        yield f'{begin}{{ text = "（{{year}}年度）", span = {columns} }}]\n'
    if draft.says_unit:
        yield f'{begin}{{ amount_unit = true, span = {columns}, align = "right" }}]\n'
    elif columns > 1:
        unit = f'{{ unit_line = true, span = {columns - 1}, align = "left" }}'
        yield f'{begin}{unit}, {{ amount_unit = true, align = "right" }}]\n'


def _listed(draft: _Draft, part: BlankIndicators, lists: Sequence[BlankIndicators]) -> Iterator[str]:
    number = lists.index(part)
    columns = [(key, width) for key, width, _line in _columns(part)]
    quoted = ", ".join(_quoted(key) for key, _width in columns)
    yield f'widths = {_shares([width for _key, width in columns])}\ngroup = "{_group_of(number)}"'
    if part.label or number:
        yield f"title = {_quoted(part.label or _group_of(number))}"
    merged = [str(one) for one in _LEVELS if any(key == one for key, _width in columns)]
    yield f"columns = [{quoted}]\nmerged = [{', '.join(map(_quoted, merged))}]\n"


def _shares(parts: Iterable[int]) -> str:
    """Widths in mm in proportion, as wide as the page together."""
    ends = list(accumulate(parts))
    stops = [0, *(round(_WIDTH * end / ends[-1]) for end in ends)]
    return "[" + ", ".join(str(max(1, stop - start)) for start, stop in pairwise(stops)) + "]"
