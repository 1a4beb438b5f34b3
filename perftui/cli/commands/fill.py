"""``perftui fill``: an office's own empty form with projects in it; its path is printed."""

import os
from pathlib import Path

from perftui.cli.arguments import Arguments, Parser, add_document_options
from perftui.cli.document_arguments import find_project, open_chosen, outcome, require_form
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put, say
from perftui.locale import _
from perftui.session.export_target import exports_folder, ways_home
from perftui.session.form_filling import NotFilled, fill_form, fill_report


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    parser.add_argument("blank", metavar="FILE", help=_("单位发来的空表，.docx 或 .xlsx"))
    help_text = _("只填这个项目，可以写几次：项目编码、文件名、序号（写成 '#3'）或名称中独有的一部分")
    parser.add_argument("--project", metavar="CODE", action="append", default=[], help=help_text)
    help_text = _("写到这个文件或目录；平时写到数据目录旁边的 exports/")
    parser.add_argument("-o", "--output", metavar="PATH", help=help_text)


def run(args: Arguments) -> Exit:
    """Fill the form; nothing is written where it does not read back equal."""
    opened = open_chosen(args)
    require_form(opened)
    files = frozenset(find_project(opened, code) for code in args.project) or None
    target = Path(args.output) if args.output else exports_folder(opened.folder.data)
    try:
        result = fill_form(Path(args.blank), opened.document, opened.form, target, files)
    except NotFilled as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    put(str(result.path))
    for line in fill_report(result):
        say(line)
    for way in ways_home(result.path, os.environ):
        say(f"  {way}")
    return outcome(opened)
