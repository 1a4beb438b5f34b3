"""Findings as text for people, and in the formats that other programs read."""

from collections.abc import Callable, Sequence
from itertools import groupby

from perftui.cli.output import put
from perftui.cli.reviewing import Checked
from perftui.review.places import PlaceNames


def write_findings(name: str, checked: Sequence[Checked]) -> None:
    """Write the findings to stdout in a format."""
    _WRITERS[name](checked)


def _text(checked: Sequence[Checked]) -> None:
    """A heading a file, a line a finding."""
    for one in checked:
        places = PlaceNames(one.opened.document, one.opened.form)
        for file, findings in groupby(one.findings, key=lambda finding: finding.location.file):
            put(f"{places.file(file)}（{one.opened.folder.year}/{one.opened.folder.unit}/{file}）")
            for finding in findings:
                place = places.field(finding.location)
                where = f"{place}：" if place else ""
                put(f"  {finding.severity.label} {finding.rule} {where}{finding.message} → {finding.advice}")


_WRITERS: dict[str, Callable[[Sequence[Checked]], None]] = {"text": _text}
FORMATS = tuple(_WRITERS)
"""The names of the formats, the usual one first."""
