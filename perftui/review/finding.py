"""Findings: what is wrong, where, what to do about it, and whether a person accepted it."""

from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum
from hashlib import blake2b
from sys import intern
from typing import Any

from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, format_path, parse_path


class Severity(IntEnum):
    """How much a finding weighs; a greater one is worse."""

    HINT = 1
    """May be right as it stands."""
    WARNING = 2
    """Should be mended, can be accepted with a reason."""
    ERROR = 3
    """Must be mended before a final document."""

    @property
    def label(self) -> str:
        """Its name for people: 提示, 警告, 错误."""
        return _(_LABELS[self])

    @property
    def word(self) -> str:
        """Its name in files: hint, warning, error."""
        return self.name.lower()


_LABELS = {Severity.HINT: N_("提示"), Severity.WARNING: N_("警告"), Severity.ERROR: N_("错误")}


@frozen
class Fix:
    """A replacement that is safe: the field's text is put right without changing what it says."""

    path: FieldPath
    text: str


@frozen
class Acceptance:
    """A finding that a person accepted with a reason. It lapses when the text that the finding quotes changes."""

    rule: str
    file: str
    path: FieldPath
    digest: str
    """Of the quoted text (``quote_digest``)."""
    reason: str
    by: str

    def to_plain(self) -> dict[str, str]:
        """The acceptance as a table of the settings file."""
        return {
            "rule": self.rule, "file": self.file, "field": format_path(self.path), "text": self.digest,
            "reason": self.reason, "by": self.by,
        }  # fmt: skip

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Acceptance":
        """The acceptance that ``to_plain`` wrote. Raises KeyError where a part is missing."""
        field = str(plain["field"])
        return cls(
            rule=str(plain["rule"]), file=str(plain["file"]), path=parse_path(field) if field else (),
            digest=str(plain["text"]), reason=str(plain["reason"]), by=str(plain["by"]),
        )  # fmt: skip


COPIED = "X006"
"""The rule that counts a project's copied texts that nobody has looked at."""


@frozen
class Finding:
    """One thing that a reviewer would send back."""

    rule: str
    severity: Severity
    location: Location
    message: str
    """What is wrong, as a whole sentence."""
    advice: str
    """What to do about it."""
    quote: str = ""
    """The text of the field, "" where nothing is there."""
    span: tuple[int, int] | None = None
    """The part of the quote that matters, as indices; ``None``: all of it."""
    places: tuple[Location, ...] = ()
    """Every place of a finding about a group, the location among them."""
    fix: Fix | None = None
    key: str = ""
    """What tells it from others of its rule in the same place with the same quote."""
    accepted: Acceptance | None = None

    @property
    def is_open(self) -> bool:
        """Nobody accepted it."""
        return self.accepted is None

    @property
    def files(self) -> frozenset[str]:
        """The files that it is about."""
        return frozenset((self.location.file, *(place.file for place in self.places)))

    @property
    def digest(self) -> str:
        """The digest that an acceptance of this finding keeps, to see later whether the text is still the same."""
        return quote_digest(f"{self.quote}\0{self.key}" if self.key else self.quote)

    def accept(self, reason: str, by: str) -> Acceptance:
        """The acceptance of this finding by a person."""
        return Acceptance(
            rule=self.rule, file=self.location.file, path=self.location.path,
            digest=self.digest, reason=reason, by=by,
        )  # fmt: skip

    def with_severity(self, severity: Severity) -> "Finding":
        """The finding with another severity."""
        return replace(self, severity=severity)

    def to_plain(self) -> tuple[Any, ...]:
        """The finding as plain tuples, for a cache; acceptances and settings are not kept."""
        return (
            self.rule, int(self.severity), _plain(self.location), self.message, self.advice, self.quote, self.span,
            tuple(_plain(place) for place in self.places), None if self.fix is None else (self.fix.path, self.fix.text),
            self.key,
        )  # fmt: skip

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...]) -> "Finding":
        """The finding that ``to_plain`` made."""
        rule, severity, location, message, advice, quote, span, places, fix, key = plain
        return cls(
            rule=intern(rule), severity=Severity(severity), location=_location(location),
            message=intern(message), advice=intern(advice),  # a hundred thousand findings have a few hundred of them
            quote=quote,
            span=None if span is None else (span[0], span[1]), places=tuple(_location(place) for place in places),
            fix=None if fix is None else Fix(path=tuple(fix[0]), text=fix[1]), key=key,
        )  # fmt: skip


def quote_digest(quote: str) -> str:
    """A short digest of a quoted text: an acceptance lapses when the text is another."""
    return blake2b(quote.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _plain(location: Location) -> tuple[str, FieldPath]:
    return location.file, location.path


def _location(plain: tuple[str, FieldPath]) -> Location:
    return Location(file=plain[0], path=tuple(plain[1]))
