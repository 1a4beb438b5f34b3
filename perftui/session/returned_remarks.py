"""Remarks of a returned document: this program's own findings among them are none, and people settle the others."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from perftui.editing.edits import Edit, SetValue
from perftui.exchange.importer.imported import Confidence, ImportResult, Note
from perftui.exchange.importer.report import shown
from perftui.exchange.page import OWN_AUTHOR
from perftui.forms import load_form
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.record import REMARKS, FieldPath, Record
from perftui.model.remarks import ANSWER, SETTLED, Remark, remarks_of, with_remarks
from perftui.review.engine import review
from perftui.review.finding import Finding
from perftui.session.final_check import notes_of

RULE = "X007"
"""What finds remarks that nobody has settled."""
_OWN = re.compile(r"\S{2,12} [A-Z][0-9]{3}(?:：|: ?)")
"""How a finding begins that was printed into the margin."""


def without_own_findings(imported: ImportResult) -> ImportResult:
    """The document without the remarks that are findings of this program: those that still hold are found again."""
    suspects = [
        (file, one)
        for file, record in imported.document.files()
        for one in remarks_of(record)
        if one.by == OWN_AUTHOR or _OWN.match(one.text)
    ]
    if not suspects:
        return imported
    document = imported.document
    standing = {note.text for note in notes_of(document, review(document, load_form(document.form)))}
    notes: list[Note] = []
    taken_out: set[tuple[str, str]] = set()
    for file, one in suspects:
        if one.text in standing:
            message = _("批注是本程序提出的问题，现在还在，不重复记：{text}")
        elif one.by == OWN_AUTHOR and _OWN.match(one.text):
            message = _("批注是本程序提出的问题，现在没有了，不再记：{text}")
        else:
            continue
        document = document.with_record(file, document.record(file).without_row(REMARKS, one.id))
        taken_out.add((file, "\n".join((one.text, one.by, one.answer))))
        target = Location(file=file, path=one.path)
        sentence = message.format(text=shown(one.text))
        notes.append(Note(place="", confidence=Confidence.SURE, message=sentence, target=target, text=one.text))
    said = (note for note in imported.notes if note.target is None or (note.target.file, note.text) not in taken_out)
    return replace(imported, document=document, notes=(*said, *notes))


def new_remarks(ours: Record, theirs: Record, own_path: Callable[[FieldPath], FieldPath]) -> tuple[Remark, ...]:
    """The remarks of a foreign record that ours does not have, at our own rows."""
    found = [replace(one, id="", path=own_path(one.path)) for one in remarks_of(theirs)]
    known = {row.id for row in ours.rows(REMARKS)}
    return tuple(one for one in remarks_of(with_remarks(ours, found)) if one.id not in known)


def settling(document: Document, findings: Sequence[Finding], answer: str, by: str) -> list[Edit]:
    """The edits that settle the remarks which findings speak of, with an answer."""
    return [
        SetValue(file=one.location.file, path=(REMARKS, one.key, key), value=text)
        for one in findings
        if one.rule == RULE and document.record(one.location.file).row(REMARKS, one.key) is not None
        for key, text in ((ANSWER, answer), (SETTLED, by))
    ]


def of_remarks(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are remarks of others, and all the rest."""
    found = tuple(findings)
    return tuple(one for one in found if one.rule == RULE), tuple(one for one in found if one.rule != RULE)
