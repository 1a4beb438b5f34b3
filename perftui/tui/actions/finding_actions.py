"""What the commands about findings do: go to the next, put right, accept, take back, explain."""

from perftui.locale import _
from perftui.model.document import Location
from perftui.tui.actions.context import ActionContext
from perftui.tui.state import navigation, review_decisions
from perftui.tui.state.review_decisions import FindingsAtCursor
from perftui.viewmodel.findings import finding_text, listed_findings


def next_finding(context: ActionContext) -> None:
    """Go to the next conflict of the last merge, else the next place of the opened finding, else the next finding."""
    place = navigation.next_undecided(context.state) or navigation.next_on_trail(context.state, context.sheet.place)
    if place is None:
        finding = navigation.next_finding(context.state, context.sheet.place)
        place = finding.location if finding is not None else None
    if place is not None:
        before = context.sheet.place
        context.state.walk.remember(before)
        arrive(context, place, context.state.notice)
        if context.sheet.place == before and not context.state.notice:
            context.say(_("只有这一处问题，已经在这里了"))


def arrive(context: ActionContext, place: Location, sentence: str = "", rule: str = "") -> None:
    """Go to the place of a finding, and say what is wrong where the line of no cell says it: about a table, a file.

    ``rule``: which is meant, where several speak of the place.
    """
    context.go(place)
    at = context.sheet.place
    found = sorted(context.state.shown.index.at.get(place, ()), key=lambda one: one.rule != rule)
    if not sentence and found and at is not None and place.path not in (at.path, at.path[:2]):
        sentence = finding_text(context.state.shown, found[0])
    if sentence:
        context.say(sentence)


def open_row(context: ActionContext, place: Location) -> None:
    """Go from the list to the first place of a row; further ones follow by the key."""
    rows = listed_findings(context.state.shown, context.state.filter)
    sentence = navigation.begin_trail(context.state, next(iter(rows[context.sheet.at[0] :]), None))
    rule = review_decisions.rule_at(context.state, context.sheet.at[0], context.sheet.place)
    arrive(context, place, sentence, rule)


def fix(context: ActionContext) -> None:
    """Apply safe corrections: in the list to every place of the row, elsewhere to the cell."""
    place = context.sheet.place
    findings = _findings_at_cursor(context).open
    if context.state.pane != "findings" and place is not None:
        findings = tuple(one for one in context.state.shown.index.at.get(place, ()) if one.fix is not None)[:1]
    review_decisions.apply_fixes(context.state, findings, place)
    _show(context, place)


def accept(context: ActionContext) -> None:
    """Ask for a reason, and accept the findings under the cursor."""
    findings = _findings_at_cursor(context).open
    if not findings:
        context.say(_("这里没有问题要接受"))
        return

    def accepted(reason: str) -> None:
        place = context.sheet.place
        if not review_decisions.accept(context.state, findings, reason):
            context.picker.ask(title, [], accepted, text=reason)
        _show(context, place)

    title = _("接受这一条问题：写明理由")
    if len(findings) > 1:
        title = _("接受这 {count} 条同样的问题：写明理由").format(count=len(findings))
    context.picker.ask(title, [], accepted)


def reopen(context: ActionContext) -> None:
    """Open again the accepted findings under the cursor."""
    accepted = _findings_at_cursor(context).accepted
    if not accepted:
        context.say(_("这里没有接受过的问题"))
        return
    place = context.sheet.place
    review_decisions.reopen(context.state, accepted)
    _show(context, place)


def explain(context: ActionContext) -> None:
    """Show the page of the rule over the screen."""
    rule = review_decisions.rule_at(context.state, context.sheet.at[0], context.sheet.place)
    if not rule:
        context.say(_("这里没有问题要说明"))
        return
    context.picker.read(rule, review_decisions.page_of(rule))


def _show(context: ActionContext, place: Location | None) -> None:
    """Show the document again; the sentence said before stays."""
    notice = context.state.notice
    context.show(place)
    context.say(notice)


def _findings_at_cursor(context: ActionContext) -> FindingsAtCursor:
    return review_decisions.findings_at(context.state, context.sheet.at[0], context.sheet.place)
