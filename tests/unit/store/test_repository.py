import os
import subprocess
from pathlib import Path

import pytest

from perftui.files.worktree import working_copy
from perftui.store.git.failures import DAMAGED, PASSWORD
from perftui.store.git.repository import GitFailed, Stages, find_repository, run_git
from perftui.store.git.setup import driver_line, has_attributes, set_up, setup_of
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
    assert tuple(clone.repository.files("HEAD", path.parent)) == ("数据/a.toml",)
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
    with pytest.raises(GitFailed, match="不在 git 仓库里") as told:
        run_git(tmp_path, "status")
    assert "not a git repository" in told.value.details
    with pytest.raises(GitFailed, match="没有目录"):
        run_git(tmp_path / "none", "status")


def test_a_foreign_git_folder_in_the_environment_is_ignored(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    assert tuple(clone.repository.files("HEAD", clone.root / "数据")) == ("数据/a.toml",)


def test_a_password_is_never_asked_for(clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ssh, as it does for a password, opens the terminal itself; there is none."""
    ssh = tmp_path / "bin" / "ssh"
    ssh.parent.mkdir()
    ssh.write_text(
        "#!/bin/sh\n"
        f'echo "$*" > {tmp_path}/asked\n'
        'if (: < /dev/tty) 2>/dev/null; then printf "password: " > /dev/tty; read answer < /dev/tty; fi\n'
        'echo "git@host: Permission denied (publickey,password)." >&2; exit 255\n'
    )
    ssh.chmod(0o755)
    monkeypatch.setenv("PATH", f"{ssh.parent}:{os.environ['PATH']}")
    clone.git("remote", "add", "origin", "git@host:shared.git")
    with pytest.raises(GitFailed, match="要密码或钥匙") as told:
        clone.repository.talk("fetch", "origin")
    assert told.value.kind == PASSWORD
    assert "Permission denied" in told.value.details
    assert "BatchMode=yes" in (tmp_path / "asked").read_text()


def test_the_persons_own_ssh_command_is_kept(clone: Clone, tmp_path: Path) -> None:
    ssh = tmp_path / "own-ssh"
    ssh.write_text(f'#!/bin/sh\necho "$*" > {tmp_path}/asked\nexit 255\n')
    ssh.chmod(0o755)
    clone.git("config", "core.sshCommand", str(ssh))
    clone.git("remote", "add", "origin", "git@host:shared.git")
    with pytest.raises(GitFailed):
        clone.repository.talk("fetch", "origin")
    assert "BatchMode" not in (tmp_path / "asked").read_text()


def test_a_hook_may_take_as_long_as_it_takes(clone: Clone) -> None:
    hook = clone.root / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nsleep 1\n")
    hook.chmod(0o755)
    clone.git("commit", "-q", "--allow-empty", "-m", "x", "--no-verify")
    clone.repository.write("commit", "-q", "--allow-empty", "-m", "y")
    assert not (clone.root / ".git" / "index.lock").exists()


def test_many_contents_are_read_by_one_process(clone: Clone) -> None:
    names = ["HEAD:数据/a.toml", "HEAD:missing", "HEAD:数据", "HEAD:数据/a.toml"]
    data = (clone.root / "数据" / "a.toml").read_bytes()
    assert clone.repository.blobs(names) == {names[0]: data}


def test_a_content_that_should_be_there_and_is_not_is_a_failure_and_no_change(clone: Clone) -> None:
    path = clone.root / "数据" / "a.toml"
    blob = clone.repository.text("rev-parse", "HEAD:数据/a.toml")
    path.write_text("x = 2\n")
    clone.commit("第二次")
    (clone.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for ask in (lambda: clone.repository.show("HEAD~1", path), lambda: clone.repository.blobs([blob])):
        with pytest.raises(GitFailed) as raised:
            ask()
        assert raised.value.kind == DAMAGED
    assert clone.repository.show("HEAD", path) == b"x = 2\n"


def test_a_submodule_has_no_content_and_is_no_damage(clone: Clone) -> None:
    folder = clone.root / "数据"
    (folder / "lib").mkdir()
    clone.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},数据/lib")
    assert tuple(clone.repository.staged(folder)) == ("a.toml",)
    clone.git("commit", "-q", "-m", "有子模块")
    assert tuple(clone.repository.files("HEAD", folder)) == ("数据/a.toml",)
    stages = "".join(f"160000 {digit * 40} {digit}\t数据/lib\n" for digit in "123")
    subprocess.run(["git", "update-index", "--index-info"], cwd=clone.root, input=stages, text=True, check=True)
    assert list(clone.repository.conflicted(folder)) == ["数据/lib"]
    assert clone.repository.stages(folder / "lib") == Stages(base=None, ours=None, theirs=None)


@pytest.mark.parametrize("head", ["", "garbage\n", None])
def test_a_repository_that_git_cannot_read_is_damaged_and_not_absent(clone: Clone, head: str | None) -> None:
    place = clone.root / ".git" / "HEAD"
    place.unlink() if head is None else place.write_text(head)
    with pytest.raises(GitFailed) as raised:
        clone.repository.text("status")
    assert raised.value.kind == DAMAGED
