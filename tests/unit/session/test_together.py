"""Several processes write different fields of one file at once, over and over: nothing is lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perftui.model.record import CONFLICTS
from perftui.store.open import open_document
from tests import factories
from tests.unit.store.documents import first_file, left_over, write_document
from tests.unit.store.repositories import ROOT

PROCESSES = 8
ROUNDS = 12

WRITER = """
import sys, pathlib
from perftui.session.open_document import OpenDocument
from perftui.editing.edits import SetValue
from perftui.store.folder import document_folder
from perftui.store.saver import SaveState

number, rounds = int(sys.argv[2]), int(sys.argv[3])
session = OpenDocument.open(document_folder(pathlib.Path(sys.argv[1]), 2021, "613001"))
file = next(iter(session.document.projects))
rows = session.document.projects[file].rows("indicators")
for round_ in range(rounds):
    session.run([SetValue(file=file, path=("indicators", rows[number].id, "basis"), value=f"{number}-{round_}")], "x")
    status = session.flush(30)
    assert status.state is SaveState.SAVED, status
    if round_ % 3 == 0:
        session.poll()
session.close()
"""


@pytest.mark.parametrize("own_way", [False, True], ids=["canonical", "by-hand"])
def test_fields_of_one_file_are_all_kept(tmp_path: Path, own_way: bool) -> None:
    document = factories.document(projects=1)
    folder = write_document(tmp_path, document)
    file = first_file(document)
    if own_way:
        path = folder.path(file)
        path.write_text("# 手写\n" + path.read_text(encoding="utf-8").replace(" = ", "  = "), encoding="utf-8")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(number), str(ROUNDS)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for number in range(PROCESSES)
    ]
    assert [writer.wait(120) for writer in writers] == [0] * PROCESSES
    record = open_document(folder).document.projects[file]
    rows = record.rows("indicators")
    assert [row.text("basis") for row in rows[:PROCESSES]] == [f"{number}-{ROUNDS - 1}" for number in range(PROCESSES)]
    assert record.rows(CONFLICTS) == ()
    assert left_over(tmp_path) == []
    assert folder.path(file).read_text(encoding="utf-8").startswith("# 手写\n") is own_way
