"""What was typed and not yet saved when a process ended comes back, whatever happened to the file meanwhile."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.editing.edits import AddFile, DropFile, DropRow, Edit, PutRow, SetValue
from perftui.forms import load_form
from perftui.model.document import Location
from perftui.model.record import CONFLICTS, Record, Row
from perftui.session.journal.log import journal_folder
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder
from perftui.store.open import open_document
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.unit.store.documents import first_file, write_document
from tests.unit.store.repositories import ROOT

SPEC = load_form("hebei-2021").project
DOCUMENT = factories.document()
FILE = first_file(DOCUMENT)
RECORD = DOCUMENT.projects[FILE]
GOAL = RECORD.rows("goals")[0]


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    return write_document(tmp_path / "data", DOCUMENT)


def dies_unsaved(folder: DocumentFolder, *steps: list[Edit], saved: int = 0) -> None:
    """An open document that journals its steps, saves the first of them, and ends without saving the others."""
    session = OpenDocument.open(folder)
    for edits in steps[:saved]:
        session.run(edits, "saved")
        session.flush()
    session._shared.write = refuse  # type: ignore[method-assign]
    for edits in steps[saved:]:
        session.run(edits, "unsaved")
    session._saver.flush(10)
    session.close()


def refuse(_file: str) -> str:
    raise OSError("the disk is away")


def named(name: str) -> list[Edit]:
    return [SetValue(file=FILE, path=("name",), value=name)]


def write(folder: DocumentFolder, change: Callable[[Record], Record]) -> None:
    record = open_document(folder).document.projects[FILE]
    folder.path(FILE).write_text(canonical(change(record), SPEC), encoding="utf-8")


def recovered(folder: DocumentFolder) -> tuple[OpenDocument, Record]:
    session = OpenDocument.open(folder)
    session.flush()
    session.close()
    document = open_document(folder).document
    assert document == session.document
    return session, document.projects.get(FILE, Record())


def test_unsaved_fields_are_written_and_told(folder: DocumentFolder) -> None:
    dies_unsaved(folder, named("甲"), [SetValue(file=FILE, path=("plan", "m03"), value="30")], named("乙"))
    session, record = recovered(folder)
    assert (record.text(("name",)), record.text(("plan", "m03"))) == ("乙", "30")
    assert "2 处修改" in session.recovered.message
    assert session.recovered.conflicts == ()
    assert [step.label for step in session.history.done] == ["unsaved"] * 3 + ["恢复没有保存的修改"]
    again, _record = recovered(folder)
    assert again.recovered.edits == ()


def test_what_was_saved_is_not_done_again(folder: DocumentFolder) -> None:
    dies_unsaved(folder, named("甲"), [SetValue(file=FILE, path=("code",), value="1")], saved=1)
    write(folder, lambda record: record.with_value(("name",), "后来"))
    _session, record = recovered(folder)
    assert (record.text(("name",)), record.text(("code",))) == ("后来", "1")
    assert record.rows(CONFLICTS) == ()


def test_a_field_that_somebody_changed_meanwhile_is_a_conflict(folder: DocumentFolder) -> None:
    dies_unsaved(folder, named("甲"), named("乙"))
    write(folder, lambda record: record.with_value(("name",), "外面"))
    session, record = recovered(folder)
    (row,) = record.rows(CONFLICTS)
    assert record.text(("name",)) == "外面"
    assert (row.text("ours"), row.text("theirs")) == ("外面", "乙")
    assert session.recovered.conflicts == (Location(file=FILE, path=("name",)),)


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_file_that_was_written_without_the_journal_knowing_is_no_conflict(folder: DocumentFolder, step: int) -> None:
    dies_unsaved(folder, named("甲"), named("乙"), named("丙"))
    write(folder, lambda record: record.with_value(("name",), "甲乙丙"[step]))
    _session, record = recovered(folder)
    assert record == RECORD.with_value(("name",), "丙")


def test_rows_come_back_with_what_was_typed_into_them(folder: DocumentFolder) -> None:
    row = Row(id="zzzzz2", values={"order": 5000})
    typed = SetValue(file=FILE, path=("goals", row.id, "text"), value="新目标")
    dies_unsaved(
        folder,
        [PutRow(file=FILE, group="goals", row=row)],
        [typed],
        [DropRow(file=FILE, group="goals", row_id=GOAL.id)],
    )
    _session, record = recovered(folder)
    assert record.text(("goals", row.id, "text")) == "新目标"
    assert record.row("goals", GOAL.id) is None


def test_a_half_typed_row_that_is_on_disk_already_is_completed(folder: DocumentFolder) -> None:
    row = Row(id="zzzzz2", values={"order": 5000})
    typed = SetValue(file=FILE, path=("goals", row.id, "text"), value="新目标")
    dies_unsaved(folder, [PutRow(file=FILE, group="goals", row=row)], [typed])
    write(folder, lambda record: record.with_row("goals", row))
    _session, record = recovered(folder)
    assert record == RECORD.with_row("goals", row.with_value("text", "新目标"))


def test_projects_are_made_and_deleted(folder: DocumentFolder) -> None:
    new = "projects/new-aaaaaa.toml"
    dies_unsaved(
        folder,
        [AddFile(file=new, record=factories.project(index=9))],
        [SetValue(file=new, path=("name",), value="新项目")],
        [DropFile(file=FILE)],
    )
    _session, _record = recovered(folder)
    document = open_document(folder).document
    assert document.projects[new].text(("name",)) == "新项目"
    assert FILE not in document.projects


def test_a_deletion_is_not_made_good_on_a_project_that_somebody_changed(folder: DocumentFolder) -> None:
    dies_unsaved(folder, [DropFile(file=FILE)])
    write(folder, lambda record: record.with_value(("name",), "外面"))
    _session, record = recovered(folder)
    assert record.text(("name",)) == "外面"


def test_what_was_undone_stays_undone(folder: DocumentFolder) -> None:
    session = OpenDocument.open(folder)
    session.run(named("甲"), "x")
    session.flush()
    session._shared.write = refuse  # type: ignore[method-assign]
    session.undo()
    session._saver.flush(10)
    session.close()
    again, record = recovered(folder)
    assert record == RECORD
    assert again.history.undone == ()


def test_edits_of_a_file_that_cannot_be_written_stay_in_the_journal(folder: DocumentFolder) -> None:
    dies_unsaved(folder, named("甲"))
    good = folder.path(FILE).read_bytes()
    folder.path(FILE).write_bytes(b"broken\n")
    session, _record = recovered(folder)
    assert session.recovered.lost == (FILE,)
    assert "还在日志里" in session.recovered.message
    folder.path(FILE).write_bytes(good)
    _session, record = recovered(folder)
    assert record.text(("name",)) == "甲"


def test_two_dead_processes_are_both_recovered(folder: DocumentFolder) -> None:
    sessions = [OpenDocument.open(folder), OpenDocument.open(folder)]
    for session in sessions:
        session._shared.write = refuse  # type: ignore[method-assign]
    sessions[0].run(named("甲"), "x")
    sessions[1].run([SetValue(file=FILE, path=("code",), value="1")], "x")
    for session in sessions:
        session._saver.flush(10)
        session.close()
    _session, record = recovered(folder)
    assert (record.text(("name",)), record.text(("code",))) == ("甲", "1")


def test_the_history_belongs_to_a_person_the_edits_to_all(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFTUI_USER", "张三")
    dies_unsaved(folder, named("甲"))
    monkeypatch.setenv("PERFTUI_USER", "李四")
    session, record = recovered(folder)
    assert record.text(("name",)) == "甲"
    assert [step.label for step in session.history.done] == ["恢复没有保存的修改"]
    write(folder, lambda found: found.with_value(("name",), "后来"))
    monkeypatch.setenv("PERFTUI_USER", "张三")
    again, record = recovered(folder)
    assert record.text(("name",)) == "后来"
    assert [step.label for step in again.history.done] == ["unsaved"]


def test_a_damaged_journal_gives_up_only_what_is_damaged(folder: DocumentFolder) -> None:
    dies_unsaved(folder, named("甲"), [SetValue(file=FILE, path=("code",), value="1")])
    (log,) = journal_folder(folder.folder).glob("*.log")
    log.write_bytes(log.read_bytes() + b"\n12345678 999 {torn")
    session, record = recovered(folder)
    assert (record.text(("name",)), record.text(("code",))) == ("甲", "1")
    assert len(session.recovered.edits) == 2


KILLED = """
import os, sys, pathlib
from perftui.session.open_document import OpenDocument
from perftui.editing.edits import SetValue
from perftui.store.folder import document_folder

session = OpenDocument.open(document_folder(pathlib.Path(sys.argv[1]), 2021, "613001"))
file = next(iter(session.document.projects))
for number in range(10_000):
    session.run([SetValue(file=file, path=("name",), value=f"第{number}次")], "x")
    session.flush()
    os.write(1, b"%d\\n" % number)
"""


def test_what_was_acknowledged_outlasts_a_kill(folder: DocumentFolder) -> None:
    acknowledged = -1
    for round_ in range(8):
        child = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(folder.data)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert child.stdout is not None
        for _line in range(3 + 7 * round_):
            acknowledged = int(child.stdout.readline())
        child.kill()
        acknowledged = int((child.communicate()[0].split() or [acknowledged])[-1])
        session, record = recovered(folder)
        number = int(record.text(("name",)).strip("第次"))
        assert number in (acknowledged, acknowledged + 1)
        assert record.rows(CONFLICTS) == ()
        assert session.history.done[-1].edits or session.recovered.edits
