"""The document as data: whole, in the shape that its schema says."""

import json
import tomllib

import pytest
from jsonschema import Draft202012Validator, ValidationError

from perftui.cli.commands.schema import document_schema
from perftui.forms import load_form
from perftui.session.data_out import plain_document
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.factories import FORMS


@pytest.mark.parametrize("form_id", FORMS)
def test_it_holds_what_the_files_hold_and_is_as_the_schema_says(form_id: str) -> None:
    document, form = factories.document(form_id, projects=3), load_form(form_id)
    found = json.loads(json.dumps(plain_document(document, form)))
    Draft202012Validator.check_schema(document_schema(form))
    Draft202012Validator(document_schema(form)).validate(found)
    assert [project.pop("file") for project in found["projects"]] == list(document.projects)
    for plain, record in zip(found["projects"], document.projects.values(), strict=True):
        assert plain == tomllib.loads(canonical(record, form.project))
    assert found["department"] == tomllib.loads(canonical(document.department, form.department))


def test_only_some_projects() -> None:
    document, form = factories.document(projects=3), load_form("hebei-2021")
    chosen = list(document.projects)[1:2]
    assert [project["file"] for project in plain_document(document, form, chosen)["projects"]] == chosen


def test_the_schema_refuses_an_amount_that_is_a_number() -> None:
    document, form = factories.document(projects=1), load_form("hebei-2021")
    found = plain_document(document, form)
    found["projects"][0]["budget"]["total"] = 1.1
    with pytest.raises(ValidationError):
        Draft202012Validator(document_schema(form)).validate(found)
