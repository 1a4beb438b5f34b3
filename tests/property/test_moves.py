"""Where the cursor goes in any grid: always to a cell that can be entered and is in sight, and back again."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.geometry import Region, Size

from perftui.model.document import Location
from perftui.model.width import wrap
from perftui.tui.widgets.sheet_widget import Sheet
from perftui.viewmodel import moves
from perftui.viewmodel.grid import CellView, GridView, RowView, addressed, placed

KEYS = (
    "up", "down", "left", "right", "home", "end", "ctrl+home", "ctrl+end", "tab", "shift+tab", "pageup", "pagedown",
    "shift+up", "shift+down", "shift+left", "shift+right",
)  # fmt: skip


@st.composite
def views(draw: st.DrawFn) -> GridView:
    """Grids of labels, cells that Tab passes over and cells that it stops at, in rows of one or several lines."""
    rows = []
    for number in range(draw(st.integers(0, 12))):
        kinds = draw(st.lists(st.sampled_from(["label", "passed", "stop"]), max_size=5))
        tall = draw(st.integers(0, 3)) == 0
        cells = [
            CellView(
                place=None if kind == "label" else Location(file=str(number), path=(str(column),)),
                stop=kind == "stop",
                wrapped=tall,
                text="长" * draw(st.integers(0, 40)) if tall else "短",
            )
            for column, kind in enumerate(kinds)
        ]
        widths = draw(st.lists(st.integers(2, 9), min_size=len(cells), max_size=len(cells)))
        cells = list(placed(cells, widths))
        height = max((len(wrap(cell.text, cell.width)) for cell in cells if cell.wrapped), default=1)
        rows.append(RowView(cells=tuple(cells), height=height))
    width = max((cell.x + cell.width for row in rows for cell in row.cells), default=0)
    line = RowView(cells=(CellView(text="合计", width=4),))
    header = line if draw(st.booleans()) else None
    footer = (line,) * draw(st.integers(0, 2))
    return GridView(rows=rows, header=header, footer=footer, width=width, row_cursor=draw(st.booleans()))


def entered(view: GridView) -> list[moves.Place]:
    return [
        (row, column)
        for row, one in enumerate(view.rows)
        for column, cell in enumerate(one.cells)
        if cell.place is not None
    ]


def stops(view: GridView) -> list[moves.Place]:
    return [(row, column) for row, column in entered(view) if view.rows[row].cells[column].stop]


class Host:
    """Hears what the sheet says, and knows nothing beyond its ends."""

    def cursor_moved(self, cell: CellView | None) -> None:
        pass

    def key_came(self, read: int | None, pause: float | None) -> None:
        pass

    def holds(self, _event: object) -> bool:
        return False

    def give_back(self) -> None:
        pass

    def useless(self, _key: str) -> None:
        pass

    def run_key(self, _key: str) -> bool:
        return False

    def beyond(self, _step: int) -> bool:
        return False

    def at_edge(self, _cell: CellView | None) -> None:
        pass

    def past_end(self, _step: int) -> None:
        pass


class StillSheet(Sheet):
    """A sheet that is on no screen."""

    def __init__(self, size: Size) -> None:
        super().__init__(Host())  # type: ignore[arg-type]
        self._still = size
        self.cursor = (0, 0)

    @property
    def size(self) -> Size:
        return self._still

    def refresh(self, *_regions: Region, **_what: bool) -> "StillSheet":
        return self

    def _put_cursor(self, column: int, line: int) -> None:
        self.cursor = column, line

    def press(self, keys: Sequence[str]) -> None:
        for key in keys:
            self.on_key(events.Key(key, None))


@given(views(), st.lists(st.sampled_from(KEYS), max_size=25), st.integers(4, 40), st.integers(4, 12))
def test_whatever_is_pressed_the_cursor_stands_on_a_cell_in_sight(
    view: GridView, keys: list[str], cols: int, rows: int
) -> None:
    sheet = StillSheet(Size(cols, rows))
    sheet.show(view, anew=True)
    places = entered(view)
    for key in keys:
        sheet.press([key])
        assert sheet.at in places or not places
        column, line = sheet.cursor
        assert 0 <= column < cols
        assert (view.header is not None) <= line < rows - len(view.footer)
    if sheet.at in stops(view) and moves.next_stop(view, sheet.at) is not None:
        before = sheet.at
        sheet.press(["tab", "shift+tab"])
        assert sheet.at == before


@given(views(), st.integers(4, 12))
def test_pages_lead_to_either_end_and_are_no_longer_than_what_is_in_sight(view: GridView, rows: int) -> None:
    sheet = StillSheet(Size(40, rows))
    sheet.show(view, anew=True)
    begins = [0, *addressed(view.rows).ends]
    for key, step, end in (("pagedown", 1, moves.last_row), ("pageup", -1, moves.first_row)):
        before = None
        while sheet.at != before:
            before = sheet.at
            sheet.press([key])
            lines = abs(begins[sheet.at[0]] - begins[before[0]])
            assert lines < sheet._body or sheet.at == moves.vertical(view, before, step)
        assert sheet.at == end(view, sheet.at)


@given(views())
def test_tab_visits_every_stop_once_in_order_and_shift_tab_goes_back(view: GridView) -> None:
    last = len(view.rows) - 1
    beginnings = {1: (0, -1), -1: (last, len(view.rows[last].cells) if view.rows else 0)}
    for step, wanted in ((1, stops(view)), (-1, stops(view)[::-1])):
        visited = []
        at: moves.Place | None = beginnings[step]
        while at is not None and (at := moves.next_stop(view, at, step)) is not None:
            visited.append(at)
        assert visited == wanted


@given(views())
def test_every_move_ends_where_the_cursor_may_stand_and_sideways_has_its_way_back(view: GridView) -> None:
    places = entered(view)
    for at in places:
        for step in (-1, 1):
            aside = moves.sideways(view, at, step)
            for found in (
                aside, moves.vertical(view, at, step), moves.row_end(view, at, step),
                moves.first_row(view, at), moves.last_row(view, at), moves.below_in_table(view, at, 0) or at,
            ):  # fmt: skip
                assert found in places
            assert aside == at or moves.sideways(view, aside, -step) == at
    assert moves.first(view) in places or not places


@given(views())
def test_down_again_and_again_sees_every_row_that_can_be_entered(view: GridView) -> None:
    rows = sorted({row for row, _column in entered(view)})
    if rows:
        at = moves.first_row(view, entered(view)[0])
        seen = [at[0]]
        while (lower := moves.vertical(view, at, 1)) != at:
            at = lower
            seen.append(at[0])
        assert seen == rows
        assert moves.last_row(view, at)[0] == rows[-1]
