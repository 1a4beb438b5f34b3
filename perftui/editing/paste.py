"""A paste is planned in full before anything is changed, so that the plan can be shown and confirmed.

A plan never loses a text: what a field does not take, and what has no place, is in it with the reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from perftui.editing.edits import Edit
from perftui.editing.entry import EntryRefused, read_at
from perftui.editing.record_builder import RecordBuilder
from perftui.forms import Form, RecordSpec
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Plain, plain_text

Block = Sequence[Sequence[str]]
_LONGEST_NUMBER = 4
"""Of a row: shorter ones may count rows."""


class FormWords:
    """How the labels of a block are recognised; this base recognises none (the importer's vocabulary stands above)."""

    def field(self, text: str) -> FieldPath | None:
        """The field outside of rows that a label announces."""
        return None

    def goals(self, text: str) -> str:
        """The group of goals that a label announces; "" where it is no such label."""
        return ""

    def is_heading(self, text: str) -> bool:
        """Is a text a word of the form that announces no single field?"""
        return False

    def is_unit_line(self, text: str) -> bool:
        """Is a text what stands over a table: whose it is, and in which unit?"""
        return False


@frozen
class PastedCell:
    """One cell of a block and where it goes."""

    row: str
    """The row or project that it goes to, in words; "" outside of rows."""
    label: str
    text: str
    old: str = ""
    """What stands there now and will be replaced."""
    refusal: str = ""
    """Why it is not taken."""
    place: Location | None = None


@frozen
class PastePlan:
    """What a paste will do."""

    edits: tuple[Edit, ...] = ()
    cells: tuple[PastedCell, ...] = ()
    new_rows: int = 0
    new_projects: int = 0
    has_header: bool = False
    filled: int = 0
    """Blanks of merged cells that take the text above them."""
    outside: tuple[str, ...] = ()
    """Texts that have no place."""
    doubts: tuple[str, ...] = ()
    """What a person should look at before it is taken."""
    unused: tuple[str, ...] = ()
    """The titles of columns for which the form has none; their texts are among those without a place."""
    around: tuple[str, ...] = ()
    """What stands around the tables and is none of a project's, shown and put nowhere: titles, another unit or year."""

    @property
    def taken(self) -> int:
        """Cells that are taken."""
        return sum(not cell.refusal for cell in self.cells)

    @property
    def refused(self) -> tuple[PastedCell, ...]:
        """Cells that are not."""
        return tuple(cell for cell in self.cells if cell.refusal)

    @property
    def left_over(self) -> tuple[str, ...]:
        """Every text that is not taken."""
        return (*(cell.text for cell in self.refused), *self.outside)


@dataclass(slots=True, kw_only=True)
class PasteBuilder:
    """A paste plan in the making, for one record."""

    form: Form
    spec: RecordSpec
    draft: RecordBuilder
    unit: str
    """The unit that amounts are typed in."""
    cells: list[PastedCell] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    new_rows: int = 0

    def put(self, path: FieldPath, text: str, row: str = "") -> None:
        """A text goes to a field of the record."""
        old = self.draft.record.text(path)
        value = self.read(path, text, row, old)
        if value is not _REFUSED:
            self.draft.put(path, value)

    def add(self, group: str, texts: Mapping[str, str], values: Mapping[str, Plain], index: int, row: str) -> str:
        """Texts go to a new row, which begins with some values; its id, "" where none of them was taken."""
        read = {key: self.read((group, "", key), text, row) for key, text in texts.items()}
        taken = {key: value for key, value in read.items() if value is not _REFUSED and value is not None}
        if not taken:
            return ""
        self.new_rows += 1
        return self.draft.add(group, {**values, **taken}, index)

    def read(self, path: FieldPath, text: str, row: str, old: str = "") -> Plain | None:
        """The value of a text, noted in the plan; ``_REFUSED`` where the field does not take it."""
        label = self.spec.label(path)
        place = Location(file=self.draft.file, path=path)
        try:
            value = read_at(self.form, self.spec, path, text, self.unit).value
        except EntryRefused as error:
            self.cells.append(PastedCell(row=row, label=label, text=text, refusal=str(error), place=place))
            return _REFUSED
        shown = plain_text(value)
        if shown != old:
            self.cells.append(PastedCell(row=row, label=label, text=shown, old=old, place=place))
        return value

    def plan(self) -> PastePlan:
        """The plan that came of it."""
        return PastePlan(
            edits=tuple(self.draft.edits),
            cells=tuple(self.cells),
            new_rows=self.new_rows,
            outside=tuple(self.outside),
        )


_REFUSED: Plain = object()


def without_blank_rows(block: Block) -> list[list[str]]:
    """The rows in which something stands, all equally long."""
    width = max((len(row) for row in block), default=0)
    return [[*row, *[""] * (width - len(row))] for row in block if any(text.strip() for text in row)]


def filled(texts: Iterable[str]) -> list[str]:
    """The texts that are not blank."""
    return [text for text in texts if text.strip()]


def is_numbered(row: Sequence[str]) -> bool:
    """Does a row begin with its number?"""
    first = row[0].strip() if row else ""
    return first.isdigit() and len(first) < _LONGEST_NUMBER and bool(filled(row[1:]))


def worth_telling(row: Sequence[str]) -> list[str]:
    """The texts of a row that a person is told of when they find no place: all but the number that it begins with."""
    return filled(row[is_numbered(row) :])


def joined(plans: Sequence[PastePlan]) -> PastePlan:
    """Plans over parts of one block as one."""
    return PastePlan(
        edits=tuple(edit for plan in plans for edit in plan.edits),
        cells=tuple(cell for plan in plans for cell in plan.cells),
        new_rows=sum(plan.new_rows for plan in plans),
        new_projects=sum(plan.new_projects for plan in plans),
        has_header=any(plan.has_header for plan in plans),
        filled=sum(plan.filled for plan in plans),
        outside=tuple(text for plan in plans for text in plan.outside),
        doubts=tuple(dict.fromkeys(doubt for plan in plans for doubt in plan.doubts)),
        unused=tuple(dict.fromkeys(title for plan in plans for title in plan.unused)),
        around=tuple(dict.fromkeys(text for plan in plans for text in plan.around)),
    )


def nothing_found(block: Block) -> PastePlan:
    """A block for which there is no place at all."""
    return PastePlan(outside=tuple(text for row in block for text in worth_telling(row)))


def row_name(label: str, number: int, name: str = "") -> str:
    """A row in words: which one, and what it is about."""
    return _("{label}{number} {name}").format(label=label, number=number, name=name).rstrip()
