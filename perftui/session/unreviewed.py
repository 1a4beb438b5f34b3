"""The edits about copied texts that nobody has looked at: marking them, and taking marks away with what was changed."""

from collections.abc import Iterable, Sequence

from perftui.editing.edits import DropRow, Edit, SetValue
from perftui.forms import Form, GroupRole, RecordSpec, Role
from perftui.model.document import Document
from perftui.model.record import ORDER, UNREVIEWED, FieldPath, Record
from perftui.model.unreviewed import mark_at, mark_of, marked_paths, with_marks

_OWN = (Role.CODE, Role.ORIGIN, Role.SCHEMA, Role.ORDER)
"""What is never copied, or never asked about."""


def marking(form: Form, file: str, paths: Iterable[FieldPath], source: str) -> list[Edit]:
    """The edits that mark fields as copied from ``source``."""
    marks = dict.fromkeys(mark_of(path, whole_tables(form.project)) for path in paths)
    return [SetValue(file=file, path=mark, value=source) for mark in marks]


def marked(form: Form, record: Record, source: str) -> Record:
    """A project, every filled field of which was copied from ``source``."""
    spec = form.project
    paths = [path for path, one in spec.fields(record) if record.text(path) and one.role not in _OWN]
    return with_marks(record, paths, source, whole_tables(spec))


def whole_tables(spec: RecordSpec) -> tuple[str, ...]:
    """The tables that are looked at as a whole: the plan."""
    return (spec.plan.key,) if spec.plan else ()


def thing_of(spec: RecordSpec, path: FieldPath) -> FieldPath:
    """What a place is looked at with, as they stand on one line or in one cell of the print.

    Of an amount that is its sum, of a goal all goals, of a cell its row, else the place itself.
    """
    group = spec.group(path[0])
    if group is not None:
        return path[:1] if group.role is GroupRole.GOALS else path[:2]
    return spec.line_of(path)[0]


def marked_with(spec: RecordSpec, record: Record, path: FieldPath) -> tuple[FieldPath, ...]:
    """The copied places that are looked at together with one."""
    whole = thing_of(spec, path)
    return tuple(one for one in marked_paths(record) if thing_of(spec, one) == whole or one == path[:1])


def looked_at(document: Document, file: str, paths: Iterable[FieldPath]) -> list[Edit]:
    """The edits that say of some places that somebody has looked at them."""
    record = document.record(file) if document.has(file) else Record()
    marks = dict.fromkeys(mark for path in paths if (mark := mark_at(record, path)))
    return [SetValue(file=file, path=mark, value=None) for mark in marks]


def changed_marks(document: Document, edits: Sequence[Edit]) -> list[Edit]:
    """The edits that take away the marks of what other edits change; ``document``: as it is before those."""
    marking = {(edit.file, edit.path) for edit in edits if isinstance(edit, SetValue) and edit.path[0] == UNREVIEWED}
    found: dict[tuple[str, FieldPath], Edit] = {}
    for edit in edits:
        for gone in looked_at(document, edit.file, _touched(edit)):
            assert isinstance(gone, SetValue)
            if (gone.file, gone.path) not in marking:
                found[gone.file, gone.path] = gone
    return list(found.values())


def _touched(edit: Edit) -> list[FieldPath]:
    match edit:
        case SetValue(path=path) if path[-1] != ORDER and path[0] != UNREVIEWED:
            return [path]
        case DropRow(group=group, row_id=row_id):
            return [(group, row_id)]
    return []
