"""Imports documents within limits, as a process of its own: ``python -m tests.soak.importer FILE…``.

Nothing can be written. Prints one JSON object: what came of each file, and the most memory that was needed.
"""

import json
import resource
import signal
import sys
import traceback
from pathlib import Path
from types import FrameType

from perftui.session.foreign_document import CannotImport, read_foreign, report_lines, summary

MEMORY = 900 * 1024 * 1024
"""Bytes that the process may have."""
SECONDS = 5.0
"""What one file may take of the processor."""
READ, REFUSED, BROKEN, SLOW = "read", "refused", "tracebacks", "hangs"


class _TooSlow(BaseException):
    """No ``Exception``: nothing on the way takes it for its own."""


def tried(path: Path) -> tuple[str, str]:
    """What came of a file, and what was said."""
    data = path.read_bytes()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        imported = read_foreign(data, path.name, year=2022)
        told = [summary(imported), *report_lines(imported)]
        return READ, "\n".join(told)
    except CannotImport as refused:
        return (REFUSED, str(refused)) if str(refused).strip() and "\n" not in str(refused) else (BROKEN, repr(refused))
    except _TooSlow:
        return SLOW, ""
    except Exception:  # whatever it is, it must not come
        return BROKEN, traceback.format_exc()[-1500:]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _TooSlow


def main(paths: list[str]) -> None:
    """Try files one after the other."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGPROF, _stop)
    found = {path: tried(Path(path)) for path in paths}
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    print(json.dumps({"found": found, "memory": int(status.partition("VmHWM:")[2].split()[0]) // 1024}))


if __name__ == "__main__":
    main(sys.argv[1:])
