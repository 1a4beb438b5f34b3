"""The thread that writes all files: in order, only the newest version of each; its status says what really happened."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from enum import StrEnum

from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.frozen import frozen

Job = Callable[[], str]
"""Writes something. Returns a sentence where the disk did not confirm it, else ""; a failure is a FileError."""

_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 30.0
_BREATH = 0.1
"""Seconds to wait after running out of memory, so that other threads can free some."""


class SaveState(StrEnum):
    """How the saving stands."""

    SAVED = "saved"
    SAVING = "saving"
    UNCONFIRMED = "unconfirmed"
    """Everything is written, but the disk did not confirm that it would outlast a power failure."""
    FAILED = "failed"


@frozen
class SaveStatus:
    """The truth about saving at one moment."""

    state: SaveState = SaveState.SAVED
    at: float = 0.0
    """When it last became so, seconds since 1970; 0.0 before the first save."""
    message: str = ""
    """Why not, in words."""
    waiting: tuple[str, ...] = ()
    """What is not yet written: the files' names."""


class Saver:
    """Runs jobs one after another. A job overtakes an earlier one of the same name that has not begun."""

    def __init__(self, before: Callable[[], str], on_status: Callable[[SaveStatus], None]) -> None:
        """``before`` runs ahead of every job (the journal is written first); its sentence says why it could not."""
        self._before = before
        self._on_status = on_status
        # Innermost in the order of locks (session/sync): ``before``, jobs and ``on_status`` run without it.
        self._lock = threading.RLock()  # taken by itself: leaving a Condition needs memory, and would leave it locked
        self._changed = threading.Condition(self._lock)
        self._queue: OrderedDict[str, Job] = OrderedDict()
        self._failed: OrderedDict[str, tuple[Job, str]] = OrderedDict()
        self._doubts: dict[str, str] = {}
        self._note = ""
        self._running: str | None = None
        self._due: float | None = None
        self._retry_at: float | None = None
        self._pause = _FIRST_PAUSE
        self._closing = False
        self._status = self._told = SaveStatus()
        self._thread = threading.Thread(target=self._work, name="saver", daemon=True)
        self._thread.start()

    @property
    def status(self) -> SaveStatus:
        """How the saving stands now."""
        with self._lock:
            return self._current()

    def submit(self, name: str, job: Job) -> None:
        """Queue a job behind all others."""
        with self._lock:
            self._queue.pop(name, None)
            self._failed.pop(name, None)
            self._queue[name] = job
            self._changed.notify_all()

    def wake(self, delay: float) -> None:
        """Have ``before`` run within ``delay`` seconds, even where no job waits."""
        with self._lock:
            due = time.monotonic() + delay
            if self._due is None or due < self._due:
                self._due = due
                self._changed.notify_all()

    def retry(self) -> None:
        """Try at once what failed."""
        with self._lock:
            self._pause = _FIRST_PAUSE
            self._requeue()
            self._changed.notify_all()

    def flush(self, timeout: float) -> SaveStatus:
        """Wait, at most so many seconds, until everything has been tried; how the saving then stands."""
        if not self._thread.is_alive():
            return self.status
        self.wake(0)
        with self._lock:
            self._changed.wait_for(self._is_idle, timeout)
            return self._current()

    def give_way(self, limit: float) -> bool:
        """Wait until the jobs in the queue are done, at most ``limit`` seconds; are they?"""
        with self._lock:
            return self._changed.wait_for(lambda: not self._queue and not self._running, limit)

    def close(self, timeout: float) -> SaveStatus:
        """Write what waits and end the thread; how the saving then stands. What failed is tried once more."""
        self.retry()
        self.flush(timeout)
        status = self.flush(timeout)  # what ``before`` has to say about the jobs that were just done
        with self._lock:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(max(0.1, timeout))
        return status

    def _work(self) -> None:
        while True:
            try:
                if not self._turn():
                    return
            except Exception:  # out of memory, or the listener failed: this thread is the only one that saves
                self._running = None
                time.sleep(_BREATH)

    def _turn(self) -> bool:
        """Do the next thing; False at the end."""
        name = self._next()
        if name is None:
            return False
        self._tell()
        note = self._run_before()
        job = self._job(name)
        failure, doubt = self._run(job) if job else ("", "")
        self._finish(name, job, note, failure, doubt)
        self._tell()
        return True

    def _next(self) -> str | None:
        """Wait for something to do: a job's name, "" for ``before`` alone, ``None`` at the end."""
        with self._lock:
            while True:
                now = time.monotonic()
                if self._retry_at is not None and now >= self._retry_at:
                    self._requeue()
                if self._queue:
                    self._running = next(iter(self._queue))
                    return self._running
                if self._due is not None and now >= self._due:
                    self._running = ""
                    return ""
                if self._closing:
                    return None
                self._changed.notify_all()  # whoever waits for this idleness may have missed it, had memory run out
                ends = [at for at in (self._due, self._retry_at) if at is not None]
                self._changed.wait(max(0.0, min(ends) - now) if ends else None)

    def _job(self, name: str) -> Job | None:
        """The job of a name; it stays in the queue until it is known how it went."""
        with self._lock:
            return self._queue.get(name)

    def _run_before(self) -> str:
        with self._lock:
            self._due = None
        return self._run(self._before)[0]

    @staticmethod
    def _run(job: Job) -> tuple[str, str]:
        """Why the job failed and what the disk did not confirm, each "" where all went well."""
        try:
            return "", job()
        except FileError as error:
            return str(error), ""
        except Exception as error:  # the thread must go on: the person is told, and nothing is dropped
            return _("保存时程序出错：{error}").format(error=f"{type(error).__name__}: {error}"), ""

    def _finish(self, name: str, job: Job | None, note: str, failure: str, doubt: str) -> None:
        with self._lock:
            self._running = None
            self._note = note
            if job and self._queue.get(name) is job:  # else a newer one came meanwhile, which is still to be written
                del self._queue[name]
            if note:
                self._due = time.monotonic() + _LONGEST_PAUSE
            self._doubts.pop(name, None)
            if doubt:
                self._doubts[name] = doubt
            if failure and job and name not in self._queue:  # a newer version replaces a failed one
                self._failed[name] = (job, failure)
                self._retry_at = time.monotonic() + self._pause
                self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            elif not self._failed:
                self._retry_at, self._pause = None, _FIRST_PAUSE
            self._changed.notify_all()

    def _requeue(self) -> None:
        self._retry_at = None
        for name, (job, _failure) in self._failed.items():
            self._queue.setdefault(name, job)
        self._failed.clear()

    def _is_idle(self) -> bool:
        return not self._queue and self._running is None and (self._due is None or self._due > time.monotonic())

    def _current(self) -> SaveStatus:
        """The status; a new moment only where something changed."""
        waiting = tuple(dict.fromkeys((*self._failed, *([self._running] if self._running else []), *self._queue)))
        if self._failed:
            state, message = SaveState.FAILED, next(iter(self._failed.values()))[1]
        elif waiting:
            state, message = SaveState.SAVING, ""
        elif self._doubts:
            state, message = SaveState.UNCONFIRMED, next(iter(self._doubts.values()))
        else:
            state, message = SaveState.SAVED, self._note
        old = self._status
        if (old.state, old.message, old.waiting) != (state, message, waiting):
            self._status = SaveStatus(state=state, at=time.time(), message=message, waiting=waiting)
        return self._status

    def _tell(self) -> None:
        with self._lock:
            old, new = self._told, self._current()
            self._told = new
        if new is not old:
            self._on_status(new)
