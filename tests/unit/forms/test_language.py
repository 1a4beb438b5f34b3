"""What the language can say, through a form that says all of it."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perftui.editing.entry import EntryRefused, read_at, read_typed
from perftui.forms import CodeFormat, CodePart, Kind
from perftui.forms.computed_fields import computed, value_of
from perftui.forms.formula import BadFormula, read_formula
from perftui.model.record import Record, Row
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests.unit.forms.sample import sample_form

FORM = sample_form()
SPEC = FORM.project
CODE = CodeFormat(
    parts=(CodePart(length=6, means="division"), CodePart(length=2, means="year"), CodePart(length=4, letters=True))
)


def test_a_matrix_is_a_table_of_amounts_a_column() -> None:
    assert [(group.key, group.column) for group in SPEC.amounts] == [
        ("funds_y2021", "2021年度"), ("funds_whole", "项目总额"),
    ]  # fmt: skip
    assert [one.key for one in SPEC.amounts[0].amounts] == ["total", "appropriation", "carryover", "other"]
    assert [one.key for one in SPEC.amounts[1].amounts] == ["total", "appropriation", "other"]
    assert SPEC.label(("funds_whole", "appropriation")) == "项目总额·财政拨款"
    assert SPEC.label(("funds_y2021", "carryover")) == "上年结转"


def test_computed_fields_come_from_what_is_there() -> None:
    rows = (
        Row(id="a", values={"price": "2.50", "count": 4}),
        Row(id="b", values={"amount": "7.00"}),
        Row(id="c", values={"price": "1.00"}),
    )
    record = Record(tables={"funds_y2021": {"total": "20.00"}}, groups={"costs": rows})
    assert computed(SPEC, record, ("costs", "a", "amount")) == "10.00"
    assert computed(SPEC, record, ("costs", "c", "amount")) == ""
    assert computed(SPEC, record, ("rest",)) == "3.00"
    assert value_of(SPEC, record.with_value(("rest",), "1.00"), ("rest",)) == "1.00"
    assert computed(SPEC, Record(), ("rest",)) == ""


@pytest.mark.parametrize(
    ("value", "actual", "points"),
    [
        ("≥90%", "95%", "10"),
        ("≥90%", "45%", "5"),
        ("≤30", "60", "5"),
        ("≤30", "10", "10"),
        ("18人", "9人", "5"),
        ("好", "好", ""),
    ],
)
def test_a_score_follows_target_and_actual(value: str, actual: str, points: str) -> None:
    record = Record(groups={
        "indicators": (Row(id="a", values={"value": value, "weight": "10"}),),
        "result.rows": (Row(id="a", values={"actual": actual}),),
    })  # fmt: skip
    assert computed(SPEC, record, ("result.rows", "a", "score")) == points


@given(st.text("abc123.+-*/(), sum", max_size=40))
def test_no_formula_breaks_the_reader(text: str) -> None:
    with suppress(BadFormula):
        formula = read_formula(text)
        for texts in ([], ["1"], ["x"], ["9" * 15], ["1", "2"]):
            value = formula.value(lambda _name, texts=texts: texts)  # type: ignore[misc]
            assert value is None or isinstance(value, Decimal)


@given(st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=9))
def test_sum_and_difference_are_exact(amounts: list[Decimal]) -> None:
    texts = [f"{amount:.2f}" for amount in amounts]
    assert read_formula("sum(x.y)").value(lambda _name: texts) == sum(amounts)
    assert read_formula("a - a").value(lambda _name: texts[:1]) == 0


def test_a_code_tells_what_is_wrong_and_where_its_parts_are() -> None:
    assert CODE.length == 12
    assert CODE.wrong_at("130303210A1B") is None
    assert CODE.wrong_at("1303X3210A1B") == 4
    assert CODE.wrong_at("130303210a1b") == 9
    assert CODE.wrong_at("1303032100") == 10
    assert CODE.span_of("year") == (6, 8)
    assert CODE.span_of("none") is None
    assert CODE.grouped("130303210A1B") == "130303 21 0A1B"
    assert CODE.grouped("1303032") == "130303 2"
    field = SPEC.field(("code",))
    assert field is not None
    assert field.limit == 12


@pytest.mark.parametrize(
    ("key", "typed", "held"),
    [("begin", "2021年3月1日", "2021-03-01"), ("span", "2021.1-2023.12", "2021-01/2023-12"), ("people", "１８ 人", 18),
     ("nature", "新", "新增"), ("nature", "别的", "别的")],
)  # fmt: skip
def test_every_kind_is_entered_as_people_write_it_and_kept(key: str, typed: str, held: object) -> None:
    value = read_at(FORM, SPEC, (key,), typed, "元").value
    assert value == held
    record = Record(head={key: value}, tables={table: {} for table in SPEC.tables})
    assert decode(canonical(record, SPEC).encode(), SPEC) == record


def test_what_does_not_fit_a_kind_is_refused_in_a_sentence() -> None:
    for key, typed in (("begin", "明天"), ("span", "2021年"), ("people", "很多")):
        field = SPEC.field((key,))
        assert field is not None
        with pytest.raises(EntryRefused):
            read_typed(field, typed, "元")
    assert {one.kind for one in SPEC.head} >= {Kind.DATE, Kind.PERIOD, Kind.INTEGER, Kind.CHOICE, Kind.CODE}
