"""Exported and imported again, every document of every form is the same, whatever its texts say."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.read_document import match
from perftui.exchange.importer.source import SourceDocument
from perftui.exchange.project_tables import is_printed
from perftui.forms import Form, Group, Kind, RecordSpec, Role, form_ids, load_form
from perftui.forms.computed_fields import value_of
from perftui.model.document import DEPARTMENT, Document, project_file
from perftui.model.money import format_amount
from perftui.model.record import Plain, Record, Row
from perftui.model.text import clean
from tests import factories
from tests.documents import docx_of, import_document
from tests.property.test_read_alike import streamed

NOT_PRINTED = {Role.DIVISION, Role.APPROVED_TOTAL, Role.STATUS, Role.ORIGIN, Role.ORDER, Role.NOTE}
LEADS = [
    column.lead
    for form in map(load_form, form_ids())
    for group in form.department.groups
    for column in group.columns
    if column.lead
]
WORDS = [
    *("项目编码", "项目名称", "绩效目标", "一级指标", "指标值", "3月底", "预算数", "单位：万元", "（一）总体绩效目标"),
    *("1. ", "2、", "（3）", "①", "第二部分", "工作保障措施", "合计", "100%", "-", "/", "≥95%", "绩效目标表", "目录"),
    *("613001路南街道", "2021年", "2022年部门预算绩效文本", "主要职责是", "<w:t>", "&amp;", " ", "  ", "。", "\u3000"),
    *("😀", "e\u0301", "𠀀"),
]
PIECES = st.one_of(
    st.sampled_from(WORDS), st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"]), max_size=6)
)
IN_ONE_LINE = st.lists(PIECES, min_size=1, max_size=5)
IN_LINES = st.lists(st.one_of(PIECES, st.just("\n")), min_size=1, max_size=5)


@cache
def texts(*, lines: bool) -> st.SearchStrategy[str]:
    """A text that may be kept, not empty; with ``lines`` of several, none but the first beginning as a printed lead."""
    return _texts(lines)


@st.composite
def _texts(draw: st.DrawFn, lines: bool) -> str:
    pieces = draw(IN_LINES if lines else IN_ONE_LINE)
    text = clean("".join(pieces), lines=lines).text
    kept = [line for number, line in enumerate(text.split("\n")) if not number or not line.startswith(tuple(LEADS))]
    text = "\n".join(kept)
    return text if text.strip() else draw(st.sampled_from("甲乙丙"))


AMOUNTS = st.decimals(Decimal(0), Decimal("999999999999999.99"), places=2).map(format_amount)
DATES = st.dates(date(2000, 1, 1), date(2040, 12, 31)).map(str)
PERCENTS = st.one_of(st.integers(0, 100).map(str), st.sampled_from(["33.33", "12.5"]))


@cache
def values(kind: Kind) -> st.SearchStrategy[str | None]:
    """What a field of a kind may hold, or nothing. Kept: to build a strategy costs more than to draw from it."""
    found: dict[Kind, st.SearchStrategy[str]] = {
        Kind.AMOUNT: AMOUNTS,
        Kind.PERCENT: PERCENTS,
        Kind.DATE: DATES,
        Kind.PERIOD: st.tuples(DATES, DATES).map(lambda both: "/".join(sorted(both))),
        Kind.INTEGER: st.integers(0, 10**8).map(str),
        Kind.CODE: st.one_of(st.from_regex(r"[0-9A-Z]{1,21}", fullmatch=True), texts(lines=False)),
    }
    return st.one_of(st.none(), found.get(kind, texts(lines=kind is Kind.LONG_TEXT)))


@cache
def _levels(form: str) -> st.SearchStrategy[str | None]:
    specs = load_form(form).project, load_form(form).department
    words = [name for spec in specs for one in spec.taxonomy.categories for name in (one.name, *one.classes)]
    return st.one_of(st.none(), st.sampled_from(words), texts(lines=False))


@st.composite
def rows(draw: st.DrawFn, form: Form, group: Group) -> tuple[Row, ...]:
    made = []
    levels = _levels(form.id)
    for number in range(draw(st.integers(0, 1 if group.single else 4))):
        row: dict[str, Plain] = {"order": 1000 * (number + 1)}
        for column in group.columns:
            text = draw(levels if column.role in (Role.LEVEL1, Role.LEVEL2) else values(column.kind))
            if text is None and column is group.columns[0] and column.role in (Role.TITLE, Role.TEXT):
                text = "甲"  # a text without the title before it would belong to the row above
            if text is not None:
                row[column.key] = text
        made.append(Row(id=f"r{number}", values=row))
    return tuple(made)


@st.composite
def records(draw: st.DrawFn, form: Form, spec: RecordSpec, fixed: Mapping[Role, Plain]) -> Record:
    head: dict[str, Plain] = {}
    for field in spec.head:
        if field.role in fixed:
            head[field.key] = fixed[field.role]
        elif field.role not in NOT_PRINTED and not field.hidden and field.role is not Role.AMOUNT_UNIT:
            text = draw(values(field.kind))
            if text is not None:
                head[field.key] = text
    tables: dict[str, dict[str, Plain]] = {}
    for table, fields in spec.tables.items():
        drawn = {one.key: draw(values(one.kind)) for one in fields if one.role not in NOT_PRINTED}
        tables[table] = {key: text for key, text in drawn.items() if text is not None}
    return Record(head=head, tables=tables, groups={group.key: draw(rows(form, group)) for group in spec.groups})


NAMES = texts(lines=False)


@st.composite
def documents(draw: st.DrawFn, form: Form) -> Document:
    name = draw(NAMES)
    unit = draw(st.sampled_from([None, "元", "万元"]))
    fixed: dict[Role, Plain] = {Role.UNIT_CODE: "613001", Role.UNIT_NAME: name, Role.YEAR: 2021}
    if unit:
        fixed[Role.AMOUNT_UNIT] = unit
    projects = {}
    for number in range(draw(st.integers(1, 3)) if form.has_projects else 0):
        record = draw(records(form, form.project, {}))
        projects[project_file(f"p{number}")] = record
    if name[0] in "0123456789":  # its number is told from the code before it by the cover's title alone
        fixed[Role.DEPARTMENT_NAME] = name
    department = draw(records(form, form.department, fixed))
    return Document(year=2021, unit="613001", form=form.id, department=department, projects=projects)


def printed_of(form: Form, spec: RecordSpec, record: Record) -> dict[str, object]:
    """What the paper says of a record."""
    own = {
        one.key: value_of(spec, record, (one.key,))
        for one in spec.head
        if one.role not in (*NOT_PRINTED, Role.SCHEMA, Role.FORM)
    }
    if own.get("amount_unit") == form.amount_unit:
        own["amount_unit"] = ""
    if own.get("department_name") == own.get("unit_name"):
        own["department_name"] = ""
    if own.get("title") and own["title"] == form.layout.title.format(name=own["name"]):
        own["title"] = ""
    tables = {
        table: {one.key: value_of(spec, record, (table, one.key)) for one in fields if one.role not in NOT_PRINTED}
        for table, fields in spec.tables.items()
    }
    groups = {
        group.key: [
            [row.text(column.key) for column in group.columns]
            for row in record.rows(group.key)
            if is_printed(row, group)
        ]
        for group in spec.groups
    }
    return {"head": own, "tables": tables, "groups": groups}


@pytest.mark.parametrize("name", form_ids())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_what_was_exported_comes_in_again(name: str, data: st.DataObject) -> None:
    form = load_form(name)
    document = data.draw(documents(form))
    printed = docx_of(document, form)
    content = read_docx(printed)
    compare(document, content, form)
    assert streamed(printed) == content.blocks


def compare(document: Document, printed: SourceDocument, form: Form) -> None:
    imported = match(printed, form=form.id)
    assert [note for note in imported.notes if note.confidence is Confidence.LEFT] == []
    again = imported.document
    assert (again.year, again.unit) == (2021, "613001")
    assert printed_of(form, form.department, again.department) == printed_of(form, form.department, document.department)
    assert [printed_of(form, form.project, record) for record in again.projects.values()] == [
        printed_of(form, form.project, record) for record in document.projects.values()
    ]


@pytest.mark.parametrize(
    "unit", ["2号院社区", "2021年甲", "12345", ".0", "-甲", "：甲", " 甲", "甲（盖章）", "（一）某某街道"]
)
@pytest.mark.parametrize("name", form_ids())
def test_code_and_name_of_a_unit_are_told_apart_however_the_name_begins(name: str, unit: str) -> None:
    form, document = load_form(name), factories.document(name)
    path = form.department.path_of(Role.UNIT_NAME) or ()
    again = import_document(
        docx_of(document.with_record(DEPARTMENT, document.department.with_value(path, unit)), form), form=name
    ).document
    assert (again.unit, again.department.text(path)) == (document.unit, unit)


@pytest.mark.parametrize("name", form_ids())
def test_the_form_of_an_exported_document_is_known_by_its_labels(name: str) -> None:
    imported = import_document(docx_of(factories.document(name), load_form(name)))
    assert imported.document.form == name
