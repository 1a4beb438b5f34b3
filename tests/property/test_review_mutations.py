"""One defect put into a correct document is found, and nothing else is said: recall and precision, printed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest

from perftui.forms import GENERAL_FORMS, Form, Group, GroupRole, Role, load_form
from perftui.forms.computed_fields import computed_fields
from perftui.model.document import DEPARTMENT, Document
from perftui.model.record import Record, Row
from perftui.model.values import ValueKind, parse_value
from perftui.review.engine import review
from perftui.review.finding import Severity
from tests import factories
from tests.factories import FORMS
from tests.property.review_documents import correct_document

SEEDS = {form: range(8 if form in GENERAL_FORMS else 1) for form in FORMS}
"""Fewer of the forms that one place has: what differs is the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A document to spoil: its second project and its department."""

    document: Document
    form: Form

    @property
    def file(self) -> str:
        return list(self.document.projects)[1]

    @property
    def project(self) -> Record:
        return self.document.projects[self.file]

    @property
    def cost(self) -> str:
        """A word of the class of costs in money."""
        return "经济成本" if self.form.project.taxonomy.category_of("经济成本指标") else "成本"

    def goal_is_purpose(self) -> Document | None:
        purpose = self.form.project.text_of(self.project, Role.PURPOSE)
        return self.goals("领取3次", purpose) if purpose else None

    def with_project(self, record: Record) -> Document:
        return self.document.with_record(self.file, record)

    def field(self, role: Role, text: str | None) -> Document | None:
        path = self.form.project.path_of(role)
        return None if path is None else self.with_project(self.project.with_value(path, text))

    def amount(self, index: int, text: str | None) -> Document | None:
        """One of the amounts that add up."""
        group = self.form.project.amounts[0]
        if len(group.amounts) < 2:
            return None
        return self.with_project(self.project.with_value(group.path(group.amounts[index]), text))

    def plan(self, *texts: str) -> Document | None:
        plan, record = self.form.project.plan, self.project
        if plan is None:
            return None
        for point, text in zip(plan.points, texts, strict=True):
            record = record.with_value(plan.path(point), text or None)
        return self.with_project(record)

    def goals(self, *texts: str) -> Document:
        record = self.project
        for group in self._groups(GroupRole.GOALS):
            record = factories.with_rows(record, group, list(texts))
        return self.with_project(record)

    def cell(self, level2: str, role: Role, text: str | None, **more: str) -> Document | None:
        """A cell of the first row of each group whose class has a word in it; signs and units go to their columns."""
        record = self.project
        for group in self._groups(GroupRole.INDICATORS):
            level = group.key_of(Role.LEVEL2)
            row = next((row for row in record.rows(group.key) if level2 in row.text(level)), None)
            if row is None or group.column(role) is None:
                return None
            cells = {role: text, **{Role(name): other for name, other in more.items()}}
            value = cells.get(Role.VALUE)
            if value and parse_value(value).kind in SPREAD:
                blank: dict[Role, str | None] = {Role.SIGN: None, Role.UNIT: None}
                cells |= blank | dict(factories.in_columns(self.form, group, [{Role.VALUE: value}], weighed=False)[0])
                cells[Role.SIGN] = parse_value(value).sign or None
            for one, other in cells.items():
                row = row.with_value(group.key_of(one), other) if group.column(one) else row
            record = record.with_row(group.key, row)
        return self.with_project(record)

    def misplaced(self, level2: str, role: Role, text: str) -> Document | None:
        """A row of a class in a category, where the form minds."""
        return self.cell(level2, role, text) if self.form.project.taxonomy.closed else None

    def without_rows(self, word: str) -> Document:
        record = self.project
        for group in self._groups(GroupRole.INDICATORS):
            levels = [group.key_of(role) for role in (Role.LEVEL1, Role.LEVEL2)]
            kept = [row for row in record.rows(group.key) if word not in "".join(map(row.text, levels))]
            record = _replaced(record, group, kept)
        return self.with_project(record)

    def duty(self, role: Role, text: str | None) -> Document | None:
        return self._department_row(GroupRole.DUTIES, role, text)

    def safeguard(self, role: Role, text: str | None) -> Document | None:
        return self._department_row(GroupRole.SAFEGUARDS, role, text)

    def overall_goal(self) -> Document | None:
        path = self.form.department.path_of(Role.OVERALL_GOAL)
        return None if path is None else self._with_department(self.document.department.with_value(path, None))

    def department(self, role: Role, text: str) -> Document:
        path = self.form.department.path_of(role)
        assert path is not None
        return self._with_department(self.document.department.with_value(path, text))

    def copied_block(self) -> Document:
        group, first = self._group(GroupRole.INDICATORS), next(iter(self.document.projects.values()))
        rows = first.rows(group.key)
        return self.with_project(_replaced(self.project, group, [*rows]))

    def duplicate(self) -> Document:
        """Every row of one class twice."""
        group = self._group(GroupRole.INDICATORS)
        row = self.project.rows(group.key)[0]
        again = Row(id="zzzzzz", values={**row.values, "order": 10**6})
        return self.with_project(self.project.with_row(group.key, again))

    def ecology(self) -> Document | None:
        texts = {"name": "保障发展率", "description": "保障发展的占比", "value": "≥90%"}
        return self.cell("生态效益", Role.LEVEL2, "生态效益指标", **texts)

    def other_heads(self) -> Document | None:
        """Every count of people is another one than the goals'."""
        spoilt = self.cell("数量", Role.VALUE, "=7名", name="补助人员", description="受补助的人员")
        record = spoilt.record(self.file) if spoilt else self.project
        for group in self._groups(GroupRole.INDICATORS):
            keys = [group.key_of(role) for role in (Role.VALUE, Role.UNIT)]
            for row in record.rows(group.key):
                if "人" in "".join(map(row.text, keys)):
                    text = re.sub("[0-9]+", "7", row.text(keys[0]))
                    record = record.with_value((group.key, row.id, keys[0]), text)
        return spoilt and spoilt.with_record(self.file, record)

    def twin(self) -> Document | None:
        """The first output's measure as an effect."""
        name = "慰问独居老人户数"
        first = self.cell("数量", Role.NAME, name, value="≥20户")
        if first is None:
            return None
        return Place(document=first, form=self.form).cell("社会效益", Role.NAME, name, value="≥20户")

    def wrongly_computed(self) -> Document | None:
        fields = computed_fields(self.form.project, self.project)
        return self.with_project(self.project.with_value(fields[0][0], "1.23")) if fields else None

    def _department_row(self, role: GroupRole, column: Role, text: str | None) -> Document | None:
        group = self.form.department.group_of(role)
        if group is None:
            return None
        row = self.document.department.rows(group.key)[0].with_value(group.key_of(column), text)
        return self._with_department(self.document.department.with_row(group.key, row))

    def _with_department(self, record: Record) -> Document:
        return self.document.with_record(DEPARTMENT, record)

    def _group(self, role: GroupRole) -> Group:
        return self._groups(role)[0]

    def _groups(self, role: GroupRole) -> list[Group]:
        return [group for group in self.form.project.groups if group.role is role]


def _replaced(record: Record, group: Group, rows: list[Row]) -> Record:
    for row in record.rows(group.key):
        record = record.without_row(group.key, row.id)
    for row in rows:
        record = record.with_row(group.key, row)
    return record


SPREAD = (ValueKind.QUANTITY, ValueKind.PERCENT, ValueKind.MONEY)
"""Values of which a form may have the sign and the unit in columns of their own."""
Spoil = Callable[[Place], Document | None]
NOTHING = "没有数字的话"
TRUE_AS_WELL = {"no output": {"I003"}, "row twice": {"I028"}, "block copied": {"I024"}}
"""What a defect brings with it on some documents: outputs hold the costs, a row its points, a copied block heads."""

DEFECTS: dict[str, tuple[str, Spoil]] = {
    "code too short": ("C001", lambda at: at.field(Role.CODE, "13030321F9HQOHBT7GG4")),
    "code in small letters": ("C001", lambda at: at.field(Role.CODE, "13030321f9hqohbt7gg4a")),
    "no code": ("C002", lambda at: at.field(Role.CODE, None)),
    "code of another division": ("C003", lambda at: at.field(Role.CODE, "130304216F9HQOHBT7GG4")),
    "code of last year": ("C004", lambda at: at.field(Role.CODE, "130303206F9HQOHBT7GG4")),
    "code used twice": ("C005", lambda at: at.field(Role.CODE, factories.project_code(1))),
    "sum wrong by a 分": ("F001", lambda at: at.amount(1, "0.01")),
    "total missing": ("F001", lambda at: at.amount(0, None)),
    "total unreadable": ("F003", lambda at: at.amount(0, "约5万")),
    "sum of projects not the approved one": ("F005", lambda at: at.department(Role.APPROVED_TOTAL, "1.00")),
    "plan blank": ("P001", lambda at: at.plan("", "", "", "")),
    "plan point blank": ("P002", lambda at: at.plan("25", "", "75", "100")),
    "plan above 100": ("P003", lambda at: at.plan("25", "50", "75", "120")),
    "plan falls": ("P004", lambda at: at.plan("25", "50", "30", "100")),
    "plan ends early": ("P005", lambda at: at.plan("25", "50", "75", "95")),
    "no goal": ("G001", lambda at: at.goals()),
    "goal empty": ("G002", lambda at: at.goals("体检3次", "2、")),
    "goal twice": ("G003", lambda at: at.goals("体检3次", "1. 体检3次。")),
    "goal twice in other words": ("G004", lambda at: at.goals("按时拨付补助3次", "及时拨付补助3次")),
    "goal a sum of others": ("G004", lambda at: at.goals("按时拨付3次", "足额拨付3次", "按时足额拨付3次")),
    "goal is the purpose": ("G005", Place.goal_is_purpose),
    "goals without number": ("G006", lambda at: at.goals("2021年保障工作顺利开展")),
    "no indicator": ("I001", lambda at: at.without_rows("")),
    "no output": ("I002", lambda at: at.without_rows("产出")),
    "no benefit": ("I002", lambda at: at.without_rows("效益")),
    "no satisfaction": ("I003", lambda at: at.without_rows("满意度")),
    "class in the wrong category": ("I004", lambda at: at.misplaced("数量", Role.LEVEL1, "效益指标")),
    "class unknown": ("I004", lambda at: at.misplaced("社会效益", Role.LEVEL2, "其他效益指标")),
    "value missing": ("I005", lambda at: at.cell("数量", Role.VALUE, None)),
    "name missing": ("I005", lambda at: at.cell("满意度", Role.NAME, None)),
    "basis missing": ("I006", lambda at: at.cell("数量", Role.BASIS, None)),
    "placeholder": ("I007", lambda at: at.cell("满意度", Role.VALUE, "≥XX%")),
    "placeholder as basis": ("I008", lambda at: at.cell("数量", Role.BASIS, "**")),
    "choice": ("I010", lambda at: at.cell("社会效益", Role.VALUE, "是/否")),
    "grades": ("I010", lambda at: at.cell("社会效益", Role.VALUE, "优/良/中/差")),
    "rate in heads": ("I011", lambda at: at.cell("数量", Role.NAME, "出勤比率", value="18场次")),
    "rate above 100": ("I012", lambda at: at.cell("社会效益", Role.NAME, "居民参与率", value="≥120%")),
    "money as a number of heads": ("I013", lambda at: at.cell("数量", Role.NAME, "慰问老人人数", value="=3万元")),
    "heads as money": ("I013", lambda at: at.cell("数量", Role.NAME, "支付保险费", value="2辆")),
    "no unit": ("I014", lambda at: at.cell("数量", Role.VALUE, "≥12", name="慰问老人", description="全年慰问的老人")),
    "百分比 in words": ("I015", lambda at: at.cell("社会效益", Role.VALUE, "≥12百分比", name="居民参与率")),
    "words without a method": ("I016", lambda at: at.cell("社会效益", Role.DESCRIPTION, NOTHING, value="进一步推动")),
    "percentage without sign": ("I017", lambda at: at.cell("社会效益", Role.VALUE, "85%", name="居民参与率")),
    "cost above the total": ("I018", lambda at: at.cell(at.cost, Role.VALUE, "≤999999万元", name="支出总额")),
    "cost in heads": ("I018", lambda at: at.cell(at.cost, Role.VALUE, "≤12人", name="支出总额")),
    "description copied": ("I019", lambda at: at.cell("数量", Role.DESCRIPTION, "慰问老人", name="慰问老人")),
    "row twice": ("I020", lambda at: at.duplicate()),
    "ecology about work": ("I022", Place.ecology),
    "heads differ": ("I024", Place.other_heads),
    "satisfaction above 100": ("I025", lambda at: at.cell("满意度", Role.VALUE, "≥195%", name="居民反映")),
    "error of a formula in a goal": ("T007", lambda at: at.goals("为#REF!名老人体检3次")),
    "template left in a goal": ("T007", lambda at: at.goals("为XX名老人体检3次")),
    "sum in a goal": ("F008", lambda at: at.goals("发放补助10万元，其中：生活补助6万元，交通补助3万元")),
    "percentage on a number": ("I031", lambda at: at.cell("数量", Role.NAME, "慰问老人次数", value="≥95%")),
    "number without a digit": ("I032", lambda at: at.cell("数量", Role.NAME, "慰问老人次数", value="按计划完成",
                                                          description="按次数统计")),
    "figure in the name": ("I033", lambda at: at.cell("数量", Role.NAME, "新建2座服务站", value="=3座")),
    "value in the name": ("I046", lambda at: at.cell("数量", Role.NAME, "走访慰问（≥12次）", value="≥12次")),
    "one measure on both sides": ("I044", Place.twin),
    "computed typed otherwise": ("F009", Place.wrongly_computed),
    "heads in pieces": ("I034", lambda at: at.cell("数量", Role.NAME, "受助人数", value="=18个")),
    "duty part missing": ("D001", lambda at: at.duty(Role.PERFORMANCE_GOAL, None)),
    "numbers with a gap": ("D002", lambda at: at.duty(Role.DUTY_GOAL, "1、抓好落实；3、加强检查。")),
    "numbers repeated": ("D002", lambda at: at.duty(Role.DUTY_GOAL, "1、抓好落实。1、加强检查。")),
    "一是 missing": ("D003", lambda at: at.safeguard(Role.TEXT, "二是明确责任。三是加强检查。")),
    "work of a higher body": ("D005", lambda at: at.duty(Role.RESPONSIBILITY, "开展立法调研工作。")),
    "overall goal missing": ("D007", lambda at: at.overall_goal()),
    "safeguard without text": ("D008", lambda at: at.safeguard(Role.TEXT, None)),
    "punctuation doubled": ("T001", lambda at: at.duty(Role.RESPONSIBILITY, "负责宣传工作。。")),
    "blank between characters": ("T001", lambda at: at.duty(Role.RESPONSIBILITY, "负责 宣传工作。")),
    "no full stop": ("T001", lambda at: at.duty(Role.RESPONSIBILITY, "负责宣传工作")),
    "slip": ("T002", lambda at: at.cell("满意度", Role.NAME, "单位工做人员满意度")),
    "name too long": ("T003", lambda at: at.field(Role.NAME, "社区服务经费" * 11)),
    "title of another project": ("T004", lambda at: at.field(Role.TITLE, "食堂经费绩效目标表")),
    "name missing in the head": ("T005", lambda at: at.field(Role.NAME, None)),
    "block copied": ("X001", lambda at: at.copied_block()),
}  # fmt: skip


@cache
def spoilt(name: str, form: str) -> list[tuple[int, int]]:
    """For each seed: whether the defect was found, and how many other errors and warnings were said."""
    rule, spoil = DEFECTS[name]
    found = []
    for seed in SEEDS[form]:
        place = Place(document=correct_document(seed, form), form=load_form(form))
        document = spoil(place)
        if document is not None:
            findings = review(document, place.form)
            allowed = {rule} | TRUE_AS_WELL.get(name, set())
            others = [one for one in findings if one.rule not in allowed and one.severity > Severity.HINT]
            found.append((any(one.rule == rule for one in findings), len(others)))
    return found


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_found_and_nothing_else_is_said(name: str) -> None:
    results = [(form, *result) for form in FORMS for result in spoilt(name, form)]
    assert results, "no form can have this defect"
    assert {form for form, hit, _others in results if not hit} == set(), "it is not found on these forms"
    assert {form for form, _hit, others in results if others} == set(), "more is said on these forms"


def test_precision_and_recall_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    results = [result for name in DEFECTS for form in FORMS for result in spoilt(name, form)]
    hits, others = sum(hit for hit, _others in results), sum(others for _hit, others in results)
    with capsys.disabled():
        print(
            f"\nreview: {len(DEFECTS)} kinds of defects, {len(results)} documents, "
            f"recall {hits / len(results):.3f}, precision {hits / (hits + others):.3f}"
        )
    assert hits == len(results)
