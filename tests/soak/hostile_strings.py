"""Texts that try to be more than text: commands for a terminal, markup, traps for the eye, for XML and for memory."""

import random

COLOUR = "38;5;201"
"""A colour that no screen of ours has."""

_FIXED = (
    "[red]红[/red]", "[/]", "[/red]", "[b]", "[@click=app.exit]点[/]", "[@click='x]", "[link=http://x]x[/link]",
    "[50%]",
    "[$primary]x", "[项目]", "[", "]", "\\[", "[[", "[bold", "$v", "{name}", "%s", "{0!r}", "%(x)s",
    f"\x1b[{COLOUR}m红", "\x1b[2J\x1b[H", "\x1b[999;999H", "\x1b]52;c;aGVsbG8=\x07", "\x1b]52;c;aGVsbG8=\x1b\\",
    "\x1b]0;标题\x07", "\x1b]8;;http://x\x1b\\x\x1b]8;;\x1b\\", "\x1bc", "\x1b[6n", "\x1b[c", "\x1b[?1049l",
    "\x1b[?2004l",
    "\x1b[5i", "\x1bP$qm\x1b\\", "\x1b_x\x1b\\", "\x1b^x\x1b\\", "\x1bX", "\x1b[201~\x13", "\x1b[200~", "\x1b(0",
    "\x1b#8",
    f"\x9b{COLOUR}m", "\x9d52;c;aGVsbG8=\x9c", "\x90x\x9c", "\x85", "\x8d", "\x00", "\x07", "\x08\x08\x08改",
    "\x0b", "\x0c", "\r盖掉",
    "\x0e\x0f", "\x11\x13", "\x1a", "\x7f", "\t制\t表", "两\n行", "\r\n", "\n\n\n", "\u2028", "\u2029",
    "\u202e反\u202c", "\u2066x\u2069",
    "\u200e\u200f\u061c", "\u200b零\u200c宽\u200d", "\u2060", "\ufeff", "\ufffe", "\uffff", "\ufdd0", "\u00ad",
    "\u3164\u115f", "\U000e0041\U000e007f",
    "e" + "\u0301" * 60, "中" + "\u0489" * 300, "👨‍👩‍👧‍👦", "❤️", "👩🏽‍🚀" * 9, "ﷺ", "𠀀𪛖", "ก็็็็็็",
    "a" * 20_000, "长" * 20_000, " " * 300,
    "=1+1", "@SUM(1)", "-1", "+1", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "]]>", "&lt;&amp;&#x1b;",
    "<!--", "<w:p/>", "&#0;",
    "../../etc/passwd", "/dev/zero", "..", "~", "$(id)", "`id`", "; id", "'", '"', '"""', "'''", "\\", "\\u0000",
    "CON", "nul\x00.toml",
    "<<<<<<< ours", "=======", ">>>>>>> theirs", "#", "# 注", "[goals.a]", "x = 1", "9" * 400, "1e999", "NaN", "-0",
    "１２３", "١٢٣", "1_000",
    "0x10", "½", "①②③", "null", "None", "True", "\U0010ffff", "\ue000", "\ud800", "\udfff中",
)  # fmt: skip


def hostile_strings(count: int, seed: int = 1) -> list[str]:
    """The fixed ones first, then mixtures of them with ordinary words."""
    rng = random.Random(seed)
    found = list(_FIXED[:count])
    while len(found) < count:
        parts = [one[:40] for one in rng.sample(_FIXED, rng.randrange(1, 4))]
        found.append("街道".join(parts)[: rng.choice((8, 40, 120))] or "x")
    return found


def without_surrogates(strings: list[str]) -> list[str]:
    """Those that a file of UTF-8 can hold."""
    return ["".join(char for char in one if not "\ud800" <= char <= "\udfff") or "x" for one in strings]
