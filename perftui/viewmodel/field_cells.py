"""Cells made from fields: text, alignment, tone and offer, the same in every view."""

import textwrap
from collections.abc import Sequence
from dataclasses import replace

from perftui.forms import Field, Kind, Role
from perftui.forms.computed_fields import computed
from perftui.forms.glosses import english_of, glossed
from perftui.model.dates import date_in_words
from perftui.model.document import Location
from perftui.model.money import print_amount
from perftui.model.record import FieldPath, Record
from perftui.model.text import visible
from perftui.model.unreviewed import copied_from
from perftui.model.width import ELLIPSIS, cell_len, cut
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import COMPUTED, GAP, OFFERED, Align, CellView, NewRow, RowView, Tone, placed, wrapped_row
from perftui.viewmodel.sheet_columns import ColumnWidth, column_widths, with_least, with_room

_AS_IT_STANDS = (Kind.TEXT, Kind.LONG_TEXT, Kind.CODE, Kind.CHOICE)
"""What is shown letter by letter as it is stored."""

_ENGLISH_LINES = 2
"""The most lines that a column's title has in English, below the Chinese."""
_BLANKS = 8
"""Blanks that may be typed or pasted between the groups of a code, beyond its limit."""


def field_cell(shown: DocumentView, file: str, path: FieldPath, field: Field, record: Record | None = None) -> CellView:
    """The cell of a field: what it holds, in the tone of its worst finding."""
    place = Location(file=file, path=path)
    held = shown.document.record(file) if record is None else record
    typed = held.text(path)
    unit = shown.unit if field.kind is Kind.AMOUNT else ""
    if field.formula is not None and not typed:
        spec = shown.form.spec_of(file)
        return computed_cell(shown_text(field, computed(spec, held, path), unit), number=field.kind.is_number)
    return CellView(
        text=shown_text(field, typed, unit),
        align="right" if field.kind.is_number else "left",
        tone=shown.index.tone(place) or (Tone.HINT if typed and copied_from(held, path) else Tone.PLAIN),
        place=place,
        editable=True,
        typed=edit_text(field, typed, unit),
        label=glossed(shown.form, field.label),
        offer=_offer(shown, place, field),
        hint=_usual_title(shown.form.project_title(held)) if field.role is Role.TITLE and len(path) == 1 else "",
        number=field.kind.is_number,
        multiline=field.kind is Kind.LONG_TEXT,
        limit=field.limit + (_BLANKS if field.kind is Kind.CODE else 0),
    )


def ghost_cell(shown: DocumentView, file: str, path: FieldPath, field: Field, ghost: NewRow) -> CellView:
    """The cell of a row that is not stored yet: its prefilled text dim."""
    text = dict(ghost.values).get(path[-1], "")
    place = Location(file=file, path=path)
    return CellView(
        text=text, sign=OFFERED, tone=Tone.DIM, place=place, editable=True, label=glossed(shown.form, field.label),
        ghost=ghost, stop=not text, offer="" if text else _offer(shown, place, field), limit=field.limit,
        multiline=field.kind is Kind.LONG_TEXT, align="right" if field.kind.is_number else "left",
    )  # fmt: skip


def _usual_title(title: str) -> str:
    """What a blank title means, as it is made from the name."""
    return f"{COMPUTED}{title}" if title else ""


def _offer(shown: DocumentView, place: Location, field: Field) -> str:
    """The dim text of a field: a number as the cell would show it, any other text as it would be stored."""
    offer = shown.offers.get(place, "")
    return shown_text(field, offer, shown.unit) if field.kind.is_number else offer


def titled_widths(
    shown: DocumentView, titles: Sequence[CellView], columns: Sequence[ColumnWidth], total: int
) -> tuple[int, ...]:
    """The widths of columns, with the room that ``total`` cells have for the English of their titles."""
    english = [cell_len(english_of(shown.form, cell.text)) for cell in titles]
    widths = with_room(column_widths(with_least(columns, english, total), total), english, total)
    told = [max(width, cell_len(glossed(shown.form, cell.text))) for width, cell in zip(widths, titles, strict=True)]
    return tuple(told) if sum(told) + GAP * (len(told) - 1) <= total else widths


def _told_below(english: str, width: int) -> list[str]:
    """A title's English in a narrow column: in two lines at most."""
    lines = textwrap.wrap(english, width, break_long_words=False, max_lines=_ENGLISH_LINES, placeholder=ELLIPSIS)
    return [cut(line, width) for line in lines]


def header_row(shown: DocumentView, titles: Sequence[CellView], widths: Sequence[int]) -> RowView:
    """Titles over their columns, in several lines where one is too narrow, with their English where that was chosen."""
    texts = [glossed(shown.form, cell.text) for cell in titles]
    if any(cell_len(text) > width for text, width in zip(texts, widths, strict=True)):
        texts = [
            "\n".join([cell.text, *_told_below(english_of(shown.form, cell.text), width)])
            for cell, width in zip(titles, widths, strict=True)
        ]
    titled = [replace(cell, text=text, wrapped=True) for cell, text in zip(titles, texts, strict=True)]
    return wrapped_row(placed(titled, widths))


def label_cell(text: str, tone: Tone = Tone.LABEL) -> CellView:
    """A word of the form; the cursor passes over it."""
    return CellView(text=text, tone=tone)


def title_cell(text: str, align: Align = "left") -> CellView:
    """The title of a column; one without a title has no rule below it."""
    return CellView(text=text, tone=Tone.HEAD if text else Tone.PLAIN, align=align)


def locked_cell(text: str, tone: Tone = Tone.LOCKED, *, number: bool = True) -> CellView:
    """What is not typed; the cursor passes over it."""
    return CellView(text=text, tone=tone, align="right" if number else "left", number=number)


def computed_cell(text: str, tone: Tone = Tone.LOCKED, *, number: bool = True) -> CellView:
    """A value that is computed from others, with the sign of one."""
    return replace(locked_cell(text, tone, number=number), sign=COMPUTED)


def shown_text(field: Field, text: str, unit: str) -> str:
    """A stored text as a cell shows it: amounts in the document's unit, percentages but points with their sign."""
    if not text:
        return ""
    if field.kind is Kind.AMOUNT:
        return visible(print_amount(text, unit))
    if field.kind is Kind.PERCENT:
        return visible(text) if field.role in (Role.WEIGHT, Role.SCORE) else f"{visible(text)}%"
    if field.kind in (Kind.DATE, Kind.PERIOD):
        return visible(date_in_words(text))
    if field.kind is Kind.INTEGER:
        return visible(text) + field.unit
    if field.kind is Kind.LONG_TEXT:
        return "\n".join(visible(line) for line in text.split("\n"))
    return visible(text)


def shown_texts(field: Field, texts: Sequence[str], unit: str) -> Sequence[str]:
    """``shown_text`` of each of many texts: one look tells where all are shown as they stand."""
    lines = "\n".join(texts)
    if field.kind in _AS_IT_STANDS and lines.count("\n") < len(texts) and visible(lines, lines=True) == lines:
        return texts
    return [shown_text(field, text, unit) for text in texts]


def edit_text(field: Field, text: str, unit: str) -> str:
    """A stored text as editing begins with it."""
    return print_amount(text, unit) if field.kind is Kind.AMOUNT and text else text
