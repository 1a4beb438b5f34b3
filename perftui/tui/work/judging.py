"""What a person decides about findings and conflicts: accept, fix, settle, and read a rule's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from perftui.desk.conflicts import Conflict, conflicts_of, settling
from perftui.desk.person import person
from perftui.desk.reviewing import accept_findings, take_back
from perftui.editing.edits import AddFile, SetValue
from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.conflicts import BASE, OURS
from perftui.model.document import Location
from perftui.review.finding import Acceptance, Finding
from perftui.review.grouping import Entry
from perftui.review.settings import Settings as ReviewSettings
from perftui.store.problem import BadFile
from perftui.tui.work.running import run_edits
from perftui.tui.work.workbench import Workbench
from perftui.viewmodel.findings import listed_findings
from perftui.viewmodel.grid import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class AtHand:
    """What is judged at the cursor: in the list of findings its row, elsewhere what is wrong with the cell."""

    open: tuple[Finding, ...] = ()
    """Findings that say the same; none where nothing is wrong."""
    accepted: tuple[Acceptance, ...] = ()
    """Acceptances, those included that lapsed."""


def at_hand(bench: Workbench, row: int, place: Location | None) -> AtHand:
    """What is judged in a row of the screen, at a place."""
    if bench.pane == "findings":
        return _in_list(listed_findings(bench.shown, bench.wanted)[row : row + 1])
    if place is None:
        return AtHand()
    findings = bench.shown.index.findings
    accepted = [one.accepted for one in findings if one.accepted and place in (one.places or (one.location,))]
    return AtHand(open=bench.shown.index.at.get(place, ())[:1], accepted=tuple(accepted))


def _in_list(rows: Sequence[Entry | Acceptance]) -> AtHand:
    for one in rows:
        if isinstance(one, Acceptance):
            return AtHand(accepted=(one,))
        accepted = tuple(finding.accepted for finding in one.findings if finding.accepted is not None)
        return AtHand(accepted=accepted) if accepted else AtHand(open=one.findings)
    return AtHand()


def apply_fixes(bench: Workbench, findings: Sequence[Finding], place: Location | None) -> Location | None:
    """Put right what review knows a safe way for, as one step."""
    fixes = [(finding.location.file, finding.fix) for finding in findings if finding.fix is not None]
    if not fixes:
        bench.notice = _("这里没有可以放心自动修正的问题")
        return place
    edits = [SetValue(file=file, path=fix.path, value=fix.text or None) for file, fix in fixes]
    if run_edits(bench, edits, _("照审核建议修正"), place) and len(edits) > 1:
        bench.notice = _("修正了 {count} 处，Ctrl+Z 撤销").format(count=len(edits))
    return place


def accept(bench: Workbench, findings: Sequence[Finding], reason: str) -> None:
    """Let findings stand, with a reason and one's name."""
    if not reason:
        bench.notice = _("没有写理由，没有接受")
        return
    settings = bench.review.settings
    if _keep(bench, lambda: accept_findings(bench.desk.folder, settings, findings, reason, person())):
        bench.notice = _("已接受 {count} 条，记在 review.toml 里").format(count=len(findings))


def reopen(bench: Workbench, acceptances: Sequence[Acceptance]) -> None:
    """Take acceptances back: what they were about counts again."""
    settings = bench.review.settings
    if _keep(bench, lambda: take_back(bench.desk.folder, settings, acceptances)):
        left = len(acceptances) - (len(settings.acceptances) - len(bench.review.settings.acceptances))
        bench.notice = _("已收回 {count} 条接受").format(count=len(acceptances) - left)
        if left:
            bench.notice = _("这里接受的问题记在数据文件夹的 review.toml 里，请到那里删去")


def _keep(bench: Workbench, write: Callable[[], ReviewSettings]) -> bool:
    """Write what somebody decided; which rules are asked stays the same, so nothing is reviewed again."""
    try:
        settings = write()
    except FileError as error:
        bench.notice = str(error)
        return False
    except BadFile as error:
        bench.notice = error.reason
        return False
    bench.review = replace(bench.review, settings=settings)
    bench.forget()
    return True


def page_of(rule_id: str) -> list[str]:
    """The lines that explain a rule."""
    from perftui.review.catalogue import rule_of
    from perftui.viewmodel.rule_page import rule_lines

    rule = rule_of(rule_id)
    return [] if rule is None else list(rule_lines(rule))


def page_beside(rule_id: str, width: int, height: int) -> list[tuple[str, Tone]]:
    """The same for the room beside the list of findings; nothing where there is no such rule."""
    from perftui.review.catalogue import rule_of
    from perftui.viewmodel.rule_page import page_lines

    rule = rule_of(rule_id)
    return [] if rule is None else page_lines(rule, width, height)


def conflict_at(bench: Workbench, place: Location | None) -> Conflict | None:
    """The conflict that waits to be settled at a place, or in its row."""
    if place is None or not bench.document.has(place.file):
        return None
    waiting = conflicts_of(place.file, bench.document.record(place.file))
    return next((one for one in waiting if one.place.path in (place.path, place.path[:2])), None)


def settle(bench: Workbench, conflict: Conflict, side: str) -> Location:
    """Settle a conflict for one side."""
    record = bench.document.record(conflict.place.file)
    run_edits(bench, settling(record, conflict, side), _("处理冲突"), conflict.place)
    return conflict.place


def side_label(conflict: Conflict, side: str) -> tuple[str, str]:
    """A side of a conflict in words: whose it is, and what it holds."""
    value, by = conflict.sides[side].value, conflict.sides[side].by
    whose = {OURS: _("用这里的"), BASE: _("恢复原来的")}.get(side) or _("用{who}的").format(who=by or _("对方"))
    if value is None:
        return _("（删除）") if conflict.is_row else _("（空白）"), whose
    return "，".join(str(part) for part in value.values()) if isinstance(value, dict) else str(value), whose


def restore_deleted(bench: Workbench, file: str) -> Location | None:
    """Bring a deleted project back."""
    found = next((one for one in bench.desk.deleted() if one.file == file), None)
    if found is None:
        return None
    target = file if not bench.document.has(file) else bench.desk.new_file(found.record)
    if run_edits(bench, [AddFile(file=target, record=found.record)], _("恢复项目"), Location(file=target)):
        bench.open_project(target)
        return Location(file=target)
    return None
