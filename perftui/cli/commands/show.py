"""``perftui show``: the printed form of one project, or of the department, drawn in the terminal."""

import shutil

from perftui.cli.arguments import Arguments, Parser, add_code, add_document_options
from perftui.cli.document_arguments import find_file, open_chosen, outcome, require_form
from perftui.cli.exits import Exit
from perftui.cli.output import put
from perftui.exchange.layout import department_page, project_page
from perftui.locale import _
from perftui.model.document import DEPARTMENT
from perftui.viewmodel.page_drawing import draw

_MOST = 120
"""Cells: wider than this a page is hard to read."""


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_code(parser)
    parser.add_argument("--width", type=int, help=_("画多宽，平时是终端的宽度"))
    parser.add_argument("--ascii", action="store_true", help=_("用 + - | 画表格线"))


def run(args: Arguments) -> Exit:
    """Draw the project, or the department."""
    opened = open_chosen(args)
    require_form(opened)
    file, document, form = find_file(opened, args.code), opened.document, opened.form
    page = department_page(document, form) if file == DEPARTMENT else project_page(document, form, file)
    width = args.width or min(_MOST, shutil.get_terminal_size((80, 24)).columns)
    for line in draw(page, max(40, width), ascii_frames=args.ascii):
        put(line.text)
    return outcome(opened)
