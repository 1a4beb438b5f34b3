"""What comes in ends in a field, in a remark or in the report: sentences, deletions, names, odd signs."""

import pytest

from perftui.exchange.importer.imported import Confidence, ImportResult
from perftui.model.record import Record
from tests.documents import import_document
from tests.gallery.facts import kept_texts
from tests.unit.exchange.read_samples import W, cell, docx, para, project, row, run, table

FOUR = row("一级指标", "二级指标", "三级指标", "指标值")


def only(imported: ImportResult) -> Record:
    [record] = imported.document.projects.values()
    return record


def reported(imported: ImportResult, confidence: Confidence = Confidence.LEFT) -> list[str]:
    return [f"{note.place} {note.text or note.message}" for note in imported.notes if note.confidence is confidence]


def in_files(imported: ImportResult) -> str:
    return "\n".join(text for _, record in imported.document.files() for text in kept_texts(record))


@pytest.mark.parametrize("sentence", ["按照2022年预算编制要求填报，资金已落实", "依据2022年绩效目标管理办法执行"])
def test_a_sentence_near_a_year_is_no_cover(sentence: str) -> None:
    imported = import_document(docx(para(sentence) + project() + para(sentence)), form="hebei-2021")
    assert imported.document.department.head.get("department_name") is None
    assert imported.document.year == 2021
    assert sum(sentence in line for line in reported(imported)) == 2


def test_a_cover_is_told() -> None:
    imported = import_document(docx(para("某县教育局2022年部门预算绩效文本") + para("二〇二二年一月") + project()))
    assert imported.document.year == 2022
    told = reported(imported, Confidence.SURE)
    assert "正文第 1 段 某县教育局2022年部门预算绩效文本" in told
    assert "正文第 2 段 二〇二二年一月" in told


def test_an_unknown_heading_of_the_same_rank_closes_the_block_before_it() -> None:
    body = (
        para("一、总体绩效目标") + para("保障教学。") + para("二、机构设置情况") + para("下设三个科室。")
        + para("三、分项绩效目标") + para("1、义务教育") + para("职责目标是入学率100%。") + project()
    )  # fmt: skip
    imported = import_document(docx(body), form="hebei-2021")
    department = imported.document.department
    assert department.head["overall_goal"] == "保障教学。"
    assert [one.text("name") for one in department.rows("duties")] == ["义务教育"]
    assert any("机构设置情况" in line for line in reported(imported))
    assert any("下设三个科室。" in line for line in reported(imported))


def test_what_is_struck_deleted_or_hidden_is_reported_with_its_place() -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>300盏</w:t></w:r>"
    deleted = "<w:del><w:r><w:delText>路灯维修</w:delText></w:r></w:del>"
    body = table(row("项目名称", cell(para(deleted, run("路灯维护")), span=3)), FOUR,
                 row("产出指标", "数量指标", "更换路灯", cell(para(struck, run("200盏")))))  # fmt: skip
    imported = import_document(docx(body), form="mof-2021")
    assert [one.text("value") for one in only(imported).rows("indicators")] == ["200盏"]
    assert {"第 1 个表格 路灯维修", "第 1 个表格 300盏"} <= set(reported(imported))


def test_a_style_can_hide() -> None:
    styles = (
        f'<?xml version="1.0"?><w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="暗"><w:name w:val="暗"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style></w:styles>"
    )
    hidden = '<w:r><w:rPr><w:rStyle w:val="暗"/></w:rPr><w:t>旧名</w:t></w:r>'
    body = table(row("项目名称", cell(para(hidden, run("新名")))), row("绩效目标", "做好"))
    imported = import_document(docx(body, {"word/styles.xml": styles}), form="mof-2021")
    assert only(imported).head["name"] == "新名"
    assert "第 1 个表格 旧名" in reported(imported)


def test_names_and_telephones_are_reported_and_stay_out_of_the_files() -> None:
    body = (
        table(row("项目名称", "甲", "项目负责人", "李明"), row("绩效目标", cell("做好", span=3)))
        + para("填表人：王芳　联系电话：0312-1234567")
    )  # fmt: skip
    imported = import_document(docx(body), form="mof-2021")
    told = "\n".join(reported(imported))
    for private in ("李明", "王芳", "0312-1234567"):
        assert private in told
        assert private not in in_files(imported)


def test_radicals_from_a_pdf_become_hanzi() -> None:
    imported = import_document(
        docx(table(row("项⽬名称", "⽔库加固⼯程"), row("绩效⽬标", "⻓期安全"))), form="mof-2021"
    )
    assert only(imported).head["name"] == "水库加固工程"
    assert [one.text("text") for one in only(imported).rows("goals")] == ["长期安全"]


def test_a_merge_shows_the_text_that_only_its_covered_cell_has() -> None:
    body = table(
        row("项目名称", cell("甲", span=3)), FOUR,
        row(cell("", merge="restart"), "数量指标", "路灯", "20盏"),
        row(cell("产出指标", merge="continue"), "质量指标", "亮灯率", "≥98%"),
    )  # fmt: skip
    record = only(import_document(docx(body), form="mof-2021"))
    assert [one.text("category") for one in record.rows("indicators")] == ["产出指标", "产出指标"]


@pytest.mark.parametrize(
    ("typed", "amount"), [("120.5（含上年结转20）", "1205000.00"), ("80，其中省级30", "800000.00")]
)
def test_an_amount_with_words_gives_its_number_marked(typed: str, amount: str) -> None:
    imported = import_document(
        docx(table(row("项目名称", "甲", "预算数（万元）", typed), row("绩效目标", cell("做好", span=3)))),
        form="mof-2021",
    )
    assert only(imported).tables["funds"]["total"] == amount
    assert typed in only(imported).tables["funds"]["note"]
    assert any("请核对" in note.message for note in imported.notes if note.confidence is Confidence.UNSURE)


def one_amount(typed: str, unit: str = "万元") -> ImportResult:
    funds = row("项目名称", "甲", f"预算数（{unit}）", typed)
    return import_document(docx(table(funds, row("绩效目标", cell("做好", span=3)))), form="mof-2021")


@pytest.mark.parametrize(
    "typed",
    ["120（审减后100）", "120(核定100)", "120，调整为100", "120；批复100万元", "120（100）", "120万元（改100）"],
)
def test_two_numbers_of_which_one_was_put_in_the_others_place_leave_the_amount_blank(typed: str) -> None:
    imported = one_amount(typed)
    funds = only(imported).tables["funds"]
    assert "total" not in funds
    assert typed in funds["note"]
    assert any("金额留空" in note.message for note in imported.notes if note.confidence is Confidence.UNSURE)


@pytest.mark.parametrize("typed", ["120（审减后）", "120（2022年）", "120（其中市级30）"])
def test_words_that_put_no_other_number_in_its_place_keep_the_number(typed: str) -> None:
    assert only(one_amount(typed)).tables["funds"]["total"] == "1200000.00"


def test_a_negative_amount_is_read_and_marked() -> None:
    imported = one_amount("-1200", "元")
    assert only(imported).tables["funds"]["total"] == "-1200.00"
    assert any("负数“-1200”" in note.message for note in imported.notes if note.confidence is Confidence.UNSURE)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        (para("项目支出绩效目标表（2022年度）"), 2022), (para("项目支出绩效目标表") + para("（2023年度）"), 2023),
        (para("二〇二二年度项目支出绩效目标表"), 2022), (para("编制年度：2024"), 2024),
        (para("预算年度：2025年"), 2025),
    ],
)  # fmt: skip
def test_the_year_in_all_its_forms(title: str, year: int) -> None:
    body = title + table(row("项目名称", "甲"), row("绩效目标", "做好"))
    assert import_document(docx(body), form="mof-2021").document.year == year


def test_a_result_is_no_target_and_whole_sums_are_not_the_years() -> None:
    body = table(
        row("项目名称", cell("甲", span=4)),
        row("项目总投资（万元）", "900", "本年预算安排（万元）", cell("300", span=2)),
        row("一级指标", "二级指标", "三级指标", "全年实际值（B）", "年初目标值（A）"),
        row("产出指标", "数量指标", "修路", "8公里", "10公里"),
    )
    record = only(import_document(docx(body), form="mof-2021"))
    assert record.tables["funds"] == {"total": "3000000.00"}
    assert [one.text("value") for one in record.rows("indicators")] == ["10公里"]


def test_rows_without_a_class_stay_without_one() -> None:
    body = table(
        row("项目名称", cell("甲", span=2)), row("一级指标", "三级指标", "指标值"), row("产出指标", "修路", "8公里")
    )
    [only_row] = only(import_document(docx(body), form="mof-2021")).rows("indicators")
    assert (only_row.text("category"), only_row.text("class"), only_row.text("name")) == ("产出指标", "", "修路")


def test_a_row_that_a_page_cut_in_two_is_one() -> None:
    head = row("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
    begun = row("产出指标", "数量指标", "路灯", "全年更换的", "20盏", "年度")
    after = row("产出指标", "质量指标", "亮灯率", "亮灯的比例", "98%", "计划")
    first = table(row("项目名称", cell("甲", span=5)), head, begun)
    body = first + table(row("", "", "", "路灯数量", "", "计划"), after)
    imported = import_document(docx(body), form="hebei-2021")
    rows = only(imported).rows("indicators")
    assert [(one.text("description"), one.text("basis")) for one in rows] == [
        ("全年更换的路灯数量", "年度计划"), ("亮灯的比例", "计划"),
    ]  # fmt: skip
    assert any("没有名称的一行" in note.message for note in imported.notes)


@pytest.mark.parametrize("pair", [("项目年度", "各1次"), ("年度", "无"), ("计量单位", "120.5（含上年结转20）")])
def test_a_label_with_a_text_that_is_not_what_it_asks_for_is_reported(pair: tuple[str, str]) -> None:
    body = para("项目绩效目标表") + table(row("项目名称", "道路维修"), row(*pair), FOUR,
                                          row("产出指标", "数量指标", "里程", "≥3公里"))  # fmt: skip
    imported = import_document(docx(body), form="mof-2021")
    assert any(pair[1] in line for line in reported(imported))
    assert imported.document.department.head.get("unit_name") is None


def test_one_column_of_a_year_beside_the_total_is_the_years() -> None:
    body = para("项目绩效目标表（２０２２年度）") + table(
        row("项目名称", "路灯维修", "", ""), row("资金（万元）", "资金总额", "2022年", ""),
        row("合计", "300", "80", ""), row("财政拨款", "300", "80", ""), FOUR,
        row("产出指标", "数量指标", "路灯", "≥20盏"),
    )  # fmt: skip
    imported = import_document(docx(body), form="mof-2021")
    assert imported.document.year == 2022
    assert only(imported).tables["funds"] == {"total": "800000.00", "appropriation": "800000.00"}
    assert sum("300" in line for line in reported(imported)) == 2


@pytest.mark.parametrize("dash", ["-", "－", "/", "——"])
def test_a_dash_is_a_blank_in_any_cell(dash: str) -> None:
    body = para("项目绩效目标表（2022年度）") + table(row("项目名称", "路灯维修"), row("年度绩效目标", dash), FOUR,
                                          row("产出指标", "数量指标", "路灯", dash))  # fmt: skip
    record = only(import_document(docx(body), form="mof-2021"))
    assert [one.text("value") for one in record.rows("indicators")] == [""]
    assert not record.rows("goals")


@pytest.mark.parametrize("nothing", ["无", "/"])
def test_a_column_of_signs_that_says_none_puts_no_word_before_the_value(nothing: str) -> None:
    head = row("一级指标", "二级指标", "三级指标", "符号", "指标值", "计量单位")
    body = table(row("项目名称", cell("甲", span=5)), head, row("产出指标", "数量指标", "路灯", "≥", "20", "盏"),
                 row("产出指标", "数量指标", "灯杆", nothing, "30", "根"))  # fmt: skip
    imported = import_document(docx(body), form="mof-2021")
    assert [one.text("value") for one in only(imported).rows("indicators")] == ["≥20盏", "30根"]
    assert any(note.text == f"{nothing} 30 根" for note in imported.notes)


@pytest.mark.parametrize("form", ["mof-2021", "hebei-2021"])
@pytest.mark.parametrize("numbers", ["1.\n2.", "1、", "（1）\n（2）\n（3）", "①\n②", "目标1：\n目标2："])
def test_numbers_of_lines_that_nobody_wrote_make_no_row(numbers: str, form: str) -> None:
    head = row("一级指标", "二级指标", "三级指标", "指标值")
    body = table(row("项目名称", cell("甲", span=3)), row("绩效目标", cell(numbers, span=3)), head,
                 row("产出指标", "数量指标", "1.", ""), row("", "", "2.", ""))  # fmt: skip
    imported = import_document(docx(body), form=form)
    assert not any(only(imported).groups.values())


def test_a_goal_that_has_words_behind_a_number_is_kept() -> None:
    body = table(row("项目名称", "甲"), row("绩效目标", "1.5万亩\n2."))
    [goal] = only(import_document(docx(body), form="mof-2021")).rows("goals")
    assert "1.5万亩" in goal.text("text")


@pytest.mark.parametrize("period", ["  年  月  日至  年  月  日", "年 月—年 月", "____年__月至____年__月"])
def test_a_period_left_as_it_was_printed_is_blank(period: str) -> None:
    body = table(row("项目名称", "甲"), row("项目期", period), row("年度目标", "做好"))
    imported = import_document(docx(body), form="bingtuan-2021")
    assert "span" not in only(imported).head
    assert not any("项目期" in line for line in reported(imported))
