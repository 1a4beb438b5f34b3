"""The list of findings, and what is said about one."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice

from perftui.forms.glosses import glossed_sentence
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.text import visible
from perftui.model.width import cell_len, cut, lines_to_read
from perftui.review.finding import Acceptance, Finding, Severity
from perftui.review.grouping import FindingGroup, group_findings
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import title_cell
from perftui.viewmodel.finding_index import TONES
from perftui.viewmodel.grid import GAP, CellView, GridView, LazyRows, RowView, Tone, placed
from perftui.viewmodel.projects import mark_sign
from perftui.viewmodel.search import matching

_NOTED = 2
"""The most lines that say which rules the data folder changed."""


def findings_view(shown: DocumentView, width: int, wanted: str = "") -> GridView:
    """A row a sentence with the places where it holds, the weightiest first; the filter looks in places and sentences.

    At the end stand the acceptances for which there is no finding any more.
    """
    listed = listed_findings(shown, wanted)
    places = [one.findings[0].location if isinstance(one, FindingGroup) else _place_of(one) for one in listed]
    level = max(map(cell_len, (_("级别"), *(severity.label for severity in Severity))))
    place = 22 if width < 100 else 36
    widths = (1, level, place, max(20, width - 1 - level - place - 3 * GAP))
    titles = ("", _("级别"), _("位置"), _("问题"))

    def row(number: int) -> RowView:
        one = listed[number]
        return _row(shown, one, widths) if isinstance(one, FindingGroup) else _lapsed(shown, one, widths)

    return GridView(
        rows=_FindingRows(places, row),
        header=RowView(cells=placed([title_cell(title) for title in titles], widths)),
        footer=tuple(
            RowView(cells=(CellView(text=sentence, tone=Tone.DIM, width=width),)) for sentence in _changed(shown, width)
        ),
        width=width,
        row_cursor=True,
        empty=_("没有发现问题") if not wanted else _("没有含“{wanted}”的问题").format(wanted=wanted),
    )


class _FindingRows(LazyRows):
    """The rows of findings: of the hundreds that a file may have, none is made to find one."""

    def __init__(self, places: list[Location], make: Callable[[int], RowView]) -> None:
        super().__init__([place.file for place in places], make)
        self._places = places

    def of_place(self, place: Location) -> Sequence[int]:
        """The first row about a place, else about something in it."""
        if place in self._places:
            return (self._places.index(place),)
        within = (number for number, one in enumerate(self._places) if one.file == place.file and one.is_in(place))
        return tuple(islice(within, 1))


def _changed(shown: DocumentView, width: int) -> list[str]:
    """Which rules the data folder turned off or weighs otherwise, on two lines at most."""
    text = _("；").join(shown.index.changed)
    lines = lines_to_read(text, width) if text else []
    return lines if len(lines) <= _NOTED else [*lines[: _NOTED - 1], cut(lines[_NOTED - 1], width - 1) + _("…")]


@lru_cache(maxsize=2)
def listed_findings(shown: DocumentView, wanted: str = "") -> tuple[FindingGroup | Acceptance, ...]:
    """The findings and acceptances that the rows of the list show, in their order."""
    lapsed = matching(wanted, shown.index.lapsed, lambda one: (one.rule, one.reason, _acceptance_place(shown, one)))
    if not wanted.split():
        return *shown.index.groups, *lapsed
    found = matching(wanted, _texts(shown), lambda one: (one[1],))
    return *group_findings(one for one, _text in found), *lapsed


@lru_cache(maxsize=1)
def _texts(shown: DocumentView) -> list[tuple[Finding, str]]:
    """What the filter looks in for each finding; put together once, not at every letter."""
    return [(one, f"{one.rule}\n{one.message}\n{finding_place(shown, one)}") for one in shown.index.findings]


def finding_place(shown: DocumentView, finding: Finding) -> str:
    """Where a finding is, in words: the project, then the field, with its English."""
    return _place(shown, finding.location.file, shown.place_label(finding.location))


def _place(shown: DocumentView, file: str, field: str) -> str:
    whose = _("部门") if file == DEPARTMENT else shown.name(file)
    return f"{whose} {field}".rstrip()


def finding_text(shown: DocumentView, finding: Finding) -> str:
    """What is wrong and what to do, in one line."""
    accepted = "" if finding.accepted is None else _("（已接受：{reason}）").format(reason=finding.accepted.reason)
    fix = _("（Ctrl+E 修正）") if finding.fix is not None and finding.is_open else ""
    sentence = _("{severity}：{message}。{advice}").format(
        severity=finding.severity.label,
        message=glossed_sentence(shown.form, finding.message),
        advice=glossed_sentence(shown.form, finding.advice),
    )
    return visible(f"{sentence}{fix}{accepted}")


def _row(shown: DocumentView, entry: FindingGroup, widths: tuple[int, ...]) -> RowView:
    finding, count = entry.finding, len(entry.places)
    tone = Tone.DIM if not finding.is_open else TONES[Severity(finding.severity)]
    message = visible(finding.message) if finding.is_open else _("（已接受）") + visible(finding.message)
    at = finding.location
    place = visible(_place(shown, at.file, shown.short_place(at)))
    glossed_place = visible(finding_place(shown, finding))
    where = _cut(place, _("等 {count} 处").format(count=count), count, widths[2])
    whole = glossed_place if count == 1 and glossed_place != place else None
    cells = [
        CellView(text=mark_sign(tone), tone=tone),
        CellView(text=finding.severity.label, tone=tone),
        CellView(
            text=_fitting(whole or where, where, widths[2]),
            tone=Tone.LABEL,
            place=at,
            label=finding.rule,
            typed=whole,
        ),
        CellView(text=_fitting(glossed_sentence(shown.form, message), message, widths[3])),
    ]
    return RowView(cells=placed(cells, widths), key=finding.location)


def _fitting(sentence: str, short: str, width: int) -> str:
    """What is told with English, where that fits."""
    return sentence if cell_len(sentence) <= width else short


def _cut(place: str, others: str, count: int, width: int) -> str:
    """The first place, cut so that one can see that there are others."""
    if count == 1:
        return place
    return f"{cut(place, width - cell_len(others) - 1)} {others}"


def _lapsed(shown: DocumentView, acceptance: Acceptance, widths: tuple[int, ...]) -> RowView:
    place = _place_of(acceptance)
    sentence = _("（接受已失效：问题已经不在，或者文字改过）{rule} {by}：{reason}").format(
        rule=acceptance.rule, by=acceptance.by, reason=acceptance.reason
    )
    cells = [
        CellView(text=mark_sign(Tone.DIM), tone=Tone.DIM),
        CellView(text="", tone=Tone.DIM),
        CellView(text=visible(_acceptance_place(shown, acceptance)), tone=Tone.DIM, place=place, label=acceptance.rule),
        CellView(text=visible(sentence), tone=Tone.DIM),
    ]
    return RowView(cells=placed(cells, widths), key=place)


def _place_of(acceptance: Acceptance) -> Location:
    return Location(file=acceptance.file, path=acceptance.path)


def _acceptance_place(shown: DocumentView, acceptance: Acceptance) -> str:
    place = _place_of(acceptance)
    return _place(shown, place.file, shown.place_label(place))
