"""Commands run inside the test's process, on documents of their own."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from perftui.cli.main import main
from perftui.forms import load_form
from perftui.model.document import Document
from perftui.store.folder import document_folder
from perftui.store.toml.canonical import canonical
from tests.conftest import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in a folder of the test's own; ``data`` there is the data folder."""
    monkeypatch.chdir(tmp_path)

    def run_command(*words: str) -> Ran:
        code = main(words)
        captured = capsys.readouterr()
        return Ran(code=code, out=captured.out, err=captured.err)

    return run_command


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A copy of the real document; the folder of the document."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data" / "2021" / "613001"


def write(tmp_path: Path, document: Document) -> Path:
    """Put a document into the data folder; its own folder."""
    folder = document_folder(tmp_path / "data", document.year, document.unit)
    form = load_form(document.form)
    for file, record in document.files():
        path = folder.path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(canonical(record, form.spec_of(file)), encoding="utf-8")
    return folder.folder
