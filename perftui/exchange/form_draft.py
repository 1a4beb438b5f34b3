"""A form's definition drafted from an office's empty form: its labels, rows, columns and merges.

What could not be told is marked with 请核对 in the text, for a person to settle; nothing is guessed in silence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from perftui.exchange.blank_cell import blank_cell
from perftui.exchange.blank_table import BlankIndicators, BlankRows, Row, TablePart, parts_of
from perftui.exchange.drafted_rows import AMOUNT, LIMIT, Draft, check_mark, drafted_row, kind_of, quoted, table_of
from perftui.exchange.importer.headers import header_of
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.source import SourceDocument, SourceTable
from perftui.exchange.importer.vocabulary import Vocabulary, vocabulary
from perftui.forms import GroupRole, Role, load_form
from perftui.forms.language import DEPARTMENT_SECTION, PROJECT_SECTION
from perftui.locale import _

_WORDS = "mof-2021"
"""The form whose words tell a header of indicators."""
_WIDTH = 156
_FEW = 10
"""So many characters of a printed text are told."""
_WHOLE = re.compile("(?:部门|单位）?)(?:整体|绩效)|整体支出")
"""A title of the department's table."""
_NOTE = re.compile("[（(][^（()）]*[0-9][^（()）]*[）)]分?$")
_FIGURE = re.compile("[0-9]{1,3}(?:\\.[0-9]{1,2})?")
_POINTS = re.compile("[（(]([0-9]+(?:\\.[0-9]+)?)分?[）)]分?")
_UNIT = re.compile("(?:单位[：:] *|[(（])(万?元)")
_YEAR = re.compile("^[（(] *(?:[0-9]{4}|X{2,4})? *年度 *[）)]$")
_TITLED = re.compile("[^，。；：:]{2,30}表")
_LEVELS = (Role.LEVEL1, Role.LEVEL2)


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


def _lines(table: SourceTable, above: Sequence[str], words: Vocabulary, form_id: str) -> Iterator[str]:
    title = next((text for text in above if _TITLED.fullmatch(text)), form_id)
    draft = Draft(DEPARTMENT_SECTION if _WHOLE.search(title) else PROJECT_SECTION)
    parts = parts_of(table, words)
    lists = [part for part in parts if isinstance(part, BlankIndicators)]
    _print_all(draft, parts, above, title)
    texts = [*above, *(cell.text for row in table.rows for cell in row)]
    unit = next((match[1] for text in texts if (match := _UNIT.search(text))), "")
    yield check_mark(_("这是照空表起草的，标着“请核对”的地方请改好，再用 perftui form check 检查。"))
    yield f'\nid = "{form_id}"\ntitle = {quoted(title)}  {check_mark(_("人怎么叫这张表"))}'
    yield f'amount_unit = "{unit or "万元"}"' + ("\n" if unit else f"  {check_mark(_('元还是万元'))}\n")
    yield from _head(draft)
    yield from _amounts(draft)
    yield from _groups(draft, parts)
    yield from _taxonomy(draft, lists)
    yield "[print]"
    if not draft.alone:
        above_table = "绩效目标表" if title == form_id else title
        mark = check_mark(_("表上面的标题；要封面和目录的，写 cover 和 contents"))
        yield f"title = {quoted('{name}' + above_table)}  {mark}\n"
    yield from draft.tables


def _head(draft: Draft) -> Iterator[str]:
    """The fields that stand alone."""
    if draft.alone:
        yield check_mark(_("看标题是部门（单位）的表，没有项目；有项目的，写 [project]"))
    yield "[department]" if draft.alone else "[department]\nhead = []\n\n[project]"
    lines = draft.head
    if not draft.alone and not draft.named:
        mark = check_mark(_("没有看到项目名称"))
        lines = [f'    {{ key = "name", label = "项目名称", role = "name", required = true }},  {mark}', *lines]
    yield "\n".join(("head = [", *lines, "]\n")) if lines else "head = []\n"


def _print_all(draft: Draft, parts: Sequence[TablePart], above: Sequence[str], title: str) -> None:
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


def _begin(draft: Draft) -> str:
    return f"[[{draft.table}]]" + ("\nadjoins = true" if draft.tables else "")


def _rows_group(draft: Draft, part: BlankRows) -> Iterator[str]:
    mark = "" if part.label else f"  {check_mark(_('这一组叫什么'))}"
    yield f'[[{draft.record}.groups]]\nkey = "{part.key}"\nlabel = {quoted(part.label or "明细")}{mark}\nrole = "rows"'
    yield "columns = ["
    yield from (line for _key, line in _columns_of(part))
    yield "]\n"


def _columns_of(part: BlankRows) -> Iterator[tuple[str, str]]:
    """Key and line of each column."""
    for number, cell in enumerate(part.cells, 1):
        label = "".join(cell.text.split())
        kind = ', kind = "amount"' if AMOUNT.search(label) else kind_of(label)
        role = ', role = "name"' if number == 1 and "kind" not in kind else ""
        key = f"column{number}"
        yield key, f'    {{ key = "{key}", label = {quoted(label)}{kind}{role} }},  {check_mark(_("填什么（kind）"))}'


def _rows_table(draft: Draft, part: BlankRows) -> Iterator[str]:
    widths = _shares([cell.span for cell in part.cells])
    yield f'widths = {widths}\ngroup = "{part.key}"'
    yield f"title = {quoted(part.label)}" if part.label else ""
    yield f"columns = [{', '.join(quoted(key) for key, _line in _columns_of(part))}]\n"


def _groups(draft: Draft, parts: Sequence[TablePart]) -> Iterator[str]:
    """The groups in the order of the paper, the goals first."""
    for key, label, numbered in draft.goals:
        single = check_mark(_("一条一条的；是一段话的，写 single = true")) if numbered else "single = true"
        yield f'[[{draft.record}.groups]]\nkey = "{key}"\nlabel = {quoted(label)}\nrole = "goals"\n{single}'
        yield f'columns = [{{ key = "text", label = {quoted(label)}, kind = "longtext", role = "text" }}]\n'
    number = 0
    for part in parts:
        if isinstance(part, BlankRows):
            yield from _rows_group(draft, part)
        elif isinstance(part, BlankIndicators):
            yield from _indicator_group(draft, part, number)
            number += 1


def _indicator_group(draft: Draft, part: BlankIndicators, number: int) -> Iterator[str]:
    label = quoted(part.label or "绩效指标")
    mark = "" if part.label or not number else f"  {check_mark(_('这一组指标叫什么'))}"
    yield f'[[{draft.record}.groups]]\nkey = "{_group_of(number)}"\nlabel = {label}{mark}\nrole = "indicators"'
    if printed := _printed_already(part):
        yield check_mark(_("空表里印着的内容没有放进来，在文本里填：{texts}").format(texts=printed))
    yield "columns = ["
    yield from (line for _key, _width, line in _columns(part))
    yield "]\n"


def _group_of(number: int) -> str:
    return f"{GroupRole.INDICATORS}{number + 1 if number else ''}"


def _amounts(draft: Draft) -> Iterator[str]:
    for number, ((key, label), *parts) in enumerate(draft.amounts, 1):
        yield f'[[{draft.record}.amounts]]\nkey = "{table_of(number)}"\nlabel = {quoted(label)}'
        inner = "".join(f'    {{ key = "{one}", label = {quoted(name)} }},\n' for one, name in parts)
        more = f", parts = [\n{inner}]" if parts else ""
        yield check_mark(_("哪一项是合计，哪些是它的分项"))
        yield f'total = {{ key = "{key}", label = {quoted(label)}, required = true{more} }}\n'


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
        mark = "" if role else f"  {check_mark(_('这一列的作用（role）'))}"
        said, most = quoted(label or f"列{number + 1}"), LIMIT.search(label)
        limit = f", limit = {most[1]}" if most else ""
        line = f'    {{ key = "{key}", label = {said}{kind}{sentence}{needed}{limit} }},{mark}'
        yield key, ends[number] - header.starts[number], line


def _taxonomy(draft: Draft, lists: Sequence[BlankIndicators]) -> Iterator[str]:
    found: dict[str, dict[str, None]] = {}
    for part in lists:
        for name, classes in _classes(part).items():
            found.setdefault(name, {}).update(classes)
    if not found:
        found = {one.name: dict.fromkeys(one.classes) for one in load_form(_WORDS).project.taxonomy.categories}
        yield check_mark(_("空表里没有印一级、二级指标，这里是财政部表样的"))
    name = "taxonomy" if not draft.alone else "department.taxonomy"
    yield f"[{name}]\nclosed = false  {check_mark(_('不许用别的词的，写 true'))}\ncategories = ["
    points: dict[str, str] = {}
    for whole, classes in found.items():
        note = _NOTE.search(whole)
        name = whole[: note.start()] if note else whole
        sentence = f", note = {quoted(note[0])}" if note else ""
        yield f"    {{ name = {quoted(name)}, classes = [{', '.join(map(quoted, classes or (name,)))}]{sentence} }},"
        if note and (match := _POINTS.fullmatch(note[0])):
            points[name] = match[1]
    yield "]\n"
    points = points or _points(lists)
    if points and len(points) == len(found):
        mark = check_mark(_("预算执行的分值写在 execution 里"))
        yield f'[weights]\ntotals = ["{sum(map(float, points.values())):g}"]  {mark}'
        yield f"categories = {{ {', '.join(f'{quoted(name)} = {quoted(one)}' for name, one in points.items())} }}\n"
    elif any(_NOTE.search(name) for name in found):
        yield check_mark(_("各行分值加起来是多少，写 [weights]")) + "\n"


def _points(lists: Sequence[BlankIndicators]) -> dict[str, str]:
    """The points printed in the rows of the only list, added up for each category; {} where a row has none."""
    found: dict[str, Decimal] = {}
    level1 = ""
    for row in lists[0].rows if len(lists) == 1 else ():
        texts = _texts(lists[0], row)
        level1 = texts.get(Role.LEVEL1) or level1
        if not _FIGURE.fullmatch(texts.get(Role.WEIGHT, "")):
            return {}
        found[level1] = found.get(level1, Decimal(0)) + Decimal(texts[Role.WEIGHT])
    return {name: f"{points:f}" for name, points in found.items()}


def _printed_already(part: BlankIndicators) -> str:
    """The beginning of the texts that stand in the empty list besides its levels and points."""
    texts = [text for row in part.rows for role, text in _texts(part, row).items()
             if role not in (*_LEVELS, Role.WEIGHT) and blank_cell(text) is None and len(text) > 1]  # fmt: skip
    return "、".join(text[:_FEW] for text in texts[:3]) + ("……" if texts else "")


def _texts(part: BlankIndicators, row: Row) -> dict[Role | None, str]:
    """What a row of a list has, by what its columns mean."""
    return {column.role: "".join(cell.text.split()) for cell in row
            if (at := part.header.at(cell)) is not None and (column := part.header.columns[at])
            and not cell.merged}  # fmt: skip


def _classes(part: BlankIndicators) -> dict[str, dict[str, None]]:
    """The classes printed in the empty list, by category."""
    found: dict[str, dict[str, None]] = {}
    level1 = ""
    for row in part.rows:
        texts = _texts(part, row)
        level1 = texts.get(Role.LEVEL1) or level1
        if level1 and len(level1) <= 20:
            found.setdefault(level1, {})
            if class_name := texts.get(Role.LEVEL2):
                found[level1][class_name] = None
    return found


def _fixed(draft: Draft, rows: Sequence[Row], above: Sequence[str], title: str) -> Iterator[str]:
    """A printed table of fixed rows; over the first one the year, the unit and the unit of the amounts."""
    columns = max(cell.column + cell.span for row in rows for cell in row)
    yield f"widths = {_shares([1] * columns)}  {check_mark(_('各列宽度，毫米'))}\n"
    lines = [drafted_row(draft, rows, number) for number in range(len(rows))]
    if not draft.tables:
        yield from _over(draft, above, title, columns)
    yield from lines


def _over(draft: Draft, above: Sequence[str], title: str, columns: int) -> Iterator[str]:
    """What stands over the table: the department's title, the year, the unit and the unit of the amounts."""
    begin = f"[[{draft.table}.rows]]\nborders = false\ncells = ["
    if draft.alone:
        yield f"{begin}{{ text = {quoted(title)}, span = {columns} }}]\n"
    if any(_YEAR.search(text) for text in above):
        yield f'{begin}{{ text = "（{{year}}年度）", span = {columns} }}]\n'
    if draft.says_unit:
        yield f'{begin}{{ amount_unit = true, span = {columns}, align = "right" }}]\n'
    elif columns > 1:
        unit = f'{{ unit_line = true, span = {columns - 1}, align = "left" }}'
        yield f'{begin}{unit}, {{ amount_unit = true, align = "right" }}]\n'


def _listed(draft: Draft, part: BlankIndicators, lists: Sequence[BlankIndicators]) -> Iterator[str]:
    number = lists.index(part)
    columns = [(key, width) for key, width, _line in _columns(part)]
    keys = ", ".join(quoted(key) for key, _width in columns)
    yield f'widths = {_shares([width for _key, width in columns])}\ngroup = "{_group_of(number)}"'
    if part.label or number:
        yield f"title = {quoted(part.label or _group_of(number))}"
    merged = [str(one) for one in _LEVELS if any(key == one for key, _width in columns)]
    yield f"columns = [{keys}]\nmerged = [{', '.join(map(quoted, merged))}]\n"


def _shares(parts: Iterable[int]) -> str:
    """Widths in mm in proportion, as wide as the page together."""
    ends = list(accumulate(parts))
    stops = [0, *(round(_WIDTH * end / ends[-1]) for end in ends)]
    return "[" + ", ".join(str(max(1, stop - start)) for start, stop in pairwise(stops)) + "]"
