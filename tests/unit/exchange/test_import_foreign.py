"""Documents as offices far away make them, read without ever having been seen: what a clerk would find right."""

import pytest

from perftui.exchange.importer.imported import Confidence, ImportResult
from perftui.model.record import END, Record
from tests.documents import import_document
from tests.unit.exchange.read_samples import HEADER, cell, docx, para, row, table


def of_name(imported: ImportResult, name: str) -> Record:
    return next(record for record in imported.document.projects.values() if record.head.get("name") == name)


def column(record: Record, key: str) -> list[str]:
    return [one.text(key) for one in record.rows("indicators")]


def said(imported: ImportResult, *confidence: Confidence) -> str:
    return "\n".join(f"{note.place} {note.message}" for note in imported.notes if note.confidence in confidence)


def remarks(record: Record) -> list[str]:
    """The comments at the end of its file."""
    return list(record.comments[END].before) if END in record.comments else []


FOUR_COLUMNS = row("一级指标", "二级指标", "三级指标", "指标值")

TWO_IN_ONE = docx(
    para("教育局2022年项目绩效目标")
    + table(
        row("项目名称", "校车补贴", "预算金额（元）", "500000"),
        row("绩效目标", cell("保障学生乘车安全", span=3)),
        FOUR_COLUMNS,
        row("产出指标", "数量指标", "补贴车辆", "20辆"),
        row("效益指标", "社会效益指标", "安全事故", "0起"),
        row(cell("二、营养餐绩效目标表", span=4)),
        row("项目名称", "营养餐", "预算金额（元）", "800000"),
        row("绩效目标", cell("改善学生营养", span=3)),
        FOUR_COLUMNS,
        row("产出指标", "数量指标", "受益学生", "3000人"),
    )
)


def test_two_projects_in_one_table_stay_apart() -> None:
    imported = import_document(TWO_IN_ONE, form="mof-2021")
    first, second = of_name(imported, "校车补贴"), of_name(imported, "营养餐")
    assert (column(first, "name"), column(second, "name")) == (["补贴车辆", "安全事故"], ["受益学生"])
    assert [record.tables["funds"]["total"] for record in (first, second)] == ["500000.00", "800000.00"]
    assert [one.text("text") for one in second.rows("goals")] == ["改善学生营养"]
    assert "title" not in first.head
    assert "title" not in second.head
    assert imported.document.year == 2022


SOURCES = docx(
    para("附件2")
    + para("2023年度县级项目支出绩效目标申报表")
    + para("填报单位：青山县水利局（盖章）            单位：万元")
    + table(
        row("项目名称", cell("小型水库除险加固", span=3), "项目类别", cell("☑经常性  □一次性", span=2)),
        row("主管部门", "青山县水利局", "项目实施单位", cell("水库管理站", span=2), "项目起止时间", "2023.1-2023.12"),
        row(cell("资金来源", merge="restart"), "合计", "中央", "省级", "市级", "县级", "其他"),
        row(cell("", merge="continue"), "350", "200", "100", "", "50", "0"),
        row("年度绩效目标", cell("目标1：完成5座水库加固；目标2：群众满意。", span=6)),
        row("指标名称", "一级指标", "二级指标", "指标值", "计量单位", "权重", "评分标准"),
        row("加固水库数量", "产出指标", "数量指标", "5", "座", "20", "完成得满分"),
        row("投资控制", "成本指标", "经济成本指标", "≤350", "万元", "10", ""),
    )
)


def test_sources_of_money_side_by_side_in_ten_thousands() -> None:
    imported = import_document(SOURCES)
    record = of_name(imported, "小型水库除险加固")
    assert imported.document.year == 2023
    assert imported.document.department.head["unit_name"] == "青山县水利局"
    assert record.tables["funds"] == {
        "total": "3500000.00", "other": "0.00", "note": "中央：200万元；省级：100万元；县级：50万元",
    }  # fmt: skip
    assert column(record, "value") == ["5座", "≤350万元"]
    assert column(record, "weight") == ["20", "10"]
    assert "title" not in record.head
    left = said(imported, Confidence.LEFT)
    assert "年度 2023 取自表的标题" in said(imported, Confidence.LIKELY)
    assert "没有“中央”一栏，“200万元”放进“金额说明”" in said(imported, Confidence.UNSURE)
    assert "项目类别" in left
    assert "# 项目类别：☑经常性 □一次性" in remarks(record)


def test_texts_instead_of_merges_headers_again_and_a_subtotal() -> None:
    body = (
        para("三、环卫保洁经费项目绩效目标表")
        + table(
            row("项目编码", "340101213000000000123", "项目名称", "环卫保洁经费"),
            row("预算数", "1,200,000.00元", "财政资金", "1,200,000.00元"),
        )
        + table(
            HEADER,
            row("产出指标", "数量指标", "保洁面积", "每日保洁面积", "300万平方米", "合同"),
            row("产出指标", "数量指标", "清运垃圾", "全年清运量", "5万吨", "合同"),
            HEADER,
            row("产出指标", "质量指标", "保洁合格率", "抽查合格", "≥95%", "考核办法"),
            row("小计", "", "", "", "", ""),
        )
        + para("续表")
        + table(HEADER, row("效益指标", "社会效益指标", "市容", "市容改善程度", "明显改善", "调查"))
    )
    imported = import_document(docx(body))
    [record] = imported.document.projects.values()
    assert column(record, "name") == ["保洁面积", "清运垃圾", "保洁合格率", "市容"]
    assert column(record, "category") == ["产出指标"] * 3 + ["效益指标"]
    assert record.tables["budget"]["total"] == "1200000.00"
    assert "小计" in said(imported, Confidence.LEFT)
    assert imported.document.year == 2021


def test_scores_behind_the_levels_are_said() -> None:
    body = para("2024年项目支出绩效目标表") + table(
        row("项目名称", cell("古树名木保护", span=4)),
        row("预算总额", "￥１２．５万元", "其中：财政拨款", cell("12.5", span=2)),
        row("一级指标", "二级指标", "三级指标", "绩效指标值", "分值"),
        row(cell("产出指标（50分）", merge="restart"), "数量指标（20分）", "保护古树", "≥120株", "20"),
        row(cell("", merge="continue"), "质量指标（30分）", "成活率", "100%", "30"),
    )
    imported = import_document(docx(body))
    record = of_name(imported, "古树名木保护")
    assert column(record, "category") == ["产出指标", "产出指标"]
    assert column(record, "class") == ["数量指标", "质量指标"]
    assert record.tables["funds"] == {"total": "125000.00", "appropriation": "125000.00"}
    assert imported.document.year == 2024
    assert "“产出指标（50分）”读作“产出指标”" in said(imported, Confidence.LIKELY)


def test_a_column_of_contents_is_the_name_where_there_is_none() -> None:
    body = para("附表：乡村道路养护项目绩效目标表") + table(
        row("项目名称", "乡村道路养护", "年度预算", "980000"),
        row("一季度", "二季度", "三季度", "四季度"),
        row("20%", "40%", "70%", "100%"),
        row("一级指标", "二级指标", "指标内容", "目标值"),
        row("产出", "数量", "养护里程（公里）", "120"),
        row("", "质量", "路况优良率", "不低于90%"),
        row("满意度", "", "群众满意度", "90%以上"),
    )
    imported = import_document(docx(body), form="hebei-2021")
    record = of_name(imported, "乡村道路养护")
    assert column(record, "name") == ["养护里程（公里）", "路况优良率", "群众满意度"]
    assert column(record, "category") == ["产出指标", "产出指标", "满意度指标"]
    assert "title" not in record.head
    assert record.tables["plan"] == {"m03": "20", "m06": "40", "m12": "100"}
    assert "“一季度”20% 作为“3月底”累计 20%" in said(imported, Confidence.UNSURE)
    assert "三季度：70%" in said(imported, Confidence.LEFT)
    assert "# 三季度：70%" in remarks(record)


@pytest.mark.parametrize(
    ("shares", "plan"),
    [
        (("25", "25", "25", "25"), {"m03": "25", "m06": "50", "m12": "100"}),
        (("0%", "0", "40%", "100%"), {"m03": "0", "m06": "0", "m12": "100"}),
        (("10", "20", "30", "30"), {}),
        (("5万", "5万", "5万", "5万"), {}),
        (("25", "", "50", "100"), {}),
    ],
)
def test_quarters_become_ends_of_months_only_where_they_are_the_same(
    shares: tuple[str, ...], plan: dict[str, str]
) -> None:
    for labels in (("一季度", "二季度", "三季度", "四季度"), ("第1季度", "第2季度", "第3季度", "第4季度")):
        body = table(
            row("项目名称", cell("路灯维护", span=4)),
            row("资金支出计划", *labels),
            row("", *shares),
            row("绩效目标", cell("亮灯", span=4)),
        )
        record = of_name(import_document(docx(body), form="hebei-2021"), "路灯维护")
        assert record.tables["plan"] == plan
        kept = " ".join(remarks(record))
        assert all(f"：{share}" in kept for share in (shares if not plan else shares[2:3]) if share)


def test_indicators_as_sentences_are_taken_apart_where_that_is_certain() -> None:
    body = para("2022年度项目绩效目标表") + table(
        row("项目名称", "图书馆免费开放"),
        row("产出指标", "数量指标：开放天数300天；质量指标：读者投诉率低于1%"),
        row("效益指标", "社会效益指标：年接待读者≥5万人次；1.服务满意率达到95%以上"),
        row("满意度指标", "服务对象满意度：读者满意度：90%以上"),
    )
    imported = import_document(docx(body), form="hebei-2021")
    record = of_name(imported, "图书馆免费开放")
    assert [[one.text(key) for key in ("category", "class", "name", "value")] for one in record.rows("indicators")] == [
        ["产出指标", "数量指标", "开放天数", "300天"],
        ["产出指标", "质量指标", "读者投诉率", "低于1%"],
        ["效益指标", "社会效益指标", "年接待读者", "≥5万人次"],
        ["效益指标", "社会效益指标", "服务满意率", "达到95%以上"],
        ["满意度指标", "服务对象满意度指标", "读者满意度", "90%以上"],
    ]
    assert said(imported, Confidence.UNSURE).count("一句话拆成指标和值，请核对") == 5
    assert said(imported, Confidence.LEFT) == ""


def test_indicators_as_sentences_are_left_out_together_with_what_they_are() -> None:
    body = para("2022年度项目绩效目标表") + table(
        row("项目名称", "图书馆免费开放"),
        row("预算金额", "30万元"),
        row("产出指标", "数量指标：开放天数300天；服务读者，按时开馆"),
    )
    imported = import_document(docx(body), form="hebei-2021")
    assert of_name(imported, "图书馆免费开放").rows("indicators") == ()
    assert "产出指标 | 数量指标：开放天数300天" in said(imported, Confidence.LEFT)
    assert imported.document.year == 2022


def test_tracked_changes_and_controls_in_every_cell() -> None:
    def inserted(text: str) -> str:
        return f'<w:ins w:id="1" w:author="a"><w:r><w:t>{text}</w:t></w:r></w:ins>'

    def deleted(text: str) -> str:
        return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'

    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>130303220000000000009</w:t></w:r></w:sdtContent></w:sdt>"
    body = table(
        row("项 目 编 码", cell(para(control)), "项 目 名 称", cell(para("路灯", deleted("维修"), inserted("维护")))),
        row("预 算 数", cell(para(deleted("100.00"), inserted("120.00"))), "其中：财 政 资 金", "120.00"),
        row("绩  效  目  标", cell(para("1.", inserted("更换灯具200盏")), para("2.亮灯率98%以上"), span=3)),
    ) + table(
        row("一级\n指标", "二级\n指标", "三级\n指标", "指标描述", "指标值", "确定依据"),
        row("产出指标", "数量指标", "更换灯具", "更换数量", cell(para(deleted("100盏"), inserted("200盏"))), "计划"),
    )
    imported = import_document(docx(body))
    record = of_name(imported, "路灯维护")
    assert record.head["code"] == "130303220000000000009"
    assert record.tables["budget"]["total"] == "120.00"
    assert [one.text("text") for one in record.rows("goals")] == ["更换灯具200盏", "亮灯率98%以上"]
    assert column(record, "value") == ["200盏"]
    assert imported.counts.taken == {"修订插入": 4, "内容控件": 1}
    assert imported.counts.left_out == {"修订删除": 3}


def test_last_years_values_and_remarks_stay_with_their_rows() -> None:
    body = table(
        row("单位名称", cell("303001 园林管理处（公章）", span=5)),
        row("项目名称", cell("公园管理费", span=5)),
        row("项目资金", "总额", "200万元", "财政资金", "200万元", ""),
        row("指标类别", "指标类型", "指标名称", "计划值", "上年完成值", "备注"),
        row("产出指标", "数量指标", "绿化面积", "20公顷", "18公顷", ""),
        row("", "", "修剪乔木", "3000株", "2800株", "含行道树"),
        row("", "质量指标", "绿化成活率", "≥95%", "94%", ""),
    )
    imported = import_document(docx(body), form="hebei-2021")
    record = of_name(imported, "公园管理费")
    assert imported.document.unit == "303001"
    assert imported.document.department.head["unit_name"] == "园林管理处"
    assert column(record, "class") == ["数量指标", "数量指标", "质量指标"]
    remarks = [comment.before for _path, comment in sorted(record.comments.items())]
    assert ("# 上年完成值：2800株", "# 备注：含行道树") in remarks
    assert "本表样没有“上年完成值”一栏" in said(imported, Confidence.UNSURE)
