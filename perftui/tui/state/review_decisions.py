"""What a person decides about findings and conflicts: accept, fix, settle, and read a rule's page."""

from collections.abc import Callable, Collection, Sequence

from perftui.editing.edits import AddFile, SetValue
from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.conflicts import BASE, OURS, WHOLE
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.review.conflict_sides import sides_in_words, value_in_words
from perftui.review.finding import Acceptance, Finding
from perftui.review.grouping import FindingGroup
from perftui.review.review_settings import ReviewSettings
from perftui.session.conflicts import Conflict, conflicts_of, settling
from perftui.session.returned_remarks import of_remarks
from perftui.session.returned_remarks import settling as settling_remarks
from perftui.session.review_settings import accept_findings, settings_or_default, take_back
from perftui.session.settings_conflicts import SettingsConflict, settings_conflicts, settle_settings
from perftui.session.user import person
from perftui.store.problem import BadFile
from perftui.tui.state.app_state import AppState
from perftui.tui.state.run_edits import run_edits
from perftui.viewmodel.findings import listed_findings
from perftui.viewmodel.grid import Tone


@frozen
class FindingsAtCursor:
    """The findings and acceptances that commands work on: of the row in the list of findings, else of the cell."""

    open: tuple[Finding, ...] = ()
    """Findings that say the same; none where nothing is wrong."""
    accepted: tuple[Acceptance, ...] = ()
    """Acceptances, those included that lapsed."""


def findings_at(state: AppState, row: int, place: Location | None) -> FindingsAtCursor:
    """The findings of a row of the list, or elsewhere of a place."""
    if state.pane == "findings":
        return _in_list(listed_findings(state.shown, state.filter)[row : row + 1])
    if place is None:
        return FindingsAtCursor()
    findings = state.shown.index.findings
    accepted = [one.accepted for one in findings if one.accepted and place in (one.places or (one.location,))]
    return FindingsAtCursor(open=state.shown.index.at.get(place, ())[:1], accepted=tuple(accepted))


def rule_at(state: AppState, row: int, place: Location | None) -> str:
    """The id of the rule that found something there; "" where none did."""
    found = findings_at(state, row, place)
    return next(iter([one.rule for one in found.open] + [one.rule for one in found.accepted]), "")


def _in_list(rows: Sequence[FindingGroup | Acceptance]) -> FindingsAtCursor:
    for one in rows:
        if isinstance(one, Acceptance):
            return FindingsAtCursor(accepted=(one,))
        accepted = tuple(finding.accepted for finding in one.findings if finding.accepted is not None)
        return FindingsAtCursor(accepted=accepted) if accepted else FindingsAtCursor(open=one.findings)
    return FindingsAtCursor()


def apply_fixes(state: AppState, findings: Sequence[Finding], place: Location | None) -> Location | None:
    """Apply the safe corrections that findings bring, as one step."""
    fixes = [(finding.location.file, finding.fix) for finding in findings if finding.fix is not None]
    if not fixes:
        state.say(_("这里没有可以放心自动修正的问题"))
        return place
    edits = [SetValue(file=file, path=fix.path, value=fix.text or None) for file, fix in fixes]
    if run_edits(state, edits, _("照审核建议修正"), place) and len(edits) > 1:
        state.say(_("修正了 {count} 处，Ctrl+Z 撤销").format(count=len(edits)))
    return place


def accept(state: AppState, findings: Sequence[Finding], reason: str) -> bool:
    """Accept findings, with a reason and the person's name; a remark is settled with it as the answer.

    False where the reason could not be written.
    """
    if not reason:
        state.say(_("没有写理由，没有接受"))
        return True
    remarks, findings = of_remarks(findings)
    if remarks and run_edits(state, settling_remarks(state.document, remarks, reason, person()), _("处理批注"), None):
        state.say(_("已处理 {count} 条批注，Ctrl+Z 撤销").format(count=len(remarks)))
    if not findings:
        return True
    settings = state.review.settings
    kept = _keep(state, lambda: accept_findings(state.session.folder, settings, findings, reason, person()))
    if kept:
        state.say(_("已接受 {count} 条，记在 review.toml 里").format(count=len(findings)))
    return kept


def reopen(state: AppState, acceptances: Sequence[Acceptance]) -> None:
    """Take acceptances back: their findings are open again."""
    settings = state.review.settings
    if _keep(state, lambda: take_back(state.session.folder, settings, acceptances)):
        left = len(acceptances) - (len(settings.acceptances) - len(state.review.settings.acceptances))
        state.say(_("已收回 {count} 条接受").format(count=len(acceptances) - left))
        if left:
            state.say(_("这里接受的问题记在数据文件夹的 review.toml 里，请到那里删去"))


def _keep(state: AppState, write: Callable[[], ReviewSettings]) -> bool:
    """Write what somebody decided; which rules are asked stays the same, so nothing is reviewed again."""
    try:
        settings = write()
    except FileError as error:
        state.say(str(error))
        return False
    except BadFile as error:
        state.say(error.reason)
        return False
    state.live_review.keep_settings(settings)
    return True


def page_of(rule_id: str) -> list[str]:
    """The lines that explain a rule."""
    from perftui.review.catalogue import rule_of
    from perftui.viewmodel.rule_page import rule_lines

    rule = rule_of(rule_id)
    return [] if rule is None else list(rule_lines(rule))


def page_beside(rule_id: str, width: int, height: int) -> list[tuple[str, Tone]]:
    """The lines that explain a rule in a panel of a size in cells; empty where there is no such rule."""
    from perftui.review.catalogue import rule_of
    from perftui.viewmodel.rule_page import page_lines

    rule = rule_of(rule_id)
    return [] if rule is None else page_lines(rule, width, height)


def conflict_at(state: AppState, place: Location | None) -> Conflict | None:
    """The conflict that waits to be settled at a place, or in its row."""
    if place is None or not state.document.has(place.file):
        return None
    waiting = conflicts_of(place.file, state.document.record(place.file))
    here = next((one for one in waiting if one.place.path in (place.path, place.path[:2])), None)
    return here or next((one for one in waiting if one.place.path == WHOLE), None)


def settle(state: AppState, conflict: Conflict, side: str) -> Location:
    """Settle a conflict for one side."""
    record = state.document.record(conflict.place.file)
    run_edits(state, settling(record, conflict, side), _("处理冲突"), conflict.place)
    return conflict.place


def settings_conflict_at(state: AppState, row: int) -> SettingsConflict | None:
    """The conflict of the settings that a row of the list of findings is about; it is read anew."""
    keys = {one.key for one in findings_at(state, row, None).open}
    if state.pane != "findings" or not keys & {one.key for one in state.review.settings.undecided}:
        return None
    try:
        return next((one for one in settings_conflicts(state.session.folder) if one.key in keys), None)
    except (FileError, BadFile):
        return None


def settle_setting(state: AppState, conflict: SettingsConflict, side: str) -> None:
    """Settle a conflict of the settings for one side; the rules hold as it says then."""
    folder = state.session.folder
    try:
        settle_settings(folder, conflict, side)
    except (FileError, BadFile) as error:
        state.say(str(error))
        return
    take_settings(state, *settings_or_default(folder))


def take_settings(state: AppState, settings: ReviewSettings, problem: str) -> None:
    """What the folder says about the review is another; ``problem``: why it does not hold, "" where it does."""
    state.live_review.take_settings(settings)
    if problem or settings.undecided:
        sentence = _("审核设置有 {count} 处两边都改了：到“审核”一屏（Alt+6）按 F4 选定")
        state.say(problem or sentence.format(count=len(settings.undecided)))


def side_label(conflict: Conflict, side: str, me: Collection[str] = ()) -> tuple[str, str]:
    """A side of a conflict: what it holds, and whose it is; ``me``: the names of the person who reads it."""
    value, by = conflict.sides[side].value, conflict.sides[side].by
    if conflict.place.path == WHOLE:
        sentence = _("留下这个项目（{who}改过）") if side == OURS else _("删除这个项目（{who}删除了）")
        return sentence.format(who=_("您") if by in me else by or _("对方")), ""
    given = _("{who}的").format(who=by) if by else _("这里的") if side == OURS else _("别人的")
    mine = _("您的") if by in me else given
    return value_in_words(value, is_row=conflict.is_row), _("原来的") if side == BASE else mine


def conflict_in_words(conflict: Conflict, me: Collection[str]) -> str:
    """Everybody's value and the one before: ``甲 60人 / 您 50人 / 原来 41人``."""
    return sides_in_words(conflict.ours, conflict.others, conflict.base, is_row=conflict.is_row, me=me)


def restore_deleted(state: AppState, file: str) -> Location | None:
    """Bring a deleted project back."""
    found = next((one for one in state.session.deleted() if one.file == file), None)
    if found is None:
        return None
    place = Location(file=file)
    if run_edits(state, [AddFile(file=file, record=found.record)], _("恢复项目"), place):
        state.open_project(file)
        return place
    return None
