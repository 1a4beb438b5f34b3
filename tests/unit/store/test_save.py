"""Saving one file: verified, guarded, with the look of the file kept."""

import errno
import os
from pathlib import Path

import pytest

from perftui.files.errors import ChangedOnDisk, FileError, NotRegular, Unwritable
from perftui.files.filesystem import FileSystem
from perftui.forms import load_form
from perftui.model.record import Record
from perftui.store.open import read_state
from perftui.store.save import CannotSave, delete_file, save_file
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories
from tests.unit.store.documents import first_file, left_over, write_document

FORM = load_form("hebei-2021")
SPEC = FORM.project
DOCUMENT = factories.document()
FILE = first_file(DOCUMENT)
RECORD = DOCUMENT.projects[FILE]


class FailingDisk(FileSystem):
    """A disk on which one call is refused."""

    def __init__(self, call: str, number: int) -> None:
        def refuse(*_arguments: object) -> None:
            raise OSError(number, os.strerror(number))

        setattr(self, call, refuse)


def test_a_saved_record_is_what_the_disk_holds(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    changed = RECORD.with_value(("name",), "新")
    state = save_file(folder, FILE, changed, SPEC, read_state(folder, FILE, FORM))
    assert folder.path(FILE).read_text(encoding="utf-8") == state.text == canonical(changed, SPEC)
    assert read_state(folder, FILE, FORM).digest == state.digest
    assert read_state(folder, FILE, FORM).stamp == state.stamp
    assert left_over(folder.folder) == []


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    folder = write_document(tmp_path, factories.document(projects=0))
    folder.path("projects").rmdir()
    save_file(folder, FILE, RECORD, SPEC, None)
    assert read_state(folder, FILE, FORM).record == RECORD
    with pytest.raises(ChangedOnDisk):
        save_file(folder, FILE, RECORD, SPEC, None)


def test_a_file_that_somebody_changed_is_not_overwritten(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    state = read_state(folder, FILE, FORM)
    folder.path(FILE).write_text("schema = 1\n# theirs\n")
    with pytest.raises(ChangedOnDisk):
        save_file(folder, FILE, RECORD.with_value(("name",), "x"), SPEC, state)
    with pytest.raises(ChangedOnDisk):
        delete_file(folder, FILE, state)
    assert folder.path(FILE).read_text() == "schema = 1\n# theirs\n"


def test_windows_lines_stay_and_a_mark_goes(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    before = b"\xef\xbb\xbf" + canonical(RECORD, SPEC).replace("\n", "\r\n").encode()
    folder.path(FILE).write_bytes(before)
    save_file(folder, FILE, RECORD.with_value(("name",), "新"), SPEC, read_state(folder, FILE, FORM))
    after = folder.path(FILE).read_bytes()
    assert after == before.removeprefix(b"\xef\xbb\xbf").replace(RECORD.text(("name",)).encode(), "新".encode())


def test_taking_everything_back_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    own = canonical(RECORD, SPEC).replace('code = "', "code='").replace('0001"\n', "0001' # x\n", 1) + "\n\n# 完  \n"
    folder.path(FILE).write_text(own, encoding="utf-8")
    state = read_state(folder, FILE, FORM)
    first = state.record
    goal = first.rows("goals")[0]
    for changed in (
        first.with_value(("code",), "1"),
        first.with_value(("code",), None).without_row("goals", goal.id),
        first.without_row("goals", goal.id),
    ):
        state = save_file(folder, FILE, changed, SPEC, state)
        assert "# x" in folder.path(FILE).read_text(encoding="utf-8")
    save_file(folder, FILE, first, SPEC, state)
    assert folder.path(FILE).read_text(encoding="utf-8") == own


def test_an_unchanged_record_writes_nothing(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    state = read_state(folder, FILE, FORM)
    before = folder.path(FILE).stat()
    assert save_file(folder, FILE, RECORD, SPEC, state) is state
    assert folder.path(FILE).stat() == before


def test_mode_and_link_stay(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    real = tmp_path / "real.toml"
    folder.path(FILE).rename(real)
    real.chmod(0o640)
    folder.path(FILE).symlink_to(real)
    save_file(folder, FILE, RECORD.with_value(("name",), "新"), SPEC, read_state(folder, FILE, FORM))
    assert folder.path(FILE).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert decode(real.read_bytes(), SPEC).text(("name",)) == "新"


@pytest.mark.parametrize(
    "record",
    [
        RECORD.with_value(("name",), "a\ud800b"),
        RECORD.with_value(("name",), ""),
        RECORD.with_value(("name",), 3),
        RECORD.with_value(("name",), "字" * 30_000),
        Record(head={"x": 1}, tables={"x": {}}),
    ],
    ids=["surrogate", "empty text", "wrong type", "too long", "name twice"],
)
def test_what_would_not_read_back_the_same_is_refused(tmp_path: Path, record: Record) -> None:
    folder = write_document(tmp_path)
    before = folder.path(FILE).read_bytes()
    with pytest.raises(CannotSave):
        save_file(folder, FILE, record, SPEC, read_state(folder, FILE, FORM))
    assert folder.path(FILE).read_bytes() == before
    assert left_over(folder.folder) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["write", "fsync", "exchange", "open"])
def test_a_refusing_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path, call: str, number: int) -> None:
    folder = write_document(tmp_path)
    state = read_state(folder, FILE, FORM)
    before = folder.path(FILE).read_bytes()
    with pytest.raises(FileError) as caught:
        save_file(folder, FILE, RECORD.with_value(("name",), "新"), SPEC, state, fs=FailingDisk(call, number))
    assert isinstance(caught.value, Unwritable)
    assert "没有保存" in str(caught.value)
    assert folder.path(FILE).read_bytes() == before
    assert left_over(folder.folder) == []


def test_a_write_that_the_disk_did_not_confirm_is_in_place_and_told(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    disk = FailingDisk("sync_folder", errno.EIO)
    state = save_file(folder, FILE, RECORD.with_value(("name",), "新"), SPEC, read_state(folder, FILE, FORM), fs=disk)
    assert "没有确认" in state.doubt
    assert read_state(folder, FILE, FORM).digest == state.digest


def test_a_pipe_in_the_files_place_is_refused(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    state = read_state(folder, FILE, FORM)
    folder.path(FILE).unlink()
    os.mkfifo(folder.path(FILE))
    with pytest.raises(NotRegular):
        save_file(folder, FILE, RECORD.with_value(("name",), "新"), SPEC, state)
