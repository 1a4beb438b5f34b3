"""Reads the table of indicators: a header of labels, and rows whose merged cells are filled from above."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.record_draft import MOST_ROWS, MOST_TEXT, RecordDraft, RowDraft
from perftui.exchange.importer.report import shown
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.vocabulary import Column, Vocabulary
from perftui.forms import Group, Kind, Role
from perftui.locale import _
from perftui.model.text import clean

Row = Sequence[SourceCell]

_LONGEST_REMARK = 2000
_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_JOINED = frozenset((Role.SIGN, Role.UNIT))
"""What some tables have beside the value, to be put together with it."""
_MEASURE = (*_JOINED, Role.VALUE)


class Header:
    """The columns of a table of indicators, by the grid columns that they cover."""

    def __init__(self, row: Row, columns: Sequence[Column | None]) -> None:
        self.labels = tuple(cell.text for cell in row)
        self.columns = tuple(columns)
        self.starts = tuple(cell.column for cell in row)
        """The grid column in which each begins."""
        self._level1 = frozenset(at for at, one in enumerate(columns) if one and one.role is Role.LEVEL1)
        self._level2 = frozenset(at for at, one in enumerate(columns) if one and one.role is Role.LEVEL2)
        self.roles = frozenset(column.role for column in columns if column)
        """What its columns mean."""
        self._index = {
            at: index for index, cell in enumerate(row) for at in range(cell.column, cell.column + cell.span)
        }
        self.width = max(self._index) + 1

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

    def repeated(self, row: Row) -> bool:
        """Is a row this header once more, on the next page?"""
        return [label_key(cell.text) for cell in row] == [label_key(label) for label in self.labels]


def header_of(words: Vocabulary, row: Row) -> Header | None:
    """The header that a row is; ``None`` where its cells are not mostly labels of columns."""
    short = sum([len(cell.text) for cell in row]) <= _SHORT
    return _short_header(words, tuple(row)) if short else _header(words, row)


def _header(words: Vocabulary, row: Row) -> Header | None:
    texts = [cell.text for cell in row]
    columns = words.columns(texts)
    known = [column for column in columns if column]
    said = [text for text in texts if text.strip()]
    telling = {column.role for column in known} & {Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE}
    if len(known) < 2 or len(telling) < 2 or len(known) * 2 < len(said):
        return None
    return Header(row, columns)


_SHORT = 256
_short_header = lru_cache(maxsize=256)(_header)  # thousands of tables have the same


class IndicatorRows:
    """The rows under a header, of one project; goes on from table to table."""

    def __init__(self, draft: RecordDraft, group: Group, header: Header) -> None:
        self._draft = draft
        self._group = group
        self.header = header
        self._above = [""] * len(header.columns)
        self._extra: set[int] = set()
        self._said: set[str] = set()
        self._columns = {column.key: column for column in group.columns}
        self._value = group.key_of(Role.VALUE)
        self._level_keys = {group.key_of(role) for role in _LEVELS}
        self._keys = tuple([column.key if column else "" for column in header.columns])
        plain = [key for key in self._keys if key and self._columns[key].kind is not Kind.PERCENT]
        self._kept = (
            draft.literal
            and len(set(plain)) == len(self._keys)
            and Role.LEVEL1 in header.roles
            and not header.roles & _JOINED
        )
        """Its texts are kept as they stand, unless there is something to tell of one."""

    def read(self, row: Row, where: Callable[[], str], *, merges_known: bool) -> None:
        """Takes in one row; ``where`` says its place, if there is something to tell of it."""
        if self._kept and self._keep(row):
            return
        place = where()
        texts = self._texts(row, merges_known=merges_known)
        made = RowDraft()
        measure: dict[Role, str] = {}
        for index, text in texts.items():
            column = self.header.columns[index]
            if column is None or not column.key:
                self._without_column(index, column, text, made, measure, place)
            elif column.role is Role.VALUE:
                measure[Role.VALUE] = text
            else:
                self._put(made, column.key, text, place)
        self._put_value(made, measure, place)
        self._add(made, place)

    def _keep(self, row: Row) -> bool:
        """Takes in a row of which there is nothing to tell, as of nearly all that this program printed.

        Its texts are looked at together: that is several times faster, and a line break keeps them apart.
        """
        if len(row) != len(self._keys):
            return False
        texts = [above if cell.merged else cell.text for cell, above in zip(row, self._above, strict=True)]
        joined = "\n".join(texts)
        values = {key: text for key, text in zip(self._keys, texts, strict=True) if text}
        if (
            not values
            or tuple([cell.column for cell in row]) != self.header.starts
            or len(joined) > MOST_TEXT
            or clean(joined, lines=True).text is not joined
            or len(self._draft.rows[self._group.key]) >= MOST_ROWS
        ):
            return False
        self._above = texts
        self._draft.rows[self._group.key].append(RowDraft(values=values))
        return True

    def _texts(self, row: Row, *, merges_known: bool) -> dict[int, str]:
        """The texts of a row by the header's index, merged cells filled in."""
        texts: dict[int, str] = {}
        as_above = frozenset[int]() if merges_known else self.header.left_blank(row)
        for cell in row:
            index = self.header.at(cell)
            if index is None:
                continue
            repeated = cell.merged or (index in as_above and not cell.text.strip())
            text = self._above[index] if repeated else cell.text
            texts[index] = f"{texts[index]}\n{text}" if texts.get(index) and text.strip() else text
        self._above = [texts.get(index, "") for index in range(len(self._above))]
        return texts

    def _put(self, made: RowDraft, key: str, text: str, place: str) -> None:
        column = self._columns[key]
        if column.role in _LEVELS and not self._draft.literal:
            text = self._level(column.role, text, place)
        self._draft.put_cell(self._group.key, made, column, text, place)

    def _level(self, role: Role | None, text: str, place: str) -> str:
        """A level as the form writes it; what stood in brackets behind it, such as a score, is said to be left."""
        word = self._own_word(role, text)
        plain = " ".join(text.split())
        if word != text and plain not in self._said and ("（" in plain or "(" in plain) and "（" not in word:
            self._said.add(plain)
            self._draft.note(place, Confidence.LIKELY, _("“{text}”读作“{word}”").format(text=shown(plain), word=word))
        return word

    def _own_word(self, role: Role | None, text: str) -> str:
        """A level's word as the form writes it, where only blanks, breaks or 指标 behind it differ."""
        taxonomy = self._draft.form.taxonomy
        words = [one.name for one in taxonomy.categories]
        if role is Role.LEVEL2:
            words = [name for one in taxonomy.categories for name in one.classes]
        key = label_key(text)
        return next((word for word in words if key and key in (word, word.removesuffix("指标"))), text)

    def _without_column(
        self, index: int, column: Column | None, text: str, made: RowDraft, measure: dict[Role, str], place: str
    ) -> None:
        """A text whose column the form does not have: part of the value, or a remark."""
        if column is not None and column.role in _MEASURE:
            measure[column.role] = text
            return
        label = " ".join(self.header.labels[index].split())
        if not text.strip() or not label:
            return
        if index not in self._extra:
            self._extra.add(index)
            self._draft.note(
                place, Confidence.UNSURE, _("本表样没有“{label}”一栏，内容作为备注留在行上").format(label=label)
            )
        remark = f"{label}：{' '.join(text.split())}"
        made.remarks.append(clean(remark[:_LONGEST_REMARK], lines=False).text)

    def _put_value(self, made: RowDraft, measure: dict[Role, str], place: str) -> None:
        """The value with the sign before and the unit behind it, where these have columns of their own."""
        key = self._value
        if not key or not measure:
            return
        if len(measure) == 1 and Role.VALUE in measure:
            self._put(made, key, measure[Role.VALUE], place)
            return
        value = measure.get(Role.VALUE, "")
        sign = measure.get(Role.SIGN, "").strip()
        unit = measure.get(Role.UNIT, "").strip()
        joined = bool(value.strip()) and bool(sign or unit)
        if joined:
            value = value.strip()
            value = ("" if value.startswith(sign) else sign) + value + ("" if value.endswith(unit) else unit)
        self._put(made, key, value, place)
        if joined:
            path = (self._group.key, f"#{len(self._draft.rows[self._group.key])}", key)
            self._draft.note(place, Confidence.LIKELY, _("符号、指标值和单位合成“{value}”").format(value=value), path)

    def _add(self, made: RowDraft, place: str) -> None:
        typed = set(made.values) - (set() if self._draft.literal else self._level_keys)
        if not typed and not made.remarks:
            unknown = [text for text in made.values.values() if not self._is_known(text)]
            if unknown:
                self._draft.left(place, " | ".join(unknown))
            return
        self._complete(made, place)
        self._draft.add_row(self._group.key, made, place)

    def _is_known(self, text: str) -> bool:
        """Is a text one of the words of the form's levels?"""
        categories = self._draft.form.taxonomy.categories
        return any(text == one.name or text in one.classes for one in categories)

    def _complete(self, made: RowDraft, place: str) -> None:
        """The category that a class belongs to, where the table has no column for it."""
        if Role.LEVEL1 in self.header.roles:
            return
        category, class_key = self._group.key_of(Role.LEVEL1), self._group.key_of(Role.LEVEL2)
        if not category or category in made.values:
            return
        found = self._draft.form.taxonomy.category_of(made.values.get(class_key, ""))
        if found:
            made.values[category] = found
            path = (self._group.key, f"#{len(self._draft.rows[self._group.key])}", category)
            self._draft.note(
                place, Confidence.LIKELY, _("按二级指标补上一级指标“{category}”").format(category=found), path
            )
