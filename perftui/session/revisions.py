"""Documents, and single files of them, as they were in a revision of git."""

from collections.abc import Iterable
from dataclasses import replace

from perftui.files.worktree import SPARSE
from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, file_stem, in_reading_order, is_record_file
from perftui.model.record import Record
from perftui.session.versions import repository_of
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import Repository
from perftui.store.problem import BadFile
from perftui.store.toml.decode import decode

_LAST = "HEAD"
_RANGE = ".."
_APART = "S "
"""Before a file that the index has, and that is kept out of the folder."""


class UnreadableRevision(Exception):  # noqa: N818 - named for what it says
    """A file cannot be read as it was in a revision; ``str()`` of it is a sentence for the person."""


def changed_since(revision: str, folder: DocumentFolder) -> frozenset[str]:
    """The files of a document that are not as they were in a revision, new ones among them.

    Of a range, ``OLD..NEW``, those that differ between both; of ``OLD...NEW``, since they parted.
    Raises NoRepository and GitFailed.
    """
    repository = repository_of(folder)
    prefix = f"{repository.name(folder.folder)}/"
    if _RANGE in revision:
        old, new = ends_of(repository, revision)
        return _named(repository.listed("diff", "--name-only", "-z", old, new, "--", prefix), prefix)
    if revision == _LAST and not repository.known(_LAST):
        changed = repository.listed("ls-files", "-z", "--", prefix)
    else:
        changed = repository.listed("diff", "--name-only", "-z", repository.commit(revision), "--", prefix)
    unknown = repository.listed("ls-files", "--others", "--exclude-standard", "-z", "--", prefix)
    return _named(changed + unknown, prefix)


def ends_of(repository: Repository, span: str) -> tuple[str, str]:
    """Both ends of ``OLD..NEW``, or of ``OLD...NEW``; an end that is not written is the last version.

    Raises GitFailed.
    """
    old, dots, new = span.partition(f"{_RANGE}.")
    if not dots:
        old, dots, new = span.partition(_RANGE)
    ends = repository.commit(old or _LAST), repository.commit(new or _LAST)
    return (repository.text("merge-base", *ends), ends[1]) if len(dots) > len(_RANGE) else ends


def _named(names: Iterable[str], prefix: str) -> frozenset[str]:
    return frozenset(name.removeprefix(prefix) for name in names)


def record_in(repository: Repository, revision: str, folder: DocumentFolder, file: str, form: Form) -> Record | None:
    """A file's record as it was in a revision; ``None`` where it was not there.

    Raises UnreadableRevision and GitFailed.
    """
    data = repository.show(revision, folder.path(file))
    return None if data is None else _record(data, revision, file, form)


def document_in(repository: Repository, revision: str, folder: DocumentFolder, form: Form) -> Document:
    """The document as it was in a revision. Raises UnreadableRevision and GitFailed."""
    prefix = f"{repository.name(folder.folder)}/"
    files = {name.removeprefix(prefix): data for name, data in repository.files(revision, folder.folder).items()}
    records = {name: _record(data, revision, name, form) for name, data in files.items() if is_record_file(name)}
    return Document(
        year=folder.year,
        unit=folder.unit,
        form=form.id,
        department=records.pop(DEPARTMENT, Record()),
        projects=in_reading_order(records),
    )


def seen_here(repository: Repository, folder: DocumentFolder, document: Document) -> Document:
    """A document of a revision without the files that a sparse clone keeps out of the folder: nobody deleted them.

    Raises GitFailed.
    """
    apart = kept_apart(repository, folder)
    return replace(document, projects={file: one for file, one in document.projects.items() if file not in apart})


def kept_apart(repository: Repository, folder: DocumentFolder) -> frozenset[str]:
    """The files of a document that a sparse clone keeps out of the folder. Raises GitFailed."""
    if not (repository.folder / SPARSE).exists():
        return frozenset()
    prefix = f"{_APART}{repository.name(folder.folder)}/"
    listed = repository.listed("ls-files", "-t", "-z", "--", repository.name(folder.folder))
    return _named((name for name in listed if name.startswith(prefix)), prefix)


def apart_in_words(folder: DocumentFolder) -> str:
    """The sentence that names the files that a sparse clone keeps out of the folder; "" where it keeps none.

    Raises NoRepository and GitFailed.
    """
    apart = kept_apart(repository_of(folder), folder)
    names = _("、").join(file_stem(file) for file in sorted(apart))
    return _("{names} 不在这个文件夹里（稀疏检出），这里没有算上").format(names=names) if names else ""


def _record(data: bytes, revision: str, file: str, form: Form) -> Record:
    try:
        return decode(data, form.spec_of(file))
    except BadFile as error:
        problem = error.problem(f"{revision}:{file}")
        raise UnreadableRevision(_("不能读取 {problem}").format(problem=problem)) from error
