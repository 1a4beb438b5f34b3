"""A project that was copied, or rolled over, and then deleted: git takes it for one that was renamed.

Merging then would write into the copy what somebody else still wrote into the project it was made from. Which files
git pairs when it merges, no listing of two versions tells: it leaves out those that only one side touched.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from perftui.forms import RecordSpec
from perftui.model.conflicts import OURS, THEIRS
from perftui.model.document import PROJECTS, is_record_file
from perftui.model.record import Record
from perftui.model.record_identity import is_other
from perftui.store.git.listings import RawChange, raw_changes
from perftui.store.git.repository import Repository
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode

_LAST = "HEAD"


def copied_side(repository: Repository, name: str, versions: Sequence[bytes], spec: RecordSpec) -> str:
    """The side whose version of a file, as git names it, is a copy, ``ours`` or ``theirs``; "" where none is.

    ``versions`` are what git takes for the common one, ours and the other side's. Raises BadFile and GitFailed.
    """
    if not versions[0]:
        return ""
    blob = repository.run("hash-object", "--stdin", given=versions[0]).decode().strip()
    if blob in _versions_of(repository, name):
        return ""
    names = _names_of(repository, blob)
    if name in names:
        return ""
    base, ours, theirs = (decode(data, spec) for data in versions)
    side, record = (THEIRS, theirs) if _is_here(repository, names) else (OURS, ours)
    return side if any(is_other_record((old, name), (base, record)) for old in names) else ""


def may_be_mistaken(repository: Repository, base: str, sides: tuple[str, str], data: Path) -> bool:
    """May a merge take a file of a data folder for another one that is gone, though it is a record of its own?

    One side deleted a file that the other one changed, or gave another name, and has a new one that is another record.
    Raises GitFailed.
    """
    ours, theirs = (_changes(repository, base, side, data) for side in sides)
    return _takes_other(repository, ours, theirs) or _takes_other(repository, theirs, ours)


def _takes_other(repository: Repository, deleting: Mapping[str, RawChange], other: Mapping[str, RawChange]) -> bool:
    gone = [one for one in deleting.values() if not one.after and one.name in other]
    new = [one for one in deleting.values() if not one.before]
    if any(not other[one.name].after for one in gone) and new:
        return True  # each side may have given it a name of its own
    data = repository.blobs(blob for one in (*gone, *new) for blob in (one.before, one.after) if blob) if gone else {}
    records = {one.name: _any_record(data[one.before or one.after]) for one in (*gone, *new)} if gone else {}
    return any(is_other_record((a.name, b.name), (records[a.name], records[b.name])) for a in gone for b in new)


def _changes(repository: Repository, old: str, new: str, data: Path) -> dict[str, RawChange]:
    """The projects that differ between two versions, by name."""
    words = ("diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", old, new, "--", repository.name(data))
    return {one.name: one for one in raw_changes(repository.listed(*words)) if _is_project(one.name)}


def _is_project(name: str) -> bool:
    return is_record_file("/".join(name.split("/")[-2:]))


def new_name(repository: Repository, base: str, side: str, name: str) -> str:
    """The file that a record of ``base`` is in now, where a side gave it another name; "" where it is in none.

    Raises GitFailed.
    """
    place = name.rpartition("/")[0] or "."
    listed = repository.listed(
        "diff-tree", "-r", "-z", "--raw", "--no-abbrev", "-M", "--diff-filter=R", base, side, "--", place
    )
    found = next((one for one in raw_changes(listed) if one.name_before == name), None)
    if found is None:
        return ""
    data = repository.blobs((found.before, found.after))
    records = _any_record(data[found.before]), _any_record(data[found.after])
    return "" if is_other_record((name, found.name), records) else found.name


def _any_record(data: bytes) -> Record:
    """A record of whatever form: what is compared is its place."""
    try:
        return decode(data, RecordSpec(head=()))
    except BadFile:
        return Record()


def is_other_record(names: tuple[str, str], records: tuple[Record, Record]) -> bool:
    """Is what git calls renamed another record? One that only has another name stays in its document."""
    return document_of(names[0]) != document_of(names[1]) or is_other(*records)


def document_of(name: str) -> str:
    """The folder of the document that a file belongs to, as git names it."""
    return name.rpartition("/")[0].removesuffix(f"/{PROJECTS}")


def _is_here(repository: Repository, names: Sequence[str]) -> bool:
    """Is a file of one of these names in our last version?"""
    return bool(names) and bool(repository.run("ls-tree", "-z", "--name-only", _LAST, "--", *names))


def _versions_of(repository: Repository, name: str) -> set[str]:
    """The objects that a file has ever been, in whatever line of the history."""
    words = ("--all", "--format=", "--raw", "--no-abbrev", "--no-renames", "-z", _LAST, "--", name)
    return {blob for one in raw_changes(repository.listed("log", *words)) for blob in (one.before, one.after)}


def _names_of(repository: Repository, blob: str) -> list[str]:
    """The names under which a content stands in any version."""
    words = ("--all", "--format=", "--name-only", "--no-renames", "-z", f"--find-object={blob}", _LAST)
    return list(dict.fromkeys(repository.listed("log", *words)))
