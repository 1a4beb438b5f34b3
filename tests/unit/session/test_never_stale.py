"""What is kept is never believed for long enough to be wrong: whatever changed, review says what the files say now."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.files.xdg_dirs import cache_folder
from perftui.forms import load_form
from perftui.locale import choose_language
from perftui.review import engine
from perftui.review.finding import Finding
from perftui.session import review_cache
from perftui.session.review_cache import review_opened
from perftui.session.review_settings import accept_findings, read_settings
from perftui.store import parsed_files, program_stamp
from perftui.store.folder import DocumentFolder
from perftui.store.open import open_document
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.unit.store.documents import write_document

DOCUMENT = factories.document(projects=4)
FILES = list(DOCUMENT.projects)
SPEC = load_form("hebei-2021").project
RIGHT, WRONG = "按时足额发放补助工作", "按时足额发放补助工做"
"""As long as one another; there is a slip in the second."""


@pytest.fixture(autouse=True)
def _small_documents_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (parsed_files, review_cache):
        monkeypatch.setattr(module, "FEW", 2)


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    made = write_document(tmp_path, DOCUMENT)
    write(made, RIGHT)
    return made


def write(folder: DocumentFolder, purpose: str) -> None:
    """A file as another program writes it over: the same inode, the same size."""
    record = DOCUMENT.projects[FILES[0]].with_value(("budget", "purpose"), purpose)
    with folder.path(FILES[0]).open("r+b") as file:
        file.write(canonical(record, SPEC).encode())
        file.truncate()


def said(folder: DocumentFolder) -> tuple[Finding, ...]:
    return review_opened(open_document(folder), read_settings(folder)).findings


def truly(folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch) -> tuple[Finding, ...]:
    """What the rules say where nothing is kept."""
    with monkeypatch.context() as patched:
        for module in (parsed_files, review_cache):
            patched.setattr(module, "FEW", 10**6)
        return said(folder)


def cache(kind: str) -> Path:
    (found,) = (cache_folder() / kind).glob("*.cache")
    return found


def same_tick(folder: DocumentFolder) -> None:
    """Changed again so soon that no clock tells it."""
    status = folder.path(FILES[0]).stat()
    write(folder, WRONG)
    os.utime(folder.path(FILES[0]), ns=(status.st_atime_ns, status.st_mtime_ns))


def long_ago(folder: DocumentFolder) -> None:
    write(folder, WRONG)
    os.utime(folder.path(FILES[0]), ns=(0, 0))


def in_the_future(folder: DocumentFolder) -> None:
    write(folder, WRONG)
    os.utime(folder.path(FILES[0]), ns=(10**19 // 2, 10**19 // 2))


def put_in_its_place(folder: DocumentFolder) -> None:
    """An older file comes from elsewhere with its time, as copying programs and backups do."""
    path = folder.path(FILES[0])
    status = path.stat()
    write(folder, WRONG)
    shutil.copyfile(path, path.with_suffix(".new"))
    os.utime(path.with_suffix(".new"), ns=(status.st_atime_ns, status.st_mtime_ns))
    path.with_suffix(".new").replace(path)


def exchanged(folder: DocumentFolder) -> None:
    """Two files change their names."""
    one, two, between = folder.path(FILES[0]), folder.path(FILES[1]), folder.path("projects/between")
    write(folder, WRONG)
    one.rename(between)
    two.rename(one)
    between.rename(two)


def settings_of_the_document(folder: DocumentFolder) -> None:
    write(folder, WRONG)
    folder.path("review.toml").write_text('[rules]\nT002 = "error"\n', encoding="utf-8")


def settings_of_the_folder(folder: DocumentFolder) -> None:
    write(folder, WRONG)
    (folder.data / "review.toml").write_text('[rules]\nT002 = "off"\n', encoding="utf-8")


def a_slip_of_ones_own(folder: DocumentFolder) -> None:
    folder.path("review.toml").write_text('[typos]\n"足额" = "足数"\n', encoding="utf-8")


def accepted(folder: DocumentFolder) -> None:
    write(folder, WRONG)
    (slip,) = (one for one in said(folder) if one.rule == "T002")
    accept_findings(folder, read_settings(folder), [slip], "原文如此", "王芳")


def accepted_and_changed(folder: DocumentFolder) -> None:
    """The acceptance lapses with its text."""
    accepted(folder)
    write(folder, f"{WRONG}，按月{WRONG}")


def the_year_before(folder: DocumentFolder) -> None:
    """The department says another division: what was found in every file depends on it."""
    path = folder.path("department.toml")
    path.write_text(path.read_text(encoding="utf-8").replace('"130303"', '"130999"'), encoding="utf-8")


CHANGES = [
    same_tick, long_ago, in_the_future, put_in_its_place, exchanged, settings_of_the_document, settings_of_the_folder,
    a_slip_of_ones_own, accepted, accepted_and_changed, the_year_before,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
@pytest.mark.parametrize("doubt", [parsed_files._DOUBT_NS, 0], ids=["fresh", "old"])
def test_whatever_changes_review_says_what_the_files_say(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch, change: Callable[[DocumentFolder], None], doubt: int
) -> None:
    monkeypatch.setattr(
        parsed_files, "_DOUBT_NS", doubt
    )  # 0: as if every file had been written long before it was read
    before = said(folder)
    assert said(folder) == before
    change(folder)
    for _time in range(2):
        found = said(folder)
        assert found == truly(folder, monkeypatch)
        assert found != before or change is settings_of_the_folder


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def overwritten(path: Path) -> None:
    path.write_bytes(os.urandom(path.stat().st_size))


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(0, len(data), 97):
        data[place] ^= 0x20
    path.write_bytes(bytes(data))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [cut, emptied, overwritten, flipped, a_folder, gone], ids=lambda one: one.__name__)
@pytest.mark.parametrize("kind", ["files", "findings"])
def test_a_damaged_cache_costs_time_and_never_truth(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None], kind: str
) -> None:
    said(folder)
    write(folder, WRONG)
    damage(cache(kind))
    for _time in range(2):
        assert said(folder) == truly(folder, monkeypatch)


@pytest.mark.parametrize("kind", ["files", "findings"])
def test_the_cache_of_another_time_or_another_document_is_not_believed(
    folder: DocumentFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    said(folder)
    of_before = cache(kind).read_bytes()
    write(folder, WRONG)
    said(folder)
    cache(kind).write_bytes(of_before)
    assert said(folder) == truly(folder, monkeypatch)
    mine = cache(kind)
    other = write_document(tmp_path / "other", DOCUMENT.with_record(FILES[1], DOCUMENT.projects[FILES[0]]))
    said(other)
    (others,) = {*(cache_folder() / kind).glob("*.cache")} - {mine}
    shutil.copyfile(others, mine)
    assert said(folder) == truly(folder, monkeypatch)


def test_in_another_language_the_rules_say_it_in_that_language(
    folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, WRONG)
    before = said(folder)
    choose_language("en")
    assert said(folder) == truly(folder, monkeypatch) != before


def test_other_rules_are_asked_again(folder: DocumentFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    said(folder)
    asked: list[str] = []
    review_file = engine.review_file

    def noted(file: str, *rest: object) -> object:
        asked.append(file)
        return review_file(file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "review_file", noted)
    said(folder)
    assert asked == []
    for module in (engine, review_cache):
        monkeypatch.setattr(module, "RULES_VERSION", engine.RULES_VERSION + 1)
    said(folder)
    assert len(asked) == len(FILES) + 1


def test_a_program_is_another_one_when_a_file_of_it_changed_whatever_its_time_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_stamp, "_PACKAGE", str(tmp_path / "perftui"))
    rule = tmp_path / "perftui" / "review" / "plan.py"
    rule.parent.mkdir(parents=True)
    rule.write_text("LIMIT = 100\n")
    os.utime(rule, (10**9, 10**9))  # wheels that are built to be the same every time have one time for all
    before = program_stamp.program_stamp("review")
    assert program_stamp.program_stamp("review") == before
    written = rule.stat().st_ctime_ns
    while rule.stat().st_ctime_ns == written:  # until the clock of the files has ticked
        rule.write_text("LIMIT = 101\n")
        os.utime(rule, (10**9, 10**9))
    assert program_stamp.program_stamp("review") != before
