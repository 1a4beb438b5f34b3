"""Fills a blank form: rows and tables are added as it needs them, the cells written, and all of it read back."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from perftui.exchange.filling.blank_form import BlankForm
from perftui.exchange.filling.form_places import FormPlaces
from perftui.exchange.filling.place import FormOwner, Place, records_filled
from perftui.exchange.filling.places import find_places
from perftui.exchange.filling.plan import OWNER, FillPlan, ProjectPlan, UnplacedValue, plan_of
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.read_document import match
from perftui.exchange.importer.source import SourceDocument, SourceParagraph
from perftui.exchange.importer.vocabulary import form_of_tables
from perftui.forms import Form, GroupRole, Role
from perftui.locale import N_, _
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record

_MOST_ROUNDS = 4
_NOBODY = FormOwner()
_NOTHING = N_("没有找到可以填的空格：表已经填过，或者栏目和这份文本的表样对不上")


class ReadDifference(NamedTuple):
    """What reads back as something else."""

    path: FieldPath
    """The field's; a goals' group; group and column; group, column and name of a whole row."""
    label: str
    text: str
    read: str


@frozen
class FilledForm:
    """A form that was filled and read back equal."""

    data: bytes
    written: int
    """Cells."""
    missing: tuple[UnplacedValue, ...]
    """Values that the form has no place for."""
    blank: tuple[str, ...]
    """The labels before cells that stayed blank, each once."""
    year: int
    """The year that the form says; 0 for none."""
    in_ten_thousands: bool
    """Some of its amounts are in 万元."""
    ends_full: bool
    """It prints all of its indicators, and cells of its very last row were written."""


def fill(
    blank: Callable[[], BlankForm], records: Sequence[Record], form: Form, owner: FormOwner = _NOBODY
) -> FilledForm:
    """The form with some projects in it; ``blank`` opens it anew. Raises ImportRefused where it cannot be filled.

    In a form without projects the one record is the department's.
    What would be read back as something else is not written, and counts as without a place.
    """
    form = form_of_tables(form)
    without: frozenset[FieldPath] = frozenset()
    wrong: list[ReadDifference] = []
    for _round in range(_MOST_ROUNDS):
        made = blank()
        places, plan = _planned(made, records, form, owner, without)
        for place, cell in sorted(plan.cells.items(), reverse=True):  # what is before it in its text stays in place
            made.write(place, cell.text, number=cell.number)
        content = made.content()
        read = match(content, form=form.id).document
        wrong = [*_differences(read, plan, form), *_owner_differences(content, read, plan, form)]
        if not wrong:
            filled = {(place[:2], places.blank.get(place)) for place in plan.cells}  # 项目名称 | 某某 | (blank)
            left = [label for place, label in places.blank.items() if (place[:2], label) not in filled]
            return FilledForm(data=made.data(), written=len(plan.cells), missing=tuple(plan.missing),
                              blank=tuple(dict.fromkeys(left)), year=read.year,
                              in_ten_thousands=any(one.unit == 10_000 for project in places.projects
                                                   for one in project.fields.values()),
                              ends_full=_ends_full(made, places, plan, form))  # fmt: skip
        without |= {one.path for one in wrong}
    sentence = _("填好后读回来不一样，没有写出：“{label}”应是“{text}”，读到“{read}”")
    if not wrong[0].text and not wrong[0].read:
        sentence = _("空表的“{label}”里已经印着内容，与填进去的分不清，没有写出：请先删掉印着的内容")
    raise ImportRefused(sentence.format(label=wrong[0].label, text=wrong[0].text, read=wrong[0].read))


def _ends_full(made: BlankForm, places: FormPlaces, plan: FillPlan, form: Form) -> bool:
    group = form.project.group_of(GroupRole.INDICATORS)
    last = list(made.content().tables())[-1]
    end = (last.number, len(last.rows) - 1)
    named = group is not None and places.names_all(group.key_of(Role.NAME))
    return named and any(place[:2] == end for place in plan.cells)


def _planned(
    blank: BlankForm, records: Sequence[Record], form: Form, owner: FormOwner, without: frozenset[FieldPath]
) -> tuple[FormPlaces, FillPlan]:
    """What is written where, after the form got the rows that are needed. Raises ImportRefused."""
    places = _with_projects(blank, len(records), form, owner)
    plan = plan_of(records, places, form, without)
    for _round in range(_MOST_ROUNDS):
        if not plan.more_rows:
            break
        for (table, row), times in sorted(Counter(plan.more_rows).items(), reverse=True):
            for _time in range(times):
                blank.add_row(table, row, places.own_cells(table, row), listed=places.is_list)
        places = find_places(blank.content(), form, owner)
        plan = plan_of(records, places, form, without)
    if plan.more_rows:
        raise ImportRefused(_("指标行放不进这张表，没有填"))
    if plan.cells.keys() <= plan.owner.keys() | {one.place for one in places.columns.numbers.values()}:
        raise ImportRefused(_(_NOTHING))
    return places, plan


def _told_apart(places: FormPlaces, form: Form) -> bool:
    """Does the form ask which project it is, or say it?"""
    asked = [form.project.path_of(role) for role in (Role.NAME, Role.CODE)]
    return any(path in one.fields or path in one.printed for one in places.projects for path in asked)


def _with_projects(blank: BlankForm, wanted: int, form: Form, owner: FormOwner) -> FormPlaces:
    """The places of a form that has one for each project; rows or copies of it are added."""
    places = find_places(blank.content(), form, owner)
    if not places.projects or not places.size():
        raise ImportRefused(_(_NOTHING))
    if wanted > 1 and not _told_apart(places, form):
        sentence = _("表里没有可以填“{label}”的空格，几个项目填在一起分不清，没有填；只填一个请用 --project 指明")
        raise ImportRefused(sentence.format(label=form.project.label_of(Role.NAME)))
    missing = wanted - len(places.projects)
    if missing <= 0:
        return places
    if places.is_list:
        rows = sorted(places.projects[-1].rows)
        (table, first), (_table, last) = rows[0], rows[-1]
        for _time in range(missing):
            blank.add_rows(table, first, last)
    else:
        for _time in range(-(-missing // len(places.projects))):
            blank.add_copy()
    places = find_places(blank.content(), form, owner)
    if len(places.projects) < wanted:
        raise ImportRefused(_("这张表只有 {count} 个项目的位置，要填的有 {wanted} 个；请用 --project 指明").format(
            count=len(places.projects), wanted=wanted))  # fmt: skip
    return places


# ---- the proof


def _differences(read: Document, plan: FillPlan, form: Form) -> Iterator[ReadDifference]:
    """Where the importer reads anything else than what was written."""
    records = list(records_filled(read, form).values())
    for at, wanted in enumerate(plan.projects):
        record = records[at] if at < len(records) else Record()
        yield from _field_differences(wanted, record, form)
        yield from _row_differences(wanted, record, form)


def _owner_differences(content: SourceDocument, read: Document, plan: FillPlan, form: Form) -> Iterator[ReadDifference]:
    """Is the form, or a copy in it, read as somebody else's, or of another year, than was written?

    Over a list the reader may take neither for the document's: then it is only seen whether it stands there.
    """
    unit, year = form.department.text_of(read.department, Role.UNIT_NAME), str(read.year or "")
    for place, text in plan.owner.items():
        there, said = _text_at(content, place), year if text.isdecimal() else unit
        if place in plan.cells and (text not in (said or text) or text not in there):
            yield ReadDifference(OWNER, "", text, said if text in there else there)


def _text_at(content: SourceDocument, place: Place) -> str:
    """What stands in a cell, or in a paragraph."""
    if place.table:
        return next(one for one in content.tables() if one.number == place.table).rows[place.row][place.cell].text
    lines = (one for one in content.blocks if isinstance(one, SourceParagraph))
    return next((one.text for one in lines if one.number == place.row), "")


def _field_differences(wanted: ProjectPlan, record: Record, form: Form) -> Iterator[ReadDifference]:
    for path, text in wanted.fields.items():
        one = form.project.field(path)
        if one is not None and record.text(path) != text:
            yield ReadDifference(path, one.label, text, record.text(path))
    for key, texts in wanted.goals.items():
        group = form.project.group(key)
        if group is None:
            continue
        read = tuple(row.text(group.key_of(Role.TEXT)) for row in record.rows(key))
        if read != texts:
            yield ReadDifference((key,), group.label, " ".join(texts), " ".join(read))


def _row_differences(wanted: ProjectPlan, record: Record, form: Form) -> Iterator[ReadDifference]:
    group = form.project.group_of(GroupRole.INDICATORS)
    if group is None:
        return
    name = group.key_of(Role.NAME)
    rows = [{column.key: row.text(column.key) for column in group.columns} for row in record.rows(group.key)]
    for right in wanted.rows:
        same = [row for row in rows if row[name] == right.get(name)]
        nearest = max(same, key=lambda row: sum(row[key] == text for key, text in right.items()), default=None)
        if nearest is None:
            yield ReadDifference((group.key, name, right.get(name, "")), group.label, " ".join(right.values()), "")
            continue
        rows.remove(nearest)
        for column in group.columns:
            text, read = right.get(column.key, ""), nearest[column.key]
            if text and text != read:
                whole = (name, right.get(name, "")) if column.role is Role.VALUE else (column.key,)
                yield ReadDifference((group.key, *whole), column.label, text, read)
