"""How two versions of a document, or of one file, differ, in the form's words."""

from collections.abc import Iterable, Iterator

from perftui.forms import Form
from perftui.locale import _, labelled
from perftui.model.conflicts import FIELD, OURS, OURS_BY, THEIRS, THEIRS_BY, WHOLE, is_about_row
from perftui.model.diff import Change, FieldChange, RowAdded, RowRemoved, diff
from perftui.model.document import Document, Location, file_stem
from perftui.model.record import CONFLICTS, ORDER, UNREVIEWED, FieldPath, Record, Row, format_path, plain_text
from perftui.review.conflict_sides import value_in_words
from perftui.review.location_names import BETWEEN, LocationNames
from perftui.session.renamed_files import renamed_between


def document_changes(old: Document, new: Document, form: Form) -> Iterator[str]:
    """A heading a changed file, and below it a line a change; files in the new document's order, then removed ones."""
    names = renamed_between(form, old, new)
    renamed, old = {file: name for name, file in names.items()}, old.renamed(names)
    before, after = LocationNames(old, form), LocationNames(new, form)
    for file, record in new.files():
        if file in renamed:
            yield after.file(file)
            yield "  " + labelled(_("文件名"), _(" → ").join((file_stem(renamed[file]), file_stem(file))))
            yield from (f"  {line}" for line in record_changes(old.record(file), record, file, form, old, new))
        elif not old.has(file):
            yield _("新增 {name}").format(name=after.file(file))
        elif lines := list(record_changes(old.record(file), record, file, form, old, new)):
            yield after.file(file)
            yield from (f"  {line}" for line in lines)
    yield from (_("删除 {name}").format(name=before.file(file)) for file in old.projects if not new.has(file))


def plain_changes(old: Document, new: Document, form: Form) -> Iterator[dict[str, object]]:
    """Every change as plain values: ``kind`` (changed, added, removed, renamed), place, and ``old`` and ``new`` values.

    ``field`` is "" where the whole file is meant; of a renamed one ``old`` and ``new`` are its names, of a row its
    fields.
    """
    renamed = renamed_between(form, old, new)
    old = old.renamed(renamed)
    before, after = LocationNames(old, form), LocationNames(new, form)
    for name, file in renamed.items():
        yield _plain("renamed", after, Location(file=file), name, file)
    for file, record in new.files():
        if not old.has(file):
            yield _plain("added", after, Location(file=file), None, None)
            continue
        for change in diff(old.record(file), record):
            if isinstance(change, FieldChange):
                yield _plain("changed", after, Location(file=file, path=change.path), change.old, change.new)
            else:
                place, values = Location(file=file, path=(change.group, change.row.id)), dict(change.row.values)
                added = isinstance(change, RowAdded)
                ends = (None, values) if added else (values, None)
                yield _plain("added" if added else "removed", after if added else before, place, *ends)
    for file in old.projects:
        if not new.has(file):
            yield _plain("removed", before, Location(file=file), None, None)


def _plain(kind: str, names: LocationNames, place: Location, old: object, new: object) -> dict[str, object]:
    return {
        "kind": kind, "file": place.file, "field": format_path(place.path), "place": names.of(place),
        "old": old, "new": new,
    }  # fmt: skip


def record_changes(old: Record, new: Record, file: str, form: Form, before: Document, after: Document) -> Iterator[str]:
    """A line a change of one file."""
    names_before = LocationNames(before.with_record(file, old), form)
    names_after = LocationNames(after.with_record(file, new), form)
    changes = list(_whole_conflicts(diff(old, new), new))
    if any(_is_mark(change) for change in changes):
        yield _("核对的标记")
    for change in changes:
        if _is_mark(change):
            continue
        if not isinstance(change, FieldChange) and change.group == CONFLICTS:
            yield _conflict(change, names_after, file, new)
        elif isinstance(change, FieldChange):
            place = _place(names_after, file, change.path)
            if change.path[-1] == ORDER:
                yield _("移动 {place}").format(place=_owner(names_after, file, change) or _("项目的次序"))
            else:
                yield labelled(place, _(" → ").join((_shown(change.old), _shown(change.new))))
        else:
            added = isinstance(change, RowAdded)
            names = names_after if added else names_before
            place = _place(names, file, (change.group, change.row.id))
            sentence = _("新增 {name}") if added else _("删除 {name}")
            yield labelled(sentence.format(name=place), _row(change.row))


def _whole_conflicts(changes: Iterable[Change], new: Record) -> Iterator[Change]:
    """Changes with each conflict in which something is another once, and as it is now."""
    told: set[str] = set()
    for one in changes:
        if not isinstance(one, FieldChange) or one.path[0] != CONFLICTS:
            yield one
        elif one.path[1] not in told and (row := new.row(*one.path[:2])) is not None:
            told.add(one.path[1])
            yield RowAdded(group=CONFLICTS, row=row)


def _place(names: LocationNames, file: str, path: FieldPath) -> str:
    """A place inside a file, with the English of the form's words."""
    return names.with_english(names.field(Location(file=file, path=path)))


def _is_mark(change: Change) -> bool:
    """Is it what nobody has looked at yet, and not what somebody wrote?"""
    return isinstance(change, FieldChange) and change.path[0] == UNREVIEWED


def _conflict(change: RowAdded | RowRemoved, names: LocationNames, file: str, record: Record) -> str:
    """A conflict that came, or was settled, by the field that it is about."""
    row = change.row
    path = record.path_named(row.text(FIELD))
    place = names.file(file) if path == WHOLE else _place(names, file, path)
    if isinstance(change, RowRemoved):
        return labelled(place, _("冲突处理了"))
    if path == WHOLE:
        told = _("{edited} 改过，{deleted} 删除了").format(edited=row.text(OURS_BY), deleted=row.text(THEIRS_BY))
        return labelled(place, told)
    is_row = is_about_row(record, path, [row])
    sides = ((row.text(OURS_BY), row.values.get(OURS)), (row.text(THEIRS_BY), row.values.get(THEIRS)))
    told = " / ".join(f"{who} {value_in_words(value, is_row=is_row)}".strip() for who, value in sides)
    return labelled(place, _("两边都改了：{sides}").format(sides=told))


def _owner(names: LocationNames, file: str, change: FieldChange) -> str:
    """The row whose place changed; "" for a project's own."""
    return names.field(Location(file=file, path=change.path[:-1])) if len(change.path) > 1 else ""


def _shown(value: object) -> str:
    return plain_text(value) or _("（空）")


def _row(row: Row) -> str:
    return BETWEEN.join(plain_text(value) for key, value in row.values.items() if key != ORDER)
