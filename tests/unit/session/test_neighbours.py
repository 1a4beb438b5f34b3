"""What other programs do to the files while a document is open: nothing is lost by it, and it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from perftui.editing.edits import SetValue
from perftui.forms import load_form
from perftui.model.record import Record
from perftui.session.losses import Loss, told_losses
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories
from tests.unit.store.documents import first_file, write_document

DOCUMENT = factories.document(projects=2)
SPEC = load_form(DOCUMENT.form).project
FILE = first_file(DOCUMENT)
BEFORE = DOCUMENT.record(FILE)


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    return write_document(tmp_path, DOCUMENT)


@pytest.fixture
def desk(folder: DocumentFolder) -> Iterator[OpenDocument]:
    opened = OpenDocument.open(folder)
    yield opened
    opened.close()


def text_of(record: Record) -> str:
    return canonical(record, SPEC)


def cut(text: str) -> str:
    """All but the last line: the last row's table is not whole any more."""
    return "".join(text.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize("left", ["", "\n", cut(text_of(BEFORE)), text_of(BEFORE)[:400] + "\0" * 50], ids=repr)
def test_an_emptied_or_cut_file_changes_nothing_and_can_be_written_back(
    desk: OpenDocument, folder: DocumentFolder, left: str
) -> None:
    folder.path(FILE).write_text(left, encoding="utf-8")
    desk.poll()
    assert desk.document.record(FILE) == BEFORE
    assert [problem.file for problem in desk.problems] == [FILE]
    assert folder.path(FILE).read_text(encoding="utf-8") == left
    assert desk.write_back(FILE)
    assert desk.problems == ()
    assert folder.path(FILE).read_text(encoding="utf-8") == text_of(BEFORE)
    desk.run([SetValue(file=FILE, path=("name",), value="改名")], "改")
    desk.flush()
    assert decode(folder.path(FILE).read_bytes(), SPEC).text(("name",)) == "改名"


def test_a_file_that_is_whole_again_is_no_problem_any_more(desk: OpenDocument, folder: DocumentFolder) -> None:
    folder.path(FILE).write_text("", encoding="utf-8")
    desk.poll()
    folder.path(FILE).write_text(text_of(BEFORE.with_value(("name",), "改名")), encoding="utf-8")
    desk.poll()
    assert desk.problems == ()
    assert desk.document.record(FILE).text(("name",)) == "改名"


def test_rows_that_a_change_from_outside_takes_can_be_had_back(desk: OpenDocument, folder: DocumentFolder) -> None:
    rows = BEFORE.rows("indicators")
    now = BEFORE.without_row("indicators", rows[0].id).without_row("indicators", rows[-1].id)
    folder.path(FILE).write_text(text_of(now), encoding="utf-8")
    desk.poll()
    assert desk.document.record(FILE).rows("indicators") == now.rows("indicators")
    (loss,) = desk.losses()
    assert told_losses([loss]) == "少了 2 行，可以取回"
    assert desk.losses() == ()
    (version,) = desk.replaced()
    desk.bring_back(version, "取回")
    assert desk.document.record(FILE) == BEFORE
    desk.undo()
    assert desk.document.record(FILE).rows("indicators") == now.rows("indicators")


def test_a_project_that_somebody_removes_can_be_had_back(desk: OpenDocument, folder: DocumentFolder) -> None:
    folder.path(FILE).unlink()
    desk.poll()
    assert not desk.document.has(FILE)
    assert desk.losses() == (Loss(file=FILE, project=True),)
    assert [(one.file, one.record) for one in desk.deleted()] == [(FILE, BEFORE)]


@pytest.mark.parametrize(("count", "kept"), [(3, 0), (4, 1)])
def test_many_fields_are_kept_and_few_are_not(
    desk: OpenDocument, folder: DocumentFolder, count: int, kept: int
) -> None:
    now = BEFORE
    for row in BEFORE.rows("indicators")[:count]:
        now = now.with_value(("indicators", row.id, "value"), "另一个值")
    folder.path(FILE).write_text(text_of(now), encoding="utf-8")
    desk.poll()
    assert len(desk.losses()) == len(desk.replaced()) == kept


def test_a_row_that_is_taken_out_at_the_end_is_a_change_and_no_cut(desk: OpenDocument, folder: DocumentFolder) -> None:
    last = max(BEFORE.rows("indicators"), key=lambda row: row.id)
    text = text_of(BEFORE)
    folder.path(FILE).write_text(text[: text.index(f"\n[indicators.{last.id}]")], encoding="utf-8")
    desk.poll()
    assert desk.problems == ()
    assert desk.document.record(FILE).row("indicators", last.id) is None
    assert len(desk.losses()) == 1


COPIES = [
    "{}.sync-conflict-20210301-123456-ABCDEFG.toml", "{} (冲突副本 2021-03-01 123456).toml", "{} - 副本.toml",
    "{} - 副本 (2).toml", "{} (conflicted copy 2021-03-01).toml", "{} (李四的冲突副本 2021-03-01).toml", "{} (1).toml",
    "{} copy.toml", "{}~.toml", "{}.orig.toml", "{}_REMOTE_1234.toml",
]  # fmt: skip


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_no_project_and_is_merged_by_field(folder: DocumentFolder, name: str) -> None:
    copy = FILE.rpartition("/")[0] + "/" + name.format(folder.path(FILE).stem)
    theirs = BEFORE.with_value(("name",), "副本的名称").with_value(("plan", "m03"), None)
    folder.path(copy).write_text(text_of(theirs), encoding="utf-8")
    desk = OpenDocument.open(folder)
    assert list(desk.document.projects) == list(DOCUMENT.projects)
    assert [problem.file for problem in desk.problems] == [copy]
    assert desk.merge_copy(copy, "合并副本") == FILE
    now = desk.document.record(FILE)
    assert now.text(("name",)) == BEFORE.text(("name",))
    assert now.value(("plan", "m03")) == BEFORE.value(("plan", "m03"))
    assert [(row.text("field"), row.text("theirs")) for row in now.rows("conflicts")] == [("name", "副本的名称")]
    assert not folder.path(copy).exists()
    assert desk.problems == ()
    desk.close()


def test_a_copy_that_is_deleted_is_no_problem_any_more(desk: OpenDocument, folder: DocumentFolder) -> None:
    copy = folder.path(FILE).with_name(f"{folder.path(FILE).stem} - 副本.toml")
    copy.write_text(text_of(BEFORE), encoding="utf-8")
    desk.poll()
    assert len(desk.problems) == 1
    copy.unlink()
    desk.poll()
    assert desk.problems == ()


def test_a_folder_is_a_document_when_it_has_a_department_or_a_project(tmp_path: Path) -> None:
    projects = tmp_path / "2021" / "613001" / "projects"
    projects.mkdir(parents=True)
    (projects / ".a.toml.perftui-lock").touch()
    assert find_documents(tmp_path) == ()
    (projects / "a.toml").touch()
    assert [one.unit for one in find_documents(tmp_path)] == ["613001"]
