"""A record while it is being read: each value is cleaned and checked when put in; what was changed is noted."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from perftui.exchange.importer.composed_labels import Source, amount_label
from perftui.exchange.importer.hanzi import ordinary_hanzi
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import WORDS, unit_in_brackets
from perftui.exchange.importer.numbers import DASHES, NOTHING
from perftui.exchange.importer.report import shown
from perftui.exchange.importer.telling import MOST_TEXT, RecordNotes
from perftui.exchange.importer.tick_boxes import fitting, tick_boxes
from perftui.forms import AmountGroup, Field, Form, Kind, Role
from perftui.locale import _
from perftui.model.dates import DateError, read_date, read_period
from perftui.model.money import (
    YUAN,
    AmountError,
    format_amount,
    half_width,
    is_known_unit,
    parse_amount,
    read_amount,
    read_percent,
)
from perftui.model.record import FieldPath
from perftui.model.text import TextDefect as Removal
from perftui.model.text import clean, describe
from perftui.model.values import ERROR_VALUES

_WORDED = re.compile(r"(¥?[0-9][0-9,.]*\s*(?:亿元|亿|万元|万|元)?)\s*(?:[（(]|[，；;、](?!\s*[0-9])).*", re.S)
"""A number with words behind it: 120.5（含上年结转20）. In 12，000 the comma stands in the number."""
_LETTER = re.compile("(?![万亿元])[A-Za-z一-鿿]")
_OWN_UNIT = re.compile(r"(.*?)\s*([万亿]?元|[万亿])")
_CODED = re.compile(
    r"(?:[（(\[【]\s*(?=[A-Z]*[0-9])([0-9A-Z]{3,30})\s*[)）\]】]|(?=[A-Z]*[0-9])([0-9A-Z]{6,30})\s*[-—－]+)\s*(\D.*)",
    re.S,
)
"""A code before a name, in brackets or with a hyphen behind it."""
_SHORTEST_CODE = 15
_INSTRUCTION = re.compile(
    r"[（(]?\s*(?:限|不超过)?\s*[0-9]+\s*字(?:以内|左右|以下)?\s*[)）]?"
    r"|[（(【](?:[^（()）】]{0,30}[0-9]+\s*字(?:以内|左右|以下|内)|请?(?:填写|填报|简述|概述)[^（()）】]{0,40})[)）】]"
)
"""What a form asks for, left in its cell: （200字以内）, （填写指标值）."""
_TEMPLATE = re.compile(r"(?:\s*(?:[（(]?[0-9]{1,2}(?:[)）、]|[.．](?![0-9]))|[①-⑳]|目标[0-9一二三四五]{1,2}[:：]))+")
"""Numbers of lines that nobody wrote behind."""
_NO_DATE = re.compile(r"[年月日至到起止\s_\-－—~～]*")
"""年 月 日至 年 月 日, as a form prints it."""
_WITH_UNIT = re.compile("[元万亿]")
_ENDLESS = re.compile(r"[ \t]{64,}")
_LONGEST_REMARK = 2000
_TOO_MUCH = 500_000_000  # 元
MOST_ROWS = 2000  # of one group, as many as a file may have


_READ = (Kind.DATE, Kind.PERIOD, Kind.INTEGER)
_COUNTED = (*_READ, Kind.PERCENT, Kind.AMOUNT)


class RowRemark(NamedTuple):
    """A text of a row that has no column here, and the title that it stood under."""

    title: str
    text: str

    def __str__(self) -> str:
        return clean(f"{self.title}：{' '.join(self.text.split())}"[:_LONGEST_REMARK], lines=False).text


@dataclass(slots=True, kw_only=True)
class RowDraft:
    """A row of a group: its values by key, and texts that have no column here."""

    values: dict[str, str] = field(default_factory=dict)
    remarks: list[RowRemark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class UnplacedAmount:
    """An amount whose source is no field of the form."""

    group: AmountGroup
    source: Source | None
    amount: str
    """In 元; "" where it cannot be read."""
    place: str


class RecordDraft(RecordNotes):
    """A department or a project in the making."""

    def __init__(self, form: Form, *, department: bool, literal: bool) -> None:
        super().__init__()
        self.form = form
        self.spec = form.department if department else form.project
        self.literal = literal
        self.titled_unit = ""
        """The unit in the title of the cover."""
        self.values: dict[FieldPath, str] = {}
        self.rows: dict[str, list[RowDraft]] = {group.key: [] for group in self.spec.groups}
        self.unit: tuple[str, str] = ("", "")
        """Code and name of the unit, as the line over the table says them."""
        self.amount_unit = ""
        self.sources: list[UnplacedAmount] = []
        """Amounts whose source is no field."""
        self.year = 0
        """The budget's year, where its own table says it."""
        self.year_near = 0
        """The year that the lines over its table name, known before the table is read."""
        self.usual_unit = form.amount_unit
        """Of amounts where nothing says it: the form's, or that of the project before."""
        self._assumed_unit = ""
        """Of amounts whose unit nothing says."""
        self.announced: set[FieldPath] = set()
        """The fields whose labels its tables have, also where nothing was filled in."""
        self.headings: list[str] = []
        """Headings inside of its table."""

    def put(self, path: FieldPath, one: Field, raw: str, place: str, *, unit: str = "") -> None:
        """Takes a field's text in. ``unit`` of money is what the label says."""
        self.stand(place, path, raw, one.label)
        if path in self.values:
            if raw.strip():
                self.note(place, Confidence.UNSURE, _("“{label}”出现了两次，后一次未读入：{text}").format(
                    label=one.label, text=shown(raw)), path)  # fmt: skip
                self.remark(f"{one.label}：{raw}")
            return
        if not self.literal and _INSTRUCTION.fullmatch(raw.strip()):
            self.left(place, f"{one.label}：{raw}")
            return
        if one.role is Role.NAME and not self.literal:
            raw = self._without_code(raw, place)
        if one.kind is Kind.AMOUNT:
            text = self._amount(path, one, raw, place, unit)
        elif one.kind is Kind.PERCENT:
            text = self._percent(path, one, raw, place)
        elif one.kind in _READ:
            text = self._read(one, raw, place)
        elif self._is_dash(path, one, raw, place):
            return
        else:
            text = self.text(one, _ticked(self, one, raw, place, path), place, path)
        if text:
            self.values[path] = text

    def _is_dash(self, path: FieldPath, one: Field, raw: str, place: str) -> bool:
        """Is a text only a blank cell's dash, stroke or numbers of lines, or the error of its formula?"""
        typed = "" if self.literal else raw.strip()
        if one.kind is Kind.LONG_TEXT and _TEMPLATE.fullmatch(typed):
            return True
        return (typed in DASHES or typed in ERROR_VALUES) and self._says_nothing(path, one, typed, place)

    def _without_code(self, raw: str, place: str) -> str:
        """A project's name without the code before it: 51092324T000009876543-人民调解, (150302)公园绿化."""
        match = _CODED.fullmatch(raw.strip())
        if match is None:
            return raw
        code, name = match[1] or match[2], match[3]
        path = self.spec.path_of(Role.CODE)
        field = self.spec.field(path) if path else None
        if path and field is not None and path not in self.values and len(code) >= _SHORTEST_CODE:
            self.put(path, field, code, place)
        else:
            self.left(place, _("名称前的编码：{code}").format(code=code))
        return name

    def put_cell(self, group: str, row: RowDraft, one: Field, raw: str, place: str) -> None:
        """Takes the text of a row's column in; the row need not be in the group yet."""
        self.stand(place, (group, f"#{len(self.rows[group])}", one.key), raw, one.label)
        if self.literal and one.kind not in _COUNTED and len(raw) <= MOST_TEXT and clean(raw, lines=True).text is raw:
            if raw:  # nothing to tell, as of nearly every text that this program printed
                row.values[one.key] = raw
            return
        path = (group, f"#{len(self.rows[group])}", one.key)
        if not self.literal and _INSTRUCTION.fullmatch(raw.strip()):
            self.left(place, f"{one.label}：{raw}")
            return
        if one.kind not in _COUNTED and self._is_dash(path, one, raw, place):
            return
        read = self._percent if one.kind is Kind.PERCENT else self._cell_text
        text = read(path, one, raw, place)
        if text:
            row.values[one.key] = text

    def add_row(self, group: str, row: RowDraft, place: str) -> None:
        """Adds a row to a group, unless there are too many."""
        if len(self.rows[group]) < MOST_ROWS:
            self.rows[group].append(row)
        else:
            self.left(place, " ".join(row.values.values()))

    def text(self, one: Field, raw: str, place: str, path: FieldPath) -> str:
        """A text through the door: cleaned, and cut to the most that a field holds."""
        lines = one.kind is Kind.LONG_TEXT or self.literal
        most = 20_000 if one.kind is Kind.LONG_TEXT else MOST_TEXT
        count = len(raw)
        raw = raw[: 4 * most] if self.literal else _ordinary(self, one, raw[: 4 * most], place, path)
        cleaned = clean(raw if self.literal else _trimmed(raw), lines=lines)
        if not cleaned.removed and max(count, len(cleaned.text)) <= most:  # nothing to tell, as of nearly every text
            return cleaned.text if self.literal else cleaned.text.strip()
        telling = [item for item in cleaned.removed if item.kind not in (Removal.TAB, Removal.JOINED, Removal.BREAK)]
        if telling:
            self.note(place, Confidence.LIKELY, f"{one.label}：{describe(telling)}", path)
        text = cleaned.text if self.literal else cleaned.text.strip()
        if len(text) > most or count > 4 * most:
            self.note(place, Confidence.LEFT, _("“{label}”有 {count} 个字，只读入前 {most} 个").format(
                label=one.label, count=max(count, len(text)), most=most), path)  # fmt: skip
        return text[:most]

    def _cell_text(self, path: FieldPath, one: Field, raw: str, place: str) -> str:
        if one.kind is Kind.AMOUNT:
            return self._amount(path, one, raw, place, "")
        return self._read(one, raw, place) if one.kind in _READ else self.text(one, raw, place, path)

    def _read(self, one: Field, raw: str, place: str) -> str:
        """A date, a period or an integer; what is none is left in the report, with its place."""
        typed = "" if one.kind is not Kind.INTEGER and _NO_DATE.fullmatch(raw) else raw.strip()
        try:
            if one.kind is Kind.INTEGER:
                digits = half_width(typed).removesuffix(one.unit).strip()
                text = digits if not digits or (digits.isascii() and digits.isdigit() and len(digits) <= 9) else None
            else:
                text = typed and (read_date(typed) if one.kind is Kind.DATE else read_period(typed))
        except DateError:
            text = None
        if text is None:
            self.left(place, f"{one.label}：{typed}")
        return text or ""

    def _amount(self, path: FieldPath, one: Field, raw: str, place: str, unit: str) -> str:
        typed = raw.strip()
        said = unit or self.amount_unit
        if self._says_nothing(path, one, typed, place):
            return ""
        unit = said or (self.form.amount_unit if self.literal else self._likely_unit(typed, place, path))
        if not self.literal and (worded := _WORDED.fullmatch(typed)):
            if _is_revised(typed[worded.end(1) :]):
                self._keep_as_note(path, one, typed, place, _("写了两个数，不知道哪个是现在的，金额留空，请填写"))
                return ""
            self._keep_as_note(path, one, typed, place, _("数字后面有说明，数字已读入，请核对"))
            typed = worded[1]
        try:
            amount = read_amount(typed, unit)
        except AmountError as error:
            negative = parse_amount(typed) if unit == "元" else None
            if negative is not None:
                message = _("“{label}”写的是负数“{text}”，照样读入，请核对")
                self.note(place, Confidence.UNSURE, message.format(label=one.label, text=typed), path, text=typed)
                return format_amount(negative)
            self._keep_as_note(path, one, typed if is_known_unit(unit) else f"{typed}{unit}", place, str(error))
            return ""
        text = format_amount(amount)
        number, own = _with_unit(typed, unit)
        if own != "元" and amount:
            self.note(place, Confidence.LIKELY, _("“{label}”{raw} {unit}换算成 {text} 元").format(
                label=one.label, raw=shown(number), unit=own, text=text), path)  # fmt: skip
        return text

    @property
    def known_unit(self) -> str:
        """The unit of its amounts, as far as it is known."""
        return self.amount_unit or self._assumed_unit or self.usual_unit

    def _likely_unit(self, typed: str, place: str, path: FieldPath) -> str:
        """The unit of amounts of which nothing says whether they are 元 or 万元; the first tells it by its size."""
        if self._assumed_unit or _WITH_UNIT.search(typed) or typed.strip(".,0") == "":
            return self.known_unit
        self._assumed_unit, message = _unit_by_size(typed, self.usual_unit)
        self.note(place, Confidence.UNSURE, message.format(unit=self._assumed_unit), path)
        return self._assumed_unit

    def _says_nothing(self, path: FieldPath, one: Field, typed: str, place: str) -> bool:
        if typed in NOTHING:
            message = _("“{label}”写的是“{text}”，当作空白").format(label=one.label, text=typed)
            confidence = Confidence.UNSURE if typed in ERROR_VALUES else Confidence.LIKELY
            self.note(place, confidence, message, path, text=typed)
        return not typed or typed in NOTHING

    def _keep_as_note(self, path: FieldPath, one: Field, typed: str, place: str, why: str) -> None:
        """Words in an amount's cell are kept beside the amounts."""
        group = next((group for group in self.spec.amounts if group.key == path[0]), None)
        note = None if group is None else note_field(group)
        if group is None or note is None:
            self.left(place, f"{one.label}：{typed}")
            return
        self.add_to_note(group, note, f"{one.label}：{typed}", place)
        message = _("“{label}”不是金额（{why}），文字放进“{note}”").format(label=one.label, why=why, note=note.label)
        self.note(place, Confidence.UNSURE, message, (group.key, note.key))

    def put_source(self, group: AmountGroup, label: str, typed: str, place: str) -> bool:
        """Keeps an amount whose label the form does not have, as words; False where the form has no place for them."""
        note, label, said = note_field(group), " ".join(label.split()).strip(":："), typed.strip()
        if note is None:
            return False
        source = amount_label(label)
        unit = unit_in_brackets(label) or self.known_unit
        try:
            amount = format_amount(read_amount(said, unit))
        except AmountError:
            amount = ""
        self.sources.append(UnplacedAmount(group, source.source if source else None, amount, place))
        if said[-1:].isdecimal():
            said += unit
        self.add_to_note(group, note, f"{label}：{said}", place)
        message = _("没有“{label}”一栏，“{text}”放进“{note}”").format(
            label=shown(label), text=shown(said), note=note.label
        )
        self.note(place, Confidence.UNSURE, message, (group.key, note.key))
        return True

    def add_to_note(self, group: AmountGroup, note: Field, words: str, place: str) -> None:
        """Adds words to the note beside a group's amounts."""
        path = (group.key, note.key)
        kept, said = self.values.get(path, ""), self.text(note, words, place, path)
        self.values[path] = f"{kept}；{said}" if kept else said

    def _percent(self, path: FieldPath, one: Field, raw: str, place: str) -> str:
        typed = raw.strip()
        if self._says_nothing(path, one, typed, place):
            return ""
        try:
            return read_percent(typed)
        except AmountError as error:
            self.note(place, Confidence.LEFT, _("“{label}”不是百分比（{why}），未读入：{text}").format(
                label=one.label, why=error, text=shown(typed)), path)  # fmt: skip
            self.remark(f"{one.label}：{typed}")
            return ""

    def role_text(self, role: Role) -> str:
        """The text taken in for the field that plays a role."""
        path = self.spec.path_of(role)
        return "" if path is None else self.values.get(path, "")


def _ticked(draft: RecordDraft, one: Field, raw: str, place: str, path: FieldPath) -> str:
    """The word at the ticked box, of a cell that offers several; "" where none is ticked."""
    boxes = () if draft.literal or one.kind is Kind.LONG_TEXT else tick_boxes(raw)
    ticked = [box.word for box in boxes if box.ticked]
    if not boxes or len(ticked) > 1:
        return raw
    if not ticked:
        draft.note(place, Confidence.LIKELY, _("“{label}”的方框都没有勾选，当作空白").format(label=one.label), path)
        return ""
    text = fitting(one.choices, ticked[0]) or ticked[0]
    message = _("“{label}”按勾选的方框读作“{word}”").format(label=one.label, word=text)
    draft.note(place, Confidence.LIKELY, message, path, text=raw)
    return text


def _ordinary(draft: RecordDraft, one: Field, raw: str, place: str, path: FieldPath) -> str:
    """A text with ordinary Hanzi where a PDF's copy has radicals."""
    ordinary = ordinary_hanzi(raw)
    if ordinary != raw:
        message = _("“{label}”里有从 PDF 复制来的部首字，换成了普通汉字").format(label=one.label)
        draft.note(place, Confidence.LIKELY, message, path, text=raw)
    return ordinary


def _is_revised(words: str) -> bool:
    """Do the words behind a number say another in its place, or nothing but another: （审减后100）, （100）?"""
    named = any(word in words for word in WORDS["revised"]) or not _LETTER.search(words)
    return named and any(map(str.isdecimal, words))


def note_field(group: AmountGroup) -> Field | None:
    """Where words beside a group's amounts go."""
    return next((one for one in group.others if one.role is Role.NOTE), None)


def _unit_by_size(typed: str, usual: str) -> tuple[str, str]:
    """The ``usual`` unit, 元 where that would make of a county's project one of 500 million; and what is said of it."""
    try:
        much = usual != YUAN and read_amount(typed, usual) >= _TOO_MUCH
    except AmountError:
        much = False
    if much:
        return YUAN, _("没有写明金额单位，看数的大小按{unit}读入，请核对")
    return usual, _("没有写明金额单位，按{unit}读入，请核对")


def _with_unit(typed: str, unit: str) -> tuple[str, str]:
    """The number of an amount, and the unit that it has: its own behind it, or that of its table."""
    match = _OWN_UNIT.fullmatch(typed)
    return (match[1], f"{match[2].removesuffix('元')}元") if match else (typed, unit)


def _trimmed(raw: str) -> str:
    """Without the blanks at the ends of its lines and empty lines at its ends; endless blanks are one."""
    text = "\n".join(line.strip(" \t\u3000\xa0") for line in raw.split("\n")).strip("\n")
    return _ENDLESS.sub(" ", text)
