"""Marks of what was copied: they stand in the file, go with what changes, and are merged like any field."""

from pathlib import Path

import pytest

from perftui.editing.edits import DropRow, SetValue
from perftui.forms import load_form
from perftui.model.merge import merge
from perftui.model.record import CONFLICTS, UNREVIEWED, FieldPath
from perftui.model.unreviewed import copied_from, marked_paths, with_marks, without_marks
from perftui.session.new_document import rolled_over
from perftui.session.open_document import OpenDocument
from perftui.session.unreviewed import looked_at, marked
from perftui.store.folder import find_documents
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode_text
from perftui.store.toml.patch import patched
from tests import factories
from tests.unit.cli.conftest import write

FORM = load_form("hebei-2021")
DOCUMENT = factories.document(projects=1)
(FILE,) = DOCUMENT.projects
RECORD = DOCUMENT.projects[FILE]
ROW = RECORD.rows("indicators")[0].id
PURPOSE, VALUE = ("budget", "purpose"), ("indicators", ROW, "value")
COPIED = marked(FORM, RECORD, "去年")


def opened(tmp_path: Path) -> OpenDocument:
    write(tmp_path, DOCUMENT.with_record(FILE, COPIED))
    return OpenDocument.open(find_documents(tmp_path / "data")[0])


def test_a_row_and_the_plan_are_one_mark_each_and_the_code_is_none() -> None:
    paths = marked_paths(COPIED)
    assert {path for path in paths if path[0] == "plan"} == {("plan",)}
    assert {path for path in paths if path[0] == "indicators"} == {
        ("indicators", row.id) for row in RECORD.rows("indicators")
    }
    assert ("code",) not in paths
    assert copied_from(COPIED, VALUE) == copied_from(COPIED, ("plan", "m06")) == "去年"
    assert copied_from(without_marks(COPIED), VALUE) == ""


def test_a_mark_is_a_line_and_the_table_goes_with_the_last_one() -> None:
    text = canonical(with_marks(RECORD, [PURPOSE, VALUE], "去年"), FORM.project)
    assert f'\n[unreviewed]\n"budget.purpose" = "去年"\n"indicators.{ROW}" = "去年"\n' in text
    record, is_canonical = decode_text(text, FORM.project)
    assert is_canonical
    for path in (PURPOSE, VALUE):
        for edit in looked_at(DOCUMENT.with_record(FILE, record), FILE, [path]):
            assert isinstance(edit, SetValue)
            record = record.with_value(edit.path, edit.value)
    assert UNREVIEWED not in canonical(record, FORM.project)


def test_a_hand_written_file_loses_the_line_and_then_the_header() -> None:
    old = with_marks(RECORD, [PURPOSE], "去年")
    text = canonical(old, FORM.project).replace("[plan]", "# 计划按去年的\n[plan]")
    now = patched(text, decode_text(text, FORM.project)[0], without_marks(old), FORM.project)
    assert "# 计划按去年的" in now
    assert UNREVIEWED not in now


@pytest.mark.parametrize("path", [PURPOSE, VALUE, ("plan", "m03")])
def test_what_is_changed_is_looked_at_and_undo_brings_the_mark_back(tmp_path: Path, path: FieldPath) -> None:
    session = opened(tmp_path)
    session.run([SetValue(file=FILE, path=path, value="31")], "填写")
    assert not copied_from(session.document.record(FILE), path)
    assert len(marked_paths(session.document.record(FILE))) == len(marked_paths(COPIED)) - 1
    session.undo()
    assert copied_from(session.document.record(FILE), path) == "去年"
    session.close()


def test_a_row_that_is_moved_is_not_looked_at_and_one_that_is_dropped_has_no_mark(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.run([SetValue(file=FILE, path=("indicators", ROW, "order"), value=1)], "下移")
    assert copied_from(session.document.record(FILE), VALUE) == "去年"
    session.run([DropRow(file=FILE, group="indicators", row_id=ROW)], "删除")
    assert ("indicators", ROW) not in marked_paths(session.document.record(FILE))
    session.close()


def test_marks_are_there_at_the_next_start(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.run(looked_at(session.document, FILE, [PURPOSE]), "核对过了")
    session.close()
    again = OpenDocument.open(find_documents(tmp_path / "data")[0])
    found = set(marked_paths(again.document.record(FILE)))
    again.close()
    assert found == set(marked_paths(COPIED)) - {PURPOSE}


def test_two_people_who_look_at_different_places_have_looked_at_both() -> None:
    ours, theirs = (COPIED.with_value((UNREVIEWED, name), None) for name in ("budget.purpose", "plan"))
    merged = merge(COPIED, ours, theirs, "王芳").record
    assert set(marked_paths(merged)) == set(marked_paths(COPIED)) - {PURPOSE, ("plan",)}


def test_a_mark_is_never_a_conflict_and_copied_anew_is_to_be_looked_at() -> None:
    ours = COPIED.with_value((UNREVIEWED, "budget.purpose"), None)
    theirs = COPIED.with_value((UNREVIEWED, "budget.purpose"), "样板")
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = merge(COPIED, one, other, "王芳").record
        assert copied_from(merged, PURPOSE) == "样板"
        assert not merged.rows(CONFLICTS)


def test_the_mark_of_a_row_that_the_other_side_dropped_goes_with_it() -> None:
    theirs = without_marks(RECORD).without_row("indicators", ROW)
    merged = merge(RECORD, with_marks(RECORD, [VALUE], "去年"), theirs, "王芳").record
    assert merged.row("indicators", ROW) is None
    assert not marked_paths(merged)


def test_all_that_is_rolled_over_is_marked_as_last_years_and_its_marks_of_last_year_are_gone() -> None:
    rolled = rolled_over(DOCUMENT.with_record(FILE, with_marks(RECORD, [PURPOSE], "样板")), FORM, 2022)
    (record,) = rolled.projects.values()
    assert set(marked_paths(record)) == set(marked_paths(COPIED))
    assert copied_from(record, PURPOSE) == "去年"
