"""Versions in a real git: kept when asked, others' fetched and merged, conflicts settled first."""

import shutil
import subprocess
from pathlib import Path

import pytest

from perftui.editing.edits import SetValue
from perftui.forms import Role
from perftui.session.open_document import OpenDocument
from perftui.session.versions import NoRepository, advice, repository_of
from perftui.store.create import prepare_for_git
from perftui.store.folder import find_documents
from tests.conftest import ROOT


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def session_in(data: Path) -> OpenDocument:
    return OpenDocument.open(find_documents(data)[0])


def change(session: OpenDocument, role: Role, text: str) -> str:
    file = next(iter(session.document.projects))
    path = session.form.project.path_of(role)
    assert path is not None
    session.run([SetValue(file=file, path=path, value=text)], "修改")
    session.flush()
    return file


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of one bare repository that holds the real document."""
    first, second = tmp_path / "first", tmp_path / "second"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "shared.git")
    git(tmp_path, "clone", "-q", "shared.git", "first")
    shutil.copytree(ROOT / "data" / "2021", first / "data" / "2021", ignore=shutil.ignore_patterns(".*"))
    prepare_for_git(first / "data")
    git(first, "checkout", "-q", "-B", "main")
    git(first, "add", "-A")
    git(first, "commit", "-q", "-m", "begin")
    git(first, "push", "-q", "origin", "main")
    git(tmp_path, "clone", "-q", "shared.git", "second")
    return first, second


def test_without_git_a_sentence_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "2021", tmp_path / "data" / "2021")
    [folder] = find_documents(tmp_path / "data")
    with pytest.raises(NoRepository, match="git"):
        repository_of(folder)
    assert advice(folder) == ""


def test_a_clone_without_the_driver_is_advised(clones: tuple[Path, Path]) -> None:
    first, _second = clones
    assert "git-setup" in advice(find_documents(first / "data")[0])
