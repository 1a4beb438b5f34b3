"""Slow work off the screen's own thread; what comes of it is shown, also when it is a defect of the program."""

from collections.abc import Callable
from typing import TypeVar

from textual.screen import Screen

from perftui.locale import _

Result = TypeVar("Result")


class BackgroundWork(Screen[str], inherit_bindings=False):
    """A screen that does slow work in threads."""

    def say(self, sentence: str) -> None:
        """Show a sentence under the sheet."""
        raise NotImplementedError

    def background(self, group: str, work: Callable[[], Result], done: Callable[[Result], None]) -> None:
        """Do ``work`` in a thread and give its result to ``done``; a later call of the same group replaces it."""

        def run() -> None:
            try:
                result = work()
            except Exception as error:  # the person must not wait for what never comes
                kind = type(error).__name__
                self.app.call_from_thread(self.say, _("程序出错了（{kind}），没有做成").format(kind=kind))
                raise
            self.app.call_from_thread(done, result)

        self.run_worker(run, thread=True, group=group, exclusive=True, exit_on_error=False)
