"""The program, held after its first frame until a file appears: ``held.py FILE DATA``."""

import sys
import time
from pathlib import Path

from perftui.tui import starting

go, data = map(Path, sys.argv[1:])
run = starting._run


def held(*words: object) -> int:
    while not go.exists():
        time.sleep(0.01)
    return run(*words)  # type: ignore[arg-type]


starting._run = held
sys.exit(starting.run(data))
