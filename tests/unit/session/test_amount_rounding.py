"""Amounts in 万元: rounded parts that miss their sum are named, exact ones are not."""

from perftui.forms import load_form
from perftui.session.amount_rounding import missed_sums, rounded_lines
from tests import factories


def test_parts_that_miss_the_sum_by_a_fen_are_named() -> None:
    document, form = factories.document("mof-2021", projects=2), load_form("mof-2021")
    file, record = next(iter(document.projects.items()))
    amounts = {"total": "100100.00", "appropriation": "50050.00", "carryover": "50050.00", "other": "0.00"}
    for key, text in amounts.items():
        record = record.with_value(("funds", key), text)
    (said,) = rounded_lines(document.with_record(file, record), form)
    assert "年度资金总额按万元保留两位小数是 10.01，分项加起来是 10.02，差 0.01" in said
    assert list(missed_sums(document.with_record(file, record), form, [list(document.projects)[1]])) == []


def test_parts_that_do_not_add_up_before_are_for_the_review() -> None:
    document, form = factories.document("mof-2021", projects=1), load_form("mof-2021")
    file, record = next(iter(document.projects.items()))
    record = record.with_value(("funds", "total"), "1.00")
    assert rounded_lines(document.with_record(file, record), form) == []


def test_a_document_in_yuan_rounds_nothing() -> None:
    document, form = factories.document("hebei-2021", projects=1), load_form("hebei-2021")
    file, record = next(iter(document.projects.items()))
    for key, text in {"total": "100100.00", "fiscal": "50050.00", "other": "50050.00"}.items():
        record = record.with_value(("budget", key), text)
    assert rounded_lines(document.with_record(file, record), form) == []
