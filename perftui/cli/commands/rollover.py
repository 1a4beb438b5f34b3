"""``perftui rollover``: next year's document from this year's, or from its Word document alone."""

from pathlib import Path

from perftui.cli.arguments import Arguments, Parser, add_document_options
from perftui.cli.document_arguments import find_file, open_chosen, require_form
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put, say
from perftui.forms import look_in
from perftui.locale import _
from perftui.session.foreign_document import CannotImport, read_bytes, read_foreign, report_lines
from perftui.session.new_document import AlreadyThere, free_folder, rolled_over, write_document
from perftui.store.folder import DocumentFolder, is_unit, is_year
from perftui.store.open import LoadedDocument, open_document
from perftui.tui.state.settings_file import settings_path
from perftui.tui.user_settings import read_settings

BLANK, COPIED = AMOUNTS = ("blank", "copy")


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    parser.add_argument("to", metavar="YEAR", type=int, help=_("新的年度，如 2022"))
    parser.add_argument("codes", metavar="CODE", nargs="*", help=_("只带这些项目，平时是所有项目"))
    amounts = _("金额：留空（上年的显示在旁边），或者照抄；不写就照您的设置")
    parser.add_argument("--amounts", choices=AMOUNTS, help=amounts)
    from_help = _("上年的文本只有 Word 文档时：先读入它作为上年的数据")
    parser.add_argument("--from", dest="source", metavar="FILE", help=from_help)


def run(args: Arguments) -> Exit:
    """Make the document and print its folder."""
    opened = open_chosen(args) if args.source is None else _read_in(args)
    require_form(opened)
    if opened.problems:
        raise CommandError(Exit.REFUSED, _("有不能读取的文件，没有生成新年度的文本"))
    folder = _next(args, opened.folder)
    files = {find_file(opened, code) for code in args.codes} or None
    amounts = args.amounts or read_settings(settings_path()).rollover_amounts or BLANK
    document = rolled_over(opened.document, opened.form, args.to, files, amounts=amounts == COPIED)
    write_document(folder, document)
    put(str(folder.folder))
    told = (
        _("已从 {year} 年带来 {count} 个项目，编码要重新填写")
        if document.projects
        else _("已从 {year} 年带来部门的内容")
    )
    say(told.format(year=opened.folder.year, count=len(document.projects)))
    return Exit.DONE


def _next(args: Arguments, last: DocumentFolder) -> DocumentFolder:
    """The new document's folder. Raises CommandError where it cannot be made."""
    if not is_year(str(args.to)) or args.to == last.year:
        raise CommandError(Exit.USAGE, _("年度 {year} 不对，要是四位数字，如 2021").format(year=args.to))
    return _free(last.data, args.to, last.unit)


def _free(data: Path, year: int, unit: str) -> DocumentFolder:
    try:
        return free_folder(data, year, unit)
    except AlreadyThere as error:
        raise CommandError(Exit.USAGE, str(error)) from error


def _read_in(args: Arguments) -> LoadedDocument:
    """Last year's Word document made the data of its year, with a report of what was not understood."""
    look_in(Path(args.data))
    try:
        imported = read_foreign(read_bytes(Path(args.source)), Path(args.source).name)
    except CannotImport as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    document = imported.document
    year, unit = args.year or document.year, args.unit or document.unit
    if not is_year(str(year)) or not is_unit(unit):
        raise CommandError(Exit.USAGE, _("文档里没有年度或单位编码：用 --year 和 --unit 写明"))
    folder = _free(Path(args.data), year, unit)
    _next(args, folder)  # nothing is written where that cannot be
    for line in report_lines(imported, certain=False):
        say(line)
    write_document(folder, document)
    say(_("先把 {file} 读入为 {year} 年的数据：{folder}").format(file=args.source, year=year, folder=folder.folder))
    return open_document(folder)
