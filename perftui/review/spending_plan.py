"""What a spending plan adds up to, for the rules and for the screens: one answer to whether it is complete."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from perftui.forms import Plan
from perftui.model.money import parse_percent
from perftui.model.record import Record, plain_text


def parse_share(text: str) -> Decimal | None:
    """A percentage from 0 to 100; ``None`` where the text is none."""
    share = parse_percent(text)
    return share if share is not None and 0 <= share <= 100 else None


def planned_share(shares: Sequence[Decimal], *, cumulative: bool) -> Decimal:
    """The part of the budget, in percent, that is spent by the end of the year: the last point, or the sum of all."""
    return shares[-1] if cumulative else sum(shares, Decimal(0))


def is_plan_complete(plan: Plan, record: Record) -> bool:
    """Does every point hold a share, and do they come to 100 percent?"""
    values = record.tables.get(plan.key, {})
    return _is_complete(tuple(plain_text(values.get(point.key)) for point in plan.points), cumulative=plan.cumulative)


@lru_cache(maxsize=4096)  # the foot asks for every project, and most have one of a few plans
def _is_complete(texts: tuple[str, ...], *, cumulative: bool) -> bool:
    shares = [share for text in texts if (share := parse_share(text)) is not None]
    return 0 < len(shares) == len(texts) and planned_share(shares, cumulative=cumulative) == 100
