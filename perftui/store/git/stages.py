"""A file that stands in a git conflict is read from git's three versions of it, and merged by field."""

import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from perftui.files.reading import FileBytes
from perftui.files.worktree import working_copy
from perftui.forms import RecordSpec
from perftui.model.conflicts import undecided_deletion
from perftui.model.record import Record
from perftui.store.file_state import FileState, state_with
from perftui.store.folder import DocumentFolder
from perftui.store.toml.decode import decode, has_markers

if TYPE_CHECKING:
    from perftui.store.git.repository import Repository


def from_stages(folder: DocumentFolder, file: str, found: FileBytes, spec: RecordSpec) -> FileState | None:
    """The state of a file in a git conflict, with what its versions merge to; ``None`` where it stands in none.

    Raises BadFile where one of the versions cannot be read.
    """
    from perftui.store.git.repository import GitFailed, find_repository  # only conflicts need another program

    repository = find_repository(folder.folder)
    try:
        stages = repository.stages(folder.path(file)) if repository else None
        if repository is None or stages is None:
            return None
        ours_by, theirs_by = repository.sides(folder.path(file))
    except (GitFailed, ValueError):
        return None
    if stages.ours is None or stages.theirs is None:  # one side deleted it: a person says whether it stays
        kept = stages.ours or stages.theirs or b""
        if stages.base is None:  # one side's new name of a file to which the other gave another: nobody deleted it
            return _state(found, kept, decode(kept, spec), spec) if has_markers(found.data) else None
        edited, deleted = (theirs_by, ours_by) if stages.ours is None else (ours_by, theirs_by)
        undecided = undecided_deletion(decode(kept, spec), edited, deleted)
        return _state(found, kept, undecided, spec) if found.data == kept else None
    if not has_markers(found.data) and found.data != stages.ours:
        return None  # the driver, or a person, has merged it already
    versions = stages.base or b"", stages.ours, stages.theirs
    merged = _merged(repository, repository.name(folder.path(file)), versions, spec, (ours_by, theirs_by))
    return _state(found, stages.ours, merged, spec)


def _merged(
    repository: "Repository", name: str, versions: tuple[bytes, bytes, bytes], spec: RecordSpec, by: tuple[str, str]
) -> Record:
    """What git's three versions of a file, as git names it, merge to; ``by``: who wrote ours and the other side."""
    from perftui.model.copies import merge_with_copy
    from perftui.store.git.renames import copied_side
    from perftui.store.git.repository import GitFailed

    base, ours, theirs = (decode(data, spec) if data else Record() for data in versions)
    try:
        copy = copied_side(repository, name, versions, spec)
    except GitFailed:
        copy = ""
    return merge_with_copy(base, ours, theirs, by[1], by[0], copy).record


def _state(found: FileBytes, text: bytes, merged: Record, spec: RecordSpec) -> FileState:
    return replace(state_with(text, spec, found.digest, found.stamp), merged=merged)


_LEFT_BY = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "AUTO_MERGE", "refs/stash")
"""Of these git leaves at least one where it leaves files unmerged."""


def may_be_unmerged(folder: DocumentFolder) -> bool:
    """May files of a document stand in a git conflict? Found without starting git."""
    found = working_copy(folder.folder)
    return found is not None and any(os.path.lexists(found[1] / name) for name in _LEFT_BY)


def conflicted_files(folder: DocumentFolder) -> frozenset[str]:
    """The document's files that stand in a git conflict; none where git cannot be asked."""
    if working_copy(folder.folder) is None:
        return frozenset()
    from perftui.store.git.repository import GitFailed, find_repository

    repository = find_repository(folder.folder)
    if repository is None:
        return frozenset()
    try:
        top = repository.name(folder.folder) + "/"
        return frozenset(name.removeprefix(top) for name in repository.conflicted(folder.folder))
    except (GitFailed, ValueError):
        return frozenset()


def settle_unmerged(folder: DocumentFolder, file: str) -> None:
    """Tell git that a file's conflict, if it stands in one, is settled as the file is now, or is gone."""
    if may_be_unmerged(folder) and file in conflicted_files(folder):
        from perftui.store.git.repository import GitFailed, find_repository

        repository = find_repository(folder.folder)
        with suppress(GitFailed):  # it waits, and asks again
            if repository is not None:
                repository.stage([repository.name(folder.path(file))])


def changed_since_staged(folder: DocumentFolder) -> dict[str, bytes]:
    """What git's index holds of the document's files that are another now; none where git cannot be asked."""
    if working_copy(folder.folder) is None:
        return {}
    from perftui.store.git.repository import GitFailed, find_repository

    repository = find_repository(folder.folder)
    if repository is None:
        return {}
    try:
        top = repository.name(folder.folder)
        names = repository.listed("diff-files", "--name-only", "-z", "--diff-filter=M", "--", top)
        held = repository.blobs(f":{name}" for name in names)
    except (GitFailed, ValueError):
        return {}
    return {name.removeprefix(f"{top}/"): held[f":{name}"] for name in names if f":{name}" in held}


def is_staged(folder: DocumentFolder, file: str, data: bytes) -> bool:
    """Is this what git's index holds of a file? False where git cannot be asked."""
    if working_copy(folder.folder) is None:
        return False
    from perftui.store.git.repository import GitFailed, find_repository

    repository = find_repository(folder.folder)
    try:
        return repository is not None and data in repository.staged(folder.path(file)).values()
    except (GitFailed, ValueError):
        return False
