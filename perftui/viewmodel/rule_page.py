"""The page of a review rule as lines of text."""

from collections.abc import Iterator

from perftui.forms import usable_forms
from perftui.forms.glosses import glossed_sentence
from perftui.locale import _, labelled
from perftui.model.width import lines_to_read
from perftui.review.rule_definition import Rule
from perftui.viewmodel.finding_index import TONES
from perftui.viewmodel.grid import Tone


def rule_lines(rule: Rule) -> Iterator[str]:
    """What is wrong, why, where the rule comes from, how to put it right, and an example of each kind."""
    page = rule.page
    yield _("{rule} {title}（{severity}）").format(rule=rule.id, title=_(rule.title), severity=rule.severity.label)
    fix = _("有把握的可以：光标到那一处按 Ctrl+E，能撤销") if page.has_fix else _("不能，要由人判断")
    parts = (
        (_("问题"), page.what),
        (_("原因"), page.why),
        (_("依据"), page.source.label),
        (_("怎么改"), page.mend),
        (_("自动修正"), fix),
    )
    for title, sentence in parts:
        yield labelled(title, sentence)
    for title, example in ((_("错例"), page.bad), (_("正例"), page.good)):
        form = next((form for form in usable_forms() if example.fits(form)), None)
        if form is not None:
            yield labelled(title, "").rstrip()
            yield from (f"  {glossed_sentence(form, line)}" for line in example.lines(form))


def page_lines(rule: Rule, width: int, height: int) -> list[tuple[str, Tone]]:
    """The page in a room of so many cells and lines; where it is longer the last line says how to read all of it."""
    found: list[tuple[str, Tone]] = []
    for number, line in enumerate(rule_lines(rule)):
        indent = "  " if line.startswith(" ") else ""
        tone = TONES[rule.severity] if number == 0 else Tone.PLAIN
        text = line.strip()
        found += [(indent + piece, tone) for piece in lines_to_read(text, width - len(indent))]
    if len(found) <= height:
        return found
    return [*found[: height - 1], (_("…… Ctrl+L 看全文"), Tone.DIM)]
