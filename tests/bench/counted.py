"""What every key costs on every screen, counted: calls of perftui's functions on the thread that answers keys.

Counts are the same on a busy machine; processor time of that thread stands beside them. What is made once (the first
time that a screen is seen) is counted with the key that makes it.
"""

import asyncio
import gc
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import perftui
from tests.bench import real_projects
from tests.bench.figures import Report
from tests.bench.homes import own_home
from tests.bench.places import Place
from tests.tui.flows import SMALL, Flow, at_work

_OURS = str(Path(perftui.__file__).parent)
_LEAST = 200
"""Calls below which a key costs nothing that could grow."""
_FOUND = 300
"""Seconds that the rules may take for a first review."""

_SCREENS = {
    "list": "down up pagedown end home 社 区 escape alt+down ctrl+z enter escape",
    "a project's rows": "alt+4 down tab 甲 乙 enter ctrl+z ctrl+y ctrl+z pagedown ctrl+end ctrl+home f7 ctrl+g alt+g",
    "a project's form": "escape enter down tab 甲 乙 enter ctrl+z f7 f7 ctrl+g",
    "amounts": "alt+2 down right pagedown ctrl+end ctrl+home right 1 2 enter ctrl+z tab alt+2",
    "plan": "alt+3 down right pagedown ctrl+end ctrl+home right 1 2 enter ctrl+z tab alt+3",
    "department": "alt+5 down tab 甲 enter ctrl+z",
    "findings": "alt+6 down pagedown end home 社 区 escape enter escape",
    "pages": "f5 down pagedown ctrl+end ctrl+home f7 f5",
    "overview": "alt+8 down pagedown end home escape",
    "find": "ctrl+f 社 区 down escape ctrl+f 没 有 escape",
}

Costs = Mapping[str, tuple[int, float]]
"""By key: calls, and milliseconds of processor time."""


def run(report: Report, place: Place) -> None:
    """Among 9 projects (and 40, more than a window shows) and among many; in a project of 9 and of 1,000 rows."""
    many = (1000,) if report.quick else (1000, 10_000)
    few = _dearer(_costs(place, "9", place.data(9).data), _costs(place, "40", place.data(40).data))
    for size in many:
        _tell(report, f"{size} projects", few, _costs(place, str(size), place.data(size).data))
    rows = {count: _costs(place, f"rows-{count}", _of_rows(place, count)) for count in (9, 30, 1000)}
    _tell(report, "1,000 rows", _dearer(rows[9], rows[30]), rows[1000])


def _tell(report: Report, name: str, few: Costs, many: Costs) -> None:
    ratios = {key: calls / max(few[key][0], _LEAST) for key, (calls, _ms) in many.items()}
    worst = sorted(ratios, key=ratios.__getitem__, reverse=True)
    rows = [
        [key, few[key][0], many[key][0], f"{ratios[key]:.2f}", f"{few[key][1]:.1f}", f"{many[key][1]:.1f}"]
        for key in worst
        if ratios[key] > 1.5 or key == worst[0]
    ]
    report.table([f"{name}: keys above 1.5", "calls, few", "calls", "ratio", "cpu ms, few", "cpu ms"], rows)
    report.say(f"\n{sum(ratio <= 1.5 for ratio in ratios.values())} of {len(ratios)} keys cost at most 1.5 times\n")
    report.target(f"calls of any key, {name} / few (most: {worst[0]})", ratios[worst[0]], 1.5)


def _dearer(one: Costs, other: Costs) -> Costs:
    return {key: max(one[key], other[key]) for key in one}


def _of_rows(place: Place, count: int) -> Path:
    """The real document with one project, of so many rows."""
    data = place.real(f"rows-{count}")
    real_projects.lengthen(next(data.glob("*/*/projects")), count)
    return data


def _costs(place: Place, name: str, data: Path) -> Costs:
    with own_home(place.fresh(f"counted-home-{name}")):
        return asyncio.run(_pressed(data))


async def _pressed(data: Path) -> Costs:
    found: dict[str, tuple[int, float]] = {}
    async with at_work(data, SMALL) as flow:
        deadline = time.monotonic() + _FOUND
        while flow.screen.state.shown.index.pending and time.monotonic() < deadline:
            await flow.pilot.pause(0.1)
        await flow.pilot.pause(1.0)
        gc.freeze()
        for screen, keys in _SCREENS.items():
            for number, key in enumerate(keys.split(), 1):
                found[f"{screen}: {number} {key}"] = await _cost(flow, key)
                await flow.pilot.pause(0.05)  # what goes on behind the screen
    return found


async def _cost(flow: Flow, key: str) -> tuple[int, float]:
    calls = 0

    def called(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event == "call" and frame.f_code.co_filename.startswith(_OURS)

    begun = time.thread_time()
    sys.setprofile(called)
    try:
        if len(key) == 1:
            await flow.type(key)
        else:
            await flow.press(key)
        await flow.pilot.pause()
    finally:
        sys.setprofile(None)
    return calls, (time.thread_time() - begun) * 1000
