"""The engine: order, one cause a cell, what an edit asks again, caches, growth."""

import random
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from perftui.forms import GroupRole, Role, load_form
from perftui.locale import choose_language
from perftui.model.document import DEPARTMENT, Document, project_file
from perftui.review import engine
from perftui.review.catalogue import DOCUMENT_RULES
from perftui.review.engine import (
    FileReview,
    context_key,
    context_of,
    review,
    review_document,
    review_edit,
    review_file,
)
from perftui.review.facts import DocumentFacts
from perftui.review.finding import Severity
from perftui.review.review_settings import ReviewSettings
from perftui.review.rule_definition import Hit
from tests import factories
from tests.unit.review.building import FORMS, real_document

FORM = load_form("hebei-2021")


def real_numbered(count: int) -> Document:
    """So many copies of the real projects, in other files."""
    document = real_document()
    records = list(document.projects.values())
    projects = {
        project_file(f"{number:05d}"): records[number % len(records)].with_value(("code",), f"13030321{number:013d}")
        for number in range(count)
    }
    return replace(document, projects=projects)


def test_findings_stand_in_document_order_and_then_in_the_forms() -> None:
    document = real_document()
    files = [finding.location.file for finding in review(document, FORM)]
    order = [file for file, _record in document.files()]
    assert files == sorted(files, key=order.index)
    for file, record in document.files():
        spec = FORM.spec_of(file)
        places = [path for path, _field in spec.fields(record)]
        found = [one.location.path for one in review(document, FORM) if one.location.file == file]
        cells = [places.index(path) for path in found if path in places]
        assert cells == sorted(cells)


def test_a_missing_value_is_no_other_fault_of_its_cell() -> None:
    document = factories.document("hebei-2021", 1)
    file, record = next(iter(document.projects.items()))
    group = FORM.project.group_of(GroupRole.INDICATORS)
    assert group is not None
    rows = [
        {column.role: row.text(column.key) for column in group.columns if column.role} for row in record.rows(group.key)
    ]
    value = {"": "I005", "**": "I007", "是/否": "I010", "12人": "I011", "95": "I011", "满意": "I025", "95%": "I025"}
    for text, rule in value.items():
        changed = [*rows[:-1], {**rows[-1], Role.VALUE: text or None}]
        edited = document.with_record(file, factories.with_rows(record, group, changed))
        found = [one.rule for one in review(edited, FORM) if one.location.path[-1:] == (group.key_of(Role.VALUE),)]
        assert found == [rule], text


class Asked:
    """Counts the files that are reviewed and the rules over the document that are asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.files: list[str] = []
        self.rules: list[str] = []
        file, across = engine.review_file, engine._across
        monkeypatch.setattr(engine, "review_file", lambda name, *rest: self.files.append(name) or file(name, *rest))
        monkeypatch.setattr(engine, "_across", lambda rule, survey: self.rules.append(rule.id) or across(rule, survey))

    def after(self, act: Callable[[], engine.Review]) -> tuple[engine.Review, list[str], set[str]]:
        self.files.clear()
        self.rules.clear()
        return act(), list(self.files), set(self.rules)


def test_an_edit_asks_only_what_it_can_affect(monkeypatch: pytest.MonkeyPatch) -> None:
    document, asked = real_document(), Asked(monkeypatch)
    before, files, rules = asked.after(lambda: review_document(document, FORM))
    assert files == [DEPARTMENT, *document.projects]
    assert rules == {rule.id for rule in DOCUMENT_RULES}

    file, record = list(document.projects.items())[2]
    purpose = FORM.project.path_of(Role.PURPOSE)
    assert purpose is not None
    edited = document.with_record(file, record.with_value(purpose, "别的用途"))
    after, files, rules = asked.after(lambda: review_edit(before, edited))
    assert (files, rules) == ([file], set())
    assert after.findings == review(edited, FORM)

    code = edited.with_record(file, edited.projects[file].with_value(("code",), "13030321P9D6ZPZ29FZGG"))
    after, files, rules = asked.after(lambda: review_edit(after, code))
    assert (files, rules) == ([file], {"C005"})
    assert after.findings == review(code, FORM)
    assert "C005" in {finding.rule for finding in after.findings}


def test_a_department_that_names_another_division_is_asked_of_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    document, asked = real_document(), Asked(monkeypatch)
    before = review_document(document, FORM)
    path = FORM.department.path_of(Role.DIVISION)
    assert path is not None
    moved = document.with_record(DEPARTMENT, document.department.with_value(path, "130304"))
    after, files, _rules = asked.after(lambda: review_edit(before, moved))
    assert len(files) == len(document.projects) + 1
    assert after.findings == review(moved, FORM)


@pytest.mark.parametrize("form", FORMS)
def test_any_run_of_edits_gives_what_a_whole_review_gives(form: str) -> None:
    rng, definition = random.Random(7), load_form(form)
    document = factories.document(form, 5)
    now = review_document(document, definition)
    for _step in range(40):
        file, record = rng.choice(list(document.files()))
        spec = definition.spec_of(file)
        fields = [
            (path, field) for path, field in spec.fields(record) if field.kind.value in ("text", "longtext", "code")
        ]
        if rng.random() < 0.15 and file != DEPARTMENT and len(document.projects) > 1:
            document = document.without(file)
        elif fields:
            path, _field = rng.choice(fields)
            text = rng.choice(["", "18人", "满意度人员", "补助发放准确率", "130303216F9HQOHBT7GG4"])
            document = document.with_record(file, record.with_value(path, text or None))
        now = review_edit(now, document)
        assert now.findings == review(document, definition)


def test_a_cache_of_plain_values_answers_for_files_that_did_not_change() -> None:
    document = real_document()
    whole = review_document(document, FORM)
    known = {file: FileReview.from_plain(one.to_plain(), document.record(file)) for file, one in whole.files.items()}
    assert known == dict(whole.files)
    assert review_document(document, FORM, known=known).findings == whole.findings
    assert list(known)[1:] == list(document.projects)
    unread = {file: FileReview.from_plain(one.to_plain()) for file, one in whole.files.items()}
    again = review_document(document, FORM, known=unread)
    assert again.findings == whole.findings
    assert all(one.record is document.record(file) for file, one in again.files.items())


def test_the_key_of_a_cache_changes_with_all_that_findings_depend_on() -> None:
    document = real_document()
    keys = {
        context_key(context_of(document, FORM, ReviewSettings()), FORM),
        context_key(context_of(replace(document, year=2022), FORM, ReviewSettings()), FORM),
        context_key(context_of(replace(document, unit="613002"), FORM, ReviewSettings()), FORM),
        context_key(context_of(document, FORM, ReviewSettings(typos={"甲": "乙"})), FORM),
        context_key(context_of(document, FORM, ReviewSettings(weight_totals=())), FORM),
        context_key(context_of(document, load_form("mof-2021"), ReviewSettings()), load_form("mof-2021")),
    }
    try:
        choose_language("en")
        keys.add(context_key(context_of(document, FORM, ReviewSettings()), FORM))
    finally:
        choose_language("zh")
    assert len(keys) == 7


def asked_across(survey: DocumentFacts) -> list[tuple[str, Hit]]:
    """What each rule over the document says of the facts of its files."""
    return [(rule.id, hit) for rule in DOCUMENT_RULES if rule.survey is not None for hit in rule.survey(survey)]


def test_across_needs_facts_alone() -> None:
    document = real_document()
    whole = review_document(document, FORM)
    survey = DocumentFacts(
        form=FORM, context=whole.context, projects={file: whole.files[file].facts for file in document.projects}
    )
    assert {rule for rule, _hit in asked_across(survey)} == {"X001", "X002", "X003"}


def test_findings_are_counted_by_severity() -> None:
    whole = review_document(real_document(), FORM)
    assert [whole.count(severity) for severity in reversed(Severity)] == [37, 82, 14]


def calls_of(act: Callable[[], object]) -> int:
    """Python function calls that something takes: time without a clock."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


def lines_of(act: Callable[[], object]) -> int:
    """Lines of Python that something runs: loops inside a function count as well."""
    count = 0

    def traced(_frame: object, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)  # type: ignore[arg-type]
    try:
        act()
    finally:
        sys.settrace(before)
    return count


def test_work_grows_with_the_number_of_projects_and_no_faster() -> None:
    small, large = real_numbered(100), real_numbered(400)
    review(small, FORM)
    assert calls_of(lambda: review(large, FORM)) < 4.4 * calls_of(lambda: review(small, FORM))


def test_projects_that_all_differ_a_little_are_compared_in_linear_work() -> None:
    """Ten shared rows and one of its own in each: all pairs would be quadratic."""

    def survey(count: int) -> DocumentFacts:
        names = FORM.project.group_of(GroupRole.INDICATORS)
        assert names is not None
        base = factories.project("hebei-2021", 1)
        context = context_of(factories.document("hebei-2021"), FORM, ReviewSettings())
        one = review_file("a", base, FORM, context).facts
        return DocumentFacts(
            form=FORM,
            context=context,
            projects={str(n): replace(one, rows=(*one.rows, str(n), str(n // 2))) for n in range(count)},
        )

    few, many = survey(100), survey(400)
    assert calls_of(lambda: asked_across(many)) < 4.4 * calls_of(lambda: asked_across(few))
    assert [len(hit.places) for rule, hit in asked_across(many) if rule == "X001"] == [400]


def test_names_that_all_differ_by_one_character_are_compared_in_linear_work() -> None:
    """Each name is a character away from every other one: all pairs would be quadratic, in lines as in calls."""

    def survey(count: int) -> DocumentFacts:
        context = context_of(factories.document("hebei-2021"), FORM, ReviewSettings())
        one = review_file("a", factories.project("hebei-2021", 1), FORM, context).facts
        named = one.names[0]
        numbered = [replace(named, text=f"工资及保险{chr(0x6000 + number)}放准确率") for number in range(count)]
        projects = {str(number): replace(one, names=(name,)) for number, name in enumerate(numbered)}
        usual = replace(one, names=(replace(named, text="工资及保险发放准确率"),))
        return DocumentFacts(form=FORM, context=context, projects={**projects, "u": usual, "v": usual})

    few, many = survey(100), survey(400)
    assert lines_of(lambda: asked_across(many)) < 4.4 * lines_of(lambda: asked_across(few))
    assert sum(rule == "X003" for rule, _hit in asked_across(many)) == 400


def test_lines_are_linear_too_where_a_document_grows() -> None:
    small, large = real_numbered(100), real_numbered(400)
    review(small, FORM)
    assert lines_of(lambda: review(large, FORM)) < 4.4 * lines_of(lambda: review(small, FORM))
