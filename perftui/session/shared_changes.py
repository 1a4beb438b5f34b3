"""How much two versions of a data folder differ, and who made it so: counted from git's objects."""

from collections.abc import Sequence
from pathlib import Path

from perftui.forms import RecordSpec
from perftui.model.conflicts import conflict_rows
from perftui.model.diff import diff
from perftui.model.document import is_record_file
from perftui.model.frozen import frozen
from perftui.model.record import CONFLICTS, Record
from perftui.store.folder import REVIEW_FILE, DocumentFolder
from perftui.store.git.listings import RawChange, raw_changes
from perftui.store.git.renames import is_other_record
from perftui.store.git.repository import Repository
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode

_ANY = RecordSpec(head=())
"""A file of whatever form: what is counted are places, whatever they are called."""


@frozen
class SharedChanges:
    """How many places were changed, in how many versions, and by whom."""

    count: int = 0
    authors: tuple[str, ...] = ()
    versions: int = 0
    """Those that change nothing of the data, and take back what one before them changed, among them."""

    def __bool__(self) -> bool:
        return self.count + self.versions > 0

    def __add__(self, other: "SharedChanges") -> "SharedChanges":
        authors = tuple(dict.fromkeys((*self.authors, *other.authors)))
        count, versions = self.count + other.count, self.versions + other.versions
        return SharedChanges(count=count, authors=authors, versions=versions)


def changes_between(repository: Repository, old: str, new: str, data: Path) -> SharedChanges:
    """What the versions after ``old`` up to ``new`` changed below a data folder; ``old`` "": everything is new.

    Raises GitFailed.
    """
    below = repository.name(data)
    start = old or repository.text("hash-object", "-t", "tree", "--stdin")
    listed = repository.listed("diff-tree", "-r", "-z", "--raw", "-M", start, new, "--", below)
    changed = tuple(raw_changes(listed))
    data_of = _contents(repository, changed)
    count = sum(_places(one, data_of[one.before], data_of[one.after]) for one in changed)
    span = (new, f"^{old}") if old else (new,)
    log = ("log", "--no-merges", "--format=%an", *span)
    authors = repository.text(*log, "--", below).splitlines() or repository.text(*log).splitlines()
    versions = int(repository.text("rev-list", "--count", *span))
    return SharedChanges(count=count, authors=tuple(dict.fromkeys(authors)), versions=versions)


def _contents(repository: Repository, changes: Sequence[RawChange]) -> dict[str, bytes]:
    """What stands in files before and after, by object; "" has nothing."""
    blobs = (blob for one in changes for blob in (one.before, one.after) if blob)
    return {"": b"", **repository.blobs(blobs)}


def waiting_in(repository: Repository, folder: DocumentFolder) -> int:
    """How many conflicts of a document nobody has settled yet, in its last version. Raises GitFailed."""
    if not repository.known("HEAD"):
        return 0
    files = repository.files("HEAD", folder.folder) | repository.files("HEAD", folder.data / REVIEW_FILE)
    found = {name: conflict_rows(_record(data)) for name, data in files.items() if b"[conflicts." in data}
    return sum(len({path[:2] for path in paths} if _is_review(name) else paths) for name, paths in found.items())


def _is_review(name: str) -> bool:
    """Is it a file about the review, where the fields of an acceptance are settled together?"""
    return name.rpartition("/")[2] == REVIEW_FILE


def _places(change: RawChange, before: bytes, after: bytes) -> int:
    """How many places of a file differ; one that is no record, is new, gone, renamed or has other conflicts, is one."""
    name = change.name
    if not is_record_file("/".join(name.split("/")[-2:])) and not name.endswith(".toml"):
        return 1
    if not before or not after:
        return 1
    names, records = (change.name_before, name), (_record(before), _record(after))
    if name != change.name_before and is_other_record(names, records):
        return 2  # one is gone, and one is new
    changes = diff(*records)
    count = sum((one.path[0] if hasattr(one, "path") else one.group) != CONFLICTS for one in changes)
    return count or int(bool(changes) or name != change.name_before)


def _record(data: bytes) -> Record:
    try:
        return decode(data, _ANY)
    except BadFile:
        return Record()
