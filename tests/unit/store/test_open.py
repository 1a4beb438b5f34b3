"""A document opens as far as it can be read; what cannot is named, and nothing else suffers."""

import os
from pathlib import Path

import pytest

from perftui.files.errors import FileError, NotFolder, Unreadable
from perftui.model.document import DEPARTMENT
from perftui.store.folder import NoFolder, document_folder, find_documents
from perftui.store.open import open_document
from tests import factories
from tests.unit.store.documents import write_document


@pytest.mark.parametrize("form", factories.FORMS)
def test_a_document_is_read_whole(tmp_path: Path, form: str) -> None:
    document = factories.document(form)
    opened = open_document(write_document(tmp_path, document))
    assert opened.document == document
    assert opened.form.id == form
    assert opened.problems == ()
    assert set(opened.states) == {DEPARTMENT, *document.projects}


def test_documents_are_found_newest_first(tmp_path: Path) -> None:
    for year, unit in ((2020, "613001"), (2021, "613002"), (2021, "613001")):
        (tmp_path / str(year) / unit / "projects").mkdir(parents=True)
        (tmp_path / str(year) / unit / "projects" / "a.toml").touch()
    for other in ("exports", "2021/.git", "2021/notes", "12/613001/projects", "2022/a b/projects"):
        (tmp_path / other).mkdir(parents=True)
    (tmp_path / "2023").write_text("a file")
    assert [(one.year, one.unit) for one in find_documents(tmp_path)] == [
        (2021, "613001"), (2021, "613002"), (2020, "613001"),
    ]  # fmt: skip


def test_a_missing_or_wrong_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoFolder, match="没有目录"):
        find_documents(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotFolder):
        find_documents(tmp_path / "file")
    with pytest.raises(NoFolder, match="没有目录"):
        open_document(document_folder(tmp_path, 2021, "613001"))


def test_a_folder_that_the_system_refuses_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(Unreadable, match="链接绕成了圈"):
        find_documents(tmp_path / "loop")


def test_every_bad_file_is_named_and_the_others_stay_usable(tmp_path: Path) -> None:
    document = factories.document()
    folder = write_document(tmp_path / "data", document)
    projects = folder.path("projects")
    (tmp_path / "outside.toml").write_text("schema = 1\n")
    (projects / "gbk.toml").write_bytes('name = "街"'.encode("gbk"))
    (projects / "marks.toml").write_bytes(b"schema = 1\n<<<<<<< HEAD\n")
    (projects / "newer.toml").write_bytes(b"schema = 99\n")
    (projects / "type.toml").write_bytes(b"\nname = 3\n")
    (projects / "a b.toml").write_bytes(b"schema = 1\n")
    (projects / "\x1b[31m.toml").write_bytes(b"schema = 1\n")
    os.mkfifo(projects / "pipe.toml")
    (projects / "folder.toml").mkdir()
    (projects / "loop.toml").symlink_to("loop.toml")
    (projects / "nowhere.toml").symlink_to("missing.toml")
    (projects / "outside.toml").symlink_to(tmp_path / "outside.toml")
    (projects / "same.toml").symlink_to(Path(next(iter(document.projects))).name)
    (projects / ".hidden.toml").write_bytes(b"x")
    (projects / "notes.txt").write_bytes(b"x")
    opened = open_document(folder)
    assert opened.document == document
    found = {one.file.removeprefix("projects/"): (one.line, one.reason) for one in opened.problems}
    assert {name: line for name, (line, _reason) in found.items()} == {
        "\x1b[31m.toml": None, "a b.toml": None, "folder.toml": None, "gbk.toml": 1, "loop.toml": None, "marks.toml": 2,
        "newer.toml": None, "nowhere.toml": None, "outside.toml": None, "pipe.toml": None, "same.toml": None,
        "type.toml": 2,
    }  # fmt: skip
    assert "链接指向数据目录之外" in found["outside.toml"][1]
    assert "同一个文件" in found["same.toml"][1]
    assert "不是普通文件" in found["pipe.toml"][1]


def test_a_link_inside_the_data_folder_is_read(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    first = next(iter(factories.document().projects))
    folder.path(first).rename(tmp_path / "elsewhere.toml")
    folder.path(first).symlink_to(tmp_path / "elsewhere.toml")
    assert open_document(folder).problems == ()
    assert len(open_document(folder).document.projects) == 3


@pytest.mark.parametrize("form", factories.FORMS)
@pytest.mark.parametrize(
    "department", [b"", b"schema = 1\nname = \n", b"\xff\xfe", None, b"schema = 1\n<<<<<<< x\n"], ids=repr
)
def test_a_broken_department_does_not_stop_the_projects(tmp_path: Path, form: str, department: bytes | None) -> None:
    document = factories.document(form)
    folder = write_document(tmp_path, document)
    if department is None:
        folder.path(DEPARTMENT).unlink()
    else:
        folder.path(DEPARTMENT).write_bytes(department)
    opened = open_document(folder)
    assert opened.document.projects == document.projects
    assert opened.form.id == form
    assert [one.file for one in opened.problems] == [DEPARTMENT]


def test_a_form_that_nobody_knows_is_told_with_its_line(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    text = folder.path(DEPARTMENT).read_text(encoding="utf-8").replace("hebei-2021", "unknown-1999")
    folder.path(DEPARTMENT).write_text(text, encoding="utf-8")
    opened = open_document(folder)
    (problem,) = opened.problems
    assert (problem.file, problem.line) == (DEPARTMENT, 3)
    assert "unknown-1999" in problem.reason
    assert (opened.form.id, opened.form.is_known) == ("unknown-1999", False)


def test_a_document_without_projects_folder_is_empty(tmp_path: Path) -> None:
    folder = write_document(tmp_path, factories.document(projects=0))
    folder.path("projects").rmdir()
    assert open_document(folder).document.projects == {}
    with pytest.raises(FileError):
        open_document(document_folder(tmp_path, 1999, "1"))
