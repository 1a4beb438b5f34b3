"""The fixed rows of an office's empty table drafted: which field each blank cell is, told by its label."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from perftui.exchange.blank_cell import BlankCell, blank_cell
from perftui.exchange.blank_table import Row, height_of
from perftui.exchange.importer.source import SourceCell
from perftui.forms.language import DEPARTMENT_SECTION
from perftui.locale import _

LIMIT = re.compile("[（(][^（()）]*?([0-9]{2,4})字[^（()）]*[）)]$")
_EXAMPLE = re.compile("[（(]如[^（()）]*[）)]$")
_LONG = 60
"""From so many characters on a field is a long text."""
_NOTHING, _A_DATE = BlankCell(), BlankCell(kind="date")
_UNTIL = ("到", "至", "—", "-", "--")
"""Labels between two dates."""
AMOUNT = re.compile(
    "(?:资金|金额|拨款|预算数?|总额|经费|收入|投资|合计|申[报请]数|(?:补助|财政|资金|预算|经费)安排数?)(?:[（(].*[）)])?$"
)
_MONEY = re.compile("资金|预算|经费|收入|支出|收支|金额|投资")
"""Words of a label beside several rows that says: all of them are amounts."""
_TOTAL = re.compile("总|合计|预算数?$")
_AMONG = re.compile(
    "^(?:[0-9]+、[^：:]{1,8}[：:])?(?:其中[：:]?)?(?:[（(][0-9一二三四五六七八九十]{1,2}[）)]|[0-9]+[、.．])?"
)
"""What stands before an amount's name: 其中：, （2）, 1、资金来源：（1）."""
_OF_UNIT = (("unit_code", re.compile("^(?:部门|单位|预算)+[（(]?(?:单位)?[）)]?(?:预算)?编码$")),
            ("unit_name", re.compile("^(?:预算|填报)?(?:部门|单位)(?:[（(]单位[）)])?名称$")))  # fmt: skip
"""Labels in the department's table of what every form has."""
_KINDS = (
    ("period", re.compile("周期|起止|期限|实施期|项目期")),
    ("date", re.compile("日期$")),
    ("longtext", re.compile("概况|概述|依据|必要性|可行性|说明|情况|意见|措施|内容|审批|职能")),
    ("percent", re.compile("率$|占比$|比例$")),
)
_NO_AMOUNT = re.compile("说明|依据|备注|性质|科目|名称|编码|用途|方式")


@dataclass(slots=True)
class Draft:
    """The parts of the definition as they are found."""

    record: str
    """``department`` or ``project``: whose table it is."""

    head: list[str] = field(default_factory=list)
    amounts: list[list[tuple[str, str]]] = field(default_factory=list)
    """Key and label of each total with its parts."""
    columns: list[int] = field(default_factory=list)
    """Where on the page each total stands."""
    goals: list[tuple[str, str, bool]] = field(default_factory=list)
    """Key, label, and whether the paper numbers them."""
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


def quoted(text: str) -> str:
    """A text as a definition writes it."""
    return json.dumps(text, ensure_ascii=False)


def check_mark(sentence: str) -> str:
    """The comment that asks a person to look."""
    return _("# 请核对：{what}").format(what=sentence)


def drafted_row(draft: Draft, rows: Sequence[Row], number: int) -> str:
    """The printed row of one of the table's; the fields of its blank cells are noted in the draft."""
    cells, label, begun, money = [], "", "", _in_money(rows, number)
    own = [cell for cell in rows[number] if not cell.merged]
    for cell, after in zip(own, [*own[1:], None], strict=True):
        text, blank = " ".join(cell.text.split()), blank_cell(cell.text)
        named = label or _above(rows, number, cell)
        span = f", span = {cell.span}" if cell.span > 1 else ""
        high = height_of(rows, number, cell)
        more = span + (f", rows = {high}" if high > 1 else "")
        if blank is None or (text and not named):
            label, begun = (begun, "") if begun and text in _UNTIL else (text, "")
            cells.append(f"{{ label = {quoted(text)}{more} }}")
            continue
        if after is not None and after.text.strip() in _UNTIL:
            begun, named, blank = f"{_plain(named)}（止）", f"{_plain(named)}（起）", _A_DATE
        blank = _A_DATE if named.endswith("（止）") else blank
        cells.append(f"{{ {_filled(draft, named, cell.column, blank, money=money)}{more} }}")
        label = ""
    return f"[[{draft.table}.rows]]\ncells = [" + ", ".join(cells) + "]\n"


def _plain(label: str) -> str:
    """A label without what only leads to it or explains it: 其中：, （450字内）, （如20190101）, a colon."""
    return _EXAMPLE.sub("", LIMIT.sub("", _AMONG.sub("", label).rstrip("：: "))).rstrip("：: ")


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


def _filled(draft: Draft, label: str, column: int, blank: BlankCell, *, money: bool) -> str:
    """What a blank cell holds, told by its label and by what stands in it."""
    plain = _plain(label)
    if not label:
        return 'label = ""'
    if draft.alone and (key := next((key for key, words in _OF_UNIT if words.search(label)), "")):
        draft.says_unit = True
        return f'field = "{key}"'
    if blank.is_goals or "目标" in label:
        draft.goals.append((f"goal{draft.count}", plain, blank.is_goals))
        return f'goals = "{draft.goals[-1][0]}", align = "left"'
    if not blank.kind and (AMOUNT.search(plain) or (money and not _NO_AMOUNT.search(label))):
        return f'field = "{_amount(draft, label, plain, column)}"'
    if not draft.named and plain.endswith("名称"):
        draft.named = True
        draft.head.append(f'    {{ key = "name", label = {quoted(plain)}, role = "name", required = true }},')
        return 'field = "name"'
    kind = kind_of(label, blank)
    key = f"field{draft.count}"
    mark = check_mark(_("填什么（kind、choices），要不要必填（required）"))
    draft.head.append(f'    {{ key = "{key}", label = {quoted(plain)}{kind} }},  {mark}')
    return f'field = "{key}"' + (', align = "left"' if "longtext" in kind else "")


def kind_of(label: str, blank: BlankCell = _NOTHING) -> str:
    """The kind of a field as its cell and its label tell it, its choices and its limit; "" for a text."""
    most = LIMIT.search(label.rstrip("：: "))
    told = next((kind for kind, words in _KINDS if words.search(_plain(label))), "")
    kind = blank.kind or ("longtext" if most and int(most[1]) >= _LONG else told)
    choices = f", choices = [{', '.join(map(quoted, blank.choices))}]" if blank.choices else ""
    return (f', kind = "{kind}"' if kind else "") + choices + (f", limit = {most[1]}" if most else "")


def _amount(draft: Draft, label: str, plain: str, column: int) -> str:
    """The path of an amount: a total begins a table of amounts, what is 其中 or no total is a part of the one above."""
    key = f"amount{draft.count}"
    if not draft.amounts or (_AMONG.sub("", label) == label and _TOTAL.search(plain)):
        draft.amounts.append([])
        draft.columns.append(column)
    above = [number for number, one in enumerate(draft.columns) if one == column]
    number = above[-1] if above else len(draft.amounts) - 1
    draft.amounts[number].append((key, plain))
    return f"{table_of(number + 1)}.{key}"


def table_of(number: int) -> str:
    """The key of a table of amounts, the first one having the number 1."""
    return f"money{number if number > 1 else ''}"
