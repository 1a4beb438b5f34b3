"""Dim texts that one key takes: what a blank field most likely holds, never filled in by itself."""

from collections import Counter
from decimal import Decimal

from perftui.editing.rows import NEW_ROW
from perftui.forms import AmountGroup, Form, GroupRole, Part, Role
from perftui.model.document import Document, Location
from perftui.model.money import format_amount, parse_amount
from perftui.model.record import Record

ZERO = Decimal("0.00")


def offers_for(document: Document, form: Form, file: str, record: Record) -> dict[Location, str]:
    """The offers for the blank fields of one project, by place, as the file would hold them."""
    return {**number_offers(form, file, record), **_bases(document, form, file, record)}


def number_offers(form: Form, file: str, record: Record) -> dict[Location, str]:
    """The offers for a project's amounts and plan."""
    found: dict[Location, str] = {}
    for group in form.project.amounts:
        for key, amount in _amounts(group, record).items():
            found[Location(file=file, path=(group.key, key))] = format_amount(amount)
    plan = form.project.plan
    if plan and len(plan.usual) == len(plan.points):
        for point, usual in zip(plan.points, plan.usual, strict=True):
            if not record.text(plan.path(point)):
                found[Location(file=file, path=plan.path(point))] = usual
    return found


def _amounts(group: AmountGroup, record: Record) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for part in group.total.walk():
        if part.parts:
            found.update(_of_sum(group, part, record))
    return {key: amount for key, amount in found.items() if amount >= 0}


def _of_sum(group: AmountGroup, whole: Part, record: Record) -> dict[str, Decimal]:
    """Of a sum and its parts: the sum of all parts, the one part that is missing, or all in the first part."""
    total = parse_amount(record.text(group.path(whole.field)))
    parts = {part.field.key: record.text(group.path(part.field)) for part in whole.parts}
    missing = [key for key, text in parts.items() if not text]
    known = [amount for text in parts.values() if text and (amount := parse_amount(text)) is not None]
    if len(known) + len(missing) < len(parts):
        return {}
    if total is None:
        return {whole.field.key: sum(known, ZERO)} if known and not record.text(group.path(whole.field)) else {}
    rest = total - sum(known, ZERO)
    return {key: rest if number == 0 else ZERO for number, key in enumerate(missing)}


def _bases(document: Document, form: Form, file: str, record: Record) -> dict[Location, str]:
    """The basis of the row above; for the first row the one used most in the document."""
    group = form.project.group_of(GroupRole.INDICATORS)
    column = group.column(Role.BASIS) if group else None
    if group is None or column is None:
        return {}
    used = Counter(
        text for other in document.projects.values() for row in other.rows(group.key) if (text := row.text(column.key))
    )
    above = used.most_common(1)[0][0] if used else ""
    found: dict[Location, str] = {}
    for row in record.rows(group.key):
        text = row.text(column.key)
        if not text and above:
            found[Location(file=file, path=(group.key, row.id, column.key))] = above
        above = text or above
    if above:
        for class_name in ("", *(class_name for _category, class_name in form.taxonomy.skeleton)):
            found[Location(file=file, path=(group.key, f"{NEW_ROW}{class_name}", column.key))] = above
    return found
