"""Where the values of a blank form belong: every blank cell gets a mark, and the importer says what each would be.

So the cells that are filled are those that are read, whatever the form is: labels beside or over values, columns of
indicators, signs apart from numbers, a row or a table for each project. A mark is a number of five digits.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from perftui.exchange.filling.form_places import MARK, FieldPlace, FormPlaces, ProjectPlaces, RowSlot
from perftui.exchange.filling.gaps import Gap, filler, gaps
from perftui.exchange.filling.place import FormOwner, Place, records_filled
from perftui.exchange.filling.row_columns import BARE_UNIT, row_columns
from perftui.exchange.filling.unasked import is_corner, is_titled_otherwise, unasked_cells
from perftui.exchange.importer.headers import Header, header_at, header_of
from perftui.exchange.importer.imported import ImportRefused, ImportResult, Note
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.project_lists import listed_projects
from perftui.exchange.importer.read_document import match
from perftui.exchange.importer.source import Block, SourceCell, SourceDocument, SourceParagraph
from perftui.exchange.importer.vocabulary import LabelMeaning, vocabulary
from perftui.forms import Form, Group, GroupRole, Kind, Role
from perftui.locale import _
from perftui.model.money import UNIT_SIZES
from perftui.model.record import FieldPath, Record, Row

_GOAL = re.compile("目标[0-9０-９一二三四五六七八九十]{1,3}")
_GOALS = re.compile(rf"(?:\s*{_GOAL.pattern}[:：])+[\s….]*")
"""A cell of nothing but goals' numbers. Where a form's goals are one text, that stands there instead."""
_FIRST, _LAST = 10_001, 99_999
_ANY_UNIT = ("单位", "部门", "金额单位", "货币单位", "资金单位", "计量单位")
"""Labels that ask for the unit where a project has one, and for 元 or 人 elsewhere, or for that alone."""
_OWNERS = (LabelMeaning.UNIT, LabelMeaning.YEAR)
_SIGNS_OR_KINDS = ("指标性质", "性质")
"""Titles of which only the cells below tell whether they mean signs: ≥ and ≤, or 定量 and 定性."""
_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_TOLD_APART = (Kind.DATE, Kind.PERIOD, Kind.INTEGER)
"""Kinds of which a mark is none: what the importer says that it left is where they are."""


def find_places(content: SourceDocument, form: Form, owner: FormOwner) -> FormPlaces:
    """Where values go in a blank form. Raises ImportRefused where it holds nothing of the form."""
    found = [_Marked(content, form, owner, first=first).places() for first in (False, True)]
    return max(found, key=FormPlaces.size)


class _Marked:
    """A form with a mark in each of its blank cells. ``first``: also in a blank one that a row begins with."""

    def __init__(self, content: SourceDocument, form: Form, owner: FormOwner, *, first: bool) -> None:
        self._form, self._owner_of, self._first = form, owner, first
        self._words = vocabulary(form.id)
        self._one_text = all(one.single for one in form.project.groups if one.role is GroupRole.GOALS)
        self._marks: dict[str, Place] = {}
        self._boxes: dict[str, tuple[tuple[str, Place], ...]] = {}
        self._written: dict[Place, str] = {}
        self._numbered_goals: set[Place] = set()
        self._labels: dict[Place, str] = {}
        self._headers = dict(self._roles(content))
        self._columns = row_columns(content, self._words)
        titled = self._columns.units.values()
        self._of_rows = {one.place for one in titled if label_key(one.title) == BARE_UNIT}
        blocks = tuple(self._block(block) for block in content.blocks)
        counts = [one for one in (*self._columns.numbers.values(), *self._columns.unnamed) if not one.text.strip()]
        self._counts = {one.place: one.title for one in counts}
        self._labels |= self._counts
        self._blank = content
        self._content = replace(content, blocks=blocks, dropped=(), left_out={})

    def places(self) -> FormPlaces:
        """What the importer makes of it."""
        read = match(self._content, form=self._form.id)
        projects = tuple(map(self._project, records_filled(read.document, self._form).values()))
        self._refused(read, projects)
        lists = any(listed_projects(self._words, table) for table in self._content.tables())
        asked = {place for one in projects for place in one.places}
        asked |= {place for place, label in self._labels.items() if self._words.target(label)} | self._counts.keys()
        begun = {min(one.rows) for one in projects if one.rows}
        units = {one.place: one.title for row, one in self._columns.units.items() if row in begun}
        asked |= units.keys()
        self._labels |= units
        blank = {place: " ".join(self._labels[place].split()) for place in sorted(asked, key=_as_seen)}
        projects = tuple(one for one in projects if one.places)  # the foot of a list may look like one
        named = {place: label for place, label in blank.items() if label}
        return FormPlaces(projects, self._written, self._owner_of.unit, self._columns, named, lists)

    # ---- marks

    def _block(self, block: Block) -> Block:
        if isinstance(block, SourceParagraph):
            if block.contents or block.level:
                return block
            return replace(block, text=self._in_text(block.text, Place(0, block.number)))
        in_columns = {(one.row, one.cell) for one in self._headers if one.table == block.number}
        unasked = unasked_cells(block, self._words, in_columns)
        rows = tuple(
            row
            if header_of(self._words, row)  # a blank in it is no column's
            else tuple(
                one if (at, place) in unasked else self._cell(block.number, at, place, row)
                for place, one in enumerate(row)
            )
            for at, row in enumerate(block.rows)
        )
        return replace(block, rows=rows)

    def _cell(self, table: int, at: int, place: int, row: Sequence[SourceCell]) -> SourceCell:
        cell, where = row[place], Place(table, at, place)
        label = next((one.text for one in reversed(row[:place]) if one.text.strip()), "")
        if cell.merged or where in self._of_rows:
            return cell
        if self._one_text and _GOALS.fullmatch(cell.text):
            return cell._replace(text=self._mark(where, label))
        if cell.text.strip():
            beside = row[place + 1 : place + 2]
            blank = bool(beside) and not beside[0].text.strip()
            return cell._replace(text=self._in_text(cell.text, where, label, beside=blank))
        bare = all(one.merged or not one.text.strip() for one in row)
        level = self._headers.get(where) in _LEVELS  # left blank, it is the one above
        if place == 0 and not bare and (level or not self._first):
            return cell
        if place and is_corner(self._words, label, row[place + 1 :]):
            return cell
        target = self._words.target(label)
        if target is not None and target.means is LabelMeaning.PERSON:  # nobody knows who, also not under a list
            self._labels[where] = label
            return cell
        before = next((one.text for one in reversed(row[:place]) if not one.merged), "")
        written = any(one[:3] == (table, at, place - 1) for one in self._written)  # behind its label, in the same cell
        if target is not None and target.means in _OWNERS and (written or not before.strip()):
            return cell  # only the cell beside 填报单位： is its
        return cell._replace(text=self._own(where, label) or self._mark(where, label))

    def _in_text(self, text: str, where: Place, beside_label: str = "", *, beside: bool = False) -> str:
        """A text with a mark in each of its blanks that something is known to belong into.

        ``beside``: a blank cell is beside it, into which goes what its label asks for.
        """
        made, end = "", 0
        found = gaps(text)
        if found and found[0].numbered:
            return self._after_number(text, found[0], where, beside_label)
        boxes = tuple((gap.word, where._replace(gap=at)) for at, gap in enumerate(found) if gap.word)
        for at, gap in enumerate(found):
            label, place = gap.label or beside_label, where._replace(gap=at)
            goal = _GOAL.fullmatch(label) is not None
            if gap.start < end or (beside and gap.start == gap.end and not gap.year and not goal):
                continue
            own = self._own(place, label, year=gap.year and not gap.label)
            if not own and (gap.year or not (goal or self._asks(label))):
                continue
            start = max(end, text.rfind("：", 0, gap.start) + 1) if gap.word else gap.start
            made += text[end:start] + (own or self._mark(place, label, boxes if gap.word else ()))
            end = len(text) if gap.word else gap.end
        return made + text[end:]

    def _after_number(self, text: str, gap: Gap, where: Place, label: str) -> str:
        """A number with a mark behind it where a name or a goal belongs; a blank parts the two."""
        if self._headers.get(where) is not Role.NAME and not self._is_goal(where, label):
            return text
        return text[: gap.start] + filler(text, gap, f" {self._mark(where._replace(gap=0), label)}")

    def _is_goal(self, where: Place, label: str) -> bool:
        """Does a goal go behind a number: beside 绩效目标, or below another that does?"""
        target = self._words.target(label)
        beside = target is not None and target.means is LabelMeaning.GOALS
        if beside or (not label and where._replace(row=where.row - 1) in self._numbered_goals):
            self._numbered_goals.add(where)
            return True
        return False

    def _asks(self, label: str) -> bool:
        """Does a label of a blank ask for something that is known?"""
        return label_key(label) not in _ANY_UNIT and self._words.target(label) is not None

    def _own(self, where: Place, label: str, *, year: bool = False) -> str:
        """What is asked of whose form it is, which is known without reading; "" for anything else."""
        target = self._words.target(label) if self._asks(label) else None
        text = ""
        if year or (target is not None and target.means is LabelMeaning.YEAR):
            text = str(self._owner_of.year or "")
        elif target is not None and target.means is LabelMeaning.UNIT:
            text = self._owner_of.unit
        if text:
            self._written[where], self._labels[where] = text, label
        return text

    def _mark(self, where: Place, label: str, boxes: tuple[tuple[str, Place], ...] = ()) -> str:
        """A new mark, and what stands before it."""
        mark = str(_FIRST + len(self._marks))
        if len(self._marks) >= _LAST - _FIRST:
            raise ImportRefused(_("表样里的空格太多，没有填"))
        self._marks[mark], self._labels[where], self._boxes[mark] = where, label, boxes
        return mark

    def _roles(self, content: SourceDocument) -> Iterator[tuple[Place, Role | None]]:
        """What the columns are that cells stand in, by the headers over them."""
        for table in content.tables():
            header: Header | None = None
            for at, row in enumerate(table.rows):
                found = header_at(self._words, table.rows, at, "")
                header = found[0] if found else header
                roles = _column_roles(header) if header else []
                for place, cell in enumerate(row if header else ()):
                    index = header.at(cell) if header else None
                    yield Place(table.number, at, place), None if index is None else roles[index]

    # ---- what they were read as

    def _project(self, record: Record) -> ProjectPlaces:
        found = ProjectPlaces()
        spec = self._form.project
        for path in record.paths():
            one = spec.field(path)
            if one is None:
                continue
            if place := self._field(record.text(path), money=one.kind is Kind.AMOUNT):
                if not is_titled_otherwise(self._blank, place.place, path, self._words):
                    found.fields[path] = place
            elif not any(mark in self._marks for mark in MARK.findall(record.text(path))):
                found.printed[path] = record.text(path)
        for group in spec.groups:
            rows = record.rows(group.key)
            if group.role is GroupRole.GOALS:
                texts = [row.text(group.key_of(Role.TEXT)) for row in rows]
                found.goals[group.key] = [self._marks[text] for text in texts if text in self._marks]
                found.printed_goals += [text for text in texts if text not in self._marks]
                found.numbers_goals |= any(one._replace(gap=-1) in self._numbered_goals for one in found.places)
            elif group.role is GroupRole.INDICATORS:
                found.slots += [self._slot(group, row) for row in rows]
        return found

    def _field(self, text: str, *, money: bool) -> FieldPlace | None:
        if not money:
            return FieldPlace(self._marks[text], boxes=self._boxes.get(text, ())) if text in self._marks else None
        for unit in UNIT_SIZES if text else ():
            number = Decimal(text) / unit
            if (place := self._marks.get(f"{number.normalize():f}")) is not None:
                return FieldPlace(place, unit)
        return None

    def _slot(self, group: Group, row: Row) -> RowSlot:
        texts = {column.key: text for column in group.columns if (text := row.text(column.key))}
        marks = [mark for text in texts.values() for mark in MARK.findall(text) if mark in self._marks]
        beside = self._beside(marks)
        for mark in beside:
            role = self._headers.get(self._marks[mark])
            key = group.key_of(role) if role else ""
            if key and key not in texts:
                texts[key] = mark
                marks.append(mark)
        roles = [(self._headers.get(self._marks[mark]), mark) for mark in dict.fromkeys((*marks, *beside))]
        parts = _value_parts(roles)
        if Role.VALUE in parts and len(parts) > 1:
            printed = "" if Role.UNIT in parts else MARK.sub("", texts.get(group.key_of(Role.VALUE), ""))
            texts[group.key_of(Role.VALUE)] = "".join(parts.values()) + printed
            marks += [mark for mark in parts.values() if mark not in marks]
        return RowSlot(texts, {mark: (self._marks[mark], self._headers.get(self._marks[mark])) for mark in marks})

    def _beside(self, marks: Sequence[str]) -> list[str]:
        """The other marks of a row: the importer takes no mark for a percentage or a kind of basis."""
        rows = {self._marks[mark][:2] for mark in marks}
        return [mark for mark, place in self._marks.items() if place[:2] in rows and mark not in marks]

    def _refused(self, read: ImportResult, projects: tuple[ProjectPlaces, ...]) -> None:
        """Dates and percentages: marks that the importer could not read as such, by what it says of them."""
        files = list(records_filled(read.document, self._form))
        for note in read.notes:
            for mark in MARK.findall(note.message):
                place = self._marks.get(mark)
                path = self._path(note, mark) if place else ()
                at = self._owner(note, files, projects, place)
                if place and path and at is not None:
                    projects[at].fields.setdefault(path, FieldPlace(place))

    def _path(self, note: Note, mark: str) -> FieldPath:
        spec = self._form.project
        if note.target is not None and (one := spec.field(note.target.path)) is not None:
            return note.target.path if one.kind is Kind.PERCENT else ()
        fields = ((key,) for key in (one.key for one in spec.head if one.kind in _TOLD_APART))
        named = ((path, spec.field(path)) for path in fields)
        return next((path for path, one in named if one and f"{one.label}：{mark}" in note.message), ())

    def _owner(
        self, note: Note, files: Sequence[str], projects: Sequence[ProjectPlaces], place: Place | None
    ) -> int | None:
        """The project that a note speaks of: the one it names, else the last that begins before the cell."""
        if note.target is not None and note.target.file in files:
            return files.index(note.target.file)
        before = [at for at, one in enumerate(projects) if place and one.rows and min(one.rows) <= place[:2]]
        return before[-1] if before else 0 if projects else None


def _value_parts(roles: Sequence[tuple[Role | None, str]]) -> dict[Role, str]:
    """The marks of sign, value and unit, where each has one column in a row."""
    if sum(role is Role.VALUE for role, _mark in roles) > 1:
        return {}
    found = {role: mark for role, mark in roles if role}
    return {role: found[role] for role in (Role.SIGN, Role.VALUE, Role.UNIT) if role in found}


def _column_roles(header: Header) -> list[Role | None]:
    """What the columns are; 指标性质 before the value is where the signs go, if no other column is theirs."""
    roles = [column.role if column else None for column in header.columns]
    value = roles.index(Role.VALUE) if Role.VALUE in roles else 0
    if value and Role.SIGN not in roles and label_key(header.labels[value - 1]) in _SIGNS_OR_KINDS:
        roles[value - 1] = Role.SIGN
    return roles


def _as_seen(place: Place) -> tuple[bool, Place]:
    """Tables come before lines, such as those at the foot that ask who filled it in."""
    return not place.table, place
