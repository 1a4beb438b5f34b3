"""What a paste will do, in lines to read before it is done."""

from itertools import groupby

from perftui.editing.paste import PastedCell, PastePlan
from perftui.locale import _, labelled
from perftui.model.text import visible

_LONGEST, _NAME = 40, 18
"""Characters shown of a text, and of the name of a row."""


def preview_lines(plan: PastePlan) -> list[str]:
    """A line for all of it, one for each text that is not taken, then one for each row that is changed."""
    lines = [summary(plan)]
    lines += [
        _("× {row} {label}“{text}”：{why}").format(
            row=_short(cell.row, _NAME), label=cell.label, text=_short(cell.text), why=cell.refusal
        )
        for cell in plan.refused
    ]
    lines += [_("请核对：{text}").format(text=text) for text in plan.doubts]
    if plan.unused:
        lines.append(_("× 没有用到的列：{titles}").format(titles=_("、").join(map(_short, plan.unused))))
    lines += [_("× 没有地方放：{text}").format(text=_short(text)) for text in plan.outside]
    lines += [_("不填入：{text}").format(text=_short(text)) for text in plan.around]
    taken = [cell for cell in plan.cells if not cell.refusal]
    for row, cells in groupby(taken, key=lambda cell: cell.row):
        sentence = "  ".join(_told(cell) for cell in cells)
        lines.append(labelled(_short(row, _NAME), sentence) if row else sentence)
    return lines


def summary(plan: PastePlan) -> str:
    """A paste in one line."""
    parts = [_("填 {count} 格").format(count=plan.taken)]
    parts += [_("认出了表头")] if plan.has_header else []
    parts += [_("新增 {count} 行").format(count=plan.new_rows)] if plan.new_rows else []
    parts += [_("新增 {count} 个项目").format(count=plan.new_projects)] if plan.new_projects else []
    parts += [_("合并的空格照上面补了 {count} 格").format(count=plan.filled)] if plan.filled else []
    lost = len(plan.left_over)
    parts += [_("{count} 格不能收下，留在“没写完的文字”里").format(count=lost)] if lost else []
    return _("；").join(parts)


def _told(cell: PastedCell) -> str:
    new = _short(cell.text) or _("（空白）")
    if cell.old:
        return _("{label}={new}（原来：{old}）").format(label=cell.label, new=new, old=_short(cell.old))
    return f"{cell.label}={new}"


def _short(text: str, most: int = _LONGEST) -> str:
    plain = visible(" ".join(text.split()))
    return plain if len(plain) <= most else plain[: most - 1] + _("…")
