"""The cached list says what the files say, whatever happened to them or to the cache."""

import os
from pathlib import Path
from typing import Any

import pytest

from perftui.files.places import cache_folder
from perftui.forms import Form, load_form
from perftui.model.document import DEPARTMENT
from perftui.model.record import Record
from perftui.store.canonical import canonical
from perftui.store.catalogue import Catalogue, open_catalogue
from perftui.store.folder import DocumentFolder
from tests import factories
from tests.unit.store.documents import write_document

SPEC = load_form("hebei-2021").project
DOCUMENT = factories.document(projects=4)
FILES = list(DOCUMENT.projects)


def facts(_form: Form, file: str, record: Record) -> Any:
    return (file, len(record.head))


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    made = write_document(tmp_path, DOCUMENT)
    for file in (DEPARTMENT, *FILES):
        os.utime(made.path(file), (10**9, 10**9))
    return made


def names(catalogue: Catalogue) -> list[str]:
    return [one.name for one in catalogue.projects]


def test_the_second_time_nothing_is_read(folder: DocumentFolder) -> None:
    first = open_catalogue(folder, facts, "1")
    assert first.read == 5
    again = open_catalogue(folder, facts, "1")
    assert again.read == 0
    assert again.projects == first.projects
    assert again.department == first.department
    one = again.projects[0]
    assert (one.file, one.code, one.order) == (FILES[0], factories.project_code(1), 1000)
    assert one.amounts == ("1201000.00", "1201000.00", "0.00")
    assert one.facts == (FILES[0], len(DOCUMENT.projects[FILES[0]].head))


def test_a_changed_file_alone_is_read(folder: DocumentFolder) -> None:
    open_catalogue(folder, facts, "1")
    changed = DOCUMENT.projects[FILES[1]].with_value(("name",), "新名").with_value(("order",), 9000)
    folder.path(FILES[1]).write_text(canonical(changed, SPEC), encoding="utf-8")
    found = open_catalogue(folder, facts, "1")
    assert found.read == 1
    assert names(found)[-1] == "新名"


def test_files_come_and_go(folder: DocumentFolder) -> None:
    open_catalogue(folder)
    folder.path(FILES[0]).unlink()
    folder.path("projects/new.toml").write_text(canonical(factories.project(index=9), SPEC), encoding="utf-8")
    found = open_catalogue(folder)
    assert [one.file for one in found.projects] == [*FILES[1:], "projects/new.toml"]
    assert found.read == 1


def test_a_change_that_size_and_time_hide_is_seen_if_it_was_fresh(folder: DocumentFolder) -> None:
    path = folder.path(FILES[0])
    fresh = path.stat().st_mtime_ns + 10**18
    path.write_text(canonical(DOCUMENT.projects[FILES[0]].with_value(("name",), "甲甲甲"), SPEC), encoding="utf-8")
    os.utime(path, ns=(fresh, fresh))
    assert "甲甲甲" in names(open_catalogue(folder))
    with path.open("r+b") as file:
        data = file.read().replace("甲甲甲".encode(), "乙乙乙".encode())
        file.seek(0)
        file.write(data)
    os.utime(path, ns=(fresh, fresh))
    assert "乙乙乙" in names(open_catalogue(folder))


def test_facts_of_another_version_are_made_anew(folder: DocumentFolder) -> None:
    open_catalogue(folder, facts, "1")
    assert open_catalogue(folder, lambda *_: "other", "2").projects[0].facts == "other"
    assert open_catalogue(folder).read == 0
    assert open_catalogue(folder, facts, "2").read == 0


def test_a_file_that_cannot_be_read_is_told_every_time(folder: DocumentFolder) -> None:
    folder.path(FILES[0]).write_bytes(b"schema = 1\nname = 3\n")
    for _time in range(2):
        found = open_catalogue(folder, facts, "1")
        assert [(one.file, one.line) for one in found.problems] == [(FILES[0], 2)]
        assert found.projects[-1].problem == found.problems[0]
    folder.path(DEPARTMENT).unlink()
    assert open_catalogue(folder).department is None


@pytest.mark.parametrize("damage", [b"", b"x" * 200, b"0" * 64 + b"\xff\xff", None, b"folder"], ids=repr)
def test_a_damaged_cache_costs_time_only(folder: DocumentFolder, damage: bytes | None) -> None:
    expected = open_catalogue(folder, facts, "1").projects
    (kept,) = (cache_folder() / "lists").glob("*.list")
    if damage is None:
        data = bytearray(kept.read_bytes())
        data[len(data) // 2] ^= 1
        kept.write_bytes(bytes(data))
    elif damage == b"folder":
        kept.unlink()
        kept.mkdir()
    else:
        kept.write_bytes(damage)
    found = open_catalogue(folder, facts, "1")
    assert (found.projects, found.read) == (expected, 5)


def test_facts_that_cannot_be_kept_are_made_each_time(folder: DocumentFolder) -> None:
    for _time in range(2):
        found = open_catalogue(folder, lambda *_: object(), "1")
        assert found.read == 5
        assert len(found.projects) == 4


def test_listing_loads_nothing_heavy(folder: DocumentFolder, run_python: Any) -> None:
    code = (
        "import sys, pathlib\n"
        "from perftui.store.catalogue import open_catalogue\n"
        "from perftui.store.folder import find_documents\n"
        "print(len(open_catalogue(find_documents(pathlib.Path(sys.argv[1]))[0]).projects))\n"
        "heavy = ('textual', 'rich', 'docx', 'lxml', 'tomlkit', 'asyncio', 'subprocess')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    assert run_python(code, str(folder.data)) == "4\n[]"
