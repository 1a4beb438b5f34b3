"""Blocks that bring their labels along are read as files are, and go where their labels say."""

from collections.abc import Sequence

import pytest

from perftui.editing.edits import apply_all
from perftui.editing.paste import PastePlan
from perftui.exchange.tabular import parse_block
from perftui.forms import Form, load_form
from perftui.model.document import DEPARTMENT, Document, project_file
from perftui.model.record import Record
from perftui.session.pasted_text import plan_duties, plan_indicators, plan_read
from perftui.tui.state.paste_labels import form_labels
from perftui.viewmodel.paste_preview import preview_lines
from tests import factories
from tests.unit.editing.test_paste import WHOLE

FORM, MOF = load_form("hebei-2021"), load_form("mof-2021")
DUTIES = FORM.department.group("duties")
assert DUTIES is not None
FILE = project_file("here")
PRINTED = (
    ("613001路南街道办事处部门本级", "", "", "单位：元"),
    ("项目编码", "130303216F9HQOHBT7GG4", "项目名称", "街道工作专项补助"),
    ("预算规模及资金用途", "预算数", "1973600.00", "其中：财政    资金", "1973600.00", "其他资金", " 0"),
    ("", "保障本单位18名街道工作者按时拨付"),
    ("资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"),
    ("", "25%", "50%", "75%", "100%"),
    ("绩效目标", "1. 按时拨付\n2. 足额拨付"),
    *WHOLE,
)
Block = Sequence[Sequence[str]]


def blank(form: Form) -> Document:
    record = Record(head={"schema": 1}, tables={table: {} for table in form.project.tables})
    return factories.document(form.id, projects=0).with_record(FILE, record)


def read(
    block: Block, form: Form = FORM, unit: str = "元", document: Document | None = None
) -> tuple[PastePlan, Document]:
    document = document or blank(form)
    plan = plan_read(document, form, FILE, block, form_labels(form.id), unit)
    assert plan is not None
    changed, inverses = apply_all(document, plan.edits)
    assert apply_all(changed, inverses)[0] == document
    return plan, changed


def test_a_printed_project_is_pasted_whole() -> None:
    plan, changed = read(PRINTED)
    record = changed.record(FILE)
    assert record.head == {"schema": 1, "code": "130303216F9HQOHBT7GG4", "name": "街道工作专项补助"}
    assert record.tables["budget"] == {
        "total": "1973600.00", "fiscal": "1973600.00", "other": "0.00", "purpose": "保障本单位18名街道工作者按时拨付",
    }  # fmt: skip
    assert record.tables["plan"] == {"m03": "25", "m06": "50", "m10": "75", "m12": "100"}
    assert [one.text("text") for one in record.rows("goals")] == ["按时拨付", "足额拨付"]
    assert [one.text("name") for one in record.rows("indicators")] == ["支付人数", "培训场次", "准确率", "办结率"]
    assert plan.refused == ()


def test_cells_merged_across_leave_their_blanks_where_a_sheet_copies_them() -> None:
    block = (
        ("项目名称", "甲", "", "", "预算数", "", "12"),
        ("资金支出计划（%）", "3月底", "", "6月底", "10月底", "", "12月底"),
        ("", "25%", "", "50%", "75%", "", "100%"),
    )
    record = read(block)[1].record(FILE)
    assert record.tables["plan"] == {"m03": "25", "m06": "50", "m10": "75", "m12": "100"}
    assert record.text(("budget", "total")) == "12.00"


def test_a_blank_value_is_not_taken_from_the_cell_beside_it() -> None:
    block = (
        ("项目名称", "甲", "", "", ""),
        ("资金支出计划（%）", "3月底", "6月底", "10月底", "12月底"),
        ("", "25%", "", "75%", ""),
    )
    assert read(block)[1].record(FILE).tables["plan"] == {"m03": "25", "m10": "75"}


def test_labels_with_their_values_in_two_columns_and_every_text_is_told() -> None:
    block = (("项目名称", "甲"), ("财政资金", "12万"), ("其他资金", "不知道"), ("没有的栏", "文字"))
    plan, changed = read(block)
    record = changed.record(FILE)
    assert (record.text(("name",)), record.text(("budget", "fiscal"))) == ("甲", "120000.00")
    assert record.text(("budget", "note")) == "其他资金：不知道"
    assert plan.left_over == ("没有的栏 | 文字",)
    assert [line for line in preview_lines(plan) if line.startswith("请核对")] != []


@pytest.mark.parametrize("block", [(("甲", "乙"),), (("项目名称", "甲"),), ((),), ()])
def test_a_block_without_labels_is_read_another_way(block: Block) -> None:
    assert plan_read(blank(FORM), FORM, FILE, block, form_labels(FORM.id), "元") is None


def test_a_form_with_one_goals_text_takes_all_lines_in_it_and_amounts_are_in_the_screens_unit() -> None:
    block = (("项目名称", "甲"), ("年度绩效目标", "1. 一\n2. 二"), ("年度资金总额", "12.5"))
    record = read(block, MOF, "万元")[1].record(FILE)
    assert [one.text("text") for one in record.rows("goals")] == ["1. 一\n2. 二"]
    assert record.text(("funds", "total")) == "125000.00"


def test_several_tables_are_several_projects() -> None:
    second = [tuple(text.replace("专项补助", "培训").replace("7GG4", "7GG5") for text in row) for row in PRINTED]
    plan, changed = read([*PRINTED, (), *second])
    assert plan.new_projects == 1
    names = [record.text(("name",)) for record in changed.projects.values()]
    assert sorted(names) == ["街道工作专项补助", "街道工作培训"]
    known = changed.record(next(file for file in changed.projects if file != FILE)).with_value(
        ("budget", "total"), "1.00"
    )
    document = blank(FORM).with_record("projects/other.toml", known)
    again = read([*PRINTED, (), *second], document=document)[1]
    assert (len(again.projects), again.record("projects/other.toml").text(("budget", "total"))) == (2, "1973600.00")


LINES = (
    "1、社会治理\n主要职责是维护辖区稳定。\n职责目标是1、每月排查；2、及时化解。\n绩效目标是矛盾化解及时。\n"
    "绩效指标是化解率达到95%。\n绩效标准：化解率95%以上为优。"
)
TEXTS = [
    "社会治理",
    "维护辖区稳定。",
    "1、每月排查；2、及时化解。",
    "矛盾化解及时。",
    "化解率达到95%。",
    "化解率95%以上为优。",
]


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        LINES.removeprefix("1、"),
        "职责名称\t社会治理\n主要职责\t维护辖区稳定。\n职责目标\t1、每月排查；2、及时化解。\n绩效目标\t矛盾化解及时。\n"
        "绩效指标\t化解率达到95%。\n绩效标准\t化解率95%以上为优。",
    ],
)
def test_the_lines_of_a_duty_are_one_duty(text: str) -> None:
    document = factories.document(projects=0)
    first = document.department.rows("duties")[0]
    plan = plan_duties(document, FORM, parse_block(text), DUTIES, first.id)
    assert plan is not None
    after = apply_all(document, plan.edits)[0].record(DEPARTMENT).rows("duties")
    assert [after[-1].text(column.key) for column in DUTIES.columns] == TEXTS
    assert (len(after), after[0], plan.left_over) == (len(document.department.rows("duties")) + 1, first, ())


def test_the_texts_of_a_duty_without_its_name_go_to_the_row_under_the_cursor() -> None:
    document = factories.document(projects=0)
    first = document.department.rows("duties")[0]
    plan = plan_duties(document, FORM, parse_block(LINES.partition("\n")[2]), DUTIES, first.id)
    assert plan is not None
    after = apply_all(document, plan.edits)[0].record(DEPARTMENT).rows("duties")
    assert [after[0].text(column.key) for column in DUTIES.columns] == [first.text("name"), *TEXTS[1:]]
    assert len(after) == len(document.department.rows("duties"))


def test_plain_lines_are_no_duty() -> None:
    assert plan_duties(factories.document(projects=0), FORM, parse_block("甲\n乙"), DUTIES, "x") is None


def test_rows_of_indicators_alone_are_read_as_a_file_would_be() -> None:
    """Signs under another title, two rows of titles, the year's own value, a foot that is no indicator."""
    block = [
        ["2021年绩效指标", "", "", "", "", "", ""],
        ["序号", "一级指标", "二级指标", "三级指标", "指标性质", "指标值", "完成值"],
        ["1", "产出指标", "数量指标", "指标1：路灯（盏）", "≥", "20", "21"],
        ["2", "", "", "井盖", "=", "30套", ""],
        ["", "合计", "", "", "", "", "100"],
        ["注：以上由业务科提供", "", "", "", "", "", ""],
    ]
    whole = blank(FORM)
    plan = plan_indicators(whole, FORM, FILE, block, form_labels(FORM.id), "元")
    assert plan is not None
    after = apply_all(whole, plan.edits)[0].record(FILE)
    assert [(row.text("class"), row.text("name"), row.text("value")) for row in after.rows("indicators")] == [
        ("数量指标", "路灯（盏）", "≥20盏"), ("数量指标", "井盖", "=30套"),
    ]  # fmt: skip
    assert {"21", "合计", "100", "注：以上由业务科提供"} <= set(plan.outside)
    assert "完成值" in plan.unused


def test_rows_without_a_class_are_marked() -> None:
    plan = plan_indicators(
        blank(FORM), FORM, FILE, [["三级指标", "指标值"], ["里程", "≥3公里"]], form_labels(FORM.id), "元"
    )
    assert plan is not None
    assert plan.doubts == ("1 行没有写“二级指标”，留空，请补上",)


def test_rows_told_by_their_classes_are_read_behind_another_table() -> None:
    block = [["甲", "乙"], [], ["", "数量指标", "路灯", "新装路灯", "20盏", "工作计划"]]
    whole = blank(FORM)
    plan = plan_indicators(whole, FORM, FILE, block, form_labels(FORM.id), "元")
    assert plan is not None
    [row] = apply_all(whole, plan.edits)[0].record(FILE).rows("indicators")
    assert (row.text("class"), row.text("name"), row.text("value")) == ("数量指标", "路灯", "20盏")
    assert {"甲", "乙"} <= set(plan.outside)


@pytest.mark.parametrize("title", ["指标内容", "三级指标", "三级指标名称", "指标名称", "具体指标"])
def test_a_form_that_calls_its_names_otherwise_knows_what_others_call_them(title: str) -> None:
    block = (("一级指标", "二级指标", title, "目标值"), ("产出指标", "数量指标", "培训人次", "≥60人次"))
    form = load_form("jiaxian-2016")
    plan = plan_indicators(blank(form), form, FILE, block, form_labels(form.id), "元")
    assert plan is not None
    (row,) = apply_all(blank(form), plan.edits)[0].record(FILE).rows("indicators")
    assert (row.text("class"), row.text("name"), row.text("value")) == ("数量指标", "培训人次", "≥60人次")


def test_words_in_a_column_of_weights_are_told() -> None:
    block = (("一级指标", "二级指标", "权重", "年度指标值"), ("产出指标", "数量指标", "服务老人人次", "≥15000人次"))
    plan = plan_indicators(blank(MOF), MOF, FILE, block, form_labels(MOF.id), "元")
    assert plan is not None
    assert any("服务老人人次" in text for text in plan.outside)


def test_the_sentence_that_amounts_are_taken_from_is_told_for_checking() -> None:
    block = (
        ("项目名称：村落保护",),
        ("实施单位：文保所",),
        ("项目资金：总预算240万元，其中财政拨款200万元。",),
        ("五、绩效目标：",),
        ("（1）修缮古建筑18幢。",),
        ("项目名称",),
        ("计量单位",),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "修缮古建筑", "18幢"),
    )
    plan, changed = read(block, MOF, "万元")
    assert changed.record(FILE).text(("funds", "total")) == "2400000.00"
    assert any("总预算240万元，其中财政拨款200万元" in doubt for doubt in plan.doubts)


def test_numbers_taken_off_names_are_told_once() -> None:
    block = (
        ("项目名称", "培训", "", ""),
        ("主管部门", "农业局", "", ""),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "指标1：培训人数", "300人"),
        ("产出指标", "质量指标", "指标1：结业率", "95%"),
    )
    plan, _changed = read(block, MOF, "万元")
    assert [doubt for doubt in plan.doubts if "指标1：" in doubt] == ["去掉指标前的编号“指标1：”"]


def test_what_a_whole_form_has_besides_its_fields_is_told_and_kept() -> None:
    block = (
        ("2022年度项目支出绩效目标表",),
        ("项目名称", "道路养护", "", "", ""),
        ("主管部门", "交通局", "", "", ""),
        ("一级指标", "二级指标", "三级指标", "指标值", "完成值"),
        ("产出指标", "数量指标", "养护里程", "≥120公里", "126"),
    )
    plan, changed = read(block, MOF, "万元")
    assert [one.text("value") for one in changed.record(FILE).rows("indicators")] == ["≥120公里"]
    assert "126" in plan.outside
    assert plan.unused == ("完成值",)
    assert "2022年度项目支出绩效目标表" in plan.around
    lines = preview_lines(plan)
    assert "× 没有用到的列：完成值" in lines
    assert "不填入：2022年度项目支出绩效目标表" in lines
    assert not any("备注留在行上" in line for line in lines)


def test_all_projects_of_a_list_have_the_unit_that_stands_in_it() -> None:
    block = (
        ("金额单位：元", "", "", "", ""),
        ("项目名称", "预算数", "年度目标", "三级指标", "指标值"),
        ("甲", "33,000.00", "做好甲", "甲的个数", "5个"),
        ("乙", "66,000.00", "做好乙", "乙的个数", "6个"),
    )
    _plan, changed = read(block, MOF, "万元")
    totals = {one.text(("name",)): one.text(("funds", "total")) for one in changed.projects.values()}
    assert totals == {"甲": "33000.00", "乙": "66000.00"}
