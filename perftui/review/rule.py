"""What a rule is: an id, a weight, a pure function, and the page that explains it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.model.record import Path
from perftui.review.example import Example
from perftui.review.facts import Facts, Survey
from perftui.review.finding import Fix, Severity
from perftui.review.subject import Subject


class Scope(Enum):
    """What a rule looks at."""

    FILE = "file"
    """One record at a time: its findings hold as long as the file does."""
    DOCUMENT = "document"
    """The facts of all records together."""


class Source(StrEnum):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a check found; the engine makes it a finding of the rule."""

    path: Path
    message: str
    advice: str
    quote: str = ""
    span: tuple[int, int] | None = None
    fix: Fix | None = None
    key: str = ""
    """What tells the finding from others of its rule in the same place with the same quote."""
    file: str = ""
    """Only from rules over the document: the file that the path is in."""
    places: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page of a rule. Its sentences are kept in Chinese and translated where they are shown."""

    what: str
    """What is wrong."""
    why: str
    """Why it is sent back."""
    source: Source
    mend: str
    """How to put it right."""
    bad: Example
    good: Example
    has_fix: bool = False
    """Some findings carry a replacement that one key applies."""


def _all_facts(facts: Facts) -> object:
    return facts


FileCheck = Callable[[Subject], Iterable[Hit]]
DocumentCheck = Callable[[Survey], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Its id is never given to another."""

    id: str
    severity: Severity
    title: str
    """What it is called in lists, in Chinese."""
    page: Page
    check: FileCheck | None = None
    survey: DocumentCheck | None = None
    compared: Callable[[Facts], object] = _all_facts
    """Of a rule over the document: what it looks at in the facts of a file."""

    @property
    def scope(self) -> Scope:
        """One file, or the document."""
        return Scope.FILE if self.check is not None else Scope.DOCUMENT
