"""``perftui rule``: the page that explains a rule."""

from perftui.cli.arguments import Parser
from perftui.cli.commands import Arguments
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put
from perftui.forms import form_ids, load_form
from perftui.locale import _
from perftui.review.catalogue import rule_of


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    parser.add_argument("id", metavar="ID", help=_("规则的编号，如 C001，见 perftui rules"))


def run(args: Arguments) -> Exit:
    """Print the page."""
    rule = rule_of(args.id.strip().upper())
    if rule is None:
        raise CommandError(Exit.USAGE, _("没有规则“{id}”，有哪些规则见 perftui rules").format(id=args.id))
    page = rule.page
    put(f"{rule.id} {_(rule.title)}（{rule.severity.label}）")
    parts = ((_("问题"), page.what), (_("原因"), page.why), (_("怎么改"), page.mend), (_("依据"), page.source.value))
    for title, sentence in parts:
        put(f"{title}：{_(sentence)}")
    for title, example in ((_("错例"), page.bad), (_("正例"), page.good)):
        form = next((form for form in map(load_form, form_ids()) if example.fits(form)), None)
        if form and (lines := example.lines(form)):
            put(f"{title}：")
            for line in lines:
                put(f"  {line}")
    return Exit.DONE
