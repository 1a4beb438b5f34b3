"""``perftui merge-file``: the merge driver that git calls. Loads the standard library alone."""

from pathlib import Path

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.exits import CommandError, Exit
from perftui.locale import _
from perftui.store.git.merge_driver import merge_files
from perftui.store.problem import BadFile


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    parser.add_argument("--path", default="", help=_("文件在工作目录里的路径"))
    parser.add_argument("--by", default="", help=_("另一方是谁"))
    parser.add_argument("base", metavar="BASE", type=Path, help=_("共同的旧文件"))
    parser.add_argument("ours", metavar="OURS", type=Path, help=_("我方的文件，合并结果写在这里"))
    parser.add_argument("theirs", metavar="THEIRS", type=Path, help=_("对方的文件"))


def run(args: Arguments) -> int:
    """Merge by field into OURS: 0 merged, 10 conflicts written as data."""
    try:
        return merge_files(args.base, args.ours, args.theirs, args.path, args.by)
    except BadFile as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
