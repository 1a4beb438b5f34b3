"""What went wrong, as a sentence and an exit code; a defect of the program also as a report in the state folder."""

import os
import time
import traceback

from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import drop_output, say
from perftui.files.errors import FileError, reason
from perftui.files.xdg_dirs import state_folder
from perftui.locale import _


def failed(error: BaseException) -> Exit:
    """Tell the person what went wrong; the exit code."""
    match error:
        case CommandError():
            say(str(error))
            return error.code
        case KeyboardInterrupt():
            say(_("已中断"))
            return Exit.INTERRUPTED
        case BrokenPipeError():  # the reader has seen enough, as with ``| head``
            drop_output()
            return Exit.DONE
        case FileError():
            say(str(error))
            return Exit.REFUSED
        case OSError():
            drop_output()
            say(_("没有完成：{reason}").format(reason=reason(error.errno or 0)))
            return Exit.REFUSED
    drop_output()
    say(_report(error))
    return Exit.BROKEN


def _report(error: BaseException) -> str:
    """Write what happened into a file that only the person can read; the sentence that names it."""
    kind = type(error).__name__
    try:
        path = state_folder() / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            traceback.print_exception(error, file=file)
    except (OSError, FileError) as refusal:
        return _("程序出错了（{kind}），报告也没有写成：{reason}").format(kind=kind, reason=refusal)
    return _("程序出错了（{kind}），没有完成。经过写在 {path}，请交给维护的人").format(kind=kind, path=path)
