"""The working copy of git that a data folder lies in, and documents as they were in it."""

from collections.abc import Callable
from functools import wraps

from perftui.cli.commands import Arguments
from perftui.cli.exits import CommandError, Exit
from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, in_reading_order, is_record_file
from perftui.model.record import Record
from perftui.model.text import visible
from perftui.store.codec import decode
from perftui.store.folder import DocumentFolder
from perftui.store.git import GitFailed, Repository, find_repository
from perftui.store.opening import spec_of
from perftui.store.problem import BadFile

Run = Callable[[Arguments], Exit]

_LAST = "HEAD"


def telling_git_failures(run: Run) -> Run:
    """A command in which a refusal of git is a sentence and its own exit code."""

    @wraps(run)
    def told(args: Arguments) -> Exit:
        try:
            return run(args)
        except GitFailed as error:
            raise CommandError(Exit.GIT, told_of(error)) from error

    return told


def told_of(error: GitFailed) -> str:
    """A refusal of git with its own words below it."""
    return "\n".join([str(error), *(f"  git: {visible(line)}" for line in error.details.splitlines())])


def repository_of(folder: DocumentFolder) -> Repository:
    """The working copy that a document lies in. Raises CommandError."""
    found = find_repository(folder.folder)
    if found is None:
        raise CommandError(Exit.GIT, _("数据目录不在 git 仓库里"))
    return found


def changed_since(revision: str, folder: DocumentFolder) -> frozenset[str]:
    """The files of a document that are not as they were in a revision, new ones among them. Raises CommandError."""
    repository = repository_of(folder)
    prefix = f"{repository.name(folder.folder)}/"
    try:
        if revision == _LAST and not _has_versions(repository):
            changed = repository.run("ls-files", "-z", "--", prefix)
        else:
            changed = repository.run("diff", "--name-only", "-z", repository.commit(revision), "--", prefix)
        new = repository.run("ls-files", "--others", "--exclude-standard", "-z", "--", prefix)
    except GitFailed as error:
        raise CommandError(Exit.GIT, told_of(error)) from error
    names = (changed + new).decode("utf-8", "surrogateescape").split("\0")
    return frozenset(name.removeprefix(prefix) for name in names if name)


def _has_versions(repository: Repository) -> bool:
    """Was anything ever committed? A hook asks before the first version too."""
    try:
        repository.commit(_LAST)
    except GitFailed:
        return False
    return True


def record_in(repository: Repository, revision: str, folder: DocumentFolder, file: str, form: Form) -> Record | None:
    """A file's record as it was in a revision; ``None`` where it was not there. Raises CommandError."""
    data = repository.show(revision, folder.path(file))
    return None if data is None else _record(data, revision, file, form)


def document_in(repository: Repository, revision: str, folder: DocumentFolder, form: Form) -> Document:
    """The document as it was in a revision. Raises CommandError."""
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


def _record(data: bytes, revision: str, file: str, form: Form) -> Record:
    try:
        return decode(data, spec_of(form, file))
    except BadFile as error:
        problem = error.problem(f"{revision}:{file}")
        raise CommandError(Exit.REFUSED, _("不能读取 {problem}").format(problem=problem)) from error
