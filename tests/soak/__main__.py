"""``python -m tests.soak [SUITE…] [--full | --tenth | --seconds N] [--seed N]``: a suite ends in a line of counts."""

import argparse
import random
import sys
import time
from collections.abc import Sequence

from tests.soak import (
    contents,
    crashes,
    definitions,
    documents,
    faults,
    fuzz,
    hangups,
    input_law,
    keyboard,
    kills,
    lost_texts,
    machine,
    memory,
    merges,
    strings,
    together,
    week,
    writers,
)  # fmt: skip
from tests.soak.suite import Suite

SUITES: tuple[Suite, ...] = (
    kills.SUITE, hangups.SUITE, faults.SUITE, crashes.SUITE, fuzz.SUITE, merges.SUITE, merges.JOURNALS, machine.SUITE,
    writers.SUITE, together.SUITE, strings.SUITE, documents.SUITE, contents.SUITE, memory.SUITE,
    lost_texts.SUITE,
    keyboard.SUITE, input_law.SUITE,
    definitions.SUITE, week.SUITE,
)  # fmt: skip


def main(words: Sequence[str] | None = None) -> int:
    """Run suites; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Long runs that try to lose something.")
    parser.add_argument("suites", metavar="SUITE", nargs="*", help=", ".join(one.name for one in SUITES) + "; all")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--full", action="store_const", const=1.0, dest="part", help="as often as is promised")
    size.add_argument("--tenth", action="store_const", const=0.1, dest="part", help="a tenth of it (the usual)")
    size.add_argument("--part", type=float, dest="part", help="this part of it")
    parser.add_argument("--seconds", type=float, help="at most so long a suite")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    args = parser.parse_args(words)
    unknown = set(args.suites) - {one.name for one in SUITES}
    if unknown:
        parser.error(f"no such suite: {', '.join(sorted(unknown))}")
    chosen = [one for one in SUITES if not args.suites or one.name in args.suites]
    part = args.part or (1.0 if args.seconds else 0.1)
    found = [_run(suite, max(1, int(suite.full * part)), args.seconds, args.seed) for suite in chosen]
    return int(any(found))


def _run(suite: Suite, count: int, seconds: float | None, seed: int) -> bool:
    started = time.monotonic()
    tally = suite.run(count, random.Random(seed), lambda: seconds is not None and time.monotonic() - started > seconds)
    for failure in tally.failures[:10]:
        print(f"  {failure}", file=sys.stderr)
    print(f"{tally.line()} ({time.monotonic() - started:.0f} s, seed {seed})", flush=True)
    return bool(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
