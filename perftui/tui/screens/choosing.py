"""F3 and F4: taking a suggestion, and the lists to choose from."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from perftui.editing.entry import EntryRefused
from perftui.locale import _
from perftui.model.document import Location
from perftui.tui.widgets.picker import Item, Picked
from perftui.tui.work.entries import enter, take_offer
from perftui.tui.work.patterns import Choice, choices_at, fill_from, first_offered, patterns, text_of
from perftui.tui.work.workbench import OF_ONE_PROJECT, PENDING
from perftui.viewmodel.grid import Cell

if TYPE_CHECKING:
    from perftui.tui.screens.desk_screen import DeskScreen


def take(screen: "DeskScreen") -> None:
    """Take the dim text of the cell at hand and go on."""
    cell = screen.sheet.cell
    if cell is not None:
        _enter(screen, lambda: take_offer(screen.bench, cell))


def complete(screen: "DeskScreen", cell: Cell, typed: str) -> str | None:
    """The suggestion that goes on with what was typed into a cell; ``None`` and a sentence where there is none."""
    offered = screen.draft_review.offered or first_offered(screen.bench, cell, typed)
    if offered:
        return offered
    screen.say(_("没有与“{typed}”相符的建议").format(typed=typed))
    return None


def choose(screen: "DeskScreen", cell: Cell, category: str) -> None:
    """List what may stand in a cell."""
    choices = choices_at(screen.bench, cell, category)
    if not choices:
        screen.bench.notice = _("这一栏没有可选的词或建议，直接输入")
        return
    _ask(screen, cell.label, choices, lambda picked: _chosen(screen, cell, picked))


def begin_from_pattern(screen: "DeskScreen") -> None:
    """A new project from a skeleton or from another project."""
    _ask(screen, _("新项目照哪个填写"), patterns(screen.bench), lambda picked: _filled(screen, PENDING, picked))


def _ask(screen: "DeskScreen", title: str, choices: list[Choice], picked: Picked) -> None:
    items = [Item(id=one.id, label=one.text, hint=one.why) for one in choices]
    screen.picker.ask(title, items, picked, digits=numbered(items))


def numbered(items: list[Item]) -> dict[str, str]:
    """The first nine items by their digits."""
    return {str(number): item.id for number, item in enumerate(items[:9], 1)}


def _chosen(screen: "DeskScreen", cell: Cell, picked: str) -> None:
    text = text_of(picked)
    if text is None:
        _filled(screen, cell.place.file if cell.place else PENDING, picked)
        return
    _enter(screen, lambda: enter(screen.bench, cell, text))


def _enter(screen: "DeskScreen", act: Callable[[], Location | None]) -> None:
    """Put something into a cell and go on from there; why it is not taken is said."""
    try:
        place = act()
    except EntryRefused as refused:
        screen.say(str(refused))
        return
    if place is not None:
        _show_at(screen, place)
        screen.sheet.next()


def _filled(screen: "DeskScreen", file: str, picked: str) -> None:
    place = fill_from(screen.bench, file, picked)
    screen.show(place)


def _show_at(screen: "DeskScreen", place: Location) -> None:
    if place.file != screen.bench.file and screen.bench.pane in OF_ONE_PROJECT:
        screen.bench.open_project(place.file, screen.bench.pane)
    screen.show(place)
