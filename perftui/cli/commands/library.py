"""``perftui library``: a bureau's library of indicators into the data folder."""

from pathlib import Path

from perftui.cli.arguments import Arguments, Parser, add_data_option
from perftui.cli.exits import CommandError, Exit
from perftui.cli.foreign_file import file_bytes
from perftui.cli.output import put, say
from perftui.locale import _
from perftui.session.foreign_document import CannotImport
from perftui.session.indicator_library import import_library


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_data_option(parser)
    parser.add_argument("verb", choices=("import",), help=_("import 读入主管部门的指标库"))
    parser.add_argument("file", metavar="FILE", help=_("指标库，.xlsx、.docx、.csv…，要有二级指标、三级指标两栏"))
    parser.add_argument("--replace", action="store_true", help=_("换掉以前读入的同名的指标库"))


def run(args: Arguments) -> Exit:
    """Read the list, write it into ``library/``, and say what was not taken."""
    try:
        made = import_library(file_bytes(args.file), args.file, Path(args.data), replacing=args.replace)
    except CannotImport as error:
        raise CommandError(Exit.REFUSED, f"{args.file}: {error}") from error
    put(str(made.path))
    say(_("读入 {count} 个指标，填三级指标时列出来，输入拼音首字母就找得到").format(count=len(made.content.rows)))
    if made.content.left:
        say(_("没有用到的栏：{columns}").format(columns=_("、").join(made.content.left)))
    if made.content.without_class:
        say(_("{count} 行上面没有二级指标，没有读入").format(count=made.content.without_class))
    return Exit.DONE
