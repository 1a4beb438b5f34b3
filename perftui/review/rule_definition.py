"""What a rule is: an id, a severity, a title and a pure function; its page is a TOML file in ``review/pages``.

A rule is written as a function under ``@rule`` (it sees one record) or ``@document_rule`` (it sees the facts of all
records). The decorator turns the function into a ``Rule``, which ``review/catalogue`` finds in its module.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath
from perftui.review.facts import DocumentFacts, RecordFacts
from perftui.review.finding import Fix, Severity
from perftui.review.pages import Page, load_page
from perftui.review.subject import FieldText, Subject


class Scope(Enum):
    """What a rule looks at."""

    FILE = "file"
    """One record at a time: its findings hold as long as the file does."""
    DOCUMENT = "document"
    """The facts of all records together."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found (made by ``hit``); the engine makes it a finding of the rule."""

    path: FieldPath
    message: str
    """What is wrong, as a whole sentence."""
    advice: str
    """What to do about it."""
    quote: str
    """The text of the field, "" where nothing is there."""
    span: tuple[int, int] | None
    """The part of the quote that matters, as indices; ``None``: all of it."""
    fix: Fix | None
    key: str
    """What tells the finding from others of its rule in the same place with the same quote."""
    file: str
    """Only from rules over the document: the file that the path is in."""
    places: tuple[Location, ...]
    """Only of a finding about a group: every place of it."""


Hits = Iterator[Hit]
"""What a check yields."""
FileCheck = Callable[[Subject], Iterable[Hit]]
DocumentCheck = Callable[[DocumentFacts], Iterable[Hit]]


def hit(
    at: FieldText | FieldPath, message: str, advice: str, *, span: tuple[int, int] | None = None, fix: str = "",
    key: str = "", file: str = "", places: tuple[Location, ...] = (), **values: object,
) -> Hit:  # fmt: skip
    """What a check found in a cell, whose text is quoted, or at a path where there is nothing to quote.

    ``message`` and ``advice`` are templates of ``str.format`` where ``values`` are given, else they stand as they are.
    ``fix``: the text that can safely replace the cell's. The others are those of ``Hit``.
    """
    path, quote = (at.path, at.text) if isinstance(at, FieldText) else (at, "")
    if values:
        message, advice = message.format(**values), advice.format(**values)
    replacement = Fix(path=path, text=fix) if fix else None
    return Hit(path, message, advice, quote, span, replacement, key, file, places)


def _all_facts(facts: RecordFacts) -> object:
    return facts


@frozen
class Rule:
    """One rule. Its id is never given to another."""

    id: str
    severity: Severity
    title: str
    """What it is called in lists, in Chinese; here and not on the page, for every report of a check shows it."""
    check: FileCheck | None = None
    survey: DocumentCheck | None = None
    compared: Callable[[RecordFacts], object] = _all_facts
    """Of a rule over the document: what it looks at in the facts of a file."""

    @property
    def scope(self) -> Scope:
        """One file, or the document."""
        return Scope.FILE if self.check is not None else Scope.DOCUMENT

    @property
    def page(self) -> Page:
        """The page that explains it, read from its file."""
        return load_page(self.id)


def rule(rule_id: str, severity: Severity, title: str) -> Callable[[FileCheck], Rule]:
    """Make a check of one record a rule. ``title`` is marked with ``N_``."""
    return lambda check: Rule(id=rule_id, severity=severity, title=title, check=check)


def document_rule(
    rule_id: str, severity: Severity, title: str, *, compared: Callable[[RecordFacts], object] = _all_facts
) -> Callable[[DocumentCheck], Rule]:
    """Make a check of the whole document a rule.

    ``compared``: what it looks at in the facts of a file. It is asked again after an edit only where that changed.
    """
    return lambda check: Rule(id=rule_id, severity=severity, title=title, survey=check, compared=compared)
