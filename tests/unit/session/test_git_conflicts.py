"""A document in a git conflict is merged by field from the stages: every operation, every kind of driver."""

from pathlib import Path

import pytest

from perftui.editing.edits import DropRow, SetValue
from perftui.forms import load_form
from perftui.model.conflicts import WHOLE
from perftui.model.record import CONFLICTS, Record
from perftui.session.conflicts import conflicts_of, settling
from perftui.session.document_files import DocumentFiles
from perftui.session.open_document import OpenDocument
from perftui.store import parsed_files
from perftui.store.folder import DocumentFolder
from perftui.store.git import stable_read
from perftui.store.git.stable_read import is_git_busy
from perftui.store.open import open_document
from perftui.store.saver import SaveState
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.unit.store.documents import first_file, write_document
from tests.unit.store.repositories import Clone, driver_program

SPEC = load_form("hebei-2021").project
DOCUMENT = factories.document()
FILE = first_file(DOCUMENT)
RECORD = DOCUMENT.projects[FILE]
OURS = RECORD.with_value(("name",), "甲").with_value(("plan", "m03"), "20")
THEIRS = RECORD.with_value(("name",), "乙").with_value(("plan", "m06"), "60")
DRIVERS = ("none", "works", "missing", "killed")
OPERATIONS = ("merge", "pull", "rebase", "cherry-pick", "stash pop")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = Clone.new(tmp_path / "clone")
    write_document(made.root / "data", DOCUMENT)
    (made.root / ".gitignore").write_text("*.perftui-lock\n")
    (made.root / ".gitattributes").write_text("*.toml text eol=lf merge=perftui diff=perftui\n")
    made.commit()
    return made


def folder_of(clone: Clone) -> DocumentFolder:
    return DocumentFolder(year=2021, unit="613001", folder=clone.root / "data" / "2021" / "613001")


def write(clone: Clone, record: Record) -> None:
    folder_of(clone).path(FILE).write_text(canonical(record, SPEC), encoding="utf-8")


def install(clone: Clone, driver: str, folder: Path) -> None:
    if driver == "works":
        clone.install(driver_program(folder))
    elif driver == "missing":
        clone.install("/nowhere/perftui")
    elif driver == "killed":  # the whole line dies, its fallback with it: git leaves "ours" without a word
        clone.git("config", "merge.perftui.driver", "kill -9 $$")


def diverge(clone: Clone) -> None:
    clone.git("branch", "base")
    clone.git("switch", "-q", "-c", "theirs")
    write(clone, THEIRS)
    clone.commit("他的")
    clone.git("switch", "-q", "main")


def operate(clone: Clone, operation: str) -> tuple[str, str]:
    """Bring about a conflict; the names that the two sides have in it: ours in git's words, and theirs."""
    if operation == "stash pop":
        write(clone, THEIRS)
        clone.git("stash", "-q")
        write(clone, OURS)
        clone.commit("我的")
        clone.git("stash", "pop", check=False)
        return "甲", "乙"
    write(clone, OURS)
    clone.commit("我的")
    if operation == "merge":
        clone.git("merge", "theirs", check=False)
    elif operation == "pull":
        clone.git("pull", "-q", "--no-rebase", ".", "theirs", check=False)
    elif operation == "cherry-pick":
        clone.git("cherry-pick", "theirs", check=False)
    else:
        clone.git("rebase", "theirs", check=False)
        return "乙", "甲"
    return "甲", "乙"


@pytest.mark.parametrize("driver", DRIVERS)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_conflict_is_opened_merged_shown_and_written(
    clone: Clone, tmp_path: Path, operation: str, driver: str
) -> None:
    install(clone, driver, tmp_path)
    diverge(clone)
    ours, theirs = operate(clone, operation)
    assert clone.git("ls-files", "-u") != ""
    session = OpenDocument.open(folder_of(clone))
    record = session.document.projects[FILE]
    assert session.problems == ()
    assert (record.text(("plan", "m03")), record.text(("plan", "m06"))) == ("20", "60")
    assert record.text(("name",)) == ours
    (row,) = record.rows(CONFLICTS)
    assert (row.text("field"), row.text("ours"), row.text("theirs")) == ("name", ours, theirs)
    assert session.flush().state is SaveState.SAVED
    assert open_document(folder_of(clone)).document == session.document
    session.run(
        [SetValue(file=FILE, path=("name",), value="定了"), DropRow(file=FILE, group=CONFLICTS, row_id=row.id)], "x"
    )
    assert session.close().state is SaveState.SAVED
    again = OpenDocument.open(folder_of(clone))
    assert again.document.projects[FILE].text(("name",)) == "定了"
    assert again.document.projects[FILE].rows(CONFLICTS) == ()
    again.close()


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_pull_underneath_an_open_document_is_merged(clone: Clone, tmp_path: Path, driver: str) -> None:
    install(clone, driver, tmp_path)
    diverge(clone)
    session = OpenDocument.open(folder_of(clone))
    session.run([SetValue(file=FILE, path=("plan", "m03"), value="20")], "x")
    session.run([SetValue(file=FILE, path=("name",), value="甲")], "x")
    session.flush()
    clone.commit("我的")
    clone.git("merge", "theirs", check=False)
    session.poll()
    record = session.document.projects[FILE]
    assert (record.text(("plan", "m03")), record.text(("plan", "m06"))) == ("20", "60")
    assert [row.text("theirs") for row in record.rows(CONFLICTS)] == ["乙"]
    assert session.problems == ()
    assert session.flush().state is SaveState.SAVED
    assert open_document(folder_of(clone)).document == session.document
    assert session.poll() == ()
    session.close()


def test_a_merge_is_looked_at_when_git_has_let_its_index_go(clone: Clone, tmp_path: Path) -> None:
    install(clone, "killed", tmp_path)
    diverge(clone)
    operate(clone, "merge")
    files = DocumentFiles(open_document(folder_of(clone)))
    lock = clone.root / ".git" / "index.lock"
    lock.touch()
    assert list(files.unmerged()) == []
    lock.unlink()
    assert [file for file, _state in files.unmerged()] == [FILE]
    assert list(files.unmerged()) == [], "git is asked again when its index has changed"


def test_a_file_that_git_is_writing_is_read_when_git_has_let_its_index_go(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = DocumentFiles(open_document(folder_of(clone)))
    (clone.root / ".git" / "index.lock").touch()

    def finish(git: Path | None) -> bool:
        busy = is_git_busy(git)
        if git is not None and busy:
            write(clone, THEIRS)
            (git / "index.lock").unlink()
        return busy

    monkeypatch.setattr(stable_read, "is_git_busy", finish)
    found = files.read(FILE)
    assert found is not None
    assert found.record == THEIRS


def test_what_was_merged_from_the_stages_is_not_kept_as_the_files_content(
    clone: Clone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsed_files, "FEW", 2)
    diverge(clone)
    operate(clone, "merge")
    for _time in range(2):
        state = open_document(folder_of(clone)).states[FILE]
        assert state.merged is not None
        assert state.merged.rows(CONFLICTS)


def test_a_checkout_underneath_is_taken_over(clone: Clone) -> None:
    diverge(clone)
    session = OpenDocument.open(folder_of(clone))
    clone.git("switch", "-q", "theirs")
    session.poll()
    assert session.document.projects[FILE] == THEIRS
    clone.git("switch", "-q", "base")
    session.poll()
    assert session.document == DOCUMENT
    session.close()
    assert clone.git("status", "--short") == ""


def test_commands_read_a_file_with_markers_through_the_stages(clone: Clone) -> None:
    diverge(clone)
    operate(clone, "merge")
    opened = open_document(folder_of(clone))
    assert opened.problems == ()
    assert opened.document.projects[FILE].text(("plan", "m06")) == "60"
    clone.git("merge", "--abort")
    folder_of(clone).path(FILE).write_text("<<<<<<< HEAD\n=======\n>>>>>>> x\n")
    (problem,) = open_document(folder_of(clone)).problems
    assert "冲突标记" in problem.reason


def test_a_conflict_with_a_version_that_cannot_be_read_is_a_problem(clone: Clone) -> None:
    clone.git("switch", "-q", "-c", "theirs")
    folder_of(clone).path(FILE).write_text('schema = 99\nname = "乙"\n', encoding="utf-8")
    clone.commit()
    clone.git("switch", "-q", "main")
    write(clone, OURS)
    clone.commit()
    clone.git("merge", "theirs", check=False)
    before = folder_of(clone).path(FILE).read_bytes()
    session = OpenDocument.open(folder_of(clone))
    assert [one.file for one in session.problems] == [FILE]
    session.close()
    assert folder_of(clone).path(FILE).read_bytes() == before


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_project_that_one_side_deleted_waits_for_an_answer(clone: Clone, side: str) -> None:
    clone.git("switch", "-q", "-c", "theirs")
    folder_of(clone).path(FILE).unlink()
    clone.commit()
    clone.git("switch", "-q", "main")
    write(clone, OURS)
    clone.commit()
    clone.git("merge", "theirs", check=False)
    [unopened] = conflicts_of(FILE, open_document(folder_of(clone)).document.record(FILE))  # as the commands see it
    session = OpenDocument.open(folder_of(clone))
    record = session.document.projects[FILE]
    assert unopened in conflicts_of(FILE, record)
    [conflict] = conflicts_of(FILE, record)
    assert conflict.place.path == WHOLE
    session.run(settling(record, conflict, side), "处理冲突")
    session.flush()
    clone.git("status")
    session.poll()
    assert session.document.projects.get(FILE) == (OURS if side == "ours" else None)
    session.close()
    assert open_document(folder_of(clone)).document.projects.get(FILE) == (OURS if side == "ours" else None)
    again = OpenDocument.open(folder_of(clone))  # nobody is asked twice
    assert again.document.projects.get(FILE) == (OURS if side == "ours" else None)
    again.close()
    assert not clone.repository.conflicted(clone.root)


@pytest.mark.parametrize("operation", ["merge", "rebase", "cherry-pick"])
def test_each_side_of_a_conflict_is_told_by_its_author(
    clone: Clone, operation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "李四")
    diverge(clone)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "张三")
    operate(clone, operation)
    rows = open_document(folder_of(clone)).document.record(FILE).rows("conflicts")
    people = ("李四", "张三") if operation == "rebase" else ("张三", "李四")
    assert {(row.text("ours_by"), row.text("theirs_by")) for row in rows} == {people}
