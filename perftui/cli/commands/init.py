"""``perftui init``: a new, empty document."""

from pathlib import Path

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.exits import CommandError, Exit
from perftui.cli.form_arguments import add_form_option, chosen_form
from perftui.cli.output import put, say
from perftui.locale import _
from perftui.store.create import CannotCreate, create_document


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    parser.add_argument("--year", type=int, required=True, help=_("年度，如 2021"))
    parser.add_argument("--unit", required=True, help=_("单位编码，如 613001"))
    parser.add_argument("--name", required=True, help=_("单位名称"))
    add_form_option(parser)
    parser.add_argument("--division", default="", help=_("行政区划代码，如 130303"))


def run(args: Arguments) -> Exit:
    """Make the document and print its folder."""
    form = chosen_form(args)
    try:
        folder = create_document(Path(args.data), args.year, args.unit, form.id, args.name, args.division)
    except CannotCreate as error:
        raise CommandError(Exit.USAGE, str(error)) from error
    put(str(folder.folder))
    say(_("已新建，表样是“{form}”").format(form=form.title))
    return Exit.DONE
