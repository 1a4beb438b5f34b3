"""A project that was copied, or rolled over, and then deleted: git takes it for one that was renamed.

Merging then would write into the copy what somebody else still wrote into the project it was made from.
"""

from collections.abc import Sequence

from perftui.forms import RecordSpec
from perftui.model.conflicts import OURS, THEIRS
from perftui.model.document import PROJECTS
from perftui.model.record import ORDER, Record
from perftui.store.git.listings import raw_changes
from perftui.store.git.repository import Repository
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


def is_other_record(names: tuple[str, str], records: tuple[Record, Record]) -> bool:
    """Is what git calls renamed another record? One that only has another name stays in its document, and place."""
    return document_of(names[0]) != document_of(names[1]) or len({one.value((ORDER,)) for one in records}) > 1


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
