"""The merge driver: three versions of a file's bytes merged by field. Starts with the standard library alone."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from perftui.files.reading import digest, read_file
from perftui.files.writing import write_file
from perftui.forms import RecordSpec, form_or_unknown, look_in, usable_forms
from perftui.locale import _
from perftui.model.conflicts import THEIRS
from perftui.model.copies import merge_with_copy
from perftui.model.document import DEPARTMENT, is_record_file
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record
from perftui.store.file_state import state_with
from perftui.store.folder import REVIEW_FILE
from perftui.store.problem import BadFile
from perftui.store.save import encoded, text_for, verified
from perftui.store.toml.decode import decode, form_named

MERGED = 0
CONFLICTS = 10
"""Conflicts were written as data. Not 1: that is what a Python crash exits with."""

_HEADS = "GITHEAD_"
"""git names the branches that it merges in variables of this kind."""


@frozen
class MergedFile:
    """What three versions of a file merge to."""

    data: bytes
    conflicts: tuple[FieldPath, ...]
    """The fields and rows that both sides changed."""


def merge_files(base: Path, ours: Path, theirs: Path, name: str = "", theirs_by: str = "") -> int:
    """Merge three files into ``ours``, as git asks a merge driver; the exit code.

    ``name`` is the file's path in the working copy. Raises BadFile or a FileError: ``ours`` is untouched then.
    """
    versions = [read_file(path).data for path in (base, ours, theirs)]
    spec = record_spec(name, versions)
    copy = _copy(name, versions, spec)
    merged = merge_bytes(versions[0], versions[1], versions[2], spec, theirs_by, copy=copy)
    if merged.conflicts and not theirs_by:  # only conflicts say whose they are
        ours_by, theirs_by = _sides(name)
        merged = merge_bytes(versions[0], versions[1], versions[2], spec, theirs_by, ours_by, copy)
    write_file(ours, merged.data, digest(versions[1]))
    return CONFLICTS if merged.conflicts else MERGED


def merge_bytes(
    base: bytes, ours: bytes, theirs: bytes, spec: RecordSpec, theirs_by: str, ours_by: str = "", copy: str = ""
) -> MergedFile:
    """Merge three versions of a file; ``copy``: the side, if any, that is a copy of the record that the others are.

    Raises BadFile for one that cannot be read, a FileError for a wrong result.
    """
    state = state_with(theirs if copy == THEIRS else ours, spec, digest(ours))
    before, mine, other = (decode(data, spec) if data else Record() for data in (base, ours, theirs))
    merged = merge_with_copy(before, mine, other, theirs_by, ours_by, copy)
    path = Path(_("合并结果"))
    data = encoded(path, text_for(merged.record, spec, state), crlf=state.crlf)
    verified(path, data, merged.record, spec)
    return MergedFile(data=data, conflicts=merged.conflicts)


def _copy(name: str, versions: Sequence[bytes], spec: RecordSpec) -> str:
    """The side that is a copy of the record that the others are; "": none is, as far as git can be asked."""
    from perftui.store.git.renames import copied_side  # another program, which a plain merge of three files needs not
    from perftui.store.git.repository import GitFailed, find_repository

    repository = find_repository(Path.cwd()) if name else None
    with suppress(GitFailed):
        return copied_side(repository, name, versions, spec) if repository is not None else ""
    return ""


def _sides(name: str) -> tuple[str, str]:
    """Who wrote ours and the other side: the authors of the last commits that touched the file, as far as git tells."""
    named = [head.removeprefix(_HEADS) for head in os.environ if head.startswith(_HEADS)]
    theirs = _author(named[0], name) if len(named) == 1 else ""
    return _author("HEAD", name), theirs or _("git 合并的另一方")


def _author(revision: str, name: str) -> str:
    from perftui.store.git.repository import GitFailed, run_git

    try:
        found = run_git(Path.cwd(), "log", "-1", "--format=%an", revision, *(("--", name) if name else ()))
    except GitFailed:
        return ""
    return found.decode("utf-8", "replace").strip()


def record_spec(name: str, versions: Sequence[bytes]) -> RecordSpec:
    """The fields of the file: by its name and the form that its document has, else by what it holds. Raises BadFile.

    A file that is no record of a document is git's own to merge. A form that is not here hinders no merge: values are
    merged under their own keys, as those of what a folder says about the review.
    """
    if Path(name).name == REVIEW_FILE:
        return RecordSpec(head=())
    if name and not is_record_file("/".join(Path(name).parts[-2:])) and Path(name).name != DEPARTMENT:
        raise BadFile(_("不是绩效文本的文件"))
    if name:
        folder = Path(name).absolute().parent
        look_in((folder if Path(name).name == DEPARTMENT else folder.parent).parent.parent)
    if Path(name).name == DEPARTMENT:
        return form_or_unknown(form_named(versions[1]) or form_named(versions[2]))[0].department
    department = Path(name).parent.parent / DEPARTMENT
    if name and department.is_file():
        return form_or_unknown(form_named(read_file(department).data))[0].project
    return _fitting(versions)


def _fitting(versions: Sequence[bytes]) -> RecordSpec:
    """The first form's fields by which all versions can be read, those first that name most of what they hold."""
    specs = [spec for form in usable_forms() for spec in (form.project, form.department)]
    readable = [(points, spec) for spec in specs if (points := _points(spec, versions)) is not None]
    if not readable:
        raise BadFile(_("不是绩效文本的文件"))
    return max(readable, key=lambda item: item[0])[1]


def _points(spec: RecordSpec, versions: Sequence[bytes]) -> int | None:
    try:
        records = [decode(data, spec) for data in versions if data]
    except BadFile:
        return None
    return sum(spec.field(path) is not None for record in records for path in record.paths())
