"""What the open document knows of the files on disk."""

from pathlib import Path

import pytest

from perftui.model.document import DEPARTMENT
from perftui.session.document_files import DocumentFiles, FileUnusable
from perftui.store.open import open_document
from tests.unit.store.documents import first_file, write_document


def test_a_file_that_reads_well_but_has_a_problem_is_not_written(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    path = folder.path(DEPARTMENT)
    path.write_text(path.read_text(encoding="utf-8").replace("hebei-2021", "unknown-1999"), encoding="utf-8")
    before = path.read_bytes()
    opened = open_document(folder)
    assert DEPARTMENT in opened.states
    with pytest.raises(FileUnusable, match="unknown-1999"):
        DocumentFiles(opened).save(DEPARTMENT, opened.document.department.with_value(("status",), "同意"))
    assert path.read_bytes() == before


def test_only_what_differs_on_disk_is_looked_at_again(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    opened = open_document(folder)
    files = DocumentFiles(opened)
    assert list(files.changed()) == []
    file = first_file(opened.document)
    folder.path(file).write_bytes(folder.path(file).read_bytes() + b"# x\n")
    assert list(files.changed()) == [file]
    assert files.problem(file) is None
