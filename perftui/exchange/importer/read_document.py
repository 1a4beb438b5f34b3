"""From plain content to the records of a form: the one way that dumps and DOCX files go."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perftui.exchange.importer.build import bare_document, finished
from perftui.exchange.importer.cover import CoverPage
from perftui.exchange.importer.department_part import DepartmentReader
from perftui.exchange.importer.imported import Confidence, ImportRefused, ImportResult
from perftui.exchange.importer.labels import names_person
from perftui.exchange.importer.merges import with_merged_texts
from perftui.exchange.importer.printed import printed_rows
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.importer.report import in_table, in_text, shown
from perftui.exchange.importer.source import SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.importer.table_head import take_amount_unit, take_line, unit_named
from perftui.exchange.importer.tables import (
    ProjectDraft,
    ProjectFacts,
    grid_texts,
    is_project_table,
    projects_in,
    read_table,
    starts_project,
)
from perftui.exchange.importer.title import find_title, name_in, own_title
from perftui.exchange.importer.vocabulary import Vocabulary, vocabulary
from perftui.exchange.importer.without_text import why_without_text
from perftui.exchange.importer.years import year_alone, year_in
from perftui.exchange.page import StyleName
from perftui.exchange.page_styles import STYLES
from perftui.forms import Form, Role, load_form, usable_forms
from perftui.locale import _
from perftui.model.document import Document

_BODY = STYLES[StyleName.BODY].word_name
"""An empty paragraph of this style is an empty line of a text; others only keep things apart."""
MOST_PROJECTS = 20_000
_NEAR = 3
_LONGEST_LINE = 80
_LONGEST_PERSON = 120
_CELLS_LOOKED_AT = 20_000


def match(content: SourceDocument, *, form: str | None = None) -> ImportResult:
    """The records that a document holds. ``form`` (an id) wins over the form whose labels fit best.

    Raises ImportRefused where it holds nothing of any form.
    """
    if (why := why_without_text(content)) is not None:
        raise ImportRefused(why)
    chosen = form or best_form(content)
    return Assembly(content, load_form(chosen)).imported(form_given=form is not None)


def best_form(content: SourceDocument) -> str:
    """The id of the form whose labels the tables speak."""
    texts = [cell.text for grid in content.tables() for row in grid.rows for cell in row][:_CELLS_LOOKED_AT]
    texts += [block.text for block in content.blocks if isinstance(block, SourceParagraph) and len(block.text) <= 40]
    scores = {one: vocabulary(one).coverage(texts) for one in [form.id for form in usable_forms()]}
    best = max(scores, key=lambda one: (scores[one], one))
    if scores[best] == 0:
        raise ImportRefused(_("没有找到绩效目标表：文件里没有任何一种表样的栏目"))
    return best


class Assembly:
    """One document on its way to records."""

    def __init__(self, content: SourceDocument, form: Form) -> None:
        self._content = content
        self._form = form
        self._words: Vocabulary = vocabulary(form.id)
        self._department = RecordDraft(form, department=True, literal=content.literal)
        self._reader = DepartmentReader(self._department)
        self._current: ProjectDraft | None = None
        self._count = 0
        self._before: list[SourceParagraph] = []
        self._front = CoverPage()
        self._cover_read = False
        """The first table has come: what follows is no cover."""

    def projects(self) -> Iterator[ProjectDraft]:
        """The projects, each when all of it has been read; the department is whole when the last is.

        Raises ImportRefused, at the end where the document holds nothing of the form.
        """
        for block in self._content.blocks:
            if isinstance(block, SourceTable):
                for grid in (block,) if self._content.literal else projects_in(self._words, self._merged(block)):
                    last, count = self._current, self._count
                    self._table(grid)
                    if last is not None and self._count > count:
                        last.settle()
                        yield last
            elif not block.contents and (block.text.strip() or (self._content.literal and block.style == _BODY)):
                self._before.append(block)
        self._text(self._before)
        self._reader.finish()
        if self._current is not None:
            self._current.settle()
            yield self._current
        elif not any(self._department.rows.values()) and not self._department.values:
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
        printed = printed_rows(self._form, grid)
        begun = self._current is not None
        if not is_project_table(self._words, grid, printed, begun=begun) and not self._goes_on(grid):
            self._foreign(grid)
            return
        current = before_it = self._current
        if starts_project(self._words, grid, current, printed):
            if self._count >= MOST_PROJECTS:
                raise ImportRefused(_("文件里的项目超过 {most} 个，没有读入").format(most=MOST_PROJECTS))
            self._current = current = ProjectDraft(self._form, literal=self._content.literal)
            self._count += 1
            if before_it is not None and grid.number in before_it.tables:  # cut out of one table with it
                current.amount_unit = before_it.amount_unit
            before, self._before = self._before, []
            for para in () if self._content.literal else before[-_NEAR:]:
                if len(para.text) <= _LONGEST_LINE:
                    take_amount_unit(current, para.text)
                    current.year_near = current.year_near or self._front.year or year_in(para.text)
                    current.unit_near = unit_named(self._words, para.text) or current.unit_near
            read_table(current, self._words, grid, printed)
            self._heading(current, before)
            self._inner_headings(current, grid)
            self._told_year(current)
        else:
            assert current is not None
            self._between(current)
            read_table(current, self._words, grid, printed)

    def _goes_on(self, grid: SourceTable) -> bool:
        """A table without labels right behind the indicators of a project, as long as their rows."""
        if self._current is None or self._before:
            return False
        rows = self._current.indicators
        return rows is not None and bool(grid.rows) and len(grid.rows[0]) == len(rows.header.labels)

    def _heading(self, project: ProjectDraft, before: Sequence[SourceParagraph]) -> None:
        """The paragraphs before a project's table: its heading, lines that say what they are, and the department's."""
        name = project.role_text(Role.NAME)
        index = find_title(before, name, literal=self._content.literal)
        if index is not None and not self._content.literal and self._reader.opens_block(before[index]):
            index = None
        start = len(before) if index is None else index
        if index is not None:
            heading = before[index].text.strip() if not self._content.literal else before[index].text
            self._name(project, heading, in_text(before[index].number))
            if not self._content.literal:
                self._front.take_title(heading)
                self._told(_("表的标题：{text}"), before[index])
            for para in before[index + 1 :]:
                if not take_line(project, self._words, para.text, in_text(para.number)):
                    project.left(in_text(para.number), para.text)
        self._text(before[:start], project)
        self._cover_read = True

    def _told_year(self, project: ProjectDraft) -> None:
        """The year that the table itself says, or the line over it."""
        self._front.year = self._front.year or project.year

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

    def _text(self, paras: Sequence[SourceParagraph], project: ProjectDraft | None = None) -> None:
        """Text of the department; a line over a table that says what it is may be its project's."""
        for at, para in enumerate(paras):
            near = project is not None and not self._content.literal and len(paras) - at <= _NEAR
            if (
                near
                and project is not None
                and _says_itself(para.text)
                and take_line(project, self._words, para.text, in_text(para.number))
            ):
                continue
            self._read(para)

    def _read(self, para: SourceParagraph) -> None:
        """A paragraph of the text: the cover's, as long as no heading of the department came, or the department's."""
        if not self._content.literal and self._withheld(para):
            return
        cover = not self._reader.under_heading and (self._content.literal or not self._cover_read)
        if cover and self._front.take(self._form, para, literal=self._content.literal):
            self._told(_("封面：{text}"), para)
            return
        if para.text.strip() or self._reader.under_heading:
            self._reader.read(para)

    def _told(self, message: str, para: SourceParagraph) -> None:
        """A line that says what it is, and is no text of a field."""
        if not self._content.literal and para.text.strip():
            line = message.format(text=shown(para.text))
            self._department.note(in_text(para.number), Confidence.SURE, line, text=para.text)

    def _withheld(self, para: SourceParagraph) -> bool:
        """A line that says who filled the form in."""
        if len(para.text) > _LONGEST_PERSON or not names_person(para.text):
            return False
        self._department.withhold(in_text(para.number), para.text)
        return True

    def _foreign(self, grid: SourceTable) -> None:
        for para in self._before[-1:]:
            if para.text.strip().endswith("表"):
                self._front.take_title(para.text)
        said = sum(1 for row in grid.rows for cell in row if cell.text.strip())
        if said:
            message = _("表格不是这种表样的，{count} 个有字的格子未读入").format(count=said)
            texts = " | ".join(" ".join(text.split()) for text in grid_texts(grid) if text.strip())
            self._department.note(in_table(grid.number), Confidence.LEFT, message, text=texts)


def _says_itself(text: str) -> bool:
    return len(text) <= _LONGEST_LINE and (":" in text or "：" in text or year_alone(text) > 0)
