"""Changes a hand-written file only on the lines whose values changed.

Single values are replaced in place by tomlkit, which keeps the spacing and the comment of their line; it sees no other
lines, since it does not leave all of them as they were. Keys and rows that come or go are whole lines, placed by our
own order: tomlkit would put them behind the next table's comments.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from perftui.forms import RecordSpec
from perftui.model.diff import Change, FieldChange, RowAdded, RowRemoved, diff, same_values
from perftui.model.record import UNREVIEWED, Comment, FieldPath, Plain, Record
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical, encode_value
from perftui.store.toml.decode import decode
from perftui.store.toml.splice import LineSplicer


def patched(text: str, old: Record, new: Record, spec: RecordSpec) -> str:
    """The text of ``old`` changed to hold ``new``; the canonical text of ``new`` where that cannot be done in place."""
    try:
        changed = in_place(text, diff(old, new), new, spec)
        if _holds(changed, new, spec):
            return changed
    except (BadFile, LookupError, ValueError, TypeError):
        pass  # tomlkit and the line scanner give up on rare layouts: the whole file is then written anew
    return canonical(new, spec)


def _holds(text: str, record: Record, spec: RecordSpec) -> bool:
    found = decode(text.encode(), spec)
    return same_values(found, record) and not _comment_lines(record.comments) - _comment_lines(found.comments)


def _comment_lines(comments: Mapping[FieldPath, Comment]) -> Counter[str]:
    lines = (line.strip() for note in comments.values() for line in (*note.before, note.behind))
    return Counter(line for line in lines if line)


def in_place(text: str, changes: Sequence[Change], new: Record, spec: RecordSpec) -> str:
    """The text with the changes that lead to ``new``. Raises LookupError, ValueError or TypeError for rare layouts."""
    gone = (change.path[0] if isinstance(change, FieldChange) else change.group for change in changes)
    names = frozenset(name for name in (*new.tables, *new.groups, *gone) if "." in name)
    lines = LineSplicer(text, spec, with_value, names)
    emptied = False
    for change in changes:
        match change:
            case RowRemoved():
                lines.drop_row((change.group, change.row.id))
            case RowAdded():
                lines.add_row(change.group, change.row, new.row_comments(change.group, change.row.id))
            case FieldChange(path=(table, _mark)) if table == UNREVIEWED and table not in new.tables:
                emptied = True
            case FieldChange(new=None):
                lines.drop_key(change.path)
            case FieldChange(old=None):
                lines.add_key(change.path, change.new)
            case FieldChange():
                lines.change_key(change.path, change.new)
    if emptied:
        lines.drop_row((UNREVIEWED,))
    return lines.text()


def with_value(text: str, path: FieldPath, value: Plain) -> str:
    """The lines of one key, with another value at a path in them. Raises LookupError, ValueError or TypeError."""
    import tomlkit  # costs 40 ms, and only hand-written files need it
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        holder: Any = document
        for part in path[:-1]:
            holder = holder[part]
        holder[path[-1]] = tomlkit.value(encode_value(value))
        return document.as_string()
    except TOMLKitError as error:
        raise ValueError(str(error)) from error
