"""A document exported: where it goes, what it is called, and the line that copies it home."""

import io
import zipfile
from pathlib import Path

import pytest

from perftui.desk.export import copy_line, docx_of, export_document, export_name, exports_folder
from perftui.files.errors import FileError
from perftui.forms import load_form
from tests import factories
from tests.conftest import RunPython
from tests.factories import FORMS

FORM = load_form("hebei-2021")


def test_the_folder_lies_beside_the_data_folder(tmp_path: Path) -> None:
    assert exports_folder(tmp_path / "data") == tmp_path / "exports"


def test_the_name_is_safe_whatever_the_unit_is_called() -> None:
    assert export_name(factories.document(), FORM) == "2021-613001-路南街道办事处部门本级.docx"
    hostile = factories.document(unit_name="../../etc/\x1b[31m路/南\n" + "长" * 200)
    name = export_name(hostile, FORM)
    assert "/" not in name
    assert name.isprintable()
    assert len(name.encode()) <= 110
    assert export_name(factories.document(unit_name=None), FORM) == "2021-613001.docx"


@pytest.mark.parametrize("form_id", FORMS)
def test_an_export_is_whole_and_the_same_every_time(form_id: str, tmp_path: Path) -> None:
    document, form = factories.document(form_id, projects=2), load_form(form_id)
    result = export_document(document, form, tmp_path / "exports")
    assert (result.projects, result.size) == (2, result.path.stat().st_size)
    assert result.path.read_bytes() == docx_of(document, form)
    with zipfile.ZipFile(io.BytesIO(docx_of(document, form))) as package:
        assert package.testzip() is None
    result.path.write_bytes(b"older")
    assert export_document(document, form, tmp_path / "exports").path.read_bytes() == docx_of(document, form)
    assert [path.name for path in (tmp_path / "exports").iterdir()] == [result.path.name]


def test_a_file_of_ones_own_and_only_some_projects(tmp_path: Path) -> None:
    document = factories.document(projects=3)
    result = export_document(document, FORM, tmp_path / "a.docx", [list(document.projects)[1]])
    assert (result.path, result.projects) == (tmp_path / "a.docx", 1)


def test_a_refusal_leaves_the_older_export(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.mkdir()
    with pytest.raises(FileError):
        export_document(factories.document(), FORM, target)
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("connection", "start"),
    [
        ("10.0.0.9 50000 10.0.0.5 22", "@10.0.0.5:'/数 据/a.docx' ."),
        ("fe80::9 50000 2001:db8::5 22", "@[2001:db8::5]:'/数 据/a.docx' ."),
    ],
)
def test_the_line_that_copies_it_home(connection: str, start: str) -> None:
    line = copy_line(Path("/数 据/a.docx"), {"SSH_CONNECTION": connection})
    assert line.startswith("scp ")
    assert line.endswith(start)


def test_another_port_and_a_quote_in_the_path() -> None:
    line = copy_line(Path("/a'b.docx"), {"SSH_CONNECTION": "10.0.0.9 5 10.0.0.5 2222"})
    assert line.startswith("scp -P 2222 ")
    assert line.endswith(":'/a'\\''b.docx' .")
    assert "-P" not in copy_line(Path("/a.docx"), {})


def test_nothing_of_word_is_loaded_before_something_is_exported(run_python: RunPython) -> None:
    code = "import sys, perftui.desk.export; print([m for m in sys.modules if m.startswith(('docx', 'lxml'))])"
    assert run_python(code) == "[]"
