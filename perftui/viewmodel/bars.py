"""Bars drawn in cells: the steps of the spending plan, and the shares of an amount."""

from collections.abc import Sequence
from decimal import Decimal

from perftui.forms import RecordSpec
from perftui.model.money import parse_percent
from perftui.model.record import Record

_STEPS = " ▁▂▃▄▅▆▇█"
_ASCII_STEPS = " ._-=+*#@"


def plan_bar(spec: RecordSpec, record: Record, *, ascii_only: bool = False) -> str:
    """The cumulative plan as one step a point, two cells wide each; "" where nothing is planned."""
    plan = spec.plan
    if plan is None:
        return ""
    percents = [parse_percent(record.text(plan.path(point))) for point in plan.points]
    if all(percent is None for percent in percents):
        return ""
    steps = _ASCII_STEPS if ascii_only else _STEPS
    return " ".join(steps[_step(percent)] * 2 for percent in percents)


def done_bar(done: int, whole: int, *, ascii_only: bool = False) -> str:
    """How much of a whole is done, five cells long; full only where all of it is."""
    return _filled(5 if done >= whole else min(4, done * 5 // max(whole, 1)), 5, ascii_only=ascii_only)


def percent_bar(percent: Decimal, width: int, *, ascii_only: bool = False) -> str:
    """A percentage as so much of a bar ``width`` cells long; more than 100 fills it."""
    return _filled(max(0, min(width, int(percent * width / 100 + Decimal("0.5")))), width, ascii_only=ascii_only)


def _filled(full: int, width: int, *, ascii_only: bool) -> str:
    return ("#" if ascii_only else "█") * full + ("." if ascii_only else "░") * (width - full)


def share_bar(amounts: Sequence[Decimal], width: int, *, ascii_only: bool = False) -> str:
    """Amounts as shares of a bar ``width`` cells long, behind it the first one's percentage; "" without any shares."""
    whole = sum(amounts)
    if whole <= 0 or any(amount < 0 for amount in amounts):
        return ""
    signs = "#=-." if ascii_only else "█▒░·"
    bar = ""
    done = Decimal(0)
    for number, amount in enumerate(amounts):
        done += amount
        bar += signs[min(number, len(signs) - 1)] * (int(done * width / whole + Decimal("0.5")) - len(bar))
    percent = int(amounts[0] * 100 / whole + Decimal("0.5"))
    return f"{bar} {percent if amounts[0] == whole else min(percent, 99):3}%"


def _step(percent: Decimal | None) -> int:
    if percent is None or percent <= 0:
        return 0
    return max(1, min(8, int(percent * 8 / 100)))
