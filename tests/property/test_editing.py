"""Any sequence of edits, undone and done again, gives the same document: over both forms, and over JSON."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perftui.editing.editor import DocumentEditor
from perftui.editing.edits import AddFile, DropFile, Edit, PutRow, SetValue, apply, apply_all, from_plain, to_plain
from perftui.editing.history import MOST_STEPS, Step
from perftui.editing.rows import add_row, blank_project, copy_project, drop_rows, move_project, move_row
from perftui.forms import load_form
from perftui.model.document import DEPARTMENT, Document, project_file
from perftui.model.record import ORDER, Comment, FieldPath, Row
from tests import factories

FORMS = pytest.mark.parametrize("form", factories.FORMS)
TEXTS = st.one_of(st.none(), st.sampled_from(["", "甲", "100.00", "25", "多行\n文字", "≥95%"]), st.text(max_size=6))
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["set", "set", "set", "row", "drop", "move", "copy row", "project", "remove", "shift", "copy"]),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
        TEXTS,
    ),
    max_size=25,
)


def edits_for(document: Document, what: str, first: int, second: int, text: str | None) -> list[Edit]:
    """Edits as the screens make them, on some place of the document."""
    form = load_form(document.form)
    files = [DEPARTMENT, *document.projects]
    file = files[first % len(files)]
    record = document.record(file)
    spec = form.spec_of(file)
    if what == "set":
        places: list[FieldPath] = [path for path, _field in spec.fields(record)]
        return [SetValue(file=file, path=places[second % len(places)], value=text or None)]
    if what in ("project", "copy", "remove", "shift"):
        return _of_projects(document, what, first, second)
    groups = [group for group in spec.groups if what == "row" or record.rows(group.key)]
    if not groups:
        return []
    group = groups[second % len(groups)]
    rows = record.rows(group.key)
    if what == "row":
        return add_row(record, file, group.key, {group.columns[0].key: text or "新"}, second % (len(rows) + 1))[0]
    row = rows[first % len(rows)]
    if what == "drop":
        return drop_rows(file, group.key, [row.id])
    if what == "move":
        return move_row(record, file, group.key, row.id, 1 if second % 2 else -1)
    values = {key: value for key, value in row.values.items() if key != ORDER}
    return add_row(record, file, group.key, values, rows.index(row) + 1)[0]


def _of_projects(document: Document, what: str, first: int, second: int) -> list[Edit]:
    form = load_form(document.form)
    if what == "project":
        return [
            AddFile(file=project_file(f"new-{len(document.projects)}-{first}"), record=blank_project(document, form))
        ]
    if not document.projects:
        return []
    file = list(document.projects)[first % len(document.projects)]
    if what == "remove":
        return [DropFile(file=file)]
    if what == "shift":
        return move_project(document, file, 1 if second % 2 else -1)
    return [
        AddFile(file=project_file(f"copy-{len(document.projects)}-{first}"), record=copy_project(document, form, file))
    ]


def play(editor: DocumentEditor, acts: Sequence[tuple[str, int, int, str | None]]) -> list[Document]:
    """Run edits; the document before each step and at the end."""
    states = [editor.document]
    for what, first, second, text in acts:
        edits = edits_for(editor.document, what, first, second, text)
        if edits and not (isinstance(edits[0], AddFile) and editor.document.has(edits[0].file)):
            editor.run(edits, what)
            states.append(editor.document)
    return states


def looks(document: Document) -> list[object]:
    """What must come back: values, rows, comments order. An empty table is written as one that is not there."""
    return [
        (file, dict(record.head), {table: dict(values) for table, values in record.tables.items() if values},
         {group: rows for group, rows in record.groups.items() if rows}, dict(record.comments))
        for file, record in document.files()
    ]  # fmt: skip


@FORMS
@given(acts=ACTS)
@settings(max_examples=60)
def test_undone_and_done_again_every_state_comes_back(form: str, acts: list[tuple[str, int, int, str | None]]) -> None:
    editor = DocumentEditor(factories.document(form, projects=2))
    states = play(editor, acts)
    for state in reversed(states[:-1]):
        moved = editor.undo()
        assert moved is not None
        assert moved.skipped == ()
        assert looks(editor.document) == looks(state)
    assert editor.undo() is None
    for state in states[1:]:
        moved = editor.redo()
        assert moved is not None
        assert moved.skipped == ()
        assert looks(editor.document) == looks(state)
    assert editor.redo() is None


@FORMS
@given(acts=ACTS)
@settings(max_examples=40)
def test_each_edit_gives_the_one_that_takes_it_back(form: str, acts: list[tuple[str, int, int, str | None]]) -> None:
    editor = DocumentEditor(factories.document(form, projects=2))
    for step in (play(editor, acts), editor.history.done)[1]:
        for edit in (*step.edits, *step.inverses):
            assert from_plain(json.loads(json.dumps(to_plain(edit)))) == edit
        assert Step.of_plain(json.loads(json.dumps(step.plain()))) == step
    document = factories.document(form, projects=2)
    for step in editor.history.done:
        changed, inverses = apply_all(document, step.edits)
        back, again = apply_all(changed, inverses)
        assert looks(back) == looks(document)
        assert looks(apply_all(back, again)[0]) == looks(changed)
        document = changed


@given(st.integers(1, 30))
@settings(max_examples=10)
def test_the_history_is_bounded_and_keeps_the_latest(extra: int) -> None:
    editor = DocumentEditor(factories.document(projects=1))
    path = load_form("hebei-2021").project.head[0].key
    file = next(iter(editor.document.projects))
    for number in range(MOST_STEPS + extra):
        editor.run([SetValue(file=file, path=(path,), value=str(number))], "")
    assert len(editor.history.done) == MOST_STEPS
    while editor.undo():
        pass
    assert editor.document.record(file).text((path,)) == str(extra - 1)


@FORMS
@given(before=st.lists(st.text(max_size=5), max_size=3), behind=st.text(max_size=5), deep=st.booleans())
@settings(max_examples=30)
def test_the_comments_of_a_row_go_and_come_with_it(form: str, before: list[str], behind: str, deep: bool) -> None:
    group = load_form(form).project.groups[0]
    row = Row(id="k7k7k7", values={ORDER: 9000, group.columns[0].key: "甲"})
    path: FieldPath = (group.key, row.id, group.columns[0].key) if deep else (group.key, row.id)
    note = {path: Comment(before=tuple(before), behind=behind)}
    document = factories.document(form, projects=1)
    file = next(iter(document.projects))
    added, inverse = apply(document, PutRow(file=file, group=group.key, row=row, comments=note))
    without, back = apply(added, inverse)
    assert looks(without) == looks(document)
    again, _inverse = apply(without, back)
    assert again.record(file).comments[path] == note[path]
