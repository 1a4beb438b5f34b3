"""``init``, ``list``, ``format``, ``export``, ``check``, ``rules``, ``rule``: what they do and how they end."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from perftui.cli.exits import Exit
from perftui.model.record import CONFLICTS, Row
from perftui.review.catalogue import RULES
from tests import factories
from tests.conftest import ROOT
from tests.factories import FORMS
from tests.unit.cli.conftest import Run, write

CODE = "130303216F9HQOHBT7GG4"


def test_init_makes_a_document_that_every_command_takes(run: Run, tmp_path: Path) -> None:
    for form in FORMS:
        ran = run("init", "--data", form, "--year", "2022", "--unit", "613002", "--name", "第二中学", "--form", form)
        assert (ran.code, ran.out) == (Exit.DONE, f"{form}/2022/613002\n")
        assert (tmp_path / form / "2022" / "613002" / "department.toml").exists()
        assert run("list", "--data", form).err == "还没有项目\n"
        assert run("format", "--check", "--data", form).code == Exit.DONE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", "22", "--unit", "613001", "--name", "a"], "年度 22 不对"),
        (["--year", "2021", "--unit", "../x", "--name", "a"], "单位编码 ../x 不对"),
        (["--year", "2021", "--unit", "613001", "--name", " "], "单位名称不能为空"),
        (["--year", "2021", "--unit", "613001", "--name", "a"], "已经有了"),
    ],
)
def test_init_refuses_with_a_sentence(run: Run, real: Path, words: list[str], said: str) -> None:
    ran = run("init", *words)
    assert ran.code == Exit.USAGE
    assert said in ran.err


def test_a_folder_that_cannot_be_written_is_a_sentence(run: Run, real: Path) -> None:
    """The system's own folder refuses everybody, root as well."""
    for words in (["init", "--data", "/sys/perftui", "--year", "2021", "--unit", "613001", "--name", "a"],
                  ["export", "-o", "/sys/perftui"]):  # fmt: skip
        ran = run(*words)
        assert ran.code == Exit.REFUSED
        assert "没有保存 perftui" in ran.err


def test_a_file_in_the_way_of_a_folder_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    for words in (["init", "--year", "2021", "--unit", "613001", "--name", "a"], ["list"]):
        ran = run(*words)
        assert ran.code == Exit.REFUSED
        assert "data 不是文件夹" in ran.err


@pytest.mark.parametrize("form", FORMS)
def test_list_as_json_is_exact(run: Run, tmp_path: Path, form: str) -> None:
    document = factories.document(form, projects=2)
    write(tmp_path, document)
    plain = json.loads(run("list", "--json").out)
    assert (plain["year"], plain["unit"], plain["form"]) == (2021, "613001", form)
    assert [one["file"] for one in plain["projects"]] == list(document.projects)
    assert next(iter(plain["projects"][0]["amounts"].values())) == "1201000.00"
    assert plain["problems"] == []


def test_control_characters_never_reach_the_terminal(run: Run, real: Path) -> None:
    name = "补\x1b]52;c;x\x07助\u202e\x9b31m"
    text = (real / "projects" / f"{CODE}.toml").read_text(encoding="utf-8")
    hostile = "".join(f"\\u{ord(char):04X}" if not char.isprintable() else char for char in name)
    (real / "projects" / f"{CODE}.toml").write_text(text.replace("街道工作专项补助", hostile, 1), encoding="utf-8")
    for words in (["list"], ["list", "--json"], ["show", "#2"], ["check"], ["show", "补"], ["set", "#2", "name=x"]):
        ran = run(*words)
        printed = ran.out + ran.err
        assert not [char for char in printed if not char.isprintable() and char not in "\n"], words
        assert "\u202e" not in printed
    assert name not in run("list", "--json").out


def test_list_as_json_keeps_hostile_text_exact(run: Run, tmp_path: Path) -> None:
    name = "补\x1b[31m助\u202e😀\U000e0041"
    write(tmp_path, factories.document(projects=0).with_record("projects/A.toml", factories.project(name=name)))
    assert json.loads(run("list", "--json").out)["projects"][0]["name"] == name


# ---- format


def test_format_makes_a_hand_written_file_canonical_and_keeps_comments(run: Run, real: Path) -> None:
    path = real / "projects" / f"{CODE}.toml"
    canonical = path.read_bytes()
    path.write_bytes("# 老王\n".encode() + canonical.replace(b" = ", b"=").replace(b"\n", b"\r\n"))
    ran = run("format", "--check")
    assert (ran.code, ran.out) == (Exit.FINDINGS, f"projects/{CODE}.toml\n")
    assert b"\r\n" in path.read_bytes()
    ran = run("format")
    assert (ran.code, ran.out) == (Exit.DONE, f"projects/{CODE}.toml\n")
    assert path.read_bytes() == "# 老王\n".encode() + canonical
    ran = run("format", "--check")
    assert (ran.code, ran.out, ran.err) == (Exit.DONE, "", "")


def test_format_names_new_files_by_their_codes(run: Run, real: Path) -> None:
    path = real / "projects" / f"{CODE}.toml"
    path.rename(real / "projects" / "new-7k2fmw.toml")
    assert run("format").out == ""
    assert path.exists() is False
    ran = run("format", "--names")
    assert ran.out == f"projects/new-7k2fmw.toml → projects/{CODE}.toml\n"
    assert path.exists()


# ---- export


def test_export_prints_the_path_and_how_to_copy_it_home(run: Run, real: Path, tmp_path: Path) -> None:
    ran = run("export")
    path = tmp_path / "exports" / "2021-613001-路南街道办事处部门本级.docx"
    assert (ran.code, ran.out) == (Exit.DONE, f"{path}\n")
    assert "已导出 7 个项目" in ran.err
    assert f":'{path}' ." in ran.err
    first = path.read_bytes()
    assert "老居委会主任生活补贴" in document_xml(first)
    assert run("export").code == Exit.DONE
    assert path.read_bytes() == first


def test_export_of_some_projects_to_a_file_of_ones_own(run: Run, real: Path, tmp_path: Path) -> None:
    ran = run("export", "#2", "车辆", "-o", "两个.docx")
    assert ran.out == f"{tmp_path / '两个.docx'}\n"
    text = document_xml((tmp_path / "两个.docx").read_bytes())
    assert "6、车辆保险费" in text
    assert "3、" not in text
    assert "第一部分" not in text


def test_export_to_a_pipe_gives_the_bytes(real: Path, tmp_path: Path, run: Run) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "perftui", "export", "-o", "-"], cwd=tmp_path, env=env, capture_output=True, check=True
    )
    run("export", "-o", "same.docx")
    assert done.stdout == (tmp_path / "same.docx").read_bytes()


def test_a_draft_lists_what_is_open(run: Run, real: Path, tmp_path: Path) -> None:
    ran = run("export", "--draft", "-o", "a.docx")
    assert "还有问题没有处理：错误 37 · 警告 82 · 提示 14，" in ran.err
    text = document_xml((tmp_path / "a.docx").read_bytes())
    assert "（草稿）" in text
    assert all(told in text for told in ("错误 C001", "项目编码是 20 位", "项目 1 社区工作专项补助 · 项目编码"))
    run("export", "-o", "b.docx")
    assert "草稿" not in document_xml((tmp_path / "b.docx").read_bytes())


def test_a_final_document_is_not_made_while_there_are_errors(run: Run, real: Path, tmp_path: Path) -> None:
    ran = run("export", "--final")
    assert ran.code == Exit.FINDINGS
    assert "还有 37 个错误没有处理或接受" in ran.err
    assert not (tmp_path / "exports").exists()
    (real / "projects" / "ZZZ.toml").write_text("x", encoding="utf-8")
    assert run("export", "--final").code == Exit.REFUSED


def test_a_conflict_is_an_error_and_no_final_document_is_made_of_it(run: Run, tmp_path: Path) -> None:
    document = factories.document(projects=1)
    (file,) = document.projects
    conflict = Row(
        id="7k2fmw", values={"field": "name", "base": "甲", "ours": "乙", "theirs": "丙", "theirs_by": "李四"}
    )
    write(tmp_path, document.with_record(file, document.record(file).with_row(CONFLICTS, conflict)))
    ran = run("check")
    assert ran.code == Exit.FINDINGS
    assert ran.out.startswith("错误 1\n")
    assert run("export", "--final").code == Exit.FINDINGS
    assert run("export").code == Exit.DONE


@pytest.mark.parametrize("form", FORMS)
def test_a_final_document_of_a_form_without_errors(run: Run, tmp_path: Path, form: str) -> None:
    write(tmp_path, factories.document(form))
    assert run("export", "--final").code == Exit.DONE


def test_a_character_that_word_cannot_hold_is_named(run: Run, tmp_path: Path) -> None:
    document = factories.document(projects=0).with_record("projects/A.toml", factories.project(purpose="a\x01b"))
    write(tmp_path, document)
    ran = run("export")
    assert ran.code == Exit.REFUSED
    assert "项目 1 街道工作者补助 · 资金用途" in ran.err
    assert not (tmp_path / "exports").exists()


def test_an_exports_folder_that_is_a_file_is_a_sentence(run: Run, real: Path, tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("", encoding="utf-8")
    ran = run("export")
    assert ran.code == Exit.REFUSED
    assert "exports" in ran.err


def document_xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


# ---- check


def test_check_reports_what_the_real_document_has(run: Run, real: Path) -> None:
    ran = run("check")
    assert (ran.code, ran.err) == (Exit.FINDINGS, "")
    assert ran.out.startswith("错误 37 · 警告 82 · 提示 14\n")
    assert "错误 C001 项目编码格式不对\n  项目编码是 20 位，应当是 21 位\n" in ran.out
    assert "资金支出计划（%）没有填" in ran.out
    assert ran.out.count("准确率”是比率，指标值却是") == 3


def test_hints_alone_are_no_failure(run: Run, real: Path) -> None:
    ran = run("check", "--select", "X001")
    assert ran.code == Exit.DONE
    assert ran.out.startswith("提示 2\n")
    assert run("check", "--select", "P").code == Exit.FINDINGS


@pytest.mark.parametrize("form", FORMS)
def test_a_document_without_mistakes_has_no_finding(run: Run, tmp_path: Path, form: str) -> None:
    write(tmp_path, factories.document(form, projects=1))
    ran = run("check")
    assert (ran.code, ran.out, ran.err) == (Exit.DONE, "没有问题\n", "")


def test_check_takes_projects_files_and_folders(run: Run, real: Path, tmp_path: Path) -> None:
    whole = run("check")
    for word in ("data", "data/2021/613001", str(real)):
        assert run("check", word).out == whole.out
    one = run("check", f"data/2021/613001/projects/{CODE}.toml")
    assert one.out == run("check", CODE).out
    assert "项目 2 街道工作专项补助" in one.out
    assert "项目 1 " not in run("check", CODE, "--select", "C,F,G,I,P,T").out
    assert "3 个项目至少有 5 行指标一字不差" in one.out, "rows that stand in other projects as well"
    two = run("check", "#2", "#1").out
    assert "项目 2 街道工作专项补助" in two
    assert "项目 1 社区工作专项补助" in two
    assert "- 项目" not in run("check", "data/2021/613001/department.toml").out


def test_check_of_what_is_not_there_is_usage(run: Run, real: Path, tmp_path: Path) -> None:
    assert run("check", "没有").code == Exit.USAGE
    assert run("check", "--select", "Q").code == Exit.USAGE
    (tmp_path / "空").mkdir()
    assert run("check", "空").code == Exit.USAGE


def test_select_and_severity_choose(run: Run, real: Path) -> None:
    ran = run("check", "--severity", "error", "--select", "c001, D")
    headings = [line.split() for line in ran.out.splitlines()[1:] if line and not line.startswith(" ")]
    assert {weight for weight, *_rest in headings} == {"错误"}
    assert {rule[0] for _weight, rule, *_rest in headings} == {"C", "D"}


def test_rules_lists_every_rule_and_rule_explains_each(run: Run) -> None:
    listed = run("rules").out
    for rule in RULES:
        assert rule.id in listed
        ran = run("rule", rule.id.lower())
        assert ran.code == Exit.DONE
        assert ran.out.startswith(rule.id)
        assert "怎么改：" in ran.out
    assert run("rule", "Z999").code == Exit.USAGE
