"""The review of an opened document."""

from dataclasses import dataclass

from perftui.review.engine import Review, review_document
from perftui.review.finding import Finding
from perftui.store.opening import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A document and the findings that are asked for."""

    opened: Opened
    findings: tuple[Finding, ...]


def review_of(opened: Opened) -> Review:
    """What the rules find in a document."""
    return review_document(opened.document, opened.form)
