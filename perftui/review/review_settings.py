"""The review settings of a data folder: rules off or of another severity, accepted findings, further slips."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from hashlib import blake2b
from typing import Any

from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.money import parse_percent
from perftui.review.finding import Acceptance, Finding, Severity

_OFF = "off"
_RULES = "rules"
_ACCEPTED = "accepted"
_TYPOS = "typos"
_WEIGHTS = "weight_totals"

WEIGHT_TOTALS = ("80", "90", "100")
"""What the weights of a project usually add up to; 80 and 90 leave points to 预算执行率 and others."""


class ReviewSettingsError(ValueError):
    """The settings of a data folder cannot be understood; the message is the sentence for the person."""


@frozen
class ReviewSettings:
    """The review settings of a data folder."""

    off: frozenset[str] = frozenset()
    """Ids of rules that are not asked."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Severities that differ from the rules' own, by rule id."""
    acceptances: tuple[Acceptance, ...] = ()
    typos: Mapping[str, str] = field(default_factory=dict)
    """Further slips: wrong -> right ("" where there is no one right word)."""
    weight_totals: tuple[str, ...] = WEIGHT_TOTALS
    """What the weights of a project may add up to; none: they are not added up."""
    undecided: tuple[Finding, ...] = ()
    """What is to be said of the settings' own files: values that two people gave, and nobody has settled."""

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "ReviewSettings":
        """The settings in a TOML file's tables. Raises SettingsError with a sentence that names the place."""
        rules = _table(plain, _RULES)
        severities = {rule: _severity(rule, word) for rule, word in rules.items() if word != _OFF}
        accepted = _table(plain, _ACCEPTED)
        return cls(
            off=frozenset(rule for rule, word in rules.items() if word == _OFF),
            severities=severities,
            acceptances=tuple(_acceptance(name, accepted[name]) for name in accepted),
            typos={str(wrong): str(right) for wrong, right in _table(plain, _TYPOS).items()},
            weight_totals=_totals(plain.get(_WEIGHTS, WEIGHT_TOTALS)),
        )

    def to_plain(self) -> dict[str, Any]:
        """The settings as tables of a TOML file; what is as shipped is left out."""
        rules = {**dict.fromkeys(self.off, _OFF), **{rule: found.word for rule, found in self.severities.items()}}
        plain: dict[str, Any] = {
            _WEIGHTS: list(self.weight_totals) if self.weight_totals != WEIGHT_TOTALS else None,
            _RULES: dict(sorted(rules.items())),
            _TYPOS: dict(self.typos),
            _ACCEPTED: {acceptance_key(one): one.to_plain() for one in self.acceptances},
        }
        return {key: value for key, value in plain.items() if value or (key == _WEIGHTS and value is not None)}

    def with_acceptances(self, acceptances: Iterable[Acceptance]) -> "ReviewSettings":
        """The settings with findings accepted; an earlier acceptance of the same place gives way."""
        kept = {acceptance_key(one): one for one in self.acceptances}
        for acceptance in acceptances:
            kept.pop(acceptance_key(acceptance), None)
            kept[acceptance_key(acceptance)] = acceptance
        return replace(self, acceptances=tuple(kept.values()))

    def without_acceptances(self, taken_back: Collection[Acceptance]) -> "ReviewSettings":
        """The settings with acceptances taken back."""
        return replace(self, acceptances=tuple(one for one in self.acceptances if one not in taken_back))

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings under these settings: rules that are off left out, severities changed, accepted ones marked."""
        accepted = {(one.rule, one.file, one.path, one.digest): one for one in self.acceptances}
        found = [finding for finding in findings if finding.rule not in self.off]
        if self.severities:
            found = [_weighed(finding, self.severities.get(finding.rule)) for finding in found]
        return [_marked(finding, accepted) for finding in found] if accepted else found

    def lapsed(self, findings: Iterable[Finding], unread: Collection[str] = ()) -> tuple[Acceptance, ...]:
        """Acceptances without a finding any more: the text was changed, or the fault mended.

        ``findings``: all of the document. ``unread``: files that cannot be read; their acceptances, and those of rules
        that are off, are not counted as lapsed.
        """
        counted = [one for one in self.acceptances if one.file not in unread and one.rule not in self.off]
        if not counted:
            return ()
        used = {finding.accepted for finding in findings if finding.accepted is not None}
        return tuple(one for one in counted if one not in used)


def acceptance_key(acceptance: Acceptance) -> str:
    """The key of an acceptance's table in the file: the same for the same rule and place, whoever accepts."""
    text = "\0".join((acceptance.rule, acceptance.file, *acceptance.path))
    return blake2b(text.encode(), digest_size=5).hexdigest()


def _table(plain: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = plain.get(key, {})
    if not isinstance(table, Mapping):
        raise ReviewSettingsError(_("审核设置里的 {key} 应当是一个表").format(key=key))
    return table


def _totals(plain: object) -> tuple[str, ...]:
    totals = tuple(str(total) for total in plain) if isinstance(plain, list | tuple) else ("",)
    if any(parse_percent(total) is None for total in totals):
        raise ReviewSettingsError(_('审核设置里的 {key} 应当是几个数，如 ["80", "100"]').format(key=_WEIGHTS))
    return totals


def _severity(rule: str, word: object) -> Severity:
    found = next((severity for severity in Severity if severity.word == word), None)
    if found is None:
        message = _("审核设置里规则 {rule} 的“{word}”看不懂，请写 off、hint、warning 或 error")
        raise ReviewSettingsError(message.format(rule=rule, word=word))
    return found


def _acceptance(name: str, plain: object) -> Acceptance:
    if isinstance(plain, Mapping):
        try:
            return Acceptance.from_plain(plain)
        except KeyError as missing:
            message = _("审核设置里接受的问题 {name} 缺少 {key}").format(name=name, key=missing.args[0])
            raise ReviewSettingsError(message) from missing
    raise ReviewSettingsError(_("审核设置里的 {key} 应当是一个表").format(key=f"{_ACCEPTED}.{name}"))


def _weighed(finding: Finding, severity: Severity | None) -> Finding:
    return finding if severity is None else finding.with_severity(severity)


def _marked(finding: Finding, accepted: Mapping[tuple[str, str, tuple[str, ...], str], Acceptance]) -> Finding:
    found = accepted.get((finding.rule, finding.location.file, finding.location.path, finding.digest))
    return finding if found is None else replace(finding, accepted=found)
