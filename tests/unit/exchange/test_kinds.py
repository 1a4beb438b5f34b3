"""Dates, periods, integers and computed fields are printed as people write them, and read back as they are stored."""

from perftui.exchange.importer.build import as_held
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.project_tables import project_tables
from perftui.forms.loader import read_form
from perftui.model.record import Record, Row
from tests import factories
from tests.unit.forms.sample import sample_text

ROWS = """
[[print.tables.rows]]
cells = [{ label = "实施期" }, { field = "span", span = 2 }, { field = "people" }, { field = "rest" }]

[[print.tables.rows]]
cells = [{ label = "项目名称" }"""
COSTS = """
[[print.tables]]
widths = [50, 30, 30, 46]
group = "costs"
columns = ["what", "price", "count", "amount"]

[[print.tables]]
widths = [22, 36, 50"""
TEXT = (
    sample_text()
    .replace('\n[[print.tables.rows]]\ncells = [{ label = "项目名称" }', ROWS, 1)
    .replace("\n[[print.tables]]\nwidths = [22, 36, 50", COSTS, 1)
)
FORM = read_form(TEXT)
ROW = Row(id="a", values={"what": "会议", "price": "25000.00", "count": 4})
RECORD = Record(
    head={"name": "甲", "span": "2021-01/2023-12", "people": 18},
    tables={"funds_y2021": {"total": "300000.00"}},
    groups={"costs": (ROW,)},
)


def test_every_kind_is_printed_as_people_write_it() -> None:
    document = factories.document()
    tables = [make(RECORD, "projects/x.toml") for make in project_tables(document, FORM)]
    texts = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert "2021年1月—2023年12月" in texts
    assert "18人" in texts
    assert texts.count("10") == 1, "25000 × 4 is ten 万元"
    assert "20" in texts, "what is left of thirty"


def test_what_is_only_computed_is_not_stored_when_it_is_read() -> None:
    printed = RECORD.with_value(("costs", "a", "amount"), "100000.00").with_value(("rest",), "200000.00")
    printed = printed.with_value(("people",), "18")
    assert as_held(printed, FORM.project) == RECORD
    typed = RECORD.with_value(("rest",), "7.00")
    assert as_held(typed, FORM.project) == typed


def test_dates_and_integers_are_read_back_and_others_are_told() -> None:
    draft = RecordDraft(FORM, department=False, literal=False)
    for key, raw in (("span", "2021年1月—2023年12月"), ("people", "１８人"), ("begin", "尽快")):
        one = FORM.project.field((key,))
        assert one is not None
        draft.put((key,), one, raw, "表 1")
    assert draft.values == {("span",): "2021-01/2023-12", ("people",): "18"}
    assert "尽快" in " ".join(draft.remarks)
