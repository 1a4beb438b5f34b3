"""The action of each command."""

from collections.abc import Mapping

from perftui.tui.actions import (
    app_actions,
    copy_actions,
    draft_actions,
    edges,
    finding_actions,
    git_actions,
    help_screen,
    history_actions,
    neighbour_actions,
    row_actions,
    save_actions,
    suggestion_picker,
    view_actions,
    walk_actions,
)
from perftui.tui.actions.context import Action, ActionContext
from perftui.tui.panes import PANES
from perftui.tui.state import clipboard, row_edits

# Exporting and importing load much (page layout, Word): they are loaded when they are asked for.


def _exporting(kind: str) -> Action:
    def start(context: ActionContext) -> None:
        from perftui.tui.actions.export_actions import exporting
        from perftui.tui.state.export_job import ExportKind

        exporting(ExportKind(kind))(context)

    return start


def _send(context: ActionContext) -> None:
    from perftui.tui.actions.export_actions import send_last

    send_last(context)


def _import(context: ActionContext) -> None:
    from perftui.tui.actions.import_actions import import_into

    import_into(context)


def _roll_over(context: ActionContext) -> None:
    from perftui.tui.actions.rollover_actions import roll_over

    roll_over(context)


def _replace(context: ActionContext) -> None:
    from perftui.tui.actions.replace_actions import ask_what

    ask_what(context)


def _fill(context: ActionContext) -> None:
    from perftui.tui.actions.fill_actions import fill_chosen

    fill_chosen(context)


ACTIONS: Mapping[str, Action] = {
    "app.help": help_screen.help_here,
    "app.mouse": app_actions.turn_mouse,
    "app.name": app_actions.ask_name,
    "app.palette": help_screen.palette,
    "app.quit": app_actions.leave,
    "cell.edit": edges.edit,
    "cell.take": suggestion_picker.take,
    "cell.choose": suggestion_picker.choose,
    "check.next": finding_actions.next_finding,
    "check.accept": finding_actions.accept,
    "check.explain": finding_actions.explain,
    "check.fix": finding_actions.fix,
    "check.reopen": finding_actions.reopen,
    "document.choose": app_actions.choose_document,
    "document.draft": _exporting("draft"),
    "document.export": _exporting("whole"),
    "document.fill": _fill,
    "document.final": _exporting("final"),
    "document.import": _import,
    "document.pdf": _exporting("pdf"),
    "document.project": _exporting("project"),
    "document.rollover": _roll_over,
    "document.save": save_actions.save,
    "document.send": _send,
    "edit.copy": copy_actions.copy,
    "edit.cut": copy_actions.cut,
    "edit.drafts": draft_actions.list_drafts,
    "edit.fill_down": lambda context: context.go(clipboard.fill_down(context.state, context.sheet)),
    "edit.fill_right": lambda context: context.go(clipboard.fill_right(context.state, context.sheet)),
    "edit.paste": copy_actions.paste,
    "edit.redo": app_actions.redo,
    "edit.undo": app_actions.undo,
    "git.cancel": git_actions.cancel,
    "git.details": git_actions.details,
    "git.fetch": git_actions.fetch,
    "git.send": git_actions.send,
    "git.share": git_actions.share,
    "git.version": git_actions.keep,
    "file.earlier": neighbour_actions.earlier,
    "file.repair": neighbour_actions.repair,
    "history.document": history_actions.of_document,
    "history.field": history_actions.of_field,
    "history.project": history_actions.of_project,
    "find.empty": walk_actions.next_left,
    "find.back": walk_actions.go_back,
    "find.replace": _replace,
    "find.text": view_actions.find,
    "row.delete": row_actions.delete_rows,
    "row.down": row_actions.move_row(1),
    "row.duplicate": lambda context: context.show(row_edits.duplicate(context.state, context.sheet.row)),
    "row.new": lambda context: context.show(row_edits.new_row(context.state, context.sheet.cell)),
    "row.pattern": suggestion_picker.begin_from_template,
    "row.restore": row_actions.restore_project,
    "row.up": row_actions.move_row(-1),
    "save.elsewhere": save_actions.save_elsewhere,
    "save.retry": save_actions.retry,
    "select.extend": edges.extend_selection,
    "view.comparison": view_actions.compare,
    "view.form": view_actions.open_form,
    "view.jump": view_actions.jump,
    "view.next": view_actions.next_pane,
    **{f"view.{pane}": view_actions.to_pane(pane) for pane in PANES},
}
