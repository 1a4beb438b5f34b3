"""One document among many in a line of figures: what it is called, how far it is, who had it last."""

from collections.abc import Sequence
from decimal import Decimal

from perftui.files.errors import FileError
from perftui.forms import Role
from perftui.forms.computed_fields import role_text
from perftui.locale import _
from perftui.model.document import DEPARTMENT
from perftui.model.frozen import frozen
from perftui.model.money import parse_amount
from perftui.review.finding import Severity
from perftui.session.changed_files import ChangedFile, ChangedFiles, no_form
from perftui.session.doubled_codes import DoubledCodes
from perftui.session.last_hands import LastHands
from perftui.session.last_visit import last_visit
from perftui.session.remaining import left_in
from perftui.session.review_cache import review_opened
from perftui.session.review_settings import settings_or_default
from perftui.store.folder import DocumentFolder
from perftui.store.open import form_of, open_document, read_state
from perftui.store.problem import BadFile


@frozen
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
    since: float | None
    """When the person left the document last, in seconds since 1970; ``None`` where that is not known."""
    changed: Sequence[ChangedFile]
    """What was changed since then, the latest first."""
    no_form: str
    """What is said where its form is not here, and nobody knows how far it is; else ""."""


def document_name(folder: DocumentFolder) -> str:
    """A document in words: year, unit code, and the unit's name where it can be read."""
    try:
        form, _problems = form_of(folder, [])
        name = form.department.text_of(read_state(folder, DEPARTMENT, form).merged_record, Role.UNIT_NAME)
    except (FileError, BadFile):
        name = ""
    return f"{folder.year} {folder.unit} {name}".strip()


class Overview:
    """The figures of many documents, found one after the other, and where their clone stands. For one worker."""

    def __init__(self, folders: Sequence[DocumentFolder]) -> None:
        self._folders = folders
        self._hands: LastHands | None = None
        self._doubled = DoubledCodes()

    def of(self, number: int) -> DocumentFigures | None:
        """The figures of a document by its place; ``None`` where its folder cannot be read."""
        self._hands = self._hands or LastHands(self._folders)
        return figures_of(self._folders[number], self._hands, self._doubled)

    @property
    def in_short(self) -> str:
        """What the figures do not show, after the last of them: projects that stand there twice, and the clone."""
        return _("；").join(filter(None, (*self._doubled.sentences(), self._clone_in_short())))

    def _clone_in_short(self) -> str:
        """What is not kept, sent, fetched or not here; "" without git."""
        if self._hands is None or self._hands.state is None:
            return ""
        waiting = sum(len(self._hands.not_kept(folder)) for folder in self._folders)
        return _("；").join(filter(None, (self._hands.state.in_short(waiting), self._hands.not_here)))


def figures_of(folder: DocumentFolder, hands: LastHands, doubled: DoubledCodes) -> DocumentFigures | None:
    """A document's figures; ``None`` where its folder cannot be read. All of it is read and reviewed: for a worker.

    ``doubled`` takes its codes in.
    """
    try:
        opened = open_document(folder)
    except FileError:
        return None
    document, form = opened.document, opened.form
    doubled.add(document, form)
    review = review_opened(opened, settings_or_default(folder)[0])
    since = last_visit(folder.folder)
    changed = ChangedFiles(form, document, opened.changed_at, hands.of_files(folder)).since(since)
    totals = (parse_amount(role_text(form.project, record, Role.TOTAL)) for record in document.projects.values())
    return DocumentFigures(
        status=form.department.text_of(document.department, Role.STATUS),
        total=sum((total for total in totals if total is not None), Decimal(0)),
        errors=review.count(Severity.ERROR) + len(opened.problems), left=left_in(form, document, review.findings),
        last_hand=hands.of(folder), since=since,
        changed=changed, no_form=no_form(form),
    )  # fmt: skip
