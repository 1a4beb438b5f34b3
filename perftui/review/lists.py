"""How sentences list words."""

from collections.abc import Iterable

from perftui.locale import _


def listed(words: Iterable[str]) -> str:
    """Words one behind the other: 财政资金、其他资金."""
    return _("、").join(words)


def quoted(words: Iterable[str]) -> str:
    """Words in quotation marks: “社区工作专项补助”“综合事务经费”."""
    return _("“{words}”").format(words=_("”“").join(words))
