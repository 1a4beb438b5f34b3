"""One document among many in a line of figures: what it is called, how far it is, who had it last."""

from dataclasses import dataclass
from decimal import Decimal

from perftui.files.errors import FileError
from perftui.forms import Role
from perftui.model.document import DEPARTMENT
from perftui.model.money import parse_amount
from perftui.review.finding import Severity
from perftui.session.last_hands import LastHands
from perftui.session.remaining import left_in
from perftui.session.review_cache import review_opened
from perftui.session.review_settings import settings_or_default
from perftui.store.folder import DocumentFolder
from perftui.store.open import form_of, open_document, read_state
from perftui.store.problem import BadFile


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFigures:
    """How far a document is."""

    status: str
    total: Decimal
    """The sum of its projects, in 元."""
    errors: int
    """Open findings of that weight, and files that cannot be read."""
    left: int
    """Places that somebody has to go to."""
    last_hand: str
    """Who kept the last version; "" where nobody is known."""


def document_name(folder: DocumentFolder) -> str:
    """A document in words: year, unit code, and the unit's name where it can be read."""
    try:
        form, _problems = form_of(folder, [])
        name = form.department.text_of(read_state(folder, DEPARTMENT, form).merged_record, Role.UNIT_NAME)
    except (FileError, BadFile):
        name = ""
    return f"{folder.year} {folder.unit} {name}".strip()


def figures_of(folder: DocumentFolder, hands: LastHands) -> DocumentFigures | None:
    """A document's figures; ``None`` where its folder cannot be read. All of it is read and reviewed: for a worker."""
    try:
        opened = open_document(folder)
    except FileError:
        return None
    document, form = opened.document, opened.form
    review = review_opened(opened, settings_or_default(folder)[0])
    totals = (parse_amount(form.project.text_of(record, Role.TOTAL)) for record in document.projects.values())
    return DocumentFigures(
        status=form.department.text_of(document.department, Role.STATUS),
        total=sum((total for total in totals if total is not None), Decimal(0)),
        errors=review.count(Severity.ERROR) + len(opened.problems), left=left_in(form, document, review.findings),
        last_hand=hands.of(folder),
    )  # fmt: skip
