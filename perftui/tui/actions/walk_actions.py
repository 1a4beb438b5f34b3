"""Walking through what is left, going back, and saying of copied texts that they are right."""

from collections.abc import Sequence

from perftui.editing.edits import Edit, SetValue
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.record import FieldPath, Row
from perftui.model.unreviewed import mark_at, marked_paths
from perftui.session.unreviewed import looked_at, marked_with
from perftui.tui.actions.context import ActionContext
from perftui.tui.state.app_state import AppState
from perftui.tui.state.cell_entry import is_ghost
from perftui.tui.state.run_edits import run_edits
from perftui.tui.state.walk import WalkStep
from perftui.tui.widgets.picker_lines import Item

CONFIRM, CONFIRM_REST, LAST_YEAR, CLEAR = "copied:confirm", "copied:rest", "copied:last", "copied:clear"


def next_left(context: ActionContext) -> None:
    """Go to the next place that is left in the project; from the end of a round, pressed by itself, to the next."""
    state, here = context.state, context.sheet.place
    files = (here.file if here is not None else "", state.file, DEPARTMENT)
    file = next(one for one in files if one and state.shown.document.has(one))
    step = state.walk.step(state.shown, file, here)
    if not step.crosses:
        _take(context, step, here)
        return
    keys = state.walk.keys

    def cross() -> None:
        if state.walk.keys == keys:  # no other key came in the same read
            _take(context, state.walk.cross(state.shown, file), here)
            context.say(state.notice)

    context.sheet.call_later(cross)


def look_again(context: ActionContext) -> None:
    """Go once more to what the end of the round has just told is left in the project."""
    context.state.walk.begin_again()
    next_left(context)


def _take(context: ActionContext, step: WalkStep, here: Location | None) -> None:
    if step.place is not None:
        context.state.walk.remember(here)
        context.go(step.place)
    context.state.say(step.told)


def go_back(context: ActionContext) -> None:
    """Go back to where one was before the last key that went far."""
    place = context.state.walk.back(context.state.shown, context.sheet.place)
    if place is None:
        context.say(_("没有可以返回的地方：Ctrl+G、F7 跳过以后才能返回"))
        return
    if place.path:
        context.go(place)
    else:  # a row of the list of projects
        context.state.go_to_pane("projects")
        context.show(place)


# ---- copied texts


def is_copied(state: AppState, place: Location | None) -> bool:
    """Does a place hold what was copied and nobody has looked at?"""
    return place is not None and bool(state.shown.copied_from(place))


def copied_beside(state: AppState, place: Location | None) -> tuple[FieldPath, ...]:
    """The copied places that are looked at together with one that stands in the document, itself or not."""
    if place is None or not place.path or is_ghost(place) or not state.document.has(place.file):
        return ()
    return _together(state, place)


def confirm(context: ActionContext) -> None:
    """The copied text at the cursor, and what is looked at with it, is right; go on."""
    place = context.sheet.place
    if place is not None:
        _confirm(context, _together(context.state, place), _("核对过了"))


def _together(state: AppState, place: Location) -> tuple[FieldPath, ...]:
    return marked_with(state.shown.form.spec_of(place.file), state.document.record(place.file), place.path)


def _confirm(context: ActionContext, paths: Sequence[FieldPath], label: str) -> None:
    place = context.sheet.place
    assert place is not None
    if run_edits(context.state, looked_at(context.state.document, place.file, paths), label, place):
        context.show(place)
        next_left(context)


def copied_items(state: AppState, place: Location) -> list[Item]:
    """What may be done with a copied text."""
    record = state.document.record(place.file)
    count = len(marked_paths(record))
    whole = _("确认这一行") if len(place.path) == 3 else _("确认这一栏")
    together = len(_together(state, place))
    last = _last_year(state, place)
    return [
        Item(id=CONFIRM, label=whole if together == 1 else _("确认这 {count} 处").format(count=together)),
        Item(id=CONFIRM_REST, label=_("确认本项目其余"), hint=_("共 {count} 处").format(count=count)),
        Item(id=LAST_YEAR, label=_("用去年的"), hint=_("没有去年的内容") if last is None else "，".join(last.values())),
        Item(id=CLEAR, label=_("清空")),
    ]


def do_copied(context: ActionContext, place: Location, picked: str) -> None:
    """Do what was picked of ``copied_items``."""
    state = context.state
    match picked:
        case "copied:confirm":
            confirm(context)
        case "copied:rest":
            _confirm(context, marked_paths(state.document.record(place.file)), _("本项目其余都核对过了"))
        case "copied:last":
            last = _last_year(state, place)
            if last is None:
                context.say(_("没有去年的内容可用"))
            else:
                _put(context, place, dict(last), _("用去年的"))
        case _:
            _put(context, place, dict.fromkeys(_columns(state, place)), _("清空"))


def _put(
    context: ActionContext, place: Location, values: dict[FieldPath, str] | dict[FieldPath, None], label: str
) -> None:
    edits: list[Edit] = [SetValue(file=place.file, path=path, value=value) for path, value in values.items()]
    edits += looked_at(context.state.document, place.file, [place.path])
    run_edits(context.state, edits, label, place)
    context.show(place)


def _columns(state: AppState, place: Location) -> list[FieldPath]:
    """The fields that a mark covers, without a row's category and class."""
    record, spec = state.document.record(place.file), state.shown.form.spec_of(place.file)
    mark = mark_at(record, place.path)
    whole = record.path_named(mark[1]) if mark else place.path
    levels = _levels(state, place)
    return [path for path, _field in spec.fields(record) if path[: len(whole)] == whole and path[-1] not in levels]


def _levels(state: AppState, place: Location) -> set[str]:
    from perftui.forms import Role

    group = state.shown.form.spec_of(place.file).group(place.path[0])
    return {key for role in (Role.LEVEL1, Role.LEVEL2) if group and (key := group.key_of(role))}


def _last_year(state: AppState, place: Location) -> dict[FieldPath, str] | None:
    """What last year's document holds in the fields of a mark; ``None`` where there is none."""
    record = state.document.record(place.file)
    origin = state.suggestions.origin_of(record)
    if origin is None:
        return None
    row: Row | None = origin.row(place.path[0], place.path[1]) if len(place.path) == 3 else None
    if len(place.path) == 3 and row is None:
        return None
    found = {path: origin.text(path) for path in _columns(state, place)}
    return {path: text for path, text in found.items() if text} or None
