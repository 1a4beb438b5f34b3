"""What a file holds where the form's definition is not here: each value under its own key, to be read, not typed."""

from perftui.forms import RecordSpec
from perftui.model.document import Location
from perftui.model.record import ORDER, RESERVED, FieldPath, Record
from perftui.model.text import visible
from perftui.model.width import cell_len
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import label_cell
from perftui.viewmodel.grid import CellView, RowView, Tone
from perftui.viewmodel.project_rows import LABEL, heading, labelled_row


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


def _paths(record: Record, spec: RecordSpec) -> list[FieldPath]:
    known = {(one.key,) for one in spec.head}
    return [path for path in record.paths() if path not in known and not _is_kept_apart(path)]


def _is_kept_apart(path: FieldPath) -> bool:
    """Is it a conflict, a mark, a remark, or the place of a row?"""
    return len(path) > 1 and (path[0] in RESERVED or path[2:] == (ORDER,))


def _line(place: Location, text: str, width: int) -> RowView:
    key = visible(place.path[-1])
    cell = CellView(text=text, tone=Tone.LOCKED, place=place, label=key, stop=False)
    return labelled_row(label_cell(key), cell, place, min(max(LABEL, cell_len(key)), width // 3), width)
