"""From plain content to the records of a form: the one way that dumps and DOCX files go."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from perftui.exchange.importer.build import bare_document, finished
from perftui.exchange.importer.cover import CoverPage, is_cover_line
from perftui.exchange.importer.department_part import DepartmentReader
from perftui.exchange.importer.form_choice import best_form
from perftui.exchange.importer.imported import Confidence, ImportRefused, ImportResult
from perftui.exchange.importer.labels import names_person
from perftui.exchange.importer.merges import with_merged_texts
from perftui.exchange.importer.printed import PrintedTable, printed_table, read_printed
from perftui.exchange.importer.printed_lists import read_list, read_projects
from perftui.exchange.importer.project_text import names_project, take_told
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.importer.report import in_table, in_text, shown
from perftui.exchange.importer.source import SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.importer.table_head import take_amount_unit, take_line, unit_named, units_below
from perftui.exchange.importer.tables import (
    ProjectDraft,
    ProjectFacts,
    grid_texts,
    is_of_another,
    is_project_table,
    projects_in,
    read_table,
    starts_project,
)
from perftui.exchange.importer.title import find_title, is_title, name_in, own_title
from perftui.exchange.importer.vocabulary import Vocabulary, vocabulary
from perftui.exchange.importer.without_text import why_without_text
from perftui.exchange.importer.years import year_alone, year_in
from perftui.exchange.page import StyleName
from perftui.exchange.page_styles import STYLES
from perftui.forms import Form, Role, load_form
from perftui.locale import _
from perftui.model.document import Document

_Paras = Sequence[SourceParagraph]
_BODY = STYLES[StyleName.BODY].word_name
"""An empty paragraph of this style is an empty line of a text; others only keep things apart."""
MOST_PROJECTS = 20_000
_NEAR = 3  # so many paragraphs above a table may speak of its project
_BETWEEN, _MOST_IN_LINE = "　　", 4
_LABELLED = re.compile("[:：]")
_LONGEST_LINE = 80  # characters; a longer paragraph is text, not a label with its value
_LONGEST_PERSON = 120


def match(content: SourceDocument, *, form: str | None = None) -> ImportResult:
    """The records that a document holds. ``form`` (an id) wins over the form whose labels fit best.

    Raises ImportRefused where it holds nothing of any form.
    """
    if (why := why_without_text(content)) is not None:
        raise ImportRefused(why)
    chosen = form or best_form(content)
    return Assembly(content, load_form(chosen)).imported(form_given=form is not None)


class Assembly:
    """One document on its way to records."""

    def __init__(self, content: SourceDocument, form: Form) -> None:
        self._content = content
        self._form = form
        self._words: Vocabulary = vocabulary(form.id)
        self._whole = None if form.has_projects else ProjectDraft(form, literal=content.literal)
        """The department, where the tables are about it."""
        self._department = self._whole or RecordDraft(form, department=True, literal=content.literal)
        self._department.watched = bool(content.comments or content.marks)
        self._reader = DepartmentReader(self._department)
        self._units_below = {} if content.literal else units_below(content)
        self._current: ProjectDraft | None = None
        self._count = 0
        self._before: list[SourceParagraph] = []
        self._over: tuple[str, ...] = ()
        """Lines in a table by themselves, over the projects that it lists."""
        self._front = CoverPage(named=content.named_year)
        self._cover_read = False
        """The first table has come: what follows is no cover."""
        self._printed = False
        """A table of the department's has come, as the form prints it."""

    def projects(self) -> Iterator[ProjectDraft]:
        """The projects, each when all of it has been read; the department is whole when the last is.

        Raises ImportRefused, at the end where the document holds nothing of the form.
        """
        for block in self._content.blocks:
            if isinstance(block, SourceTable):
                for grid in (block,) if self._content.literal else projects_in(self._words, self._merged(block)):
                    found = printed_table(self._form, grid, department=True) if self._current is None else None
                    if found is not None:
                        yield from self._part_one(found, grid)
                        continue
                    last, count = self._current, self._count
                    self._table(grid)
                    if last is not None and self._count > count:
                        last.settle()
                        yield last
            elif self._content.literal and self._current is None and not self._before and is_cover_line(block):
                self._read(block)  # at once: tables say the unit as the cover does
            elif not block.contents and (block.text.strip() or (self._content.literal and block.style == _BODY)):
                self._before.append(block)
        self._text(self._before)
        self._reader.finish()
        if self._whole is not None:
            self._whole.settle()
        if self._current is not None:
            self._current.settle()
            yield self._current
        elif not (self._count or self._printed or any(self._department.rows.values()) or self._department.values):
            raise ImportRefused(_("没有找到绩效目标表：文件里没有“{form}”的栏目").format(form=self._form.title))

    def department(self, projects: Sequence[ProjectFacts], year: int | None) -> Document:
        """The document without its projects, of which it must be known what all have in common."""
        return bare_document(self._department, projects, self._front, year)[0]

    def imported(self, *, form_given: bool) -> ImportResult:
        """All of it, with the report."""
        projects = list(self.projects())
        if not form_given:
            message = _("按栏目判断，表样是“{form}”").format(form=self._form.title)
            self._department.note("", Confidence.LIKELY, message)
        return finished(self._content, self._department, projects, self._front)

    def _merged(self, grid: SourceTable) -> SourceTable:
        """A table as its merges are seen; what nobody sees is reported."""
        shown_grid, unreviewed = with_merged_texts(replace(grid, rows=tuple(row for row in grid.rows if row)))
        for row, text in unreviewed:
            self._department.left(in_table(grid.number, row), text)
        return shown_grid

    def _table(self, grid: SourceTable) -> None:
        if self._whole is not None:
            self._into_whole(self._whole, grid)
            return
        found = printed_table(self._form, grid, department=False)
        printed = found.rows or None if found else None
        listed = found is not None and found.listed is not None
        begun = self._current is not None
        known = listed or is_project_table(self._words, grid, printed, begun=begun)
        known = known or (not self._before and _goes_on(self._current, grid))
        if not known:
            self._foreign(grid)
            return
        current = before_it = self._current
        again = found is not None and current is not None and found.number > current.printed
        listed = listed or (not self._content.literal and names_project(self._words, self._before))
        if not again and (listed or starts_project(self._words, grid, current, printed)):
            if self._count >= MOST_PROJECTS:
                raise ImportRefused(_("文件里的项目超过 {most} 个，没有读入").format(most=MOST_PROJECTS))
            self._current = current = self._project(before_it, grid.number)
            self._count += 1
            before, self._before = self._before, []
            if not self._content.literal:
                _take_lines(current, [*(para.text for para in before[-_NEAR:]), *self._over], self._front, self._words)
                current.amount_unit = current.amount_unit or self._units_below.get(grid.number, "")
            self._over = ()
            self._into_new(current, grid, found, before)
        else:
            assert current is not None
            self._between(current)
            self._into(current, grid, found)

    def _into_whole(self, whole: ProjectDraft, grid: SourceTable) -> None:
        """Takes a table of another place into the department of a form without projects."""
        own = is_project_table(self._words, grid, None, begun=False) and not is_of_another(whole, self._words, grid)
        if self._content.literal or not (own or (not self._before and _goes_on(whole, grid))):
            self._foreign(grid)
            return
        before, self._before = self._before, []
        _take_lines(whole, [*(para.text for para in before[-_NEAR:]), *self._over], self._front, self._words)
        self._over = ()
        self._text(before, whole)
        read_table(whole, self._words, grid, None)
        for heading in whole.headings:
            self._front.take_year(heading)
        self._front.year = self._front.year or whole.year
        self._printed = self._cover_read = True

    def _into(self, project: ProjectDraft, grid: SourceTable, found: PrintedTable | None) -> None:
        """Takes a table into a project."""
        if found is not None:
            project.printed = found.number
        if found is not None and found.listed is not None:
            project.tables.append(grid.number)
            read_list(project, found.listed, grid)
        else:
            read_table(project, self._words, grid, found.rows if found else None)

    def _into_new(self, project: ProjectDraft, grid: SourceTable, found: PrintedTable | None, before: _Paras) -> None:
        """Takes its first table into a project, and what stands over it; the unit that stands in the table wins."""
        self._into(project, grid, found)
        unit = project.amount_unit
        self._heading(project, before)
        project.amount_unit = unit or project.amount_unit
        self._inner_headings(project, grid)
        self._front.year = self._front.year or project.year

    def _part_one(self, found: PrintedTable, grid: SourceTable) -> Iterator[ProjectDraft]:
        """A table of the department's; the projects that it lists, where they have no tables of their own."""
        before, self._before = self._before, []
        self._text(before)
        self._reader.finish()
        self._printed = True
        if found.listed is None:
            self._department.titled_unit = self._front.unit
            read_printed(self._department, grid, found.rows)
        elif not found.listed.table.projects:
            read_list(self._department, found.listed, grid)
        elif found.listed.table is self._form.layout.lists_projects:
            for draft in read_projects(found.listed, grid, self._drafts(grid)):
                assert isinstance(draft, ProjectDraft)
                draft.settle()
                yield draft

    def _drafts(self, grid: SourceTable) -> Iterator[ProjectDraft]:
        """Projects to be read from a table of the whole unit."""
        while self._count < MOST_PROJECTS:
            self._count += 1
            made = self._project()
            made.unit, made.amount_unit = self._department.unit, self._department.amount_unit
            made.tables.append(grid.number)
            yield made
        raise ImportRefused(_("文件里的项目超过 {most} 个，没有读入").format(most=MOST_PROJECTS))

    def _project(self, before: ProjectDraft | None = None, table: int = 0) -> ProjectDraft:
        made = ProjectDraft(self._form, literal=self._content.literal)
        if before is not None:
            made.usual_unit = before.known_unit
            made.amount_unit = before.amount_unit if table in before.tables else ""  # cut out of one table with it
        made.watched, made.titled_unit = self._department.watched, self._front.unit
        return made

    def _heading(self, project: ProjectDraft, before: _Paras) -> None:
        """The paragraphs before a project's table: its heading, lines that say what they are, and the department's."""
        before = before if self._content.literal else take_told(project, self._words, before)
        name = project.role_text(Role.NAME)
        index = find_title(before, name, literal=self._content.literal)
        if index is not None and not self._content.literal and self._reader.opens_block(before[index]):
            index = None
        if index is not None:
            project.stand(in_text(before[index].number), (), before[index].text, "")
            heading = before[index].text.strip() if not self._content.literal else before[index].text
            if not self._content.literal:
                self._front.take_title(heading)
                _tell_line(self._department, _("表的标题：{text}"), before[index])
            for para in before[index + 1 :]:
                if not take_line(project, self._words, para.text, in_text(para.number)):
                    project.left(in_text(para.number), para.text)
            self._name(project, heading, in_text(before[index].number))
        self._text(before[:index], project)
        self._cover_read = True

    def _inner_headings(self, project: ProjectDraft, grid: SourceTable) -> None:
        """Headings in the table itself: the project's where nothing stands over it, and the year."""
        for heading in project.headings:
            self._front.take_year(heading)
            if not project.title:
                self._name(project, heading.strip(), in_table(grid.number))

    def _name(self, project: ProjectDraft, heading: str, place: str) -> None:
        path = self._form.project.path_of(Role.NAME)
        one = self._form.project.field(path) if path else None
        unnamed = path is not None and path not in project.values and path not in project.announced
        if path and one and unnamed and not self._content.literal and name_in(heading):
            project.put(path, one, name_in(heading), place)
            project.note(place, Confidence.LIKELY, _("表里没有项目名称，取自标题"), path)
        project.title = own_title(self._form, heading, project.role_text(Role.NAME), literal=self._content.literal)

    def _between(self, project: ProjectDraft) -> None:
        """Text between two tables of one project."""
        before, self._before = self._before, []
        for para in before:
            if not take_line(project, self._words, para.text, in_text(para.number)):
                self._text([para])

    def _text(self, paras: _Paras, project: ProjectDraft | None = None) -> None:
        """Text of the department; a line over a table that says what it is may be its project's."""
        for at, para in enumerate(paras):
            near = not self._content.literal and len(paras) - at <= _NEAR and _says_itself(para.text)
            place = in_text(para.number)
            if project is None or not near or not take_line(project, self._words, para.text, place):
                self._read(para)

    def _read(self, para: SourceParagraph) -> None:
        """A paragraph of the text: the cover's, as long as no heading of the department came, or the department's."""
        if not self._content.literal and _withheld(self._department, para):
            return
        cover = not self._reader.under_heading and (self._content.literal or not self._cover_read)
        if cover and self._front.take(self._form, para, literal=self._content.literal):
            _tell_line(self._department, _("封面：{text}"), para)
            return
        if para.text.strip() or self._reader.under_heading:
            self._reader.read(para)

    def _foreign(self, grid: SourceTable) -> None:
        if not self._content.literal and (lines := _lines(grid)):
            self._over = lines
            for text in lines:
                self._front.take_title(text)
                line = _("表的标题：{text}").format(text=shown(text))
                self._department.note(in_table(grid.number), Confidence.SURE, line, text=text)
            return
        for para in self._before[-1:]:
            if para.text.strip().endswith("表"):
                self._front.take_title(para.text)
        _tell_foreign(self._department, grid)


def _tell_foreign(department: RecordDraft, grid: SourceTable) -> None:
    """Tells of a table that is not the form's, with all that it says."""
    said = sum(1 for row in grid.rows for cell in row if cell.text.strip())
    if said:
        message = _("表格不是这种表样的，{count} 个有字的格子未读入").format(count=said)
        texts = " | ".join(" ".join(text.split()) for text in grid_texts(grid) if text.strip())
        department.note(in_table(grid.number), Confidence.LEFT, message, text=texts)


def _take_lines(project: ProjectDraft, lines: Iterable[str], front: CoverPage, words: Vocabulary) -> None:
    """What lines over a table say of it: the unit of its amounts, the year, whose it is."""
    for text in lines:
        if len(text) <= _LONGEST_LINE:
            take_amount_unit(project, text)
            project.year_near = project.year_near or front.year or year_in(text)
            project.unit_near = unit_named(words, text) or project.unit_near


def _lines(grid: SourceTable) -> tuple[str, ...]:
    """The lines that stand in a table over its header; none where it holds anything else.

    Each is alone in its row, or begins with a label: 填报单位： | 某某街道办事处 | 单位：万元.
    """
    rows = [[cell.text for cell in row if cell.text.strip() and not cell.merged] for row in grid.rows]
    said = [texts for texts in rows if texts]
    lines = tuple(_BETWEEN.join(texts) for texts in said)
    telling = any(is_title(text) or take_amount_unit(None, text) for text in lines)
    alone = all(len(texts) == 1 or (_LABELLED.search(texts[0]) and len(texts) <= _MOST_IN_LINE) for texts in said)
    return lines if telling and alone else ()


def _goes_on(draft: ProjectDraft | None, grid: SourceTable) -> bool:
    """A table without labels right behind the indicators of a project, as long as their rows."""
    rows = None if draft is None else draft.indicators
    return rows is not None and bool(grid.rows) and len(grid.rows[0]) == len(rows.header.labels)


def _withheld(department: RecordDraft, para: SourceParagraph) -> bool:
    """Is it a line that says who filled the form in?"""
    if len(para.text) > _LONGEST_PERSON or not names_person(para.text):
        return False
    department.withhold(in_text(para.number), para.text)
    return True


def _tell_line(department: RecordDraft, message: str, para: SourceParagraph) -> None:
    """Tells of a line that says what it is, and is no text of a field."""
    if not department.literal and para.text.strip():
        line = message.format(text=shown(para.text))
        department.note(in_text(para.number), Confidence.SURE, line, text=para.text)


def _says_itself(text: str) -> bool:
    return len(text) <= _LONGEST_LINE and (":" in text or "：" in text or year_alone(text) > 0)
