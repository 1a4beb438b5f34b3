"""What a file holds where the form's definition is not here: each value under its own key, to be read, not typed."""

from collections.abc import Iterator

from perftui.forms import RecordSpec
from perftui.model.document import Location
from perftui.model.record import CONFLICTS, ORDER, REMARKS, UNREVIEWED, FieldPath, Record
from perftui.model.text import visible
from perftui.model.width import cell_len
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import label_cell
from perftui.viewmodel.grid import CellView, RowView, Tone
from perftui.viewmodel.project_rows import LABEL, heading, labelled_row

_KEPT_APART = (CONFLICTS, REMARKS, UNREVIEWED)


def own_key_rows(shown: DocumentView, file: str, record: Record, width: int) -> list[RowView]:
    """A line for each value that is no field's, under the name of its table or row; none where the form is here."""
    if shown.form.is_known:
        return []
    found: list[RowView] = []
    above = ""
    for path in _paths(record, shown.form.spec_of(file)):
        table = ".".join(path[:-1])
        if table != above:
            found.append(heading(shown, visible(table), width))
        above = table
        found.append(_line(Location(file=file, path=path), visible(record.text(path), lines=True), width))
    return found


def _paths(record: Record, spec: RecordSpec) -> Iterator[FieldPath]:
    known = {one.key for one in spec.head}
    for path in record.paths():
        if len(path) == 1 and path[0] not in known:
            yield path
        elif len(path) > 1 and path[0] not in _KEPT_APART and not (len(path) == 3 and path[2] == ORDER):
            yield path


def _line(place: Location, text: str, width: int) -> RowView:
    key = visible(place.path[-1])
    cell = CellView(text=text, tone=Tone.LOCKED, place=place, label=key, stop=False)
    return labelled_row(label_cell(key), cell, place, min(max(LABEL, cell_len(key)), width // 3), width)
