"""``perftui form from``: an office's empty form becomes a definition, what it could not tell marked."""

from pathlib import Path

import docx

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
