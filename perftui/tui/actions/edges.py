"""What the keys do that move the cursor, where there is nothing further: they say so, and Tab goes on by will alone."""

from perftui.editing.rows import END_ROW
from perftui.locale import _
from perftui.tui.actions.context import ActionContext
from perftui.tui.panes import FORM
from perftui.tui.state.run_edits import only_read
from perftui.viewmodel.grid import CellView
from perftui.viewmodel.project_rows import next_file


def told_at_edge(cell: CellView | None) -> str:
    """Why a key stays; ``cell``: of Enter in a table's last row the cell at hand, which says what may be done there."""
    if cell is None:
        return _("已经到头了")
    if cell.place is not None and cell.place.path[1:2] == (END_ROW,):
        return _("这里是末尾：输入就是新的一行，Tab 到下一个项目")
    return _("这是新的一行：输入就加上，Tab 到后面") if cell.ghost is not None else _("已经是最后一行")


def tab_past_end(context: ActionContext, step: int) -> None:
    """Tab behind the last field goes to the next project, pressed by itself; before the first it stays."""
    state = context.state
    file = state.file_at_work
    other = next_file(state.shown, file) if file is not None else ""
    if step < 0 or not other:
        context.say(_("已经到头了"))
    elif not state.walk.is_apart:
        context.say(_("这里是末尾：放开 Tab 再按一次，才到下一个项目"))
    else:
        state.open_project(other, state.pane if state.is_one_project else FORM)
        context.show()
        context.sheet.go_first()
        left = state.shown.stops(other).left
        context.say(_("到“{name}”：还差 {count} 处").format(name=state.shown.name(other), count=left))


def extend_selection(context: ActionContext) -> None:
    """Begin or end selecting with the arrows, and say so: nothing is to be seen of it before one of them."""
    context.sheet.toggle_extending()
    begun = _("开始选定：用方向键扩大，再按 F8 结束")
    context.say(begun if context.sheet.extending else _("选定好了，按方向键就不再选定"))


def edit(context: ActionContext) -> None:
    """Edit the cell at hand, at the end of its text."""
    if context.sheet.cell is not None and context.sheet.cell.editable:
        context.sheet.begin_edit()
    else:
        context.say(only_read())
