"""Brings a merge of git to its end: what both sides changed becomes data, by field, and nothing waits for git."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from perftui.files.locks import writing_lock
from perftui.files.reading import digest, read_file
from perftui.files.writing import until_unchanged, write_file
from perftui.locale import _
from perftui.model.conflicts import undecided_deletion
from perftui.session.unmerged_files import FilesUnmerged, is_merged_by_field, settle_file, unmerged_files
from perftui.store.git.failures import GitFailed
from perftui.store.git.merge_driver import merge_bytes, record_spec
from perftui.store.git.renames import copied_side, new_name
from perftui.store.git.repository import Repository, Stages
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode, has_markers

_THEIRS = "MERGE_HEAD"


def finish_merge(repository: Repository, unmerged: Sequence[str], answers: Mapping[str, str]) -> None:
    """Make every file that stands in a conflict one that git may keep.

    ``answers``: the side that counts, by name, of files that are none of a document's. Raises FilesUnmerged where one
    is not answered, and GitFailed; nothing has changed then.
    """
    others = [name for name in unmerged if not is_merged_by_field(name)]
    if open_files := tuple(unmerged_files(repository, [name for name in others if name not in answers])):
        raise FilesUnmerged(open_files)
    followed: list[str] = []
    for name in unmerged:
        if name in others:
            settle_file(repository, name, answers.get(name, ""))
        else:
            followed.append(until_unchanged(partial(_settle, repository, name, unmerged)))
    repository.stage([*unmerged, *filter(None, followed)])


def ask_of_renamed(repository: Repository, data: Path) -> None:
    """Ask of a project that one side deleted and the other gave another name: git, merging, was to pair no such files.

    Raises GitFailed.
    """
    base, sides = repository.text("merge-base", "HEAD", _THEIRS), ("HEAD", _THEIRS)
    words = ("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--diff-filter=D", base)
    gone = [set(repository.listed(*words, side, "--", repository.name(data))) for side in sides]
    for name in filter(is_merged_by_field, sorted(gone[0] & gone[1])):
        found = [new_name(repository, base, side, name) for side in sides]
        path = repository.root / "".join(found)
        if all(found) or not any(found) or not path.is_file():
            continue
        ours_by, theirs_by = repository.sides(repository.root / name)
        edited, deleted = (ours_by, theirs_by) if found[0] else (theirs_by, ours_by)
        with suppress(BadFile):  # it stays, and is told as one that cannot be read
            repository.stage([until_unchanged(partial(_ask, repository, path, edited, deleted))])


def _ask(repository: Repository, path: Path, edited: str, deleted: str) -> str:
    """Write the question whether a project goes into its file; git's name of that. Raises BadFile."""
    held = read_file(path).data
    _write(path, _undecided(path, held, edited, deleted), held)
    return repository.name(path)


def _undecided(path: Path, data: bytes, edited: str, deleted: str) -> bytes:
    """A project with the question whether it goes."""
    spec = record_spec(str(path), [data, data, data])
    return canonical(undecided_deletion(decode(data, spec), edited, deleted), spec).encode()


def _settle(repository: Repository, name: str, unmerged: Sequence[str]) -> str:
    """Merge one file; the name of another file that has it now, "" where it keeps its own."""
    path = repository.root / name
    stages = repository.stages(path)
    if stages is None or not (stages.ours or stages.theirs):  # both gave it another name
        return ""
    found = read_file(path).data if path.exists() else b""
    try:
        followed = _name_elsewhere(repository, name, stages)
        is_there = followed not in unmerged and (repository.root / followed).is_file()
        if is_there and found in (b"", stages.ours, stages.theirs):
            _follow(repository, path, repository.root / followed, stages)
            return followed
        data = _merged(repository, path, stages, found)
    except BadFile as error:
        raise GitFailed(_("{name} 读不出来，没有合并：{why}").format(name=name, why=error)) from error
    if data != found:
        _write(path, data, found)
    return ""


def _write(path: Path, data: bytes, found: bytes) -> None:
    with writing_lock(path):  # number 2 in the order of locks (session/sync)
        write_file(path, data, digest(found) if path.exists() else None)


def _name_elsewhere(repository: Repository, name: str, stages: Stages) -> str:
    """The file that one side gave a record to, which the other one changed under the old name; "" for none."""
    if stages.base is None or (stages.ours is None) == (stages.theirs is None):
        return ""
    base = repository.text("merge-base", "HEAD", _THEIRS)
    return new_name(repository, base, "HEAD" if stages.ours is None else _THEIRS, name)


def _follow(repository: Repository, old: Path, new: Path, stages: Stages) -> None:
    """What was written under the old name goes into the file of the new one."""
    ours_by, theirs_by = repository.sides(old)
    held = read_file(new).data
    ours, theirs = (held, stages.theirs) if stages.ours is None else (stages.ours, held)
    versions = stages.base or b"", ours, theirs or b""
    spec = record_spec(str(new), versions)
    _write(new, merge_bytes(*versions, spec, theirs_by, ours_by).data, held)
    with writing_lock(old):
        old.unlink(missing_ok=True)


def _merged(repository: Repository, path: Path, stages: Stages, found: bytes) -> bytes:
    """What the three versions of a file merge to; what the driver, or a person, has merged already stays."""
    ours_by, theirs_by = repository.sides(path)
    if stages.ours is None or stages.theirs is None:
        kept = stages.ours or stages.theirs or b""
        if found and found != kept and not has_markers(found):
            return found
        if stages.base is None:  # one side's new name of a file to which the other gave another: nobody deleted it
            return kept
        edited, deleted = (theirs_by, ours_by) if stages.ours is None else (ours_by, theirs_by)
        return _undecided(path, kept, edited, deleted)
    if found and not has_markers(found) and found != stages.ours:
        return found
    versions = stages.base or b"", stages.ours, stages.theirs
    spec = record_spec(str(path), versions)
    copy = copied_side(repository, repository.name(path), versions, spec)
    return merge_bytes(*versions, spec, theirs_by, ours_by, copy).data
