"""What a suite of the soak is: something tried many times, and counted."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What came of a suite."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    """What was done and found, in the order to be told."""
    failures: list[str] = field(default_factory=list)
    """What must never happen, and did: each with what is needed to see it again."""

    def expect(self, *names: str) -> None:
        """Counts that are told even where they stay 0."""
        for name in names:
            self.counts[name] += 0

    def fail(self, kind: str, told: str) -> None:
        """Count something that must never happen."""
        self.counts[kind] += 1
        self.failures.append(f"{kind}: {told}")

    def add(self, other: "Tally") -> None:
        """Count what another part of the suite found."""
        self.counts.update(other.counts)
        self.failures += other.failures

    def line(self) -> str:
        """The suite's last line: ``kills: 2000 runs, 0 cells lost, …``."""
        return f"{self.name}: " + ", ".join(f"{count} {what}" for what, count in self.counts.items())

    def check(self) -> None:
        """Raise AssertionError where something went wrong."""
        assert not self.failures, "\n".join([self.line(), *self.failures[:20]])


Deadline = Callable[[], bool]
"""Is the time over?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A suite, and how often it tries at full length."""

    name: str
    what: str
    full: int
    run: Callable[[int, random.Random, Deadline], Tally]
