"""The program, held while it reads its files until a file appears: ``held_reading.py FILE DATA``."""

import sys
import time
from pathlib import Path

from perftui.files.processors import Told
from perftui.tui import opening_picture, starting
from perftui.tui.start_cache import PaintedFrame

go, data = map(Path, sys.argv[1:])
progress = opening_picture.progress
opening_picture._AT_ONCE = -1.0


def held(painted: PaintedFrame) -> Told:
    told = progress(painted)
    told(0.42)
    while not go.exists():
        time.sleep(0.01)
    return told


opening_picture.progress = held
sys.exit(starting.run(data))
