"""How much two versions of a data folder differ, and who made it so: counted from git's objects."""

from collections.abc import Iterator
from pathlib import Path

from perftui.forms import RecordSpec
from perftui.model.conflicts import conflict_rows
from perftui.model.diff import diff
from perftui.model.document import is_record_file
from perftui.model.frozen import frozen
from perftui.model.record import CONFLICTS, Record
from perftui.store.folder import REVIEW_FILE, DocumentFolder
from perftui.store.git.renames import is_other_record
from perftui.store.git.repository import Repository
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode

_ANY = RecordSpec(head=())
"""A file of whatever form: what is counted are places, whatever they are called."""
_NONE = "0" * 40


@frozen
class SharedChanges:
    """How many places were changed, and by whom."""

    count: int = 0
    authors: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.count > 0

    def __add__(self, other: "SharedChanges") -> "SharedChanges":
        authors = tuple(dict.fromkeys((*self.authors, *other.authors)))
        return SharedChanges(count=self.count + other.count, authors=authors)


def changes_between(repository: Repository, old: str, new: str, data: Path) -> SharedChanges:
    """What the versions after ``old`` up to ``new`` changed below a data folder; ``old`` "": everything is new.

    Raises GitFailed.
    """
    below = repository.name(data)
    start = old or repository.text("hash-object", "-t", "tree", "--stdin")
    output = repository.run("diff-tree", "-r", "-z", "--raw", "--no-renames", start, new, "--", below)
    changed = list(_raw(output.decode("utf-8", "surrogateescape")))
    data_of = repository.blobs(blob for entry in changed for blob in entry[1:] if blob != _NONE)
    count = sum(_places(name, data_of.get(before, b""), data_of.get(after, b"")) for name, before, after in changed)
    span = (new, f"^{old}") if old else (new,)
    authors = repository.text("log", "--no-merges", "--format=%an", *span, "--", below).splitlines()
    return SharedChanges(count=count, authors=tuple(dict.fromkeys(authors)))


def mistaken_rename(repository: Repository, old: str, new: str, data: Path) -> bool:
    """Does git take a file of a data folder for another one that is gone, though it is a record of its own?

    A copy, or a project that was rolled over, is much like the one that it was made from: where that one was deleted,
    git calls it moved. A record that only has another file name stays in its document, and at its place there.
    Raises GitFailed.
    """
    words = ("diff-tree", "-r", "-z", "--raw", "-M", "--diff-filter=R", old, new, "--", repository.name(data))
    parts = repository.run(*words).decode("utf-8", "surrogateescape").split("\0")
    pairs = [
        (head.split(" ")[2:4], (before, after))
        for head, before, after in zip(parts[::3], parts[1::3], parts[2::3], strict=False)
    ]
    data_of = repository.blobs(blob for blobs, _names in pairs for blob in blobs)
    return any(
        is_other_record(names, (_record(data_of.get(blobs[0], b"")), _record(data_of.get(blobs[1], b""))))
        for blobs, names in pairs
        if blobs[0] != blobs[1]
    )


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


def _raw(output: str) -> Iterator[tuple[str, str, str]]:
    """The files that ``diff-tree --raw -z`` tells: name, object before, object after."""
    parts = output.split("\0")
    for head, name in zip(parts[::2], parts[1::2], strict=False):
        _modes, _mode, before, after, _status = head.split(" ")
        yield name, before, after


def _places(name: str, before: bytes, after: bytes) -> int:
    """How many places of a file differ; a file that is no record, is new, or is gone, is one."""
    if not is_record_file("/".join(name.split("/")[-2:])) and not name.endswith(".toml"):
        return 1
    if not before or not after:
        return 1
    changes = diff(_record(before), _record(after))
    return sum((one.path[0] if hasattr(one, "path") else one.group) != CONFLICTS for one in changes)


def _record(data: bytes) -> Record:
    try:
        return decode(data, _ANY)
    except BadFile:
        return Record()
