"""A record while it is being read: each value is cleaned and checked when put in; what was changed is noted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from perftui.exchange.importer.imported import Confidence, Note
from perftui.exchange.importer.report import shown
from perftui.forms import AmountGroup, Field, Form, Kind, Role
from perftui.locale import _
from perftui.model.dates import DateError, read_date, read_period
from perftui.model.document import Location
from perftui.model.money import AmountError, format_amount, half_width, parse_amount, read_amount, read_percent
from perftui.model.record import FieldPath
from perftui.model.text import TextDefect as Removal
from perftui.model.text import clean, describe

NOTHING = frozenset({"-", "--", "—", "——", "/", "\\", "无", "／"})
"""What people write into an amount's cell to leave it blank."""

_ENDLESS = re.compile(r"[ \t]{64,}")
MOST_TEXT = 2000  # characters of a field that is no long text
MOST_ROWS = 2000  # of one group, as many as a file may have
MOST_NOTES = 1000  # of one project, so that a damaged file fills no screen without end
_MOST_REMARKS = 200  # lines that are kept of what had no field


_READ = (Kind.DATE, Kind.PERIOD, Kind.INTEGER)
_COUNTED = (*_READ, Kind.PERCENT, Kind.AMOUNT)


@dataclass(slots=True, kw_only=True)
class RowDraft:
    """A row of a group: its values by key, and texts that have no column here."""

    values: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class RecordDraft:
    """A department or a project in the making."""

    def __init__(self, form: Form, *, department: bool, literal: bool) -> None:
        self.form = form
        self.spec = form.department if department else form.project
        self.literal = literal
        self.values: dict[FieldPath, str] = {}
        self.rows: dict[str, list[RowDraft]] = {group.key: [] for group in self.spec.groups}
        self.unit: tuple[str, str] = ("", "")
        """Code and name of the unit, as the line over the table says them."""
        self.amount_unit = ""
        self.headings: list[str] = []
        """Headings inside of its table."""
        self.notes: list[Note] = []
        self.makes_file = True
        """It becomes a file, at whose end texts without a field can stand."""
        self.remarks: list[str] = []
        """Texts that found no field."""
        self.unsaid = 0
        """Notes beyond the most that are kept."""

    def note(self, place: str, confidence: Confidence, message: str, path: FieldPath = ()) -> None:
        """A line of the report about this record."""
        self._note(Note(place=place, confidence=confidence, message=message, target=Location(file="", path=path)))

    def left(self, place: str, text: str) -> None:
        """A text that found no field."""
        sentence = _("没有对应的栏目，新建文件时留在末尾作备注：{text}")
        if not self.makes_file:
            sentence = _("没有对应的栏目，未读入：{text}")
        message = sentence.format(text=shown(text))
        self._note(Note(place=place, confidence=Confidence.LEFT, message=message))
        self.remark(text)

    def remark(self, text: str) -> None:
        """Keeps a text that has no field as a comment at the end of the file."""
        kept = " ".join(clean(text[:MOST_TEXT], lines=False).text.split())
        if kept and len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(kept)

    def _note(self, note: Note) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(note)
        else:
            self.unsaid += 1

    def put(self, path: FieldPath, one: Field, raw: str, place: str, *, unit: str = "") -> None:
        """Takes a field's text in. ``unit`` is what the label says: 元 or 万元."""
        if path in self.values:
            if raw.strip():
                self.note(place, Confidence.UNSURE, _("“{label}”出现了两次，后一次未读入：{text}").format(
                    label=one.label, text=shown(raw)), path)  # fmt: skip
                self.remark(f"{one.label}：{raw}")
            return
        if one.kind is Kind.AMOUNT:
            text = self._amount(path, one, raw, place, unit)
        elif one.kind is Kind.PERCENT:
            text = self._percent(path, one, raw, place)
        elif one.kind in _READ:
            text = self._read(one, raw, place)
        else:
            text = self.text(one, raw, place, path)
        if text:
            self.values[path] = text

    def put_cell(self, group: str, row: RowDraft, one: Field, raw: str, place: str) -> None:
        """Takes the text of a row's column in; the row need not be in the group yet."""
        if self.literal and one.kind not in _COUNTED and len(raw) <= MOST_TEXT and clean(raw, lines=True).text is raw:
            if raw:  # nothing to tell, as of nearly every text that this program printed
                row.values[one.key] = raw
            return
        path = (group, f"#{len(self.rows[group])}", one.key)
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
        raw = raw[: 4 * most]
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
        typed = raw.strip()
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
        unit = unit or self.amount_unit or self.form.amount_unit
        if self._says_nothing(path, one, typed, place):
            return ""
        try:
            amount = read_amount(typed, unit)
        except AmountError as error:
            negative = parse_amount(typed) if unit == "元" else None
            if negative is not None:
                return format_amount(negative)
            self._keep_as_note(path, one, typed, place, str(error))
            return ""
        text = format_amount(amount)
        if unit != "元" and amount:
            self.note(place, Confidence.LIKELY, _("“{label}”{raw} 万元换算成 {text} 元").format(
                label=one.label, raw=shown(typed).removesuffix("元").removesuffix("万"), text=text), path)  # fmt: skip
        return text

    def _says_nothing(self, path: FieldPath, one: Field, typed: str, place: str) -> bool:
        if typed in NOTHING:
            message = _("“{label}”写的是“{text}”，当作空白").format(label=one.label, text=typed)
            self.note(place, Confidence.LIKELY, message, path)
        return not typed or typed in NOTHING

    def _keep_as_note(self, path: FieldPath, one: Field, typed: str, place: str, why: str) -> None:
        """Words in an amount's cell are kept beside the amounts."""
        group = next((group for group in self.spec.amounts if group.key == path[0]), None)
        note = None if group is None else _note_field(group)
        if group is None or note is None:
            self.left(place, f"{one.label}：{typed}")
            return
        self._add_to_note(group, note, f"{one.label}：{typed}", place)
        message = _("“{label}”不是金额（{why}），文字放进“{note}”").format(label=one.label, why=why, note=note.label)
        self.note(place, Confidence.UNSURE, message, (group.key, note.key))

    def put_source(self, group: AmountGroup, label: str, typed: str, place: str) -> bool:
        """Keeps an amount whose label the form does not have, as words; False where the form has no place for them."""
        note, label, said = _note_field(group), " ".join(label.split()).strip(":："), typed.strip()
        if note is None:
            return False
        if said[-1:].isdecimal():
            said += self.amount_unit or self.form.amount_unit
        self._add_to_note(group, note, f"{label}：{said}", place)
        message = _("没有“{label}”一栏，“{text}”放进“{note}”").format(
            label=shown(label), text=shown(said), note=note.label
        )
        self.note(place, Confidence.UNSURE, message, (group.key, note.key))
        return True

    def _add_to_note(self, group: AmountGroup, note: Field, words: str, place: str) -> None:
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

    def placed_notes(self, file: str, ids: Mapping[tuple[str, str], str]) -> tuple[Note, ...]:
        """The notes, with the file and the rows' ids that are known now: ``(group, "#3")`` -> id."""
        placed = tuple(
            replace(note, target=Location(file=file, path=_real(note.target.path, ids))) if note.target else note
            for note in self.notes
        )
        if not self.unsaid:
            return placed
        message = _("另有 {count} 条说明没有列出").format(count=self.unsaid)
        return (*placed, Note(place="", confidence=Confidence.LEFT, message=message))


def _real(path: FieldPath, ids: Mapping[tuple[str, str], str]) -> FieldPath:
    if len(path) < 2 or not path[1].startswith("#"):
        return path
    row = ids.get((path[0], path[1]))
    return (path[0], row, *path[2:]) if row else ()


def _note_field(group: AmountGroup) -> Field | None:
    return next((one for one in group.others if one.role is Role.NOTE), None)


def _trimmed(raw: str) -> str:
    """Without the blanks at the ends of its lines and empty lines at its ends; endless blanks are one."""
    text = "\n".join(line.strip(" \t\u3000\xa0") for line in raw.split("\n")).strip("\n")
    return _ENDLESS.sub(" ", text)
