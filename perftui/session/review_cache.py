"""The review of an opened document: what was found in files that are unchanged comes from the user's cache."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from perftui.files.processors import MANY, shared
from perftui.forms import Form
from perftui.locale import chosen_language
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.model.stop_flag import NEVER, StopFlag
from perftui.review.cached_review import CachedFileReview, encode_review
from perftui.review.engine import (
    RULES_VERSION,
    FileReview,
    Review,
    context_key,
    context_of,
    review_document,
    review_edit,
    review_file,
)
from perftui.review.finding import Finding
from perftui.review.review_settings import ReviewSettings
from perftui.review.subject import Context
from perftui.store.cache_file import CacheContents, CachePieces, Piece, load_cache, save_cache
from perftui.store.open import LoadedDocument
from perftui.store.parsed_files import FEW
from perftui.store.program_stamp import program_stamp

_ACROSS = ""
"""The cache's key for the findings of rules over the whole document; all other keys are files."""
_STALE = 100
"""The cache is written anew when one file in so many is not in it as it is now."""


def review_opened(opened: LoadedDocument, settings: ReviewSettings, stop: StopFlag = NEVER) -> Review:
    """What the rules find in a document that was just opened; only files that changed are looked at. Raises Stopped."""
    document, form = opened.document, opened.form
    if len(document.projects) < FEW:
        return review_document(document, form, settings)
    context = context_of(document, form, settings)
    program = program_stamp("review", "forms", "model", "locale")
    key = (RULES_VERSION, chosen_language(), context_key(context, form), program)
    loaded = load_cache(opened.folder.folder, "findings", key)
    same = {file for file, entry in loaded.entries.items() if file != _ACROSS and _is_same(opened, file, entry)}
    fresh = len(document.projects) + 1 - len(same)
    before = _before(opened, form, settings, context, loaded, same) if loaded.entries and fresh < MANY else None
    if fresh >= MANY:
        known = {file: _kept(loaded, file, document.record(file), form, context) for file in same}
        known |= _asked_by_all(document, form, context, same, stop)
        review = review_document(document, form, settings, known, stop)
    elif before is not None:
        review = review_edit(before, document)
    else:
        review = review_document(document, form, settings, stop=stop)
    gone = len(loaded.entries.keys() - review.files.keys() - {_ACROSS})
    if before is None or (fresh + gone) * _STALE >= len(review.files):
        pieces = CachePieces()
        save_cache(opened.folder.folder, "findings", key, _plain(opened, review, pieces), pieces)
    return review


def _is_same(opened: LoadedDocument, file: str, entry: tuple[Any, ...]) -> bool:
    """Is the file as it was when the entry was made?"""
    state = opened.states.get(file)
    return state is not None and state.digest == entry[0] and state.merged is None


def _asked_by_all(
    document: Document, form: Form, context: Context, known: set[str], stop: StopFlag
) -> dict[str, FileReview]:
    """The findings of very many files, asked for by copies of this process on all processors."""
    files = [(file, record) for file, record in document.files() if file not in known]

    def ask(part: Sequence[tuple[str, Record]]) -> list[tuple[bytes, bytes]]:
        return [encode_review(review_file(file, record, form, context)) for file, record in stop.watched(part)]

    found = zip(files, shared(files, ask), strict=True)
    return {
        file: CachedFileReview.of(findings, lambda facts=facts: facts, record)  # type: ignore[misc]
        for (file, record), (findings, facts) in found
    }


def _before(
    opened: LoadedDocument,
    form: Form,
    settings: ReviewSettings,
    context: Context,
    loaded: CacheContents,
    same: set[str],
) -> Review | None:
    """The review as it was kept; files that changed since have no record in it. ``None`` where it is damaged."""
    document = opened.document
    files: dict[str, FileReview] = {}
    for file, (_digest, findings, piece) in loaded.entries.items():
        if file == _ACROSS:
            continue
        if file in same:
            files[file] = _kept(loaded, file, document.record(file), form, context)
            continue
        facts = loaded.piece(piece)  # what changed cannot be asked again how it was
        if facts is None:
            return None
        files[file] = CachedFileReview.of(findings, lambda facts=facts: facts, None)  # type: ignore[misc]
    across = {rule: tuple(map(Finding.from_plain, found)) for rule, found in loaded.entries[_ACROSS][1].items()}
    return Review(form=form, context=context, settings=settings, files=files, across=across)


def _kept(loaded: CacheContents, file: str, record: Record, form: Form, context: Context) -> FileReview:
    """What was found in a file that is unchanged."""
    _digest, findings, piece = loaded.entries[file]
    return CachedFileReview.of(findings, partial(_facts, loaded, piece, file, record, form, context), record)


def _facts(loaded: CacheContents, piece: Piece, file: str, record: Record, form: Form, context: Context) -> bytes:
    """The facts of a file as they were kept; asked again, where the cache is damaged."""
    facts = loaded.piece(piece)
    return encode_review(review_file(file, record, form, context))[1] if facts is None else facts


def _plain(opened: LoadedDocument, review: Review, pieces: CachePieces) -> dict[str, Any]:
    across = {rule: [one.to_plain() for one in found] for rule, found in review.across.items()}
    entries: dict[str, Any] = {_ACROSS: ("", across, None)}
    for file, reviewed in review.files.items():
        state = opened.states.get(file)
        digest = "" if state is None or state.merged is not None else str(state.digest)
        findings, facts = encode_review(reviewed)
        entries[file] = digest, findings, pieces.put(facts)
    return entries
