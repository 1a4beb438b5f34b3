"""The pages of the rules: what is wrong, why, how to put it right, and an example of each kind.

A page is the file ``ID.toml`` beside this module: ``source`` (a ``RuleSource`` in small letters), ``has_fix``, the
tables ``zh`` and ``en`` with the sentences ``what``, ``why`` and ``mend``, and the tables ``bad`` and ``good`` with the
fields of an ``Example``. It is read when somebody looks at it, never by a review.
"""

from enum import Enum
from functools import cache
from pathlib import Path

from perftui.locale import N_, _, chosen_language
from perftui.model.frozen import frozen
from perftui.review.example import Example

FOLDER = Path(__file__).parent


class RuleSource(Enum):
    """Where a rule comes from, and so how sure it is."""

    FORM = N_("表样本身的逻辑。确定。")
    SYSTEM = N_("预算管理一体化系统的必填和格式校验。确定。")
    TARGETS = N_("财预〔2015〕88号：绩效目标应当指向明确、细化量化、合理可行、相应匹配。条文未逐字核对，供判断。")
    CORE = N_("财预〔2021〕101号：核心绩效指标及其标准。条文未逐字核对，供判断。")
    SEEN = N_("公开的绩效文本中常见的毛病。是否成立由人判断。")
    STYLE = N_("公文用语和标点的通行写法。可按单位习惯取舍。")

    @property
    def label(self) -> str:
        """The sentence in the chosen language."""
        return _(self.value)


@frozen
class Page:
    """The page of a rule in one language; examples are Chinese in all."""

    what: str
    """What is wrong."""
    why: str
    """Why it is sent back."""
    mend: str
    """How to put it right."""
    source: RuleSource
    bad: Example
    good: Example
    has_fix: bool = False
    """Some findings carry a replacement that one key applies."""


def load_page(rule_id: str) -> Page:
    """The page of a rule in the chosen language. Raises OSError where it has none."""
    return _load(rule_id, chosen_language())


@cache
def _load(rule_id: str, language: str) -> Page:
    import tomllib  # costs 5 ms, and few look at a page

    plain = tomllib.loads((FOLDER / f"{rule_id}.toml").read_text(encoding="utf-8"))
    sentences = plain[language]
    return Page(
        what=sentences["what"], why=sentences["why"], mend=sentences["mend"],
        source=RuleSource[plain["source"].upper()], has_fix=plain.get("has_fix", False),
        bad=Example.from_plain(plain["bad"]), good=Example.from_plain(plain["good"]),
    )  # fmt: skip
