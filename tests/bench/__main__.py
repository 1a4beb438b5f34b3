"""``python -m tests.bench [topic…] [--quick] [--place DIR]``: run the topics, and print the table of targets."""

import argparse
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from tests.bench.figures import Report, targets_table
from tests.bench.places import ROOT, Place
from tests.bench.readme import with_tables

TOPICS = (
    "start", "keys", "line", "panes", "counted", "memory", "saving", "lists", "find", "export", "growth", "reading",
    "offers",
)  # fmt: skip


def main() -> int:
    """The command line; 1 where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("topics", metavar="topic", nargs="*", choices=[*TOPICS, []], help=", ".join(TOPICS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds and projects: a look, no measurement")
    parser.add_argument("--readme", action="store_true", help="put the table into the README, in two languages")
    usual = Path(tempfile.gettempdir()) / "perftui-bench"
    parser.add_argument("--place", type=Path, default=usual, help=f"where documents are made and kept ({usual})")
    args = parser.parse_args()
    report, place = Report(quick=args.quick), Place(args.place)
    for topic in args.topics or TOPICS:
        report.say(f"\n## {topic}\n")
        begun = time.perf_counter()
        import_module(f"tests.bench.{topic}").run(report, place)
        report.say(f"\n({topic}: {time.perf_counter() - begun:.0f} s)")
    report.say("\n## Targets\n")
    report.say(targets_table(report.targets))
    if args.readme:
        readme = ROOT / "README.md"
        readme.write_text(with_tables(readme.read_text(encoding="utf-8"), report.targets), encoding="utf-8")
    return 0 if all(target.met for target in report.targets) else 1


if __name__ == "__main__":
    sys.exit(main())
