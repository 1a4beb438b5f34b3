"""A total that a form computes counts wherever a total is told, as one that was typed."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from perftui.forms import Form, look_in, shipped_ids
from perftui.forms.loader import read_form
from perftui.forms.search_path import FOLDER
from perftui.model.document import Document
from perftui.review.engine import review_document
from perftui.review.review_settings import ReviewSettings
from perftui.session.amount_rounding import missed_sums
from perftui.session.document_figures import figures_of
from perftui.session.last_hands import LastHands
from perftui.session.last_year import LastYear
from perftui.session.new_document import rolled_over, write_document
from perftui.store.folder import document_folder
from perftui.viewmodel.summary import summary_of
from perftui.viewmodel.year_comparison import year_differences
from tests.conftest import ROOT
from tests.factories import document

NAME = "computed"


@pytest.fixture
def text() -> str:
    found = (ROOT / "perftui" / "forms" / "data" / f"{shipped_ids()[0]}.toml").read_text(encoding="utf-8")
    found = found.replace(f'id = "{shipped_ids()[0]}"', f'id = "{NAME}"')
    return found.replace('label = "预算数", ', 'label = "预算数", formula = "budget.fiscal + budget.other", ')


@pytest.fixture
def form(text: str) -> Form:
    return read_form(text)


def costing(fiscal: str, other: str) -> Document:
    """Two projects that cost so much each; nobody typed the totals."""
    made = document(projects=2)
    made = replace(made, form=NAME, department=made.department.with_value(("form",), NAME))
    for file, record in made.projects.items():
        for key, amount in (("total", None), ("fiscal", fiscal), ("other", other)):
            record = record.with_value(("budget", key), amount)
        made = made.with_record(file, record)
    return made


def test_on_the_start_screen(text: str, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / f"{NAME}.toml").write_text(text, encoding="utf-8")
    look_in(tmp_path)
    made = costing("100.00", "50.00")
    folder = document_folder(tmp_path, made.year, made.unit)
    write_document(folder, made)
    found = figures_of(folder, LastHands([]))
    assert found is not None
    assert found.total == Decimal("300.00")


def test_in_the_figures_of_many_documents(form: Form) -> None:
    made = costing("100.00", "50.00")
    found = summary_of(made, form, review_document(made, form, ReviewSettings()), 0)
    assert list(found.funds.values()) == [Decimal(300), Decimal(200), Decimal(100)]


def test_beside_last_year(form: Form) -> None:
    before = costing("100.00", "50.00")
    now = rolled_over(before, form, before.year + 1)
    first, *others = now.projects
    now = now.with_record(first, now.record(first).with_value(("budget", "other"), "200.00"))
    now = now.without(others[0])
    told = [one.told for one in year_differences(LastYear(before, form), now, form, "元")]
    assert told[0].startswith("150.00 → 300.00")
    assert told[-1] == "150.00"


def test_where_rounded_parts_miss_it(form: Form) -> None:
    told = list(missed_sums(costing("50050.00", "50050.00"), form))
    assert len(told) == 2
    assert "10.01，分项加起来是 10.02，差 0.01" in told[0]
