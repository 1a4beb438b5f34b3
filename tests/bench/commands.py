"""Commands from start to end, run in turn so that a noisy machine hurts all alike."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.places import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run of a command."""

    wall: float
    """Milliseconds."""
    cpu: float
    """Milliseconds of processor time, children included."""
    peak: float
    """MiB of the largest process."""
    out: bytes


def run(argv: Sequence[str], home: Path, *, codes: Sequence[int] = (0,)) -> Ran:
    """Run a command to its end."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PERFTUI"))}
    env |= {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state"),
            "XDG_CONFIG_HOME": str(home / "config"), "LC_ALL": "C.UTF-8"}  # fmt: skip
    begun = time.perf_counter()
    with subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        out = process.stdout.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise RuntimeError(f"{argv}: exit code {process.returncode}")
    cpu = usage.ru_utime + usage.ru_stime
    return Ran(wall=wall * 1000, cpu=cpu * 1000, peak=usage.ru_maxrss / 1024, out=out)


def in_turn(
    commands: Mapping[str, Sequence[str]], home: Path, rounds: int, *, codes: Sequence[int] = (0,), warm: int = 1
) -> dict[str, list[Ran]]:
    """Every round runs every command once; the first rounds warm the caches and are not counted."""
    found: dict[str, list[Ran]] = {name: [] for name in commands}
    for number in range(rounds + warm):
        for name, argv in commands.items():
            ran = run(argv, home, codes=codes)
            if number >= warm:
                found[name].append(ran)
    return found
