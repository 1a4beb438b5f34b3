"""The edges of the rules: what must fire and what must not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perftui.forms import AmountGroup, Field, Form, GroupRole, Kind, Part, Role, Taxonomy, load_form
from perftui.forms.formula import read_formula
from perftui.model.document import DEPARTMENT, Document, project_file
from perftui.model.record import CONFLICTS, Record, Row
from perftui.review.catalogue import RULES
from perftui.review.engine import review
from perftui.review.example import Example
from perftui.review.finding import Severity
from perftui.review.rules.comparison import ALIKE_ROWS
from perftui.review.totals import per_head, projects_sum
from tests import factories
from tests.unit.forms.sample import sample_form
from tests.unit.review.building import FORMS, real_document, shown

HEBEI, MOF = load_form("hebei-2021"), load_form("mof-2021")


def rules(example: Example, form: str = "hebei-2021") -> set[str]:
    return {finding.rule for finding in review(shown(example, form), load_form(form))} - {
        "X001",
        "X002",
        "F004",
        "I026",
    }


def row(level2: str, name: str, value: str, **more: str) -> Example:
    cells = {Role.LEVEL2: level2, Role.NAME: name, Role.VALUE: value}
    return Example(rows=({**cells, **{Role(key): text for key, text in more.items()}},))


@pytest.mark.parametrize(
    ("level2", "name", "value", "expected"),
    [
        ("质量指标", "发放准确率", "41人", {"I011"}),
        ("质量指标", "发放准确率（%）", "41人", {"I011"}),
        ("质量指标", "发放准确率", "98", {"I011"}),
        ("质量指标", "发放准确率", "≥98‰", set()),
        ("质量指标", "发放准确率", "≥98百分比", {"I015"}),
        ("质量指标", "工作效率", "≥3件", set()),
        ("质量指标", "存款利率", "≥3点", set()),
        ("质量指标", "合格率", "≥101%", {"I012"}),
        ("质量指标", "任务完成率", "≥101%", set()),
        ("质量指标", "合格率", "≥100%", {"I017"}),
        ("质量指标", "合格率", "100%", {"I017"}),
        ("质量指标", "合格率", "＝100％", set()),
        ("数量指标", "慰问老人数量", "3万元", {"I013"}),
        ("数量指标", "保险费", "3辆", {"I013"}),
        ("数量指标", "培训费", "4场次", {"I013"}),
        ("数量指标", "慰问金额", "20家", {"I013"}),
        ("数量指标", "保险费", "3万元", set()),
        ("数量指标", "道路养护经费", "≥12公里", set()),
        ("数量指标", "慰问老人", "30", {"I014"}),
        ("数量指标", "慰问老人", "/", {"I007"}),
        ("数量指标", "慰问老人", "优、良、中、差", {"I010"}),
        ("时效指标", "完工时间", "12月底到位", set()),
        ("时效指标", "完工时间", "2021年1月-12月", set()),
        ("成本指标", "支出总额", "≤99999999元", {"I018"}),
        ("成本指标", "支出总额", "≤101%", {"I018"}),
        ("成本指标", "支出总额", "12人", {"I018"}),
        ("成本指标", "支出总额", "不超预算", {"I018"}),
        ("成本指标", "单位造价", "≤475元/亩", set()),
        ("服务对象满意度指标", "居民满意度", "≥95%", set()),
        ("服务对象满意度指标", "居民满意度", "95%", {"I025"}),
        ("服务对象满意度指标", "居民反映", "满意", {"I025"}),
        ("服务对象满意度指标", "居民满意度", "=100.00(%)", set()),
        ("服务对象满意度指标", "居民满意度（%）", "≥90", set()),
        ("服务对象满意度指标", "居民满意度（%）", "90", {"I025"}),
        ("服务对象满意度指标", "居民投诉次数", "≤3次", set()),
        ("质量指标", "发放准确率（%）", "≥98", set()),
        ("数量指标", "监控探头（个）", "≥860", set()),
        ("数量指标", "慰问老人（一期）", "30", {"I014"}),
        ("数量指标", "慰问老党员人数", "56名", set()),
        ("数量指标", "保障人员数量", "56名", {"I024"}),
        ("数量指标", "每年服务人次", "≥500人", set()),
    ],
)  # fmt: skip
def test_a_value_has_the_one_fault_that_it_has(level2: str, name: str, value: str, expected: set[str]) -> None:
    assert rules(row(level2, name, value)) == expected


@pytest.mark.parametrize(
    ("level2", "name", "description", "fires"),
    [
        ("生态效益指标", "保障社会发展", "占全部的比例", True),
        ("生态效益指标", "节约成本", "节约水、电等资源的比例", False),
        ("生态效益指标", "新增和改善灌溉达标面积占比", "新增和改善的面积占比", False),
        ("经济效益指标", "资金使用效益", "资金支出情况的占比", True),
        ("经济效益指标", "节约资金", "较上年减少的资金支出占比", False),
        ("质量指标", "按时发放比例", "按时发放的次数占比", True),
        ("质量指标", "按时发放准确率", "准确发放的次数占比", False),
        ("时效指标", "验收合格率", "合格的占比", True),
        ("时效指标", "质量检查及时率", "按时检查的占比", False),
    ],
)  # fmt: skip
def test_words_belong_to_their_class(level2: str, name: str, description: str, fires: bool) -> None:
    assert ("I022" in rules(row(level2, name, "≥90%", description=description))) is fires


def test_the_costs_of_society_and_nature_are_measured_in_their_own_ways() -> None:
    for level2, value in (("社会成本指标", "≤2次"), ("生态环境成本指标", "≤3吨"), ("社会成本指标", "≤2天")):
        assert rules(row(level2, "影响程度", value), "mof-2021") == set()
    assert rules(row("经济成本指标", "影响程度", "≤2次"), "mof-2021") == {"I018"}


def test_a_form_without_a_column_has_no_rule_about_it() -> None:
    found = rules(row("社会效益指标", "服务能力", "有所提升"), "mof-2021")
    assert found == {"I042"}
    assert rules(row("社会效益指标", "服务能力", "有所提升", description="服务能力情况")) == {"I016"}


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("补助款结算误差率", "±3%以内", set()),
        ("执法检查次数", "每月不少于2次", set()),
        ("执法检查次数", "每季度一次", set()),
        ("登记户数", "全部", set()),
        ("水质等级", "Ⅲ类以上", set()),
        ("执法检查次数", "按计划完成", {"I032", "I042"}),
        ("服务质量", "有所提升", {"I042"}),
    ],
)  # fmt: skip
def test_what_counts_or_grades_is_not_called_a_word(name: str, value: str, found: set[str]) -> None:
    level2 = "数量指标" if "数" in name else "质量指标"
    assert rules(row(level2, name, value), "mof-2021") == found


@pytest.mark.parametrize(
    ("name", "value", "fires"),
    [("人均培训成本", "≤400元", False), ("每公里造价", "≤400元", False), ("补助标准", "=300元", False),
     ("土地租金", "≤475元/亩", False), ("培训总费用", "≤40000元", True)],
)  # fmt: skip
def test_a_price_of_one_has_the_unit_that_fits_it(name: str, value: str, fires: bool) -> None:
    findings = review(shown(row("经济成本指标", name, value), "mof-2021"), MOF)
    assert any(one.rule == "F004" for one in findings) is fires


def test_rows_with_only_the_skeletons_words_are_no_finding() -> None:
    group = HEBEI.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    document = factories.document("hebei-2021", 1)
    file, record = next(iter(document.projects.items()))
    values = {group.key_of(Role.LEVEL1): "效益指标", group.key_of(Role.LEVEL2): "生态效益指标", "order": 99000}
    edited = document.with_record(file, record.with_row(group.key, Row(id="zzzzzz", values=values)))
    assert review(edited, HEBEI) == review(document, HEBEI)


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        ((), {"G001"}),
        (("体检3次", ""), {"G002"}),
        (("1. 体检3次", "2、体检3次。"), {"G003"}),
        (("按时发放3次", "准时发放3次"), {"G004"}),
        (("按时发放3次", "足额发放3次", "按时足额发放3次"), {"G004"}),
        (("按时发放3次", "按时足额发放3次"), set()),
        (("保障工作顺利开展",), {"G006"}),
        (("2021年12月底前保障工作顺利开展",), {"G006"}),
        (("发放一次性补助",), {"G006", "G007"}),
        (("完成二十公里道路维修",), set()),
        (("改造三千平方米房屋",), set()),
        (("按照一系列要求千方百计保障居民出行",), {"G006"}),
        (("慰问三十户家庭",), set()),
        (("全年慰问两次",), set()),
    ],
)  # fmt: skip
def test_goals(goals: tuple[str, ...], expected: set[str]) -> None:
    assert rules(Example(goals=goals)) == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (("", "", "", ""), {"P001"}),
        (("0", "0", "0", "100"), set()),
        (("33.33", "66.66", "100", "100"), set()),
        (("25", "", "75", "100"), {"P002"}),
        (("25", "50", "75", "101"), {"P003"}),
        (("25", "半年", "75", "100"), {"P003"}),
        (("25", "50", "40", "100"), {"P004"}),
        (("25", "100", "100", "90"), {"P004"}),
        (("25", "50", "75", "90"), {"P005"}),
    ],
)  # fmt: skip
def test_plans(plan: tuple[str, ...], expected: set[str]) -> None:
    assert rules(Example(plan=plan)) == expected


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("100.00", "60.00", "40.00"), set()),
        (("100.00", "60.00", "40.01"), {"F001"}),
        (("100.00", "100.00", ""), set()),
        (("100.00", "", ""), {"F001"}),
        (("", "60.00", "40.00"), {"F001"}),
        (("", "", ""), {"F002"}),
        (("0.00", "0.00", "0.00"), {"F002"}),
        (("100.005", "100.00", "0.00"), {"F003"}),
        (("100.00", "110.00", "-10.00"), {"F003"}),
        (("1e5", "100.00", "0.00"), {"F003"}),
    ],
)  # fmt: skip
def test_amounts(amounts: tuple[str, ...], expected: set[str]) -> None:
    group = HEBEI.project.amounts[0]
    document = factories.document("hebei-2021", 1)
    file, record = next(iter(document.projects.items()))
    for one, text in zip(group.amounts, amounts, strict=True):
        record = record.with_value(group.path(one), text or None)
    found = {finding.rule for finding in review(document.with_record(file, record), HEBEI)}
    assert {rule for rule in found if rule[0] == "F"} == expected


@pytest.mark.parametrize(("formula", "asked"), [("budget.fiscal + budget.other", 1), ("other_total", 0)])
def test_a_total_that_is_computed_from_elsewhere_is_not_asked_for(formula: str, asked: int) -> None:
    group = HEBEI.project.amounts[0]
    total = replace(group.total, field=replace(group.total.field, formula=read_formula(formula)))
    form = replace(HEBEI, project=replace(HEBEI.project, amounts=(replace(group, total=total),)))
    document = factories.document("hebei-2021", 1)
    ((file, record),) = document.projects.items()
    for one in group.amounts:
        record = record.with_value(group.path(one), None)
    found = [finding.rule for finding in review(document.with_record(file, record), form)]
    assert found.count("F002") == asked


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("负责宣传。。", "负责宣传。"),
        ("负责宣传、、培训。", "负责宣传、培训。"),
        ("负责宣传、和培训。", "负责宣传和培训。"),
        ("负责宣传、和谐社区建设。", None),
        ("负责 宣传。", "负责宣传。"),
        ("负责宣传。 开展培训。", "负责宣传。开展培训。"),
        ("负责 3 个社区。", None),
        ("负责宣传", "负责宣传。"),
        ("负责宣传；", "负责宣传。"),
        ("落实“三会一课”。", None),
        ("负责宣传（含培训。）", None),
        ("负责宣传。\n    开展培训。", None),
        ("负责宣传……等工作。", None),
    ],
)  # fmt: skip
def test_punctuation_and_its_fix(text: str, fixed: str | None) -> None:
    found = [
        one
        for one in review(shown(Example(duties=({Role.RESPONSIBILITY: text},)), HEBEI.id), HEBEI)
        if one.rule == "T001"
    ]
    assert [one.fix.text for one in found if one.fix is not None] == ([fixed] if fixed else [])
    assert bool(found) is (fixed is not None)


@pytest.mark.parametrize("text", ["负责宣传。，开展培训。", "负责宣传。100%"])
def test_what_is_not_certain_has_no_fix(text: str) -> None:
    found = [
        one
        for one in review(shown(Example(duties=({Role.RESPONSIBILITY: text},)), HEBEI.id), HEBEI)
        if one.rule == "T001"
    ]
    assert [one.fix for one in found] == [None]


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("1、抓落实。2、抓检查。", False),
        ("1、抓落实；2、抓检查；3、抓总结。", False),
        ("抓落实。", False),
        ("2、抓落实。", True),
        ("1、抓落实。3、抓检查。", True),
        ("1、抓落实。1、抓检查。", True),
        ("1、服务第2、3社区。2、抓检查。", False),
    ],
)  # fmt: skip
def test_numbers_inside_a_duty(text: str, fires: bool) -> None:
    assert ("D002" in rules(Example(duties=({Role.DUTY_GOAL: text},)))) is fires


@pytest.mark.parametrize(
    ("unit", "fires"),
    [
        ("路南街道办事处部门本级", True), ("城关镇人民政府", True), ("海港镇", True), ("石门寨乡政府本级", True),
        ("镇江市财政局", False), ("乡村振兴局", False), ("市人大常委会办公室", False),
    ],
)  # fmt: skip
def test_only_low_units_are_told_of_the_work_of_higher_bodies(unit: str, fires: bool) -> None:
    example = Example(department={Role.UNIT_NAME: unit}, duties=({Role.RESPONSIBILITY: "开展立法调研。"},))
    assert ("D005" in rules(example)) is fires


def told(example: Example, form: Form, rule: str) -> list[str]:
    """What a rule says, and what it has one do."""
    found = review(shown(example, form.id), form)
    return [f"{finding.message}。{finding.advice}" for finding in found if finding.rule == rule]


def test_sentences_name_the_cause_that_a_person_sees() -> None:
    assert told(Example(amounts=("5.00",)), HEBEI, "F001")[0].startswith("预算数 5.00 不等于")
    blank = told(Example(amounts=("5.00", "", "")), HEBEI, "F001")
    assert blank == ["填了预算数 5.00，没有填财政资金、其他资金。核对各项金额，改正写错的一项"]
    unfilled = told(row("质量指标", "XX项目完成率", "≥98%"), HEBEI, "I007")
    assert unfilled[0].startswith("三级指标“XX项目完成率”里有没换掉的占位符号")
    assert not told(row("数量指标", "养护里程（公里）", "120"), HEBEI, "I014"), "the name says the unit"
    weights = row("数量指标", "养护里程", "≥120公里", weight="")
    assert "有 1 行没有填权重，先补上" in told(weights, MOF, "I026")[0]


def test_rules_know_other_plans() -> None:
    """Other months, fewer points, each of its own, or no plan at all."""
    plan = HEBEI.project.plan
    assert plan is not None
    points = tuple(
        replace(point, label=label) for point, label in zip(plan.points, ("4月底", "7月底", "11月底"), strict=False)
    )

    def of(texts: tuple[str, ...], **changes: object) -> list[str]:
        form = replace(HEBEI, project=replace(HEBEI.project, plan=replace(plan, **changes)))  # type: ignore[arg-type]
        return told(Example(plan=texts), form, "P005") + told(Example(plan=texts), form, "P002")

    assert of(("30", "60", "100"), points=points, usual=()) == []
    assert of(("30", "60", "90"), points=points)[0].startswith("支出计划到11月底只有 90%")
    assert of(("25", "25", "25", "25"), cumulative=False) == []
    assert "加起来应当是 100" in of(("25", "50", "75", "100"), cumulative=False)[0]
    none = replace(HEBEI, project=replace(HEBEI.project, plan=None))
    assert not any(finding.rule.startswith("P") for finding in review(shown(Example(), HEBEI.id), none))


def test_rules_know_other_tables_of_indicators() -> None:
    """Weights, many rows in a class, rows out of order, levels written once, classes of one's own."""
    quantity = {Role.LEVEL2: "数量指标", Role.WEIGHT: "2"}
    lines = [
        *({**quantity, Role.NAME: f"第{number}街区养护里程", Role.VALUE: f"≥{number}公里"}
          for number in range(1, 26)),
        {Role.LEVEL2: "质量指标", Role.NAME: "验收合格率", Role.VALUE: "=100%", Role.WEIGHT: "10"},
        {Role.LEVEL2: "生态效益指标", Role.NAME: "PM2.5年均浓度下降", Role.VALUE: "≥3%", Role.WEIGHT: "20"},
        {Role.LEVEL2: "服务对象满意度指标", Role.NAME: "市民满意度", Role.VALUE: "≥90%", Role.WEIGHT: "10"},
    ]  # fmt: skip
    for ordered in (lines, lines[::-1], lines[13:] + lines[:13]):
        for level1 in ({}, {Role.LEVEL1: ""}):
            example = Example(rows=tuple({**line, **level1} for line in ordered), only=True)
            assert [one for one in review(shown(example, MOF.id), MOF) if one.rule not in ("X001", "I041")] == []
    open_form = replace(HEBEI, project=replace(HEBEI.project, taxonomy=Taxonomy(categories=(), closed=False)))
    own = Example(rows=({Role.LEVEL2: "自定义类", Role.NAME: "走访次数", Role.VALUE: "≥3次"},), only=True)
    assert [one for one in review(shown(own, HEBEI.id), open_form) if one.rule.startswith("I")] == []


def names(*texts: str) -> set[str]:
    """The names that are called a character away from a more frequent one."""
    first, *others = texts
    line = {Role.LEVEL2: "质量指标", Role.VALUE: "≥98%"}
    example = Example(
        rows=({**line, Role.NAME: first},), others=tuple(Example(rows=({**line, Role.NAME: one},)) for one in others)
    )
    return {one.quote for one in review(shown(example, HEBEI.id), HEBEI) if one.rule == "X003"}


def test_names_one_character_away() -> None:
    usual = "工资及保险发放准确率"
    assert names("工资及保险放准确率", usual, usual) == {"工资及保险放准确率"}
    assert names("工资及保险费发放准确率", usual, usual) == {"工资及保险费发放准确率"}
    assert names("工资及保险发放准确律", usual, usual) == set()
    assert names("工资及保险发放正确率", usual, usual) == {"工资及保险发放正确率"}
    assert names("工资和保费发放准确率", usual, usual) == set()
    assert names("工资及保险放准确率", usual) == set()
    assert names("一季度工资发放准确率", "二季度工资发放准确率", "二季度工资发放准确率") == set()
    assert names("准确率高", "准确率低", "准确率低") == set()


def test_copied_blocks_need_five_rows_in_common() -> None:
    base = [
        {Role.LEVEL2: "数量指标", Role.NAME: f"工作事项{number}", Role.VALUE: f"≥{number}次"} for number in range(1, 9)
    ]
    for shared in (ALIKE_ROWS - 1, ALIKE_ROWS):
        other = [
            line if number < shared else {**line, Role.NAME: f"另外{line[Role.NAME]}"}
            for number, line in enumerate(base)
        ]
        example = Example(rows=tuple(base), only=True, others=(Example(rows=tuple(other), only=True),))
        found = [one for one in review(shown(example, HEBEI.id), HEBEI) if one.rule == "X001"]
        assert len(found) == (1 if shared >= ALIKE_ROWS else 0)


def test_a_conflict_is_an_error_in_its_field() -> None:
    document = factories.document("hebei-2021", 1)
    file, record = next(iter(document.projects.items()))
    group = HEBEI.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    row_id = record.rows(group.key)[0].id
    conflict = {"field": f"{group.key}.{row_id}.{group.key_of(Role.VALUE)}", "ours": "18人", "theirs": "19人"}
    edited = document.with_record(file, record.with_row(CONFLICTS, Row(id="k2fmw7", values=conflict)))
    found = [one for one in review(edited, HEBEI) if one.rule == "X005"]
    assert [one.location.path for one in found] == [(group.key, row_id, group.key_of(Role.VALUE))]
    assert "19人" in found[0].message


def test_what_is_shown_without_a_finding() -> None:
    document = real_document()
    assert projects_sum(document, HEBEI) == Decimal("4678940.00")
    first = next(iter(document.projects.values()))
    assert list(per_head(first, HEBEI.project, HEBEI).values()) == [Decimal("53160.98")]


def test_the_approved_total_is_held_against_the_sum() -> None:
    path = HEBEI.department.path_of(Role.APPROVED_TOTAL)
    assert path is not None
    document = real_document()
    for approved, expected in (("4678940.00", 0), ("4678940.01", 1)):
        told = document.with_record(DEPARTMENT, document.department.with_value(path, approved))
        assert sum(one.rule == "F005" for one in review(told, HEBEI)) == expected


@pytest.mark.parametrize(
    ("cumulative", "texts", "complete"),
    [
        (True, ("25", "50", "75", "100"), True),
        (True, ("25", "50", "75", "90"), False),
        (True, ("25", "", "75", "100"), False),
        (True, ("25", "50", "175", "100"), False),
        (False, ("25", "25", "25", "25"), True),
        (False, ("0", "0", "100", "0"), True),
        (False, ("25", "50", "75", "100"), False),
        (False, ("50", "50", "", ""), False),
    ],
)
def test_a_plan_is_complete_where_no_rule_asks_for_more(
    cumulative: bool, texts: tuple[str, ...], complete: bool
) -> None:
    assert HEBEI.project.plan is not None
    plan = replace(HEBEI.project.plan, cumulative=cumulative)
    form = replace(HEBEI, project=replace(HEBEI.project, plan=plan))
    document = shown(Example(plan=texts), "hebei-2021")
    asked = {finding.rule for finding in review(document, form)}
    assert bool(asked & {"P001", "P002", "P003", "P005"}) is not complete


def test_a_file_copied_by_hand_is_told_as_one() -> None:
    document = factories.document(projects=2)
    first = next(iter(document.projects))
    copied = document.with_record("projects/另存.toml", document.projects[first])
    (found,) = [one for one in review(copied, HEBEI) if one.rule == "C005"]
    assert found.location.file == "projects/另存.toml"
    assert "另存 是照" in found.message
    assert "Ctrl+K" in found.advice
    rows = [row.id for row in document.projects[first].rows("indicators")]
    alone = document.projects[first]
    for row_id in rows:
        alone = alone.without_row("indicators", row_id)
    others = copied.with_record("projects/另存.toml", alone)
    assert not any("是照" in one.message for one in review(others, HEBEI))


def test_only_a_code_used_twice_and_a_malformed_one_are_more_than_hints() -> None:
    """Public tables keep the code of a project's first year, and the city's for what it hands down."""
    for code, rule in (("130300216F9HQOHBT7GG4", "C003"), ("130303206F9HQOHBT7GG4", "C004")):
        found = review(shown(Example(head={Role.CODE: code}), "hebei-2021"), HEBEI)
        assert [(one.rule, one.severity) for one in found if one.rule[0] == "C"] == [(rule, Severity.HINT)]
    assert {one.id: one.severity for one in RULES if one.id in ("C001", "C005")} == {
        "C001": Severity.ERROR,
        "C005": Severity.ERROR,
    }


@pytest.mark.parametrize(
    ("level2", "name", "value", "expected"),
    [
        ("质量指标", "制度是否健全", "是", set()),
        ("社会效益指标", "是否发生安全事故", "否", set()),
        ("成本指标", "是否控制在预算内", "是", set()),
        ("质量指标", "制度健全性", "是", {"I016"}),
        ("质量指标", "制度是否健全", "是/否", {"I010"}),
        ("质量指标", "制度是否健全", "基本健全", {"I016"}),
        ("质量指标", "验收合格率", "是", {"I016"}),
        ("质量指标", "验收是否合格", "是", set()),
        ("质量指标", "工程验收合格", "是", set()),
    ],
)
def test_yes_or_no_is_a_value_where_the_name_asks_for_it(
    level2: str, name: str, value: str, expected: set[str]
) -> None:
    counted = "验收合格的处数占比" if "验收" in name else "健全的各项制度"
    assert rules(row(level2, name, value, description=counted)) == expected


def test_yes_or_no_is_a_value_where_the_sign_asks_for_it() -> None:
    group = HEBEI.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    sign = Field(key="sign", label="符号", role=Role.SIGN)
    signed = replace(group, columns=(*group.columns, sign))
    groups = tuple(signed if one is group else one for one in HEBEI.project.groups)
    form = replace(HEBEI, project=replace(HEBEI.project, groups=groups))
    document = shown(row("质量指标", "制度健全性", "是", description="健全的各项制度"), HEBEI.id)
    (file, record) = next(iter(document.projects.items()))
    line = next(one for one in record.rows(group.key) if one.text(group.key_of(Role.NAME)) == "制度健全性")
    for asked, expected in (("是/否", set()), ("定性", {"I016"})):
        edited = document.with_record(file, record.with_value((group.key, line.id, "sign"), asked))
        assert {one.rule for one in review(edited, form) if one.rule in ("I010", "I016")} == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("社区工作专项补助", {"I003"}),
        ("街道工作人员工资", {"I027"}),
        ("在职人员经费", {"I027"}),
        ("公用经费", {"I027"}),
        ("遗属补助", {"I027"}),
        ("机关物业管理费", {"I027"}),
        ("机关运转保障", {"I027"}),
        ("办公设备购置", {"I003"}),
    ],
)
def test_missing_satisfaction_is_a_hint_for_personnel_and_running_costs(name: str, expected: set[str]) -> None:
    lines = [
        {Role.LEVEL2: "数量指标", Role.NAME: "保障人数", Role.VALUE: "=43人"},
        {Role.LEVEL2: "社会效益指标", Role.NAME: "居民投诉下降率", Role.VALUE: "≥10%"},
    ]
    assert rules(Example(head={Role.NAME: name}, rows=tuple(lines), only=True)) & {"I003", "I027"} == expected


@pytest.mark.parametrize("form", [HEBEI, MOF], ids=lambda form: form.id)
def test_costs_stand_under_the_outputs_in_many_forms(form: Form) -> None:
    cost = {Role.LEVEL1: "产出指标", Role.LEVEL2: "成本指标", Role.NAME: "人均培训成本", Role.VALUE: "≤300元/人"}
    found = review(shown(Example(rows=(cost,)), form.id), form)
    assert [one for one in found if one.rule == "I004"] == []


def test_braces_in_what_people_typed_are_told_as_they_stand() -> None:
    odd = "{value}{0}{}"
    cells = ({Role.LEVEL2: level2, Role.NAME: odd, Role.VALUE: odd} for level2 in ("数量指标", "成本指标", "数量指标"))
    head = dict.fromkeys((Role.NAME, Role.CODE, Role.TITLE, Role.PURPOSE), odd)
    example = Example(head=head, plan=(odd,) * 4, amounts=(odd,) * 3, goals=(odd, odd), rows=tuple(cells))
    found = [one for form in (HEBEI, MOF) for one in review(shown(example, form.id), form)]
    assert {"F003", "G005", "I018", "I020", "P003", "T004"} <= {one.rule for one in found}
    assert all(odd in one.message for one in found if one.rule in ("F003", "I018", "I020", "P003", "T004"))


@pytest.mark.parametrize(("points", "fires"), [("20-30", False), ("20", False), ("25-50", True), ("10-19.5", True)])
def test_a_category_has_its_points_or_some_within_a_range(points: str, fires: bool) -> None:
    usual = load_form("wuhai-2021")
    assert usual.weights is not None
    form = replace(usual, weights=replace(usual.weights, categories={"产出指标": points}))
    example = Example(
        only=True, rows=({Role.LEVEL2: "数量指标", Role.NAME: "培训", Role.VALUE: "≥4次", Role.WEIGHT: "20"},)
    )
    assert any(one.rule == "I028" for one in review(shown(example, "wuhai-2021"), form)) is fires


def test_a_category_whose_only_row_stands_under_another_has_its_points_counted() -> None:
    misplaced = {Role.LEVEL1: "效益指标", Role.LEVEL2: "数量指标", Role.NAME: "培训", Role.VALUE: "≥4次"}
    example = Example(only=True, rows=({**misplaced, Role.WEIGHT: "20"},))
    found = review(shown(example, "wuhai-2021"), load_form("wuhai-2021"))
    assert [one.key for one in found if one.rule == "I028"] == ["产出指标"]
    assert any(one.rule == "I004" for one in found)


@pytest.mark.parametrize(("typed", "inner", "blamed"), [
    ("10.00", "6.00", ["上级"]), ("12.00", "4.00", ["合计"]), ("10.00", "4.00", []), ("10.00", None, ["上级"]),
])  # fmt: skip
def test_of_a_sum_of_sums_only_the_wrong_one_is_blamed(typed: str, inner: str | None, blamed: list[str]) -> None:
    def part(key: str, label: str, *parts: Part) -> Part:
        return Part(field=Field(key=key, label=label, kind=Kind.AMOUNT), parts=parts)

    upper = part("upper", "上级", part("central", "中央"), part("city", "市"))
    money = AmountGroup(key="money", label="资金", total=part("total", "合计", upper, part("own", "本级")))
    form = replace(MOF, project=replace(MOF.project, amounts=(money,)))
    document = factories.document("mof-2021", projects=1)
    (file,) = document.projects
    record = document.projects[file]
    amounts = {"total": typed, "upper": inner, "central": "3.00", "city": "1.00", "own": "6.00"}
    for key, amount in amounts.items():
        record = record.with_value(("money", key), amount)
    found = [one for one in review(document.with_record(file, record), form) if one.rule == "F001"]
    assert [form.project.label(one.location.path) for one in found] == blamed


def test_a_wrong_total_is_not_said_again_of_the_sum_of_the_projects() -> None:
    document = factories.document("hebei-2021", projects=2)
    file, record = next(iter(document.projects.items()))
    right = projects_sum(document, HEBEI)
    document = document.with_record(DEPARTMENT, document.department.with_value(("approved_total",), str(right)))
    wrong = document.with_record(file, record.with_value(("budget", "total"), "1.00"))
    assert {one.rule for one in review(wrong, HEBEI) if one.severity > Severity.HINT} == {"F001"}
    other = document.with_record(DEPARTMENT, document.department.with_value(("approved_total",), "1.00"))
    assert {one.rule for one in review(other, HEBEI) if one.severity > Severity.HINT} == {"F005"}


def test_a_total_that_the_form_computes_is_there() -> None:
    group = MOF.project.amounts[0]
    parts = " + ".join(f"{group.key}.{part.field.key}" for part in group.total.parts)
    total = replace(group.total, field=replace(group.total.field, formula=read_formula(parts)))
    form = replace(MOF, project=replace(MOF.project, amounts=(replace(group, total=total),)))
    document = factories.document("mof-2021", projects=1)
    file, record = next(iter(document.projects.items()))
    blank = document.with_record(file, record.with_value(group.path(group.total.field), None))
    assert projects_sum(blank, form) == projects_sum(document, MOF)
    assert [one.rule for one in review(blank, form) if one.severity > Severity.HINT] == []
    typed = document.with_record(file, record.with_value(group.path(group.total.field), "1.00"))
    assert {one.rule for one in review(typed, form) if one.severity > Severity.HINT} == {"F001"}


@pytest.mark.parametrize(("typed", "fires"), [("12.50", False), ("12.51", True), ("约12", True), (None, False)])
def test_what_is_computed_and_typed_is_the_same(typed: str | None, fires: bool) -> None:
    form, document = load_form("anxi-2022"), factories.document("anxi-2022", projects=1)
    file, record = next(iter(document.projects.items()))
    found = review(document.with_record(file, record.with_value(("allocated",), typed)), form)
    assert [one.fix.text for one in found if one.rule == "F009" and one.fix] == (["12.50"] if fires else [])


def test_what_the_form_has_no_field_for_is_told_once_a_name() -> None:
    document = shown(Example(), HEBEI.id)
    file, record = next(iter(document.projects.items()))
    rows = [replace(one, values={**one.values, "evidence": "年度工作计划"}) for one in record.rows("indicators")]
    record = replace(
        record,
        head={**record.head, "remark2": "备注", "blank": " "},
        tables={
            **record.tables,
            "budget": {**record.tables["budget"], "purpse": "用途"},
            "money": {"a": "1", "b": "2"},
        },
        groups={**record.groups, "indicators": tuple(rows), "aims": (Row(id="k2fmw7", values={"text": "目标"}),)},
    )
    found = [one for one in review(document.with_record(file, record), HEBEI) if one.rule == "X010"]
    told = {one.message.split("”")[0].split("“")[1]: (one.quote, one.message) for one in found}
    assert {name: quote for name, (quote, _message) in told.items()} == {
        "remark2": "备注", "budget.purpse": "用途", "money.a": "1", "money.b": "2",
        "indicators.evidence": "年度工作计划", "aims.text": "目标",
    }  # fmt: skip
    assert len(found) == len(told)
    assert f" {len(rows)} 处" in told["indicators.evidence"][1]
    assert all(one.location.file == file for one in found)


@pytest.mark.parametrize("form", [*map(load_form, FORMS), sample_form()], ids=lambda form: form.id)
def test_no_field_of_a_form_is_a_stranger_to_it_hidden_ones_and_those_of_later_looks_neither(form: Form) -> None:
    filled = []
    for spec in (form.department, form.project):
        once = {**spec.tables, **spec.moment_tables}
        rows = {**{group.key: group.columns for group in spec.groups}, **spec.moment_rows}
        filled.append(
            Record(
                head={one.key: "1" for one in spec.head},
                tables={key: {one.key: "1" for one in fields} for key, fields in once.items()},
                groups={key: (Row(id="k2fmw7", values={one.key: "1" for one in of}),) for key, of in rows.items()},
            )
        )
    department, project = filled
    document = Document(
        year=2021, unit="613001", form=form.id, department=department, projects={project_file("1"): project}
    )
    assert "X010" not in {one.rule for one in review(document, form)}
    stranger = department.with_value(("stranger",), "1")
    assert "X010" in {one.rule for one in review(replace(document, department=stranger), form)}


def test_places_marks_remarks_and_conflicts_are_no_strangers_to_a_form() -> None:
    example = Example(conflict=Role.NAME, remarked=Role.NAME, copied=Role.NAME)
    assert "X010" not in rules(example)


@pytest.mark.parametrize(
    ("level2", "name", "value", "expected"),
    [
        ("数量指标", "机器人数量", "≥5台", set()),
        ("数量指标", "新增法人数", "≥10个", set()),
        ("数量指标", "覆盖户数", "≥300户/年", set()),
        ("数量指标", "受益户数", "≥3个", {"I034"}),
        ("数量指标", "绿化面积", "≥35hm²", set()),
        ("数量指标", "硬化面积", "3条", {"I034"}),
        ("数量指标", "硬化面积", "3公里", {"I034"}),
        ("数量指标", "硬化里程", "3平方米", {"I034"}),
        ("数量指标", "管网长度", "300延长米", set()),
        ("数量指标", "管网长度", "3KM", set()),
        ("数量指标", "3个月内整改问题个数", "≥20个", set()),
        ("数量指标", "100户以下村庄户数", "≥500户", set()),
        ("质量指标", "合格率95%以上的村比例", "≥90%", set()),
        ("服务对象满意度指标", "群众满意度达到90%以上", "≥85%", {"I033"}),
        ("数量指标", "新建3个服务站数量", "5个", {"I033"}),
        ("社会效益指标", "学习培训受益人次", "≥500人次", set()),
        ("数量指标", "补贴18名干部", "20人", {"I033"}),
        ("数量指标", "补贴18名干部", "18人", set()),
        ("社会效益指标", "召开会议次数", "≥5次", {"I039"}),
        ("社会效益指标", "举办活动次数", "≥5次", {"I039"}),
        ("社会效益指标", "培训后就业人数", "≥50人", set()),
        ("数量指标", "培训人次（≥100）", "≥100人次", {"I046"}),
        ("数量指标", "培训不少于4次", "≥4次", {"I046"}),
        ("数量指标", "得分≥90分的项目数", "≥5个", set()),
        ("数量指标", "B≥2级医院数", "≥2家", set()),
        ("质量指标", "PM2.5≤35的天数比例", "≥90%", set()),
        ("数量指标", "5G基站数", "≥5个", set()),
    ],
)  # fmt: skip
def test_a_name_and_its_value_as_public_tables_have_them(
    level2: str, name: str, value: str, expected: set[str]
) -> None:
    assert rules(Example(rows=({Role.LEVEL2: level2, Role.NAME: name, Role.VALUE: value},))) == expected


@pytest.mark.parametrize(
    ("year", "unit", "found"), [(2021, "613001", 0), (2021, "613002", 1), (2022, "613001", 1), (2021, "benji", 0)]
)
def test_a_document_in_the_folder_of_another_unit_or_year_was_copied_with_it(year: int, unit: str, found: int) -> None:
    document = replace(factories.document("hebei-2021"), year=year, unit=unit)
    assert [one.rule for one in review(document, load_form("hebei-2021"))].count("D009") == found


@pytest.mark.parametrize(
    ("sign", "fix"), [("≥", None), ("定性", None), (">=", "≥"), ("不少于", "≥"), ("约等于", ""), ("≧1", "")]
)
def test_a_word_that_a_closed_choice_does_not_have_is_found_however_it_came(sign: str, fix: str | None) -> None:
    example = row("数量指标", "修建道路长度", "20", sign=sign, unit="公里")
    found = [one for one in review(shown(example, "wuhai-2021"), load_form("wuhai-2021")) if one.rule == "T009"]
    assert [one.fix.text if one.fix else "" for one in found] == ([] if fix is None else [fix])


def test_another_unit_of_amounts_written_by_hand_is_found_where_a_free_choice_is_not() -> None:
    assert "T009" in rules(Example(department={Role.AMOUNT_UNIT: "千元"}))
    assert "T009" not in rules(Example(department={Role.AMOUNT_UNIT: "万元"}))
    assert "T009" not in rules(Example(fields={"nature": "一次性项目"}), "jiaxian-2016")


@pytest.mark.parametrize(
    ("span", "fix"),
    [
        ("2016-01/2018-12", None),
        ("2016年1月至2018年12月", "2016-01/2018-12"),
        ("2018-12/2016-01", ""),
        ("2016-13/2018-12", ""),
        ("长期", ""),
    ],
)
def test_a_period_that_a_hand_wrote_otherwise_is_found(span: str, fix: str | None) -> None:
    found = review(shown(Example(fields={"span": span}), "jiaxian-2016"), load_form("jiaxian-2016"))
    fixes = [one.fix.text if one.fix else "" for one in found if one.rule == "T010"]
    assert fixes == ([] if fix is None else [fix])
