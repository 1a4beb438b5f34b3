"""The shipped form definitions, read as everything else reads them."""

from collections import Counter

import pytest

from perftui.forms import GroupRole, Kind, Role, UnknownForm, form_ids, load_form
from perftui.model.record import Record
from tests import factories

FORMS = [load_form(form) for form in form_ids()]


def test_two_forms_are_shipped() -> None:
    assert set(form_ids()) >= {"hebei-2021", "mof-2021"}
    with pytest.raises(UnknownForm):
        load_form("common")
    with pytest.raises(UnknownForm):
        load_form("../data/hebei-2021")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_no_key_is_used_twice_and_every_field_is_found_again(form: object) -> None:
    for spec in (form.department, form.project):  # type: ignore[attr-defined]
        names = [one.key for one in spec.head] + list(spec.tables) + [group.key for group in spec.groups]
        assert len(names) == len(set(names))
        for one in spec.head:
            assert spec.field((one.key,)) is one
        for table, fields in spec.tables.items():
            assert len({one.key for one in fields}) == len(fields)
            assert all(spec.field((table, one.key)) is one for one in fields)
        for group in spec.groups:
            assert all(spec.field((group.key, "any", one.key)) is one for one in group.columns)
        assert spec.field(("no", "such", "field")) is None
        assert spec.field(()) is None


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_labels_are_there_and_roles_are_played_once(form: object) -> None:
    for spec in (form.department, form.project):  # type: ignore[attr-defined]
        fields = [*spec.head, *(one for fields in spec.tables.values() for one in fields)]
        assert all(one.label for one in fields)
        roles = Counter(one.role for one in fields if one.role is not None)
        assert roles.pop(Role.TOTAL, 0) == min(1, len(spec.amounts))  # the first group's is the record's
        assert set(roles.values()) <= {1}
        for group in spec.groups:
            columns = [one.role for one in group.columns if one.role is not None]
            assert len(columns) == len(set(columns))
            assert spec.group(group.key) is group


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_what_is_printed_is_a_field_of_the_form(form: object) -> None:
    layout = form.layout  # type: ignore[attr-defined]
    project = form.project  # type: ignore[attr-defined]
    for table in layout.tables:
        for row in table.rows:
            assert all(cell.field is None or project.field(cell.field) for cell in row.cells)
            assert all(not cell.goals or project.group(cell.goals) for cell in row.cells)
        if table.group:
            keys = {one.key for one in project.group(table.group).columns}
            assert set(table.columns) <= keys
            assert len(table.widths) == len(table.columns)


def test_the_amounts_are_a_tree_and_the_plan_is_cumulative() -> None:
    form = load_form("hebei-2021")
    (budget,) = form.project.amounts
    assert [one.label for one in budget.amounts] == ["预算数", "财政资金", "其他资金"]
    assert all(one.kind is Kind.AMOUNT for one in budget.amounts)
    assert form.project.plan is not None
    assert form.project.plan.cumulative
    assert load_form("mof-2021").project.plan is None
    assert load_form("mof-2021").amount_unit == "万元"


def test_roles_find_their_fields() -> None:
    hebei, mof = load_form("hebei-2021"), load_form("mof-2021")
    assert hebei.project.path_of(Role.PURPOSE) == ("budget", "purpose")
    assert mof.project.path_of(Role.CODE) is None
    assert mof.project.text_of(factories.project("mof-2021"), Role.CODE) == ""
    group = mof.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    assert group.key_of(Role.WEIGHT) == "weight"
    assert group.key_of(Role.BASIS) == ""
    assert hebei.project.label(("plan", "m03")) == "3月底"
    assert hebei.project.label(("no", "where")) == "no.where"


def test_the_taxonomy_knows_its_words() -> None:
    taxonomy = load_form("mof-2021").project.taxonomy
    assert taxonomy.classes_of("成本指标") == ("经济成本指标", "社会成本指标", "生态环境成本指标")
    assert taxonomy.category_of("数量指标") == "产出指标"
    assert taxonomy.category_of("没有") == ""
    assert taxonomy.classes_of("没有") == ()
    assert len(load_form("hebei-2021").project.taxonomy.skeleton) == 9


def test_a_title_is_made_of_the_name_unless_it_was_given() -> None:
    form = load_form("hebei-2021")
    record = factories.project(name="补助")
    assert form.project_title(record) == "补助绩效目标表"
    assert form.project_title(record.with_value(("title",), "另题")) == "另题"


@pytest.mark.parametrize("form_id", form_ids())
def test_a_table_and_a_kind_of_rows_have_labels_as_fields_have(form_id: str) -> None:
    spec = load_form(form_id).project
    wholes = (*spec.amounts, *spec.groups, *([spec.plan] if spec.plan else []))
    assert [spec.label((one.key,)) for one in wholes] == [one.label for one in wholes]
    assert spec.label(("goals", "7k2fmw", "nosuch")) == "goals.7k2fmw.nosuch"
    assert spec.label(("nosuch",)) == "nosuch"


def test_a_field_is_set_by_its_role_where_the_form_has_one() -> None:
    project, blank = load_form("hebei-2021").project, Record()
    assert project.text_of(project.with_role(blank, Role.PURPOSE, "保障"), Role.PURPOSE) == "保障"
    assert project.with_role(blank, Role.YEAR, 2021) == blank
