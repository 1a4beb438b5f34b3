"""The review of an opened document: what was found in files that are unchanged comes from the user's cache."""

from typing import Any

from perftui.forms import Form
from perftui.locale import chosen_language
from perftui.review.engine import (
    RULES_VERSION,
    Review,
    Reviewed,
    context_key,
    context_of,
    review_document,
    review_edit,
)
from perftui.review.finding import Finding
from perftui.review.kept import KeptReviewed, keep
from perftui.review.settings import Settings
from perftui.store.caches import load_cache, program_stamp, save_cache
from perftui.store.kept import FEW
from perftui.store.opening import Opened

_ACROSS = ""
"""Where the cache has what rules over the document found; everything else in it is a file."""
_STALE = 100
"""The cache is written anew when one file in so many is not in it as it is now."""


def review_opened(opened: Opened, settings: Settings) -> Review:
    """What the rules find in a document that was just opened; only files that changed are looked at."""
    document, form = opened.document, opened.form
    if len(document.projects) < FEW:
        return review_document(document, form, settings)
    context = context_of(document.department, form, document.year, settings)
    program = program_stamp("review", "forms", "model", "locale")
    key = (RULES_VERSION, chosen_language(), context_key(context, form), program)
    entries = load_cache(opened.folder.folder, "findings", key)
    if entries:
        before = _before(opened, form, settings, entries)
        review = review_edit(before, document)
    else:
        review = review_document(document, form, settings)
    fresh = sum(not isinstance(one, KeptReviewed) for one in review.files.values())
    gone = len(entries.keys() - review.files.keys() - {_ACROSS})
    if (fresh + gone) * _STALE >= len(review.files):
        save_cache(opened.folder.folder, "findings", key, _plain(opened, review))
    return review


def _before(opened: Opened, form: Form, settings: Settings, entries: dict[str, Any]) -> Review:
    """The review as it was kept; files that changed since have no record in it."""
    document = opened.document
    files: dict[str, Reviewed] = {}
    for file, entry in entries.items():
        if file != _ACROSS:
            state = opened.states.get(file)
            same = state is not None and state.digest == entry[0] and state.merged is None
            files[file] = KeptReviewed.of(entry[1], document.record(file) if same else None)
    across = {rule: tuple(map(Finding.from_plain, found)) for rule, found in entries[_ACROSS].items()}
    context = context_of(document.department, form, document.year, settings)
    return Review(form=form, context=context, settings=settings, files=files, across=across)


def _plain(opened: Opened, review: Review) -> dict[str, Any]:
    across = {rule: [one.to_plain() for one in found] for rule, found in review.across.items()}
    entries: dict[str, Any] = {_ACROSS: across}
    for file, reviewed in review.files.items():
        state = opened.states.get(file)
        digest = "" if state is None or state.merged is not None else str(state.digest)
        entries[file] = digest, keep(reviewed)
    return entries
