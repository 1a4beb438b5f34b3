"""Which document and which project a command line means."""

import shutil
from pathlib import Path

import pytest

from perftui.cli.exits import Exit
from tests import factories
from tests.unit.cli.conftest import Run, write


@pytest.mark.parametrize(
    "code",
    [
        "130303216F9HQOHBT7GG4",
        "projects/130303216F9HQOHBT7GG4.toml",
        "#2",
        "＃2",
        "街道工作专项",
        "130303216F9HQOHBT7GG4.toml",
    ],
)
def test_a_project_is_named_in_many_ways(run: Run, real: Path, code: str) -> None:
    ran = run("show", code)
    assert ran.code == Exit.DONE
    assert "2、街道工作专项补助绩效目标表" in ran.out


def test_an_ambiguous_part_lists_what_it_may_be(run: Run, real: Path) -> None:
    ran = run("show", "补助")
    assert ran.code == Exit.USAGE
    assert "#1 130303213IMBOCSFWWM1 社区工作专项补助" in ran.err
    assert ran.err.count("#") == 3


@pytest.mark.parametrize("code", ["#8", "#0", "没有", ""])
def test_a_project_that_is_not_there_is_a_sentence(run: Run, real: Path, code: str) -> None:
    ran = run("show", code)
    assert ran.code == Exit.USAGE
    assert f"没有项目“{code}”" in ran.err


def test_a_file_name_wins_over_a_code_that_two_projects_have(run: Run, tmp_path: Path) -> None:
    document = factories.document(projects=2)
    _first, second = document.projects
    twin = factories.project("hebei-2021", 2, code=factories.project_code(1))
    write(tmp_path, document.with_record(second, twin))
    ran = run("show", factories.project_code(1))
    assert ran.code == Exit.DONE
    assert ran.out.lstrip().startswith("1、")


def test_several_documents_ask_for_one(run: Run, real: Path) -> None:
    run("init", "--year", "2022", "--unit", "613001", "--name", "路南")
    ran = run("list")
    assert ran.code == Exit.USAGE
    assert "--year 2022 --unit 613001" in ran.err
    assert run("list", "--year", "2021").code == Exit.DONE
    assert run("list", "--year", "2020").code == Exit.USAGE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'name = "a"\n<<<<<<< HEAD\nname = "b"\n=======\n', "冲突标记"),
        (b'name = "a\n', "不是有效的 TOML"),
        (b"name = 5\n", "项目名称"),
        ('name = "补助"\n'.encode("gbk"), "UTF-8"),
    ],
    ids=["markers", "toml", "type", "gbk"],
)
@pytest.mark.parametrize(
    "words", [["list"], ["check"], ["export"], ["show", "#1"], ["set", "#1", "name=改"]], ids=" ".join
)
def test_a_broken_file_is_named_and_left_alone_and_the_others_stay_usable(
    run: Run, real: Path, content: bytes, reason: str, words: list[str]
) -> None:
    broken = real / "projects" / "ZZZ.toml"
    broken.write_bytes(content)
    ran = run(*words)
    assert ran.code == Exit.REFUSED
    assert "projects/ZZZ.toml" in ran.err
    assert reason in ran.err
    assert ran.out
    assert broken.read_bytes() == content


def test_a_broken_file_cannot_be_shown(run: Run, real: Path) -> None:
    (real / "projects" / "ZZZ.toml").write_bytes(b"x = ")
    ran = run("show", "ZZZ")
    assert ran.code == Exit.REFUSED
    assert "ZZZ 不能读取" in ran.err


def test_a_broken_department_leaves_the_projects_usable(run: Run, real: Path) -> None:
    (real / "department.toml").write_text("x =", encoding="utf-8")
    ran = run("list")
    assert ran.code == Exit.REFUSED
    assert "department.toml:1" in ran.err
    assert "车辆保险费" in ran.out
    assert run("set", "#6", "name=改名").out.startswith("name 项目名称: 车辆保险费 → 改名")
    ran = run("set", "部门", "overall_goal=x")
    assert (ran.code, "department.toml 不能读取" in ran.err) == (Exit.REFUSED, True)
    assert (real / "department.toml").read_text(encoding="utf-8") == "x ="


@pytest.mark.parametrize("inner", ["2021", "2021/613001", "2021/613001/../613001/"])
@pytest.mark.parametrize("command", [["list"], ["init", "--year", "2022", "--unit", "1", "--name", "新"], ["share"]])
def test_a_layer_inside_the_data_folder_is_no_data_folder(run: Run, real: Path, inner: str, command: list[str]) -> None:
    """A document made there would lie inside another one, where no other command finds it."""
    data = real.parents[1]
    ran = run(*command, "--data", str(data / inner))
    assert ran.code == Exit.USAGE
    assert f"请写 --data {data} --year 2021 --unit 613001" in ran.err


def test_a_folder_of_data_may_be_named_as_a_year(run: Run, tmp_path: Path) -> None:
    assert run("init", "--year", "2022", "--unit", "1", "--name", "新", "--data", "2022").code == Exit.DONE
    assert run("list", "--data", "2022").code == Exit.DONE
    assert run("list", "--data", "2022/2022").code == Exit.USAGE


def test_the_folder_of_a_year_is_all_its_documents_and_one_elsewhere_is_none(run: Run, real: Path) -> None:
    data = real.parent.parent
    shutil.copytree(real, real.with_name("613002"))
    whole = run("check", str(data)).out
    assert run("check", str(real.parent)).out == whole
    assert "613002" in whole
    shutil.copytree(real, data / "copies" / "613001")
    ran = run("check", str(data / "copies" / "613001"))
    assert (ran.code, "年度/单位" in ran.err) == (Exit.USAGE, True)
