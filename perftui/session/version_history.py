"""The history of a file and of one field in git: who changed it, when, from what to what."""

from collections.abc import Iterator

from perftui.forms import Form, RecordSpec
from perftui.model.equality import equal
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Plain, Record
from perftui.session.versions import repository_of
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import Commit, Repository
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode

MOST = 500
"""So many versions are looked at for the history of a field."""


@frozen
class FileVersion:
    """One version of a file, and the one before."""

    commit: Commit
    before: Record | None
    """``None`` where there was no file, or none that can be read."""
    after: Record | None
    is_boundary: bool = False
    """Is the version before it not in this clone?"""
    brought: tuple[Record, ...] = ()
    """What a merge brings into the version before it."""


@frozen
class FieldVersion:
    """A version that gave a field another value."""

    commit: Commit
    old: Plain | None
    new: Plain | None


def file_history(folder: DocumentFolder, file: str, form: Form, limit: int = MOST) -> tuple[FileVersion, ...]:
    """The versions of a file under all its names, the latest first. Raises NoRepository and GitFailed."""
    repository = repository_of(folder)
    commits = repository.log(folder.path(file), limit)
    names = [name for commit in commits for name in _names(commit)]
    data, ends = repository.blobs(names), _boundary(repository)
    spec = form.spec_of(file)
    return tuple(_version(commit, data, spec, is_boundary=commit.id in ends) for commit in commits)


def field_history(folder: DocumentFolder, file: str, path: FieldPath, form: Form) -> tuple[FieldVersion, ...]:
    """The versions that changed a field, the latest first. Raises NoRepository and GitFailed."""
    return tuple(_changes(file_history(folder, file, form), path))


def document_history(folder: DocumentFolder, limit: int = MOST) -> tuple[Commit, ...]:
    """The versions that changed anything of a document, the latest first. Raises NoRepository and GitFailed."""
    return repository_of(folder).log(folder.folder, limit)


def _changes(versions: tuple[FileVersion, ...], path: FieldPath) -> Iterator[FieldVersion]:
    for one in versions:
        old, new = (_value(record, path) for record in (one.before, one.after))
        if not any(equal(value, new) for value in (old, *(_value(record, path) for record in one.brought))):
            yield FieldVersion(commit=one.commit, old=old, new=new)


def _value(record: Record | None, path: FieldPath) -> Plain | None:
    return None if record is None else record.value(path)


def _names(commit: Commit) -> tuple[str, ...]:
    """The file in a version, in the one before, and in those that a merge brings into that."""
    before = (f"{version}:{name}" for version, name in zip(commit.parents, commit.names_before, strict=True))
    return (f"{commit.id}:{commit.name}", *before)


def _version(commit: Commit, data: dict[str, bytes], spec: RecordSpec, *, is_boundary: bool) -> FileVersion:
    after, *parents = (_record(data.get(name), spec) for name in _names(commit))
    before, brought = parents[0] if parents else None, tuple(filter(None, parents[1:]))
    return FileVersion(commit=commit, before=before, after=after, is_boundary=is_boundary, brought=brought)


def _record(data: bytes | None, spec: RecordSpec) -> Record | None:
    try:
        return None if data is None else decode(data, spec)
    except BadFile:
        return None


def _boundary(repository: Repository) -> frozenset[str]:
    """The versions before which a shallow clone has nothing."""
    place = repository.text("rev-parse", "--git-path", "shallow")
    try:
        return frozenset((repository.root / place).read_text(encoding="ascii").split())
    except OSError:
        return frozenset()
