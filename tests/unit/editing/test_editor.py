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


def undone(session: DocumentEditor) -> HistoryMove:
    moved = session.undo()
    assert moved is not None
    return moved


def changed_outside(document: Document, path: tuple[str, ...], text: str | None) -> Document:
    return document.with_record(ONE, document.record(ONE).with_value(path, text))


def test_nothing_to_undo_or_to_do_again() -> None:
    session = DocumentEditor(DOCUMENT)
    assert session.undo() is None
    assert session.redo() is None
    assert session.document == DOCUMENT


def test_one_undo_takes_a_whole_step_back_and_knows_where_it_was() -> None:
    session = DocumentEditor(DOCUMENT)
    session.run([named("甲"), SetValue(file=ONE, path=PURPOSE, value="乙")], "两栏", AT_NAME)
    moved = undone(session)
    assert (moved.step.label, moved.step.place, moved.skipped) == ("两栏", AT_NAME, ())
    assert session.document == DOCUMENT


def test_a_new_step_forgets_what_was_undone() -> None:
    session = DocumentEditor(DOCUMENT)
    session.run([named("甲")], "甲")
    session.undo()
    session.run([named("乙")], "乙")
    assert session.redo() is None
    assert session.document.record(ONE).text(NAME) == "乙"


def test_a_step_of_which_an_edit_fails_changes_nothing() -> None:
    session = DocumentEditor(DOCUMENT)
    with pytest.raises(CannotApply):
        session.run([named("甲"), DropRow(file=ONE, group="goals", row_id="zzzzzz")], "坏")
    assert session.document == DOCUMENT
    assert session.history == History()


def test_undo_leaves_what_somebody_else_changed_since_and_names_it() -> None:
    session = DocumentEditor(DOCUMENT)
    session.run([named("我的"), SetValue(file=ONE, path=PURPOSE, value="我的用途")], "两栏")
    session.adopt(changed_outside(session.document, NAME, "别人的"))
    moved = undone(session)
    assert moved.skipped == (AT_NAME,)
    assert session.document.record(ONE).text(NAME) == "别人的"
    assert session.document.record(ONE).text(PURPOSE) == DOCUMENT.record(ONE).text(PURPOSE)


def test_redo_leaves_what_somebody_else_changed_since() -> None:
    session = DocumentEditor(DOCUMENT)
    session.run([named("我的")], "名称")
    session.undo()
    session.adopt(changed_outside(session.document, NAME, "别人的"))
    moved = session.redo()
    assert moved is not None
    assert moved.skipped == (AT_NAME,)
    assert session.document.record(ONE).text(NAME) == "别人的"


def test_what_others_changed_elsewhere_does_not_hinder() -> None:
    session = DocumentEditor(DOCUMENT)
    session.run([named("我的")], "名称")
    session.adopt(changed_outside(session.document, CODE, "130303210000000000077"))
    assert undone(session).skipped == ()
    assert session.document.record(ONE).text(CODE) == "130303210000000000077"


def test_a_deleted_row_is_not_put_back_over_one_of_the_same_id() -> None:
    row = DOCUMENT.record(ONE).rows("goals")[0]
    session = DocumentEditor(DOCUMENT)
    session.run([DropRow(file=ONE, group="goals", row_id=row.id)], "删除")
    theirs = row.with_value("text", "别人又加的")
    session.adopt(session.document.with_record(ONE, session.document.record(ONE).with_row("goals", theirs)))
    assert undone(session).skipped == (Location(file=ONE, path=("goals", row.id)),)
    assert session.document.record(ONE).row("goals", row.id) == theirs


def test_a_new_row_that_somebody_filled_in_further_stays() -> None:
    session = DocumentEditor(DOCUMENT)
    edits, row_id = add_row(DOCUMENT.record(ONE), ONE, "goals", {"text": "新目标"}, 2)
    session.run(edits, "新目标")
    row = session.document.record(ONE).row("goals", row_id)
    assert row is not None
    session.adopt(changed_outside(session.document, ("goals", row_id, "text"), "新目标，更清楚"))
    assert undone(session).skipped == (Location(file=ONE, path=("goals", row_id)),)
    assert session.document.record(ONE).row("goals", row_id) is not None


def test_a_project_that_somebody_went_on_with_is_not_taken_away() -> None:
    session = DocumentEditor(DOCUMENT)
    file = "projects/new-1.toml"
    session.run([AddFile(file=file, record=factories.project(index=5))], "新项目")
    others = session.document.record(file).with_value(NAME, "接着填的")
    session.adopt(session.document.with_record(file, others))
    assert undone(session).skipped == (Location(file=file),)
    assert session.document.has(file)


def test_a_project_that_somebody_deleted_is_told_not_edited() -> None:
    session = DocumentEditor(DOCUMENT)
    session.run([named("我的")], "名称")
    session.adopt(session.document.without(ONE))
    assert undone(session).skipped == (AT_NAME,)


def test_a_project_that_is_there_again_is_not_added_twice() -> None:
    session = DocumentEditor(DOCUMENT)
    session.run([DropFile(file=ONE)], "删除")
    session.adopt(session.document.with_record(ONE, factories.project(index=9)))
    assert undone(session).skipped == (Location(file=ONE),)
    assert session.document.record(ONE) == factories.project(index=9)


def test_the_history_goes_on_after_a_restart() -> None:
    session = DocumentEditor(DOCUMENT)
    for text in ("甲", "乙", "丙"):
        session.run([named(text)], text, AT_NAME)
    session.undo()
    plain = json.dumps([[step.plain() for step in part] for part in (session.history.done, session.history.undone)])
    done, again = json.loads(plain)
    history = History(done=tuple(map(Step.of_plain, done)), undone=tuple(map(Step.of_plain, again)))
    later = DocumentEditor(session.document, history)
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
    session = DocumentEditor(DOCUMENT)
    session.run([SetValue(file=DEPARTMENT, path=("overall_goal",), value="新")], "目标")
    session.undo()
    assert session.document == DOCUMENT
