"""Forms of other counties, as they come: other labels, columns, units, merges; what is understood and what is said."""

import pytest

from perftui.exchange.importer.imported import Confidence, ImportRefused, ImportResult
from perftui.exchange.importer.vocabulary import vocabulary
from perftui.forms import load_form
from perftui.model.record import Record
from tests.documents import import_document
from tests.unit.exchange.read_samples import cell, docx, para, project, row, table

HEBEI, MOF = load_form("hebei-2021"), load_form("mof-2021")


def only(imported: ImportResult) -> Record:
    [record] = imported.document.projects.values()
    return record


def texts(record: Record, group: str) -> list[dict[str, str]]:
    return [{key: value for key, value in row.values.items() if key != "order"} for row in record.rows(group)]


def said(imported: ImportResult, confidence: Confidence) -> list[str]:
    return [note.message for note in imported.notes if note.confidence is confidence]


MINISTRY = table(
    row(cell("项目支出绩效目标申报表（2022年度）", span=6)),
    row(cell("项 目 名 称", span=2), cell("城区道路养护", span=4)),
    row(cell("主管部门（单位）", span=2), cell("市政局 318", span=2), "项目实施单位", "养护中心"),
    row(cell("项目资金\n（万元）", merge="restart"), cell("年度资金总额：", span=3), cell("1,234.56", span=2)),
    row(cell("", merge="continue"), cell("其中：财政拨款", span=3), cell("1,200", span=2)),
    row(cell("", merge="continue"), cell("其他资金", span=3), cell("34.56", span=2)),
    row("年度总体目标", cell("全年养护道路120公里。", "完成率100%。", span=5)),
    row(cell("绩效指标", merge="restart"), "一级指标", "二级指标", "三级指标", "指标值", "权重（分）"),
    row(
        cell("", merge="continue"), cell("产出指标", merge="restart"), cell("数量指标", merge="restart"),
        "养护里程", "≥120公里", "10",
    ),
    row(
        cell("", merge="continue"), cell("", merge="continue"), cell("", merge="continue"), "修补坑槽", "≥500处", "10"
    ),
    row(cell("", merge="continue"), cell("", merge="continue"), "质量", "", "100%", "20"),
    row(cell("", merge="continue"), "满意度指标", "服务对象\n满意度指标", "市民满意度", "≥90%", "10"),
)  # fmt: skip


def test_the_ministrys_form_in_one_table() -> None:
    imported = import_document(docx(MINISTRY))
    record = only(imported)
    assert imported.document.form == "mof-2021"
    assert imported.document.year == 2022
    assert record.head == {
        "schema": 1, "name": "城区道路养护", "supervisor": "市政局 318", "implementer": "养护中心", "order": 1000,
    }  # fmt: skip
    assert record.tables["funds"] == {"total": "12345600.00", "appropriation": "12000000.00", "other": "345600.00"}
    assert texts(record, "goals") == [{"text": "全年养护道路120公里。\n完成率100%。"}]
    assert texts(record, "indicators") == [
        {"category": "产出指标", "class": "数量指标", "name": "养护里程", "value": "≥120公里", "weight": "10"},
        {"category": "产出指标", "class": "数量指标", "name": "修补坑槽", "value": "≥500处", "weight": "10"},
        {"category": "产出指标", "class": "质量指标", "value": "100%", "weight": "20"},
        {
            "category": "满意度指标",
            "class": "服务对象满意度指标",
            "name": "市民满意度",
            "value": "≥90%",
            "weight": "10",
        },
    ]
    assert any("1,234.56 万元换算成 12345600.00 元" in message for message in said(imported, Confidence.LIKELY))


def test_a_given_form_wins_over_the_labels() -> None:
    imported = import_document(docx(MINISTRY), form="hebei-2021")
    record = only(imported)
    assert imported.document.form == "hebei-2021"
    assert record.tables["budget"] == {"total": "12345600.00", "fiscal": "12000000.00", "other": "345600.00"}
    assert texts(record, "goals") == [{"text": "全年养护道路120公里。"}, {"text": "完成率100%。"}]
    rows = record.rows("indicators")
    assert record.comments["indicators", rows[0].id].before == ("# 权重（分）：10",)
    assert any("权重（分）" in message for message in said(imported, Confidence.UNSURE))


COUNTY = (
    para("县农业局2022年部门预算绩效文本")
    + para("单位：万元")
    + table(
        row("项目编号", "", "项目名称：", "农技推广"),
        row("预算总额", "财政    资金", "其它资金"),
        row("12.5", "12", "0.5"),
        row("资金用途", cell("培训农户", span=2)),
        row("3月底", "20%", "6月底", "50%"),
        row("10月底", "80%", "12月底", "100%"),
        row("总体目标", cell("（1）培训农户200人", "（2）推广良种3个", span=2)),
        row("项目负责人", "张三", "联系电话", "12345"),
    )
    + table(
        row("二级指标", "一级指标", "指标名称", "计量单位", "符号", "年度指标值", "责任人"),
        row("数量指标", "产出指标", "培训人次", "人次", "≥", "200", "李四"),
        row("时效指标", "", "完成时间", "", "", "12月底前", ""),
        row("", "", "", "", "", "", ""),
        row("社会效益", "效益指标", "", "%", "=", "90", ""),
    )
)


def test_a_county_with_its_own_labels_columns_and_unit() -> None:
    imported = import_document(docx(COUNTY), form="hebei-2021")
    record = only(imported)
    assert imported.document.year == 2022
    assert record.head == {"schema": 1, "name": "农技推广", "order": 1000}
    assert next(iter(imported.document.projects)).startswith("projects/new-")
    assert record.tables["budget"] == {
        "total": "125000.00", "fiscal": "120000.00", "other": "5000.00", "purpose": "培训农户",
    }  # fmt: skip
    assert record.tables["plan"] == {"m03": "20", "m06": "50", "m10": "80", "m12": "100"}
    assert texts(record, "goals") == [{"text": "培训农户200人"}, {"text": "推广良种3个"}]
    assert texts(record, "indicators") == [
        {"category": "产出指标", "class": "数量指标", "name": "培训人次", "value": "≥200人次"},
        {"category": "产出指标", "class": "时效指标", "name": "完成时间", "value": "12月底前"},
        {"category": "效益指标", "class": "社会效益指标", "value": "=90%"},
    ]
    first = record.rows("indicators")[0]
    assert record.comments["indicators", first.id].before == ("# 责任人：李四",)
    assert imported.document.department.head["amount_unit"] == "万元"
    left = said(imported, Confidence.LEFT)
    assert any("项目负责人" in message for message in left)
    assert any("12345" in message for message in left)


def test_a_table_over_two_pages_with_and_without_its_header() -> None:
    header = row("一级指标", "二级指标", "三级指标", "指标值")
    head = table(row("项目编码", "130303210000000000001", "项目名称", "甲"))
    pages = (
        table(header, row("产出指标", "数量指标", "一", "1个"))
        + para("")
        + table(header, row("产出指标", "质量指标", "二", "2个"))
        + table(row("效益指标", "社会效益指标", "三", "3个"))
    )
    record = only(import_document(docx(head + pages), form="hebei-2021"))
    assert [row["name"] for row in texts(record, "indicators")] == ["一", "二", "三"]


def test_indicators_nested_in_a_cell_and_several_tables_for_the_head() -> None:
    inner = table(row("一级指标", "二级指标", "三级指标", "指标值"), row("产出指标", "数量指标", "一", "1个"))
    body = (
        para("3、甲项目绩效目标表")
        + table(row("项目编码", "130303210000000000001", "项目名称", "甲"))
        + para("单位：元")
        + table(
            row("预算数", "100", "其中：财政资金", "100"), row("绩效目标", "一个目标"), row("绩效指标", cell(inner))
        )
    )
    imported = import_document(docx(body), form="hebei-2021")
    record = only(imported)
    assert "title" not in record.head
    assert record.tables["budget"] == {"total": "100.00", "fiscal": "100.00"}
    assert texts(record, "indicators") == [{"category": "产出指标", "class": "数量指标", "name": "一", "value": "1个"}]
    assert imported.counts.taken == {"嵌套表格": 1}


def test_text_around_the_tables_goes_to_the_department() -> None:
    body = (
        para("一、部门总体绩效目标")
        + para("保障全县粮食安全。")
        + para("二、职责分类绩效目标")
        + para("1．农业技术推广")
        + para("主要职责：推广新技术。")
        + para("做好培训。")
        + para("绩效指标：培训率")
        + para("(2) 农产品检测")
        + para("职责目标为：检测全覆盖。")
        + project()
        + para("三、工作保障措施")
        + para("一是加强领导")
        + para("成立领导小组，定期开会研究，解决推广中的困难和问题，保证任务按期完成。")
    )
    department = import_document(docx(body)).document.department
    assert department.head["overall_goal"] == "保障全县粮食安全。"
    assert texts(department, "duties") == [
        {"name": "农业技术推广", "responsibility": "推广新技术。\n做好培训。", "indicator": "培训率"},
        {"name": "农产品检测", "duty_goal": "检测全覆盖。"},
    ]
    assert texts(department, "safeguards") == [
        {"title": "一是加强领导", "text": "成立领导小组，定期开会研究，解决推广中的困难和问题，保证任务按期完成。"}
    ]


def test_titles_as_counties_write_them() -> None:
    for heading, title in (
        ("1、甲绩效目标表", None),
        ("（一）甲项目绩效目标申报表", None),
        ("2022年度项目支出绩效目标表", None),
        ("甲", None),
        ("5、甲及续聘绩效目标表", "甲及续聘绩效目标表"),
    ):
        record = only(import_document(docx(para(heading) + project())))
        assert record.head.get("title") == title, heading


def test_a_name_that_only_the_heading_says() -> None:
    body = para("二、车辆购置绩效目标表") + table(row("预算数", "10", "财政资金", "10"), row("绩效目标", "买车"))
    imported = import_document(docx(body), form="hebei-2021")
    assert only(imported).head["name"] == "车辆购置"
    assert "表里没有项目名称，取自标题" in said(imported, Confidence.LIKELY)


def test_words_in_an_amounts_cell_are_kept_as_a_note() -> None:
    body = table(row("项目名称", "甲", "项目编码", "x"), row("预算数", "约10万元", "财政资金", "/", "其他资金", "-5"))
    imported = import_document(docx(body), form="hebei-2021")
    budget = only(imported).tables["budget"]
    assert budget["note"].startswith("预算数：约10万元")
    assert "fiscal" not in budget
    assert any("当作空白" in message for message in said(imported, Confidence.LIKELY))


def test_units_stand_at_many_places() -> None:
    for body in (
        para("金额单位：万元") + table(row("项目名称", "甲"), row("预算数", "12.5")),
        table(row("项目名称", "甲"), row("预算数（万元）", "12.5")),
        table(row("项目名称", "甲"), row("预算数", "12.5万元")),
        table(row("单位：万元"), row("项目名称", "甲"), row("预算数", "12.5")),
    ):
        assert only(import_document(docx(body), form="hebei-2021")).tables["budget"]["total"] == "125000.00"


def test_several_projects_stay_apart() -> None:
    body = "".join(
        para(f"{number}、{name}绩效目标表") + project(name=name, code=f"13030321000000000000{number}")
        for number, name in enumerate("甲乙丙", 1)
    )
    imported = import_document(docx(body))
    assert [record.head["name"] for record in imported.document.projects.values()] == ["甲", "乙", "丙"]
    assert [record.head["order"] for record in imported.document.projects.values()] == [1000, 2000, 3000]


def test_two_projects_of_one_code_get_two_files() -> None:
    imported = import_document(docx(project(name="甲") + project(name="乙")))
    first, second = imported.document.projects
    assert first == "projects/130303210000000000001.toml"
    assert second.startswith("projects/new-")
    assert import_document(docx(project(name="甲") + project(name="乙"))).document == imported.document


def test_a_foreign_table_is_named() -> None:
    imported = import_document(docx(project() + para("附表") + table(row("姓名", "电话"), row("张三", "1"))))
    assert len(imported.document.projects) == 1
    assert "表格不是这种表样的，4 个有字的格子未读入" in said(imported, Confidence.LEFT)


def test_hidden_characters_do_not_come_in() -> None:
    record = only(import_document(docx(project(name="甲\u202e\u200b乙"))))
    assert record.head["name"] == "甲乙"


WITH_YEARS = table(
    row(cell("项目支出绩效目标表", span=6)),
    row("项目名称", cell("水源保护", span=5)),
    row("项目属性", cell("延续项目", span=2), "项目期", cell("3年", span=2)),
    row(cell("项目资金（万元）", merge="restart"), "中期资金总额：", "300", "年度资金总额：", cell("100", span=2)),
    row(cell("", merge="continue"), "其中：财政拨款", "270", "其中：财政拨款", cell("90", span=2)),
    row(cell("", merge="continue"), "其他资金", "30", "其他资金", cell("10", span=2)),
    row(
        cell("总体目标", merge="restart"), cell("中期目标（2021年—2023年）", span=2), cell("年度目标", span=3),
    ),
    row(cell("", merge="continue"), cell("三年内建成保护区", span=2), cell("今年完成围网10公里", span=3)),
    row("一级指标", "二级指标", "三级指标", "指标值", "三级指标", "指标值"),
    row("产出指标", "数量指标", "围网", "30公里", "年度围网", "10公里"),
)  # fmt: skip


def test_this_years_part_of_a_form_with_the_whole_projects_beside_it() -> None:
    imported = import_document(docx(WITH_YEARS))
    record = only(imported)
    assert imported.document.form == "mof-2021"
    assert record.tables["funds"] == {"total": "1000000.00", "appropriation": "900000.00", "other": "100000.00"}
    assert texts(record, "goals") == [{"text": "今年完成围网10公里"}]
    assert texts(record, "indicators") == [
        {"category": "产出指标", "class": "数量指标", "name": "年度围网", "value": "10公里"}
    ]
    left = " ".join(said(imported, Confidence.LEFT))
    for words in (
        "中期资金总额：300",
        "财政拨款：270",
        "其他资金：30",
        "三年内建成保护区",
        "项目属性：延续项目",
        "项目期：3年",
    ):
        assert words in left


def test_a_blank_code_does_not_take_what_stands_below() -> None:
    body = table(row("项目编码", "", "项目名称", "甲"), row("建设地点", "某地", "预算数", "5"))
    record = only(import_document(docx(body), form="hebei-2021"))
    assert record.head == {"schema": 1, "name": "甲", "order": 1000}


def test_a_plan_in_parts_of_one() -> None:
    plan = row("3月底", "0.25", "6月底", "0.5", "10月底", "0.8", "12月底", "1")
    record = only(import_document(docx(table(row("项目名称", "甲"), plan)), form="hebei-2021"))
    assert record.tables["plan"] == {"m03": "25", "m06": "50", "m10": "80", "m12": "100"}


@pytest.mark.parametrize(
    "title", ["上一年目标值", "历年目标值", "月度目标值", "序时目标值", "近三年目标值", "半年目标值"]
)
def test_what_another_time_aimed_at_is_no_value_of_this_year(title: str) -> None:
    grid = table(
        row("项目名称", cell("培训", span=4)),
        row("一级指标", "二级指标", "三级指标", "今年目标值", title),
        row("产出指标", "数量指标", "培训人次", "≥60人次", "≥50人次"),
    )
    record = only(import_document(docx(grid), form="mof-2021"))
    assert [one["value"] for one in texts(record, "indicators")] == ["≥60人次"]


def test_beside_a_third_level_the_contents_of_an_indicator_are_no_name() -> None:
    """Also for a form that calls its names 指标内容: of the two titles, 三级指标 is the name."""
    grid = table(
        row("项目名称", cell("培训", span=4)),
        row("一级指标", "二级指标", "三级指标", "指标内容", "指标值"),
        row("产出指标", "数量指标", "培训人次", "全年参加培训的人次", "≥60人次"),
    )
    record = only(import_document(docx(grid), form="jiaxian-2016"))
    assert [one["name"] for one in texts(record, "indicators")] == ["培训人次"]


def a_department() -> str:
    """A department's table of another place."""
    return table(
        row("部门（单位）名称", cell("桃花县财政局", span=4)),
        row("年度预算安排（万元）", "基本支出", cell("121", span=3)),
        row("", "项目支出", cell("62.5", span=3)),
        row("年度总体目标", cell("保障重点支出", span=4)),
        row("年度履职目标", "部门职能", "支出项目名称", cell("预算金额（万元）", span=2)),
        row("", "评审", "基本支出", cell("48", span=2)),
        row("一级指标", "二级指标", "三级指标", "指标值", "分值"),
        row("产出指标", "数量指标", "评审项目数", "≥60个", "20"),
    )


def a_project() -> str:
    return table(
        row("项目名称", cell("培训", span=2)), row("年度目标", cell("培训到位", span=2)),
        row("一级指标", "三级指标", "指标值"), row("产出指标", "人次", "≥60人次"),
    )  # fmt: skip


def test_the_words_of_a_form_are_gathered_once_also_where_it_has_no_projects() -> None:
    assert [vocabulary(name) is vocabulary(name) for name in ("mof-2021", "guangshui-2021")] == [True, True]


def test_a_table_of_a_project_is_refused_where_the_form_has_none() -> None:
    with pytest.raises(ImportRefused):
        import_document(docx(a_project()), form="guangshui-2021")


@pytest.mark.parametrize("behind", ["", para("附件二") + a_project()], ids=["alone", "a project behind it"])
def test_a_departments_table_of_another_place_is_read(behind: str) -> None:
    read = import_document(docx(para("（2023年度）") + a_department() + behind), form="guangshui-2021")
    department = read.document.department
    assert (read.document.year, read.document.projects) == (2023, {})
    assert department.text(("unit_name",)) == "桃花县财政局"
    assert department.tables["spending_year"] == {"basic": "1210000.00", "projects": "625000.00"}
    assert [one["text"] for one in texts(department, "goals")] == ["保障重点支出"]
    assert [one["name"] for one in texts(department, "indicators")] == ["评审项目数"]
    assert any("48" in one.message for one in read.notes)  # a task, and no sum of the department's


@pytest.mark.parametrize(
    ("goal", "result"), [("预期目标", "完成情况"), ("总体目标", "实际完成"), ("年初目标", "目标完成情况")]
)
def test_goals_under_titles_that_take_the_whole_width(goal: str, result: str) -> None:
    """The titles have no label beside them; over the header of indicators the texts are no titles of its columns."""
    grid = table(
        row("项目名称", cell("道路维修", span=4)),
        row(cell(goal, span=2), cell(result, span=3)),
        row(cell("全年维修道路五公里，群众满意", span=2), cell("已经维修了三公里，其余年底完成", span=3)),
        row("一级指标", "二级指标", "三级指标", "指标值", ""),
        row("产出指标", "数量指标", "里程", "4公里", ""),
    )
    imported = import_document(docx(grid), form="hebei-2021")
    record = only(imported)
    assert texts(record, "goals") == [{"text": "全年维修道路五公里，群众满意"}]
    assert texts(record, "indicators")[0]["name"] == "里程"
    assert any("已经维修了三公里" in one for one in said(imported, Confidence.LEFT))


def test_a_result_beside_a_label_of_goals_is_no_goal() -> None:
    grid = table(row("项目名称", "道路维修"), row("预期目标", "完成情况"), row("", ""))
    assert texts(only(import_document(docx(grid), form="hebei-2021")), "goals") == []


@pytest.mark.parametrize("asked", ["（200字以内）", "不超过50字", "（填写指标值）", "（简要说明，限30字以内）"])
def test_what_a_form_asks_for_is_no_text_of_a_row(asked: str) -> None:
    grid = table(
        row("项目名称", cell("道路维修", span=4)),
        row("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"),
        row("产出指标", "数量指标", "里程", asked, asked),
    )
    imported = import_document(docx(grid), form="hebei-2021")
    [indicator] = texts(only(imported), "indicators")
    assert {"description", "value"} & set(indicator) == set()
    assert len([one for one in said(imported, Confidence.LEFT) if asked in one]) == 2


PUBLIC, FUND = ("其中：一般公共预算", "80"), ("政府性基金", "20")


@pytest.mark.parametrize(
    ("money", "fiscal"),
    [
        ((("财政拨款小计", "100"), PUBLIC, FUND), "100.00"),
        ((("财政拨款", "100"), PUBLIC, FUND), "100.00"),
        ((PUBLIC, FUND), "80.00"),
        ((PUBLIC, ("国有资本经营预算", "20")), "80.00"),
        ((PUBLIC, ("政府性基金", "0")), "80.00"),
        ((PUBLIC, ("政府性基金", "")), "80.00"),
        ((PUBLIC, ("其他资金", "5")), "80.00"),
    ],
)
@pytest.mark.parametrize("across", [True, False])
def test_one_kind_of_the_states_money_is_not_all_of_it(
    money: tuple[tuple[str, str], ...], fiscal: str, across: bool
) -> None:
    rows = [row(*(text for pair in money for text in pair))] if across else [row(*pair) for pair in money]
    imported = import_document(docx(para("单位：元") + table(row("项目名称", "道路"), *rows)), form="mof-2021")
    assert only(imported).tables["funds"].get("appropriation") == fiscal
    doubted = any("另有政府性基金" in one for one in said(imported, Confidence.UNSURE))
    assert doubted is (fiscal == "80.00" and money[-1][1] == "20")
    if fiscal != "80.00":
        assert any("80" in one for one in said(imported, Confidence.LEFT))
