"""``diff``, ``log``, ``merge-file``, ``git-setup`` with the real git."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from perftui.cli.exits import Exit
from tests.conftest import ROOT
from tests.programs import require
from tests.unit.cli.conftest import Run

FILE = "130303216F9HQOHBT7GG4.toml"


def git(folder: Path, *words: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [require("git"), "-c", "init.defaultBranch=main", *words]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.fixture
def repository(real: Path, tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "data")
    git(tmp_path, "commit", "-q", "-m", "第一版")
    return tmp_path


def test_diff_says_in_the_forms_words_what_changed(run: Run, repository: Path) -> None:
    assert run("diff").out == ""
    run("set", "#2", "budget.fiscal=100", "goals:3=每月走访", "indicators:1.value=20人")
    run("set", "#6", "order=500")
    (repository / "data/2021/613001/projects" / "130303213IMBOCSFWWM1.toml").unlink()
    run("set", "部门", "overall_goal=保障运转")
    ran = run("diff")
    assert (ran.code, ran.err) == (Exit.DONE, "")
    assert ran.out.splitlines() == [
        "部门",
        "  总体绩效目标：（空） → 保障运转",
        "项目 1 车辆保险费",
        "  移动 项目的次序",
        "项目 2 街道工作专项补助",
        "  财政资金：1973600.00 → 100.00",
        "  新增 绩效目标 3：每月走访",
        "  绩效指标 1 支付工资及保险人员数量 · 指标值：18人 → 20人",
        "删除 项目 1 社区工作专项补助",
    ]


def test_diff_of_two_versions(run: Run, repository: Path) -> None:
    run("set", "#2", "name=改名")
    git(repository, "commit", "-q", "-a", "-m", "改")
    ran = run("diff", "HEAD~1", "HEAD")
    assert ran.out.splitlines() == ["项目 2 改名", "  项目名称：街道工作专项补助 → 改名"]
    assert run("diff", "HEAD~1").out == ran.out


def test_check_of_what_changed_since_a_version(run: Run, repository: Path) -> None:
    assert run("check", "--since", "HEAD").out == "没有问题\n"
    run("set", "#2", "code=1")
    new = repository / "data/2021/613001/projects/NEW.toml"
    new.write_text('code = "2"\nname = "新"\norder = 9000\n', encoding="utf-8")
    out = run("check", "--since", "HEAD", "--select", "C").out
    assert out.count("- 项目 ") == 2
    assert "项目 2 街道工作专项补助" in out
    assert "项目 8 新" in out
    assert run("check", "#1", "--since", "HEAD").out == "没有问题\n"
    assert run("check", "--since", "v9").code == Exit.GIT


def test_log_lists_the_versions_of_a_project(run: Run, repository: Path) -> None:
    run("set", "#2", "name=改名")
    git(repository, "commit", "-q", "-a", "-m", "改")
    lines = run("log", "改名").out.splitlines()
    assert lines[0].startswith("2021-03-01 08:00 张三 ")
    assert lines[0].endswith(" 改")
    assert lines[1] == "  项目名称：街道工作专项补助 → 改名"
    assert lines[3] == "  新建"
    assert len(run("log", "改名", "--limit", "1").out.splitlines()) == 2


def test_what_git_does_not_have_is_a_sentence(run: Run, repository: Path) -> None:
    assert run("diff", "v9").code == Exit.GIT
    shutil.copy(repository / "data/2021/613001/projects" / FILE, repository / "data/2021/613001/projects/NEW.toml")
    assert run("log", "NEW").err == "还没有提交过的版本\n"
    shutil.rmtree(repository / ".git")
    ran = run("diff")
    assert (ran.code, ran.err) == (Exit.GIT, "数据目录不在 git 仓库里\n")


def test_git_merges_by_field_after_git_setup(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    ran = run("git-setup")
    assert (ran.code, ran.err) == (Exit.DONE, "")
    git(repository, "add", "data")
    git(repository, "commit", "-q", "-m", "设置")
    git(repository, "checkout", "-q", "-b", "other")
    run("set", "#2", "budget.fiscal=1")
    git(repository, "commit", "-q", "-a", "-m", "她")
    git(repository, "checkout", "-q", "main")
    run("set", "#2", "budget.other=2", "name=新名")
    git(repository, "commit", "-q", "-a", "-m", "我")
    git(repository, "merge", "-q", "--no-edit", "other")
    text = (repository / "data/2021/613001/projects" / FILE).read_text(encoding="utf-8")
    assert 'fiscal = "1.00"' in text
    assert 'other = "2.00"' in text
    assert 'name = "新名"' in text
    assert "<<<<" not in text


def test_merge_file_writes_conflicts_as_data_and_refuses_what_it_cannot_read(
    run: Run, real: Path, tmp_path: Path
) -> None:
    text = (real / "projects" / FILE).read_text(encoding="utf-8")
    for name, value in (("base", "街道工作专项补助"), ("ours", "甲"), ("theirs", "乙")):
        (tmp_path / name).write_text(text.replace("街道工作专项补助", value), encoding="utf-8")
    words = ["merge-file", "--path", f"data/2021/613001/projects/{FILE}", "base", "ours", "theirs"]
    assert run(*words, "--by", "李四").code == 10
    merged = (tmp_path / "ours").read_text(encoding="utf-8")
    assert 'name = "甲"' in merged
    assert 'theirs = "乙"' in merged
    assert 'theirs_by = "李四"' in merged
    (tmp_path / "theirs").write_text("x =", encoding="utf-8")
    assert run(*words).code == Exit.REFUSED
    assert (tmp_path / "ours").read_text(encoding="utf-8") == merged
