"""Reads the table of indicators: a header of labels, and rows whose merged cells are filled from above."""

import re
from collections.abc import Callable, Mapping, Sequence

from perftui.exchange.importer.columns import two_levels
from perftui.exchange.importer.headers import Header, counts_columns
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import WORDS, label_key
from perftui.exchange.importer.measures import Measure, measured, name_and_sign, name_and_value
from perftui.exchange.importer.numbers import NOTHING
from perftui.exchange.importer.record_draft import MOST_ROWS, RecordDraft, RowDraft, RowRemark
from perftui.exchange.importer.report import shown
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.telling import MOST_TEXT
from perftui.exchange.importer.vocabulary import Column
from perftui.forms import Group, Kind, RecordSpec, Role
from perftui.locale import _
from perftui.model.text import clean

Row = Sequence[SourceCell]

_NUMBERED = re.compile(
    r"\s*(?:(?:指标|目标)\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[:：]"
    r"|(?:指标|目标)[0-9０-９]{1,2}(?![0-9０-９.．%％])|[0-9０-９]{1,2}\s*[.．、](?![0-9０-９])"
    r"|[①-⑳]|[（(][0-9０-９]{1,2}[)）])\s*"
)
_OUTPUT = re.compile(r"^(?:产出|项目)(?=(?:数量|质量|时效|成本)(?:指标)?$)")
"""What may stand before the word of a class: 产出数量."""
_POINTS = re.compile(r"[（(]?(?:共|满分|计)?[0-9]+(?:[-—~～至][0-9]+)?[)）]?\s*分[)）]?\s*$")
"""What a level may be worth, behind it: 产出指标（40-50）分."""
_NOTHING = frozenset(WORDS["cells"]["nothing"])
_RUNNING = frozenset(WORDS["running"])
_LONGEST_NUMBER = 6
_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_JOINED = frozenset((Role.SIGN, Role.UNIT))
"""What some tables have beside the value, to be put together with it."""
_MEASURE = (*_JOINED, Role.VALUE)


class IndicatorRows:
    """The rows under a header, of one project; goes on from table to table."""

    def __init__(self, draft: RecordDraft, group: Group, header: Header) -> None:
        self._draft = draft
        self._group = group
        self.header = header
        self._above = [""] * len(header.columns)
        self.unused: dict[int, str] = {}
        """The titles of columns that the form does not have and in which anything stands, by their index."""
        self._number = 0
        """Of the row before, where the table numbers them."""
        self.filled = 0
        """Blanks that took the text above them."""
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

    def read(self, row: Row, where: Callable[[], str], *, merges_known: bool, goes_on: bool = False) -> None:
        """Takes in one row; ``where`` says its place, if there is something to tell of it.

        ``goes_on``: it is the first on another page, and may be the rest of the row before it.
        """
        if self._kept and not self._draft.watched and self._keep(row):
            return
        place = where()
        texts = self._texts(row, merges_known=merges_known)
        if not self._draft.literal and self._is_no_indicator(row, texts, place):
            return
        made = RowDraft()
        measure: dict[Role, str] = {}
        for index, text in texts.items():
            column = self.header.columns[index]
            if column is None or not column.key:
                self._without_column(index, column, text, made, measure, place)
            elif column.role is Role.VALUE:
                measure[Role.VALUE] = _with_grade(measure.get(Role.VALUE, ""), column, text)
            else:
                self._put(made, column.key, text, place)
        self._put_value(made, measure or self._measure_in_name(made, place), place)
        beyond = [cell.text for cell in row if self.header.at(cell) is None and not cell.merged and cell.text.strip()]
        made.remarks += [RowRemark(_("没有栏名"), text) for text in beyond]
        if goes_on and self._is_rest(made):
            self._join(made, place)
        else:
            self._add(made, place)

    def _measure_in_name(self, made: RowDraft, place: str) -> dict[Role, str]:
        """The value that stands behind a name, 培训人数≥300人, in a table that has no column of values."""
        key = self._group.key_of(Role.NAME)
        if self._draft.literal or not key or self.header.roles & set(_MEASURE):
            return {}
        name, value = name_and_value(made.values.get(key, ""))
        if value:
            made.values[key] = name
            path = (self._group.key, f"#{len(self._draft.rows[self._group.key])}", self._value)
            message = _("没有指标值一栏，从名称后面取出“{value}”，请核对").format(value=shown(value))
            self._draft.note(place, Confidence.UNSURE, message, path)
        return {Role.VALUE: value} if value else {}

    def _is_rest(self, made: RowDraft) -> bool:
        """Has a row no name and no level of its own, as the rest of one that a page cut in two?"""
        own = set(made.values) - self._level_keys
        levels = {made.values.get(key, "") for key in self._level_keys} - {""}
        rows = self._draft.rows[self._group.key]
        above = set(rows[-1].values.values()) if rows else set()
        return bool(own and above) and self._group.key_of(Role.NAME) not in own and levels <= above

    def _join(self, made: RowDraft, place: str) -> None:
        """Puts the rest of a row behind the texts of its beginning."""
        last = self._draft.rows[self._group.key][-1]
        rest = {key: text for key, text in made.values.items() if key not in self._level_keys}
        last.values |= {key: last.values.get(key, "") + text for key, text in rest.items()}
        last.remarks += made.remarks
        path = (self._group.key, f"#{len(self._draft.rows[self._group.key]) - 1}")
        message = _("没有名称的一行接在上一页最后一行后面，请核对：{text}").format(
            text=shown(" | ".join(rest.values()))
        )
        self._draft.note(place, Confidence.UNSURE, message, path, text=" | ".join(rest.values()))

    def _is_no_indicator(self, row: Row, texts: Mapping[int, str], place: str) -> bool:
        """A row of dots, of numbers of columns, of 无, or of another scope than the year's: told, and not taken."""
        own = [cell.text.strip() for cell in row if not cell.merged and cell.text.strip()]
        if own and all(not text.strip("…. ·") for text in own):
            return True
        none = counts_columns(row) or _says_there_is_none(self.header, texts) or not self.header.scope.may_be_years
        if none and own:
            self._draft.left(place, " | ".join(" ".join(text.split()) for text in own))
        return none

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
            self.filled += repeated and bool(self._above[index])
            text = self._above[index] if repeated else cell.text
            before = texts.get(index, "")
            texts[index] = f"{before}\n{text}" if before and text.strip() else before or text
        self._above = [texts.get(index, "") for index in range(len(self._above))]
        return texts

    def _put(self, made: RowDraft, key: str, text: str, place: str) -> None:
        column = self._columns[key]
        first = self._group.key_of(Role.LEVEL1)
        if first and not self._draft.literal and column.role is Role.LEVEL2 and (both := two_levels(text)):
            made.values[first], text = self._level(Role.LEVEL1, both[0], place), both[1]
        if column.role in _LEVELS and not self._draft.literal:
            text = self._level(column.role, text, place)
        elif column.role is Role.NAME and not self._draft.literal:
            text = self._unnumbered(text, place)
        self._draft.put_cell(self._group.key, made, column, text, place)

    def _unnumbered(self, text: str, place: str) -> str:
        """A name without the number before it: 指标1：."""
        match = _NUMBERED.match(text)
        if match is None:
            return text
        if match.end() == len(text):
            return ""
        path = (self._group.key, f"#{len(self._draft.rows[self._group.key])}", self._group.key_of(Role.NAME))
        number = match[0].strip()
        message = _("去掉指标前的编号“{number}”").format(number=number)
        self._draft.note(place, Confidence.LIKELY, message, path, text=number)
        return text[match.end() :]

    def _level(self, role: Role | None, text: str, place: str) -> str:
        """A level as the form writes it; what stood in brackets behind it, such as a score, is said to be left."""
        word = _own_word(self._draft.spec, role, text)
        plain = " ".join(text.split())
        told = "（" in plain or "(" in plain or plain.endswith("分") or _OUTPUT.match(label_key(plain)) is not None
        if word != text and plain not in self._said and told and "（" not in word:
            self._said.add(plain)
            self._draft.note(place, Confidence.LIKELY, _("“{text}”读作“{word}”").format(text=shown(plain), word=word))
        return word

    def _without_column(
        self, index: int, column: Column | None, text: str, made: RowDraft, measure: dict[Role, str], place: str
    ) -> None:
        """A text whose column the form does not have: part of the value, or a remark."""
        if column is not None and column.role in _MEASURE:
            measure[column.role] = text
            return
        label = " ".join(self.header.labels[index].split()) or _("没有栏名")
        if not text.strip():
            return
        if _is_known(
            self._draft.spec, _own_word(self._draft.spec, Role.LEVEL2, text)
        ):  # the class once more, over another scope's columns
            self._level(Role.LEVEL2, text, place)
            return
        if label_key(label) in _RUNNING and (number := _row_number(text.strip(), self._number)):
            self._number = number
            return
        if index not in self.unused:
            self.unused[index] = label
            self._draft.note(
                place, Confidence.UNSURE, _("本表样没有“{label}”一栏，内容作为备注留在行上").format(label=label)
            )
        made.remarks.append(RowRemark(label, text))

    def _put_value(self, made: RowDraft, measure: dict[Role, str], place: str) -> None:
        """The value, put together of its columns; what was done to it is noted."""
        key = self._value
        if not key or not measure:
            return
        if self._draft.literal and set(measure) == {Role.VALUE}:
            self._put(made, key, measure[Role.VALUE], place)
            return
        named = self._group.key_of(Role.NAME)
        if not self._draft.literal:
            _sign_in_name(made, named, measure)
        name = made.values.get(named, "")
        timely = "时效" in made.values.get(self._group.key_of(Role.LEVEL2), "")
        sign, value, unit = (measure.get(role, "") for role in (Role.SIGN, Role.VALUE, Role.UNIT))
        found = measured(Measure(sign=sign, value=value, unit=unit), name, timely=timely)
        self._put(made, key, found.text, place)
        path = (self._group.key, f"#{len(self._draft.rows[self._group.key])}", key)
        if found.left.strip() and not name:
            self._draft.left(place, f"{self._columns[key].label}：{found.left}")
        elif found.left.strip():
            made.remarks.append(RowRemark(self._columns[key].label, found.left))
        if found.message:
            confidence = Confidence.UNSURE if found.doubtful else Confidence.LIKELY
            self._draft.note(place, confidence, found.message, path, text=found.raw)

    def _add(self, made: RowDraft, place: str) -> None:
        typed = set(made.values) - (set() if self._draft.literal else self._level_keys)
        if not typed:
            unknown = [text for text in made.values.values() if not _is_known(self._draft.spec, text)]
            unknown += map(str, made.remarks)
            if unknown:
                self._draft.left(place, " | ".join(unknown))
            return
        self._complete(made, place)
        self._draft.add_row(self._group.key, made, place)

    def _complete(self, made: RowDraft, place: str) -> None:
        """The category that a class belongs to, where the table has no column for it."""
        category, class_key = self._group.key_of(Role.LEVEL1), self._group.key_of(Role.LEVEL2)
        if Role.LEVEL1 in self.header.roles or not category or category in made.values:
            return
        if beside := self.header.category:
            made.values[category] = _own_word(self._draft.spec, Role.LEVEL1, beside)
            return
        found = self._draft.spec.taxonomy.category_of(made.values.get(class_key, ""))
        if found:
            made.values[category] = found
            path = (self._group.key, f"#{len(self._draft.rows[self._group.key])}", category)
            self._draft.note(
                place, Confidence.LIKELY, _("按二级指标补上一级指标“{category}”").format(category=found), path
            )


def _sign_in_name(made: RowDraft, key: str, measure: dict[Role, str]) -> None:
    """The sign that stands in brackets behind the name goes before the value, which is told with it."""
    name, sign = name_and_sign(made.values.get(key, ""))
    if sign and Role.SIGN not in measure and measure.get(Role.VALUE, "").strip():
        made.values[key], measure[Role.SIGN] = name, sign


def _own_word(spec: RecordSpec, role: Role | None, text: str) -> str:
    """A level's word as the form writes it, where only blanks, breaks, 产出 before or 指标 behind it differ."""
    categories = spec.taxonomy.categories
    words = (
        [name for one in categories for name in one.classes]
        if role is Role.LEVEL2
        else [one.name for one in categories]
    )
    key = label_key(_POINTS.sub("", text))
    bare = _OUTPUT.sub("", key)
    found = (word for word in words if key and {key, bare} & {word, word.removesuffix("指标")})
    return next(found, f"{bare}指标" if bare != key and role is Role.LEVEL2 else _POINTS.sub("", text))


def _says_there_is_none(header: Header, texts: Mapping[int, str]) -> bool:
    """Is 无 or 不适用 all that a row says of its name and its value?"""
    said = {one.role: texts.get(at, "").strip() for at, one in enumerate(header.columns) if one and one.key}
    return said.get(Role.NAME, "") in _NOTHING and said.get(Role.VALUE, "") in {*_NOTHING, *NOTHING, ""}


def _is_known(spec: RecordSpec, text: str) -> bool:
    """Is a text one of the words of the form's levels?"""
    return any(text == one.name or text in one.classes for one in spec.taxonomy.categories)


def _with_grade(before: str, column: Column, text: str) -> str:
    """A value, or that of one grade behind those of the grades before it: 优：≥98%；良：≥95%."""
    if not column.grade or not text.strip():
        return text if not column.grade else before
    sentence = f"{column.grade}：{text.strip()}"
    return f"{before}；{sentence}" if before else sentence


def _row_number(text: str, before: int) -> int:
    """The number of a row: 1, that of the row ``before`` or one more; 0 for any other text, such as a code."""
    number = int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else 0
    return number if number in (1, before, before + 1) else 0
