"""The lines around the sheet as styled pieces: screens, project, other people, state of saving, keys."""

import time
from collections.abc import Mapping, Sequence

from rich.style import Style

from perftui.locale import _
from perftui.model.document import DEPARTMENT
from perftui.model.width import cell_len, fit
from perftui.store.saver import SaveState, SaveStatus
from perftui.tui.commands import COMMANDS, key_of, pane_label
from perftui.tui.panes import FORM, LISTS, NUMBER_SHEETS, PANES
from perftui.tui.state.app_state import AppState
from perftui.tui.widgets.text_lines import Piece
from perftui.tui.widgets.tones import BAR, STYLES
from perftui.viewmodel.foot import foot_text
from perftui.viewmodel.grid import CellView, Tone
from perftui.viewmodel.other_users import others_text

_PLAIN = Style.null()


def pane_at(x: int) -> str | None:
    """The screen whose name stands in a column of the title."""
    end = 0
    for number, pane in enumerate(PANES, 1):
        begin, end = end, end + cell_len(pane_label(number, pane)) + 1
        if begin <= x < end - 1:
            return pane
    return None


_LEAST_UNIT = 12
"""From so many cells on there is room for the unit's name behind the year: less of it says nothing."""


def title_pieces(state: AppState, width: int, at: int = 0, count: int = 0) -> list[Piece]:
    """The screens with the one at hand marked, the project or filter, other people; at the right the unit.

    ``at``, ``count``: of a list the row of the cursor, from 1, and how many rows there are.
    """
    pieces: list[Piece] = []
    for number, pane in enumerate(PANES, 1):
        on = pane == state.pane or (pane == "projects" and state.pane == FORM)
        pieces += [(pane_label(number, pane), STYLES[Tone.ACCENT] + BAR if on else _PLAIN), (" ", _PLAIN)]
    if state.is_one_project:
        files = list(state.document.projects)
        named = state.file in files
        title = f"{files.index(state.file) + 1}/{len(files)} {state.shown.name(state.file)}" if named else _("新项目")
        pieces.append((f" {title} ", STYLES[Tone.ACCENT]))
    elif count and state.pane in (*LISTS, *NUMBER_SHEETS):
        pieces.append((f" {at}/{count} ", STYLES[Tone.ACCENT]))
    if state.filter and not state.is_one_project:
        pieces.append((_("筛选：{wanted} ").format(wanted=state.filter), STYLES[Tone.ACCENT]))
    if state.others:
        pieces.append((others_text(state.others, state.shown.name), STYLES[Tone.WARNING]))
    room = width - sum(cell_len(text) for text, _style in pieces)
    year = f" {state.document.year}"
    unit = f"{year} {state.shown.name(DEPARTMENT)}" if room >= _LEAST_UNIT else year
    return [*pieces, (fit(unit, room, "right"), Style(bold=True))] if room >= cell_len(year) else pieces


def key_pieces(width: int, keymap: Mapping[str, str], pane: str) -> list[Piece]:
    """The keys that fit whole into a line; in a list first that Enter opens, and no keys of cells."""
    in_list = pane in LISTS
    pieces = _entering() if in_list else []
    room = width - sum(cell_len(text) for text, _style in pieces)
    shown = [one for one in COMMANDS if one.footer and not (in_list and one.id.startswith("cell."))]
    for one in sorted(shown, key=lambda one: one.footer):
        key, label = key_of(keymap, one.id), _(one.label)
        cells = cell_len(key + label)
        if cells > room:
            break
        pieces += [(key, STYLES[Tone.GROUP]), (label, _PLAIN), (" ", _PLAIN)]
        room -= cells + 1
    return pieces


def _entering() -> list[Piece]:
    """That Enter opens."""
    key, told = _("回车"), _("回车打开")
    return [(key, STYLES[Tone.GROUP]), (told.removeprefix(key), _PLAIN), (" ", _PLAIN)]


def foot_pieces(
    state: AppState, selected: Sequence[Sequence[CellView]] | None, least: tuple[int, int] | None
) -> list[Piece]:
    """The sums, the counts, and the state of saving, which comes first where it failed.

    ``selected``: the cells, where some are; ``least``: the columns and lines that are needed, where there are fewer.
    """
    status = state.session.status
    saved, failed = saved_text(status), status.state is SaveState.FAILED
    if least is not None:
        columns, lines = least
        text = _("窗口太小（至少 {width}x{height}）· {saved}").format(width=columns, height=lines, saved=saved)
    elif failed:
        text = _(" · ").join((saved, _counts(state, selected, "")))
    else:
        text = _counts(state, selected, saved)
    return [(text, STYLES[Tone.ERROR if failed else Tone.PLAIN])]


def _counts(state: AppState, selected: Sequence[Sequence[CellView]] | None, saved: str) -> str:
    """What is selected, left and found, in words; ``saved`` has its place among them."""
    if state.git_job.cancel is not None:
        saved = _(" · ").join(filter(None, (saved, _("git 正在做事"))))
    text = foot_text(state.shown, state.file_at_work, saved, looks=state.live_review.is_behind)
    if selected is None:
        return text
    from perftui.viewmodel.selection import selection_text  # no first screen waits for it

    return _(" · ").join((selection_text(state.shown, selected), text))


def saved_text(status: SaveStatus) -> str:
    """The state of saving, in a few words."""
    at = time.strftime("%H:%M:%S", time.localtime(status.at)) if status.at else ""
    match status.state:
        case SaveState.SAVING:
            return _("保存中…")
        case SaveState.FAILED:
            return _("未能保存：{why}").format(why=status.message)
        case SaveState.UNCONFIRMED:
            return _("已写入 {at}，磁盘未确认").format(at=at)
    return _("已保存 {at}").format(at=at).rstrip()
