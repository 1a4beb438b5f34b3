"""The page of a review rule as lines of text."""

from collections.abc import Iterator

from perftui.forms import form_ids, load_form
from perftui.locale import _
from perftui.review.rule import Rule


def rule_lines(rule: Rule) -> Iterator[str]:
    """What is wrong, why, how to put it right, where the rule comes from, and an example of each kind."""
    page = rule.page
    yield _("{rule} {title}（{severity}）").format(rule=rule.id, title=_(rule.title), severity=rule.severity.label)
    parts = ((_("问题"), page.what), (_("原因"), page.why), (_("怎么改"), page.mend), (_("依据"), page.source.value))
    for title, sentence in parts:
        yield _("{label}：{text}").format(label=title, text=_(sentence))
    for title, example in ((_("错例"), page.bad), (_("正例"), page.good)):
        form = next((form for form in map(load_form, form_ids()) if example.fits(form)), None)
        if form and (lines := example.lines(form)):
            yield _("{label}：{text}").format(label=title, text="").rstrip()
            yield from (f"  {line}" for line in lines)
