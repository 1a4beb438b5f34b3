"""``perftui diff``: what changed, in the form's words."""

from perftui.cli.arguments import Arguments, Parser, add_document_options
from perftui.cli.document_arguments import open_chosen, outcome
from perftui.cli.exits import Exit
from perftui.cli.git_failures import telling_git_failures
from perftui.cli.output import put
from perftui.locale import _
from perftui.session.revisions import document_in
from perftui.session.versions import repository_of
from perftui.viewmodel.changes import document_changes


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    parser.add_argument("old", metavar="REV", nargs="?", default="HEAD", help=_("旧的版本，平时是最近一次提交"))
    parser.add_argument("new", metavar="REV", nargs="?", help=_("新的版本，平时是现在的文件"))


@telling_git_failures()
def run(args: Arguments) -> Exit:
    """Print the changes between two versions of the document."""
    opened = open_chosen(args)
    repository = repository_of(opened.folder)
    old = document_in(repository, args.old, opened.folder, opened.form)
    new = document_in(repository, args.new, opened.folder, opened.form) if args.new else opened.document
    for line in document_changes(old, new, opened.form):
        put(line)
    return Exit.DONE if args.new else outcome(opened)
