"""What was read of a page beside what is right: facts of one kind, compared as people would."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from perftui.exchange.importer.imported import ImportResult
from perftui.forms import Form, GroupRole, Role, load_form
from perftui.model.record import Record
from tests.gallery.layouts import Layout, Project

KINDS = ("names", "amounts", "goals", "rows", "classes", "values", "texts")
"""``texts`` are the explanation and the basis of a row."""
Fact = tuple[str, ...]
"""What it is about, then what it says; both as ``plain`` writes them."""
_LISTED = re.compile(r"^(?:目标|指标)?[0-9]+[.、)):：]+")
_ASCII = str.maketrans({"≧": "≥", "≦": "≤", "—": "-", "~": "-"})
_SHORT = 5
"""Characters of a text that may stand inside another by chance."""
_AMOUNTS = (("fiscal", "财政"), ("carryover", "结转"), ("other", "其他"))


@dataclass(frozen=True, slots=True)
class Figures:
    """Facts that were given, that are right, and that are both."""

    given: int = 0
    right: int = 0
    both: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.given + other.given, self.right + other.right, self.both + other.both)

    @property
    def precision(self) -> float:
        """Of what was given, the share that is right, in percent."""
        return 100 * self.both / self.given if self.given else 100.0

    @property
    def recall(self) -> float:
        """Of what is right, the share that was given, in percent."""
        return 100 * self.both / self.right if self.right else 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a reading of a page is worth."""

    figures: Mapping[str, Figures]
    wrong: tuple[tuple[str, Fact], ...]
    """Given and not right, by kind."""
    missing: tuple[tuple[str, Fact], ...]
    """Right and not given, by kind."""
    misplaced: tuple[str, ...]
    """Texts that belong into the report and stand in a field, or in a file that git keeps."""
    unsaid: tuple[str, ...]
    """Texts that belong into the report and stand nowhere."""


def judged(layout: Layout, imported: ImportResult, *, empty: bool = False) -> Verdict:
    """What was read of a layout, against what is right."""
    given = read_facts(imported)
    right = {kind: Counter[Fact]() for kind in KINDS} if empty else right_facts(layout, imported)
    fields, kept, said = set(_fields(imported)), _kept(imported), _said(imported)
    reported = () if empty else layout.reported
    private = () if empty else layout.private
    misplaced = [one for one in reported if any(_is_in(plain(one), field) for field in fields)]
    misplaced += [one for one in private if plain(one) in kept]
    return Verdict(
        figures={kind: _figures(given[kind], right[kind]) for kind in KINDS},
        wrong=tuple((kind, fact) for kind in KINDS for fact in (given[kind] - right[kind]).elements()),
        missing=tuple((kind, fact) for kind in KINDS for fact in (right[kind] - given[kind]).elements()),
        misplaced=tuple(misplaced),
        unsaid=tuple(one for one in (*reported, *private) if plain(one) not in said),
    )  # fmt: skip


def read_facts(imported: ImportResult) -> dict[str, Counter[Fact]]:
    """The facts that a reader gave."""
    form = load_form(imported.document.form)
    facts = {kind: Counter[Fact]() for kind in KINDS}
    for number, record in enumerate(imported.document.projects.values()):
        at = str(number)
        spec = form.project
        facts["names"].update(_names(at, spec.text_of(record, Role.NAME), spec.text_of(record, Role.CODE)))
        facts["amounts"].update((at, key, amount) for key, amount in _amounts(form, record))
        facts["goals"].update((at, line) for text in _goals(form, record) for line in goal_lines(text))
        _count_rows(facts, at, list(_rows(form, record)), form)
    return facts


def right_facts(layout: Layout, imported: ImportResult) -> dict[str, Counter[Fact]]:
    """The facts that are right; only those amounts, codes and texts of rows that the form read into has a field for."""
    form = load_form(imported.document.form)
    facts = {kind: Counter[Fact]() for kind in KINDS}
    for number, project in enumerate(layout.projects):
        at = str(number)
        code = project.code if form.project.path_of(Role.CODE) else ""
        facts["names"].update(_names(at, project.name, code))
        known = _amount_keys(form)
        facts["amounts"].update((at, key, value) for key, value in project.amounts.items() if key in known)
        facts["goals"].update((at, line) for goal in project.goals for line in goal_lines(goal))
        _count_rows(facts, at, list(_right_rows(form, project)), form)
    return facts


def plain(text: str) -> str:
    """A text without what people do not see as a difference."""
    return re.sub(r"\s+", "", normalize("NFKC", text)).translate(_ASCII).replace(">=", "≥").replace("<=", "≤")


def goal_lines(text: str) -> Iterator[str]:
    """The sentences of a goal without their numbers and last marks."""
    for line in text.splitlines():
        for sentence in re.split(r"(?:[;；]|(?=目标[0-9]+[:：]))", line):
            if bare := _LISTED.sub("", plain(sentence)).rstrip("。;,."):
                yield bare


def _names(at: str, name: str, code: str) -> Iterator[Fact]:
    yield from ((at, kind, plain(text)) for kind, text in (("name", name), ("code", code)) if text)


def _count_rows(facts: Mapping[str, Counter[Fact]], at: str, rows: list[Mapping[str, str]], form: Form) -> None:
    for row in rows:
        name, class_name = plain(row.get("name", "")), row.get("class", "")
        category = row.get("category", "") or form.project.taxonomy.category_of(
            class_name
        )  # which follows from the class
        facts["rows"][at, name] += 1
        if category or class_name:
            facts["classes"][at, name, _level(category), _level(class_name)] += 1
        if row.get("value"):
            facts["values"][at, name, plain(row["value"]).lstrip("=")] += 1
        facts["texts"].update((at, name, key, plain(row[key])) for key in ("description", "basis") if row.get(key))


def _level(text: str) -> str:
    return re.sub(r"\(.*\)$", "", plain(text)).removesuffix("指标")


def _rows(form: Form, record: Record) -> Iterator[Mapping[str, str]]:
    group = form.project.group_of(GroupRole.INDICATORS)
    if group is None:
        return
    for row in record.rows(group.key):
        at = {role: row.text(group.key_of(role)) if group.key_of(role) else "" for role in _COLUMNS}
        value = at[Role.SIGN] + at[Role.VALUE] + at[Role.UNIT]
        yield {
            "category": at[Role.LEVEL1], "class": at[Role.LEVEL2], "name": at[Role.NAME], "value": value,
            "description": at[Role.DESCRIPTION], "basis": at[Role.BASIS],
        }  # fmt: skip


_COLUMNS = (
    Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.SIGN, Role.VALUE, Role.UNIT, Role.DESCRIPTION, Role.BASIS,
)  # fmt: skip


def _right_rows(form: Form, project: Project) -> Iterator[Mapping[str, str]]:
    group = form.project.group_of(GroupRole.INDICATORS)
    texts = [] if group is None else [one.value for one in (Role.DESCRIPTION, Role.BASIS) if group.key_of(one)]
    for row in project.rows:
        yield {key: text for key, text in row.items() if key not in ("description", "basis") or key in texts}


def _amount_keys(form: Form) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for group in form.project.amounts[-1:]:
        found["total"] = group.path(group.total.field)
        parts = [(key, one) for key, word in _AMOUNTS for one in group.amounts[1:] if word in one.label]
        found |= {key: group.path(one) for key, one in parts}
    return found


def _amounts(form: Form, record: Record) -> Iterator[tuple[str, str]]:
    for key, path in _amount_keys(form).items():
        if text := record.text(path):
            yield key, f"{Decimal(text):.2f}"


def _goals(form: Form, record: Record) -> Iterator[str]:
    group = form.project.group_of(GroupRole.GOALS)
    if group is not None:
        yield from (row.text(group.key_of(Role.TEXT)) for row in record.rows(group.key))


def _figures(given: Counter[Fact], right: Counter[Fact]) -> Figures:
    return Figures(given.total(), right.total(), (given & right).total())


def _is_in(text: str, field: str) -> bool:
    return text == field or (len(text) > _SHORT and text in field)


def _fields(imported: ImportResult) -> Iterator[str]:
    """Every text of the fields of goals, amounts and rows."""
    form = load_form(imported.document.form)
    texts = [text for record in imported.document.projects.values() for text in _texts(record)]
    department = form.department.text_of(imported.document.department, Role.OVERALL_GOAL)
    yield from (plain(text) for text in [*texts, department])


def _texts(record: Record) -> Iterator[str]:
    yield from (str(value) for key, value in record.head.items() if key != "order")
    yield from (str(value) for table in record.tables.values() for key, value in table.items() if key != "note")
    yield from (str(value) for rows in record.groups.values() for row in rows for value in row.values.values())


def _kept(imported: ImportResult) -> str:
    """Every text of the files: fields, comments, remarks."""
    return "\n".join(plain(text) for _, record in imported.document.files() for text in kept_texts(record))


def kept_texts(record: Record) -> Iterator[str]:
    """Every text of a record's file, comments too."""
    yield from (str(value) for value in record.head.values())
    yield from (str(value) for table in record.tables.values() for value in table.values())
    yield from (str(value) for rows in record.groups.values() for row in rows for value in row.values.values())
    yield from (line for one in record.comments.values() for line in (*one.before, one.behind))


def _said(imported: ImportResult) -> str:
    notes = "\n".join(plain(f"{note.message} {note.text}") for note in imported.notes)
    return notes + "\n" + _kept(imported)
