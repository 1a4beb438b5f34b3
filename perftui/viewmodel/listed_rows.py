"""The tables of a file: its indicators, or whatever else is listed. Rows are made when they are looked at.

A project may have a thousand rows, and a window shows twenty: widths are found without making cells, from the texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perftui.editing.rows import NEW_ROW, page_rows
from perftui.forms import Field, Group, GroupRole, RecordSpec, Role
from perftui.forms.computed_fields import computed
from perftui.forms.glosses import glossed
from perftui.model.document import Location
from perftui.model.record import Record, Row
from perftui.model.width import cell_len, cell_lens
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import (
    field_cell,
    ghost_cell,
    header_row,
    label_cell,
    locked_cell,
    shown_text,
    shown_texts,
    title_cell,
    titled_widths,
)
from perftui.viewmodel.grid import (
    COMPUTED,
    GAP,
    CellView,
    ListedRows,
    NewRow,
    RowView,
    Tone,
    placed,
    repeated_sign,
)
from perftui.viewmodel.project_rows import heading
from perftui.viewmodel.projects import mark_sign
from perftui.viewmodel.sheet_columns import ColumnWidth, fixed, text_column

_MOST = 40
"""The most cells of a text in a table that are shown in one line."""
_WORST = (Tone.ERROR, Tone.WARNING, Tone.HINT)
_ASKED = 30
"""Rows whose dim texts a column makes room for: finding one takes far longer than reading a text."""


def listed_rows(shown: DocumentView, file: str, record: Record, width: int, *, titled: bool) -> list[Sequence[RowView]]:
    """Every group that is no group of goals, under a header; with its label above where there are several."""
    groups = [group for group in shown.form.project.groups if group.role is not GroupRole.GOALS]
    found: list[Sequence[RowView]] = []
    for group in groups:
        found += table_of(shown, file, record, group, width, titled=titled or len(groups) > 1)
    return found


def table_of(
    shown: DocumentView, file: str, record: Record, group: Group, width: int, *, titled: bool = True
) -> list[Sequence[RowView]]:
    """The rows of one group under their header."""
    titles = [heading(shown, glossed(shown.form, group.label), width)] if titled else []
    header, rows = _Table(shown, file, record, group).rows(width)
    return [[*titles, header], rows]


class _Table:
    """The rows of a group; of indicators with a dim row for every class of the form that has none yet."""

    def __init__(self, shown: DocumentView, file: str, record: Record, group: Group) -> None:
        self._shown, self._file, self._record, self._group = shown, file, record, group
        self._stored = record.rows(group.key)
        new = NewRow(index=len(self._stored))
        self._entries = [*_with_skeleton(shown.form.spec_of(file), group, record), new]
        self._repeats = _repeats(group, self._stored)
        self._sign = repeated_sign(ascii_only=shown.ascii_frames)
        self._made: dict[int, RowView] = {}

    def rows(self, width: int) -> tuple[RowView, Sequence[RowView]]:
        """The header, and the rows below it."""
        key = self._group.key
        titles = [title_cell(title) for title in ("", *_titles(self._group))]
        widths = titled_widths(self._shown, titles, indicator_columns(self._group, width, self._widest()), width)

        def row(number: int) -> RowView:
            made = self._row(number)
            return replace(made, cells=placed(made.cells, widths))

        ids = [entry.id if isinstance(entry, Row) else _ghost_id(self._group, entry) for entry in self._entries]
        below = ListedRows(Location(file=self._file, path=(key,)), ids, row)
        return header_row(self._shown, titles, widths), below

    def _row(self, number: int) -> RowView:
        if number not in self._made:
            entry = self._entries[number]
            self._made[number] = self._stored_row(entry) if isinstance(entry, Row) else self._ghost_row(entry)
        return self._made[number]

    def _stored_row(self, row: Row) -> RowView:
        shown, file, key = self._shown, self._file, self._group.key
        cells = [
            self._told(field_cell(shown, file, (key, row.id, column.key), column, self._record), column, row)
            for column in self._group.columns
        ]
        marks = [cell.tone for cell in cells if cell.tone in _WORST]
        place = Location(file=file, path=(key, row.id))
        worst = shown.index.tone(place) or (min(marks, key=_WORST.index) if marks else None)
        sign = locked_cell(mark_sign(worst), worst or Tone.PLAIN, number=False)
        return RowView(cells=(sign, *cells), key=place, mark=worst, table=key)

    def _told(self, cell: CellView, column: Field, row: Row) -> CellView:
        """A level's cell: dim and with a sign where it repeats the row above."""
        if row.id not in self._repeats.get(column.role, ()):
            return cell
        return replace(cell, tone=Tone.DIM if cell.tone is Tone.PLAIN else cell.tone, sign=self._sign)

    def _ghost_row(self, ghost: NewRow) -> RowView:
        key, row_id = self._group.key, _ghost_id(self._group, ghost)
        cells = [
            ghost_cell(self._shown, self._file, (key, row_id, column.key), column, ghost)
            for column in self._group.columns
        ]
        sign = label_cell(NEW_ROW if row_id == NEW_ROW else "", Tone.DIM)
        return RowView(cells=(sign, *cells), key=Location(file=self._file, path=(key, row_id)), table=key)

    # ---- widths

    def _widest(self) -> list[int]:
        """For each column the cells of its widest text, dim texts of the first rows too."""
        keys = {column.key for column in self._group.columns}
        looked = [number for number, one in enumerate(self._entries)
                  if not isinstance(one, Row) or (number < _ASKED and not keys <= one.values.keys())]  # fmt: skip
        dim = [[cell.shown_text for cell in self._row(number).cells[1:]] for number in looked]
        return [
            max(cell_lens([*self._texts(column), *(row[number] for row in dim)]), default=0)
            for number, column in enumerate(self._group.columns)
        ]

    def _texts(self, column: Field) -> list[str]:
        """What the stored rows show in a column, each text once."""
        key, repeats = column.key, self._repeats.get(column.role, frozenset())
        texts = [str(text) for text in {row.values.get(key, "") for row in self._stored} if text]
        found = list(shown_texts(column, texts, self._shown.unit))
        if repeats:
            again = {row.values.get(key, "") for row in self._stored if row.id in repeats}
            found += [f"{self._sign}{text}" for text in shown_texts(column, list(map(str, again)), self._shown.unit)]
        if column.formula is not None:
            found += [self._computed(column, row) for row in self._stored if key not in row.values]
        return found

    def _computed(self, column: Field, row: Row) -> str:
        value = computed(self._shown.form.spec_of(self._file), self._record, (self._group.key, row.id, column.key))
        return f"{COMPUTED}{shown_text(column, value, self._shown.unit)}"


def _repeats(group: Group, rows: Sequence[Row]) -> Mapping[Role | None, frozenset[str]]:
    """The rows, by id, whose category is that of the row above, and those whose class is too."""
    key1, key2 = group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)
    levels = [(row.values.get(key1, ""), row.values.get(key2, "")) for row in rows]
    pairs = list(zip(rows[1:], levels[1:], levels, strict=False))
    return {
        Role.LEVEL1: frozenset([row.id for row, own, above in pairs if own[0] == above[0]]),
        Role.LEVEL2: frozenset([row.id for row, own, above in pairs if own == above]),
    }


def _ghost_id(group: Group, ghost: NewRow) -> str:
    return f"{NEW_ROW}{dict(ghost.values).get(group.key_of(Role.LEVEL2), '')}"


def indicator_columns(group: Group, width: int, widest: Sequence[int] = ()) -> list[ColumnWidth]:
    """What the mark and the columns need for what stands in them: ``widest`` texts of so many cells."""
    titles = list(map(cell_len, _titles(group)))
    wanted = [_wanted(column, title, cells) for column, title, cells in
              zip(group.columns, titles, widest or [0] * len(titles), strict=True)]  # fmt: skip
    few = (titles, _least(group, 8, 11), _least(group, 6, 8))
    room = width - 1 - GAP * len(group.columns)
    least = next(
        (one for one in (*(_with_level(group, wanted, one) for one in few), *few) if sum(one) <= room), few[-1]
    )
    columns = [ColumnWidth(least=low, wanted=max(low, want)) for low, want in zip(least, wanted, strict=True)]
    return [fixed(1), *columns]


def _wanted(column: Field, title: int, widest: int) -> int:
    """The cells that show a column whole; a name, which is typed first, has room from the beginning."""
    own = text_column(widest, 0, max(column.width, _MOST)).wanted
    return max(title, own, column.width if column.role is Role.NAME else 0)


def _with_level(group: Group, wanted: Sequence[int], least: Sequence[int]) -> list[int]:
    """The least widths, but a category whole: it is what the rows are found by."""
    return [
        max(whole, low) if column.role is Role.LEVEL1 else low
        for column, whole, low in zip(group.columns, wanted, least, strict=True)
    ]


def _titles(group: Group) -> list[str]:
    return [column.label for column in group.columns]


def _least(group: Group, short: int, long: int) -> list[int]:
    return [min(column.width, short if column.width < 16 else long) for column in group.columns]


def _with_skeleton(spec: RecordSpec, group: Group, record: Record) -> list[Row | NewRow]:
    """The stored rows, and a ghost for each missing class where its rows would stand."""
    merged: list[Row | NewRow] = []
    stored = 0  # ghosts are no rows of the record
    for entry in page_rows(spec, group, record.rows(group.key)):
        if isinstance(entry, Row):
            merged.append(entry)
            stored += 1
        else:
            levels = zip((group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)), entry, strict=True)
            merged.append(NewRow(values=tuple(levels), index=stored))
    return merged
