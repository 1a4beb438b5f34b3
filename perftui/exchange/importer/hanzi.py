"""Radicals that copies from a PDF have instead of Hanzi: they look the same, and no search finds them."""

import re
import unicodedata

_RADICAL = re.compile("[\u2e80-\u2fd5]")
_SUPPLEMENT = dict(
    zip(
        "⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民母虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
"""Those of the supplement that are Hanzi of today; Unicode itself equates but few."""


def ordinary_hanzi(text: str) -> str:
    """A text whose radicals are the Hanzi that they show."""
    return _RADICAL.sub(lambda match: _hanzi(match[0]), text) if _RADICAL.search(text) else text


def _hanzi(radical: str) -> str:
    return _SUPPLEMENT.get(radical) or unicodedata.normalize("NFKC", radical)
