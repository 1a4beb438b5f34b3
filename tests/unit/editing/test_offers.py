"""Amounts and plans that are offered."""

from perftui.editing.offers import last_year_offers, number_offers
from perftui.forms import load_form
from perftui.model.document import DEPARTMENT, Location, project_file
from perftui.model.record import Record
from tests.factories import department, project

HERE = project_file("here")


def offered(form_id: str, record: Record, origin: Record | None = None) -> dict[str, str]:
    found = number_offers(load_form(form_id), HERE, record, origin)
    return {".".join(place.path): text for place, text in found.items()}


def hebei(**amounts: str | None) -> dict[str, str]:
    record = project(**{f"budget.{key}": amounts.get(key) for key in ("total", "fiscal", "other")})
    return offered("hebei-2021", record)


def test_the_total_offers_its_parts() -> None:
    assert hebei(total="100.00") == {"budget.fiscal": "100.00", "budget.other": "0.00"}
    assert hebei(total="100.00", fiscal="60.00") == {"budget.other": "40.00"}
    assert hebei(total="100.00", other="0.00") == {"budget.fiscal": "100.00"}


def test_the_parts_offer_their_total() -> None:
    assert hebei(fiscal="60.00") == {"budget.total": "60.00"}
    assert hebei(fiscal="60.00", other="1.50") == {"budget.total": "61.50"}


def test_more_than_the_total_offers_nothing() -> None:
    assert hebei(total="100.00", fiscal="160.00") == {}


def test_what_is_no_amount_offers_nothing() -> None:
    assert hebei(total="100.00", fiscal="全部") == {}
    assert hebei(total="全部") == {}


def test_a_changed_total_offers_the_one_part_that_pays_it() -> None:
    assert hebei(total="120.00", fiscal="100.00", other="0.00") == {"budget.fiscal": "120.00"}
    assert hebei(total="120.00", fiscal="0.00", other="100.00") == {"budget.other": "120.00"}
    assert hebei(total="120.00", fiscal="60.00", other="40.00") == {}
    assert hebei(total="100.00", fiscal="100.00", other="0.00") == {}


def test_three_parts_of_a_form() -> None:
    blank = {f"funds.{key}": None for key in ("appropriation", "carryover", "other")}
    record = project("mof-2021", **{**blank, "funds.total": "10.00", "funds.carryover": "4.00"})
    assert offered("mof-2021", record) == {"funds.appropriation": "6.00", "funds.other": "0.00"}


def test_last_years_amounts_where_nothing_was_typed() -> None:
    blank = project(**{f"budget.{key}": None for key in ("total", "fiscal", "other")})
    origin = project(**{"budget.total": "77.00", "budget.fiscal": "70.00", "budget.other": "7.00"})
    last = {"budget.total": "77.00", "budget.fiscal": "70.00", "budget.other": "7.00"}
    assert offered("hebei-2021", blank, origin) == last
    typed = project(**{"budget.total": "80.00", "budget.fiscal": None, "budget.other": None})
    assert offered("hebei-2021", typed, origin) == {"budget.fiscal": "80.00", "budget.other": "0.00"}


def test_the_plan_is_last_years_where_that_is_whole() -> None:
    none = {f"plan.{key}": None for key in ("m03", "m06", "m10", "m12")}
    usual = {"plan.m03": "25", "plan.m06": "50", "plan.m10": "75", "plan.m12": "100"}
    blank = project(**none)
    assert offered("hebei-2021", blank) == usual
    origin = project(**{"plan.m03": "10", "plan.m06": "20", "plan.m10": "30", "plan.m12": "100"})
    assert offered("hebei-2021", blank, origin)["plan.m06"] == "20"
    assert offered("hebei-2021", blank, project(**{**none, "plan.m03": "10"})) == usual
    assert offered("hebei-2021", project(**{**none, "plan.m06": "40"})) == {
        key: text for key, text in usual.items() if key != "plan.m06"
    }


def test_the_department_is_offered_what_it_said_last_year() -> None:
    form = load_form("hebei-2021")
    last = department(overall_goal="去年的目标")
    now = department(overall_goal=None)
    row = now.rows("duties")[0]
    now = now.with_value(("duties", row.id, "standard"), None)
    assert last_year_offers(form.department, now, last) == {
        Location(file=DEPARTMENT, path=("overall_goal",)): "去年的目标",
        Location(file=DEPARTMENT, path=("duties", row.id, "standard")): last.rows("duties")[0].text("standard"),
    }
    assert last_year_offers(form.department, now, None) == {}
