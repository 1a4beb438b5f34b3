"""``perftui rollover``: next year's document from this year's."""

from perftui.cli.arguments import Arguments, Parser, add_document_options
from perftui.cli.document_arguments import open_chosen, require_form
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put, say
from perftui.locale import _
from perftui.session.new_document import AlreadyThere, free_folder, rolled_over, write_document
from perftui.store.folder import is_year


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    parser.add_argument("to", metavar="YEAR", type=int, help=_("新的年度，如 2022"))


def run(args: Arguments) -> Exit:
    """Make the document and print its folder."""
    opened = open_chosen(args)
    require_form(opened)
    if opened.problems:
        raise CommandError(Exit.REFUSED, _("有不能读取的文件，没有生成新年度的文本"))
    if not is_year(str(args.to)) or args.to == opened.folder.year:
        raise CommandError(Exit.USAGE, _("年度 {year} 不对，要是四位数字，如 2021").format(year=args.to))
    try:
        folder = free_folder(opened.folder.data, args.to, opened.folder.unit)
    except AlreadyThere as error:
        raise CommandError(Exit.USAGE, str(error)) from error
    document = rolled_over(opened.document, opened.form, args.to)
    write_document(folder, document)
    put(str(folder.folder))
    say(
        _("已从 {year} 年带来 {count} 个项目，编码要重新填写").format(
            year=opened.folder.year, count=len(document.projects)
        )
    )
    return Exit.DONE
