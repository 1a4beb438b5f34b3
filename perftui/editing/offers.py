"""The dim texts in blank fields: the likely value, which one key takes. Nothing is filled in without that key."""

from collections.abc import Iterator
from decimal import Decimal

from perftui.editing.rows import NEW_ROW
from perftui.editing.suggestions import SuggestionSources, best_at
from perftui.forms import AmountGroup, Form, Group, GroupRole, Part, Plan, RecordSpec, Role
from perftui.model.document import DEPARTMENT, Location
from perftui.model.money import format_amount, parse_amount
from perftui.model.record import FieldPath, Record, Row

ZERO = Decimal("0.00")


def offers_for(sources: SuggestionSources, file: str, record: Record) -> dict[Location, str]:
    """The offers for one project, by place, as the file would hold them."""
    found = number_offers(sources.form, file, record, sources.origin)
    for path, ghost in _blank_texts(sources.form, record):
        place = Location(file=file, path=path)
        if place not in found and (best := best_at(sources, record, path, ghost)) is not None:
            found[place] = best.text
    return found


def _blank_texts(form: Form, record: Record) -> Iterator[tuple[FieldPath, Row | None]]:
    """The blank fields that a person sees, those of rows that are not stored yet included, with what these hold."""
    for path, _field in form.project.fields(record):
        if not record.text(path):
            yield path, None
    for group in form.project.groups:
        for ghost in _ghosts(form, group, record):
            yield from (((group.key, ghost.id, column.key), ghost) for column in group.columns)


def _ghosts(form: Form, group: Group, record: Record) -> Iterator[Row]:
    """One more row, and one for each class that has none."""
    if not (group.single and record.rows(group.key)):
        yield Row(id=NEW_ROW, values={})
    if group.role is GroupRole.INDICATORS:
        level1, level2 = group.key_of(Role.LEVEL1), group.key_of(Role.LEVEL2)
        present = {row.text(level2) for row in record.rows(group.key)}
        for category, class_name in form.project.taxonomy.skeleton:
            if class_name not in present:
                yield Row(id=f"{NEW_ROW}{class_name}", values={level1: category, level2: class_name})


def last_year_offers(spec: RecordSpec, record: Record, previous: Record | None) -> dict[Location, str]:
    """For the department's blank fields what last year's document says there."""
    if previous is None:
        return {}
    blank = [path for path, one in spec.fields(record) if one.formula is None and not record.text(path)]
    texts = {Location(file=DEPARTMENT, path=path): previous.text(path) for path in blank}
    return {place: text for place, text in texts.items() if text}


# ---- amounts and plan


def number_offers(form: Form, file: str, record: Record, origin: Record | None = None) -> dict[Location, str]:
    """The offers for a project's amounts and plan."""
    found: dict[Location, str] = {}
    for group in form.project.amounts:
        for key, amount in _amounts(group, record).items():
            found[Location(file=file, path=(group.key, key))] = format_amount(amount)
        paths = [group.path(one) for one in group.amounts]
        if origin is not None and not any(record.text(path) for path in paths):
            found |= {Location(file=file, path=path): origin.text(path) for path in paths if origin.text(path)}
    plan = form.project.plan
    if plan:
        for point, percent in zip(plan.points, _usual(plan, origin), strict=False):
            if not record.text(plan.path(point)):
                found[Location(file=file, path=plan.path(point))] = percent
    return found


def _usual(plan: Plan, origin: Record | None) -> tuple[str, ...]:
    """Last year's plan where that is whole, else the one that most projects have."""
    last = tuple(origin.text(plan.path(point)) for point in plan.points) if origin is not None else ()
    return last if last and all(last) else plan.usual


def _amounts(group: AmountGroup, record: Record) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for part in group.total.walk():
        if part.parts:
            found.update(_of_sum(group, part, record))
    # A negative rest says that the total or another part is wrong: there is nothing to offer then.
    return {key: amount for key, amount in found.items() if amount >= 0}


def _of_sum(group: AmountGroup, whole: Part, record: Record) -> dict[str, Decimal]:
    """Of a sum and its parts: the sum of all parts, the one part that is missing, or all in the first part.

    Where all are there and do not add up, the only part that is not zero is offered as what makes them: the total
    was changed.
    """
    total = parse_amount(record.text(group.path(whole.field)))
    parts = {part.field.key: record.text(group.path(part.field)) for part in whole.parts}
    missing = [key for key, text in parts.items() if not text]
    amounts = {key: amount for key, text in parts.items() if text and (amount := parse_amount(text)) is not None}
    if len(amounts) + len(missing) < len(parts):  # a part holds something that is no amount
        return {}
    sources = sum(amounts.values(), ZERO)
    if total is None:
        return {whole.field.key: sources} if amounts and not record.text(group.path(whole.field)) else {}
    if not missing:
        paying = [key for key, amount in amounts.items() if amount]
        return {paying[0]: total} if len(paying) == 1 and sources != total else {}
    rest = total - sources
    return {key: rest if number == 0 else ZERO for number, key in enumerate(missing)}
