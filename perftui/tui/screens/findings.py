"""What the commands about findings do: go to the next, put right, accept, take back, explain."""

from typing import TYPE_CHECKING

from perftui.locale import _
from perftui.model.document import Location
from perftui.tui.work import going, judging
from perftui.tui.work.judging import AtHand
from perftui.viewmodel.findings import finding_text, listed_findings

if TYPE_CHECKING:
    from perftui.tui.screens.desk_screen import DeskScreen


def next_finding(screen: "DeskScreen") -> None:
    """Go to what a merge left undecided, to the next place of the finding that was opened, else to the next one."""
    place = going.next_undecided(screen.bench) or going.next_on_trail(screen.bench, screen.sheet.place)
    if place is None:
        finding = going.next_finding(screen.bench, screen.sheet.place)
        place = finding.location if finding is not None else None
    if place is not None:
        arrive(screen, place, screen.bench.notice)


def arrive(screen: "DeskScreen", place: Location, told: str = "", rule: str = "") -> None:
    """Go to the place of a finding, and say what is wrong where the line of no cell says it: about a table, a file.

    ``rule``: which is meant, where several speak of the place.
    """
    screen.go(place)
    at = screen.sheet.place
    found = sorted(screen.bench.shown.index.at.get(place, ()), key=lambda one: one.rule != rule)
    if not told and found and at is not None and place.path not in (at.path, at.path[:2]):
        told = finding_text(found[0])
    if told:
        screen.say(told)


def open_row(screen: "DeskScreen", place: Location) -> None:
    """Go from the list to the first place of a row; further ones follow by the key."""
    rows = listed_findings(screen.bench.shown, screen.bench.wanted)
    told, rule = going.begin_trail(screen.bench, next(iter(rows[screen.sheet.at[0] :]), None)), rule_at_hand(screen)
    arrive(screen, place, told, rule)


def fix(screen: "DeskScreen") -> None:
    """Put right what is safe: in the list every place of the row, elsewhere whatever is wrong with the cell."""
    place = screen.sheet.place
    findings = _at_hand(screen).open
    if screen.bench.pane != "findings" and place is not None:
        findings = tuple(one for one in screen.bench.shown.index.at.get(place, ()) if one.fix is not None)[:1]
    judging.apply_fixes(screen.bench, findings, place)
    _show(screen, place)


def accept(screen: "DeskScreen") -> None:
    """Ask for a reason and let it stand."""
    findings = _at_hand(screen).open
    if not findings:
        screen.bench.notice = _("这里没有问题要接受")
        return

    def accepted(reason: str) -> None:
        place = screen.sheet.place
        judging.accept(screen.bench, findings, reason)
        _show(screen, place)

    title = _("接受这一条问题：写明理由")
    if len(findings) > 1:
        title = _("接受这 {count} 条同样的问题：写明理由").format(count=len(findings))
    screen.picker.ask(title, [], accepted)


def reopen(screen: "DeskScreen") -> None:
    """Take back what was accepted."""
    accepted = _at_hand(screen).accepted
    if not accepted:
        screen.bench.notice = _("这里没有接受过的问题")
        return
    place = screen.sheet.place
    judging.reopen(screen.bench, accepted)
    _show(screen, place)


def explain(screen: "DeskScreen") -> None:
    """The page of the rule, over the screen."""
    rule = rule_at_hand(screen)
    if not rule:
        screen.bench.notice = _("这里没有问题要说明")
        return
    screen.picker.read(rule, judging.page_of(rule))


def rule_at_hand(screen: "DeskScreen") -> str:
    """The rule that finds something wrong under the cursor; "" where none does."""
    found = _at_hand(screen)
    return next(iter([one.rule for one in found.open] + [one.rule for one in found.accepted]), "")


def _show(screen: "DeskScreen", place: Location | None) -> None:
    """Show what came of it, and say it."""
    told = screen.bench.notice
    screen.show(place)
    screen.say(told)


def _at_hand(screen: "DeskScreen") -> AtHand:
    return judging.at_hand(screen.bench, screen.sheet.at[0], screen.sheet.place)
