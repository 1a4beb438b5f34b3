"""Correct documents pass: no error and no warning, whatever rows, orders, values and amounts they have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perftui.forms import load_form
from perftui.review.engine import review
from perftui.review.finding import Severity
from tests.factories import DEPARTMENT_FORMS, FORMS
from tests.property.review_documents import correct_document


@pytest.mark.parametrize(("form", "projects"), [*((one, 3) for one in FORMS), *((one, 0) for one in DEPARTMENT_FORMS)])
@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_correct_document_has_no_error_and_no_warning(form: str, projects: int, seed: int) -> None:
    found = review(correct_document(seed, form, projects), load_form(form))
    assert [(one.rule, one.message) for one in found if one.severity > Severity.HINT] == []
