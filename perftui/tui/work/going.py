"""Finding places: the next empty or doubtful field, the next finding, a text, a screen."""

from collections.abc import Iterator

from perftui.forms import GroupRole
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.record import Path, Record
from perftui.review.finding import Acceptance, Finding, Severity
from perftui.review.grouping import FindingGroup
from perftui.tui.work.workbench import Workbench
from perftui.viewmodel.shown import Shown


def next_empty(bench: Workbench, here: Location | None) -> Location | None:
    """The next required field that is blank, or that has an error; from the project at hand on, around the end."""
    places = list(_doubtful(bench.shown))
    found = _next(bench.shown, places, here)
    if found is None:
        bench.notice = _("没有空着或有错误的栏了")
    elif here is not None and all(place.file != here.file for place in places):
        name, other = bench.shown.name(here.file), bench.shown.name(found.file)
        bench.notice = _("“{name}”没有空着或有错误的栏了；这里是“{other}”").format(name=name, other=other)
    else:
        bench.notice = ""
    return found


def next_finding(bench: Workbench, here: Location | None) -> Finding | None:
    """The next open finding behind a place, around the end."""
    findings = [finding for finding in bench.review.findings if finding.is_open]
    place = _next(bench.shown, [finding.location for finding in findings], here)
    found = next((finding for finding in findings if finding.location == place), None)
    bench.notice = "" if found else _("没有发现问题")
    return found


def next_undecided(bench: Workbench) -> Location | None:
    """The next of the fields that a merge has just left undecided; each is come to once."""
    waiting = [place for place in bench.undecided if place in bench.shown.index.at]
    bench.undecided = tuple(waiting[1:])
    return waiting[0] if waiting else None


def begin_trail(bench: Workbench, entry: FindingGroup | Acceptance | None) -> str:
    """Go through the places of an entry of the list before other findings; the sentence that says so."""
    bench.trail = entry.places if isinstance(entry, FindingGroup) and entry.finding.is_open else ()
    if len(bench.trail) < 2:
        return ""
    return _("同样的问题有 {count} 处，F7 到下一处").format(count=len(bench.trail))


def next_on_trail(bench: Workbench, here: Location | None) -> Location | None:
    """The next place of the entry that was begun with; ``None`` behind the last, and for whoever went elsewhere."""
    at = next((number for number, place in enumerate(bench.trail) if here and here.is_in(place)), None)
    rest = () if at is None else bench.trail[at + 1 :]
    found = next((place for place in rest if place in bench.shown.index.at), None)
    if found is None:
        bench.trail = ()
        return None
    number = bench.trail.index(found) + 1
    bench.notice = _("第 {number} 处，共 {count} 处").format(number=number, count=len(bench.trail))
    return found


def places_in_order(shown: Shown) -> dict[Location, int]:
    """Every field's place in the document's order."""
    found: dict[Location, int] = {}
    for file, record in shown.document.files():
        for path in _paths(shown, file, record):
            found.setdefault(Location(file=file, path=path), len(found))
    return found


def fields_of(shown: Shown, file: str) -> list[tuple[Location, str, str]]:
    """Every field of a project with its place in words and what it holds."""
    record = shown.document.projects.get(file)
    if record is None:
        return []
    fields = shown.form.spec_of(file).fields(record)
    places = [(Location(file=file, path=path), record.text(path)) for path, _field in fields]
    return [(place, shown.place_label(place), text) for place, text in places]


def _paths(shown: Shown, file: str, record: Record) -> Iterator[Path]:
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


def _doubtful(shown: Shown) -> Iterator[Location]:
    for file, record in shown.document.files():
        for path, field in shown.form.spec_of(file).fields(record):
            place = Location(file=file, path=path)
            findings = shown.index.at.get(place, ())
            blank = field.required and not record.text(path)
            wrong = any(finding.severity is Severity.ERROR for finding in findings)
            if blank or wrong or place in shown.unseen:
                yield place
        yield from _missing_rows(shown, file, record)


def _missing_rows(shown: Shown, file: str, record: Record) -> Iterator[Location]:
    """A project without goals begins with one."""
    if file == DEPARTMENT:
        return
    for group in shown.form.spec_of(file).groups:
        if group.role is GroupRole.GOALS and not record.rows(group.key):
            yield Location(file=file, path=(group.key, "+", group.columns[0].key))


def _next(shown: Shown, places: list[Location], here: Location | None) -> Location | None:
    """The first of the places behind another in the document's order, else the first of all."""
    if not places:
        return None
    order = places_in_order(shown)
    at = -1 if here is None else _position(order, here, -1)
    last = len(order)
    positions = {place: _position(order, place, last) for place in places}
    behind = [place for place in places if positions[place] > at]
    return min(behind or places, key=lambda place: positions[place])


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
