"""Totals that the form computes are counted, compared and given room like totals that were typed."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perftui.forms import Form, load_form, look_in
from perftui.forms.assembly import SHIPPED
from perftui.forms.formula import read_formula
from perftui.model.document import Document
from perftui.review.engine import review_document
from perftui.session.amount_rounding import missed_sums
from perftui.session.document_figures import figures_of
from perftui.session.doubled_codes import DoubledCodes
from perftui.session.last_hands import LastHands
from perftui.session.last_year import LastYear
from perftui.session.new_document import write_document
from perftui.store.folder import document_folder
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.funds import funds_view
from perftui.viewmodel.grid import GridView
from perftui.viewmodel.overview import overview_of
from perftui.viewmodel.projects import projects_view
from perftui.viewmodel.summary import summary_of
from perftui.viewmodel.year_comparison import year_differences
from tests import factories
from tests.unit.viewmodel.views import all_rows, painted

TYPED = load_form("hebei-2021")
BUDGET = TYPED.project.amounts[0]
TOTAL = BUDGET.path(BUDGET.total.field)
PARTS = [BUDGET.path(part.field) for part in BUDGET.total.parts]


def computing() -> Form:
    formula = read_formula(" + ".join(map(".".join, PARTS)))
    total = replace(BUDGET.total, field=replace(BUDGET.total.field, formula=formula))
    return replace(TYPED, project=replace(TYPED.project, amounts=(replace(BUDGET, total=total),)))


COMPUTED = computing()


def document(*amounts: str, typed: bool) -> Document:
    """Projects of some amounts, all of them in the first part."""
    found = factories.document(projects=len(amounts))
    for (file, record), amount in zip(list(found.projects.items()), amounts, strict=True):
        record = record.with_value(PARTS[0], amount).with_value(PARTS[1], "0.00")
        found = found.with_record(file, record.with_value(TOTAL, amount if typed else None))
    return found


def test_they_are_added_up_in_the_figures() -> None:
    one, other = document("5.00", "7.50", typed=True), document("5.00", "7.50", typed=False)
    told = summary_of(one, TYPED, review_document(one, TYPED), 0)
    assert summary_of(other, COMPUTED, review_document(other, COMPUTED), 0).funds == told.funds
    shown = DocumentView(document=one, form=TYPED), DocumentView(document=other, form=COMPUTED)
    assert overview_of(shown[0]).total == overview_of(shown[1]).total > 0


def test_they_are_compared_with_those_of_the_year_before() -> None:
    told = []
    for form, typed in ((TYPED, True), (COMPUTED, False)):
        before, now = document("5.00", typed=typed), document("10.00", "7.50", typed=typed)
        told.append([one.told for one in year_differences(LastYear(before, form), now, form, "元")])
    assert told[0] == told[1]
    assert told[0] == ["5.00 → 10.00  +5.00 +100.0%", "7.50"]


@pytest.mark.parametrize("view", [projects_view, funds_view])
def test_they_stand_whole(view: Callable[[DocumentView, int], GridView]) -> None:
    amounts = ("123456789012345.67", "-123456789012345.66")
    shown = DocumentView(document=document(*amounts, typed=False), form=COMPUTED)
    grid = view(shown, 120)
    assert "##" not in "\n".join(painted(grid, row) for row in all_rows(grid))


def test_the_start_counts_them(tmp_path: Path) -> None:
    own = (SHIPPED / "hebei-2021.toml").read_text(encoding="utf-8").replace('id = "hebei-2021"', 'id = "own"', 1)
    formula = " + ".join(map(".".join, PARTS))
    own = own.replace('total = { key = "total",', f'total = {{ key = "total", formula = "{formula}",', 1)
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "own.toml").write_text(own, encoding="utf-8")
    look_in(tmp_path)
    folder = document_folder(tmp_path, 2021, "613001")
    blank = document("5.00", "7.50", typed=False)
    department = blank.department.with_value(("form",), "own")
    write_document(folder, replace(blank, form="own", department=department))
    figures = figures_of(folder, LastHands([folder]), DoubledCodes())
    assert figures is not None
    assert figures.total == Decimal("12.50")


def test_they_are_named_where_rounded_parts_miss_them() -> None:
    found = document("50050.00", typed=False)
    for file, record in found.projects.items():
        found = found.with_record(file, record.with_value(PARTS[1], "50050.00"))
    [told] = missed_sums(found, COMPUTED)
    assert "10.01，分项加起来是 10.02，差 0.01" in told
