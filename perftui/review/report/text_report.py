"""Findings as text: one entry a sentence, the quoted field with a pointer below it, the places, what to do.

Findings are counted in 条, places in 处: rows copied to three projects are one finding with three places.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Final

from perftui.files.processors import shared
from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.text import visible
from perftui.model.width import cell_len, lines_to_read
from perftui.review.finding import Acceptance, Finding
from perftui.review.grouping import FindingGroup, group_findings
from perftui.review.location_names import LocationNames
from perftui.review.report.excerpt import CUT, window
from perftui.review.report.summary import counts, lapsed_lines, settings_lines, title_of
from perftui.review.review_settings import ReviewSettings
from perftui.review.totals import sums_sentence

_INDENT: Final = "    "
_BULLET: Final = "    - "


def to_text(
    findings: Sequence[Finding],
    document: Document,
    form: Form,
    settings: ReviewSettings | None = None,
    width: int = 80,
    lapsed: Sequence[Acceptance] = (),
) -> str:
    """The findings for people; ``width``: cells of a line. Accepted ones come last, with reason and name.

    ``lapsed``: acceptances that no finding answers to any more.
    """
    names = LocationNames(document, form)
    sums = sums_sentence(document, form)
    lines = [_summary(findings, form), *([sums] if sums else []), *settings_lines(settings or ReviewSettings())]
    open_entries = group_findings(one for one in findings if one.is_open)
    places = iter(_places(open_entries, names, width))
    for _rule, group in groupby(open_entries, key=lambda entry: (entry.finding.severity, entry.finding.rule)):
        lines += ["", *_group(list(group), places, names, width)]
    accepted = group_findings(one for one in findings if not one.is_open)
    if accepted:
        lines += ["", _("已接受 {count} 条").format(count=sum(len(entry.findings) for entry in accepted))]
    for entry in accepted:
        lines += _accepted(entry, names, width)
    for sentence in lapsed_lines(lapsed):
        lines += ["", sentence]
    for acceptance in lapsed:
        place = Location(file=acceptance.file, path=acceptance.path)
        sentence = _("{by}：{reason}").format(by=acceptance.by, reason=acceptance.reason)
        lines += _wrapped(
            _noted(f"{acceptance.rule} {visible(names.with_english(names.of(place)))}", sentence), "  ", width
        )
    return "\n".join(lines) + "\n"


def _summary(findings: Sequence[Finding], form: Form) -> str:
    parts = [f"{severity.label} {count}" for severity, count in counts(findings).items() if count]
    nothing = _("没有问题") if form.is_known else _("{missing}，没有审核").format(missing=visible(form.missing))
    return " · ".join(parts) or nothing


def _places(entries: Sequence[FindingGroup], names: LocationNames, width: int) -> list[str]:
    """What is said of each place of some entries, in their order; of very many all processors say it."""

    def said(places: Sequence[Location]) -> list[str]:
        return ["\n".join(_wrapped(visible(names.with_english(names.of(one))), _BULLET, width)) for one in places]

    return shared([place for entry in entries for place in entry.places], said)


def _group(same: list[FindingGroup], places: Iterator[str], names: LocationNames, width: int) -> Iterable[str]:
    """The entries of one rule; advice that holds for all of them is said once. ``places``: what is said of each."""
    finding, count = same[0].finding, sum(len(one.findings) for one in same)
    many = _("（{count} 条）").format(count=count) if count > 1 else ""
    yield from _wrapped(f"{finding.severity.label} {finding.rule} {title_of(finding.rule)}{many}", "", width)
    advice = list(dict.fromkeys(names.with_english(entry.finding.advice) for entry in same))
    for entry in same:
        yield from _wrapped(visible(names.with_english(entry.finding.message)) + _held(len(entry.places)), "  ", width)
        yield from _quoted(entry.finding, width)
        yield from islice(places, len(entry.places))
        if len(advice) > 1:
            yield from _wrapped(
                _("建议：{advice}").format(advice=names.with_english(entry.finding.advice)), "  ", width
            )
    if len(advice) == 1:
        yield from _wrapped(_("建议：{advice}").format(advice=advice[0]), "  ", width)


def _held(count: int) -> str:
    return _("（{count} 处）").format(count=count) if count > 1 else ""


def _accepted(entry: FindingGroup, names: LocationNames, width: int) -> Iterable[str]:
    acceptance = entry.finding.accepted
    if acceptance is not None:
        sentence = _("{by}：{reason}").format(by=acceptance.by, reason=acceptance.reason)
        message = names.with_english(entry.finding.message)
        yield from _wrapped(_noted(f"{entry.finding.rule} {visible(message)}", sentence), "  ", width)
        yield from _places([entry], names, width)


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    """Lines of at most ``width`` cells, all behind the same indent."""
    room = max(20, width - len(indent))
    if 2 * len(text) <= room and "\n" not in text:
        return [indent + text.rstrip()]
    pieces = lines_to_read(text, room)
    return [(indent if number == 0 else " " * len(indent)) + piece for number, piece in enumerate(pieces)]


def _quoted(finding: Finding, width: int) -> list[str]:
    """The field's text on one line and a pointer under the part that matters; long texts are cut around it."""
    if not finding.quote:
        return []
    start, end = finding.span or (0, len(finding.quote))
    text = visible(finding.quote)
    room = max(20, width - 2 * len(_INDENT) - 2)
    left, right = window(text, start, end, room)
    before = (CUT if left else "") + text[left:start]
    marked = text[start : min(end, right)]
    shown = before + marked + text[min(end, right) : right] + (CUT if right < len(text) else "")
    pointer = " " * cell_len(before) + "^" * max(1, cell_len(marked))
    return [_INDENT + shown] if finding.span is None else [_INDENT + shown, _INDENT + pointer]


def _noted(text: str, sentence: str) -> str:
    return _("{text}（{told}）").format(text=text, told=visible(sentence))
