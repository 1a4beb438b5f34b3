"""F3 and F4: taking a suggestion, and the lists to choose from."""

from collections.abc import Callable

from perftui.editing.entry import EntryRefused
from perftui.editing.rows import NEW_ROW
from perftui.forms import GroupRole, Role
from perftui.locale import _
from perftui.model.conflicts import WHOLE
from perftui.model.document import Location
from perftui.session.conflicts import Conflict
from perftui.session.settings_conflicts import SettingsConflict
from perftui.tui.actions import walk_actions
from perftui.tui.actions.context import ActionContext
from perftui.tui.state import review_decisions
from perftui.tui.state.app_state import PENDING
from perftui.tui.state.cell_entry import enter, offered_line, take_offer
from perftui.tui.state.run_edits import only_read, place_is_gone
from perftui.tui.state.templates import Choice, available_templates, choices_at, fill_from, first_offered, text_of
from perftui.tui.widgets.picker_lines import Item, Picked, numbered
from perftui.viewmodel.grid import CellView


def take(context: ActionContext) -> None:
    """Take things as they stand: copied texts, which are right then, or the dim text of the cell; go on.

    With nothing to take where the walk has just told what is left it goes there.
    """
    cell = context.sheet.cell
    if cell is None or not cell.editable:
        context.say(only_read())
    elif not offered_line(context.state, cell.place) and walk_actions.copied_beside(context.state, cell.place):
        walk_actions.confirm(context)
    elif not offered_line(context.state, cell.place) and context.state.walk.is_round_over():
        walk_actions.look_again(context)
    else:
        _enter(context, lambda: take_offer(context.state, cell))


def stands_with_others(context: ActionContext, cell: CellView) -> bool:
    """Is there more than a cell that F3 takes at it: a line of amounts, the plan, copied texts looked at together?"""
    place = cell.place
    if place is None or not context.state.document.has(place.file):
        return False
    line = context.state.shown.form.spec_of(place.file).line_of(place.path)
    return len(line) > 1 or len(walk_actions.copied_beside(context.state, place)) > 1


def continued(context: ActionContext, cell: CellView, typed: str, offered: str) -> str:
    """The suggestion that continues the typed text, ``offered`` being shown already; "" where there is none.

    A number is whole at every digit: only one that is shown is taken in its place.
    """
    return offered or ("" if cell.number else first_offered(context.state, cell, typed))


def choose(context: ActionContext) -> None:
    """List the sides of a conflict, or what may stand in the cell at hand."""
    cell = context.sheet.cell
    conflict = review_decisions.conflict_at(context.state, context.sheet.place)
    of_settings = review_decisions.settings_conflict_at(context.state, context.sheet.at[0])
    if conflict is not None:
        _settle(context, conflict)
    elif of_settings is not None:
        _settle_setting(context, of_settings)
    elif cell is not None and cell.editable:
        _choose_text(context, cell)
    else:
        context.say(only_read())


def _settle(context: ActionContext, conflict: Conflict) -> None:
    def chosen(side: str) -> None:
        context.go(review_decisions.settle(context.state, conflict, side))

    _ask_side(context, conflict, _while_there(context, chosen))


def _settle_setting(context: ActionContext, conflict: SettingsConflict) -> None:
    def chosen(side: str) -> None:
        review_decisions.settle_setting(context.state, conflict, side)
        context.show()

    _ask_side(context, conflict.told, chosen)


def _ask_side(context: ActionContext, conflict: Conflict, chosen: Callable[[str], None]) -> None:
    me = context.state.views.own_names
    labels = {side: review_decisions.side_label(conflict, side, me) for side in conflict.sides}
    items = [Item(id=side, label=label, hint=whose) for side, (label, whose) in labels.items()]
    title = _("用哪个？{sides}").format(sides=review_decisions.conflict_in_words(conflict, me))
    if conflict.place.path == WHOLE:
        title = _("这个项目留不留？")
    context.picker.ask(title, items, chosen, digits=numbered(items))


def _choose_text(context: ActionContext, cell: CellView) -> None:
    choices = choices_at(context.state, cell, _category(context, cell))
    place = cell.place
    if place is not None and walk_actions.is_copied(context.state, place):
        _choose_copied(context, cell, place, choices)
    elif choices:
        chosen = _while_there(context, lambda picked: _chosen(context, cell, picked))
        _ask(context, cell.label, choices, chosen)
    else:
        context.say(_("这一栏没有可选的词或建议，直接输入"))


def _choose_copied(context: ActionContext, cell: CellView, place: Location, choices: list[Choice]) -> None:
    """What may be done with a copied text, before what else may stand there."""
    own = walk_actions.copied_items(context.state, place)
    items = [*own, *(Item(id=one.id, label=one.text, hint=one.why) for one in choices)]

    def picked(item: str) -> None:
        if any(item == one.id for one in own):
            walk_actions.do_copied(context, place, item)
        else:
            _chosen(context, cell, item)

    source = context.state.shown.copied_from(place)
    context.picker.ask(
        _("照抄自“{source}”").format(source=source), items, _while_there(context, picked), digits=numbered(items)
    )


def _while_there(context: ActionContext, picked: Picked) -> Picked:
    """An answer about the place at the cursor; where somebody deletes that meanwhile, it changes no other place."""
    place = context.sheet.place

    def answered(item: str) -> None:
        if context.sheet.place == place:
            picked(item)
        else:
            context.say(place_is_gone())

    return answered


def _category(context: ActionContext, cell: CellView) -> str:
    """The category that an indicator's row shows, of which its class is one; "" elsewhere."""
    place = cell.place
    if place is None or len(place.path) != 3:
        return ""
    group = context.state.shown.form.spec_of(place.file).group(place.path[0])
    if group is None or group.role is not GroupRole.INDICATORS:
        return ""
    row = context.sheet.row
    level1 = group.key_of(Role.LEVEL1)
    return next((one.text for one in row.cells if one.place and one.place.path[-1:] == (level1,)), "") if row else ""


def begin_from_template(context: ActionContext) -> None:
    """A new project from a template or from another project."""
    _ask(
        context,
        _("新项目照哪个填写"),
        available_templates(context.state),
        lambda picked: _filled(context, PENDING, picked),
    )


def _ask(context: ActionContext, title: str, choices: list[Choice], picked: Picked) -> None:
    items = [Item(id=one.id, label=one.text, hint=one.why) for one in choices]
    context.picker.ask(title, items, picked, digits=numbered(items))


def _chosen(context: ActionContext, cell: CellView, picked: str) -> None:
    text = text_of(picked)
    if text is None:
        _filled(context, cell.place.file if cell.place else PENDING, picked)
        return
    _enter(context, lambda: enter(context.state, cell, text))


def _enter(context: ActionContext, act: Callable[[], Location | None]) -> None:
    """Put something into a cell and go on to the next; a refusal is said."""
    try:
        place = act()
    except EntryRefused as refused:
        context.say(str(refused))
        return
    if place is not None:
        context.state.follow(place)
        context.show(place)
        context.sheet.next()
        _name_first(context)


def _name_first(context: ActionContext) -> None:
    """On the line of a new row come to its name: what is typed next is no category of it."""
    place = context.sheet.place
    if place is None or len(place.path) != 3 or place.path[1] != NEW_ROW:
        return
    group = context.state.shown.form.spec_of(place.file).group(place.path[0])
    if group is not None:
        context.show(Location(file=place.file, path=(*place.path[:2], group.entry.key)))


def _filled(context: ActionContext, file: str, picked: str) -> None:
    context.show(fill_from(context.state, file, picked))
