"""A foreign document held against the open one: shown first, nothing lost, one step."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perftui.editing.edits import apply_all
from perftui.forms import GroupRole, Role, load_form
from perftui.model.document import DEPARTMENT, Document
from perftui.model.record import Record
from perftui.session.export import proven_docx
from perftui.session.foreign_document import read_foreign, read_rows
from perftui.session.import_plan import plan_lines, plan_of, rows_plan
from perftui.session.open_document import OpenDocument
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from tests import factories
from tests.factories import FORMS
from tests.unit.cli.conftest import write

FORM = load_form("hebei-2021")
INDICATORS = FORM.project.group_of(GroupRole.INDICATORS)
assert INDICATORS is not None


def foreign_of(document: Document) -> Document:
    """The document after a way through Word: other ids, only what is printed."""
    form = load_form(document.form)
    return read_foreign(proven_docx(document, form).data, "a.docx", form=form.id).document


def first(document: Document) -> tuple[str, Record]:
    return next(iter(document.projects.items()))


def taken(document: Document, foreign: Document, *, changing: bool = True) -> Document:
    plan = plan_of(document, load_form(document.form), foreign)
    return apply_all(document, tuple(plan.edits(changing=changing)))[0]


@pytest.mark.parametrize("form_id", FORMS)
def test_the_same_document_changes_nothing(form_id: str) -> None:
    document = factories.document(form_id, projects=3)
    plan = plan_of(document, load_form(form_id), foreign_of(document))
    assert (plan.added, plan.changes, plan.kept, plan.alike) == ((), (), (), 3)
    assert plan_lines(plan, document, load_form(form_id)) == ["3 个项目与现有的一样"]


def test_what_is_written_otherwise_here_and_printed_the_same_changes_nothing() -> None:
    """An amount by hand without its zeros, in a table or in a row; a sign that no page shows."""
    document = factories.document("guangshui-2021", projects=0)
    record = document.department
    (row,) = record.rows("tasks")
    goal = ("goals", record.rows("goals")[0].id, "text")
    written = record.with_value(goal, f"{record.text(goal)}\u200b").with_value(("tasks", row.id, "amount"), "12.5")
    document = document.with_record(DEPARTMENT, written)
    assert plan_of(document, load_form(document.form), foreign_of(document)).changes == ()


def test_what_was_changed_in_word_is_shown_from_what_to_what() -> None:
    document = factories.document(projects=2)
    file, record = first(document)
    rows = record.rows(INDICATORS.key)
    path = (INDICATORS.key, rows[2].id, INDICATORS.key_of(Role.VALUE))
    edited = record.with_value(path, "≥99%").with_value(("budget", "purpose"), "改了用途")
    plan = plan_of(document, FORM, foreign_of(document.with_record(file, edited)))
    assert plan_lines(plan, document, FORM) == [
        "改动 项目 1 街道工作者补助 · 资金用途：用于第1个项目的人员补助和培训 → 改了用途",
        "改动 项目 1 街道工作者补助 · 绩效指标 3 补助发放及时率 · 指标值：≥95% → ≥99%",
        "1 个项目与现有的一样",
    ]
    after = taken(document, foreign_of(document.with_record(file, edited)))
    assert after == document.with_record(file, edited)


def test_new_projects_and_rows_are_added_and_what_is_missing_stays() -> None:
    document = factories.document(projects=2)
    file, record = first(document)
    goals = [*[row.text("text") for row in record.rows("goals")], "新增的目标"]
    shorter = factories.changed(record, FORM.project, goals=goals, indicators=[])
    foreign = Document(
        year=2021, unit="613001", form=FORM.id, department=document.department,
        projects={file: shorter, "projects/x.toml": factories.project("hebei-2021", 9)},
    )  # fmt: skip
    plan = plan_of(document, FORM, foreign)
    assert [FORM.project.text_of(one.record, Role.NAME) for one in plan.added] == ["社区服务经费9"]
    assert [change.new for change in plan.changes] == ["新增的目标"]
    assert len(plan.kept) == len(record.rows(INDICATORS.key)) + 1
    after = taken(document, foreign)
    assert [row.text("text") for row in after.projects[file].rows("goals")] == goals
    assert after.projects[file].rows(INDICATORS.key) == record.rows(INDICATORS.key)
    assert list(after.projects)[:2] == list(document.projects)
    assert len(taken(document, foreign, changing=False).projects) == 3
    assert taken(document, foreign, changing=False).projects[file] == record


def with_goals(document: Document, letters: str) -> Document:
    """The document with goals of one letter each in its first project."""
    file, record = first(document)
    return document.with_record(file, factories.changed(record, FORM.project, goals=list(letters)))


def goals_of(document: Document) -> str:
    return "".join(row.text("text") for row in first(document)[1].rows("goals"))


@pytest.mark.parametrize(
    ("ours", "theirs", "after", "kept"),
    [
        ("甲乙", "丙乙", "丙乙", ""),  # as many here as there: the one at the same place was changed
        ("甲乙", "丙乙丁", "丙乙丁", ""),  # it stands before the same neighbour
        ("甲乙丁", "丙乙", "丙乙丁", "丁"),
        ("甲乙", "丙丁乙", "甲乙丙丁", "甲"),  # more: nobody can say which became which
        ("甲乙", "乙甲", "甲乙", ""),  # equal rows are the same wherever they stand
        ("甲甲", "甲乙", "甲乙", ""),  # and each is one row's alone
        ("甲乙", "乙丙", "甲乙丙", "甲"),  # the row at its place is another one's already
    ],
)
def test_a_row_that_was_written_anew_is_known_by_its_neighbours(ours: str, theirs: str, after: str, kept: str) -> None:
    document = with_goals(factories.document(projects=1), ours)
    foreign = with_goals(document, theirs)
    assert goals_of(taken(document, foreign)) == after
    assert list(plan_of(document, FORM, foreign).kept) == [f"绩效目标 {text}" for text in kept]


def test_a_row_is_known_by_its_name_in_its_class_before_its_name_alone() -> None:
    document = factories.document(projects=1)
    file, record = first(document)
    level, name, value = (INDICATORS.key_of(role) for role in (Role.LEVEL2, Role.NAME, Role.VALUE))
    rows = [{level: "数量指标", name: "人数", value: "1人"}, {level: "质量指标", name: "人数", value: "2人"}]
    document = document.with_record(file, factories.changed(record, FORM.project, indicators=rows))
    turned = [{**rows[1], value: "3人"}, {level: "时效指标", name: "别的", value: "4人"}, {**rows[0], value: "5人"}]
    foreign = document.with_record(file, factories.changed(record, FORM.project, indicators=turned))
    after = first(taken(document, foreign))[1].rows(INDICATORS.key)
    assert [(row.text(level), row.text(value)) for row in after] == [
        ("数量指标", "5人"),
        ("质量指标", "3人"),
        ("时效指标", "4人"),
    ]


def test_a_row_in_which_nothing_was_typed_is_neither_changed_nor_told() -> None:
    document = factories.document(projects=1)
    file, record = first(document)
    rows = [{Role.LEVEL1: "产出指标", Role.LEVEL2: "数量指标"}]
    document = document.with_record(file, factories.changed(record, FORM.project, indicators=rows))
    blank = document.with_record(file, factories.changed(record, FORM.project, indicators=[]))
    assert plan_of(document, FORM, blank).kept == ()
    typed = [{**rows[0], Role.NAME: "人数"}]
    foreign = document.with_record(file, factories.changed(record, FORM.project, indicators=typed))
    assert [row.text("name") for row in first(taken(document, foreign))[1].rows(INDICATORS.key)] == ["", "人数"]


def test_a_project_is_known_by_its_name_only_where_one_project_has_it() -> None:
    document = factories.document(projects=2)
    files = list(document.projects)
    for file in files:
        document = document.with_record(file, document.projects[file].with_value(("name",), "同名"))
    foreign = document.with_record(files[0], document.projects[files[0]].with_value(("code",), None)).without(files[1])
    assert len(plan_of(document, FORM, foreign).added) == 1
    alone = document.without(files[1])
    assert plan_of(alone, FORM, foreign).added == ()


def test_a_document_of_another_year_or_unit_is_a_warning() -> None:
    document = factories.document()
    foreign = Document(year=2020, unit="613002", form=FORM.id, department=document.department)
    lines = plan_lines(plan_of(document, FORM, foreign), document, FORM)
    assert lines[:2] == ["注意：文档是 2020 年的，这里是 2021 年", "注意：文档是单位 613002 的，这里是 613001"]


def test_blanks_take_nothing_away_and_a_document_keeps_what_it_says_of_itself() -> None:
    document = factories.document(status="已送审", approved_total="5.00")
    bare = Record(head={"code": factories.project_code(1), "status": "填报中", "year": 1999})
    foreign = Document(year=2021, unit="613001", form=FORM.id, department=bare, projects={"projects/a.toml": bare})
    assert plan_of(document, FORM, foreign).edits(changing=True) == []


def test_what_is_blank_in_the_document_stays_and_is_told() -> None:
    document = factories.document(projects=2)
    files = list(document.projects)
    level = INDICATORS.key_of(Role.VALUE)
    row = document.projects[files[1]].rows(INDICATORS.key)[2]
    foreign = document.with_record(files[0], document.projects[files[0]].with_value(("budget", "purpose"), None))
    foreign = foreign.with_record(
        files[1],
        foreign.projects[files[1]].with_value((INDICATORS.key, row.id, level), None).with_value(("plan", "m03"), ""),
    )
    plan = plan_of(document, FORM, foreign)
    assert plan.edits(changing=True) == []
    assert plan_lines(plan, document, FORM) == [
        "保留 项目 1 街道工作者补助 · 资金用途（文档里没有）",
        "保留 项目 2 社区服务经费 · 资金支出计划（%） · 3月底 等 2 栏（文档里没有）",
    ]


def test_it_is_one_step_that_is_undone_as_one(tmp_path: Path) -> None:
    document = factories.document(projects=2)
    write(tmp_path, document)
    session = OpenDocument.open(find_documents(tmp_path / "data")[0])
    before = session.document
    file, record = first(document)
    foreign = document.with_record(file, record.with_value(("name",), "改名")).with_record(
        "projects/x.toml", factories.project("hebei-2021", 5)
    )
    session.run(plan_of(before, FORM, foreign).edits(changing=True), "读入")
    session.flush()
    assert len(open_document(session.folder).document.projects) == 3
    assert session.undo() is not None
    session.close()
    assert open_document(session.folder).document == before


def test_rows_of_a_table_go_to_the_end_of_a_project_once() -> None:
    document = factories.document(projects=1)
    file, record = first(document)
    head = "一级指标,二级指标,三级指标,绩效指标描述,指标值,指标值确定依据,责任人"
    table = read_rows(f"{head}\n产出指标,数量指标,甲,乙,≥5人,计划标准,李四\n".encode(), "rows.csv", FORM)
    plan = rows_plan(document, FORM, file, table)
    after = apply_all(document, tuple(plan.edits(changing=True)))[0].projects[file]
    assert after.rows(INDICATORS.key)[:-1] == record.rows(INDICATORS.key)
    last = after.rows(INDICATORS.key)[-1]
    assert [last.text(column.key) for column in INDICATORS.columns] == [
        "产出指标",
        "数量指标",
        "甲",
        "乙",
        "≥5人",
        "计划标准",
    ]
    assert "李四" in str(after.comments)
    again = rows_plan(document.with_record(file, after), FORM, file, table)
    assert again.edits(changing=True) == []
    assert "与现有的一样" in plan_lines(again, document, FORM)[0]


@settings(max_examples=40)
@given(data=st.data(), form_id=st.sampled_from(FORMS))
def test_any_value_changed_in_word_arrives_and_only_that(data: st.DataObject, form_id: str) -> None:
    form = load_form(form_id)
    document = factories.document(form_id, projects=2)
    places = [
        (file, path)
        for file, record in document.files()
        for path, one in form.spec_of(file).fields(record)
        if record.text(path) and one.role not in (Role.CODE, Role.NAME, Role.YEAR, Role.UNIT_CODE, Role.STATUS)
        and one.role not in (Role.DIVISION, Role.APPROVED_TOTAL, Role.AMOUNT_UNIT, Role.FORM)
    ]  # fmt: skip
    file, path = data.draw(st.sampled_from(places))
    record = document.record(file)
    one = form.spec_of(file).field(path)
    assert one is not None
    edited = document.with_record(file, record.with_value(path, factories.other_value(one, record, path)))
    after = taken(document, edited)
    assert after == edited
    assert [change.location.path for change in plan_of(document, form, edited).changes] == [path]
