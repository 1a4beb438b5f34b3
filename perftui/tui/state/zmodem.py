"""A file sent through the terminal itself: zmodem, where ``sz`` is installed and the terminal understands it."""

import os
import sys
from pathlib import Path

from perftui.locale import _
from perftui.model.text import visible
from perftui.session.export_target import copy_line, zmodem_program
from perftui.tui.state.export_job import can_send

_LONGEST = 1800.0
"""Seconds that a transfer may take."""


def why_not(path: Path) -> str:
    """The sentence that says what to do instead where a file cannot be sent from here; "" where it can."""
    if can_send():
        return ""
    return _("这里不能用 zmodem 发送（要装 sz，且不在 tmux、screen 里）。请在自己的电脑上运行：{copy}").format(
        copy=copy_line(path, os.environ)
    )


def send(path: Path) -> str:
    """Send a file while the screens have lent the terminal; what came of it, as a sentence."""
    program = zmodem_program()
    if program is None:
        return why_not(path)
    from perftui.programs.runner import NotStarted, TooLong, lend_terminal  # only a transfer needs it

    sentence = _("正在发送 {name}；终端没有反应时，连按几次 Ctrl+X 取消").format(name=path.name)
    sys.stdout.write(f"{visible(sentence)}\r\n")
    sys.stdout.flush()
    try:
        code = lend_terminal([program, "--escape", "--", str(path)], _LONGEST)
    except TooLong:
        return _("发送超时，已停止")
    except NotStarted as error:
        return _("不能运行 sz：{reason}").format(reason=error.reason)
    if code != 0:
        return _("没有发送成（终端可能不支持 zmodem）。请在自己的电脑上运行：{copy}").format(
            copy=copy_line(path, os.environ)
        )
    return _("已发送 {name}").format(name=path.name)
