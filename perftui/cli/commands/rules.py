"""``perftui rules``: the review rules, a line each."""

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.exits import Exit
from perftui.cli.output import put_table
from perftui.locale import _
from perftui.review.catalogue import RULES


def add_arguments(parser: Parser) -> None:
    """It has no words of its own."""


def run(args: Arguments) -> Exit:
    """Print id, weight and title of every rule."""
    put_table([(rule.id, rule.severity.label, _(rule.title)) for rule in RULES], ["left", "left", "left"])
    return Exit.DONE
