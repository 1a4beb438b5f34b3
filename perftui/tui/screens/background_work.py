"""Slow work off the screen's own thread; what comes of it is shown, also when it is a defect of the program."""

from collections.abc import Callable
from typing import TypeVar

from textual.screen import Screen

from perftui.locale import _
from perftui.model.stop_flag import Stopped

Result = TypeVar("Result")
Say = Callable[[str], None]


def in_background(
    screen: Screen[str], say: Say, group: str, work: Callable[[], Result], done: Callable[[Result], None]
) -> None:
    """Do ``work`` in a thread and give its result to ``done``; a later call of the same group replaces it.

    ``work`` may raise Stopped: then nobody waits for it.
    """

    def run() -> None:
        try:
            result = work()
        except Stopped:
            return
        except Exception as error:  # the person must not wait for what never comes
            kind = type(error).__name__
            screen.app.call_from_thread(say, _("程序出错了（{kind}），没有做成").format(kind=kind))
            raise
        screen.app.call_from_thread(done, result)

    screen.run_worker(run, thread=True, group=group, exclusive=True, exit_on_error=False)
