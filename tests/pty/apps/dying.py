"""Takes the terminal and is killed at once, while its guard has not run a line yet."""

import os
import signal
import time

from perftui.tui.terminal import termios_settings, watchdog

_fork = os.fork


def late_child() -> int:
    """A busy machine: a guard that is a copy of this process waits for its turn."""
    pid = _fork()
    if pid == 0:
        time.sleep(0.3)
    return pid


os.fork = late_child
held = watchdog.start_watchdog()
held.taken()
termios_settings.make_raw(0)
os.write(2, b"\x1b[?1049hhere")
os.kill(os.getpid(), signal.SIGKILL)
