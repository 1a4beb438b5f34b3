"""Versions in a real git: kept when asked, others' fetched and merged, conflicts settled first."""

import shutil
import subprocess
from pathlib import Path

import pytest

from perftui.editing.edits import SetValue
from perftui.forms import Role
from perftui.session.conflicts import conflicts_of, settling
from perftui.session.open_document import OpenDocument
from perftui.session.versions import NoRepository, advice, fetch_others, keep_version
from perftui.store.create import prepare_for_git
from perftui.store.folder import find_documents
from perftui.store.git.repository import GitFailed
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


def test_a_version_holds_what_was_changed_and_nothing_else(clones: tuple[Path, Path]) -> None:
    first, _second = clones
    (first / "other.txt").write_text("not ours", encoding="utf-8")
    session = session_in(first / "data")
    file = change(session, Role.PURPOSE, "新的用途")
    assert "填好了" in keep_version(session.folder, session.document, "填好了")
    shown = git(first, "show", "--format=%s", "--name-only", "HEAD").split()
    assert shown[0] == "填好了"
    assert [Path(name).name for name in shown[1:]] == [Path(file).name]
    assert "没有新的改动" in keep_version(session.folder, session.document, "再来")
    session.close()


def test_others_changes_are_fetched_and_merged_by_field(clones: tuple[Path, Path]) -> None:
    first, second = clones
    mine, theirs = session_in(first / "data"), session_in(second / "data")
    file = change(theirs, Role.PURPOSE, "他们的用途")
    keep_version(theirs.folder, theirs.document, "theirs")
    git(second, "push", "-q", "origin", "main")
    change(mine, Role.NAME, "我的名称")
    keep_version(mine.folder, mine.document, "mine")
    assert "取回" in fetch_others(mine.folder)
    mine.poll()
    spec = mine.form.project
    record = mine.document.record(file)
    assert (spec.text_of(record, Role.NAME), spec.text_of(record, Role.PURPOSE)) == ("我的名称", "他们的用途")
    assert "没有别人的新改动" in fetch_others(mine.folder)
    mine.close()
    theirs.close()


def test_a_conflict_is_settled_before_a_version_is_kept(clones: tuple[Path, Path]) -> None:
    first, second = clones
    mine, theirs = session_in(first / "data"), session_in(second / "data")
    file = change(theirs, Role.PURPOSE, "他们的用途")
    keep_version(theirs.folder, theirs.document, "theirs")
    git(second, "push", "-q", "origin", "main")
    change(mine, Role.PURPOSE, "我的用途")
    keep_version(mine.folder, mine.document, "mine")
    with pytest.raises(GitFailed):
        fetch_others(mine.folder)  # git stands in a conflict: no driver is installed here
    mine.poll()
    mine.flush()
    assert "冲突" in keep_version(mine.folder, mine.document, "too early")
    [conflict] = conflicts_of(file, mine.document.record(file))
    mine.run(settling(mine.document.record(file), conflict, "theirs"), "处理冲突")
    mine.flush()
    assert "merged" in keep_version(mine.folder, mine.document, "merged")
    assert git(first, "status", "--porcelain").strip() == ""
    assert "他们的用途" in git(first, "show", f"HEAD:data/2021/613001/{file}")
    mine.close()
    theirs.close()


def test_without_git_a_sentence_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "2021", tmp_path / "data" / "2021")
    session = session_in(tmp_path / "data")
    with pytest.raises(NoRepository, match="git"):
        keep_version(session.folder, session.document, "x")
    assert advice(session.folder) == ""
    session.close()


def test_a_clone_without_the_driver_is_advised(clones: tuple[Path, Path]) -> None:
    first, _second = clones
    assert "git-setup" in advice(find_documents(first / "data")[0])
