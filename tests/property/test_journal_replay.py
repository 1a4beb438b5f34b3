"""Whatever was typed, wherever the journal breaks off, whatever was saved: recovery neither loses nor invents."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from perftui.editing.editor import DocumentEditor
from perftui.editing.edits import Edit, apply_all
from perftui.editing.history import History
from perftui.files.appendlog import decode_log, encode_record
from perftui.forms import RecordSpec
from perftui.model.diff import same_values
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.session.journal.entries import history_entry, moved_entry, replay, saved_entry, step_entry
from perftui.session.journal.log import EndedJournal
from perftui.session.journal.recovery import merged, recover, to_edits, versions
from perftui.store.json_values import from_json, to_json
from tests.property.store_records import SPECS, Draw, edited, records

FILE = "projects/a.toml"


@dataclass(frozen=True)
class Typed:
    """A record, the edits that were made of it step by step, and how many steps were saved."""

    spec: RecordSpec = field(repr=False)
    base: Record
    steps: tuple[tuple[Edit, ...], ...]
    undone: int
    saved: int


@st.composite
def typed(draw: Draw) -> Typed:
    spec = draw(st.sampled_from(SPECS))
    base = record = draw(records(spec, commented=False))
    steps = []
    for _step in range(draw(st.integers(1, 5))):
        changed = draw(edited(record, spec))
        if edits := tuple(to_edits(FILE, record, changed)):
            steps.append(edits)
            record = changed
    undone = draw(st.integers(0, len(steps)))
    return Typed(spec, base, tuple(steps), undone, draw(st.integers(0, len(steps) + undone)))


def document_of(record: Record) -> Document:
    return Document(year=2021, unit="1", form="hebei-2021", department=Record(), projects={FILE: record})


def journalled(case: Typed) -> tuple[list[dict[str, object]], list[Record]]:
    """The journal's entries, with the mark of the last save, and the record after each step."""
    editor = DocumentEditor(document_of(case.base))
    entries = [history_entry(0, History())]
    states = [case.base]
    number = 0
    for edits in case.steps:
        number += 1
        entries.append(step_entry(number, editor.run(edits, f"第 {number} 步")))
        states.append(editor.document.projects[FILE])
    for _undo in range(case.undone):
        number += 1
        moved = editor.undo()
        assert moved is not None
        entries.append(moved_entry(number, "undo", moved))
        states.append(editor.document.projects[FILE])
    if case.saved:
        entries.insert(case.saved + 1, saved_entry(case.saved, FILE))
    for entry in entries:  # moments have more digits or fewer, and the same draw must give the same log
        if "at" in entry:
            entry["at"] = 1.0
    return [from_json(to_json(entry)) for entry in entries], states


def brought_back(entries: list[dict[str, object]], disk: Record) -> Record:
    journal = EndedJournal(None, tuple(entries), lambda: None)  # type: ignore[arg-type]
    found = recover(document_of(disk), (), [journal], "")
    assert found.lost == ()
    document, _inverses = apply_all(document_of(disk), found.edits)
    return document.projects[FILE]


@given(typed())
def test_the_last_state_comes_back_from_any_state_that_was_written(case: Typed) -> None:
    entries, states = journalled(case)
    for disk in states[case.saved :]:
        assert same_values(brought_back(entries, disk), states[-1])


@given(typed())
def test_the_history_comes_back(case: Typed) -> None:
    entries, _states = journalled(case)
    history = replay(entries).history
    done = len(case.steps) - case.undone
    assert [step.label for step in history.done] == [f"第 {number} 步" for number in range(1, done + 1)]
    assert len(history.undone) == case.undone
    assert [step.edits for step in (*history.done, *reversed(history.undone))] == list(case.steps)


@given(typed(), st.data())
def test_a_journal_cut_anywhere_gives_the_state_it_knows(case: Typed, data: st.DataObject) -> None:
    entries, states = journalled(case)
    log = b"".join(encode_record([to_json(entry)]) for entry in entries)
    cut = data.draw(st.integers(0, len(log)))
    whole = [entry for block in decode_log(log[:cut]).entries for entry in from_json(block)]
    steps = sum("do" in entry for entry in whole)  # a file is never ahead of its journal
    found = brought_back(whole, states[min(case.saved, steps)])
    assert same_values(found, states[steps])


@given(typed(), st.data())
def test_what_somebody_else_changed_meanwhile_is_kept(case: Typed, data: st.DataObject) -> None:
    entries, states = journalled(case)
    disk = data.draw(edited(states[case.saved], case.spec))
    unsaved = replay(entries).unsaved.get(FILE, [])
    chain = versions(disk, [(edit, inverse) for _number, edit, inverse in unsaved])
    record, places = merged(FILE, disk, chain, "甲")
    assert record is not None
    mine = {edit.path for edit in to_edits(FILE, states[case.saved], disk) if hasattr(edit, "path")}
    touched = {edit.path for _number, edit, _inverse in unsaved if hasattr(edit, "path")}
    for path in mine - touched:
        if len(path) != 3 or record.row(path[0], path[1]) is not None:
            assert record.value(path) == disk.value(path)
    for place in places:
        assert record.value(place.path) == disk.value(place.path) if len(place.path) != 2 else True


@given(typed())
def test_entries_that_were_written_twice_count_once(case: Typed) -> None:
    entries, states = journalled(case)
    doubled = [entry for entry in entries for _time in range(2)]
    assert same_values(brought_back(doubled, states[case.saved]), states[-1])
    assert replay(doubled).history == replay(entries).history
