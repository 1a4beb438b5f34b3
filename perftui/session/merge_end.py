"""Brings a merge of git to its end: what both sides changed becomes data, by field, and nothing waits for git."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from perftui.files.locks import writing_lock
from perftui.files.reading import digest, read_file
from perftui.files.writing import write_file
from perftui.locale import _
from perftui.model.conflicts import undecided_deletion
from perftui.model.document import DEPARTMENT, is_record_file
from perftui.session.unmerged_files import FilesUnmerged, settle_file, unmerged_files
from perftui.store.folder import REVIEW_FILE
from perftui.store.git.failures import GitFailed
from perftui.store.git.merge_driver import merge_bytes, record_spec
from perftui.store.git.renames import copied_side
from perftui.store.git.repository import Repository, Stages
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode, has_markers


def finish_merge(repository: Repository, unmerged: Sequence[str], answers: Mapping[str, str]) -> None:
    """Make every file that stands in a conflict one that git may keep.

    ``answers``: the side that counts, by name, of files that are none of a document's. Raises FilesUnmerged where one
    is not answered, and GitFailed; nothing has changed then.
    """
    others = [name for name in unmerged if not _is_known(name)]
    if open_files := tuple(unmerged_files(repository, [name for name in others if name not in answers])):
        raise FilesUnmerged(open_files)
    for name in unmerged:
        if name in others:
            settle_file(repository, name, answers.get(name, ""))
        else:
            _settle(repository, name)
    repository.stage(unmerged)


def _is_known(name: str) -> bool:
    last = name.rpartition("/")[2]
    return is_record_file("/".join(name.split("/")[-2:])) or last in (DEPARTMENT, REVIEW_FILE)


def _settle(repository: Repository, name: str) -> None:
    path = repository.root / name
    stages = repository.stages(path)
    if stages is None:
        return
    found = read_file(path).data if path.exists() else b""
    try:
        data = _merged(repository, path, stages, found)
    except BadFile as error:
        raise GitFailed(_("{name} 读不出来，没有合并：{why}").format(name=name, why=error)) from error
    if data != found:
        with writing_lock(path):  # number 2 in the order of locks (session/sync)
            write_file(path, data, digest(found) if path.exists() else None)


def _merged(repository: Repository, path: Path, stages: Stages, found: bytes) -> bytes:
    """What the three versions of a file merge to; what the driver, or a person, has merged already stays."""
    ours_by, theirs_by = repository.sides(path)
    if stages.ours is None or stages.theirs is None:
        kept = stages.ours or stages.theirs or b""
        if found and found != kept and not has_markers(found):
            return found
        spec = record_spec(str(path), [kept, kept, kept])
        edited, deleted = (theirs_by, ours_by) if stages.ours is None else (ours_by, theirs_by)
        return canonical(undecided_deletion(decode(kept, spec), edited, deleted), spec).encode()
    if found and not has_markers(found) and found != stages.ours:
        return found
    versions = stages.base or b"", stages.ours, stages.theirs
    spec = record_spec(str(path), versions)
    copy = copied_side(repository, repository.name(path), versions, spec)
    return merge_bytes(*versions, spec, theirs_by, ours_by, copy).data
