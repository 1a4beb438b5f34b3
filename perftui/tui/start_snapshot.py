"""The first screen of the next start, drawn without a terminal by the same widgets, as a picture that can be kept."""

from collections.abc import Sequence

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip

from perftui.model.document import Location
from perftui.session.journal.recovery import Recovery
from perftui.session.open_document import OpenDocument
from perftui.store.saver import SaveStatus
from perftui.tui.screens.document_screen import detail_count, is_small
from perftui.tui.screens.status_lines import key_pieces, saved_text, title_pieces
from perftui.tui.state.app_state import AppState
from perftui.tui.state.restore_position import restore
from perftui.tui.user_settings import UserSettings
from perftui.tui.widgets.grid_widget import GridWidget
from perftui.tui.widgets.text_lines import Piece, TextLines
from perftui.tui.widgets.tones import RULED, STYLES
from perftui.viewmodel.detail import detail_lines
from perftui.viewmodel.foot import foot_text
from perftui.viewmodel.grid import GridView, Tone
from perftui.viewmodel.moves import position

_SNAPSHOT_PANES = ("projects", "funds", "plan")
"""Screens whose first look depends on the document and the place alone."""


def first_screen(session: OpenDocument, settings: UserSettings, cols: int, rows: int) -> str | None:
    """What the next start shows first on a terminal of this size, as a frame; ``None`` where that is not known."""
    state = AppState(session, enter_down=settings.enter == "down", review_later=True)
    if settings.problems:
        state.say(settings.problems[0])
    session.recovered = Recovery(position=session.left_at)
    if is_small(cols, rows) or restore(state) is not None or state.pane not in _SNAPSHOT_PANES:
        return None
    count = detail_count(rows)
    sheet = _SnapshotGrid(cols, rows - count - 3)
    sheet.begin(state.view(cols, rows - count - 3), state.places.get(state.pane_key))
    detail = detail_lines(state.shown, sheet.cell, None, state.notice, cols, count)
    foot = foot_text(state.shown, state.file_at_work, saved_text(SaveStatus()))
    strips = [
        *_lines(cols, [title_pieces(state, cols, *position(sheet.view, sheet.at[0]))], RULED),
        *(sheet.render_line(y) for y in range(rows - count - 3)),
        *_lines(cols, [[(line.text, STYLES[line.tone])] for line in detail], count=count),
        *_lines(cols, [[(foot, STYLES[Tone.PLAIN])]], RULED),
        *_lines(cols, [key_pieces(cols, settings.keys, state.pane)]),
    ]
    return _frame(strips, sheet.cursor[0], sheet.cursor[1] + 1)


class _SnapshotGrid(GridWidget):
    """A grid that is on no screen."""

    def __init__(self, cols: int, rows: int) -> None:
        super().__init__()
        self._still = Size(cols, rows)
        self.cursor = (0, 0)

    @property
    def size(self) -> Size:
        return self._still

    def begin(self, view: GridView, place: Location | None) -> None:
        """As on the screen: first without a place, then at the one where the last session was left."""
        self.show(view, anew=True)
        self.show(view, place)

    def refresh(self, *_regions: Region, **_what: bool) -> "_SnapshotGrid":
        return self

    def _put_cursor(self, column: int, line: int) -> None:
        self.cursor = column, line


class _SnapshotLines(TextLines):
    """Lines that are on no screen."""

    def __init__(self, cols: int, count: int, ground: Style | None) -> None:
        super().__init__(count, ground)
        self._still = Size(cols, count)

    @property
    def size(self) -> Size:
        return self._still

    def refresh(self, *_regions: Region, **_what: bool) -> "_SnapshotLines":
        return self


def _lines(cols: int, lines: Sequence[Sequence[Piece]], ground: Style | None = None, *, count: int = 1) -> list[Strip]:
    still = _SnapshotLines(cols, count, ground)
    still.show(lines)
    return [still.render_line(y) for y in range(count)]


def _frame(strips: Sequence[Strip], x: int, y: int) -> str:
    """The strips as one frame on a cleared screen, the cursor left where text goes in."""
    lines = [f"\x1b[{number}H{_written(list(strip))}" for number, strip in enumerate(strips, 1)]
    return "\x1b[m\x1b[2J" + "".join(lines) + f"\x1b[{y + 1};{x + 1}H"


def _written(segments: list[Segment]) -> str:
    """A line without the plain blanks at its end, which are there already."""
    while segments and not segments[-1].text.strip(" ") and not segments[-1].style:
        segments.pop()
    return "".join(
        segment.style.render(segment.text, color_system=ColorSystem.TRUECOLOR) if segment.style else segment.text
        for segment in segments
    )
