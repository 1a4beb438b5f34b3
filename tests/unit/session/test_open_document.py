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
from perftui.session.open_document import FileLocked, OpenDocument, write_copy
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
def open_session(folder: DocumentFolder) -> Iterator[Open]:
    opened: list[OpenDocument] = []

    def run() -> OpenDocument:
        opened.append(OpenDocument.open(folder))
        return opened[-1]

    yield run
    for session in opened:
        session.close()


def named(name: str, file: str = FILE) -> list[SetValue]:
    return [SetValue(file=file, path=("name",), value=name)]


def on_disk(folder: DocumentFolder, file: str = FILE) -> str:
    return open_document(folder).document.record(file).text(("name",))


@pytest.mark.parametrize("form", factories.FORMS)
def test_an_edit_is_on_disk_at_once(tmp_path: Path, form: str) -> None:
    document = factories.document(form)
    folder = write_document(tmp_path / form, document)
    session = OpenDocument.open(folder)
    file = first_file(document)
    session.run([SetValue(file=file, path=("name",), value="新名")], "改名")
    status = session.flush()
    assert (status.state, status.waiting) == (SaveState.SAVED, ())
    assert on_disk(folder, file) == "新名"
    assert open_document(folder).document == session.document
    assert left_over(folder.folder) == []
    session.close()


def test_undo_and_redo_are_written_too(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    before = {path: path.read_bytes() for path in folder.folder.rglob("*.toml")}
    row = DOCUMENT.projects[FILE].rows("goals")[0]
    session.run(named("甲"), "一")
    session.run([DropRow(file=FILE, group="goals", row_id=row.id)], "二")
    session.run([DropFile(file=OTHER)], "三")
    session.run([SetValue(file=DEPARTMENT, path=("status",), value="已送审")], "四")
    session.flush()
    assert not folder.path(OTHER).exists()
    for _step in range(4):
        assert session.undo() is not None
    assert session.undo() is None
    session.flush()
    assert {path: path.read_bytes() for path in folder.folder.rglob("*.toml")} == before
    for _step in range(4):
        session.redo()
    assert session.redo() is None
    session.flush()
    assert not folder.path(OTHER).exists()
    assert on_disk(folder) == "甲"


def test_undo_gives_a_hand_written_file_its_bytes_back(folder: DocumentFolder, open_session: Open) -> None:
    own = "# 手写\n" + folder.path(FILE).read_text(encoding="utf-8").replace(" = ", "   = ")
    folder.path(FILE).write_text(own, encoding="utf-8")
    session = open_session()
    for edits in (
        named("甲"),
        [DropRow(file=FILE, group="goals", row_id=session.document.projects[FILE].rows("goals")[0].id)],
    ):
        session.run(edits, "x")
        session.flush()
    session.undo()
    session.undo()
    session.flush()
    assert folder.path(FILE).read_text(encoding="utf-8") == own
    session.run([DropFile(file=FILE)], "x")
    session.flush()
    session.undo()
    session.flush()
    assert folder.path(FILE).read_text(encoding="utf-8") == own


def test_a_refused_step_changes_nothing(open_session: Open) -> None:
    session = open_session()
    with pytest.raises(CannotApply):
        session.run([*named("甲"), DropRow(file=FILE, group="goals", row_id="none")], "x")
    assert session.document == DOCUMENT
    assert session.history.done == ()


def test_a_text_of_no_characters_is_a_blank(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    row = Row(id="aaaaaa", values={"order": 1, "text": ""})
    new = factories.project(index=9).with_value(("name",), "").with_value(("plan", "m03"), "")
    file = session.new_file(new)
    session.run([*named(""), PutRow(file=FILE, group="goals", row=row), AddFile(file=file, record=new)], "x")
    assert session.flush().state is SaveState.SAVED
    record = open_document(folder).document.projects[FILE]
    assert record.value(("name",)) is None
    assert record.value(("goals", "aaaaaa", "text")) is None
    assert session.document.projects[file].value(("plan", "m03")) is None


def test_a_new_project_has_a_name_of_its_own(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    assert session.new_file(factories.project(index=8)) == project_file(factories.project_code(8))
    assert "new-" in session.new_file(factories.project())
    folder.path(project_file(factories.project_code(8))).write_bytes(b"\xff")
    assert "new-" in session.new_file(factories.project(index=8))


def test_a_file_with_a_problem_is_never_written(folder: DocumentFolder, open_session: Open) -> None:
    folder.path(FILE).write_bytes(b"schema = 1\nname = 3\n")
    session = open_session()
    assert [one.file for one in session.problems] == [FILE]
    for edits in (named("x"), [AddFile(file=FILE, record=factories.project())], [DropFile(file=FILE)]):
        with pytest.raises(FileLocked, match="不能修改"):
            session.run(edits, "x")
    session.run(named("甲", OTHER), "x")
    assert session.flush().state is SaveState.SAVED
    assert folder.path(FILE).read_bytes() == b"schema = 1\nname = 3\n"


def test_a_failure_is_told_and_made_good_later(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    told: list[SaveState] = []
    session.on_status = lambda status: told.append(status.state)
    moved = folder.folder.with_name("away")
    folder.folder.rename(moved)
    folder.folder.write_text("a file in the folder's place")
    session.run(named("甲"), "x")
    status = session.flush()
    assert status.state is SaveState.FAILED
    assert status.message
    assert status.waiting == (FILE,)
    folder.folder.unlink()
    moved.rename(folder.folder)
    assert session.flush().state is SaveState.SAVED
    assert on_disk(folder) == "甲"
    assert told[-1] is SaveState.SAVED
    assert SaveState.FAILED in told


def test_the_whole_document_can_be_saved_elsewhere(open_session: Open, folder: DocumentFolder, tmp_path: Path) -> None:
    session = open_session()
    session.run(named("甲"), "x")
    target = write_copy(session, tmp_path / "usb")
    assert open_document(target).document == session.document


def test_a_file_never_has_a_step_that_the_journal_has_not(
    open_session: Open, folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that comes just when the saver has written the journal is in the record that the saver then writes."""
    session = open_session()
    session.flush()
    late = ["乙", "丙"]
    write, save = JournalWriter.write, DocumentFiles.save
    written: list[tuple[str, bool]] = []

    def journal(journal_writer: JournalWriter, editor: DocumentEditor, lock: threading.RLock) -> None:
        write(journal_writer, editor, lock)
        if late:
            session.run(named(late.pop(0)), "x")

    def file(files: DocumentFiles, name: str, record: Record | None) -> str:
        assert record is not None
        text = record.text(("name",))
        written.append(
            (text, any(text.encode() in one.read_bytes() for one in journal_folder(folder.folder).iterdir()))
        )
        return save(files, name, record)

    monkeypatch.setattr(JournalWriter, "write", journal)
    monkeypatch.setattr(DocumentFiles, "save", file)
    session.run(named("甲"), "x")
    session.flush()
    assert written
    assert all(noted for _text, noted in written), written
    assert on_disk(folder) == "丙"


def test_nothing_is_saved_over_another_document(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    before = folder.path(FILE).read_bytes()
    with pytest.raises(FileError, match="已经在那里了"):
        write_copy(session, folder.folder.parent.parent)
    assert folder.path(FILE).read_bytes() == before


def test_edits_from_many_threads_are_all_kept(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    paths = [("plan", key) for key in ("m03", "m06", "m10", "m12")]

    def type_in(path: tuple[str, str]) -> None:
        for number in range(25):
            session.run([SetValue(file=FILE, path=path, value=str(number))], "x")

    threads = [threading.Thread(target=type_in, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.flush()
    record = open_document(folder).document.projects[FILE]
    assert [record.text(path) for path in paths] == ["24"] * 4
    assert len(session.history.done) == 100


# ---- neighbours


def write(folder: DocumentFolder, session: OpenDocument, file: str = FILE, **changes: object) -> None:
    spec = session.form.spec_of(file)
    record = factories.changed(open_document(folder).document.record(file), spec, **changes)
    folder.path(file).write_text(canonical(record, spec), encoding="utf-8")


def test_a_change_on_disk_is_merged_and_told(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    assert session.poll() == ()
    write(folder, session, name="外面")
    assert session.poll() == (Location(file=FILE, path=("name",)),)
    assert session.document.projects[FILE].text(("name",)) == "外面"
    assert session.poll() == ()
    assert session.undo() is None


def test_saving_over_a_change_merges_it(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    write(folder, session, **{"plan.m03": "30"})
    session.run(named("甲"), "x")
    session.flush()
    found = open_document(folder).document.projects[FILE]
    assert (found.text(("name",)), found.text(("plan", "m03"))) == ("甲", "30")
    assert session.poll() == (Location(file=FILE, path=("plan", "m03")),)
    assert session.document.projects[FILE] == found


def test_a_field_changed_on_both_sides_is_kept_on_both(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    write(folder, session, name="外面")
    session.run(named("甲"), "x")
    session.flush()
    record = open_document(folder).document.projects[FILE]
    assert record.text(("name",)) == "甲"
    (row,) = record.rows(CONFLICTS)
    assert (row.text("ours"), row.text("theirs")) == ("甲", "外面")


def test_undo_leaves_what_somebody_else_changed_since(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    session.run([*named("甲"), SetValue(file=FILE, path=("plan", "m03"), value="30")], "x")
    session.flush()
    write(folder, session, name="外面")
    session.poll()
    moved = session.undo()
    assert moved is not None
    assert moved.skipped == (Location(file=FILE, path=("name",)),)
    session.flush()
    assert on_disk(folder) == "外面"
    assert session.document.projects[FILE].text(("plan", "m03")) == "25"


def test_projects_come_and_go_on_disk(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    new = project_file("new-aaaaaa")
    folder.path(new).write_bytes(folder.path(FILE).read_bytes())
    folder.path(OTHER).unlink()
    assert set(session.poll()) == {Location(file=new), Location(file=OTHER)}
    assert new in session.document.projects
    assert OTHER not in session.document.projects


def test_a_project_that_is_edited_here_and_deleted_there_stays(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    folder.path(FILE).unlink()
    session.run(named("甲"), "x")
    assert session.flush().state is SaveState.SAVED
    assert on_disk(folder) == "甲"


def test_a_project_that_is_deleted_here_and_edited_there_comes_back(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    write(folder, session, name="外面")
    session.run([DropFile(file=FILE)], "x")
    session.flush()
    assert on_disk(folder) == "外面"
    assert session.poll() == (Location(file=FILE),)
    assert session.document.projects[FILE].text(("name",)) == "外面"


def test_a_file_that_breaks_on_disk_is_told_kept_and_mended(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    good = folder.path(FILE).read_bytes()
    folder.path(FILE).write_bytes(b"broken\n")
    assert session.poll() == (Location(file=FILE),)
    assert [one.file for one in session.problems] == [FILE]
    assert session.document.projects[FILE] == DOCUMENT.projects[FILE]
    assert session.poll() == ()
    folder.path(FILE).write_bytes(good.replace(DOCUMENT.projects[FILE].text(("name",)).encode(), "好了".encode()))
    assert {*session.poll()} == {Location(file=FILE), Location(file=FILE, path=("name",))}
    assert session.problems == ()


def test_an_edit_waits_while_the_file_is_broken(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    good = folder.path(FILE).read_bytes()
    folder.path(FILE).write_bytes(b"broken\n")
    session.run(named("甲"), "x")
    status = session.flush()
    assert status.state is SaveState.FAILED
    assert FILE in status.message
    assert folder.path(FILE).read_bytes() == b"broken\n"
    folder.path(FILE).write_bytes(good)
    session.poll()
    assert session.flush().state is SaveState.SAVED
    assert on_disk(folder) == "甲"


def test_two_sessions_see_each_other(open_session: Open, folder: DocumentFolder) -> None:
    one, other = open_session(), open_session()
    one.run(named("甲"), "x")
    other.run([SetValue(file=FILE, path=("code",), value="1")], "x")
    one.flush()
    other.flush()
    one.poll()
    other.poll()
    assert one.document == other.document == open_document(folder).document


# ---- deleted projects


def test_a_deleted_project_is_kept(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    session.run([DropFile(file=FILE)], "x")
    session.flush()
    (kept,) = session.deleted()
    assert (kept.file, kept.record) == (FILE, DOCUMENT.projects[FILE])
    session.run([AddFile(file=kept.file, record=kept.record)], "x")
    session.flush()
    assert open_document(folder).document == DOCUMENT


# ---- what the next start finds


def test_history_position_and_draft_outlast_the_end(open_session: Open, folder: DocumentFolder) -> None:
    session = open_session()
    session.run(named("甲"), "改名", Location(file=FILE, path=("name",)))
    held = session.document.record(FILE).text(("code",))
    draft = CellDraft(place=Location(file=FILE, path=("code",)), text="半句", over=(held,), unit="元", kind="code")
    session.draft(draft.place, draft.text)
    session.position({"screen": "funds"})
    session.close()
    again = open_session()
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
    third = open_session()
    assert third.recovered.draft is None
    assert third.redo() is not None


def test_the_history_is_bounded(open_session: Open) -> None:
    session = open_session()
    for number in range(230):
        session.run(named(str(number)), str(number))
    session.close()
    assert [step.label for step in open_session().history.done] == [str(number) for number in range(30, 230)]


def test_a_session_without_a_state_folder_saves_all_the_same(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    session = OpenDocument.open(folder)
    assert "没有恢复日志" in session.no_journal
    session.run(named("甲"), "x")
    assert session.flush().state is SaveState.SAVED
    session.close()
    assert on_disk(folder) == "甲"


def test_a_journal_that_cannot_be_written_is_said_until_it_can(
    open_session: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session()
    session.flush()
    write = JournalWriter.write

    def full(journal_writer: JournalWriter, editor: DocumentEditor, lock: threading.RLock) -> None:
        raise FileError(Path("journal"), "磁盘已满")

    monkeypatch.setattr(JournalWriter, "write", full)
    session.run(named("甲"), "x")
    session.flush()
    assert "磁盘已满" in session.no_journal
    monkeypatch.setattr(JournalWriter, "write", write)
    session.flush()
    assert session.no_journal == ""
