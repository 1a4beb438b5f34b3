"""Comments of a foreign document as remarks of its records: each at the field whose text it stands beside."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.importer.report import in_table, shown
from perftui.exchange.importer.source import SourceComment
from perftui.exchange.importer.tables import ProjectDraft
from perftui.exchange.importer.telling import Standing
from perftui.locale import _
from perftui.model.record import FieldPath
from perftui.model.remarks import Remark
from perftui.model.text import clean

_LONGEST = 2000  # characters of one comment
_WHOLE = 4
"""How well a text fits that is letter for letter the one which a comment stands in."""


class PlacedComment(NamedTuple):
    """A comment as a remark; the rows of its path are still named by their number: ``("goals", "#3")``."""

    draft: RecordDraft
    remark: Remark


def placed_comments(
    comments: Sequence[SourceComment], department: RecordDraft, projects: Sequence[ProjectDraft]
) -> Iterator[PlacedComment]:
    """Each comment with the record that it is about, told in that record's report."""
    for comment in comments:
        draft, path = _place(comment, department, projects)
        text = clean(comment.text[:_LONGEST], lines=True).text
        by = clean(comment.by, lines=False).text
        remark = Remark(
            path=path, text=text, by=by, date=comment.date,
            answer=clean(comment.answer[:_LONGEST], lines=True).text, settled=by if comment.settled else "",
        )  # fmt: skip
        told = (
            _("批注，留作这一处的批注，已办结：{text}")
            if remark.settled
            else _("批注，留作这一处的批注，待处理：{text}")
        )
        draft.note(
            comment.place,
            Confidence.LIKELY,
            told.format(text=shown(comment.text)),
            path,
            text="\n".join((comment.text, comment.by, comment.answer)),
        )
        yield PlacedComment(draft, remark)


def _place(
    comment: SourceComment, department: RecordDraft, projects: Sequence[ProjectDraft]
) -> tuple[RecordDraft, FieldPath]:
    """The record and the field that stand where a comment does; of several fields what they have in common."""
    for draft in (*projects, department):
        found = [one for one in draft.standing if one.place == comment.place]
        if found:
            return draft, _nearest(comment, found)
    for draft in projects:
        starts = tuple(in_table(number) for number in draft.tables)
        if comment.place and comment.place.startswith(starts):
            return draft, ()
    return department, ()


def _nearest(comment: SourceComment, found: Sequence[Standing]) -> FieldPath:
    """The field among those of one place; of cells that say the same the one in its order."""
    best = max(_fit(comment, one) for one in found)
    paths = [one.path for one in found if _fit(comment, one) == best]
    if best >= _WHOLE and comment.alike < len(paths):
        return paths[comment.alike]
    return _common(paths)


def _fit(comment: SourceComment, one: Standing) -> int:
    """How well a text that was taken in at the comment's place is the one that it stands in."""
    near, raw = comment.near.strip(), one.text.strip()
    if raw and raw == near:
        return _WHOLE
    if comment.quote and comment.quote in raw and raw in near:
        return 3
    if label_key(one.label) == label_key(near) != "":
        return 2
    return 1 if (raw in near if raw else not near) else 0


def _common(paths: Sequence[FieldPath]) -> FieldPath:
    """The field itself, or the row or table that several are of."""
    shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*paths, strict=False))
    return tuple(parts[0] for parts in shared)
