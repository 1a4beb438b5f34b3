"""A form that is unlike the shipped ones in everything goes through all that forms go through, as data alone."""

import shutil
from pathlib import Path

import pytest

from perftui.files.xdg_dirs import config_folder
from perftui.forms import DEFAULT_FORM, Form, GroupRole, Role, form_ids, load_form
from perftui.forms.search_path import form_files
from perftui.model.document import Document
from perftui.review.engine import review_document
from perftui.review.finding import Severity
from perftui.review.review_settings import ReviewSettings
from perftui.session.export import proven_docx
from perftui.session.foreign_document import read_foreign
from perftui.session.import_plan import plan_of
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories
from tests.conftest import ROOT
from tests.tui.flows import at_work, sample
from tests.unit.cli.conftest import run  # noqa: F401 - a fixture

ID = "county-2024"
"""Codes of 15 characters, quarters that are not cumulative, a choice, two groups of amounts, two of goals; it sorts
before all others."""


@pytest.fixture(autouse=True)
def form() -> Form:
    """The form, among the person's own, beside those that are shipped."""
    folder = config_folder() / "forms"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "data" / "form_definitions" / f"{ID}.toml", folder)
    return load_form(ID)


def found(document: Document, form: Form, *rules: str) -> list[str]:
    """What some rules say of a document; of all rules, what they call wrong."""
    findings = review_document(document, form, ReviewSettings()).findings
    return [one.message for one in findings if (one.rule in rules if rules else one.severity is Severity.ERROR)]


def test_it_is_known_and_changes_nothing_for_others(form: Form) -> None:
    assert ID in [one.id for one in form_files()]
    assert form_ids()[0] == DEFAULT_FORM
    assert ID in form_ids()
    assert form.project.plan is not None
    assert not form.project.plan.cumulative
    assert [group.role for group in form.project.groups].count(GroupRole.GOALS) == len(form.project.amounts) == 2


def test_its_files_are_read_as_they_were_written(form: Form) -> None:
    for file, record in factories.document(ID).files():
        spec = form.spec_of(file)
        assert decode(canonical(record, spec).encode(), spec) == record


def test_a_right_document_has_no_errors_and_wrong_fields_are_found(form: Form) -> None:
    document = factories.document(ID, projects=1)
    assert found(document, form) == []
    file, record = next(iter(document.projects.items()))
    short = record.with_value(("code",), "13030321000001")
    assert found(document.with_record(file, short), form, "C001") == ["项目编码是 14 位，应当是 15 位"]
    long = record.with_value(("code",), "130303216F9HQOHBT7GG4")
    assert found(document.with_record(file, long), form, "C001") == ["项目编码是 21 位，应当是 15 位"]
    more = record.with_value(("quarters", "q4"), "35")
    assert len(found(document.with_record(file, more), form)) == 1


def test_both_groups_of_amounts_have_to_add_up(form: Form) -> None:
    document = factories.document(ID, projects=1)
    file, record = next(iter(document.projects.items()))
    for group in form.project.amounts:
        wrong = record.with_value(group.path(group.amounts[1]), "1.00")
        assert found(document.with_record(file, wrong), form), group.key


def test_a_printed_document_comes_in_as_it_was(form: Form) -> None:
    document = factories.document(ID, projects=2)
    foreign = read_foreign(proven_docx(document, form).data, "a.docx").document
    assert foreign.form == ID
    plan = plan_of(document, form, foreign)
    assert (plan.added, plan.changes, plan.kept, plan.alike) == ((), (), (), 2)


def test_a_new_document_has_it_when_it_is_asked_for(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    for words, form_id in (((), DEFAULT_FORM), (("--form", ID), ID)):
        ran = run("init", "--data", form_id, "--year", "2024", "--unit", "613002", "--name", "第二中学", *words)
        assert ran.code == 0
        assert open_document(find_documents(tmp_path / form_id)[0]).form.id == form_id


async def test_every_screen_shows_it_and_takes_what_is_typed(form: Form, tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(ID, projects=2))) as flow:
        panes = set()
        for _pane in range(7):
            panes.add(flow.pane)
            await flow.press("f6")
        assert len(panes) == 7
        await flow.press("enter")
        await flow.go("annual", "use")
        await flow.enter("改了用途")
        await flow.go("quarters", "q2")
        await flow.enter("30")
        path = next(path for path, one in form.project.fields(flow.record) if one.role is Role.VALUE)
        await flow.go(*path)
        await flow.enter("≥20人")
        file = flow.screen.state.file
        stored = flow.disk(file)
    assert (stored["annual"]["use"], stored["quarters"]["q2"]) == ("改了用途", "30")
    assert stored[path[0]][path[1]][path[2]] == "≥20人"
