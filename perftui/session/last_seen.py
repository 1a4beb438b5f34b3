"""What a document held when it was left, where no git has it: what went from it meanwhile is told at the next start.

One file for each text, named by its digest, and a list of which file of the document had which: leaving a document
writes what has changed, and a start reads what is not as it was.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from perftui.files.errors import Digest, FileError
from perftui.files.reading import digest, read_file
from perftui.files.removing import create_folder
from perftui.files.worktree import working_copy
from perftui.files.xdg_dirs import cache_folder
from perftui.forms import Form
from perftui.model.document import DEPARTMENT, is_record_file
from perftui.model.record import Record
from perftui.session.losses import Loss, loss_of
from perftui.session.renamed_files import moved_files
from perftui.store.cache_file import load_cache, put_in_place, save_cache
from perftui.store.document_state_dir import folder_key
from perftui.store.file_state import FileState, state_with
from perftui.store.folder import DocumentFolder
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode

_KIND, _KEY = "seen", 2
_MOST = 500
"""Of a document with more files nothing is kept: leaving it for the first time would take a second."""


def keep_seen(folder: DocumentFolder, states: Mapping[str, FileState]) -> None:
    """Keep what the files of a document hold, and held where one cannot be read; git keeps that of a clone."""
    if len(states) > _MOST or working_copy(folder.folder) is not None:
        return
    before = _digests(folder)
    found = {file: mark for file, mark in before.items() if folder.path(file).exists()}
    with suppress(OSError, FileError):
        place = _place(folder)
        kept = set(os.listdir(place))
        for file, state in states.items():
            if state.digest != before.get(file) or state.digest not in kept:
                data = state.text.encode()
                found[file] = digest(data)
                if found[file] not in kept:
                    put_in_place(place / found[file], found[file], data)
        if found != before:
            save_cache(folder.folder, _KIND, _KEY, dict(found))
        for name in kept - set(found.values()):
            (place / name).unlink()


class SeenTexts:
    """The texts of a document's files when it was left; none in a clone, or where they were not kept."""

    def __init__(self, folder: DocumentFolder) -> None:
        self._folder = folder
        self.files: Mapping[str, Digest] = {} if working_copy(folder.folder) is not None else _digests(folder)
        """The digest of each."""

    def text(self, file: str) -> str:
        """That of one file; "" where there is none."""
        mark = self.files.get(file, "")
        with suppress(OSError, FileError):
            if mark and (found := read_file(_place(self._folder) / mark)).digest == mark:
                return found.data.decode()
        return ""

    def differing(self, states: Mapping[str, FileState]) -> dict[str, str]:
        """Those of the files that are gone, or hold something else now."""
        others = (file for file, mark in self.files.items() if file not in states or states[file].digest != mark)
        return {file: text for file in others if (text := self.text(file))}


def _digests(folder: DocumentFolder) -> dict[str, Digest]:
    return {file: Digest(mark) for file, mark in load_cache(folder.folder, _KIND, _KEY).entries.items()}


def _place(folder: DocumentFolder) -> Path:
    place = cache_folder() / _KIND / folder_key(folder.folder)
    create_folder(place, 0o700, lasting=False)
    return place


def lost_since(
    seen: Mapping[str, str],
    states: Mapping[str, FileState],
    form: Form,
    unreadable: frozenset[str],
    renamed: Mapping[str, str],
) -> Iterator[tuple[Loss, FileState]]:
    """What went from the readable files of a document since it was left, each with the version before.

    ``seen``: the texts that differ, ``renamed``: the files that have another name now.
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


def renamed_since(
    files: Collection[str], differing: Mapping[str, str], states: Mapping[str, FileState], form: Form
) -> dict[str, str]:
    """The files of a document that have another name since it was left, each with that.

    ``files``: those that it had, ``differing``: the texts of those that are gone, or hold something else now.
    """
    now = {file: one.merged_record for file, one in states.items() if file in differing or file not in files}
    before: dict[str, Record] = {}
    for file, text in differing.items() if now else ():
        if is_record_file(file) and file != DEPARTMENT:
            with suppress(BadFile):
                before[file] = decode(text.encode(), form.spec_of(file))
    return moved_files(form, before, now)
