"""What ``list``, ``show`` and ``check`` print about the real document and about one of the other form.

A changed output is looked at and then written anew with ``PERFTUI_GOLDEN=write``.
"""

import shutil
from pathlib import Path

import pytest

from perftui.cli.main import main
from tests import factories
from tests.conftest import ROOT, WRITE_GOLDEN
from tests.unit.cli.conftest import write

FOLDER = Path(__file__).parent / "cli"
REAL = [
    ("list.txt", ["list"]),
    ("list.json", ["list", "--json"]),
    ("show-1.txt", ["show", "#1"]),
    ("show-5.txt", ["show", "#5", "--width", "80"]),
    ("check.txt", ["check"]),
]
MOF = [
    ("mof-list.txt", ["list"]),
    ("mof-show.txt", ["show", "#2"]),
    ("mof-show-ascii.txt", ["show", "#1", "--ascii", "--width", "60"]),
    ("mof-check.txt", ["check"]),
]


def compare(name: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(words)
    captured = capsys.readouterr()
    printed = captured.out + captured.err
    if WRITE_GOLDEN:
        (FOLDER / name).write_text(printed, encoding="utf-8")
    assert printed == (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "words"), REAL, ids=[name for name, _words in REAL])
def test_the_real_document(
    name: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    compare(name, words, capsys)


@pytest.mark.parametrize(("name", "words"), MOF, ids=[name for name, _words in MOF])
def test_a_document_of_the_other_form(
    name: str, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = factories.document("mof-2021", projects=2)
    unfinished = factories.project("mof-2021", 2, indicators=[], goals=[], **{"funds.total": "5.00"})
    write(tmp_path, document.with_record(list(document.projects)[1], unfinished))
    monkeypatch.chdir(tmp_path)
    compare(name, words, capsys)
