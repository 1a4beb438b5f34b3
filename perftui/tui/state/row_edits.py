"""Rows and projects: new, deleted, moved, copied."""

from collections.abc import Sequence

from perftui.editing.edits import AddFile, Edit
from perftui.editing.rows import add_row, copy_project, drop_project, drop_rows, move_project, move_row
from perftui.forms import Group, GroupRole, Role
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.record import ORDER, FieldPath, Row
from perftui.session.unreviewed import marked
from perftui.tui.panes import PROJECT_SHEETS
from perftui.tui.state.app_state import PENDING, AppState
from perftui.tui.state.cell_entry import is_ghost
from perftui.tui.state.run_edits import run_edits
from perftui.viewmodel.grid import CellView, RowView


def new_row(state: AppState, cell: CellView | None) -> Location | None:
    """A new project from the lists, else a row below the one at hand; where the cursor goes."""
    if state.pane in PROJECT_SHEETS and not state.session.form.has_projects:
        state.say(state.shown.no_project)
        return None
    if state.pane in PROJECT_SHEETS:
        state.open_project(PENDING)
        state.say(_("新项目：输入第一栏就开始保存；在项目名称处按 F4 可照样板填写"))
        return Location(file=PENDING, path=_first_path(state))
    place = cell.place if cell else None
    if place is None or len(place.path) != 3 or is_ghost(place):
        state.say(_("在目标、指标、职责或措施的行里才能插入一行"))
        return None
    return _insert_below(state, place)


def _first_path(state: AppState) -> FieldPath:
    """The first field that a person fills in."""
    return next((field.key,) for field in state.session.form.project.head if not field.hidden)


def _insert_below(state: AppState, place: Location) -> Location | None:
    spec = state.shown.form.spec_of(place.file)
    group = spec.group(place.path[0])
    record = state.document.record(place.file)
    row = record.row(place.path[0], place.path[1])
    if group is None or row is None:
        return None
    index = [one.id for one in record.rows(group.key)].index(row.id) + 1
    edits, row_id = add_row(record, place.file, group.key, _levels(group, row), index)
    key = group.key_of(Role.NAME) or group.columns[0].key
    after = Location(file=place.file, path=(group.key, row_id, key))
    if not run_edits(state, edits, _("插入一行{label}").format(label=group.label), after):
        return None
    state.born.begin(after)
    return after


def _levels(group: Group, row: Row) -> dict[str, str]:
    """What a new indicator row has in common with the one above it."""
    if group.role is not GroupRole.INDICATORS:
        return {}
    keys = [group.key_of(role) for role in (Role.LEVEL1, Role.LEVEL2)]
    return {key: row.text(key) for key in keys if key and row.text(key)}


def delete_rows(state: AppState, rows: Sequence[RowView]) -> None:
    """Delete the projects or rows that grid rows stand for."""
    keys = [row.key for row in rows if row.key is not None]
    document = state.document
    if state.pane in PROJECT_SHEETS:
        files = [key.file for key in keys if key.file in document.projects]
        edits: list[Edit] = [drop_project(file) for file in files]
        names = _("、").join(state.shown.name(file) for file in files)
        place = Location(file=files[0]) if files else None  # undo brings the cursor back to it
        run_edits(state, edits, _("删除项目{names}").format(names=names), place)
        return
    places = dict.fromkeys(
        key
        for key in keys
        if len(key.path) == 2 and document.has(key.file) and document.record(key.file).row(*key.path)
    )
    if not places:
        state.say(_("这里没有可以删除的行：光标放到目标、指标、职责或措施的一行上"))
        return
    edits = [edit for place in places for edit in drop_rows(place.file, place.path[0], [place.path[1]])]
    run_edits(state, edits, _("删除 {count} 行").format(count=len(edits)), next(iter(places)))


def move(state: AppState, row: RowView | None, cell: CellView | None, step: int) -> Location | None:
    """Move a project or a row up (-1) or down (+1)."""
    key = row.key if row else None
    place = cell.place if cell else None
    document = state.document
    if key and state.pane in PROJECT_SHEETS and key.file in document.projects:
        edits = move_project(document, key.file, step)
    elif key and len(key.path) == 2 and document.has(key.file) and document.record(key.file).row(*key.path):
        edits = move_row(document.record(key.file), key.file, key.path[0], key.path[1], step)
    else:
        state.say(_("这一行不能移动：光标放到一个项目、目标、指标、职责或措施上"))
        return place
    if edits:
        run_edits(state, edits, _("上移") if step < 0 else _("下移"), place)
    else:
        state.say(_("已经到头了"))
    return place


def _project_meant(state: AppState, key: Location | None) -> str:
    """The project of a row, or the one that a screen shows alone; "" where several are looked at."""
    if state.pane in PROJECT_SHEETS:
        return key.file if key is not None else ""
    return state.file if state.is_one_project else ""


def duplicate(state: AppState, row: RowView | None) -> Location | None:
    """A copy of the project at hand, or of a row, below it."""
    key = row.key if row else None
    document, form = state.document, state.session.form
    file = _project_meant(state, key)
    if key and len(key.path) == 2 and document.has(key.file) and (stored := document.record(key.file).row(*key.path)):
        record = document.record(key.file)
        index = [one.id for one in record.rows(key.path[0])].index(stored.id) + 1
        values = {name: value for name, value in stored.values.items() if name != ORDER}
        edits, row_id = add_row(record, key.file, key.path[0], values, index)
        run_edits(state, edits, _("复制一行"), key)
        return Location(file=key.file, path=(key.path[0], row_id))
    if file not in document.projects or file == DEPARTMENT:
        state.say(_("先把光标放到要复制的项目或行上"))
        return None
    copy = marked(form, copy_project(document, form, file), state.shown.name(file))
    new = state.session.new_file(copy)
    if run_edits(
        state, [AddFile(file=new, record=copy)], _("复制项目{name}").format(name=state.shown.name(file)), None
    ):
        state.open_project(new)
        return Location(file=new, path=_first_path(state))
    return None
