"""Copying to the person's own desktop through the terminal (OSC 52), which may lie behind tmux or screen."""

import base64
from collections.abc import Mapping

from perftui.locale import _

_MOST = 74_000
"""Bytes of base64 that xterm takes at most; others take more, but none tells."""

_WITHOUT = ("linux", "vt", "dumb", "ansi", "cons", "wyse")
"""How the names of terminals begin that know no clipboard."""

_SCREEN_PIECE = 700
"""screen passes on so many bytes at once."""


def desktop_copy(text: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """What is sent to the terminal so that a text is on the desktop's clipboard, and the sentence for the person.

    Nothing is sent where it cannot work. No terminal says whether it took the text, so the sentence does not either.
    """
    term = environ.get("TERM", "")
    if term.startswith(_WITHOUT):
        return "", _("这种终端（{term}）没有桌面剪贴板：只能在程序里用 Ctrl+V 粘贴").format(term=term)
    data = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    if len(data) > _MOST:
        sentence = _("内容太长（{count} 字），没有送到桌面剪贴板；在程序里可以用 Ctrl+V 粘贴")
        return "", sentence.format(count=len(text))
    plain = f"\x1b]52;c;{data}\x07"
    if environ.get("TMUX"):
        return plain + _through_tmux(plain), _(
            "也送往桌面剪贴板；要 tmux 里 set -g set-clipboard on 或 allow-passthrough on 才能送到"
        )
    if environ.get("STY") or term.startswith("screen"):
        return _through_screen(plain), _("也送往桌面剪贴板（经 screen）；外面的终端要允许（OSC 52）")
    return plain, _("也送往桌面剪贴板，终端要允许（OSC 52）")


def _through_tmux(sequence: str) -> str:
    """For a tmux that passes sequences on; one that takes OSC 52 itself has it already."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _through_screen(sequence: str) -> str:
    pieces = [sequence[at : at + _SCREEN_PIECE] for at in range(0, len(sequence), _SCREEN_PIECE)]
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
