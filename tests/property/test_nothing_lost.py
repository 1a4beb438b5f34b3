"""The law of reading: every text of a document ends in a field, in a remark, or in the report with its place."""

import pytest

from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.read_document import match
from tests.gallery.accounts import lost_words
from tests.gallery.containers import to_docx
from tests.gallery.layouts import Layout, layouts
from tests.gallery.mutations import content_of, mutated, with_margin

FORMS = ("hebei-2021", "mof-2021")
MUTATIONS = 12
"""Of each layout; ten thousand in all are soaked."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.key)
def test_no_text_of_a_form_is_lost(layout: Layout, form: str) -> None:
    content = read_docx(to_docx(layout.page()))
    assert lost_words(content, match(content, form=form)) == []


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.key)
def test_no_text_of_a_form_that_hands_have_changed_is_lost(layout: Layout) -> None:
    for seed in range(MUTATIONS):
        content = with_margin(content_of(mutated(layout.page(), seed)), seed)
        try:
            imported = match(content, form=FORMS[seed % 2])
        except ImportRefused:
            continue
        assert lost_words(content, imported) == [], seed
