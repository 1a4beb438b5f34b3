"""Goes through the tables of a document: whose project each is, and which rows are its head, which its indicators."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from perftui.exchange.importer.composed_labels import is_name_label
from perftui.exchange.importer.headers import Header, grade_titles, header_at, header_of, points_told, unknown_titles
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.indicators import IndicatorRows
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.printed import Rows, printed_rows, read_printed
from perftui.exchange.importer.project_columns import columns_unread, projects_in_columns
from perftui.exchange.importer.project_lists import listed_projects
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.importer.report import in_table, shown
from perftui.exchange.importer.source import SourceCell, SourceTable
from perftui.exchange.importer.sources import settle_sources
from perftui.exchange.importer.table_head import TableHead
from perftui.exchange.importer.task_rows import TaskRows, task_rows
from perftui.exchange.importer.title import is_title
from perftui.exchange.importer.vocabulary import LabelMeaning, Vocabulary
from perftui.exchange.importer.year_sections import this_years
from perftui.forms import Form, Role
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.money import format_percent

Row = Sequence[SourceCell]
_FIRST_ROWS = 5
"""A project's table names it in one of its first rows."""


@frozen
class ProjectFacts:
    """What of a project the whole document is judged by."""

    unit: tuple[str, str]
    amount_unit: str
    code: str


class ProjectDraft(RecordDraft):
    """A project in the making, over all its tables; the department where the form has no projects."""

    def __init__(self, form: Form, *, literal: bool) -> None:
        super().__init__(form, department=not form.has_projects, literal=literal)
        self.title = ""
        """The heading over its table, without the number."""
        self.unit_near = ""
        """The unit as a line over its table names it, known before the table is read."""
        self.tables: list[int] = []
        self.indicators: IndicatorRows | None = None
        self.printed = -1
        """Which of the form's own tables was read last."""

    @property
    def named(self) -> bool:
        """Does it say which project it is?"""
        return bool(self.role_text(Role.NAME) or self.role_text(Role.CODE))

    @property
    def facts(self) -> ProjectFacts:
        """What the whole document is judged by."""
        return ProjectFacts(unit=self.unit, amount_unit=self.amount_unit, code=self.role_text(Role.CODE))

    def settle(self) -> None:
        """What only the whole shows."""
        if not self.literal:
            self._settle_plan()
            settle_sources(self)

    def _settle_plan(self) -> None:
        """A plan written in parts of one (0.25 … 1) is one of percentages."""
        plan = self.spec.plan
        if plan is None or not plan.cumulative:
            return
        found = {plan.path(point): self.values.get(plan.path(point), "") for point in plan.points}
        shares = {path: Decimal(text) for path, text in found.items() if text}
        if len(shares) < 2 or max(shares.values()) != 1 or found[plan.path(plan.points[-1])] != "1":
            return
        for path, share in shares.items():
            self.values[path] = format_percent(share * 100)
        place = in_table(self.tables[0]) if self.tables else ""
        self.note(
            place, Confidence.LIKELY, _("“{label}”写成了小数，换算成百分比").format(label=plan.label), (plan.key,)
        )


def starts_project(words: Vocabulary, grid: SourceTable, current: ProjectDraft | None, printed: Rows | None) -> bool:
    """Does a table begin another project, rather than go on with the current one?"""
    if current is None or printed is not None:
        return True
    paths = _announced(words, grid)
    if not paths:
        return False
    spec = words.form.project
    own = {spec.path_of(Role.NAME), spec.path_of(Role.CODE)}
    if current.indicators is not None and (paths & own or len(paths) > 1):
        return True
    return bool(paths & set(current.values)) and bool(paths & own)


def is_project_table(words: Vocabulary, grid: SourceTable, printed: Rows | None, *, begun: bool = True) -> bool:
    """Does a table hold anything of a project? ``printed``: what the form prints there, where it is such a table.

    Money alone, in other words than the form's, makes none where no project has ``begun``: so do lists of payments.
    """
    if printed is not None:
        return True
    announced = _announced(words, grid)
    if announced and not begun:
        amounts = {path for path in announced if words.is_amount(path)}
        announced = announced if announced - amounts or words.speaks_exactly(grid_texts(grid)) else set()
    return bool(announced) or any(header_of(words, row) for row in grid.rows)


def is_of_another(draft: ProjectDraft, words: Vocabulary, grid: SourceTable) -> bool:
    """Does a table say once more what the department's has said, or name a project in a form that has none?"""
    firsts = (next((cell.text for cell in row if cell.text.strip()), "") for row in grid.rows[:_FIRST_ROWS])
    named = any(is_name_label(text) and words.target(text) is None for text in firsts)
    return named or bool(_announced(words, grid) & draft.announced)


def grid_texts(grid: SourceTable) -> Iterator[str]:
    """The texts of a table, those of merged cells once."""
    yield from (cell.text for row in grid.rows for cell in row if not cell.merged)


def projects_in(words: Vocabulary, grid: SourceTable) -> tuple[SourceTable, ...]:
    """A table cut before each row under indicators that names another project, with the heading above that."""
    if printed_rows(words.form, grid) is not None:
        return (grid,)
    if several := listed_projects(words, grid) or projects_in_columns(words, grid):
        return several
    starts, listed, named = [0], False, ""
    for at, row in enumerate(grid.rows):
        if header_of(words, row) is not None:
            listed = True
        elif name := _named(words, row):
            if listed and name != named:
                starts.append(at - 1 if _is_heading(grid.rows[at - 1]) else at)
                listed = False
            named = name
    ends = [*starts[1:], len(grid.rows)]
    return tuple(grid.part(start, end) for start, end in zip(starts, ends, strict=True))


def _named(words: Vocabulary, row: Row) -> str:
    """What a row says that begins with the label of a project's name or code; "" for any other."""
    target = None if not row or row[0].merged else words.target(row[0].text)
    spec = words.form.project
    if target is None or target.path not in (spec.path_of(Role.NAME), spec.path_of(Role.CODE)) or len(row) < 2:
        return ""
    return row[1].text.strip()


def _is_heading(row: Row) -> bool:
    said = [cell.text for cell in row if cell.text.strip()]
    return len(said) == 1 and is_title(said[0])


def read_table(draft: ProjectDraft, words: Vocabulary, grid: SourceTable, printed: Rows | None) -> None:
    """Takes a table into a project, part by part."""
    draft.tables.append(grid.number)
    if printed is not None:
        read_printed(draft, grid, printed)
    else:
        _tell_columns(draft, () if draft.literal else columns_unread(words, grid), in_table(grid.number))
        for part in (grid,) if draft.literal else this_years(draft, grid):
            _read_part(draft, words, part)


def _tell_columns(draft: ProjectDraft, names: Sequence[str], place: str) -> None:
    if names:
        message = _("这张表一列是一个项目，只读入了第一个，请核对各行是谁的；没有读入：{names}")
        draft.note(place, Confidence.UNSURE, message.format(names=shown("、".join(names))), text="、".join(names))


def _read_part(draft: ProjectDraft, words: Vocabulary, grid: SourceTable) -> None:
    head_reader = TableHead(draft, words, grid.number, merges_known=grid.merges_known)
    head: list[Row] = []
    rows = grid.rows
    under_header = goes_on = _goes_on(draft, words, grid)
    merges_known = _merges_known(draft, grid)
    header_ends, tasks = 0, None
    for at, row in enumerate(rows):
        if at < header_ends:
            continue
        titles = None if draft.literal else task_rows(draft.spec, row)
        if titles or (tasks and tasks.holds(words, row)):
            head_reader.read(head, grid.number_of(at - len(head)))
            head, under_header = [], False
            tasks = _read_tasks(draft, tasks, titles, row, in_table(grid.number, grid.number_of(at)))
            continue
        tasks = None
        found = None if draft.literal and under_header else _header_at(draft, words, rows, at)
        if found is not None:
            head_reader.read(head, grid.number_of(at - len(head)))
            head = []
            found = _header_at(draft, words, rows, at) or found  # with what the head said, such as the year
            under_header = _open(draft, words, found[0], row)
            _tell_titles(draft, words, found[0], in_table(grid.number, grid.number_of(at)))
            header_ends = at + found[1]
            merges_known = _merges_known(draft, grid)
        elif under_header and draft.indicators is not None and _is_listed(draft, words, row):
            head_reader.read(head, grid.number_of(at - len(head)))
            head = []
            where = partial(in_table, grid.number, grid.number_of(at))
            draft.indicators.read(row, where, merges_known=merges_known, goes_on=goes_on and not at)
        else:
            under_header = under_header and not _is_head(words, row)
            head.append(row)
    head_reader.read(head, grid.number_of(len(rows) - len(head)))


def _read_tasks(
    draft: ProjectDraft, tasks: TaskRows | None, titles: TaskRows | None, row: Row, place: str
) -> TaskRows | None:
    """Takes in a row of titles, or one below them; the titles that hold from now on."""
    if titles is not None:
        draft.amount_unit = titles.unit or draft.amount_unit
        for text, word in titles.read_as.items():
            if label_key(text) != label_key(word):
                said = _("“{text}”读作“{word}”").format(text=shown(text), word=word)
                draft.note(place, Confidence.LIKELY, said, text=text)
        return titles
    if tasks is not None:
        tasks.read(draft, row, place)
    return tasks


def _tell_titles(draft: ProjectDraft, words: Vocabulary, header: Header, place: str) -> None:
    """What a header says that no column holds: points, 绩效指标（90分）, and titles that nobody knows."""
    if draft.literal:
        return
    for text, word in points_told(header):
        draft.note(place, Confidence.LIKELY, _("“{text}”读作“{word}”").format(text=shown(text), word=word), text=text)
    if grades := " | ".join(grade_titles(header)):
        draft.note(place, Confidence.LIKELY, _("指标值分档写：{grades}").format(grades=grades), text=grades)
    if titles := unknown_titles(words, header):
        message = _("没有对应的栏目名：{titles}").format(titles=shown(titles))
        draft.note(place, Confidence.LIKELY, message, text=titles)


def _header_at(draft: ProjectDraft, words: Vocabulary, rows: Sequence[Row], at: int) -> tuple[Header, int] | None:
    """The header that begins with a row, and how many rows it has."""
    if not draft.literal:
        return header_at(words, rows, at, draft.unit[1] or draft.unit_near, draft.year or draft.year_near)
    own = header_of(words, rows[at])
    return None if own is None else (own, 1)


def _is_listed(draft: ProjectDraft, words: Vocabulary, row: Row) -> bool:
    """Is a row under a header one of its list, not the foot of the table or the head of what follows?"""
    if draft.literal or draft.indicators is None:
        return True
    header = draft.indicators.header
    return not _is_head(words, row) and not header.is_foot(row) and not _asks_for_person(words, header, row)


def _asks_for_person(words: Vocabulary, header: Header, row: Row) -> bool:
    """Does a row under the indicators begin with who filled the form in?"""
    first = next((cell for cell in row if not cell.merged and cell.text.strip()), None)
    target = None if first is None else words.target(first.text)
    if first is None or target is None or target.means is not LabelMeaning.PERSON:
        return False
    at = header.at(first)
    column = None if at is None else header.columns[at]
    return column is None or column.role is not Role.NAME


def _announced(words: Vocabulary, grid: SourceTable) -> set[tuple[str, ...]]:
    """The fields that a table's labels announce, above its indicators."""
    found = set()
    for row in grid.rows:
        if header_of(words, row):
            break
        for cell in row:
            target = None if cell.merged else words.target(cell.text)
            if target is not None and target.means in (LabelMeaning.FIELD, LabelMeaning.SECTION, LabelMeaning.GOALS):
                found.add(target.path)
    return found


def _open(draft: ProjectDraft, words: Vocabulary, header: Header, row: Row) -> bool:
    """A header: the same once more on the next page, or that of a new list. True: rows follow."""
    if words.indicators is None:
        return False
    if draft.indicators is None or not draft.indicators.header.repeated(row):
        draft.indicators = IndicatorRows(draft, words.indicators, header)
    return True


def _merges_known(draft: ProjectDraft, grid: SourceTable) -> bool:
    """Is a blank level that is not merged blank? Where nothing is merged, people leave it out below the first."""
    if draft.literal or draft.indicators is None:
        return grid.merges_known
    return grid.merges_known and draft.indicators.header.levels_merged(grid.rows)


def _goes_on(draft: ProjectDraft, words: Vocabulary, grid: SourceTable) -> bool:
    """Is a table without a header the rest of the indicators before it?"""
    if draft.indicators is None or any(header_of(words, row) for row in grid.rows) or not grid.rows:
        return False
    widths = {sum(cell.span for cell in row) for row in grid.rows}
    whole = sum(1 for _column in draft.indicators.header.labels)
    goes_on = len(grid.rows[0]) == whole or max(widths) == draft.indicators.header.width
    if goes_on:
        message = _("没有栏目名的表格，接着上一个指标表读入")
        draft.note(in_table(grid.number), Confidence.LIKELY, message)
    return goes_on


def _is_head(words: Vocabulary, row: Row) -> bool:
    """Does a row under the indicators begin with a label of the project's head?"""
    if not row:
        return False
    first = row[0]
    target = None if first.merged else words.target(first.text)
    return target is not None and target.exact and target.means in (LabelMeaning.FIELD, LabelMeaning.GOALS)
