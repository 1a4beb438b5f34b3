"""``python -m tests.bench [topic…] [--quick] [--readme] [--place DIR]``: run topics, print the table of targets."""

import argparse
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from tests.bench.figures import Report, Target, targets_table
from tests.bench.kept import Kept
from tests.bench.places import ROOT, Place
from tests.bench.readme import machine, with_tables

TOPICS = (
    "start", "keys", "line", "panes", "counted", "memory", "saving", "lists", "find", "export", "growth", "reading",
    "offers",
)  # fmt: skip


def main() -> int:
    """The command line; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("topics", metavar="topic", nargs="*", choices=[*TOPICS, []], help=", ".join(TOPICS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds and projects: a look, no measurement")
    of_all = "put the table of all topics into the README; without a topic: measure what this code has not yet"
    parser.add_argument("--readme", action="store_true", help=of_all)
    usual = Path(tempfile.gettempdir()) / "perftui-bench"
    parser.add_argument("--place", type=Path, default=usual, help=f"where documents are made and kept ({usual})")
    args = parser.parse_args()
    if args.quick and args.readme:
        parser.error("--quick is no measurement: nothing of it goes into the README")
    report, place = Report(quick=args.quick), Place(args.place)
    kept = Kept(args.place / "figures", machine())
    for topic in args.topics or (kept.lacking(TOPICS) if args.readme else TOPICS):
        _run(topic, report, place, kept)
    targets = kept.targets(TOPICS) if args.readme else report.targets
    report.say("\n## Targets\n")
    report.say(targets_table(targets))
    if args.readme:
        _into_readme(report, targets, kept.lacking(TOPICS))
    return 0 if all(target.met for target in targets) else 1


def _run(topic: str, report: Report, place: Place, kept: Kept) -> None:
    """Measure a topic, and keep its figures unless they are a quick look."""
    report.say(f"\n## {topic}\n")
    begun, before = time.perf_counter(), len(report.targets)
    import_module(f"tests.bench.{topic}").run(report, place)
    report.say(f"\n({topic}: {time.perf_counter() - begun:.0f} s)")
    if not report.quick:
        kept.keep(topic, report.targets[before:])


def _into_readme(report: Report, targets: list[Target], lacking: list[str]) -> None:
    """Put the table into the README once every topic has been measured."""
    if lacking:
        report.say(
            f"\nNot yet in the README: {' '.join(lacking)} not measured. Go on with: python -m tests.bench --readme"
        )
        return
    readme = ROOT / "README.md"
    readme.write_text(with_tables(readme.read_text(encoding="utf-8"), targets), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
