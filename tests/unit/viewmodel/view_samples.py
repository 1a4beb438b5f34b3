"""Documents, findings and cells that the tests of single views look at."""

from perftui.forms import load_form
from perftui.model.document import Document, Location
from perftui.model.record import Record
from perftui.review.finding import Acceptance, Finding, Severity
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import field_cell
from perftui.viewmodel.grid import CellView, RowView
from tests import factories

FORM = load_form("hebei-2021")
BUDGET = FORM.project.amounts[0]
PLAN = FORM.project.plan
assert PLAN is not None
FILE = "projects/a.toml"


def document_of(*records: Record) -> Document:
    empty = factories.document(projects=0)
    for number, record in enumerate(records, 1):
        empty = empty.with_record(f"projects/{number}.toml", record.with_value(("order",), number))
    return empty


def shown_of(*records: Record, **more: object) -> DocumentView:
    return DocumentView(document=document_of(*records), form=FORM, **more)  # type: ignore[arg-type]


def finding(severity: Severity, *path: str, file: str = "projects/1.toml", accepted: bool = False) -> Finding:
    word = Acceptance(rule="R1", file=file, path=path, digest="", reason="有批文", by="张三") if accepted else None
    place = Location(file=file, path=path)
    return Finding(rule="R1", severity=severity, location=place, message="数不对", advice="改数", accepted=word)


def cell_of(shown: DocumentView, *path: str) -> CellView:
    field = FORM.project.field(path)
    assert field is not None
    return field_cell(shown, "projects/1.toml", path, field)


def with_amounts(total: str | None, fiscal: str | None, other: str | None) -> Record:
    amounts = {"budget.total": total, "budget.fiscal": fiscal, "budget.other": other}
    return factories.changed(factories.project(), FORM.project, **amounts)


def texts(row: RowView | None) -> list[str]:
    assert row is not None
    return [cell.text for cell in row.cells]
