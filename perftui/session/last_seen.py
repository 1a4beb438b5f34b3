"""What a document held when it was left, where no git has it: what went from it meanwhile is told at the next start."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from perftui.files.reading import digest
from perftui.files.worktree import working_copy
from perftui.forms import Form
from perftui.model.document import is_record_file
from perftui.model.record import Record
from perftui.session.losses import Loss, loss_of
from perftui.session.renamed_files import renamed_files
from perftui.store.cache_file import load_cache, save_cache
from perftui.store.file_state import FileState, state_with
from perftui.store.folder import DocumentFolder
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode

_KIND, _KEY = "seen", 1
_MOST = 500
"""Of a document with more files nothing is kept: leaving it would take a second."""


def keep_seen(folder: DocumentFolder, states: Mapping[str, FileState]) -> None:
    """Keep what the files of a document hold, and held where one cannot be read; git keeps that of a clone."""
    if len(states) <= _MOST and working_copy(folder.folder) is None:
        before = {file: text for file, text in seen_before(folder).items() if folder.path(file).exists()}
        save_cache(folder.folder, _KIND, _KEY, {**before, **{file: state.text for file, state in states.items()}})


def seen_before(folder: DocumentFolder) -> Mapping[str, str]:
    """The texts of a document's files when it was left; none in a clone, or where that was not kept."""
    if working_copy(folder.folder) is not None:
        return {}
    return {file: str(text) for file, text in load_cache(folder.folder, _KIND, _KEY).entries.items()}


def lost_since(
    seen: Mapping[str, str],
    states: Mapping[str, FileState],
    form: Form,
    unreadable: frozenset[str],
    renamed: Mapping[str, str],
) -> Iterator[tuple[Loss, FileState]]:
    """What went from the readable files of a document since it was left, each with the version before.

    ``renamed``: those that have another name now.
    """
    for old, text in seen.items():
        file = renamed.get(old, old)
        if file in unreadable or not is_record_file(file):
            continue
        with suppress(BadFile):
            before = state_with(text.encode(), form.spec_of(file), digest(text.encode()))
            now = states.get(file)
            if now is not None and (loss := loss_of(file, before.record, now.merged_record)) is not None:
                yield loss, before
            if now is None:
                yield Loss(file=file, project=True), before


def renamed_since(seen: Mapping[str, str], states: Mapping[str, FileState], form: Form) -> dict[str, str]:
    """The files of a document that have another name since it was left, each with that."""
    came = {file: state.merged_record for file, state in states.items() if seen and file not in seen}
    gone: dict[str, Record] = {}
    for file, text in seen.items() if came else ():
        if file not in states and is_record_file(file):
            with suppress(BadFile):
                gone[file] = decode(text.encode(), form.spec_of(file))
    return renamed_files(form, gone, came)
