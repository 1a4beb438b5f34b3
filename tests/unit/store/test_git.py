from pathlib import Path

import pytest

from perftui.store.git import GitFailed, find_repository, run_git
from perftui.store.gitsetup import driver_line, has_attributes, set_up, setup_of
from perftui.store.worktree import working_copy
from tests.unit.store.repositories import Clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = Clone.new(tmp_path / "clone")
    (made.root / "数据").mkdir()
    (made.root / "数据" / "a.toml").write_text("x = 1\n")
    made.commit("第一次")
    return made


def test_a_working_copy_is_found_without_git(clone: Clone, tmp_path: Path) -> None:
    assert working_copy(clone.root / "数据") == (clone.root, clone.root / ".git")
    assert working_copy(tmp_path) is None
    assert find_repository(tmp_path) is None
    clone.git("worktree", "add", "-q", str(tmp_path / "second"))
    found = working_copy(tmp_path / "second")
    assert found is not None
    assert found[1].parent == clone.root / ".git" / "worktrees"


def test_versions_of_a_file_are_read(clone: Clone) -> None:
    path = clone.root / "数据" / "a.toml"
    path.write_text("x = 2\n")
    clone.commit("第二次")
    assert clone.repository.show("HEAD~1", path) == b"x = 1\n"
    assert clone.repository.show("HEAD", path) == b"x = 2\n"
    assert clone.repository.show("HEAD", path.with_name("none.toml")) is None
    assert clone.repository.files("HEAD", path.parent) == ("数据/a.toml",)
    with pytest.raises(GitFailed):
        clone.repository.show("no-such", path)


def test_the_history_of_a_file_is_listed(clone: Clone) -> None:
    path = clone.root / "数据" / "a.toml"
    path.write_text("x = 2\n")
    clone.commit("第二次")
    found = clone.repository.log(path)
    assert [(one.author, one.subject) for one in found] == [("张三", "第二次"), ("张三", "第一次")]
    assert found[0].at == 1614556800
    assert len(clone.repository.log(path, limit=1)) == 1


def test_options_in_a_revision_are_no_options(clone: Clone, tmp_path: Path) -> None:
    with pytest.raises(GitFailed):
        clone.repository.show(f"--output={tmp_path / 'out'}", clone.root / "数据" / "a.toml")
    assert not (tmp_path / "out").exists()


def test_settings_are_read_and_written(clone: Clone) -> None:
    assert clone.repository.setting("merge.perftui.driver") == ""
    clone.repository.set_setting("merge.perftui.name", "按字段")
    assert clone.repository.setting("merge.perftui.name") == "按字段"


def test_the_setup_is_recognised(clone: Clone) -> None:
    assert not setup_of(clone.repository).merge
    set_up(clone.repository, "perftui")
    assert setup_of(clone.repository).merge
    assert setup_of(clone.repository).diff
    assert clone.repository.setting("merge.perftui.driver") == driver_line("perftui")
    clone.repository.set_setting("merge.perftui.driver", "perftui merge-file %O %A %B")
    assert not setup_of(clone.repository).merge
    assert not has_attributes(clone.root)
    (clone.root / ".gitattributes").write_text("*.toml merge=perftui\n")
    assert has_attributes(clone.root)


def test_a_missing_git_is_a_sentence(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GitFailed, match="没有安装 git"):
        clone.repository.text("status")


def test_what_git_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitFailed, match="not a git repository"):
        run_git(tmp_path, "status")
    with pytest.raises(GitFailed, match="没有目录"):
        run_git(tmp_path / "none", "status")


def test_a_foreign_git_folder_in_the_environment_is_ignored(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert clone.repository.files("HEAD", clone.root / "数据") == ("数据/a.toml",)
