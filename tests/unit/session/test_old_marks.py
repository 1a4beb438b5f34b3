"""Marks of copied texts as the version before kept them, in its journal: they come back as marks of the document."""

from hashlib import sha256
from pathlib import Path

import pytest

from perftui.model.record import FieldPath
from perftui.model.unreviewed import copied_from
from perftui.session.journal.log import JournalLog, journal_folder
from perftui.session.open_document import OpenDocument
from perftui.session.user import person
from perftui.store.folder import DocumentFolder
from tests import factories
from tests.unit.store.documents import first_file, write_document

DOCUMENT = factories.document()
FILE = first_file(DOCUMENT)
RECORD = DOCUMENT.projects[FILE]
PURPOSE = ("budget", "purpose")
ROW = ("indicators", RECORD.rows("indicators")[0].id, "name")


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    return write_document(tmp_path / "data", DOCUMENT)


def mark(path: FieldPath, text: str) -> list[object]:
    return [list(path), sha256(text.encode()).hexdigest()[:12], "去年"]


def left_by_the_version_before(folder: DocumentFolder, *, seen: tuple[FieldPath, ...] = (), whose: str = "") -> None:
    log = JournalLog(journal_folder(folder.folder))
    log.add({"open": {"person": whose or person(), "folder": str(folder.folder), "pid": 1, "at": 1.0}})
    log.add({"copied": FILE, "marks": [mark(PURPOSE, RECORD.text(PURPOSE)), mark(ROW, RECORD.text(ROW))]})
    log.add({"copied": "projects/gone.toml", "marks": [mark(PURPOSE, "甲")]})
    log.add({"seen": FILE, "paths": [list(path) for path in seen]})
    log.write()
    log.close()


def sources(folder: DocumentFolder) -> tuple[str, str]:
    session = OpenDocument.open(folder)
    record = session.document.record(FILE)
    session.close()
    return copied_from(record, PURPOSE), copied_from(record, ROW)


def test_marks_come_back_and_stay_in_the_file(folder: DocumentFolder) -> None:
    left_by_the_version_before(folder)
    assert sources(folder) == ("去年", "去年")
    assert sources(folder) == ("去年", "去年")
    assert '"budget.purpose" = "去年"' in folder.path(FILE).read_text(encoding="utf-8")


def test_what_was_looked_at_or_changed_since_is_not_marked(folder: DocumentFolder) -> None:
    left_by_the_version_before(folder, seen=(ROW,))
    path = folder.path(FILE)
    path.write_text(path.read_text(encoding="utf-8").replace(RECORD.text(PURPOSE), "另一个用途"), encoding="utf-8")
    assert sources(folder) == ("", "")


def test_somebody_elses_marks_are_theirs(folder: DocumentFolder) -> None:
    left_by_the_version_before(folder, whose="别人")
    assert sources(folder) == ("", "")


def test_bringing_marks_back_is_one_step_that_can_be_undone(folder: DocumentFolder) -> None:
    left_by_the_version_before(folder)
    session = OpenDocument.open(folder)
    assert [step.label for step in session.history.done] == ["恢复“还没有核对”的记号"]
    session.undo()
    assert session.document.record(FILE) == RECORD
    session.close()
