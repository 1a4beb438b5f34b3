"""Hostile and broken files: a sentence each, never a traceback; the others are usable; nothing is written through."""

import contextlib
import io
import json
import os
import time
from pathlib import Path

import pytest

from perftui.cli.main import main
from perftui.editing.entry import EntryRefused, read_at
from perftui.files.errors import FileError
from perftui.files.reading import read_file
from perftui.forms import Role, load_form
from perftui.session.open_document import OpenDocument
from perftui.session.review_settings import settings_or_default
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode
from perftui.tui.panes import PANES
from perftui.tui.state.app_state import AppState
from tests.soak import fuzz
from tests.soak.hostile_files import corpus, odd_entries
from tests.soak.place import write_document

SPEC = load_form("hebei-2021").project


def reason(data: bytes) -> str:
    """Why a file is refused; "read" where it is not."""
    try:
        decode(data, SPEC)
    except BadFile as refused:
        return refused.reason
    return "read"


@pytest.mark.parametrize("name", list(corpus()))
def test_a_hostile_file_is_read_or_refused_soon_with_a_sentence(name: str) -> None:
    started = time.process_time()
    assert 0 < len(reason(corpus()[name])) < 300
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", [name for name in corpus() if name.startswith("dotted")])
def test_a_bomb_of_dots_does_not_reach_the_parser(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tomllib.loads", lambda _text: pytest.fail("it did"))
    with pytest.raises(BadFile, match="键的层次太深"):
        decode(corpus()[name], SPEC)


def test_dots_in_texts_and_comments_and_many_numbers_are_no_bomb() -> None:
    texts = [f'name = "{"." * 300}"', f"name = '{'.' * 300}'", f'name = """\n{"." * 300}\n"""', f"# {'.' * 300}"]
    texts.append(f"list = [{', '.join(['1.5'] * 300)}]")
    for text in texts:
        decode(f"{text}\n".encode(), SPEC)


def test_a_bomb_does_not_go_off_where_the_form_is_guessed(tmp_path: Path) -> None:
    folder = write_document(tmp_path / "data")
    folder.path("department.toml").unlink()
    folder.path("projects/a.toml").write_bytes(corpus()["dotted bomb in quotes"])
    started = time.process_time()
    assert any(problem.file == "projects/a.toml" for problem in open_document(folder).problems)
    assert time.process_time() - started < 2


def test_the_place_of_each_finding_is_found_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A large file with many findings: its lines are gone through once, not once a finding."""
    folder = write_document(tmp_path / "data")
    rows = "".join(f'[indicators.r{number:04}]\norder = {number}\nvalue = "好{number}"\n\n' for number in range(500))
    folder.path("projects/many.toml").write_text(f'schema = 1\nname = "多"\n\n{rows}', encoding="utf-8")
    started = time.process_time()
    main(["check", "--format", "sarif", "--data", str(folder.data)])
    assert time.process_time() - started < 10
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert len(results) > 500


@pytest.mark.parametrize(
    "text",
    [
        "weight_totals = 5", 'weight_totals = ["many"]', "weight_totals = [[1]]", 'rules = "x"', "rules = {C001 = 1}",
        "accepted = 1", "[accepted]\na = 1", "[accepted.a]\nrule = 1", 'typos = "x"', "[typos]\na = 1", "\x00",
        "rules = [", "[accepted.a]\nrule = 1\nfile = 2\nfield = 3\ntext = 4\nreason = 5\nby = 6",
        f"[{'a.' * 9000}b]",
    ],
)  # fmt: skip
def test_settings_of_the_review_that_make_no_sense_are_told(tmp_path: Path, text: str) -> None:
    folder = write_document(tmp_path / "data")
    folder.path("review.toml").write_text(text, encoding="utf-8")
    settings, _said = settings_or_default(folder)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        assert main(["check", "--data", str(folder.data)]) in (0, 1, 3)
    assert "Traceback" not in out.getvalue()
    assert settings is not None


def test_odd_entries_are_named_and_hurt_nobody(tmp_path: Path) -> None:
    folder = write_document(tmp_path / "data")
    whole = set(open_document(folder).document.projects)
    for make in odd_entries(folder.path("projects")).values():
        make()
    before = {path.name: path.lstat().st_mtime_ns for path in folder.path("projects").iterdir()}
    opened = open_document(folder)
    assert whole <= set(opened.document.projects)
    expected = {"pipe", "folder", "zero", "out", "up", "nothing", "loop-a", "loop-b", "tty"}
    assert expected <= {Path(problem.file).stem for problem in opened.problems}
    assert all(problem.reason for problem in opened.problems)
    after = {path.name: path.lstat().st_mtime_ns for path in folder.path("projects").iterdir()}
    assert after == before


def test_folders_that_are_no_documents_are_passed_over(tmp_path: Path) -> None:
    data = write_document(tmp_path / "data").data
    for name in ("..2021", "2021 ", "20211", "９９９９", "1899"):
        (data / name / "613001").mkdir(parents=True)
    for name in ("a" * 13, "\x1b[31m", "x.y", "613-001"):
        (data / "2021" / name / "projects").mkdir(parents=True)
    (data / "2020").symlink_to("/dev/zero")
    os.mkfifo(data / "2019")
    assert [(one.year, one.unit) for one in find_documents(data)] == [(2021, "613001")]


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.toml")
    with pytest.raises(FileError):
        read_file(tmp_path / "a.toml")


def test_everything_works_beside_the_corpus(tmp_path: Path) -> None:
    fuzz.try_files(
        tmp_path, {name: data for name, data in corpus().items() if len(data) < 100_000}, "corpus", odd=True
    ).check()


def test_everything_works_beside_damaged_files(tmp_path: Path) -> None:
    tally = fuzz._batch((tmp_path, 20211124, 40))
    tally.check()
    assert tally.counts["read"] >= 3
    assert tally.counts["refused"] > 15


def test_a_unit_of_amounts_that_is_none_is_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_document(tmp_path / "data")
    path = folder.path("department.toml")
    path.write_text(path.read_text("utf-8").replace("\n\n", '\n\namount_unit = "斤"\n\n', 1), encoding="utf-8")
    session = OpenDocument.open(folder)
    state = AppState(session)
    for pane in PANES:
        state.go_to_pane(pane)
        state.view(80, 18)
    session.close()
    for words in (["list"], ["show", "#1"], ["check"], ["export", "-o", str(tmp_path / "a.docx")]):
        assert main([*words, "--data", str(folder.data)]) in (0, 1)
    assert "1201000.00" in capsys.readouterr().out


def test_a_unit_of_amounts_that_is_none_is_refused_where_it_is_typed() -> None:
    form = load_form("hebei-2021")
    path = form.department.path_of(Role.AMOUNT_UNIT)
    assert path is not None
    with pytest.raises(EntryRefused):
        read_at(form, form.department, path, "斤", "元")
    assert read_at(form, form.department, path, "万元", "元").value == "万元"
