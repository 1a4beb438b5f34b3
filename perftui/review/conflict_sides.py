"""A conflict in words: everybody who gave a value, and what stood there before."""

from collections.abc import Collection, Mapping, Sequence

from perftui.locale import _
from perftui.model.conflicts import Side
from perftui.model.record import ORDER, Plain


def sides_in_words(
    ours: Side, others: Sequence[Side], base: Plain | None, *, is_row: bool = False, me: Collection[str] = ()
) -> str:
    """``甲 60人 / 您 50人 / 原来 41人``, whoever was first; ``me``: the names of who reads it, as far as known.

    A side that took a row out says so.
    """
    sides = []
    for side, unknown in ((ours, _("这里")), *((other, _("别人")) for other in others)):
        whose = _("您") if side.by in me else side.by or unknown
        sides.append(f"{whose} {value_in_words(side.value, is_row=is_row)}")
    return " / ".join([*sorted(sides), _("原来 {value}").format(value=value_in_words(base, is_row=is_row))])


def value_in_words(value: Plain | None, *, is_row: bool = False) -> str:
    """One side's value; of a row its texts."""
    if value is None:
        return _("删除了") if is_row else _("（空）")
    if isinstance(value, Mapping):
        return "，".join(str(part) for key, part in value.items() if key != ORDER)
    return str(value)
