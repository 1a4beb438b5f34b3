"""A hand-written file keeps every line that belongs to nothing that was changed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from perftui.model.diff import FieldChange, RowAdded, diff, same_values
from perftui.model.record import Record
from perftui.store.toml.decode import decode
from perftui.store.toml.patch import in_place
from perftui.store.toml.scan import scan
from tests.property.store_records import Written, edited, hand_written


@given(hand_written(), st.data())
def test_edits_leave_other_lines_alone(written: Written, data: st.DataObject) -> None:
    spec, text = written.spec, written.text
    for _edit in range(data.draw(st.integers(1, 4))):
        old = decode(text.encode(), spec)
        new = data.draw(edited(old, spec))
        changed = in_place(text, diff(old, new), new, spec)
        assert same_values(decode(changed.encode(), spec), new)
        assert not expected_lines(text, old, new) - Counter(changed.split("\n")), changed
        text = changed


@given(hand_written(), st.data())
def test_one_value_is_one_entry(written: Written, data: st.DataObject) -> None:
    old = decode(written.text.encode(), written.spec)
    new = data.draw(edited(old, written.spec))
    changes = diff(old, new)
    changed = in_place(written.text, changes, new, written.spec)
    if len(changes) == 1 and isinstance(changes[0], FieldChange) and None not in (changes[0].old, changes[0].new):
        before = {entry.path: entry for entry in scan(written.text)}
        entry = before[changes[0].path]
        lines = written.text.split("\n")
        assert changed.startswith("\n".join(lines[: entry.first]))
        assert changed.endswith("\n".join(lines[entry.last + 1 :]))


def expected_lines(text: str, old: Record, new: Record) -> Counter[str]:
    """The lines of everything that is the same in both records, comments with them."""
    lines = text.split("\n")
    gone = set()
    for change in diff(old, new):
        if isinstance(change, RowAdded):
            continue
        path = change.path if isinstance(change, FieldChange) else (change.group, change.row.id)
        for entry in scan(text):
            if entry.path[: len(path)] == path:
                first = entry.first if isinstance(change, FieldChange) else entry.before
                gone.update(range(first, entry.last + 1))
    return Counter(line for number, line in enumerate(lines) if number not in gone and line.strip())
