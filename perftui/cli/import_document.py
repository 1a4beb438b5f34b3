"""``perftui import``: a document of Word becomes a new document of the data folder, with a report."""

from dataclasses import replace
from pathlib import Path

from perftui.cli.arguments import Parser, add_data_option
from perftui.cli.commands import Arguments
from perftui.cli.exits import CommandError, Exit
from perftui.cli.new_document import free_folder, write_document
from perftui.cli.output import put, say
from perftui.cli.word_document import read_document, report_lines
from perftui.forms import form_ids
from perftui.locale import _
from perftui.model.document import Document
from perftui.store.folder import DocumentFolder, is_unit, is_year


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_data_option(parser)
    parser.add_argument("file", metavar="FILE", help=_("Word 文档（.docx）或它的文本，- 是标准输入"))
    parser.add_argument("--as", dest="year", metavar="YEAR", type=int, help=_("作为这一年度的文本"))
    parser.add_argument("--unit", help=_("单位编码，文档里没有时才需要"))
    parser.add_argument("--form", choices=form_ids(), help=_("表样，平时按栏目名称判断"))
    parser.add_argument("--dry-run", action="store_true", help=_("只报告读到了什么，不写文件"))


def run(args: Arguments) -> Exit:
    """Read the document, report, and write it unless it is a dry run."""
    imported = read_document(args.file, args.form, args.year)
    document = replace(imported.document, unit=args.unit or imported.document.unit)
    for line in report_lines(imported):
        put(line)
    rows = " · ".join(f"{label} {count}" for label, count in imported.counts.rows.items())
    say(_("读到 {count} 个项目，{rows}").format(count=len(document.projects), rows=rows))
    if args.dry_run:
        return Exit.DONE
    folder = _folder(Path(args.data), document)
    write_document(folder, document)
    put(str(folder.folder))
    return Exit.DONE


def _folder(data: Path, document: Document) -> DocumentFolder:
    if not is_year(str(document.year)):
        raise CommandError(Exit.USAGE, _("文档里没有年度，请用 --as 指明"))
    if not is_unit(document.unit):
        raise CommandError(Exit.USAGE, _("文档里没有单位编码，请用 --unit 指明"))
    return free_folder(data, document.year, document.unit)
