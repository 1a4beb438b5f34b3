"""Sums and differences of amounts, the amounts of a plan, and the bars of shares."""

from dataclasses import replace
from decimal import Decimal

import pytest

from perftui.forms import AmountGroup, RecordSpec, Role, load_form
from perftui.model.document import DEPARTMENT
from perftui.model.money import format_amount
from perftui.model.record import Record
from perftui.model.width import cell_len
from perftui.viewmodel import foot
from perftui.viewmodel.bars import plan_bar, share_bar
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.foot import foot_text
from perftui.viewmodel.funds import difference, funds_view
from perftui.viewmodel.grid import Tone
from perftui.viewmodel.plan import plan_view, planned_amount
from perftui.viewmodel.projects import projects_view
from perftui.viewmodel.tally import amounts_at
from tests import factories
from tests.unit.viewmodel.view_samples import BUDGET, FORM, PLAN, shown_of, texts, with_amounts


def test_all_projects_are_added_up_once_however_often_the_list_is_filtered(monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[Record] = []

    def noted(spec: RecordSpec, group: AmountGroup, record: Record) -> Decimal | None:
        added.append(record)
        return difference(spec, group, record)

    monkeypatch.setattr(foot, "difference", noted)
    shown = DocumentView(document=factories.document(projects=3), form=load_form("hebei-2021"))
    told = [foot_text(shown, None, ""), foot_text(shown, None, "")]
    assert told[0] == told[1]
    assert len(added) == 3
    changed = shown.document.without(next(iter(shown.document.projects)))
    foot_text(replace(shown, document=changed), None, "")
    assert len(added) == 5


@pytest.mark.parametrize(
    ("amounts", "gap"),
    [
        (("10.00", "7.00", "3.00"), "0.00"),
        (("10.00", "7.00", None), "3.00"),
        (("10.00", "7.05", "3.00"), "-0.05"),
        ((None, "7.00", "3.00"), "-10.00"),
        ((None, None, None), None),
        (("十元", "7.00", "3.00"), None),
        (("999999999999999.99", "999999999999999.98", "0.00"), "0.01"),
    ],
)
def test_the_difference_of_a_total_and_its_parts(amounts: tuple[str | None, ...], gap: str | None) -> None:
    found = difference(FORM.project, BUDGET, with_amounts(*amounts))
    assert found == (None if gap is None else Decimal(gap))


def test_totals_of_the_funds_are_sums_to_the_cent() -> None:
    records = [with_amounts("0.10", "0.10", "0.00"), with_amounts("0.20", "0.10", "0.05"), with_amounts(None, "x", "")]
    grid = funds_view(shown_of(*records), 100)
    assert texts(grid.footer[0])[2:6] == ["0.30", "0.20", "0.05", "0.05"]
    assert [cell.tone for cell in grid.footer[0].cells][2:6] == [Tone.TOTAL, Tone.TOTAL, Tone.TOTAL, Tone.ERROR]
    assert [texts(row)[5] for row in grid.rows] == ["0", "0.05", ""]
    assert [row.cells[5].tone for row in grid.rows][:2] == [Tone.LOCKED, Tone.ERROR]
    assert "合计 3 个项目  0.30 元" in texts(projects_view(shown_of(*records), 80).footer[0])[0]


@pytest.mark.parametrize(
    ("written", "amount", "told", "tone"),
    [
        ("3000.00", "3000.00", "与合计一致", Tone.TOTAL),
        ("2999.99", "2999.99", "合计多 0.01", Tone.ERROR),
        ("5000.00", "5000.00", "合计少 2000.00", Tone.ERROR),
        ("五千", "五千", "", Tone.TOTAL),
    ],
)
def test_the_approved_total_stands_below_the_sum_with_the_difference(
    written: str, amount: str, told: str, tone: Tone
) -> None:
    shown = shown_of(with_amounts("1000.00", "1000.00", "0.00"), with_amounts("2000.00", "2000.00", "0.00"))
    path = FORM.department.path_of(Role.APPROVED_TOTAL)
    assert path is not None
    department = shown.document.department.with_value(path, written)
    shown = replace(shown, document=shown.document.with_record(DEPARTMENT, department))
    for width in (60, 80, 120):
        sums, approved = funds_view(shown, width).footer
        assert (texts(sums)[2], texts(approved)) == ("3000.00", ["", "批复总额", amount, told])
        assert (approved.cells[2].x, approved.cells[3].tone) == (sums.cells[2].x, tone)
        assert cell_len(told) <= approved.cells[3].width
        (foot,) = projects_view(shown, width).footer
        assert texts(foot) == [f"合计 2 个项目  3000.00 元  批复 {amount}  {told}".rstrip()]
        assert foot.cells[0].tone is tone


def test_where_nothing_is_approved_or_an_amount_is_none_nothing_is_compared() -> None:
    records = [with_amounts("1000.00", "1000.00", "0.00"), with_amounts("x", "0.00", "0.00")]
    shown = shown_of(*records)
    assert len(funds_view(shown, 80).footer) == 1
    path = FORM.department.path_of(Role.APPROVED_TOTAL)
    assert path is not None
    department = shown.document.department.with_value(path, "1000.00")
    shown = replace(shown, document=shown.document.with_record(DEPARTMENT, department))
    assert texts(funds_view(shown, 80).footer[1]) == ["", "批复总额", "1000.00", ""]


def test_planned_amounts_are_the_percents_of_the_total_rounded_half_up() -> None:
    record = factories.changed(
        with_amounts("0.50", "0.50", "0.00"), FORM.project, **{"plan.m03": "25", "plan.m06": "3"}
    )
    shown = shown_of(record)
    assert PLAN is not None
    amounts = [planned_amount(shown, PLAN, point, record) for point in PLAN.points[:2]]
    assert [format_amount(amount) for amount in amounts if amount is not None] == ["0.13", "0.02"]
    blank = record.with_value(("plan", "m03"), None)
    assert planned_amount(shown, PLAN, PLAN.points[0], blank) is None
    assert planned_amount(shown, PLAN, PLAN.points[0], with_amounts(None, None, None)) is None


def test_the_plans_foot_adds_the_amounts() -> None:
    whole = [with_amounts("1000.00", "1000.00", "0.00"), with_amounts("3000.00", "3000.00", "0.00")]
    grid = plan_view(shown_of(*whole), 100)
    assert texts(grid.footer[0])[5:9] == ["1000", "2000", "3000", "4000"]


def test_bars() -> None:
    assert PLAN is not None
    record = factories.project("hebei-2021")
    assert plan_bar(FORM.project, record) == "▂▂ ▄▄ ▆▆ ██"
    assert plan_bar(FORM.project, record, ascii_only=True).isascii()
    none = factories.changed(record, FORM.project, **{f"plan.{point.key}": None for point in PLAN.points})
    assert plan_bar(FORM.project, none) == ""
    assert plan_bar(FORM.project, none.with_value(("plan", "m12"), "999")).endswith("██")
    assert plan_bar(FORM.department, record) == ""


@pytest.mark.parametrize(
    ("fiscal", "other", "bar"),
    [
        ("5.00", "5.00", "█████▒▒▒▒▒  50%"),
        ("10.00", "0.00", "██████████ 100%"),
        ("999.00", "1.00", "██████████  99%"),
        ("0.00", "0.00", ""),
        ("-1.00", "2.00", ""),
        (None, "1.00", "▒▒▒▒▒▒▒▒▒▒   0%"),
        ("1.00", "2.00", "███▒▒▒▒▒▒▒  33%"),
    ],
)
def test_shares_fill_the_bar(fiscal: str | None, other: str, bar: str) -> None:
    parts = [BUDGET.path(part.field) for part in BUDGET.total.parts]
    assert share_bar(amounts_at(FORM.project, with_amounts("9.00", fiscal, other), parts), 10) == bar
