"""Remarks: what somebody said of a field in the margin of a returned document, kept in the file until it is settled.

Each is a row of its own, so that remarks merge as all rows do. Its id comes from where it stands and what it says: who
takes a document in twice, or in two clones, has it once.
"""

from collections.abc import Iterable, Iterator

from perftui.model.frozen import frozen
from perftui.model.ids import hashed_id
from perftui.model.record import REMARKS, FieldPath, Record, Row, format_path

FIELD, TEXT, BY, DATE, ANSWER, SETTLED = "field", "text", "by", "date", "answer", "settled"
KEYS = (FIELD, TEXT, BY, DATE, ANSWER, SETTLED)


@frozen
class Remark:
    """One remark."""

    path: FieldPath
    """The field, row or table that it is about; ``()``: the whole file."""
    text: str
    by: str = ""
    """Who made it; "" where nobody knows."""
    date: str = ""
    """The day, as ``2021-11-30``; "" where nobody knows."""
    answer: str = ""
    settled: str = ""
    """Who settled it; "" while it is open."""
    id: str = ""
    """Of its row; "" where it is in no file yet."""


def remarks_of(record: Record) -> Iterator[Remark]:
    """The remarks of a file, settled ones too; a row without a text is none."""
    for row in record.rows(REMARKS):
        if row.text(TEXT).strip():
            place = row.text(FIELD)
            path = record.path_named(place) if place else ()
            yield Remark(
                path=path, text=row.text(TEXT), by=row.text(BY), date=row.text(DATE), answer=row.text(ANSWER),
                settled=row.text(SETTLED), id=row.id,
            )  # fmt: skip


def open_remarks(record: Record) -> tuple[Remark, ...]:
    """The remarks that nobody has settled."""
    return tuple(one for one in remarks_of(record) if not one.settled)


def remark_row(remark: Remark, taken: Iterable[str] = ()) -> Row:
    """The row that a remark is kept as."""
    place = format_path(remark.path) if remark.path else ""
    values = {
        FIELD: place, TEXT: remark.text, BY: remark.by, DATE: remark.date, ANSWER: remark.answer,
        SETTLED: remark.settled,
    }  # fmt: skip
    row_id = remark.id or hashed_id("\0".join((place, remark.by, remark.date, remark.text)), set(taken))
    return Row(id=row_id, values={key: text for key, text in values.items() if text})


def with_remarks(record: Record, remarks: Iterable[Remark]) -> Record:
    """The record with remarks added; the same one twice is there once."""
    for remark in remarks:
        row = remark_row(remark)
        if record.row(REMARKS, row.id) is None:
            record = record.with_row(REMARKS, row)
    return record
