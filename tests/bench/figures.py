"""Figures and the table of targets: measured, allowed, met or not."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A ratio (or a count) that was measured, and the most that it may be."""

    what: str
    measured: float
    most: float
    digits: int = 2

    @property
    def met(self) -> bool:
        """Is it within the target?"""
        return self.measured <= self.most


@dataclass(slots=True, kw_only=True)
class Report:
    """What a topic has to say."""

    quick: bool = False
    targets: list[Target] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Print a line at once: a run takes minutes."""
        print(line, flush=True)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Print figures as a table."""
        print(drawn([head, *[[_text(cell) for cell in row] for row in rows]]), flush=True)

    def target(self, what: str, measured: float, most: float, digits: int = 2) -> None:
        """Note a figure that has a target."""
        self.targets.append(Target(what=what, measured=measured, most=most, digits=digits))


def median(values: Sequence[float]) -> float:
    """The median; 0.0 of nothing."""
    return statistics.median(values) if values else 0.0


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent are."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


def spread(values: Sequence[float], digits: int = 0) -> str:
    """``median (least–most)``."""
    if not values:
        return "–"
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def drawn(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table of Markdown whose columns stand one below another."""
    widths = [max(_cells(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for number, row in enumerate(rows):
        cells = [cell + " " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append("| " + " | ".join(cells) + " |")
        if number == 0:
            lines.append("|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def targets_table(targets: Sequence[Target]) -> str:
    """The table at the end of a run."""
    rows = [
        [one.what, f"{one.most:g}", f"{one.measured:.{one.digits}f}", "yes" if one.met else "NO"] for one in targets
    ]
    return drawn([["figure", "at most", "measured", "met"], *rows])


def _text(cell: object) -> str:
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
