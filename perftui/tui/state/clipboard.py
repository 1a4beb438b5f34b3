"""Copying, pasting and filling blocks of cells."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from perftui.editing.edits import AddFile, Edit, apply_all
from perftui.editing.paste import PastePlan, nothing_found
from perftui.editing.paste_cells import CellText, plan_cells
from perftui.editing.paste_projects import NEW_PROJECT, plan_projects
from perftui.editing.paste_rows import RowTarget, plan_rows
from perftui.exchange.tabular import Block, format_block, parse_block
from perftui.forms import Group, GroupRole, Kind, Role
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.text import strip_number
from perftui.session.journal.entries import Offer
from perftui.tui.panes import NUMBER_SHEETS
from perftui.tui.state.app_state import PENDING, AppState
from perftui.tui.state.cell_entry import clear, is_ghost
from perftui.tui.state.paste_labels import form_labels
from perftui.tui.state.run_edits import make, run_edits
from perftui.viewmodel.grid import CellView, GridView, RowView
from perftui.viewmodel.moves import Place
from perftui.viewmodel.paste_preview import summary

_ALIKE = (Kind.AMOUNT, Kind.PERCENT, Kind.INTEGER)
"""Kinds of which one field's value makes sense in another,"""
_ALIKE_IN_ROW = (*_ALIKE, Kind.TEXT, Kind.LONG_TEXT)
"""and in another field of the same row."""


class Selection(Protocol):
    """What filling needs of a sheet."""

    view: GridView

    @property
    def selection(self) -> tuple[int, int, int, int]:
        """Top, left, bottom, right."""


# ---- copying


def copy(state: AppState, cells: Sequence[Sequence[CellView]]) -> str:
    """Keep the texts of cells; the block as text, tabs between cells and a line a row."""
    state.keep_clip([[cell.edit_text for cell in row] for row in cells])
    count = sum(len(row) for row in state.clip)
    state.say(_("复制了 {count} 格").format(count=count))
    return format_block(state.clip)


def cut(state: AppState, cells: Sequence[Sequence[CellView]]) -> str:
    """Keep the texts of cells and make them blank."""
    text = copy(state, cells)
    clear(state, [cell for row in cells for cell in row])
    return text


def take_clip(state: AppState, *, put_in: bool = True) -> str:
    """What was copied or kept, as text; where it is put in, it is held no more."""
    clip = state.clip
    if put_in:
        state.clip_taken()
    return clip[0][0] if len(clip) == 1 and len(clip[0]) == 1 else format_block(clip)


# ---- pasting


def plan_clip(state: AppState, view: GridView, at: Place) -> PastePlan | None:
    """What pasting what was copied inside would do: every cell goes where it falls. ``None`` where nothing was."""
    if not state.clip:
        state.say(_("程序里还没有复制过内容；从别处粘贴请用终端的粘贴：鼠标右键，或 Shift+Ins"))
        return None
    return _plan(state, view, at, state.clip, state.clip_unit, matched=False)


def replaces_much(plan: PastePlan) -> bool:
    """Would several filled cells be replaced? One alone is seen, and undone by a key."""
    return sum(bool(cell.old) and cell.old != cell.text and not cell.refusal for cell in plan.cells) > 1


def run_clip(state: AppState, plan: PastePlan) -> Location | None:
    """Paste what was copied inside. The place where the cursor goes."""
    place = run_plan(state, plan)
    if place is not None:
        state.clip_taken()
    return place


def plan_paste(state: AppState, view: GridView, at: Place, text: str) -> PastePlan:
    """What a block that came from the terminal, Excel's or WPS's, would do."""
    return _plan(state, view, at, parse_block(text), state.shown.unit, matched=True)


def run_plan(state: AppState, plan: PastePlan, held: Offer | None = None) -> Location | None:
    """Do what was planned as one step; what is left over can be pasted elsewhere. Where the cursor goes.

    ``held``: how the journal has the whole; where nothing can be changed any more, it has it still.
    """
    edits, renamed = _stored(state, plan)
    first = next((cell.place for cell in plan.cells if cell.place and not cell.refusal), None)
    place = None if first is None else replace(first, file=renamed.get(first.file, first.file))
    if place is not None and len(place.path) == 3 and not place.path[1]:
        place = _first_row(plan.edits, place)
    sentence = _("{what}（Ctrl+Z 撤销）").format(what=summary(plan))
    done = make(state, edits, _("粘贴 {count} 格").format(count=plan.taken), place, sentence)
    if edits and not done:
        return None
    if held is not None:
        state.session.let_go(held)
    if not done and plan.left_over:
        state.say(summary(plan))
    for one in reversed(plan.refused):
        state.session.hold(one.place or Location(file=state.file), one.text)
    for text in reversed(plan.outside):
        state.session.hold(Location(file=state.file), text)
    if done and place is not None:
        state.follow(place)
    return place if done else None


def _plan(state: AppState, view: GridView, at: Place, block: Block, unit: str, *, matched: bool) -> PastePlan:
    """``unit``: of the block's amounts. What was copied before somebody changed the document's has the one of then."""
    cell = view.rows[at[0]].cells[at[1]] if at[0] < len(view.rows) else None
    if cell is None or cell.place is None or not cell.editable:
        return nothing_found(block)
    if state.pane in NUMBER_SHEETS:
        return _into_projects(state, view, at, block, unit, matched=matched)
    if state.is_one_project:
        return _into_project(state, view, at, block, unit, matched=matched)
    return _into_cells(state, view, at, block, unit, matched=matched)


def _into_projects(state: AppState, view: GridView, at: Place, block: Block, unit: str, *, matched: bool) -> PastePlan:
    files = [row.key.file for row in view.rows if row.key]
    cells = [cell for cell in view.rows[at[0]].cells if cell.place and cell.editable]
    column = cells.index(view.rows[at[0]].cells[at[1]])
    paths = [cell.place.path for cell in cells if cell.place]
    form = state.session.form
    return plan_projects(
        state.document, form, files, paths, (at[0], column), block, form_labels(form.id), unit,
        matched=matched,
    )  # fmt: skip


def _into_project(state: AppState, view: GridView, at: Place, block: Block, unit: str, *, matched: bool) -> PastePlan:
    """Into the form or the indicators of a project: by labels, by the header or classes, else where the cells fall."""
    form = state.session.form
    if matched and (plan := _by_labels(state, block)) is not None:
        return plan
    here = view.rows[at[0]].cells[at[1]].place
    group = form.project.group(here.path[0]) if here and len(here.path) == 3 else None
    if group is None:
        return _into_cells(state, view, at, block, unit, matched=matched)
    start = _at_in(group, view, at, here)
    targets = _targets(group, view)
    return plan_rows(form, state.file, state.record, group, targets, start, block, unit, blanks=not matched)


def _by_labels(state: AppState, block: Block) -> PastePlan | None:
    """A block that brings its labels or the titles of its columns along, read as a file would be."""
    from perftui.session.pasted_text import plan_indicators, plan_read  # the reader is loaded when something is pasted

    form = state.session.form
    given = state.with_pending, form, state.file, block, form_labels(form.id), state.shown.unit
    return plan_read(*given) or plan_indicators(*given)


def is_block(state: AppState, cell: CellView, text: str) -> bool:
    """Does a pasted text go over several cells: a table, lines for a cell of one, numbered goals, a duty's lines?"""
    inner = text.rstrip("\r\n")
    lines = "\n" in inner or "\r" in inner
    if "\t" in inner or not lines or not cell.multiline:
        return "\t" in inner or lines
    if cell.place is None:
        return False
    return _are_goals(state, cell.place, inner) or _as_duty(state, cell.place, parse_block(text)) is not None


def _are_goals(state: AppState, here: Location, text: str) -> bool:
    """Are these goals one under another, each with its number, for a group that has several?"""
    group = state.session.form.spec_of(here.file).group(here.path[0]) if len(here.path) == 3 else None
    if group is None or group.role is not GroupRole.GOALS or group.single:
        return False
    return all(strip_number(line.strip())[0] for line in text.splitlines() if line.strip())


def _as_duty(state: AppState, here: Location, block: Block) -> PastePlan | None:
    """Lines as the form prints a row of the department, read as a file would be."""
    from perftui.session.pasted_text import plan_duties

    group = state.session.form.department.group(here.path[0])
    if here.file != DEPARTMENT or group is None or len(here.path) != len(("group", "row", "key")):
        return None
    return plan_duties(state.document, state.session.form, block, group, here.path[1])


def _targets(group: Group, view: GridView) -> list[RowTarget]:
    return [
        RowTarget(row_id=row.key.path[1], values=_begins_with(row))
        for row in view.rows
        if row.key and len(row.key.path) == 2 and row.key.path[0] == group.key
    ]


def _begins_with(row: RowView) -> dict[str, str]:
    return next((dict(cell.ghost.values) for cell in row.cells if cell.ghost), {})


def _at_in(group: Group, view: GridView, at: Place, here: Location | None) -> tuple[int, int]:
    """The cursor's row and column among a group's; its beginning where the cursor stands elsewhere."""
    if here is None or here.path[0] != group.key or len(here.path) != 3:
        return 0, 0
    row = [target.row_id for target in _targets(group, view)].index(here.path[1])
    return row, [column.key for column in group.columns].index(here.path[2])


def _into_cells(state: AppState, view: GridView, at: Place, block: Block, unit: str, *, matched: bool) -> PastePlan:
    here = view.rows[at[0]].cells[at[1]].place
    if matched and here is not None and (plan := _as_duty(state, here, block)) is not None:
        return plan
    if matched and (text := _long_text(state, view, at, block)) is not None:
        return plan_cells(state.with_pending, state.session.form, [text], unit)
    texts: list[CellText] = []
    outside: list[str] = []
    for number, row in enumerate(block, at[0]):
        cells = [cell for cell in _cells_from(view, at, number) if _is_beside(here, cell.place)]
        pairs = zip(cells, row, strict=False)
        texts += [_text(cell, text) for cell, text in pairs if text.strip() or not matched]
        outside += [text for text in row[len(cells) :] if text.strip()]
    plan = plan_cells(state.with_pending, state.session.form, texts, unit)
    return replace(plan, outside=(*plan.outside, *outside))


def _long_text(state: AppState, view: GridView, at: Place, block: Block) -> CellText | None:
    """Several lines that are one text, for the cell of a long text; ``None`` for any other block or cell."""
    cell = view.rows[at[0]].cells[at[1]]
    one = state.session.form.spec_of(cell.place.file).field(cell.place.path) if cell.place else None
    if one is None or one.kind is not Kind.LONG_TEXT or len(block) < 2 or any(len(row) != 1 for row in block):
        return None
    return _text(cell, "\n".join(text for (text,) in block).strip("\n"))


def _is_beside(here: Location | None, place: Location | None) -> bool:
    """Are two cells of one group of fields: of one table, of one group's rows, or both of the head?"""
    if here is None or place is None or len(here.path) != len(place.path):
        return False
    return len(here.path) == 1 or here.path[0] == place.path[0]


def _cells_from(view: GridView, at: Place, number: int) -> list[CellView]:
    """The cells of a row that can be typed into, from the one under the cursor on."""
    if number >= len(view.rows):
        return []
    cells = view.rows[number].cells
    x = view.rows[at[0]].cells[at[1]].x
    found = [(abs(cell.x - x), column) for column, cell in enumerate(cells) if cell.place]
    start = at[1] if number == at[0] else min(found)[1] if found else len(cells)
    return [cell for cell in cells[start:] if cell.place and cell.editable]


def _text(cell: CellView, text: str) -> CellText:
    assert cell.place is not None
    return CellText(place=cell.place, text=text, values=dict(cell.ghost.values) if cell.ghost else {})


# ---- filling


def fill_down(state: AppState, sheet: Selection) -> Location | None:
    """Fill the selection from its first row; a single row from the row above. Where a single cell is afterwards."""
    top, left, bottom, right = sheet.selection
    first = top if bottom > top else top - 1
    if first < 0:
        state.say(_("上面没有可以照填的行"))
        return None
    sources = sheet.view.rows[first].cells
    pairs = [
        (row.cells[column], sources[column])
        for row in sheet.view.rows[first + 1 : bottom + 1]
        for column in range(left, right + 1)
        if column < len(row.cells) and column < len(sources)
    ]
    return _fill_alike(state, pairs, _("上面不是同一种栏，没有填"))


def fill_right(state: AppState, sheet: Selection) -> Location | None:
    """Fill the selection from its first column; a single column from the cell at its left.

    Where a single cell is afterwards.
    """
    top, left, bottom, right = sheet.selection
    first = left
    if right == left:
        cells = sheet.view.rows[top].cells if top < len(sheet.view.rows) else ()
        first = max((column for column in range(left) if column < len(cells) and cells[column].place), default=-1)
    if first < 0:
        state.say(_("左边没有可以照填的格"))
        return None
    pairs = [
        (cell, row.cells[first])
        for row in sheet.view.rows[top : bottom + 1]
        if first < len(row.cells)
        for cell in row.cells[first + 1 : right + 1]
    ]
    return _fill_alike(state, pairs, _("左边不是同一种栏，没有填"))


def _fill_alike(state: AppState, pairs: Sequence[tuple[CellView, CellView]], none: str) -> Location | None:
    """Fill where both are fields of one kind; ``none`` is said where nowhere is."""
    wanted = [(cell, source) for cell, source in pairs if cell.place is not None and cell.editable and source.place]
    alike = [(cell, source) for cell, source in wanted if _are_alike(state, cell, source)]
    if not alike:
        state.say(none)
        return None
    return _fill(state, alike, others=len(wanted) - len(alike))


def _fill(state: AppState, pairs: Sequence[tuple[CellView, CellView]], others: int) -> Location | None:
    """Put the text of each second cell into the first, as one step. Where a single cell is afterwards.

    ``others`` more were wanted, and are of another kind.
    """
    texts = [_text(cell, source.edit_text) for cell, source in pairs]
    plan = plan_cells(state.with_pending, state.session.form, texts, state.shown.unit)
    edits, renamed = _stored(state, plan)
    place = texts[0].place if texts else None
    place = replace(place, file=renamed.get(place.file, place.file)) if place else None
    if place is not None and is_ghost(place):
        place = _first_row(plan.edits, place)
    if run_edits(state, edits, _("填充 {count} 格").format(count=plan.taken), place) and renamed:
        state.open_project(next(iter(renamed.values())), state.pane)
    if plan.refused or others:
        refused = _("；{count} 格不合适，没有填").format(count=len(plan.refused) + others)
        state.say(state.notice + refused)
    return place if len(texts) == 1 and plan.taken and place and place.path else None


def _are_alike(state: AppState, cell: CellView, source: CellView) -> bool:
    """Are they fields of one kind? A name is no code, and a purpose no name, though both are texts."""
    if cell.place is None or source.place is None or not cell.editable:
        return False
    one, other = (state.session.form.spec_of(place.file).field(place.path) for place in (cell.place, source.place))
    if one is None or other is None:
        return one is other and cell.place.path[-1:] == source.place.path[-1:]
    in_row = len(cell.place.path) == 3 and cell.place.path[:2] == source.place.path[:2]
    alike = _ALIKE_IN_ROW if in_row else _ALIKE
    return one.kind is other.kind and (one.kind in alike or one.key == other.key)


# ---- running


def _stored(state: AppState, plan: PastePlan) -> tuple[list[Edit], dict[str, str]]:
    """The edits as they are run: projects that are new get their files. What was renamed to what."""
    edits: list[Edit] = []
    renamed: dict[str, str] = {}
    pending = [edit for edit in plan.edits if edit.file == PENDING]
    if pending:
        document, _inverses = apply_all(state.with_pending, tuple(pending))
        edits.append(_added(state, AddFile(file=PENDING, record=document.record(PENDING)), renamed))
    for edit in plan.edits:
        if isinstance(edit, AddFile) and NEW_PROJECT in edit.file:
            edits.append(_added(state, edit, renamed))
        elif edit.file != PENDING:
            edits.append(edit)
    return edits, renamed


def _added(state: AppState, edit: AddFile, renamed: dict[str, str]) -> AddFile:
    file = state.session.new_file(edit.record)
    code = state.session.form.project.path_of(Role.CODE)
    if file in renamed.values() and code is not None:
        file = state.session.new_file(edit.record.with_value(code, None))
    renamed[edit.file] = file
    return AddFile(file=file, record=edit.record)


def _first_row(edits: Sequence[Edit], place: Location) -> Location:
    """The place in the first row that is added."""
    rows = [edit.row.id for edit in edits if getattr(edit, "group", "") == place.path[0] and hasattr(edit, "row")]
    return replace(place, path=(place.path[0], rows[0], place.path[2])) if rows else replace(place, path=())
