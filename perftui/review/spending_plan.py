"""What a spending plan adds up to."""

from collections.abc import Sequence
from decimal import Decimal

from perftui.model.money import parse_percent


def parse_share(text: str) -> Decimal | None:
    """A percentage from 0 to 100; ``None`` where the text is none."""
    share = parse_percent(text)
    return share if share is not None and 0 <= share <= 100 else None


def planned_share(shares: Sequence[Decimal], *, cumulative: bool) -> Decimal:
    """The part of the budget, in percent, that is spent by the end of the year: the last point, or the sum of all."""
    return shares[-1] if cumulative else sum(shares, Decimal(0))
