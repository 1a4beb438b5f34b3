"""What a person decides about findings and conflicts: accept, fix, settle, and read a rule's page."""

from perftui.desk.conflicts import Conflict, conflicts_of, settling
from perftui.desk.person import person
from perftui.desk.reviewing import accept_finding
from perftui.editing.edits import AddFile, SetValue
from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.document import Location
from perftui.review.finding import Finding
from perftui.store.problem import BadFile
from perftui.tui.work.running import run_edits
from perftui.tui.work.workbench import Workbench

SIDES = ("ours", "theirs", "base")
"""The sides of a conflict in the order of their digits."""


def finding_at(bench: Workbench, place: Location | None) -> Finding | None:
    """The worst open finding at a place."""
    findings = bench.shown.index.at.get(place, ()) if place else ()
    return findings[0] if findings else None


def apply_fix(bench: Workbench, place: Location | None) -> Location | None:
    """Put right what review knows a safe way for, at a place."""
    findings = bench.shown.index.at.get(place, ()) if place else ()
    fix = next((finding.fix for finding in findings if finding.fix is not None), None)
    if place is None or fix is None:
        bench.notice = _("这里没有可以放心自动修正的问题")
        return place
    edit = SetValue(file=place.file, path=fix.path, value=fix.text or None)
    run_edits(bench, [edit], _("照审核建议修正"), place)
    return place


def accept(bench: Workbench, finding: Finding, reason: str) -> None:
    """Let a finding stand, with a reason and one's name."""
    if not reason:
        bench.notice = _("没有写理由，没有接受")
        return
    try:
        settings = accept_finding(bench.desk.folder, bench.review.settings, finding, reason, person())
    except FileError as error:
        bench.notice = str(error)
        return
    except BadFile as error:
        bench.notice = error.reason
        return
    from perftui.review.engine import review_document  # the start does not wait for the rules

    bench.review = review_document(bench.desk.document, bench.desk.form, settings)
    bench.forget()
    bench.notice = _("已接受，记在 review.toml 里")


def page_of(finding: Finding) -> list[str]:
    """The lines that explain the rule of a finding."""
    from perftui.review.catalogue import rule_of
    from perftui.viewmodel.rule_page import rule_lines

    rule = rule_of(finding.rule)
    return [] if rule is None else list(rule_lines(rule))


def conflict_at(bench: Workbench, place: Location | None) -> Conflict | None:
    """The conflict that waits to be settled at a place, or in its row."""
    if place is None or not bench.desk.document.has(place.file):
        return None
    waiting = conflicts_of(place.file, bench.desk.document.record(place.file))
    return next((one for one in waiting if one.place.path in (place.path, place.path[:2])), None)


def settle(bench: Workbench, conflict: Conflict, side: str) -> Location:
    """Settle a conflict for one side."""
    record = bench.desk.document.record(conflict.place.file)
    run_edits(bench, settling(record, conflict, side), _("处理冲突"), conflict.place)
    return conflict.place


def side_label(conflict: Conflict, side: str) -> tuple[str, str]:
    """A side of a conflict in words: whose it is, and what it holds."""
    value = {"ours": conflict.ours, "theirs": conflict.theirs, "base": conflict.base}[side]
    whose = {
        "ours": _("用这里的"),
        "theirs": _("用{who}的").format(who=conflict.theirs_by or _("对方")),
        "base": _("恢复原来的"),
    }[side]
    if value is None:
        return _("（删除）") if conflict.is_row else _("（空白）"), whose
    return "，".join(str(part) for part in value.values()) if isinstance(value, dict) else str(value), whose


def restore_deleted(bench: Workbench, file: str) -> Location | None:
    """Bring a deleted project back."""
    found = next((one for one in bench.desk.deleted() if one.file == file), None)
    if found is None:
        return None
    target = file if not bench.desk.document.has(file) else bench.desk.new_file(found.record)
    if run_edits(bench, [AddFile(file=target, record=found.record)], _("恢复项目"), Location(file=target)):
        bench.open_project(target)
        return Location(file=target)
    return None
