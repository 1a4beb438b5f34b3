"""``perftui log``: the history of the document, of a project, of a field."""

import time

from perftui.cli.arguments import Arguments, Parser, add_document_options
from perftui.cli.document_arguments import find_file, open_chosen, outcome
from perftui.cli.exits import CommandError, Exit
from perftui.cli.git_failures import reporting_git_failures
from perftui.cli.output import put, say
from perftui.locale import _
from perftui.model.record import Plain, parse_path, plain_text
from perftui.session.version_history import FileVersion, document_history, field_history, file_history
from perftui.store.git.repository import Commit
from perftui.store.open import LoadedDocument
from perftui.viewmodel.changes import record_changes

_USUAL = 20


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    help_text = _("项目编码、文件名、序号（写成 '#3'）或名称中独有的一部分；不写就是整份文本")
    parser.add_argument("code", metavar="CODE", nargs="?", default="", help=help_text)
    parser.add_argument("field", metavar="FIELD", nargs="?", default="", help=_("只看一栏，如 budget.fiscal"))
    parser.add_argument("--limit", type=int, default=_USUAL, help=_("最多列出几个版本"))


@reporting_git_failures()
def run(args: Arguments) -> Exit:
    """Print the versions, the latest first."""
    opened, limit = open_chosen(args), max(1, args.limit)
    if not args.code:
        commits = document_history(opened.folder, limit)
        for commit in commits:
            put(_headline(commit))
    elif not args.field:
        versions = file_history(opened.folder, file := find_file(opened, args.code), opened.form, limit)
        commits = tuple(one.commit for one in versions)
        for one in versions:
            _put_version(opened, one, file)
    else:
        commits = _put_field(opened, find_file(opened, args.code), args.field, limit)
    if not commits:
        say(_("还没有提交过的版本"))
    return outcome(opened)


def _put_field(opened: LoadedDocument, file: str, name: str, limit: int) -> tuple[Commit, ...]:
    path = parse_path(name)
    if opened.form.spec_of(file).field(path) is None:
        raise CommandError(Exit.USAGE, _("没有“{name}”这一栏").format(name=name))
    found = field_history(opened.folder, file, path, opened.form)[:limit]
    for one in found:
        put(f"{_headline(one.commit)}\n  {_shown(one.old)} → {_shown(one.new)}")
    return tuple(one.commit for one in found)


def _put_version(opened: LoadedDocument, version: FileVersion, file: str) -> None:
    put(_headline(version.commit))
    old, new = version.before, version.after
    if version.commit.name != version.commit.name_before:
        put(f"  {_('文件改名：{old} → {new}').format(old=version.commit.name_before, new=version.commit.name)}")
    if version.is_boundary:
        put(f"  {_('更早的历史不在这里（浅克隆）')}")
    elif old is None or new is None:
        put(f"  {_('新建') if new else _('删除')}")
    else:
        for line in record_changes(old, new, file, opened.form, opened.document, opened.document):
            put(f"  {line}")


def _headline(commit: Commit) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(commit.at))
    kind = _("（合并）") if commit.is_merge else ""
    return f"{when} {commit.author} {commit.id[:10]} {kind}{commit.subject}"


def _shown(value: Plain | None) -> str:
    return plain_text(value) or _("（空）")
