"""The program, held after its first frame until a file appears: ``held.py FILE DATA``."""

import os
import sys
import time
from pathlib import Path

from perftui.tui import starting

go, data = map(Path, sys.argv[1:])
run = starting._run


def held(*words: object) -> int:
    os.write(1, b"\x1b]2;held\x07")  # a title: nothing is painted
    while not go.exists():
        time.sleep(0.01)
    return run(*words)  # type: ignore[arg-type]


starting._run = held
sys.exit(starting.run(data))
