"""The page of a rule as text: what is wrong, why and how sure, a bad and a good example, how to put it right."""

from perftui.forms import Form
from perftui.locale import _
from perftui.review.example import Example
from perftui.review.rule import Rule


def page_lines(rule: Rule, form: Form) -> tuple[str, ...]:
    """The page of a rule; the examples are shown on a form, as far as it has what they speak of."""
    page = rule.page
    fix = [_("可以自动改正。")] if page.has_fix else []
    return (
        f"{rule.id} {_(rule.title)}（{rule.severity.label}）",
        "",
        _(page.what),
        "",
        _("为什么：{why}").format(why=_(page.why)),
        _("出处：{source}").format(source=page.source.label),
        "",
        *_example(_("有问题的例子"), page.bad, form),
        *_example(_("没有问题的例子"), page.good, form),
        _("怎样改：{mend}").format(mend=_(page.mend)),
        *fix,
    )


def _example(heading: str, example: Example, form: Form) -> list[str]:
    lines = example.lines(form) if example.fits(form) else ()
    return [_("{heading}：").format(heading=heading), *(f"    {line}" for line in lines), ""] if lines else []
