"""The end when the line is gone or the process is asked to go: in order if possible, and in any case soon."""

import asyncio
import contextlib
import os
import threading
import time
from _thread import start_new_thread
from collections.abc import Callable

_HOOK_LIMIT = 1.0
"""If the event loop has not called the hook by then, it is called without it (seconds)."""
_END_LIMIT = 3.0
"""By then the process has ended (seconds)."""


class Shutdown:
    """``begin`` may be called from anywhere, signal handlers included; only the first call counts."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, *, hook: Callable[[], object], leave: Callable[[int], object]
    ) -> None:
        self._loop = loop
        self._hook = hook
        self._leave = leave
        self._begun = False
        self._hook_lock = threading.Lock()
        self._hook_due = True

    def begin(self, code: int) -> None:
        """Call the hook, then ask the app to leave; the process's exit status shall be ``code``."""
        if self._begun:
            return
        self._begun = True
        # Not threading.Thread: it takes locks that the code which a signal interrupted may hold.
        start_new_thread(self._watch, (code,))
        with contextlib.suppress(RuntimeError):  # the loop is closed: only the watch is left
            self._loop.call_soon_threadsafe(self._in_order, code)

    def _in_order(self, code: int) -> None:
        self._call_hook()
        self._leave(code)

    def _watch(self, code: int) -> None:
        try:
            time.sleep(_HOOK_LIMIT)
            self._call_hook()
            time.sleep(_END_LIMIT - _HOOK_LIMIT)
        finally:
            os._exit(code)

    def _call_hook(self) -> None:
        with self._hook_lock:
            due, self._hook_due = self._hook_due, False
        if due:
            self._hook()
