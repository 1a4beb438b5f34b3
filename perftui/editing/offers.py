"""The dim texts in blank fields: the likely value, which one key takes. Nothing is filled in without that key."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perftui.editing.rows import NEW_ROW, page_rows
from perftui.editing.suggestions import SuggestionSources, best_at
from perftui.forms import AmountGroup, Form, Part, Plan, RecordSpec, Role
from perftui.model.document import DEPARTMENT, Location
from perftui.model.money import format_amount, parse_amount
from perftui.model.record import FieldPath, Record, Row

ZERO = Decimal("0.00")


class ProjectOffers(Mapping[Location, str]):
    """The offers for one project, by place, as the file would hold them.

    Texts are looked for when a place is asked for: a project may have thousands, and a window shows twenty rows.
    """

    def __init__(self, sources: SuggestionSources, file: str, record: Record) -> None:
        self._sources, self._file, self._record = sources, file, record
        self._found: dict[Location, str] = number_offers(sources.form, file, record, sources.origin)

    def __getitem__(self, place: Location) -> str:
        found = self._found.get(place)
        if found is None:
            found = self._found[place] = self._best(place)
        if not found:
            raise KeyError(place)
        return found

    def __iter__(self) -> Iterator[Location]:
        numbers = list(self._found)
        texts = [Location(file=self._file, path=path) for path in _blank_paths(self._sources.form, self._record)]
        return iter([place for place in dict.fromkeys([*numbers, *texts]) if place in self])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def _best(self, place: Location) -> str:
        path = place.path
        if place.file != self._file or self._record.text(path):
            return ""
        ghost = _ghost(self._sources.form, path) if path[1:2] and path[1].startswith(NEW_ROW) else None
        best = best_at(self._sources, self._record, path, ghost)
        return "" if best is None else best.text


def _ghost(form: Form, path: FieldPath) -> Row:
    """What a row that is not stored yet begins with: its class, where it is one of the form's."""
    group, class_name = form.project.group(path[0]), path[1].removeprefix(NEW_ROW)
    category = form.project.taxonomy.category_of(class_name)
    if group is None or not category:
        return Row(id=path[1], values={})
    return Row(id=path[1], values={group.key_of(Role.LEVEL1): category, group.key_of(Role.LEVEL2): class_name})


def _blank_paths(form: Form, record: Record) -> Iterator[FieldPath]:
    """The blank fields that a person sees, those of rows that are not stored yet included."""
    yield from (path for path, _field in form.project.fields(record) if not record.text(path))
    for group in form.project.groups:
        rows = record.rows(group.key)
        names = [entry[1] for entry in page_rows(form.project, group, rows) if not isinstance(entry, Row)]
        for name in [*([] if group.single and rows else [""]), *names]:
            yield from ((group.key, f"{NEW_ROW}{name}", column.key) for column in group.columns)


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
