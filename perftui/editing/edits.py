"""Edits are values: each is applied to a document and gives the edit that takes it back."""

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.record import Comment, FieldPath, Plain, Record, Row, format_path, in_order


@frozen
class SetValue:
    """A field gets a value; ``None`` makes it blank."""

    file: str
    path: FieldPath
    value: Plain | None


@frozen
class PutRow:
    """A row is added, with the comments that belong to it."""

    file: str
    group: str
    row: Row
    comments: Mapping[FieldPath, Comment] = field(default_factory=dict)


@frozen
class DropRow:
    """A row is taken out."""

    file: str
    group: str
    row_id: str


@frozen
class AddFile:
    """A project is added."""

    file: str
    record: Record


@frozen
class DropFile:
    """A project is taken out."""

    file: str


RecordEdit = SetValue | PutRow | DropRow
"""What changes a file that is there."""

Edit = RecordEdit | AddFile | DropFile


def in_file(edit: Edit, names: Mapping[str, str]) -> Edit:
    """The edit in the file that its own has become; ``names``: files that have another name now, each with that."""
    return replace(edit, file=names[edit.file]) if edit.file in names else edit


class CannotApply(Exception):  # noqa: N818 - named for what it says
    """The place that an edit speaks of is not there."""


def apply(document: Document, edit: Edit) -> tuple[Document, Edit]:
    """The document after an edit, and the edit that takes it back. Raises CannotApply."""
    if isinstance(edit, AddFile):
        if document.has(edit.file):  # never replace a project that somebody else added under this name
            raise CannotApply(edit.file)
        return document.with_record(edit.file, edit.record), DropFile(file=edit.file)
    if not document.has(edit.file):
        raise CannotApply(edit.file)
    record = document.record(edit.file)
    if isinstance(edit, DropFile):
        return document.without(edit.file), AddFile(file=edit.file, record=record)
    inverse = _inverse(record, edit)
    return document.with_record(edit.file, apply_to_record(record, edit)), inverse


def apply_all(document: Document, edits: tuple[Edit, ...]) -> tuple[Document, tuple[Edit, ...]]:
    """The document after several edits, and the edits that take them back, last first."""
    inverses: list[Edit] = []
    for edit in edits:
        document, inverse = apply(document, edit)
        inverses.append(inverse)
    return document, tuple(reversed(inverses))


def apply_to_record(record: Record, edit: RecordEdit) -> Record:
    """The record after an edit of a field or row of it. Raises CannotApply for a field of a row that is not there."""
    match edit:
        case SetValue():
            if len(edit.path) == 3 and record.row(edit.path[0], edit.path[1]) is None:
                raise CannotApply(format_path(edit.path))
            return record.with_value(edit.path, edit.value)
        case PutRow():
            return record.with_row(edit.group, edit.row).with_comments(edit.comments)
        case DropRow():
            return record.without_row(edit.group, edit.row_id)


def _inverse(record: Record, edit: RecordEdit) -> Edit:
    """The edit that takes one back. Raises CannotApply for a row that is already there, or not there any more."""
    match edit:
        case SetValue():
            return SetValue(file=edit.file, path=edit.path, value=record.value(edit.path))
        case PutRow():
            if record.row(edit.group, edit.row.id) is not None:
                raise CannotApply(edit.row.id)
            return DropRow(file=edit.file, group=edit.group, row_id=edit.row.id)
        case DropRow():
            row = record.row(edit.group, edit.row_id)
            if row is None:
                raise CannotApply(edit.row_id)
            comments = record.row_comments(edit.group, edit.row_id)
            return PutRow(file=edit.file, group=edit.group, row=row, comments=comments)


def to_plain(edit: Edit) -> dict[str, Any]:
    """The edit as plain values that JSON can hold."""
    match edit:
        case SetValue():
            return {"set": list(edit.path), "file": edit.file, "to": edit.value}
        case PutRow():
            row = {"id": edit.row.id, "values": dict(edit.row.values)}
            return {"put": edit.group, "file": edit.file, "row": row, "comments": _plain_comments(edit.comments)}
        case DropRow():
            return {"drop": edit.group, "file": edit.file, "row": edit.row_id}
        case AddFile():
            return {"add": edit.file, "record": plain_record(edit.record)}
        case DropFile():
            return {"remove": edit.file}


def from_plain(plain: Mapping[str, Any]) -> Edit:
    """The edit that ``to_plain`` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    if "set" in plain:
        return SetValue(file=plain["file"], path=tuple(plain["set"]), value=plain["to"])
    if "put" in plain:
        row = Row(id=plain["row"]["id"], values=plain["row"]["values"])
        return PutRow(file=plain["file"], group=plain["put"], row=row, comments=_comments(plain["comments"]))
    if "drop" in plain:
        return DropRow(file=plain["file"], group=plain["drop"], row_id=plain["row"])
    if "add" in plain:
        return AddFile(file=plain["add"], record=record_from_plain(plain["record"]))
    return DropFile(file=plain["remove"])


def plain_record(record: Record) -> dict[str, Any]:
    """A whole record as plain values that JSON can hold."""
    groups = {
        group: [{"id": row.id, "values": dict(row.values)} for row in rows] for group, rows in record.groups.items()
    }
    tables = {table: dict(values) for table, values in record.tables.items()}
    return {"head": dict(record.head), "tables": tables, "groups": groups, "comments": _plain_comments(record.comments)}


def record_from_plain(plain: Mapping[str, Any]) -> Record:
    """The record that ``plain_record`` wrote."""
    groups = {
        group: in_order([Row(id=row["id"], values=row["values"]) for row in rows])
        for group, rows in plain["groups"].items()
    }
    return Record(head=plain["head"], tables=plain["tables"], groups=groups, comments=_comments(plain["comments"]))


def _plain_comments(comments: Mapping[FieldPath, Comment]) -> list[list[Any]]:
    return [[list(path), list(note.before), note.behind] for path, note in comments.items()]


def _comments(plain: list[list[Any]]) -> dict[FieldPath, Comment]:
    return {tuple(path): Comment(before=tuple(before), behind=behind) for path, before, behind in plain}
