"""The next place to go to: an open finding, a conflict."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

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
    if state.shown.hurried:
        state.say(_("还在审核，审完再按 F7"))
        return None
    if state.live_review.known is None:
        state.review  # the rules are asked now  # noqa: B018
    found = _behind(state.shown, here, state.route.last)
    state.route.note_finding(found)
    same_file = [] if found is None else in_order(state.shown, found.location.file)
    at_place = [one for one in same_file if found is not None and one.location == found.location]
    sentence = "" if found else _("没有发现问题")
    if found is not None and len(at_place) > 1:
        number = _("这一处第 {number} 个问题，共 {count} 个：{message}")
        sentence = number.format(
            number=at_place.index(found) + 1, count=len(at_place), message=finding_text(state.shown, found)
        )
    state.say(sentence)
    return found


@lru_cache(maxsize=2)
def in_order(shown: DocumentView, file: str) -> Sequence[Finding]:
    """The open findings of a file: in the order of its page, the worst of a place first."""
    known = shown.index.files.get(file)
    found = [one for one in known.findings if one.accepted is None] if known is not None else []
    ranks = [(number, -one.severity) for number, one in zip(_numbers(shown, file, found), found, strict=True)]
    return [found[at] for at in sorted(range(len(found)), key=ranks.__getitem__)]


def _numbers(shown: DocumentView, file: str, findings: Sequence[Finding]) -> list[int]:
    """Where findings of a file stand on its page."""
    order = _places_in_order(shown, file)
    known = [order.get(one.location.path, -1) for one in findings]
    last = len(order)
    return [
        number if number >= 0 else _position(order, one.location.path, last)
        for number, one in zip(known, findings, strict=True)
    ]


def _behind(shown: DocumentView, here: Location | None, last: Finding | None) -> Finding | None:
    """The finding behind the one that was gone to last, while the cursor is still there, else behind the place.

    Only files on the way to it are looked at.
    """
    if here is None:
        return next(_findings_from(shown, "", 0), None)
    own = in_order(shown, here.file)
    if last is not None and last in own and here.is_in(last.location):
        return next(_findings_from(shown, here.file, own.index(last) + 1), None)
    order = _places_in_order(shown, here.file)
    begin = _position(order, here.path, -1)
    before = sum([number <= begin for number in _numbers(shown, here.file, own)])
    return next(_findings_from(shown, here.file, before), None)


def _findings_from(shown: DocumentView, file: str, number: int) -> Iterator[Finding]:
    """The findings from the ``number``-th of a file on, around the end."""
    yield from in_order(shown, file)[number:]
    files = [one for one, _record in shown.document.files()]
    files += [one for one in shown.index.files if not shown.document.has(one)]
    behind = files.index(file) + 1 if file in files else 0
    for other in (*files[behind:], *files[:behind]):
        if other in shown.index.files:
            yield from in_order(shown, other)


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


@lru_cache(maxsize=2)
def _places_in_order(shown: DocumentView, file: str) -> dict[FieldPath, int]:
    """Every place of a file with its number; nothing where it is none of the document's."""
    if not shown.document.has(file):
        return {}
    return {path: number for number, path in enumerate(_paths(shown, file, shown.document.record(file)))}


def fields_of(shown: DocumentView, file: str) -> list[tuple[Location, str, str]]:
    """Every field of a project with its place in words and what it holds."""
    record = shown.document.projects.get(file)
    if record is None:
        return []
    fields = shown.form.spec_of(file).fields(record)
    places = [(Location(file=file, path=path), record.text(path)) for path, _field in fields]
    return [(place, shown.place_label(place), text) for place, text in places]


def _paths(shown: DocumentView, file: str, record: Record) -> list[FieldPath]:
    spec = shown.form.spec_of(file)
    found: list[FieldPath] = [(), *[(field.key,) for field in spec.head]]
    for table, fields in spec.tables.items():
        found += [(table,), *[(table, field.key) for field in fields]]
    for group in spec.groups:
        ends = [(), *[(column.key,) for column in group.columns]]
        found += [(group.key,), *[(group.key, row.id, *end) for row in record.rows(group.key) for end in ends]]
    return found


def _position(order: dict[FieldPath, int], path: FieldPath, unknown: int) -> int:
    """A place's number in its file; of one that is not stored yet the last number of what it is in."""
    if path in order:
        return order[path]
    for length in range(len(path) - 1, -1, -1):
        within = [at for one, at in order.items() if one[:length] == path[:length]]
        if within:
            return max(within)
    return unknown
