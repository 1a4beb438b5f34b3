"""A plan by quarters, read as one by the ends of months, where a quarter ends with a month of the form."""

import re
from collections.abc import Sequence
from decimal import Decimal

from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.locale import _
from perftui.model.money import AmountError, format_percent, read_percent

_QUARTER = re.compile(r"第?([一二三四1-4])季度(?:累计)?(?:支出|进度|支付|计划)*")
_NUMBERS = {sign: number for signs in ("一二三四", "1234") for number, sign in enumerate(signs, 1)}
_ALL = 100  # percent


def quarter_of(label: str) -> int:
    """Which quarter a label names; 0 for any other."""
    match = _QUARTER.fullmatch("".join(label.split()))
    return _NUMBERS[match[1]] if match else 0


def take_quarters(draft: RecordDraft, found: Sequence[tuple[str, str]], place: str) -> None:
    """Takes in labels of quarters with what stands under them.

    Shares that grow to 100 are those since the year began; such that add up to 100 are of each quarter, and are added
    up. Anything else is left, as is a quarter whose end is no point of the form's plan.
    """
    plan = draft.spec.plan
    shares = _since_january([text for _label, text in found])
    quarters = [quarter_of(label) for label, _text in found]
    points = {} if plan is None or not plan.cumulative else {label_key(point.label): point for point in plan.points}
    for at, (label, text) in enumerate(found):
        point = points.get(f"#{3 * quarters[at]}")
        if shares is None or quarters != [1, 2, 3, 4] or point is None or plan is None:
            draft.left(place, f"{label.strip()}：{text.strip()}")
            continue
        draft.put(plan.path(point), point, shares[at], place)
        message = _("“{label}”{text} 作为“{point}”累计 {share}%，请核对").format(
            label=label.strip(), text=text.strip(), point=point.label, share=shares[at]
        )
        draft.note(place, Confidence.UNSURE, message, plan.path(point))


def _since_january(texts: Sequence[str]) -> list[str] | None:
    """The shares since the year began; ``None`` where they are not certain."""
    try:
        shares = [Decimal(read_percent(text.strip())) for text in texts]
    except AmountError:
        return None
    if sum(shares) == _ALL:
        shares = [sum(shares[: at + 1], Decimal(0)) for at in range(len(shares))]
    if not shares or shares[-1] != _ALL or shares != sorted(shares):
        return None
    return [format_percent(share) for share in shares]
