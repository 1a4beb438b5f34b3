"""The review of an opened document."""

from perftui.review.engine import Review, review_document
from perftui.store.opening import Opened


def review_of(opened: Opened) -> Review:
    """What the rules find in a document."""
    return review_document(opened.document, opened.form)
