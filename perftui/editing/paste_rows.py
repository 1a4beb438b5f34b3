"""A block pasted into a project's rows: its indicators or goals."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from perftui.editing.paste import (
    Block,
    ColumnHeading,
    FormWords,
    PasteBuilder,
    PastePlan,
    row_name,
    without_blank_rows,
    worth_telling,
)
from perftui.editing.record_builder import RecordBuilder, index_for_class
from perftui.editing.rows import is_untouched
from perftui.forms import Form, Group, GroupRole, Role
from perftui.model.frozen import frozen
from perftui.model.record import Record, Row
from perftui.model.values import ValueKind, parse_value

_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_ENDING = "指标"
_VALUES = (ValueKind.QUANTITY, ValueKind.PERCENT, ValueKind.MONEY, ValueKind.DATE, ValueKind.PERIOD)


@frozen
class RowTarget:
    """A row as the sheet shows it."""

    row_id: str
    values: Mapping[str, str] = field(default_factory=dict)
    """What it begins with, where it is not stored yet."""


@frozen
class _Table:
    """A block whose columns are known."""

    headings: Sequence[ColumnHeading | None]
    rows: list[list[str]]
    has_header: bool = False
    filled: int = 0
    titles: Sequence[str] = ()
    """Over the columns; none where there is no header."""

    def texts(self, row: Sequence[str]) -> dict[str, str]:
        """The texts of a row by the form's columns; sign and unit join the value where the form has no such columns."""
        found = {one.key: text.strip() for one, text in self._pairs(row) if one.key and text.strip()}
        value = next((one.key for one, _text in self._pairs(row) if one.role is Role.VALUE), "")
        beside = {one.role: text.strip() for one, text in self._pairs(row) if not one.key and one.role}
        if found.get(value):
            unit = beside.get(Role.UNIT, "")
            whole = found[value]
            found[value] = beside.get(Role.SIGN, "") + whole + ("" if whole.endswith(unit) else unit)
        return found

    @property
    def unused(self) -> list[str]:
        """The titles of the columns for which the form has none, where anything stands in them."""
        return [
            title.strip()
            for at, (title, one) in enumerate(zip(self.titles, self.headings, strict=False))
            if title.strip() and self._is_lost(one) and worth_telling(row[at] for row in self.rows)
        ]

    @staticmethod
    def _is_lost(one: ColumnHeading | None) -> bool:
        return one is None or (not one.key and one.role not in (Role.SIGN, Role.UNIT))

    def lost(self, row: Sequence[str]) -> list[str]:
        """The texts of a row for which the form has no column."""
        return worth_telling(text for one, text in zip(self.headings, row, strict=False) if self._is_lost(one))

    def _pairs(self, row: Sequence[str]) -> list[tuple[ColumnHeading, str]]:
        return [(one, text) for one, text in zip(self.headings, row, strict=False) if one is not None]


def plan_rows(
    form: Form, file: str, record: Record, group: Group, targets: Sequence[RowTarget], at: tuple[int, int],
    block: Block, labels: FormWords, unit: str, *, matched: bool = True,
) -> PastePlan:  # fmt: skip
    """Plan a block pasted at a row (an index of ``targets``) and a column (an index of the group's).

    ``matched``: columns go by header and class names, wherever the cursor stands, and a blank cell leaves what is
    there; else every cell goes where it falls, blank ones too.
    """
    builder = PasteBuilder(form=form, spec=form.project, draft=RecordBuilder(file, record), unit=unit)
    table = _table(form, group, block, labels) if matched else None
    if table is not None and group.role is GroupRole.INDICATORS:
        _by_class(builder, group, table) if _has_class(group, table) else _in_turn(
            builder, group, table, targets, at[0]
        )
        builder.unused += table.unused
        return builder.plan(has_header=table.has_header, filled=table.filled)
    keys = [column.key for column in group.columns]
    headings = [ColumnHeading(role=None, key=key) for key in keys[at[1] :]]
    rows = [list(row) for row in block] if not matched else without_blank_rows(block)
    _in_turn(builder, group, _Table(headings=headings, rows=rows), targets, at[0], blanks=not matched)
    for row in rows:
        builder.outside += worth_telling(row[len(headings) :])
    return builder.plan()


def plan_texts(form: Form, file: str, record: Record, group: Group, rows: Sequence[Mapping[str, str]]) -> PastePlan:
    """Plan rows whose texts are known to be their columns': each to the row of its class and name, or a new one."""
    builder = PasteBuilder(form=form, spec=form.project, draft=RecordBuilder(file, record), unit="元")
    headings = [ColumnHeading(role=one.role, key=one.key) for one in group.columns]
    texts = [[row.get(one.key, "") for one in group.columns] for row in rows]
    table = _Table(headings=headings, rows=texts)
    if any(row.get(group.key_of(Role.LEVEL2)) for row in rows):
        _by_class(builder, group, table)
    else:
        _in_turn(builder, group, table, (), len(record.rows(group.key)))
    return builder.plan()


def brings_columns(form: Form, group: Group, block: Block, labels: FormWords) -> bool:
    """Does a block say itself which column is which?"""
    return _table(form, group, block, labels) is not None


# ---- which column is which


def _table(form: Form, group: Group, block: Block, labels: FormWords) -> _Table | None:
    rows = without_blank_rows(block)
    headings = header_of(rows[0], labels) if rows else None
    if headings is not None:
        first = rows[0]
        body = [row for row in rows[1:] if row != first]
        return _filled_down(form, group, _Table(headings=headings, rows=body, has_header=True, titles=first))
    found = _by_words(form, group, rows)
    return None if found is None else _filled_down(form, group, _Table(headings=found, rows=rows))


def header_of(row: Sequence[str], labels: FormWords) -> Sequence[ColumnHeading | None] | None:
    """What a header row's cells announce; ``None`` where the row is none: two known words, and hardly another."""
    headings = labels.columns(row)
    known = sum(one is not None for one in headings)
    others = len(worth_telling(text for one, text in zip(headings, row, strict=True) if one is None))
    return headings if known >= 2 and known > 2 * others else None


def _by_words(form: Form, group: Group, rows: list[list[str]]) -> list[ColumnHeading | None] | None:
    """The column in which only classes of the form stand, the category's before it, the form's next ones behind it."""
    classes = {name for _category, name in form.taxonomy.skeleton}
    categories = {known.name for known in form.taxonomy.categories}
    at = next((number for number, column in enumerate(zip(*rows, strict=True)) if _only(column, classes)), None)
    if at is None:
        return None
    headings: list[ColumnHeading | None] = [None] * len(rows[0])
    for number, column in enumerate(zip(*rows, strict=True)):
        if number != at and number < at and _only(column, categories):
            headings[number] = ColumnHeading(role=Role.LEVEL1, key=group.key_of(Role.LEVEL1))
    headings[at] = ColumnHeading(role=Role.LEVEL2, key=group.key_of(Role.LEVEL2))
    behind = [column for column in group.columns if column.role not in _LEVELS]
    columns = list(zip(*rows, strict=True))[at + 1 :]
    place = next((number for number, one in enumerate(behind) if one.role is Role.DESCRIPTION), len(columns))
    if [_holds_values(column) for column in columns[place : place + 2]] in ([True], [True, False]):
        del behind[place]  # a table without descriptions: numbers are none
    for number, one in zip(range(at + 1, len(headings)), behind, strict=False):
        headings[number] = ColumnHeading(role=one.role, key=one.key)
    return headings


def _only(column: Sequence[str], words: set[str]) -> bool:
    texts = [text.strip() for text in column if text.strip()]
    return bool(texts) and all(text in words or text + _ENDING in words for text in texts)


def _holds_values(column: Sequence[str]) -> bool:
    texts = [text for text in column if text.strip()]
    return bool(texts) and all(parse_value(text).kind in _VALUES for text in texts)


def _filled_down(form: Form, group: Group, table: _Table) -> _Table:
    """The blanks of merged cells take the text above; a new category ends the class above it."""
    columns = {one.role: at for at, one in enumerate(table.headings) if one is not None and one.role in _LEVELS}
    above: dict[Role | None, str] = {}
    filled = 0
    rows = [list(row) for row in table.rows]
    for row in rows:
        for role in _LEVELS:
            if role not in columns:
                continue
            at = columns[role]
            text = row[at].strip()
            if text and role is Role.LEVEL1 and text != above.get(role):
                above.pop(Role.LEVEL2, None)
            if not text and role in above:
                row[at] = above[role]
                filled += 1
            elif text:
                above[role] = text
    return replace(table, rows=rows, filled=filled)


def _has_class(group: Group, table: _Table) -> bool:
    key = group.key_of(Role.LEVEL2)
    return bool(key) and any(one is not None and one.key == key for one in table.headings)


# ---- which row is which


def _in_turn(
    builder: PasteBuilder,
    group: Group,
    table: _Table,
    targets: Sequence[RowTarget],
    start: int,
    *,
    blanks: bool = False,
) -> None:
    """Each row of the block goes to the next row of the sheet, and beyond the last one to new rows."""
    for offset, row in enumerate(table.rows):
        number = start + offset
        target = targets[number] if number < len(targets) else RowTarget(row_id="")
        texts = _with_blanks(table, row) if blanks else table.texts(row)
        if not blanks:
            builder.outside += table.lost(row) if table.has_header else []
        if builder.draft.record.row(group.key, target.row_id) is not None:
            _into(builder, group, target.row_id, texts)
        else:
            _new(builder, group, {key: text for key, text in texts.items() if text}, target.values)


def _with_blanks(table: _Table, row: Sequence[str]) -> dict[str, str]:
    return {one.key: text for one, text in zip(table.headings, row, strict=False) if one is not None}


def _by_class(builder: PasteBuilder, group: Group, table: _Table) -> None:
    """Each row goes to the row of its class and name, else to one in which nothing stands, else to a new one."""
    level, name = group.key_of(Role.LEVEL2), group.key_of(Role.NAME)
    used: set[str] = set()
    for row in table.rows:
        texts = table.texts(row)
        builder.outside += table.lost(row)
        class_name = _class_of(builder.form, texts.get(level, ""))
        same = [
            one
            for one in builder.draft.record.rows(group.key)
            if one.text(level) == class_name and one.id not in used
        ]  # fmt: skip
        found = _matching(builder.form, same, name, texts.get(name, ""))
        if found is not None:
            used.add(found.id)
            _into(builder, group, found.id, texts)
        else:
            used.add(_new(builder, group, texts, {}))


def _matching(form: Form, rows: Sequence[Row], key: str, name: str) -> Row | None:
    if not name:
        return rows[0] if rows else None
    named = next((row for row in rows if row.text(key) == name), None)
    return named or next((row for row in rows if is_untouched(form, row)), None)


def _class_of(form: Form, text: str) -> str:
    return text if form.taxonomy.category_of(text) or not form.taxonomy.category_of(text + _ENDING) else text + _ENDING


def _into(builder: PasteBuilder, group: Group, row_id: str, texts: Mapping[str, str]) -> None:
    row = _name_of(builder, group, row_id, texts)
    for key, text in texts.items():
        builder.put((group.key, row_id, key), text, row)
    _categorise(builder, group, row_id)


def _new(builder: PasteBuilder, group: Group, texts: Mapping[str, str], values: Mapping[str, str]) -> str:
    """A new row at its class's place; its id."""
    level = group.key_of(Role.LEVEL2)
    class_name = _class_of(builder.form, texts.get(level, "") or values.get(level, "")) if level else ""
    rows = builder.draft.record.rows(group.key)
    index = index_for_class(builder.form, group, rows, class_name) if class_name else len(rows)
    name = row_name(group.label, index + 1, texts.get(group.key_of(Role.NAME), ""))
    row_id = builder.add(group.key, texts, values, index, name)
    if row_id:
        _categorise(builder, group, row_id)
    return row_id


def _categorise(builder: PasteBuilder, group: Group, row_id: str) -> None:
    """A class that the form knows brings its category along."""
    level1, level2 = group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)
    row = builder.draft.record.row(group.key, row_id)
    if row is None or not level1 or not level2:
        return
    category = builder.form.taxonomy.category_of(row.text(level2))
    if category and row.text(level1) != category and (not row.text(level1) or builder.form.taxonomy.closed):
        builder.put((group.key, row_id, level1), category, _name_of(builder, group, row_id, {}))


def _name_of(builder: PasteBuilder, group: Group, row_id: str, texts: Mapping[str, str]) -> str:
    record, key = builder.draft.record, group.key_of(Role.NAME)
    row = record.row(group.key, row_id)
    name = texts.get(key, "") or (row.text(key) if row and key else "")
    return row_name(group.label, record.row_number(group.key, row_id), name)
