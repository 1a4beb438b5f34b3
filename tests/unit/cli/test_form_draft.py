"""``perftui form from``: an office's empty form becomes a definition, what it could not tell marked."""

from pathlib import Path

import docx
import pytest

from perftui.forms import GroupRole, Kind, Role, load_form, look_in
from perftui.forms.loader import read_form
from perftui.session.export import proven_docx
from tests import factories
from tests.documents import import_document
from tests.gallery.containers import to_docx
from tests.gallery.layouts import blocks
from tests.unit.cli.conftest import Run

EMPTY = """
| 项目名称 |  | < | < | < | < |
| 主管部门 |  | < | 实施单位 |  | < |
| 项目资金 | 年度资金总额 |  | < | < | < |
| ^ | 其中：财政拨款 |  | < | < | < |
| 年度绩效目标 |  | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 核心指标 | 备注 |
| 产出指标 | 数量指标 |  |  |  |  |
| ^ | 质量指标 |  |  |  |  |
| 效益指标 | 社会效益指标 |  |  |  |  |
"""
APPROVAL = """
项目支出绩效目标审批表
（   年度）
预算单位：        金额单位：万元
| 项目名称 |  | 资金科目代码 |  |
| 项目总预算 |  | 当年年度预算 |  |
| 其中：财政资金 |  | 其中：当年拨款 |  |
| 其他资金 |  | 上年结转资金 |  |
|  |  | 其他资金 |  |
| 建设周期 |  | 项目概况 |  |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标（60分） | 数量指标 |  |  |
| 效益指标（40）分 | 社会效益指标 |  |  |
| 长期绩效指标 | 一级指标 | 三级指标 | 指标值 |
| ^ | 产出指标（60分） |  |  |
| 审批意见 | （公章） | < | < |
"""
"""Words above, two totals, points behind the categories, a second list under a label of its own, an opinion."""
DEPARTMENTS = """
部门（单位）整体绩效目标表
（2023年度）
| 部门（单位）名称 |  | < | < |
| 年度履职目标 |  | < | < |
| 年度主要任务 | 任务名称 | 主要内容 | 预算金额（万元） |
| ^ |  |  |  |
| ^ |  |  |  |
| 预算情况 | 部门预算总额（万元） |  | < |
| ^ | 1、资金来源：（1）政府预算资金 |  | < |
| ^ | （2）单位资金 |  | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 投入管理指标 | 工作目标管理 |  |  |
| 效益指标 | 满意度 |  |  |
"""
"""The department's own table: its name, tasks under titles, amounts beside a tall label, indicators."""


GUILIN = """
财政支出绩效目标申报表
（2021年度）
| 项目名称 |  | < | 项目类型 |  | < | < |
| 项目属性 | 新增项目 □  延续项目 □ | < | 编码 |  | < | < |
| 项目起止时间（如20190101） |  | < | 到 |  | < | < |
| 项目资金申请（万元） | 资金总额： | < |  | < | < | < |
| ^ | 一般公共预算拨款： | < |  | < | < | < |
| ^ | 上年结余收入： | < |  | < | < | < |
| 项目立项情况 | 项目立项的依据（450字内） | < |  | < | < | < |
| ^ | 填报日期 | < | 年  月  日 | < | < | < |
| 项目绩效目标 | 长期目标（450字内） | < | < | 年度目标（450字内） | < | < |
| ^ |  | < | < |  | < | < |
| 项目年度绩效目标衡量指标 | 一级指标 | 二级指标 | 分值 | 指标内容（150字内） | 指标值（150字内） | 评分细则 |
| ^ | 投入指标 | 资金到位率 | 5 | 实际到位资金除以计划投入资金 | 资金到位率达100% |  |
| ^ | ^ | 预算支出进度 | 15 |  |  |  |
| ^ | 产出指标 | 数量指标 | 50 |  |  |  |
| ^ | 效益指标 | 社会效益指标 | 30 |  |  |  |
"""
"""After a public form of Guilin 2021 (gxglmes.com): limits behind the labels, two dates, points in the rows, rows that
are filled in already; a choice by boxes and a date to be written into."""
NINGDE = """
部门整体支出绩效目标表
（2019年度）
| 部门（单位）名称 |  | < | 部门预算编码 |  |
| 年度预算安排（万元） | 资金总额 | < |  | < |
| ^ | 项目支出 | < |  | < |
| ^ | 基本支出 | < |  | < |
| 年度总体目标 | 目标1： 目标2： 目标3： …… | < | < | < |
| 年度履职目标 | 部门职能 | 年度目标任务 | 支出项目名称 | 预算金额（万元） |
| ^ |  |  |  |  |
| ^ |  |  |  |  |
| 一级指标 | 二级指标 | 三级指标 | 指标解释 | 目标值 |
| 产出指标 | 数量指标 |  |  |  |
| 效益指标 | 社会效益指标 |  |  |  |
"""
"""After a public form of Ningde 2019 (ndfzw.com): goals whose numbers are printed, duties with their amounts."""


def mailed(path: Path, form: str) -> None:
    """An empty form as the office mails it, of its picture in text."""
    path.write_bytes(to_docx(blocks(form)))


def test_an_empty_form_becomes_a_definition_that_is_used(run: Run, tmp_path: Path) -> None:
    mailed(tmp_path / "空表.docx", EMPTY)
    ran = run("form", "from", "空表.docx", "--as", "office-2025")
    assert (ran.code, ran.out.strip()) == (0, "data/forms/office-2025.toml")
    text = (tmp_path / "data/forms/office-2025.toml").read_text(encoding="utf-8")
    form = read_form(text, "office-2025")
    assert [one.label for one in form.project.head if one.key.startswith(("name", "field"))] == [
        "项目名称", "主管部门", "实施单位",
    ]  # fmt: skip
    assert [one.label for one in form.project.amounts[0].amounts] == ["年度资金总额", "财政拨款"]
    assert form.project.taxonomy.classes_of("产出指标") == ("数量指标", "质量指标")
    assert form.project.taxonomy.classes_of("效益指标") == ("社会效益指标",)
    (indicators,) = (group for group in form.project.groups if group.key == "indicators")
    assert [column.role for column in indicators.columns] == [
        Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE, None, Role.REMARK,
    ]  # fmt: skip
    (unknown,) = (line for line in text.splitlines() if "核心指标" in line)
    assert "请核对" in unknown, "what it could not tell is marked"
    assert run("form", "check", "office-2025").code == 0


def test_what_stands_around_the_lists_is_told_from_them(run: Run, tmp_path: Path) -> None:
    mailed(tmp_path / "blank.docx", APPROVAL)
    assert run("form", "from", "blank.docx").code == 0
    text = (tmp_path / "data/forms/blank.toml").read_text(encoding="utf-8")
    form = read_form(text, "blank")
    assert (form.title, form.amount_unit) == ("项目支出绩效目标审批表", "万元")
    assert [[one.label for one in group.amounts] for group in form.project.amounts] == [
        ["项目总预算", "财政资金", "其他资金"], ["当年年度预算", "当年拨款", "上年结转资金", "其他资金"],
    ]  # fmt: skip
    assert [(one.label, one.kind) for one in form.project.head if one.key.startswith("field")] == [
        ("资金科目代码", Kind.TEXT), ("建设周期", Kind.PERIOD), ("项目概况", Kind.LONG_TEXT),
    ]  # fmt: skip
    assert [(one.name, one.note) for one in form.project.taxonomy.categories] == [
        ("产出指标", "（60分）"), ("效益指标", "（40）分"),
    ]  # fmt: skip
    assert form.weights is not None
    assert (form.weights.totals, form.weights.categories) == (("100",), {"产出指标": "60", "效益指标": "40"})
    indicators = [group for group in form.project.groups if group.role is GroupRole.INDICATORS]
    assert [(group.label, len(group.columns)) for group in indicators] == [("绩效指标", 4), ("长期绩效指标", 3)]
    assert [table.group or len(table.rows) for table in form.layout.tables] == [8, "indicators", "indicators2", 1]
    assert form.layout.tables[-1].rows[0].cells[0].label == "审批意见"


def test_what_was_drafted_prints_and_reads_its_own_documents(run: Run, tmp_path: Path) -> None:
    mailed(tmp_path / "blank.docx", EMPTY)
    assert run("form", "from", "blank.docx").code == 0
    look_in(tmp_path / "data")
    document, form = factories.document("blank", projects=1), load_form("blank")
    again = import_document(proven_docx(document, form).data, form="blank").document
    (record,), (other,) = document.projects.values(), again.projects.values()
    assert form.project.text_of(other, Role.NAME) == form.project.text_of(record, Role.NAME)
    assert len(other.rows("indicators")) == len(record.rows("indicators"))


def test_a_file_without_a_table_and_a_name_that_will_not_do_are_sentences(run: Run, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "a.docx"))
    assert run("form", "from", "a.docx").code == 3
    mailed(tmp_path / "空表.docx", EMPTY)
    ran = run("form", "from", "空表.docx")
    assert ran.code == 2
    assert "--as" in ran.err


def test_a_departments_empty_table_becomes_a_form_without_projects(run: Run, tmp_path: Path) -> None:
    mailed(tmp_path / "blank.docx", DEPARTMENTS)
    assert run("form", "from", "blank.docx", "--as", "whole-2023").code == 0
    form = read_form((tmp_path / "data/forms/whole-2023.toml").read_text(encoding="utf-8"), "whole-2023")
    assert not form.has_projects
    (money,) = form.department.amounts
    assert [one.label for one in money.amounts] == ["部门预算总额（万元）", "政府预算资金", "单位资金"]
    tasks = form.department.group("rows1")
    assert tasks is not None
    assert (tasks.label, [(one.label, one.kind) for one in tasks.columns]) == (
        "年度主要任务",
        [("任务名称", Kind.TEXT), ("主要内容", Kind.LONG_TEXT), ("预算金额（万元）", Kind.AMOUNT)],
    )
    assert form.department.taxonomy.classes_of("效益指标") == ("满意度",)
    tables = form.layout.department_tables
    assert [table.group or len(table.rows) for table in tables] == [5, "rows1", 3, "indicators"]
    assert tables[0].rows[3].cells[1].field == ("unit_name",)


def test_a_departments_table_prints_and_reads_its_own_documents(run: Run, tmp_path: Path) -> None:
    mailed(tmp_path / "blank.docx", DEPARTMENTS)
    assert run("form", "from", "blank.docx").code == 0
    look_in(tmp_path / "data")
    document, form = factories.document("blank", projects=0), load_form("blank")
    again = import_document(proven_docx(document, form).data, form="blank").document
    assert not again.projects
    assert again.department.tables["money"] == document.department.tables["money"]
    for group in ("goal1", "rows1", "indicators"):
        columns = form.department.group(group).columns  # type: ignore[union-attr]
        texts = [
            [[row.text(one.key) for one in columns] for row in one.rows(group)]
            for one in (again.department, document.department)
        ]
        assert texts[0] == texts[1]


def drafted(run: Run, tmp_path: Path, form: str, *words: str) -> str:
    mailed(tmp_path / "blank.docx", form)
    assert run(*words, "form", "from", "blank.docx").code == 0
    assert run("form", "check", "blank").code == 0
    return (tmp_path / "data/forms/blank.toml").read_text(encoding="utf-8")


def test_what_an_empty_form_says_of_its_cells_is_kept(run: Run, tmp_path: Path) -> None:
    text = drafted(run, tmp_path, GUILIN)
    form = read_form(text, "blank")
    head = [one for one in form.project.head if one.key.startswith("field")]
    assert [(one.label, one.kind) for one in head] == [
        ("项目类型", Kind.TEXT), ("项目属性", Kind.CHOICE), ("编码", Kind.TEXT), ("项目起止时间（起）", Kind.DATE),
        ("项目起止时间（止）", Kind.DATE), ("项目立项的依据", Kind.LONG_TEXT), ("填报日期", Kind.DATE),
    ]  # fmt: skip
    assert (head[1].choices, head[5].limit) == (("新增项目", "延续项目"), 450)
    assert [one.label for one in form.project.amounts[0].amounts] == ["资金总额", "一般公共预算拨款", "上年结余收入"]
    assert [group.label for group in form.project.groups] == ["长期目标", "年度目标", "项目年度绩效目标衡量指标"]
    assert form.weights is not None
    assert form.weights.totals == ("100",)
    assert form.weights.categories == {"投入指标": "20", "产出指标": "50", "效益指标": "30"}
    (left_out,) = (line for line in text.splitlines() if "没有放进来" in line)
    assert "资金到位率达100%" in left_out
    assert form.layout.title == "{name}财政支出绩效目标申报表"


def test_goals_whose_numbers_are_printed_are_goals_one_by_one(run: Run, tmp_path: Path) -> None:
    form = read_form(drafted(run, tmp_path, NINGDE), "blank")
    goals, tasks, _indicators = form.department.groups
    assert (goals.label, goals.role, goals.single) == ("年度总体目标", GroupRole.GOALS, False)
    assert [one.label for one in tasks.columns] == ["部门职能", "年度目标任务", "支出项目名称", "预算金额（万元）"]


@pytest.mark.parametrize("blank", [GUILIN, NINGDE])
def test_what_was_drafted_of_public_forms_reads_its_own_print(run: Run, tmp_path: Path, blank: str) -> None:
    drafted(run, tmp_path, blank)
    look_in(tmp_path / "data")
    form = load_form("blank")
    document = factories.document("blank", projects=int(form.has_projects))
    again = import_document(proven_docx(document, form).data, form="blank").document
    assert (again.unit, again.year) == (document.unit, document.year)
    for one, other in zip(
        (document.department, *document.projects.values()), (again.department, *again.projects.values()), strict=True
    ):
        assert other.tables == one.tables
        for group in one.groups:
            assert len(other.rows(group)) == len(one.rows(group)), group


def test_the_comments_of_a_draft_follow_the_language(run: Run, tmp_path: Path) -> None:
    text = drafted(run, tmp_path, GUILIN, "--lang", "en")
    comments = [line.split("# ", 1)[1] for line in text.splitlines() if "# " in line]
    assert comments[0].startswith("please check: drafted from an empty form")
    assert all(one.startswith("please check: ") for one in comments)
    assert not any("请" in one or "写" in one for one in comments)
