"""What a data folder says about the review: rules off or weighed otherwise, accepted findings; read and written.

``review.toml`` in the data folder holds for all its documents, the one in a document's folder for that document.
"""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from perftui.files.errors import FileError, Missing
from perftui.files.reading import read_file
from perftui.forms import RecordSpec
from perftui.model.record import CONFLICTS, Record, Row
from perftui.review.finding import Acceptance, Finding
from perftui.review.review_settings import ReviewSettings, ReviewSettingsError, acceptance_key
from perftui.session.settings_conflicts import ACCEPTED, settings_conflicts, settings_files
from perftui.store.file_state import FileState, state_of
from perftui.store.folder import REVIEW_FILE, DocumentFolder
from perftui.store.problem import BadFile
from perftui.store.save import save_file
from perftui.store.toml.decode import decode, text_of

_ANY = RecordSpec(head=())
"""A file of which no key is known beforehand: all are kept."""


def read_settings(folder: DocumentFolder) -> ReviewSettings:
    """The settings of a document: the data folder's, and its own over them.

    Raises SettingsError, a FileError or BadFile, each with a sentence for the person.
    """
    general, own = (_plain(path) for path in settings_files(folder))
    merged: dict[str, Any] = {**general, **own}
    for key in set(general) & set(own):
        if isinstance(general[key], Mapping) and isinstance(own[key], Mapping):
            merged[key] = {**general[key], **own[key]}
    undecided = tuple(one.finding for one in settings_conflicts(folder)) if CONFLICTS in merged else ()
    return replace(ReviewSettings.from_plain(merged), undecided=undecided)


def settings_or_default(folder: DocumentFolder) -> tuple[ReviewSettings, str]:
    """The settings, or the usual ones with the sentence that says why those of the folder do not hold."""
    try:
        return read_settings(folder), ""
    except (ReviewSettingsError, FileError) as error:
        return ReviewSettings(), f"{REVIEW_FILE}: {error}"
    except BadFile as error:
        return ReviewSettings(), str(error.problem(REVIEW_FILE))


def accept_findings(
    folder: DocumentFolder, settings: ReviewSettings, findings: Sequence[Finding], reason: str, by: str
) -> ReviewSettings:
    """Keep a person's word that findings may stand in the document's file; the settings with it.

    Raises a FileError where it cannot be written, BadFile where the file cannot be read.
    """
    acceptances = [finding.accept(reason, by) for finding in findings]
    record, state = _own_file(folder)
    for one in acceptances:
        record = record.with_row(ACCEPTED, Row(id=acceptance_key(one), values=one.to_plain()))
    save_file(folder, REVIEW_FILE, record, _ANY, state)
    return settings.with_acceptances(acceptances)


def take_back(folder: DocumentFolder, settings: ReviewSettings, acceptances: Collection[Acceptance]) -> ReviewSettings:
    """Take acceptances out of the document's file; the settings without those that were in it.

    What the data folder's own file accepts for all its documents stays. Raises what ``accept_findings`` raises.
    """
    record, state = _own_file(folder)
    stored = {row.id: _acceptance(row) for row in record.rows(ACCEPTED)}
    found = {row_id: one for row_id, one in stored.items() if one is not None and one in acceptances}
    if not found:
        return settings
    for row_id in found:
        record = record.without_row(ACCEPTED, row_id)
    save_file(folder, REVIEW_FILE, record, _ANY, state)
    return settings.without_acceptances(found.values())


def _own_file(folder: DocumentFolder) -> tuple[Record, FileState | None]:
    try:
        state = state_of(read_file(folder.path(REVIEW_FILE)), _ANY)
    except Missing:
        return Record(), None
    return state.record or Record(), state


def _acceptance(row: Row) -> Acceptance | None:
    try:
        return Acceptance.from_plain(row.values)
    except KeyError:
        return None


def _plain(path: Path) -> dict[str, Any]:
    try:
        data = read_file(path).data
    except Missing:
        return {}
    decode(data, _ANY)
    return tomllib.loads(text_of(data))
