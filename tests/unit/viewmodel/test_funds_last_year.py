"""The year before beside this year's amounts."""

from decimal import Decimal

import pytest

from perftui.forms import load_form
from perftui.session.last_year import LastYear
from perftui.session.new_document import rolled_over
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.funds import change_rate, compared, funds_view
from tests.factories import document

FORM = load_form("hebei-2021")


def test_the_sheet_has_the_amount_of_the_year_before_and_how_it_has_changed() -> None:
    before = document(projects=2)
    now = rolled_over(before, FORM, before.year + 1)
    file = next(iter(now.projects))
    now = now.with_record(file, now.record(file).with_value(("budget", "total"), "150000.00"))
    before = before.with_record(
        next(iter(before.projects)),
        before.record(next(iter(before.projects))).with_value(("budget", "total"), "100000.00"),
    )
    shown = DocumentView(document=now, form=FORM, ask_last_year=lambda: LastYear(before, FORM))
    grid = funds_view(shown, 120)
    assert grid.header is not None
    at = [cell.text for cell in grid.header.cells].index(f"{before.year} 年")
    assert [cell.text for cell in grid.rows[0].cells[at : at + 3]] == ["100000.00", "+50000.00", "+50.0%"]
    assert [cell.text for cell in grid.footer[0].cells[at : at + 3]][1:2] == ["+50000.00"]


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (None, Decimal(5), ("", "", "")),
        (Decimal(5), None, ("5.00", "", "")),
        (Decimal(0), Decimal(5), ("0", "+5.00", "")),
        (Decimal(8), Decimal(6), ("8.00", "-2.00", "-25.0%")),
        (Decimal(8), Decimal(8), ("8.00", "0", "0%")),
    ],
)
def test_what_cannot_be_said_stays_blank(before: Decimal | None, now: Decimal | None, told: tuple[str, ...]) -> None:
    assert compared(before, now, "元") == told


def test_a_rate_has_its_sign() -> None:
    assert change_rate(Decimal(3), Decimal(4)) == "+33.3%"
