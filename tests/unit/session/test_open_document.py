"""An open document: every edit on disk at once, over undo, restarts and neighbours."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perftui.editing.editor import DocumentEditor
from perftui.editing.edits import AddFile, CannotApply, DropFile, DropRow, PutRow, SetValue
from perftui.files.errors import FileError
from perftui.model.document import DEPARTMENT, Location, project_file
from perftui.model.record import CONFLICTS, Record, Row
from perftui.session.document_files import DocumentFiles
from perftui.session.journal.entries import CellDraft
from perftui.session.journal.log import journal_folder
from perftui.session.journal.writer import JournalWriter
from perftui.session.open_document import FileLocked, OpenDocument
from perftui.store.folder import DocumentFolder
from perftui.store.open import open_document
from perftui.store.saver import SaveState
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.unit.store.documents import first_file, left_over, write_document

DOCUMENT = factories.document()
FILE = first_file(DOCUMENT)
OTHER = list(DOCUMENT.projects)[1]


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    return write_document(tmp_path / "data", DOCUMENT)


Open = Callable[[], OpenDocument]


@pytest.fixture
def open_desk(folder: DocumentFolder) -> Iterator[Open]:
    opened: list[OpenDocument] = []

    def run() -> OpenDocument:
        opened.append(OpenDocument.open(folder))
        return opened[-1]

    yield run
    for desk in opened:
        desk.close()


def named(name: str, file: str = FILE) -> list[SetValue]:
    return [SetValue(file=file, path=("name",), value=name)]


def on_disk(folder: DocumentFolder, file: str = FILE) -> str:
    return open_document(folder).document.record(file).text(("name",))


@pytest.mark.parametrize("form", factories.FORMS)
def test_an_edit_is_on_disk_at_once(tmp_path: Path, form: str) -> None:
    document = factories.document(form)
    folder = write_document(tmp_path / form, document)
    desk = OpenDocument.open(folder)
    file = first_file(document)
    desk.run([SetValue(file=file, path=("name",), value="新名")], "改名")
    status = desk.flush()
    assert (status.state, status.waiting) == (SaveState.SAVED, ())
    assert on_disk(folder, file) == "新名"
    assert open_document(folder).document == desk.document
    assert left_over(folder.folder) == []
    desk.close()


def test_undo_and_redo_are_written_too(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    before = {path: path.read_bytes() for path in folder.folder.rglob("*.toml")}
    row = DOCUMENT.projects[FILE].rows("goals")[0]
    desk.run(named("甲"), "一")
    desk.run([DropRow(file=FILE, group="goals", row_id=row.id)], "二")
    desk.run([DropFile(file=OTHER)], "三")
    desk.run([SetValue(file=DEPARTMENT, path=("status",), value="已送审")], "四")
    desk.flush()
    assert not folder.path(OTHER).exists()
    for _step in range(4):
        assert desk.undo() is not None
    assert desk.undo() is None
    desk.flush()
    assert {path: path.read_bytes() for path in folder.folder.rglob("*.toml")} == before
    for _step in range(4):
        desk.redo()
    assert desk.redo() is None
    desk.flush()
    assert not folder.path(OTHER).exists()
    assert on_disk(folder) == "甲"


def test_undo_gives_a_hand_written_file_its_bytes_back(folder: DocumentFolder, open_desk: Open) -> None:
    own = "# 手写\n" + folder.path(FILE).read_text(encoding="utf-8").replace(" = ", "   = ")
    folder.path(FILE).write_text(own, encoding="utf-8")
    desk = open_desk()
    for edits in (
        named("甲"),
        [DropRow(file=FILE, group="goals", row_id=desk.document.projects[FILE].rows("goals")[0].id)],
    ):
        desk.run(edits, "x")
        desk.flush()
    desk.undo()
    desk.undo()
    desk.flush()
    assert folder.path(FILE).read_text(encoding="utf-8") == own
    desk.run([DropFile(file=FILE)], "x")
    desk.flush()
    desk.undo()
    desk.flush()
    assert folder.path(FILE).read_text(encoding="utf-8") == own


def test_a_refused_step_changes_nothing(open_desk: Open) -> None:
    desk = open_desk()
    with pytest.raises(CannotApply):
        desk.run([*named("甲"), DropRow(file=FILE, group="goals", row_id="none")], "x")
    assert desk.document == DOCUMENT
    assert desk.history.done == ()


def test_a_text_of_no_characters_is_a_blank(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    row = Row(id="aaaaaa", values={"order": 1, "text": ""})
    new = factories.project(index=9).with_value(("name",), "").with_value(("plan", "m03"), "")
    file = desk.new_file(new)
    desk.run([*named(""), PutRow(file=FILE, group="goals", row=row), AddFile(file=file, record=new)], "x")
    assert desk.flush().state is SaveState.SAVED
    record = open_document(folder).document.projects[FILE]
    assert record.value(("name",)) is None
    assert record.value(("goals", "aaaaaa", "text")) is None
    assert desk.document.projects[file].value(("plan", "m03")) is None


def test_a_new_project_has_a_name_of_its_own(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    assert desk.new_file(factories.project(index=8)) == project_file(factories.project_code(8))
    assert "new-" in desk.new_file(factories.project())
    folder.path(project_file(factories.project_code(8))).write_bytes(b"\xff")
    assert "new-" in desk.new_file(factories.project(index=8))


def test_a_file_with_a_problem_is_never_written(folder: DocumentFolder, open_desk: Open) -> None:
    folder.path(FILE).write_bytes(b"schema = 1\nname = 3\n")
    desk = open_desk()
    assert [one.file for one in desk.problems] == [FILE]
    for edits in (named("x"), [AddFile(file=FILE, record=factories.project())], [DropFile(file=FILE)]):
        with pytest.raises(FileLocked, match="不能修改"):
            desk.run(edits, "x")
    desk.run(named("甲", OTHER), "x")
    assert desk.flush().state is SaveState.SAVED
    assert folder.path(FILE).read_bytes() == b"schema = 1\nname = 3\n"


def test_a_failure_is_told_and_made_good_later(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    told: list[SaveState] = []
    desk.on_status = lambda status: told.append(status.state)
    moved = folder.folder.with_name("away")
    folder.folder.rename(moved)
    folder.folder.write_text("a file in the folder's place")
    desk.run(named("甲"), "x")
    status = desk.flush()
    assert status.state is SaveState.FAILED
    assert status.message
    assert status.waiting == (FILE,)
    folder.folder.unlink()
    moved.rename(folder.folder)
    assert desk.flush().state is SaveState.SAVED
    assert on_disk(folder) == "甲"
    assert told[-1] is SaveState.SAVED
    assert SaveState.FAILED in told


def test_the_whole_document_can_be_saved_elsewhere(open_desk: Open, folder: DocumentFolder, tmp_path: Path) -> None:
    desk = open_desk()
    desk.run(named("甲"), "x")
    target = desk.save_elsewhere(tmp_path / "usb")
    assert open_document(target).document == desk.document


def test_a_file_never_has_a_step_that_the_journal_has_not(
    open_desk: Open, folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that comes just when the saver has written the journal is in the record that the saver then writes."""
    desk = open_desk()
    desk.flush()
    late = ["乙", "丙"]
    write, save = JournalWriter.write, DocumentFiles.save
    written: list[tuple[str, bool]] = []

    def journal(diary: JournalWriter, session: DocumentEditor, lock: threading.RLock) -> None:
        write(diary, session, lock)
        if late:
            desk.run(named(late.pop(0)), "x")

    def file(files: DocumentFiles, name: str, record: Record | None) -> str:
        assert record is not None
        text = record.text(("name",))
        written.append(
            (text, any(text.encode() in one.read_bytes() for one in journal_folder(folder.folder).iterdir()))
        )
        return save(files, name, record)

    monkeypatch.setattr(JournalWriter, "write", journal)
    monkeypatch.setattr(DocumentFiles, "save", file)
    desk.run(named("甲"), "x")
    desk.flush()
    assert written
    assert all(noted for _text, noted in written), written
    assert on_disk(folder) == "丙"


def test_nothing_is_saved_over_another_document(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    before = folder.path(FILE).read_bytes()
    with pytest.raises(FileError, match="已经在那里了"):
        desk.save_elsewhere(folder.folder.parent.parent)
    assert folder.path(FILE).read_bytes() == before


def test_edits_from_many_threads_are_all_kept(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    paths = [("plan", key) for key in ("m03", "m06", "m10", "m12")]

    def type_in(path: tuple[str, str]) -> None:
        for number in range(25):
            desk.run([SetValue(file=FILE, path=path, value=str(number))], "x")

    threads = [threading.Thread(target=type_in, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.flush()
    record = open_document(folder).document.projects[FILE]
    assert [record.text(path) for path in paths] == ["24"] * 4
    assert len(desk.history.done) == 100


# ---- neighbours


def write(folder: DocumentFolder, desk: OpenDocument, file: str = FILE, **changes: object) -> None:
    spec = desk.form.spec_of(file)
    record = factories.changed(open_document(folder).document.record(file), spec, **changes)
    folder.path(file).write_text(canonical(record, spec), encoding="utf-8")


def test_a_change_on_disk_is_merged_and_told(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    assert desk.poll() == ()
    write(folder, desk, name="外面")
    assert desk.poll() == (Location(file=FILE, path=("name",)),)
    assert desk.document.projects[FILE].text(("name",)) == "外面"
    assert desk.poll() == ()
    assert desk.undo() is None


def test_saving_over_a_change_merges_it(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    write(folder, desk, **{"plan.m03": "30"})
    desk.run(named("甲"), "x")
    desk.flush()
    found = open_document(folder).document.projects[FILE]
    assert (found.text(("name",)), found.text(("plan", "m03"))) == ("甲", "30")
    assert desk.poll() == (Location(file=FILE, path=("plan", "m03")),)
    assert desk.document.projects[FILE] == found


def test_a_field_changed_on_both_sides_is_kept_on_both(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    write(folder, desk, name="外面")
    desk.run(named("甲"), "x")
    desk.flush()
    record = open_document(folder).document.projects[FILE]
    assert record.text(("name",)) == "甲"
    (row,) = record.rows(CONFLICTS)
    assert (row.text("ours"), row.text("theirs")) == ("甲", "外面")


def test_undo_leaves_what_somebody_else_changed_since(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    desk.run([*named("甲"), SetValue(file=FILE, path=("plan", "m03"), value="30")], "x")
    desk.flush()
    write(folder, desk, name="外面")
    desk.poll()
    moved = desk.undo()
    assert moved is not None
    assert moved.skipped == (Location(file=FILE, path=("name",)),)
    desk.flush()
    assert on_disk(folder) == "外面"
    assert desk.document.projects[FILE].text(("plan", "m03")) == "25"


def test_projects_come_and_go_on_disk(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    new = project_file("new-aaaaaa")
    folder.path(new).write_bytes(folder.path(FILE).read_bytes())
    folder.path(OTHER).unlink()
    assert set(desk.poll()) == {Location(file=new), Location(file=OTHER)}
    assert new in desk.document.projects
    assert OTHER not in desk.document.projects


def test_a_project_that_is_edited_here_and_deleted_there_stays(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    folder.path(FILE).unlink()
    desk.run(named("甲"), "x")
    assert desk.flush().state is SaveState.SAVED
    assert on_disk(folder) == "甲"


def test_a_project_that_is_deleted_here_and_edited_there_comes_back(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    write(folder, desk, name="外面")
    desk.run([DropFile(file=FILE)], "x")
    desk.flush()
    assert on_disk(folder) == "外面"
    assert desk.poll() == (Location(file=FILE),)
    assert desk.document.projects[FILE].text(("name",)) == "外面"


def test_a_file_that_breaks_on_disk_is_told_kept_and_mended(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    good = folder.path(FILE).read_bytes()
    folder.path(FILE).write_bytes(b"broken\n")
    assert desk.poll() == (Location(file=FILE),)
    assert [one.file for one in desk.problems] == [FILE]
    assert desk.document.projects[FILE] == DOCUMENT.projects[FILE]
    assert desk.poll() == ()
    folder.path(FILE).write_bytes(good.replace(DOCUMENT.projects[FILE].text(("name",)).encode(), "好了".encode()))
    assert desk.poll() == (Location(file=FILE, path=("name",)),)
    assert desk.problems == ()


def test_an_edit_waits_while_the_file_is_broken(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    good = folder.path(FILE).read_bytes()
    folder.path(FILE).write_bytes(b"broken\n")
    desk.run(named("甲"), "x")
    status = desk.flush()
    assert status.state is SaveState.FAILED
    assert FILE in status.message
    assert folder.path(FILE).read_bytes() == b"broken\n"
    folder.path(FILE).write_bytes(good)
    desk.poll()
    assert desk.flush().state is SaveState.SAVED
    assert on_disk(folder) == "甲"


def test_two_desks_see_each_other(open_desk: Open, folder: DocumentFolder) -> None:
    one, other = open_desk(), open_desk()
    one.run(named("甲"), "x")
    other.run([SetValue(file=FILE, path=("code",), value="1")], "x")
    one.flush()
    other.flush()
    one.poll()
    other.poll()
    assert one.document == other.document == open_document(folder).document


# ---- deleted projects


def test_a_deleted_project_is_kept(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    desk.run([DropFile(file=FILE)], "x")
    desk.flush()
    (kept,) = desk.deleted()
    assert (kept.file, kept.record) == (FILE, DOCUMENT.projects[FILE])
    desk.run([AddFile(file=kept.file, record=kept.record)], "x")
    desk.flush()
    assert open_document(folder).document == DOCUMENT


# ---- what the next start finds


def test_history_position_and_draft_outlast_the_end(open_desk: Open, folder: DocumentFolder) -> None:
    desk = open_desk()
    desk.run(named("甲"), "改名", Location(file=FILE, path=("name",)))
    draft = CellDraft(place=Location(file=FILE, path=("code",)), text="半句")
    desk.draft(draft.place, draft.text)
    desk.position({"screen": "funds"})
    desk.close()
    again = open_desk()
    assert (again.recovered.draft, again.recovered.position) == (draft, {"screen": "funds"})
    assert again.recovered.edits == ()
    assert [step.label for step in again.history.done] == ["改名"]
    again.draft(None)
    moved = again.undo()
    assert moved is not None
    assert moved.step.place == Location(file=FILE, path=("name",))
    again.flush()
    assert open_document(folder).document == DOCUMENT
    again.close()
    third = open_desk()
    assert third.recovered.draft is None
    assert third.redo() is not None


def test_the_history_is_bounded(open_desk: Open) -> None:
    desk = open_desk()
    for number in range(230):
        desk.run(named(str(number)), str(number))
    desk.close()
    assert [step.label for step in open_desk().history.done] == [str(number) for number in range(30, 230)]


def test_a_desk_without_a_state_folder_saves_all_the_same(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    desk = OpenDocument.open(folder)
    assert "没有恢复日志" in desk.no_journal
    desk.run(named("甲"), "x")
    assert desk.flush().state is SaveState.SAVED
    desk.close()
    assert on_disk(folder) == "甲"


def test_a_journal_that_cannot_be_written_is_said_until_it_can(
    open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = open_desk()
    desk.flush()
    write = JournalWriter.write

    def full(diary: JournalWriter, session: DocumentEditor, lock: threading.RLock) -> None:
        raise FileError(Path("journal"), "磁盘已满")

    monkeypatch.setattr(JournalWriter, "write", full)
    desk.run(named("甲"), "x")
    desk.flush()
    assert "磁盘已满" in desk.no_journal
    monkeypatch.setattr(JournalWriter, "write", write)
    desk.flush()
    assert desk.no_journal == ""
