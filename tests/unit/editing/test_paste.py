"""Where the cells of a block go: by header, by class, by name, or where they fall."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from perftui.editing.edits import apply_all
from perftui.editing.paste import PastePlan, nothing_found
from perftui.editing.paste_cells import CellText, plan_cells
from perftui.editing.paste_projects import plan_projects
from perftui.editing.paste_rows import RowTarget, plan_rows
from perftui.exchange.tabular import parse_block
from perftui.forms import GroupRole, Role, load_form
from perftui.model.document import DEPARTMENT, Document, Location, project_file
from perftui.model.record import Record
from perftui.session.pasted_text import plan_indicators
from perftui.tui.state.paste_labels import form_labels
from tests.factories import document, project

FORM = load_form("hebei-2021")
MOF = load_form("mof-2021")
LABELS = form_labels(FORM.id)
FILE = project_file("here")
SAMPLES = Path(__file__).parents[2] / "data" / "clipboard"
KEYS = ("category", "class", "name", "description", "value", "basis")

HEADER = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
WHOLE = (
    HEADER,
    ("产出指标", "数量指标", "支付人数", "全年人数", "１８人", "计划标准"),
    ("", "", "培训场次", "全年场次", "4次", "计划标准"),
    ("", "质量指标", "准确率", "准确人数占比", ">=98％", "历史标准"),
    ("效益指标", "社会效益指标", "办结率", "办结数占比", "≥95%", "历史标准"),
)


def bare(record: Record) -> Record:
    """Without the groups that have no rows."""
    return replace(record, groups={key: some for key, some in record.groups.items() if some})


def rows(record: Record) -> list[tuple[str, ...]]:
    return [tuple(row.text(key) for key in KEYS) for row in record.rows("indicators")]


def after(record: Record, plan: PastePlan) -> Record:
    whole = document(projects=0).with_record(FILE, record)
    changed, inverses = apply_all(whole, plan.edits)
    assert apply_all(changed, inverses)[0] == whole
    return changed.record(FILE)


def pasted(
    block: Sequence[Sequence[str]], record: Record | None = None, at: tuple[int, int] = (0, 2), *,
    matched: bool = True, group: str = "indicators",
) -> tuple[PastePlan, Record]:  # fmt: skip
    record = bare(project(goals=[], indicators=[]) if record is None else record)
    of = FORM.project.group(group)
    assert of is not None
    targets = [RowTarget(row_id=row.id) for row in record.rows(group)]
    if group == "indicators":
        present = {row.text("class") for row in record.rows(group)}
        targets += [
            RowTarget(row_id=f"+{name}", values={"category": category, "class": name})
            for category, name in FORM.project.taxonomy.skeleton
            if name not in present
        ]
    whole = document(projects=0).with_record(FILE, record)
    plan = plan_indicators(whole, FORM, FILE, block, LABELS, "元") if matched else None
    plan = plan or plan_rows(FORM, FILE, record, of, targets, at, block, "元", blanks=not matched)
    return plan, after(record, plan)


def row(class_name: str, name: str = "", value: str = "") -> dict[Role, str]:
    found = {Role.LEVEL1: FORM.project.taxonomy.category_of(class_name), Role.LEVEL2: class_name}
    return found | {role: text for role, text in ((Role.NAME, name), (Role.VALUE, value)) if text}


# ---- indicators


@pytest.mark.parametrize("at", [(0, 2), (3, 5), (8, 0)])
def test_a_whole_table_goes_by_its_header_wherever_the_cursor_stands(at: tuple[int, int]) -> None:
    plan, record = pasted(WHOLE, at=at)
    assert rows(record) == [
        ("产出指标", "数量指标", "支付人数", "全年人数", "18人", "计划标准"),
        ("产出指标", "数量指标", "培训场次", "全年场次", "4次", "计划标准"),
        ("产出指标", "质量指标", "准确率", "准确人数占比", "≥98%", "历史标准"),
        ("效益指标", "社会效益指标", "办结率", "办结数占比", "≥95%", "历史标准"),
    ]
    assert (plan.has_header, plan.new_rows, plan.filled, plan.outside, plan.refused) == (True, 4, 3, (), ())


def test_columns_may_stand_in_another_order_under_other_counties_words() -> None:
    block = (
        ("序号", "指标名称", "目标值", "二级指标"),
        ("1", "支付人数", "18人", "数量"),
        ("2", "准确率", "≥98%", "质量"),
    )
    plan, record = pasted(block)
    assert [one[1:3] + one[4:5] for one in rows(record)] == [
        ("数量指标", "支付人数", "18人"),
        ("质量指标", "准确率", "≥98%"),
    ]
    assert plan.outside == ()


def test_classes_tell_the_columns_where_there_is_no_header() -> None:
    _plan, record = pasted([list(line) for line in WHOLE[1:]], at=(4, 5))
    assert [one[1] for one in rows(record)] == ["数量指标", "数量指标", "质量指标", "社会效益指标"]
    assert rows(record)[2][2:] == ("准确率", "准确人数占比", "≥98%", "历史标准")
    _plan, record = pasted((("质量指标", "准确率", "占比", "≥98%"),), at=(0, 0))
    assert rows(record) == [("产出指标", "质量指标", "准确率", "占比", "≥98%", "")]


def test_values_right_behind_the_names_are_no_descriptions() -> None:
    block = (
        ("产出指标", "数量指标", "甲", "18人", "计划"),
        ("", "质量指标", "乙", "≥98%", "计划"),
        ("", "时效指标", "丙", "", ""),
    )
    _plan, record = pasted(block)
    assert [one[2:] for one in rows(record)] == [
        ("甲", "", "18人", "计划"),
        ("乙", "", "≥98%", "计划"),
        ("丙", "", "", ""),
    ]
    described = (("数量指标", "甲", "2021年", "18人"), ("质量指标", "乙", "95%", "≥98%"))
    _plan, record = pasted(described)
    assert [one[2:5] for one in rows(record)] == [("甲", "2021年", "18人"), ("乙", "95%", "≥98%")]


def test_a_row_of_the_same_name_is_changed_and_nothing_else_is_overwritten() -> None:
    own = project(
        indicators=[row("数量指标", "支付人数", "1人"), row("数量指标", "自己的", "2人"), row("质量指标")], goals=[]
    )
    plan, record = pasted(WHOLE, own)
    assert [(one[1], one[2], one[4]) for one in rows(record)] == [
        ("数量指标", "支付人数", "18人"),
        ("数量指标", "自己的", "2人"),
        ("数量指标", "培训场次", "4次"),
        ("质量指标", "准确率", "≥98%"),
        ("社会效益指标", "办结率", "≥95%"),
    ]
    assert plan.new_rows == 2
    assert [cell.old for cell in plan.cells if cell.label == "指标值" and cell.old] == ["1人"]


def test_pasting_the_same_table_twice_changes_nothing() -> None:
    _plan, record = pasted(WHOLE)
    plan, again = pasted(WHOLE, record)
    assert (plan.edits, plan.cells, again) == ((), (), record)


def test_without_words_the_cells_fall_from_the_cursor_on_and_rows_are_added() -> None:
    own = project(indicators=[row("数量指标", "甲", "1人")], goals=[])
    block = (("乙", "描述", "2人"), ("丙", "", "≥9%"))
    plan, record = pasted(block, own, at=(0, 2))
    assert [one[1:5] for one in rows(record)] == [("数量指标", "乙", "描述", "2人"), ("质量指标", "丙", "", "≥9%")]
    assert plan.new_rows == 1
    many = tuple((f"指标{number}",) for number in range(12))
    plan, record = pasted(many, own, at=(0, 2))
    assert [one[2] for one in rows(record)] == [f"指标{number}" for number in range(12)]
    assert plan.new_rows == 11


def test_rows_without_classes_go_to_those_of_their_names_and_new_ones_get_no_class() -> None:
    own = project(indicators=[row("数量指标", "自己的", "2人"), row("质量指标")], goals=[])
    block = (("指标值", "三级指标"), ("1人", "甲"), ("3人", "自己的"))
    plan, record = pasted(block, own, at=(0, 5))
    assert [(one[1], one[2], one[4]) for one in rows(record)] == [
        ("数量指标", "自己的", "3人"), ("质量指标", "", ""), ("", "甲", "1人"),
    ]  # fmt: skip
    assert (plan.has_header, plan.new_rows) == (True, 1)


def test_blank_cells_leave_what_is_there_but_a_block_copied_inside_blanks_it() -> None:
    own = project(indicators=[row("数量指标", "甲", "1人")], goals=[])
    _plan, record = pasted((("", "", "2人"),), own, at=(0, 2))
    assert rows(record)[0][2:5] == ("甲", "", "2人")
    _plan, record = pasted((("", "", "2人"),), own, at=(0, 2), matched=False)
    assert rows(record)[0][2:5] == ("", "", "2人")


def test_a_block_copied_inside_goes_where_the_cursor_stands_whatever_it_says() -> None:
    own = project(indicators=[row("数量指标", "甲"), row("质量指标", "乙")], goals=[])
    _plan, record = pasted((("产出指标", "数量指标", "丙"),), own, at=(1, 0), matched=False)
    assert [one[1:3] for one in rows(record)] == [("数量指标", "甲"), ("数量指标", "丙")]


def test_sign_and_unit_columns_join_the_value() -> None:
    block = (
        ("二级指标", "三级指标", "符号", "指标值", "计量单位"),
        ("质量指标", "准确率", "≥", "98", "%"),
        ("数量指标", "场次", "", "4次", "次"),
    )
    _plan, record = pasted(block)
    assert [(one[2], one[4]) for one in rows(record)] == [("场次", "4次"), ("准确率", "≥98%")]


def test_what_is_refused_is_told_and_the_rest_is_taken() -> None:
    block = (("二级指标", "三级指标", "指标值"), ("数量指标", "长" * 61, "18人"))
    plan, record = pasted(block)
    assert rows(record) == [("产出指标", "数量指标", "", "", "18人", "")]
    assert [(cell.label, cell.text) for cell in plan.refused] == [("三级指标", "长" * 61)]
    assert "60" in plan.refused[0].refusal
    assert plan.left_over == ("长" * 61,)


def test_a_column_that_the_form_lacks_is_told_as_having_no_place() -> None:
    block = (("序号", "二级指标", "三级指标", "备注"), ("1", "数量指标", "甲", "说明一"))
    plan, _record = pasted(block)
    assert plan.outside == ("说明一",)


def test_the_samples_of_excel_and_wps() -> None:
    block = parse_block((SAMPLES / "excel.tsv").read_bytes().decode())
    plan, record = pasted(block)
    assert [one[:5] for one in rows(record)] == [
        ("产出指标", "数量指标", "支付工资人数", "18人", ""),
        ("产出指标", "质量指标", "发放准确率（按月）", "≥98%", ""),
        ("产出指标", "时效指标", '按"月"发放', "", ""),
        ("产出指标", "时效指标", "a b", '他说："好" 就办', ""),
    ]
    assert plan.outside == ()


def test_a_repeated_header_and_blank_rows_are_passed_over() -> None:
    plan, record = pasted((HEADER, WHOLE[1], ("", "", "", "", "", ""), HEADER, WHOLE[3]))
    assert [one[1] for one in rows(record)] == ["数量指标", "质量指标"]
    assert plan.outside == ()


# ---- goals


def test_lines_become_goals_without_their_numbers() -> None:
    own = project(goals=["原来的"], indicators=[])
    plan, record = pasted((("1. 甲",), ("2、乙",), ("3.丙",)), own, at=(0, 0), group="goals")
    assert [one.text("text") for one in record.rows("goals")] == ["甲", "乙", "丙"]
    assert plan.new_rows == 2


# ---- sheets with a project a row


DOCUMENT = document(projects=3)
FILES = list(DOCUMENT.projects)
PATHS = (("budget", "total"), ("budget", "fiscal"), ("budget", "other"), ("budget", "purpose"))


def projects(block: Sequence[Sequence[str]], at: tuple[int, int] = (0, 0), **how: bool) -> tuple[PastePlan, Document]:
    plan = plan_projects(DOCUMENT, FORM, FILES, PATHS, at, block, LABELS, "元", **how)
    changed, inverses = apply_all(DOCUMENT, plan.edits)
    assert apply_all(changed, inverses)[0] == DOCUMENT
    return plan, changed


def test_rows_go_to_the_projects_of_their_names_and_codes_and_new_names_are_new_projects() -> None:
    names = [DOCUMENT.record(file).text(("name",)) for file in FILES]
    code = DOCUMENT.record(FILES[2]).text(("code",))
    block = (
        ("序号", "项目编码", "项目名称", "财政资金", "预算数", "说明"),
        ("1", "", names[1], "5", "5", ""),
        ("2", code, "换了名", "7", "7", "留着"),
        ("3", "", "新的项目", "9", "九元", ""),
        ("", "", "合计", "21", "21", ""),
    )
    plan, changed = projects(block, at=(2, 3))
    assert changed.record(FILES[0]) == DOCUMENT.record(FILES[0])
    assert changed.record(FILES[1]).text(("budget", "fiscal")) == "5.00"
    assert changed.record(FILES[2]).text(("name",)) == "换了名"
    (new,) = set(changed.projects) - set(DOCUMENT.projects)
    assert changed.record(new).text(("name",)) == "新的项目"
    assert changed.record(new).text(("budget", "fiscal")) == "9.00"
    assert (plan.new_projects, plan.outside, [cell.text for cell in plan.refused]) == (1, ("留着",), ["九元"])
    assert (plan.unused, plan.around) == (("说明",), ("合计 | 21 | 21",))


def test_numbers_in_columns_without_a_field_are_told_of() -> None:
    name = DOCUMENT.record(FILES[0]).text(("name",))
    plan, _changed = projects((("序号", "项目名称", "财政资金", "执行数"), ("1", name, "5", "35")))
    assert (plan.outside, plan.unused) == (("35",), ("执行数",))


def test_numbers_beyond_the_last_column_are_told_of() -> None:
    assert projects((("1", "2", "用途", "95"),), at=(0, 1))[0].outside == ("95",)
    assert pasted((("产出指标", "数量指标", "甲", "乙", "1", "丙", "10"),), at=(0, 0))[0].outside == ("10",)
    assert nothing_found((("95",),)).outside == ("95",)


def test_a_header_of_amounts_goes_down_from_the_cursors_row() -> None:
    plan, changed = projects((("其他资金", "财政资金"), ("1", "2"), ("3", "4"), ("5", "6")), at=(1, 0))
    assert changed.record(FILES[1]).tables["budget"]["fiscal"] == "2.00"
    assert changed.record(FILES[2]).tables["budget"]["other"] == "3.00"
    assert plan.outside == ("5", "6")


def test_amounts_fall_from_the_cursor_on() -> None:
    plan, changed = projects((("1", "2", "用途很长", "多的"), ("", "一百元整")), at=(1, 1))
    assert changed.record(FILES[1]).tables["budget"] == {
        "total": "1202000.00", "fiscal": "1.00", "other": "2.00", "purpose": "用途很长",
    }  # fmt: skip
    assert plan.left_over == ("一百元整", "多的")
    assert changed.record(FILES[2]).tables["budget"]["fiscal"] == "1203000.00"


# ---- single cells


def test_texts_of_one_row_that_is_not_stored_make_one_row() -> None:
    whole = document(projects=0).with_record(FILE, project(indicators=[]))
    levels = {"category": "产出指标", "class": "质量指标"}
    texts = [
        CellText(place=Location(file=FILE, path=("indicators", "+质量指标", key)), text=text, values=levels)
        for key, text in (("name", "甲"), ("basis", "乙"))
    ]
    changed = apply_all(whole, plan_cells(whole, FORM, texts, "元").edits)[0]
    assert rows(changed.record(FILE)) == [("产出指标", "质量指标", "甲", "", "", "乙")]


def test_blank_texts_make_no_row() -> None:
    whole = document(projects=0).with_record(FILE, project(indicators=[]))
    place = Location(file=FILE, path=("indicators", "+质量指标", "name"))
    assert plan_cells(whole, FORM, [CellText(place=place, text="")], "元").edits == ()


def test_the_department_takes_texts_as_well() -> None:
    whole = document(projects=0)
    place = Location(file=DEPARTMENT, path=("overall_goal",))
    changed = apply_all(whole, plan_cells(whole, FORM, [CellText(place=place, text="甲\n乙")], "元").edits)[0]
    assert changed.department.text(("overall_goal",)) == "甲\n乙"
    assert FORM.department.group_of(GroupRole.DUTIES) is not None
