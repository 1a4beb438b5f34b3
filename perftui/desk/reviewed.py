"""The review of an opened document: what was found in files that are unchanged comes from the user's cache."""

from collections.abc import Sequence
from typing import Any

from perftui.files.processors import MANY, shared
from perftui.forms import Form
from perftui.locale import chosen_language
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.review.engine import (
    RULES_VERSION,
    Review,
    Reviewed,
    context_key,
    context_of,
    review_document,
    review_edit,
    review_file,
)
from perftui.review.finding import Finding
from perftui.review.kept import KeptReviewed, keep
from perftui.review.settings import Settings
from perftui.review.subject import Context
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
    same = {file for file, entry in entries.items() if file != _ACROSS and _is_same(opened, file, entry)}
    fresh = len(document.projects) + 1 - len(same)
    if fresh >= MANY:
        known = {file: entries[file][1] for file in same} | _asked_by_all(document, form, context, same)
        kept = {file: KeptReviewed.of(known[file], record) for file, record in document.files()}
        review = review_document(document, form, settings, kept)
    elif entries:
        review = review_edit(_before(opened, form, settings, entries, same), document)
    else:
        review = review_document(document, form, settings)
    gone = len(entries.keys() - review.files.keys() - {_ACROSS})
    if (fresh + gone) * _STALE >= len(review.files):
        save_cache(opened.folder.folder, "findings", key, _plain(opened, review))
    return review


def _is_same(opened: Opened, file: str, entry: tuple[Any, ...]) -> bool:
    """Is the file as it was when the entry was made?"""
    state = opened.states.get(file)
    return state is not None and state.digest == entry[0] and state.merged is None


def _asked_by_all(document: Document, form: Form, context: Context, known: set[str]) -> dict[str, tuple[bytes, bytes]]:
    """What is found in very many files, by all processors."""
    files = [(file, record) for file, record in document.files() if file not in known]

    def ask(part: Sequence[tuple[str, Record]]) -> list[tuple[bytes, bytes]]:
        return [keep(review_file(file, record, form, context)) for file, record in part]

    return {file: plain for (file, _record), plain in zip(files, shared(files, ask), strict=True)}


def _before(opened: Opened, form: Form, settings: Settings, entries: dict[str, Any], same: set[str]) -> Review:
    """The review as it was kept; files that changed since have no record in it."""
    document = opened.document
    files: dict[str, Reviewed] = {}
    for file, entry in entries.items():
        if file != _ACROSS:
            files[file] = KeptReviewed.of(entry[1], document.record(file) if file in same else None)
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
