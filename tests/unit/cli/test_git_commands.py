"""``diff``, ``log``, ``merge-file``, ``git-setup`` with the real git."""

import csv
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from perftui.cli.exits import Exit
from perftui.session.document_figures import Overview
from perftui.store.folder import find_documents
from tests import factories
from tests.conftest import ROOT
from tests.programs import require
from tests.unit.cli.conftest import Run, write

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


def test_diff_names_a_conflict_by_its_field(run: Run, repository: Path) -> None:
    git(repository, "switch", "-q", "-c", "theirs")
    run("set", "#2", "name=乙的")
    git(repository, "commit", "-q", "-a", "-m", "乙", "--author", "乙 <x@x>")
    git(repository, "switch", "-q", "main")
    run("set", "#2", "name=甲的")
    git(repository, "commit", "-q", "-a", "-m", "甲", "--author", "甲 <x@x>")
    git(repository, "merge", "-q", "theirs")
    run("share", "keep")
    assert run("diff", "HEAD~1", "HEAD").out.splitlines()[1:] == ["  项目名称：两边都改了：甲 甲的 / 乙 乙的"]
    run("set", "#2", "name=选定")
    assert "  项目名称：冲突处理了" in run("diff").out.splitlines()


def test_check_names_a_file_beside_the_documents_that_git_left_in_a_conflict(run: Run, repository: Path) -> None:
    note = repository / "data/notes.toml"
    git(repository, "switch", "-q", "-c", "theirs")
    for branch in ("theirs", "main"):
        git(repository, "switch", "-q", branch)
        note.write_text(f"whose = '{branch}'\n")
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", branch)
    git(repository, "merge", "-q", "theirs")
    ran = run("check", "--select", "T")
    assert (ran.code, "data/notes.toml 两边都改了" in ran.err) == (Exit.FINDINGS, True)
    run("share", "keep", "--take", "data/notes.toml=theirs")
    assert "notes.toml" not in run("check", "--select", "T").err


def test_what_a_sparse_clone_keeps_apart_is_not_told_as_deleted(run: Run, repository: Path) -> None:
    document = "/data/2021/613001/"
    git(repository, "sparse-checkout", "set", "--no-cone", f"{document}department.toml", f"{document}projects/{FILE}")
    run("set", "#1", "name=改名")
    assert run("diff").out.splitlines() == ["项目 1 改名", "  项目名称：街道工作专项补助 → 改名"]
    run("share", "keep")
    assert "删除" not in git(repository, "log", "-1", "--format=%B")


def test_diff_of_two_versions(run: Run, repository: Path) -> None:
    run("set", "#2", "name=改名")
    git(repository, "commit", "-q", "-a", "-m", "改")
    ran = run("diff", "HEAD~1", "HEAD")
    assert ran.out.splitlines() == ["项目 2 改名", "  项目名称：街道工作专项补助 → 改名"]
    assert run("diff", "HEAD~1").out == ran.out


def test_check_of_what_changed_since_a_version(run: Run, repository: Path) -> None:
    nothing = run("check", "--since", "HEAD")
    assert (nothing.code, nothing.out, nothing.err) == (Exit.DONE, "没有问题\n", "HEAD 以后没有改过的文件\n")
    run("set", "#2", "code=1")
    new = repository / "data/2021/613001/projects/NEW.toml"
    new.write_text('code = "2"\nname = "新"\norder = 9000\n', encoding="utf-8")
    out = run("check", "--since", "HEAD", "--select", "C").out
    assert out.count("- 项目 ") == 2
    assert "项目 2 街道工作专项补助" in out
    assert "项目 8 新" in out
    assert run("check", "#1", "--since", "HEAD").out == "没有问题\n"
    wrong = run("check", "--since", "v9")
    assert (wrong.code, wrong.err) == (Exit.GIT, "git 里没有“v9”这个版本\n")


def test_check_of_what_changed_knows_what_was_renamed_deleted_and_copied(run: Run, repository: Path) -> None:
    projects = repository / "data/2021/613001/projects"
    (projects / FILE).rename(projects / "renamed.toml")
    git(repository, "rm", "-q", "data/2021/613001/projects/130303219QTGB6RSH6TVZ.toml")
    shutil.copy(projects / "13030321XTH601H14HL0X.toml", projects / "copied.toml")
    git(repository, "add", "data/2021/613001/projects/renamed.toml")
    found = json.loads(run("check", "--since", "HEAD", "--format", "json").out)["findings"]
    changed = {"projects/renamed.toml", "projects/copied.toml"}
    for one in found:
        assert {one["file"], *(place["file"] for place in one["places"])} & changed
    groups = [one for one in found if one["rule"] == "X001" and one["file"] not in changed]
    assert groups, "rows of a changed project that stand in an unchanged one as well"
    twins = [one for one in found if one["rule"] == "C005"]
    assert {place["file"] for place in twins[0]["places"]} > {"projects/copied.toml"}


def test_before_the_first_version_all_is_new(run: Run, real: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "data/2021/613001/department.toml")
    assert run("check", "--since", "HEAD").out == run("check").out


def hooks() -> dict[str, str]:
    """What the manual, and the file for the program called pre-commit, have a commit ask."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    line = next(line for line in readme.splitlines() if line.startswith("printf") and "pre-commit" in line)
    written = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    told = dict(part.strip(" -").split(": ", 1) for part in written.splitlines())
    words = shlex.split(told["entry"]) + told["args"].strip("[]").split(", ")
    return {"manual": line, "pre-commit": f"printf '#!/bin/sh\\nexec {shlex.join(words)}\\n' > .git/hooks/pre-commit"}


@pytest.mark.parametrize("hook", hooks())
def test_a_hook_lets_no_error_into_a_commit(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, hook: str
) -> None:
    program = repository / "bin" / "perftui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m perftui "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    subprocess.run(["sh", "-c", hooks()[hook]], cwd=repository, check=True)
    (repository / ".git/hooks/pre-commit").chmod(0o755)
    last = git(repository, "rev-parse", "HEAD")
    run("set", "#2", "code=1")
    git(repository, "commit", "-q", "-a", "-m", "编码写错了")
    assert git(repository, "rev-parse", "HEAD") == last
    run("set", "#7", "code=13030321XTH601H14HL0X")
    git(repository, "checkout", "-q", "--", "data")
    run("set", "部门", "overall_goal=")
    run("check", "--select", "D", "--accept", "待补")
    run("set", "部门", "overall_goal=保障运转。")
    git(repository, "commit", "-q", "-a", "-m", "总体目标")
    assert git(repository, "log", "-1", "--format=%s") == "总体目标\n"


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
    assert (run("diff", "v9").code, run("diff", "v9").err) == (Exit.GIT, "git 里没有“v9”这个版本\n")
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


def test_what_git_keeps_beside_the_records_is_no_project(run: Run, repository: Path) -> None:
    (repository / "data/2021/613001/review.toml").write_text('[rules]\nX003 = "off"\n')
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "规则")
    assert run("diff", "HEAD", "HEAD").out == ""
    assert run("diff", "HEAD^", "HEAD").out == ""


def test_git_setup_says_what_git_really_does(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (repository / "data/.gitignore").write_text("own\n*.toml\n", encoding="utf-8")
    (repository / "data/2021").joinpath(".gitattributes").write_text("*.toml merge=union\n", encoding="utf-8")
    ran = run("git-setup")
    assert ran.code == Exit.FINDINGS
    assert "merge=union" in ran.err
    assert "忽略了 data/2021/613001/department.toml" in ran.err
    assert (repository / "data/.gitignore").read_text().startswith("own\n*.toml\n.perftui/\n")
    assert (repository / ".gitignore").read_text() == "/exports/\n"
    (repository / "data/.gitignore").unlink()
    (repository / "data/2021/.gitattributes").unlink()
    assert run("git-setup").code == Exit.DONE


def test_git_itself_compares_in_the_forms_words(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    run("git-setup")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "设置")
    run("set", "#2", "name=改名")
    path = f"data/2021/613001/projects/{FILE}"
    assert git(repository, "diff").splitlines() == [path, "  项目名称：街道工作专项补助 → 改名"]
    assert "+项目名称：改名" in git(repository, "diff", "--no-ext-diff").splitlines()
    (repository / "data/2021/613001/projects" / FILE).unlink()
    assert git(repository, "diff").splitlines() == [path, "  删除"]


def test_what_is_staged_is_judged_and_not_what_lies_in_the_folder(run: Run, repository: Path) -> None:
    run("set", "#2", "code=1")
    assert run("check", "--staged", "--severity", "error").code == Exit.DONE
    git(repository, "add", "-A")
    run("set", "#2", "code=13030321FF9HQOHBT7GG4")
    ran = run("check", "--staged", "--severity", "error")
    assert (ran.code, "C001" in ran.out) == (Exit.FINDINGS, True)
    git(repository, "add", "-A")
    assert run("check", "--staged", "--severity", "error").code == Exit.DONE


def test_a_draft_and_what_was_wrong_before_are_let_pass_and_told(run: Run, repository: Path) -> None:
    run("set", "#2", "code=1")
    git(repository, "commit", "-q", "-a", "-m", "以前就错")
    (repository / "data/2021/613001/projects/new-1.toml").write_text(
        'name = "刚开始填"\norder = 9000\n', encoding="utf-8"
    )
    run("set", "#3", "name=改名")
    git(repository, "add", "-A")
    ran = run("check", "--staged", "--severity", "error")
    assert (ran.code, ran.out) == (Exit.DONE, "没有问题\n")
    assert "还没填的" in ran.err
    assert "没改过的地方原有" in ran.err
    assert run("check", "--since", "HEAD", "--severity", "error").code == Exit.FINDINGS


def test_a_file_of_another_name_answers_for_no_more_than_before(run: Run, repository: Path) -> None:
    run("set", "#2", "code=1")
    git(repository, "commit", "-q", "-a", "-m", "以前就错")
    projects = repository / "data/2021/613001/projects"
    git(repository, "mv", str(projects / FILE), str(projects / "zz.toml"))
    ran = run("check", "--staged", "--severity", "error")
    assert (ran.code, ran.out) == (Exit.DONE, "没有问题\n")
    run("set", "#2", "code=2")
    git(repository, "add", "-A")
    assert run("check", "--staged", "--severity", "error").code == Exit.FINDINGS


def test_a_hooks_own_index_is_read(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(repository / ".git/index", repository / ".git/other-index")
    run("set", "#2", "code=1")
    git(repository, "add", "-A")
    monkeypatch.setenv("GIT_INDEX_FILE", str(repository / ".git/other-index"))
    assert run("check", "--staged", "--severity", "error").code == Exit.DONE


def test_since_takes_ranges_and_refuses_nothing(run: Run, repository: Path) -> None:
    run("set", "#2", "code=1")
    git(repository, "commit", "-q", "-a", "-m", "改")
    run("set", "#3", "code=2")
    out = run("check", "--since", "HEAD~1..HEAD", "--select", "C001").out
    assert "项目 2" in out
    assert "项目 3" not in out
    assert run("check", "--since", "HEAD~1...", "--select", "C001").out == out
    assert run("check", "--since", "").code == Exit.USAGE
    assert run("check", "--since", "v9..HEAD").code == Exit.GIT


@pytest.mark.parametrize("name", ["json", "csv", "sarif"])
def test_unreadable_files_are_named_in_every_format(run: Run, repository: Path, name: str) -> None:
    (repository / "data/2021/613001/projects" / FILE).write_text("x =", encoding="utf-8")
    ran = run("check", "--format", name)
    assert ran.code == Exit.REFUSED
    assert FILE in ran.out
    if name == "sarif":
        [invocation] = json.loads(ran.out)["runs"][0]["invocations"]
        assert not invocation["executionSuccessful"]
        assert FILE in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_log_follows_a_renamed_file_and_names_merges(run: Run, repository: Path) -> None:
    folder = repository / "data/2021/613001/projects"
    git(repository, "mv", str(folder / FILE), str(folder / "new-abc.toml"))
    git(repository, "commit", "-q", "-m", "改文件名")
    git(repository, "checkout", "-q", "-b", "other")
    run("set", "new-abc", "name=改名")
    git(repository, "commit", "-q", "-a", "-m", "她")
    git(repository, "checkout", "-q", "main")
    run("set", "new-abc", "budget.other=2")
    git(repository, "commit", "-q", "-a", "-m", "我")
    git(repository, "merge", "-q", "--no-edit", "-m", "合在一起", "other")
    out = run("log", "new-abc").out
    assert "（合并）合在一起\n  项目名称：街道工作专项补助 → 改名" in out
    assert f"文件改名：data/2021/613001/projects/{FILE} → data/2021/613001/projects/new-abc.toml" in out
    assert out.endswith(" 第一版\n  新建\n")
    assert run("log", "new-abc", "budget.other").out.splitlines()[1] == "  0.00 → 2.00"
    assert len(run("log").out.splitlines()) == 5


def test_a_shallow_clone_says_where_its_history_ends(
    run: Run, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("set", "#2", "name=改名")
    git(repository, "commit", "-q", "-a", "-m", "改")
    git(repository, "clone", "-q", "--depth", "1", f"file://{repository}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    lines = run("log", "#2").out.splitlines()
    assert lines[1:] == ["  更早的历史不在这里（浅克隆）"]


def test_diff_of_ranges_files_and_folders_also_as_json(run: Run, repository: Path) -> None:
    run("set", "#2", "name=改名")
    git(repository, "commit", "-q", "-a", "-m", "改")
    told = ["项目 2 改名", "  项目名称：街道工作专项补助 → 改名"]
    assert run("diff", "HEAD~1..HEAD").out.splitlines() == told
    assert run("diff", "HEAD~1..").out.splitlines() == told
    [change] = json.loads(run("diff", "HEAD~1", "--json").out)["changes"]
    assert (change["kind"], change["field"], change["old"], change["new"]) == (
        "changed", "name", "街道工作专项补助", "改名",
    )  # fmt: skip
    folder = repository / "data/2021/613001"
    shutil.copytree(folder, repository / "copy" / "2021" / "613001")
    run("set", "#2", "name=再改")
    there = str(repository / "copy" / "2021" / "613001")
    assert run("diff", there, str(folder)).out.splitlines()[1] == "  项目名称：改名 → 再改"
    out = run("diff", f"{there}/projects/{FILE}", str(folder / "projects" / FILE)).out
    assert out.splitlines()[1] == "  项目名称：改名 → 再改"


def test_diff_of_two_data_folders(run: Run, real: Path, tmp_path: Path) -> None:
    """Every document by year and unit; one that only one of them has is new, or gone, as a whole."""
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    run("rollover", "2022", "--amounts", "copy")
    run("set", "#2", "name=再改", "--year", "2021")
    lines = run("diff", "copy", "data").out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["2022 613001", "2021 613001"]
    assert sum(line.startswith("  新增 项目") for line in lines) == 7
    assert lines[-2:] == ["  项目 2 再改", "    项目名称：街道工作专项补助 → 再改"]
    gone = run("diff", "data", "copy", "--year", "2022").out.splitlines()
    assert sum(line.startswith("  删除 项目") for line in gone) == 7
    told = json.loads(run("diff", "copy", "data", "--json").out)
    assert [(one["year"], one["unit"]) for one in told] == [(2022, "613001"), (2021, "613001")]
    (tmp_path / "empty").mkdir()
    assert run("diff", "empty", "empty").code == Exit.USAGE


@pytest.mark.parametrize("words", [("diff",), ("diff", "HEAD~1", "HEAD"), ("list",), ("log",)])
def test_git_is_asked_as_often_of_many_files_as_of_few(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$*" >>{asked}\nexec {require("git")} "$@"\n')
    program.chmod(0o755)

    def count(projects: int) -> int:
        folder = tmp_path / str(projects)
        for name in ("一版", "二版"):
            write(folder, factories.document(projects=projects, overall_goal=name))
            git(folder, "init", "-q")
            git(folder, "add", "-A")
            git(folder, "commit", "-q", "-m", name)
        monkeypatch.chdir(folder)
        with monkeypatch.context() as watched:
            watched.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
            asked.write_text("")
            assert run(*words).code == Exit.DONE
        return asked.read_text().count("\n")

    assert count(3) == count(60) <= 6


def test_all_documents_of_a_folder_at_once(run: Run, repository: Path) -> None:
    run("rollover", "2022", "--amounts", "copy")
    assert run("list").code == Exit.USAGE
    assert [line for line in run("list", "--all").out.splitlines() if line[:2] == "20"] == [
        "2022 613001",
        "2021 613001",
    ]
    assert len(json.loads(run("list", "--all", "--json").out)) == 2
    assert run("check", "--all", "--select", "C001").out.count(" 613001\n") == 2
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "明年")
    run("set", "#2", "name=改名", "--year", "2021")
    assert run("diff", "--all").out.splitlines()[0] == "2021 613001"
    assert len(run("export", "--all").out.splitlines()) == 2


def test_the_findings_of_all_documents_as_other_programs_read_them(run: Run, repository: Path) -> None:
    run("rollover", "2022")
    (repository / "data/2022/613001/projects" / FILE).write_text("", encoding="utf-8")
    ran = {name: run("check", "--all", "--select", "C", "--format", name) for name in ("json", "csv", "sarif")}
    assert {one.code for one in ran.values()} == {Exit.REFUSED}
    later, earlier = json.loads(ran["json"].out)
    assert [one["document"]["year"] for one in (later, earlier)] == [2022, 2021]
    assert [one["file"] for one in later["problems"]] == [f"projects/{FILE}"]
    assert earlier["findings"]
    runs = json.loads(ran["sarif"].out)["runs"]
    assert [one["invocations"][0]["executionSuccessful"] for one in runs] == [False, True]
    head, *rows = csv.reader(io.StringIO(ran["csv"].out.removeprefix("\ufeff")))
    assert head[:3] == ["年度", "单位", "序号"]
    assert [row[:2] for row in rows] == sorted([row[:2] for row in rows], reverse=True)
    assert sum(row[0] == "2021" and row[2] != "" for row in rows) == len(earlier["findings"])
    assert any(row[0] == "2022" and FILE in row[8] for row in rows)


def test_list_says_who_had_a_project_last_and_what_is_not_kept(run: Run, repository: Path) -> None:
    git(repository, "config", "user.email", "w@x")
    run("set", "#2", "name=改名")
    git(repository, "commit", "-q", "-a", "-m", "改", "--author", "王芳 <w@x>")
    run("set", "#1", "name=另一个名")
    ran = run("list")
    assert ran.err == "1 个文件没存版本\n"
    head, first, second, *_rest = ran.out.splitlines()
    assert head.split()[-1] == "最后经手"
    assert [line.split()[-1] for line in (first, second)] == ["张三", "王芳"]
    told = json.loads(run("list", "--json").out)
    assert told["git"] == {"not_kept": 1, "not_sent": 0, "not_fetched": 0}
    assert [one["last_hand"] for one in told["projects"]][:2] == ["张三", "王芳"]


def test_list_without_git_tells_of_the_projects_alone(run: Run, real: Path) -> None:
    assert run("list").out.splitlines()[0].split()[-1] == "审核"
    assert json.loads(run("list", "--json").out)["git"] is None


def test_the_figures_of_all_documents(run: Run, repository: Path) -> None:
    run("rollover", "2022", "--amounts", "copy")
    lines = run("summary", "--all").out.splitlines()
    assert lines[0].split()[:5] == ["年度", "单位", "名称", "状态", "项目数"]
    assert lines[2].split()[:6] == ["2021", "613001", "路南街道办事处部门本级", "填报中", "7", "4678940.00"]
    assert lines[2].endswith("张三")
    assert lines[3].split()[:3] == ["合计", "14", "9357880.00"]
    [one, _other] = json.loads(run("summary", "--all", "--format", "json").out)
    assert one["planned_by"]["12月底"] == "4580440.00"
    assert run("summary", "--year", "2021", "--format", "csv").out.startswith("\ufeff年度,单位")


def test_a_documents_folder_that_was_copied_is_told_wherever_sums_are_made(run: Run, real: Path) -> None:
    shutil.copytree(real, real.with_name("613002"))
    said = "2021 年 613001 和 613002 有 7 个编码相同，合计算重了"
    for words in (("list", "--all"), ("summary", "--all"), ("check", "--all", "--select", "D009")):
        assert said in run(*words).err
    found = run("check", "--unit", "613002", "--select", "D009").out
    assert "单位编码是 613001，文件夹却是 613002 的" in found
    assert said not in run("list", "--unit", "613002").err
    overview = Overview(find_documents(real.parent.parent))
    assert overview.of(0) is not None
    assert overview.of(1) is not None
    assert said in overview.in_short
