"""The next place to go to: an open finding, a conflict."""

from collections.abc import Iterator

from perftui.locale import _
from perftui.model.document import Location
from perftui.model.record import FieldPath, Record
from perftui.review.finding import Acceptance, Finding
from perftui.review.grouping import FindingGroup
from perftui.tui.state.app_state import AppState
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.findings import finding_text


def next_finding(state: AppState, here: Location | None) -> Finding | None:
    """The next open finding, around the end: the next at the same place, worst first, else the first behind it."""
    order = places_in_order(state.shown)
    findings = [one for one in state.review.findings if one.is_open]
    findings.sort(key=lambda one: (_position(order, one.location, len(order)), -one.severity))
    found = _behind(findings, order, here, state.route.last)
    state.route.note_finding(found)
    at_place = [one for one in findings if found is not None and one.location == found.location]
    told = "" if found else _("没有发现问题")
    if found is not None and len(at_place) > 1:
        number = _("这一处第 {number} 个问题，共 {count} 个：{message}")
        told = number.format(number=at_place.index(found) + 1, count=len(at_place), message=finding_text(found))
    state.say(told)
    return found


def _behind(
    findings: list[Finding], order: dict[Location, int], here: Location | None, last: Finding | None
) -> Finding | None:
    """The finding behind the one that was gone to last, while the cursor is still there, else behind the place."""
    if last in findings and here is not None and here.is_in(last.location):
        at = findings.index(last)
        return findings[(at + 1) % len(findings)]
    begin = -1 if here is None else _position(order, here, -1)
    behind = (one for one in findings if _position(order, one.location, len(order)) > begin)
    return next(behind, findings[0] if findings else None)


def next_undecided(state: AppState) -> Location | None:
    """The next conflict of the last merge; each is gone to once."""
    return state.route.next_undecided(state.shown.index.at)


def begin_trail(state: AppState, entry: FindingGroup | Acceptance | None) -> str:
    """Go through the places of an entry of the list before other findings; the sentence that says so."""
    places = entry.places if isinstance(entry, FindingGroup) and entry.finding.is_open else ()
    state.route.begin_trail(places)
    return _("同样的问题有 {count} 处，F7 到下一处").format(count=len(places)) if len(places) > 1 else ""


def next_on_trail(state: AppState, here: Location | None) -> Location | None:
    """The next place of the finding opened from the list; ``None`` behind the last, or when the cursor is elsewhere."""
    found = state.route.next_on_trail(here, state.shown.index.at)
    if found is not None:
        trail = state.route.trail
        state.say(_("第 {number} 处，共 {count} 处").format(number=trail.index(found) + 1, count=len(trail)))
    return found


def places_in_order(shown: DocumentView) -> dict[Location, int]:
    """Every field's place in the document's order."""
    found: dict[Location, int] = {}
    for file, record in shown.document.files():
        for path in _paths(shown, file, record):
            found.setdefault(Location(file=file, path=path), len(found))
    return found


def fields_of(shown: DocumentView, file: str) -> list[tuple[Location, str, str]]:
    """Every field of a project with its place in words and what it holds."""
    record = shown.document.projects.get(file)
    if record is None:
        return []
    fields = shown.form.spec_of(file).fields(record)
    places = [(Location(file=file, path=path), record.text(path)) for path, _field in fields]
    return [(place, shown.place_label(place), text) for place, text in places]


def _paths(shown: DocumentView, file: str, record: Record) -> Iterator[FieldPath]:
    spec = shown.form.spec_of(file)
    yield ()
    yield from ((field.key,) for field in spec.head)
    for table, fields in spec.tables.items():
        yield (table,)
        yield from ((table, field.key) for field in fields)
    for group in spec.groups:
        yield (group.key,)
        for row in record.rows(group.key):
            yield (group.key, row.id)
            yield from ((group.key, row.id, column.key) for column in group.columns)


def _position(order: dict[Location, int], place: Location, unknown: int) -> int:
    """A place's number in the document's order; of one that is not stored yet the last number of what it is in."""
    if place in order:
        return order[place]
    for length in range(len(place.path) - 1, -1, -1):
        whole = place.path[:length]
        within = [at for one, at in order.items() if one.file == place.file and one.path[:length] == whole]
        if within:
            return max(within)
    return unknown
