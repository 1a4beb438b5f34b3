"""Replacing a text in the whole document: what, by what, a preview, one step."""

from perftui.locale import _
from perftui.tui.actions.context import ActionContext
from perftui.tui.state.replacing import plan_replacing, replacing_lines, run_replacing


def ask_what(context: ActionContext) -> None:
    """Ask for the text that is to be replaced; then for the other."""
    context.picker.ask(_("查找替换：要找的文字"), [], lambda wanted: _ask_by(context, wanted))


def _ask_by(context: ActionContext, wanted: str) -> None:
    if not wanted:
        context.say(_("没有写要找的文字，什么也没有换"))
        return
    title = _("把“{wanted}”换成（空着就是删去）").format(wanted=wanted)
    context.picker.ask(title, [], lambda by: _show(context, wanted, by))


def _show(context: ActionContext, wanted: str, by: str) -> None:
    """Show what will be replaced; nothing is changed before Enter."""
    plan = plan_replacing(context.state, wanted, by)
    if not any(not one.refusal for one in plan):
        context.say(_("文本里没有可以替换的“{wanted}”（金额、编码、日期不替换）").format(wanted=wanted))
        return
    context.picker.confirm(
        _("查找替换：回车 全部替换，Esc 不换"),
        replacing_lines(context.state, plan),
        lambda: context.go(run_replacing(context.state, plan, wanted, by)),
        lambda: context.say(_("没有替换")),
    )
