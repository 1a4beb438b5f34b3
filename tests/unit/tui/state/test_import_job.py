"""Which files a typed text can mean when a document is to be read."""

from pathlib import Path

import pytest

from perftui.tui.state.import_job import folders_of, paths_for

ENDINGS = (".docx", ".txt")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("data", "exports", "往年"):
        (tmp_path / name).mkdir()
    for name in ("exports/2021-文本.docx", "exports/a.pdf", "往年/2020.docx", "说明.txt"):
        (tmp_path / name).touch()
    return tmp_path


def named(typed: str, home: Path) -> list[str]:
    found = paths_for(typed, folders_of(home / "data"), ENDINGS)
    return sorted(path.replace(f"{home}/", "") for path in found if path.startswith(str(home)))


def test_what_lies_around_the_data_folder_is_offered(home: Path) -> None:
    assert named("", home) == ["exports/2021-文本.docx", "说明.txt"]
    assert named("文本", home) == ["exports/2021-文本.docx"]
    assert named("2020", home) == []


def test_what_lies_where_perftui_was_started_is_offered(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home / "往年")
    assert named("2020", home) == ["往年/2020.docx"]


def test_a_path_is_completed_as_far_as_it_is_typed(home: Path) -> None:
    (home / ".hidden").mkdir()
    assert named(f"{home}/", home) == ["data/", "exports/", "往年/", "说明.txt"]
    assert named(f"{home}/.h", home) == [".hidden/"]
    assert named(f"{home}/往", home) == ["往年/"]
    assert named(f"{home}/往年", home) == ["往年/2020.docx"]
    assert named(f"{home}/往年/2", home) == ["往年/2020.docx"]
    assert named(f"{home}/没有/2", home) == []


def test_the_home_folder_is_known(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    assert named("~/说", home) == ["说明.txt"]
