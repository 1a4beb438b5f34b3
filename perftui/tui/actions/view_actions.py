"""Going from screen to screen and from place to place: F5, F6, jumping, finding."""

from collections.abc import Sequence
from functools import partial

from perftui.locale import _
from perftui.model.document import Location
from perftui.model.stop_flag import StopFlag
from perftui.tui.actions.context import Action, ActionContext
from perftui.tui.commands import command
from perftui.tui.panes import COMPARISON, PANES
from perftui.tui.state import navigation
from perftui.tui.widgets.picker_lines import Item, numbered
from perftui.viewmodel.grid import CellView
from perftui.viewmodel.text_search import Found

_MOST_FOUND = 200
"""So many places of a text are listed."""
_FEW = 100
"""So many projects are looked through while a key is answered."""


def to_pane(pane: str) -> Action:
    """The action that shows a screen; on the screen itself it says so."""

    def show_pane(context: ActionContext) -> None:
        file, before = context.state.file, context.state.pane
        context.state.go_to_pane(pane)
        context.show()
        if pane == "preview":  # it opens at the project at hand
            context.sheet.go(Location(file=file), at_top=True)
        if before == pane:
            context.say(_("已经在“{screen}”一屏了").format(screen=_(command(f"view.{pane}").label)))

    return show_pane


def next_pane(context: ActionContext) -> None:
    """The next screen in the order of F6."""
    pane = context.state.pane if context.state.pane in PANES else PANES[0]
    to_pane(PANES[(PANES.index(pane) + 1) % len(PANES)])(context)


def compare(context: ActionContext) -> None:
    """This year against the year before."""
    context.state.go_to_pane(COMPARISON)
    context.show()


def open_form(context: ActionContext) -> None:
    """The form of the project under the cursor."""
    row = context.sheet.row
    file = row.key.file if row and row.key and row.key.file in context.state.document.projects else context.state.file
    context.state.open_project(file)
    context.show()


def open_cell(context: ActionContext, cell: CellView) -> None:
    """Go to what a row of a list stands for."""
    context.state.say("")
    place, pane = cell.place, context.state.pane
    if pane == "preview":
        from perftui.viewmodel.preview import page_place

        place = page_place(cell)
    if place is None:
        context.say(_("这一行没有可以打开的地方"))
    elif pane == "projects" and place.file in context.state.document.projects:
        context.state.open_project(place.file)
        context.show()
    elif pane == "findings":
        from perftui.tui.actions.finding_actions import open_row

        open_row(context, place)
    elif pane == COMPARISON and not context.state.document.has(place.file):
        context.say(_("这个项目今年没有了；要接着做，在项目列表里新建"))
    else:
        context.go(place)


# ---- jumping and finding


def jump(context: ActionContext) -> None:
    """List the screens, the projects and the fields of the project at hand, and go to the one picked."""
    shown = context.state.shown
    files = {f"file:{file}": file for file in context.state.document.projects}
    places = {f"place:{number}": one for number, one in enumerate(navigation.fields_of(shown, context.state.file))}
    items = [Item(id=f"view.{pane}", label=_(command(f"view.{pane}").label)) for pane in PANES]
    items += [Item(id=item_id, label=shown.name(file), hint=_("项目")) for item_id, file in files.items()]
    items += [Item(id=item_id, label=label, hint=text) for item_id, (_place, label, text) in places.items()]

    def jumped(picked: str) -> None:
        if picked in places:
            context.go(places[picked][0])
        elif picked in files:
            context.state.open_project(files[picked])
            context.show()
        else:
            context.run(picked)

    context.picker.ask(_("跳到"), items, jumped, digits=numbered(items))


def find(context: ActionContext) -> None:
    """List the places whose text matches what is typed, and go to the one picked."""
    search = _DocumentSearch(context)
    context.picker.ask(_("在整个文本里查找"), [], search.picked, source=search.look)


class _DocumentSearch:
    """What is looked for in a document; among many projects in a thread, and what is found comes when it is found."""

    def __init__(self, context: ActionContext) -> None:
        self._context = context
        self._texts, self._shown = context.state.search, context.state.shown
        self._many = len(self._shown.document.projects) > _FEW
        self._stop = StopFlag()
        self._places: dict[str, Location] = {}

    def look(self, text: str) -> Sequence[Item]:
        """What is found of a text by now."""
        if not self._many:
            return self._items(self._texts.find(self._shown, text, _MOST_FOUND))
        self._stop.set()
        self._places, self._stop = {}, (stop := StopFlag())

        def found(places: Sequence[Found]) -> None:
            if stop is self._stop:
                self._context.picker.bring(self.look, self._items(places))

        find = partial(self._texts.find, self._shown, text, _MOST_FOUND, stop)
        self._context.background("search", find, found)
        return [Item(id=text, label=_("正在找“{text}”…").format(text=text))]

    def picked(self, item: str) -> None:
        """Go to what was picked; where Enter came before what is found, to the first that is."""
        self._stop.set()
        if item not in self._places:
            self._items(self._texts.find(self._shown, item, 1))
        self._context.go(self._places.get(item) or next(iter(self._places.values()), None))

    def _items(self, found: Sequence[Found]) -> list[Item]:
        self._places = {str(number): place for number, (place, _value) in enumerate(found)}
        items = []
        for number, (place, value) in enumerate(found):
            hint = f"{self._shown.name(place.file)} {self._shown.short_place(place)}"
            items.append(Item(id=str(number), label=value, hint=hint))
        return items
