"""``perftui rule``: the page that explains a rule."""

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put
from perftui.locale import _
from perftui.review.catalogue import rule_of
from perftui.viewmodel.rule_page import rule_lines


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    parser.add_argument("id", metavar="ID", help=_("规则的编号，如 C001，见 perftui rules"))


def run(args: Arguments) -> Exit:
    """Print the page."""
    rule = rule_of(args.id.strip().upper())
    if rule is None:
        raise CommandError(Exit.USAGE, _("没有规则“{id}”，有哪些规则见 perftui rules").format(id=args.id))
    for line in rule_lines(rule):
        put(line)
    return Exit.DONE
