"""Fonts that stand in where the page's own are not installed: Chinese shapes, and serifs for 宋."""

import re
from collections.abc import Collection, Mapping
from xml.sax.saxutils import escape

from perftui.exchange.page_styles import FANG, FONTS, HEI, KAI, SONG, SONG_TITLE

_SERIF = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN", "AR PL UMing CN",
    "AR PL SungtiL GB",
)  # fmt: skip
_SANS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
_ALIKE: Mapping[str, tuple[str, ...]] = {
    SONG_TITLE: ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", *_SERIF, *_SANS),
    HEI: ("SimHei", *_SANS, *_SERIF),
    KAI: (
        "KaiTi_GB2312",
        "楷体",
        "KaiTi",
        "STKaiti",
        "AR PL UKai CN",
        "AR PL KaitiM GB",
        "LXGW WenKai",
        *_SERIF,
        *_SANS,
    ),
    FANG: ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", *_SERIF, *_SANS),
    SONG: ("SimSun", *_SERIF, *_SANS),
}
"""For each font those that are taken instead, the best first. None is a Japanese or Korean one."""
_SANS_NAME = re.compile("黑|圆|hei|yahei|gothic|sans", re.IGNORECASE)
_SAME = frozenset(
    ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "SimHei", "KaiTi_GB2312", "楷体", "KaiTi",
     "FangSong_GB2312", "仿宋", "FangSong", "SimSun")
)  # fmt: skip
"""Other names, or later editions, of the page's own fonts."""


def stand_ins(installed: Collection[str], fonts: Collection[str] = FONTS) -> dict[str, str]:
    """For each font of the page that is not among the families installed the one to take; ``""``: there is none."""
    missing = [name for name in fonts if name not in installed]
    return {name: next((one for one in _alike(name) if one in installed), "") for name in missing}


def _alike(name: str) -> tuple[str, ...]:
    """What is taken for a font, also for an office's own: 微软雅黑 has no serifs."""
    return _ALIKE.get(name) or ((*_SANS, *_SERIF) if _SANS_NAME.search(name) else (*_SERIF, *_SANS))


def strange(taken: Mapping[str, str]) -> dict[str, str]:
    """Those of the stand-ins that look otherwise than the page's own font."""
    return {name: instead for name, instead in taken.items() if instead not in _SAME}


def fontconfig(taken: Mapping[str, str]) -> str:
    """A configuration of fontconfig that has the stand-ins taken, besides the machine's own."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(instead)}</string></edit></match>\n'
        for name, instead in taken.items()
        if instead
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n{rules}</fontconfig>\n'
    )
