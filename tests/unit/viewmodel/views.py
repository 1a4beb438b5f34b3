"""Every view of a document at some width, for tests of all of them."""

from collections.abc import Callable, Iterator
from functools import cache

from perftui.editing.offers import number_offers
from perftui.forms import load_form
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.review.engine import review_document
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from perftui.tui.widgets.paint import cell_line
from perftui.viewmodel.department import department_view
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.findings import findings_view
from perftui.viewmodel.funds import funds_view
from perftui.viewmodel.grid import CellView, GridView, RowView
from perftui.viewmodel.plan import plan_view
from perftui.viewmodel.preview import preview_view
from perftui.viewmodel.project_form import form_view, indicators_view
from perftui.viewmodel.projects import projects_view
from tests import factories
from tests.conftest import ROOT

WIDTHS = (60, 80, 100, 120)
NAMES = ("projects", "funds", "plan", "indicators", "department", "findings", "preview", "form")


def shown_of(document: Document) -> DocumentView:
    """What the views are made of, with what review says and what is offered."""
    form = load_form(document.form)
    offers: dict[Location, str] = {}
    for file, record in document.projects.items():
        offers |= number_offers(form, file, record)
    findings = review_document(document, form).findings
    return DocumentView(document=document, form=form, index=FindingIndex.of(findings), offers=offers)


@cache
def sample(name: str) -> DocumentView:
    """A sample of a form by its id, or the ``real`` document."""
    if name == "real":
        return shown_of(open_document(find_documents(ROOT / "data")[0]).document)
    return shown_of(factories.document(name, projects=3))


SAMPLES = (*factories.FORMS, "real")


def view(shown: DocumentView, name: str, width: int, number: int = 0) -> GridView:
    """One view; of one project where it shows one."""
    file = list(shown.document.projects)[number]
    record = shown.document.record(file)
    makers: dict[str, Callable[[], GridView]] = {
        "projects": lambda: projects_view(shown, width),
        "funds": lambda: funds_view(shown, width),
        "plan": lambda: plan_view(shown, width),
        "indicators": lambda: indicators_view(shown, file, record, width),
        "department": lambda: department_view(shown, width),
        "findings": lambda: findings_view(shown, width),
        "preview": lambda: preview_view(shown, width),
        "form": lambda: form_view(shown, file, record, width),
    }
    return makers[name]()


def all_rows(one: GridView) -> list[RowView]:
    """The rows of a view, header and footer among them."""
    return [*([one.header] if one.header else []), *one.rows, *one.footer]


def cells(one: GridView) -> Iterator[CellView]:
    """Every cell of the rows."""
    for row in one.rows:
        yield from row.cells


def painted(one: GridView, row: RowView, line: int = 0) -> str:
    """A row's line as it is painted, all of its width."""
    text, at = "", 0
    for cell in row.cells:
        text += " " * (cell.x - at) + cell_line(cell, line)
        at = cell.x + cell.width
    return text.rstrip()


def row_of(one: GridView, file: str = DEPARTMENT, *path: str) -> RowView:
    """The row that holds a place, or stands for it."""
    place = Location(file=file, path=path)
    return next(row for row in one.rows if row.key == place or any(cell.place == place for cell in row.cells))
