"""The action of each command."""

from collections.abc import Mapping

from perftui.tui.actions import app_actions, edit_actions, row_actions, view_actions
from perftui.tui.actions.context import Action, Context
from perftui.tui.panes import PANES
from perftui.tui.screens import choosing, findings, helping, saving, versions

# Exporting and importing load much (page layout, Word): they are loaded when they are asked for.


def _exporting(kind: str) -> Action:
    def start(context: Context) -> None:
        from perftui.tui.screens.documents import exporting
        from perftui.tui.state.export_job import Kind

        exporting(Kind(kind))(context)

    return start


def _send(context: Context) -> None:
    from perftui.tui.screens.documents import send_last

    send_last(context)


def _import(context: Context) -> None:
    from perftui.tui.screens.importing import import_into

    import_into(context)


ACTIONS: Mapping[str, Action] = {
    "app.help": helping.help_here,
    "app.name": app_actions.ask_name,
    "app.palette": helping.palette,
    "app.quit": app_actions.leave,
    "cell.edit": edit_actions.edit,
    "cell.take": choosing.take,
    "cell.choose": choosing.choose,
    "check.next": findings.next_finding,
    "check.accept": findings.accept,
    "check.explain": findings.explain,
    "check.fix": findings.fix,
    "check.reopen": findings.reopen,
    "document.choose": app_actions.choose_document,
    "document.draft": _exporting("draft"),
    "document.export": _exporting("whole"),
    "document.final": _exporting("final"),
    "document.import": _import,
    "document.pdf": _exporting("pdf"),
    "document.project": _exporting("project"),
    "document.save": saving.save,
    "document.send": _send,
    "edit.copy": edit_actions.copy,
    "edit.cut": edit_actions.cut,
    "edit.fill_down": edit_actions.fill_down,
    "edit.fill_right": edit_actions.fill_right,
    "edit.paste": edit_actions.paste,
    "edit.redo": edit_actions.redo,
    "edit.undo": edit_actions.undo,
    "git.fetch": versions.fetch,
    "git.version": versions.ask_version,
    "find.empty": view_actions.next_empty,
    "find.text": view_actions.find,
    "row.delete": row_actions.delete_rows,
    "row.down": row_actions.move_row(1),
    "row.duplicate": row_actions.duplicate_row,
    "row.new": row_actions.new_row,
    "row.pattern": choosing.begin_from_pattern,
    "row.restore": row_actions.restore_project,
    "row.up": row_actions.move_row(-1),
    "save.elsewhere": saving.save_elsewhere,
    "save.retry": saving.retry,
    "select.extend": edit_actions.extend,
    "view.form": view_actions.open_form,
    "view.jump": view_actions.jump,
    "view.next": view_actions.next_pane,
    **{f"view.{pane}": view_actions.to_pane(pane) for pane in PANES},
}
