"""Putting texts into cells: typed, cleared, or taken from a suggestion."""

from collections.abc import Sequence

from perftui.editing.edits import AddFile, CannotApply, Edit, SetValue, apply_to_record
from perftui.editing.entry import EntryRefused, EntryResult, read_as_begun
from perftui.editing.rows import NEW_ROW, add_row
from perftui.forms import GroupRole, Role
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.record import FieldPath, Record
from perftui.session.conflicts import settled_by_hand
from perftui.session.open_document import FileLocked
from perftui.session.unreviewed import looked_at
from perftui.tui.state.app_state import PENDING, AppState
from perftui.tui.state.run_edits import make, only_read, refusal
from perftui.viewmodel.grid import CellView


def enter(state: AppState, cell: CellView, text: str) -> Location | None:
    """Put a typed text into a cell; where the cell is afterwards. Raises EntryRefused."""
    place = cell.place
    if place is None or not cell.editable:
        return place
    if text and not text.strip() and cell.edit_text.strip():  # a blank of an input method is no wish to delete
        state.messages.say_lasting(_("只输入了空白，原来的内容没有动；要清空按 Del"))
        return place
    try:
        edits, after, typed = edits_for(state, cell, text)
        settled = settled_by_hand(state.seen.or_else(state.document), state.document, edits)
        disputed = state.run([*edits, *settled], _("填写{label}").format(label=cell.label), after)
    except (FileLocked, CannotApply) as error:
        raise EntryRefused(refusal(error)) from error
    if is_ghost(place):
        state.born.begin(after)
    state.messages.say_lasting(disputed or typed.note)
    return after


def edits_for(state: AppState, cell: CellView, text: str) -> tuple[list[Edit], Location | None, EntryResult]:
    """The edits that put a text into a cell, and the cell's place afterwards. Raises EntryRefused."""
    place = cell.place
    assert place is not None
    spec = state.shown.form.spec_of(place.file)
    record = state.record_of(place.file)
    begun_in = state.session.form.amount_unit_of(state.seen.or_else(state.document).department)
    typed = read_as_begun(state.session.form, spec, place.path, text, state.shown.unit, begun_in)
    if is_ghost(place):
        return _into_new_row(state, record, cell, typed)
    if typed.value == record.value(place.path):
        return looked_at(state.document, place.file, [place.path]), place, typed  # typed anew, so it was looked at
    values = {place.path: typed.value, **_category_of(state, record, place, typed)}
    if place.file == PENDING:
        for path, value in values.items():
            record = record.with_value(path, value)
        return *_stored(state, record, place.path), typed
    return [SetValue(file=place.file, path=path, value=value) for path, value in values.items()], place, typed


def is_ghost(place: Location) -> bool:
    """Is it a row that is shown but not stored?"""
    return len(place.path) == 3 and place.path[1].startswith(NEW_ROW)


def _into_new_row(
    state: AppState, record: Record, cell: CellView, typed: EntryResult
) -> tuple[list[Edit], Location | None, EntryResult]:
    place = cell.place
    assert place is not None
    prefilled = dict(cell.ghost.values) if cell.ghost else {}
    group, _row_id, key = place.path
    if typed.value is None or prefilled.get(key) == typed.value:
        return [], place, typed
    values = {**prefilled, key: typed.value}
    values.update({path[-1]: value for path, value in _category_of(state, record, place, typed).items()})
    index = min(cell.ghost.index if cell.ghost else 10**6, len(record.rows(group)))
    edits, row_id = add_row(record, place.file, group, values, index)
    path = (group, row_id, key)
    if place.file == PENDING:
        for edit in edits:
            record = apply_to_record(record, edit)
        return *_stored(state, record, path), typed
    return [*edits], Location(file=place.file, path=path), typed


def _stored(state: AppState, record: Record, path: FieldPath) -> tuple[list[Edit], Location]:
    """The new project is stored with the first thing typed into it."""
    file = state.session.new_file(record)
    return [AddFile(file=file, record=record)], Location(file=file, path=path)


def _category_of(state: AppState, record: Record, place: Location, typed: EntryResult) -> dict[FieldPath, str]:
    """The category (first level) that belongs to a typed class (second level), where the form knows the class."""
    spec = state.shown.form.spec_of(place.file)
    group = spec.group(place.path[0]) if len(place.path) == 3 else None
    if group is None or group.role is not GroupRole.INDICATORS or not isinstance(typed.value, str):
        return {}
    level1 = group.key_of(Role.LEVEL1)
    if not level1 or place.path[2] != group.key_of(Role.LEVEL2):
        return {}
    category = spec.taxonomy.category_of(typed.value)
    path = (*place.path[:2], level1)
    return {path: category} if category and record.text(path) != category else {}


def clear(state: AppState, cells: Sequence[CellView]) -> None:
    """Make cells blank, as one step."""
    if not any(cell.editable for cell in cells):
        state.say(only_read())
        return
    places = [cell.place for cell in cells if cell.place and cell.editable and not is_ghost(cell.place)]
    document = state.document
    edits = [
        SetValue(file=place.file, path=place.path, value=None)
        for place in places
        if document.has(place.file) and document.record(place.file).value(place.path) is not None
    ]
    make(state, edits, _("清除 {count} 格").format(count=len(edits)), places[0] if places else None)


def offered_line(state: AppState, place: Location | None) -> tuple[FieldPath, ...]:
    """The places on the line of a place, in one of which a dim text stands; none where none does."""
    if place is None or not place.path:
        return ()
    line = state.shown.form.spec_of(place.file).line_of(place.path)
    return line if any(Location(file=place.file, path=path) in state.shown.offers for path in line) else ()


def take_offer(state: AppState, cell: CellView) -> Location | None:
    """Take the dim text of a cell, of the plan or a sum and its parts all at once. Where the cell is afterwards."""
    place = cell.place
    line = offered_line(state, place)
    if place is None or not line:
        state.say(_("这里没有灰色的建议"))
        return None
    return enter(state, cell, cell.offer) if len(line) == 1 else _take_all(state, place, line)


def _take_all(state: AppState, place: Location, paths: Sequence[FieldPath]) -> Location:
    """Take what is offered in fields that stand on one line; what was copied there is looked at with it."""
    record = state.record_of(place.file)
    offers = {path: state.shown.offers.get(Location(file=place.file, path=path), "") for path in paths}
    taken = {path: offer for path, offer in offers.items() if offer}
    edits: list[Edit] = [SetValue(file=place.file, path=path, value=offer) for path, offer in taken.items()]
    if place.file == PENDING:
        for path, offer in taken.items():
            record = record.with_value(path, offer)
        edits, after = _stored(state, record, paths[-1])
    else:
        edits += settled_by_hand(state.seen.or_else(state.document), state.document, edits)
        edits += looked_at(state.document, place.file, paths)
        after = Location(file=place.file, path=paths[-1])
    label = state.shown.form.spec_of(place.file).label(place.path[:1])
    make(state, edits, _("采纳{label}").format(label=label), after)
    return after
