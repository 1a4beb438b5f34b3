"""The action of each command."""

from collections.abc import Mapping

from perftui.tui.actions import (
    app_actions,
    edit_actions,
    finding_actions,
    git_actions,
    help_screen,
    row_actions,
    save_actions,
    suggestion_picker,
    view_actions,
)
from perftui.tui.actions.context import Action, ActionContext
from perftui.tui.panes import PANES

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


ACTIONS: Mapping[str, Action] = {
    "app.help": help_screen.help_here,
    "app.name": app_actions.ask_name,
    "app.palette": help_screen.palette,
    "app.quit": app_actions.leave,
    "cell.edit": edit_actions.edit,
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
    "document.final": _exporting("final"),
    "document.import": _import,
    "document.pdf": _exporting("pdf"),
    "document.project": _exporting("project"),
    "document.save": save_actions.save,
    "document.send": _send,
    "edit.copy": edit_actions.copy,
    "edit.cut": edit_actions.cut,
    "edit.fill_down": edit_actions.fill_down,
    "edit.fill_right": edit_actions.fill_right,
    "edit.paste": edit_actions.paste,
    "edit.redo": edit_actions.redo,
    "edit.undo": edit_actions.undo,
    "git.fetch": git_actions.fetch,
    "git.version": git_actions.ask_version,
    "find.empty": view_actions.next_empty,
    "find.text": view_actions.find,
    "row.delete": row_actions.delete_rows,
    "row.down": row_actions.move_row(1),
    "row.duplicate": row_actions.duplicate_row,
    "row.new": row_actions.new_row,
    "row.pattern": suggestion_picker.begin_from_template,
    "row.restore": row_actions.restore_project,
    "row.up": row_actions.move_row(-1),
    "save.elsewhere": save_actions.save_elsewhere,
    "save.retry": save_actions.retry,
    "select.extend": edit_actions.extend,
    "view.form": view_actions.open_form,
    "view.jump": view_actions.jump,
    "view.next": view_actions.next_pane,
    **{f"view.{pane}": view_actions.to_pane(pane) for pane in PANES},
}
