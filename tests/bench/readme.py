"""The table of targets as the README has it: in Chinese and in English, with the machine that it was measured on.

Its section stands between the marks ``<!-- bench:zh -->`` and ``<!-- /bench:zh -->``, and those of ``en``.
"""

import os
import platform
import re
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.figures import Target, drawn

_HEADS = {"zh": ("指标", "最多", "测得", "达到"), "en": ("figure", "at most", "measured", "met")}
_INTRODUCTIONS = {
    "zh": "## 快慢\n\n同一次测量（`python -m tests.bench --readme`）里的比值，"
    "用的文本和真实的一样，每个项目十几处问题。"
    "读入各行量的是测试里收着的公开表样，程序就是照它们写的；没见过的表样读得少一些。",
    "en": "## How fast\n\nRatios of one run of `python -m tests.bench --readme`, "
    "on documents as dense in findings as the real one.\n"
    "Reading is measured on the public forms of the tests, by which the readers were made; of others less is read.",
}
_MET = {"zh": ("否", "是"), "en": ("no", "yes")}
_WORDS = tomllib.loads(Path(__file__).with_name("readme.toml").read_text(encoding="utf-8"))


def with_tables(readme: str, targets: Sequence[Target]) -> str:
    """The README's text with both tables, each under the machine's name, in place of those of before."""
    for language in _HEADS:
        begin, end = f"<!-- bench:{language} -->\n", f"<!-- /bench:{language} -->"
        made = f"{begin}\n{_INTRODUCTIONS[language]}\n\n{machine()}\n\n{_table(targets, language)}\n\n{end}"
        readme = re.sub(f"{begin}.*?{end}", lambda _old, made=made: made, readme, count=1, flags=re.DOTALL)  # type: ignore[misc]
    return readme


def in_chinese(what: str) -> str:
    """A figure's name in Chinese, piece by piece; what has no Chinese stays as it is."""
    for english, chinese in _WORDS["words"].items():
        what = what.replace(english, chinese)
    return what


def _table(targets: Sequence[Target], language: str) -> str:
    rows = [[_name(one, language), f"{one.most:g}", f"{one.measured:.{one.digits}f}", _MET[language][one.met]]
            for one in targets]  # fmt: skip
    return drawn([_HEADS[language], *rows])


def _name(target: Target, language: str) -> str:
    what = target.what.partition(" (most: ")[0]
    return in_chinese(what) if language == "zh" else what


def machine() -> str:
    """Processor, cores, Python and day: ratios hold for every machine, the rest for this one."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    return f"{model} × {os.cpu_count()}, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}"
