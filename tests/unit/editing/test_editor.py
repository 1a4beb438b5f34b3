"""Undo and redo: steps, what others changed meanwhile, and the bounded history."""

import json

import pytest

from perftui.editing.editor import DocumentEditor, HistoryMove
from perftui.editing.edits import AddFile, CannotApply, DropFile, DropRow, SetValue
from perftui.editing.history import MOST_STEPS, History, Step
from perftui.editing.rows import add_row
from perftui.model.document import DEPARTMENT, Document, Location
from tests import factories

DOCUMENT = factories.document(projects=2)
ONE, TWO = DOCUMENT.projects
NAME, CODE, PURPOSE = ("name",), ("code",), ("budget", "purpose")
AT_NAME = Location(file=ONE, path=NAME)


def named(text: str, file: str = ONE) -> SetValue:
    return SetValue(file=file, path=NAME, value=text)


def undone(editor: DocumentEditor) -> HistoryMove:
    moved = editor.undo()
    assert moved is not None
    return moved


def changed_outside(document: Document, path: tuple[str, ...], text: str | None) -> Document:
    return document.with_record(ONE, document.record(ONE).with_value(path, text))


def test_nothing_to_undo_or_to_do_again() -> None:
    editor = DocumentEditor(DOCUMENT)
    assert editor.undo() is None
    assert editor.redo() is None
    assert editor.document == DOCUMENT


def test_one_undo_takes_a_whole_step_back_and_knows_where_it_was() -> None:
    editor = DocumentEditor(DOCUMENT)
    editor.run([named("甲"), SetValue(file=ONE, path=PURPOSE, value="乙")], "两栏", AT_NAME)
    moved = undone(editor)
    assert (moved.step.label, moved.step.place, moved.skipped) == ("两栏", AT_NAME, ())
    assert editor.document == DOCUMENT


def test_a_new_step_forgets_what_was_undone() -> None:
    editor = DocumentEditor(DOCUMENT)
    editor.run([named("甲")], "甲")
    editor.undo()
    editor.run([named("乙")], "乙")
    assert editor.redo() is None
    assert editor.document.record(ONE).text(NAME) == "乙"


def test_a_step_of_which_an_edit_fails_changes_nothing() -> None:
    editor = DocumentEditor(DOCUMENT)
    with pytest.raises(CannotApply):
        editor.run([named("甲"), DropRow(file=ONE, group="goals", row_id="zzzzzz")], "坏")
    assert editor.document == DOCUMENT
    assert editor.history == History()


def test_undo_leaves_what_somebody_else_changed_since_and_names_it() -> None:
    editor = DocumentEditor(DOCUMENT)
    editor.run([named("我的"), SetValue(file=ONE, path=PURPOSE, value="我的用途")], "两栏")
    editor.adopt(changed_outside(editor.document, NAME, "别人的"))
    moved = undone(editor)
    assert moved.skipped == (AT_NAME,)
    assert editor.document.record(ONE).text(NAME) == "别人的"
    assert editor.document.record(ONE).text(PURPOSE) == DOCUMENT.record(ONE).text(PURPOSE)


def test_redo_leaves_what_somebody_else_changed_since() -> None:
    editor = DocumentEditor(DOCUMENT)
    editor.run([named("我的")], "名称")
    editor.undo()
    editor.adopt(changed_outside(editor.document, NAME, "别人的"))
    moved = editor.redo()
    assert moved is not None
    assert moved.skipped == (AT_NAME,)
    assert editor.document.record(ONE).text(NAME) == "别人的"


def test_what_others_changed_elsewhere_does_not_hinder() -> None:
    editor = DocumentEditor(DOCUMENT)
    editor.run([named("我的")], "名称")
    editor.adopt(changed_outside(editor.document, CODE, "130303210000000000077"))
    assert undone(editor).skipped == ()
    assert editor.document.record(ONE).text(CODE) == "130303210000000000077"


def test_a_deleted_row_is_not_put_back_over_one_of_the_same_id() -> None:
    row = DOCUMENT.record(ONE).rows("goals")[0]
    editor = DocumentEditor(DOCUMENT)
    editor.run([DropRow(file=ONE, group="goals", row_id=row.id)], "删除")
    theirs = row.with_value("text", "别人又加的")
    editor.adopt(editor.document.with_record(ONE, editor.document.record(ONE).with_row("goals", theirs)))
    assert undone(editor).skipped == (Location(file=ONE, path=("goals", row.id)),)
    assert editor.document.record(ONE).row("goals", row.id) == theirs


def test_a_new_row_that_somebody_filled_in_further_stays() -> None:
    editor = DocumentEditor(DOCUMENT)
    edits, row_id = add_row(DOCUMENT.record(ONE), ONE, "goals", {"text": "新目标"}, 2)
    editor.run(edits, "新目标")
    row = editor.document.record(ONE).row("goals", row_id)
    assert row is not None
    editor.adopt(changed_outside(editor.document, ("goals", row_id, "text"), "新目标，更清楚"))
    assert undone(editor).skipped == (Location(file=ONE, path=("goals", row_id)),)
    assert editor.document.record(ONE).row("goals", row_id) is not None


def test_a_project_that_somebody_went_on_with_is_not_taken_away() -> None:
    editor = DocumentEditor(DOCUMENT)
    file = "projects/new-1.toml"
    editor.run([AddFile(file=file, record=factories.project(index=5))], "新项目")
    others = editor.document.record(file).with_value(NAME, "接着填的")
    editor.adopt(editor.document.with_record(file, others))
    assert undone(editor).skipped == (Location(file=file),)
    assert editor.document.has(file)


def test_a_project_that_somebody_deleted_is_told_not_edited() -> None:
    editor = DocumentEditor(DOCUMENT)
    editor.run([named("我的")], "名称")
    editor.adopt(editor.document.without(ONE))
    assert undone(editor).skipped == (AT_NAME,)


def test_a_project_that_is_there_again_is_not_added_twice() -> None:
    editor = DocumentEditor(DOCUMENT)
    editor.run([DropFile(file=ONE)], "删除")
    editor.adopt(editor.document.with_record(ONE, factories.project(index=9)))
    assert undone(editor).skipped == (Location(file=ONE),)
    assert editor.document.record(ONE) == factories.project(index=9)


def test_the_history_goes_on_after_a_restart() -> None:
    editor = DocumentEditor(DOCUMENT)
    for text in ("甲", "乙", "丙"):
        editor.run([named(text)], text, AT_NAME)
    editor.undo()
    plain = json.dumps([[step.plain() for step in part] for part in (editor.history.done, editor.history.undone)])
    done, again = json.loads(plain)
    history = History(done=tuple(map(Step.of_plain, done)), undone=tuple(map(Step.of_plain, again)))
    later = DocumentEditor(editor.document, history)
    assert later.redo() is not None
    assert later.document.record(ONE).text(NAME) == "丙"
    for _step in range(3):
        later.undo()
    assert later.document == DOCUMENT


def test_only_the_last_steps_are_kept() -> None:
    history = History()
    for number in range(MOST_STEPS + 7):
        history = history.with_step(Step(label=str(number), edits=(), inverses=()))
    assert len(history.done) == MOST_STEPS
    assert history.done[0].label == "7"


def test_the_department_is_undone_as_well() -> None:
    editor = DocumentEditor(DOCUMENT)
    editor.run([SetValue(file=DEPARTMENT, path=("overall_goal",), value="新")], "目标")
    editor.undo()
    assert editor.document == DOCUMENT
