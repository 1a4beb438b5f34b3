"""Projects begun from a pattern, and the library's own patterns held against the review rules."""

import pytest

from perftui.editing.edits import apply_all, apply_to_record
from perftui.editing.rows import blank_project
from perftui.editing.template_edits import fill_edits, pattern_of
from perftui.forms import Form, Group, GroupRole, Kind, Role, load_form
from perftui.forms.project_templates import ProjectTemplate, TemplateError, read_template, shipped_templates
from perftui.model.document import project_file
from perftui.model.record import ORDER, Record, Row
from perftui.review.engine import review_document
from tests.factories import FORMS, changed, document, in_columns, project
from tests.unit.forms.sample import sample_form

OF_THE_OFFICE = ("过程管理指标",)
"""What a form asks of the office itself, and no project has in common with others."""
NEW = project_file("new-1")


def filled(form_id: str, pattern: Record, **typed: object) -> Record:
    form = load_form(form_id)
    whole = document(form_id, projects=0)
    blank = changed(blank_project(whole, form), form.project, **typed)
    edits, _paths = fill_edits(form, NEW, blank, pattern)
    after, _inverses = apply_all(whole.with_record(NEW, blank), tuple(edits))
    return after.record(NEW)


def _weighed(form: Form, group: Group, record: Record) -> Record:
    """The record with points for each row, where the form asks for them."""
    rows = [{Role.LEVEL1: row.text(group.key_of(Role.LEVEL1)), Role.VALUE: ""} for row in record.rows(group.key)]
    for row, told in zip(record.rows(group.key), in_columns(form, group, rows), strict=True):
        if Role.WEIGHT in told:
            record = record.with_value((group.key, row.id, group.key_of(Role.WEIGHT)), told[Role.WEIGHT])
    return record


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("name", ["人员经费", "公用经费"])
def test_a_shipped_skeleton_passes_review_when_its_numbers_are_given(form_id: str, name: str) -> None:
    form = load_form(form_id)
    template = next(one for one in shipped_templates(form_id) if one.name == name)
    record = project(form_id, index=1, name=name, goals=[], indicators=[])
    if purpose := form.project.path_of(Role.PURPOSE):
        record = record.with_value(purpose, None)
    edits, _paths = fill_edits(form, NEW, record, pattern_of(form, template))
    after, _inverses = apply_all(document(form_id, projects=0).with_record(NEW, record), tuple(edits))
    record = after.record(NEW)
    group = form.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    blank = [row for row in record.rows(group.key) if not row.text(group.key_of(Role.VALUE))]
    assert [row.text(group.key_of(Role.LEVEL2)) for row in blank] == [
        "数量指标" if form.project.taxonomy.category_of("数量指标") else "产出指标"
    ]
    count = "18人" if name == "人员经费" else "20台"
    after = after.with_record(NEW, record.with_value((group.key, blank[0].id, group.key_of(Role.VALUE)), count))
    after = after.with_record(NEW, _weighed(form, group, after.record(NEW)))
    assert [(one.rule, one.message) for one in review_document(after, form).of(NEW)] == []


@pytest.mark.parametrize("form_id", FORMS)
def test_a_skeleton_has_a_row_for_every_class_of_the_form(form_id: str) -> None:
    form = load_form(form_id)
    for template in shipped_templates(form_id):
        found = list(dict.fromkeys(class_name for _category, class_name, _row in template.rows_for(form)))
        measured = [name for category, name in form.project.taxonomy.skeleton if category not in OF_THE_OFFICE]
        assert [one for one in measured if one not in OF_THE_OFFICE] == found


def test_rows_stand_in_the_forms_order_and_goals_in_theirs() -> None:
    form = load_form("hebei-2021")
    template = shipped_templates("hebei-2021")[0]
    record = filled("hebei-2021", pattern_of(form, template))
    assert [row.text("text") for row in record.rows("goals")] == list(template.goals)
    classes = [row.text("class") for row in record.rows("indicators")]
    assert classes == [name for _category, name in form.project.taxonomy.skeleton]


def test_what_was_typed_stays() -> None:
    form = load_form("hebei-2021")
    pattern = pattern_of(form, shipped_templates("hebei-2021")[0])
    own = {Role.LEVEL1: "产出指标", Role.LEVEL2: "质量指标", Role.NAME: "自己的"}
    waiting = {Role.LEVEL1: "产出指标", Role.LEVEL2: "时效指标"}
    record = filled("hebei-2021", pattern, purpose="自己的用途", goals=["自己的目标"], indicators=[own, waiting])
    assert record.text(("budget", "purpose")) == "自己的用途"
    assert [row.text("text") for row in record.rows("goals")] == ["自己的目标"]
    by_class: dict[str, list[str]] = {}
    for row in record.rows("indicators"):
        by_class.setdefault(row.text("class"), []).append(row.text("name"))
    assert by_class["质量指标"] == ["自己的"]
    assert by_class["时效指标"] == ["人员经费发放及时率"]
    assert len(by_class) == 9


@pytest.mark.parametrize("form_id", FORMS)
def test_another_project_as_pattern_leaves_amounts_and_what_is_its_own(form_id: str) -> None:
    form = load_form(form_id)
    source = project(form_id, index=2)
    record = filled(form_id, source)
    for path, field in form.project.fields(record):
        if len(path) < 3 and (field.kind is Kind.AMOUNT or field.role in (Role.CODE, Role.NAME)):
            assert record.text(path) == ""
    for group in form.project.groups:
        own = {ORDER, *(column.key for column in group.columns if column.kind is Kind.AMOUNT)}
        before = [{k: v for k, v in row.values.items() if k not in own} for row in source.rows(group.key)]
        assert [{k: v for k, v in row.values.items() if k != ORDER} for row in record.rows(group.key)] == before


def test_the_paths_that_were_filled_hold_what_the_pattern_holds() -> None:
    form = load_form("hebei-2021")
    source = project("hebei-2021", index=2)
    whole = document("hebei-2021", projects=0)
    blank = blank_project(whole, form)
    edits, paths = fill_edits(form, NEW, blank, source)
    after, inverses = apply_all(whole.with_record(NEW, blank), tuple(edits))
    record = after.record(NEW)
    assert {path for path, _field in form.project.fields(record) if record.text(path)} == set(paths)
    assert apply_all(after, inverses)[0].record(NEW) == blank


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "name = 1", 'name = "甲"\nrows = 1', 'name = "甲"\nrows = [1]', 'name = "甲"\nwords = "乙"',
        'name = "甲"\n[[rows]]\nname = "乙"', 'name = "甲"\n[[rows]]\nclasses = ["数量指标"]', "name = " + "[" * 5000,
    ],
)  # fmt: skip
def test_a_bad_file_of_the_library_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(TemplateError) as refused:
        read_template(text)
    assert str(refused.value)


def test_what_misleads_is_taken_out_of_a_librarys_texts() -> None:
    template = read_template('name = "甲\\u202e乙"\n[[rows]]\nclasses = ["数量指标"]\nname = "丙\\u0000\\t丁"')
    assert template.name == "甲乙"
    assert template.rows[0].name == "丙 丁"


def test_a_project_name_tells_its_kind() -> None:
    personnel, running = sorted(shipped_templates("hebei-2021"), key=lambda one: one.name)
    assert personnel.fits("老居委会主任生活补贴") > running.fits("老居委会主任生活补贴")
    assert running.fits("公用经费") > personnel.fits("公用经费")
    assert ProjectTemplate(name="甲").fits("甲") == 0


def test_rows_of_a_class_that_the_form_does_not_know_go_last() -> None:
    form = load_form("hebei-2021")
    row = Row(id="x", values={ORDER: 1000, "class": "别的指标", "name": "甲"})
    typed = [{Role.LEVEL2: "数量指标", Role.NAME: "乙"}]
    record = filled("hebei-2021", Record(groups={"indicators": (row,)}), indicators=typed)
    assert [one.text("name") for one in record.rows("indicators")] == ["乙", "甲"]
    assert form.project.taxonomy.category_of("别的指标") == ""


@pytest.mark.parametrize("form_id", ["bingtuan-2021", "jiaxian-2016"])
def test_a_template_fills_the_groups_of_the_year_not_those_of_a_longer_time(form_id: str) -> None:
    form = load_form(form_id)
    filled_groups = {key for key, rows in pattern_of(form, shipped_templates(form_id)[0]).groups.items() if rows}
    assert filled_groups == {"goals", "indicators"}
    assert {role: found.key for role in (GroupRole.GOALS, GroupRole.INDICATORS)
            if (found := form.project.group_of(role))} == {
        GroupRole.GOALS: "goals", GroupRole.INDICATORS: "indicators",
    }  # fmt: skip


def test_another_project_as_pattern_leaves_the_amounts_of_its_rows() -> None:
    form = sample_form()
    pattern = Record(head={"rest": "1.00"})
    for number, values in enumerate(({"what": "电脑", "price": "5000.00"}, {"amount": "900.00"})):
        pattern = pattern.with_row("costs", Row(id=str(number), values=values))
    edits, _paths = fill_edits(form, "f", Record(), pattern)
    record = Record()
    for edit in edits:
        record = apply_to_record(record, edit)
    assert [dict(row.values, order=0) for row in record.rows("costs")] == [{"what": "电脑", "order": 0}]
    assert "rest" not in record.head
