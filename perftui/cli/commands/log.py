"""``perftui log``: a project's history, and what each version changed."""

import time

from perftui.cli.arguments import Arguments, Parser, add_code, add_document_options
from perftui.cli.document_arguments import find_file, open_chosen, outcome
from perftui.cli.exits import Exit
from perftui.cli.git_failures import telling_git_failures
from perftui.cli.output import put, say
from perftui.locale import _
from perftui.model.record import Record
from perftui.session.revisions import record_in
from perftui.session.versions import repository_of
from perftui.store.git.repository import Commit, GitFailed, Repository
from perftui.store.open import LoadedDocument
from perftui.viewmodel.changes import record_changes

_USUAL = 20


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_code(parser)
    parser.add_argument("--limit", type=int, default=_USUAL, help=_("最多列出几个版本"))


@telling_git_failures()
def run(args: Arguments) -> Exit:
    """Print the versions of a project's file, the latest first."""
    opened = open_chosen(args)
    file = find_file(opened, args.code)
    repository = repository_of(opened.folder)
    commits = repository.log(opened.folder.path(file), max(1, args.limit))
    if not commits:
        say(_("还没有提交过的版本"))
    for commit in commits:
        when = time.strftime("%Y-%m-%d %H:%M", time.localtime(commit.at))
        put(f"{when} {commit.author} {commit.id[:10]} {commit.subject}")
        _put_changes(opened, repository, commit, file)
    return outcome(opened)


def _put_changes(opened: LoadedDocument, repository: Repository, commit: Commit, file: str) -> None:
    new = record_in(repository, commit.id, opened.folder, file, opened.form)
    try:
        old = record_in(repository, f"{commit.id}^", opened.folder, file, opened.form)
    except GitFailed:  # the first commit has none before it
        old = None
    if old is None or new is None:
        put(f"  {_('新建') if new else _('删除')}")
        return
    _put(opened, old, new, file)


def _put(opened: LoadedDocument, old: Record, new: Record, file: str) -> None:
    for line in record_changes(old, new, file, opened.form, opened.document, opened.document):
        put(f"  {line}")
