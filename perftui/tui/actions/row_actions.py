"""Deleted, moved and restored rows and projects."""

import time

from perftui.forms import Role
from perftui.forms.computed_fields import role_text
from perftui.locale import _
from perftui.model.money import print_amount
from perftui.store.trash import DeletedProject
from perftui.tui.actions.context import Action, ActionContext
from perftui.tui.state import review_decisions, row_edits
from perftui.tui.widgets.picker_lines import Item


def delete_rows(context: ActionContext) -> None:
    """Delete the selected rows or projects."""
    top, _left, bottom, _right = context.sheet.selection
    row_edits.delete_rows(context.state, context.sheet.view.rows[top : bottom + 1])
    context.show()


def move_row(step: int) -> Action:
    """The action that moves a row or project up (-1) or down (+1)."""
    return lambda context: context.show(row_edits.move(context.state, context.sheet.row, context.sheet.cell, step))


def restore_project(context: ActionContext) -> None:
    """List the projects deleted lately, and bring back the one picked."""
    deleted = context.state.session.deleted()
    if not deleted:
        context.say(_("没有可以恢复的项目：最近 30 天删除的都在，或者没有删除过项目"))
        return
    spec = context.state.session.form.project
    items = [
        Item(id=one.file, label=spec.text_of(one.record, Role.NAME) or one.file, hint=_told(context, one))
        for one in deleted
    ]
    context.picker.ask(
        _("恢复哪个项目"), items, lambda file: context.go(review_decisions.restore_deleted(context.state, file))
    )


def _told(context: ActionContext, one: DeletedProject) -> str:
    """When it was deleted, what it cost, who deleted it."""
    amount = role_text(context.state.session.form.project, one.record, Role.TOTAL)
    unit = context.state.shown.unit
    money = f"{print_amount(amount, unit)} {unit}" if amount else ""
    when = time.strftime("%m-%d %H:%M", time.localtime(one.at))
    return _(" · ").join(filter(None, (money, when, one.by or _("别的程序"))))
