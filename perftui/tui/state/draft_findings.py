"""Findings about a text while it is typed. Nothing is stored; only the rules about the cell's own file are asked."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from perftui.editing.edits import apply_all
from perftui.editing.entry import EntryRefused
from perftui.forms import Field, Kind
from perftui.model.document import Document, Location
from perftui.review.finding import Finding, Severity
from perftui.tui.state.app_state import AppState
from perftui.tui.state.cell_entry import edits_for
from perftui.viewmodel.grid import CellView

if TYPE_CHECKING:
    from perftui.review.engine import Review


def draft_to_review(state: AppState, cell: CellView, text: str) -> Callable[[], tuple[Finding, ...]]:
    """Finds the errors and warnings that a cell would have if the text stood in it; may be called in any thread.

    What a half-typed text cannot help is not told: that it lacks its end, that a code is short, that an amount does not
    add up yet; the line of the cell and the one at the foot count those.
    """
    if cell.place is None or not cell.editable or not text.strip() or state.shown.index.pending:
        return tuple
    try:
        edits, place, typed = edits_for(state, cell, text)
    except EntryRefused:
        return tuple
    if place is None or _is_counted(state.shown.form.spec_of(place.file).field(place.path), typed.value):
        return tuple
    if not edits:
        known = _own(state.shown.index.at.get(place, ()), place)
        return lambda: known
    document, _inverses = apply_all(state.document, tuple(edits))
    # What the rules are told is the same in a review that does not know the last edit yet.
    return partial(_found, document, place, state.live_review.known or state.review)


def _found(document: Document, place: Location, review: "Review") -> tuple[Finding, ...]:
    from perftui.review.engine import review_file  # the start does not wait for the rules

    found = review_file(place.file, document.record(place.file), review.form, review.context).findings
    return _own(review.settings.apply(found), place)


def _is_counted(field: Field | None, value: object) -> bool:
    """Does the line under the sheet count already how much is typed, so that no finding has to?"""
    if field is None or field.kind is Kind.AMOUNT:
        return True
    return field.kind is Kind.CODE and isinstance(value, str) and len(value) < field.limit


def _own(findings: Iterable[Finding], place: Location) -> tuple[Finding, ...]:
    found = [one for one in findings if one.location == place and one.is_open and one.severity > Severity.HINT]
    return tuple(sorted((one for one in found if not _is_at_the_end(one)), key=lambda one: -one.severity))


def _is_at_the_end(finding: Finding) -> bool:
    """Is it about the last characters? The person is typing there."""
    return finding.span is not None and finding.span[1] >= len(finding.quote)
