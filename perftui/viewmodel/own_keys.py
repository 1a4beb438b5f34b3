"""What a file holds where the form's definition is not here: each value under its own key, to be read, not typed."""

from collections.abc import Iterator

from perftui.forms import RecordSpec
from perftui.model.document import Location
from perftui.model.record import CONFLICTS, ORDER, REMARKS, UNREVIEWED, FieldPath, Record, plain_text
from perftui.model.text import visible
from perftui.model.width import cell_len
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import CARET, GAP, CellView, RowView, Tone, placed, wrapped_row
from perftui.viewmodel.project_rows import heading

_KEPT_APART = (CONFLICTS, REMARKS, UNREVIEWED)


def own_key_rows(shown: DocumentView, file: str, record: Record, width: int) -> list[RowView]:
    """A line for each value that is no field's, under the name of its table or row; none where the form is here."""
    if shown.form.is_known:
        return []
    found: list[RowView] = []
    above = ""
    for path, text in _values(record, shown.form.spec_of(file)):
        table = ".".join(path[:-1])
        if table != above:
            found.append(heading(shown, visible(table), width))
        above = table
        found.append(_line(Location(file=file, path=path), visible(text, lines=True), width))
    return found


def _values(record: Record, spec: RecordSpec) -> Iterator[tuple[FieldPath, str]]:
    known = {one.key for one in spec.head}
    yield from (((key,), plain_text(value)) for key, value in record.head.items() if key not in known)
    for table, values in record.tables.items():
        if table not in _KEPT_APART:
            yield from (((table, key), plain_text(value)) for key, value in values.items())
    for group in record.groups:
        for row in record.rows(group) if group not in _KEPT_APART else ():
            yield from (((group, row.id, key), plain_text(row.values[key])) for key in row.values if key != ORDER)


def _line(place: Location, text: str, width: int) -> RowView:
    key = visible(place.path[-1])
    label = CellView(text=key, tone=Tone.LABEL)
    cell = CellView(text=text, tone=Tone.LOCKED, place=place, label=key, wrapped=True, stop=False)
    taken = min(max(14, cell_len(key)), width // 3)
    return wrapped_row(placed([label, cell], [taken, max(10, width - taken - GAP - CARET)]), place)
