"""The law of reading: every text of a document ends in a field, in a remark, or in the report with its place."""

import pytest

from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.read_document import match
from perftui.forms import load_form
from tests.gallery.accounts import lost_in_paste, lost_words
from tests.gallery.containers import to_docx
from tests.gallery.layouts import Layout, layouts
from tests.gallery.mutations import block_of, content_of, mutated, with_margin
from tests.gallery.pastes import plan_of_paste

FORMS = ("hebei-2021", "mof-2021")
MUTATIONS = 12
"""Of each layout; ten thousand in all are soaked."""
FOUND = (
    ("henan-category-columns-2023", 835602861, "mof-2021"),
    ("hunan-public-list-2024", 977982817, "mof-2021"),
    ("zhejiang-list-sentences-2023", 298479045, "mof-2021"),
)
"""Changed pages of which the soak once lost a text, with the form that they were read by."""


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


@pytest.mark.parametrize(("key", "seed", "form"), FOUND)
def test_no_text_is_lost_where_the_soak_lost_one(key: str, seed: int, form: str) -> None:
    page = next(layout.page() for layout in layouts() if layout.key == key)
    content = content_of(mutated(page, seed))
    assert lost_words(content, match(content, form=form)) == []


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.key)
def test_no_text_of_a_pasted_form_is_lost(layout: Layout) -> None:
    for seed in range(3):
        block, form = block_of(content_of(mutated(layout.page(), seed))), load_form(FORMS[seed % 2])
        assert lost_in_paste(block, plan_of_paste(form, block), form) == [], seed


@pytest.mark.parametrize("nothing", ["无", "#REF!"])
def test_a_cell_of_a_pasted_row_that_is_taken_for_blank_is_told(nothing: str) -> None:
    titles = ("一级指标", "二级指标", "三级指标", "分值权重", "指标值")
    form, row = load_form("mof-2021"), ("产出指标", "数量指标", "路灯", nothing, "20盏")
    block = (titles, row)
    plan = plan_of_paste(form, block)
    assert lost_in_paste(block, plan, form) == []
    assert any(f"“{nothing}”，当作空白" in doubt for doubt in plan.doubts)
