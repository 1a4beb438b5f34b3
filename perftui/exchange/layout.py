"""A document and its form as printed pages: cover, contents, part one, part two with both tables of every project.

What is printed where is said by the form definition; nothing here names a field. Printing changes no text.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from perftui.exchange.page import (
    Align,
    Block,
    Contents,
    MarginNote,
    Paragraph,
    PrintedPart,
    ReadyCover,
    Section,
    StyleName,
    Table,
    TableCell,
    TableRow,
    shares,
)
from perftui.exchange.project_tables import department_tables, printed_rows, project_tables, projects_table
from perftui.forms import Form, Group, GroupRole, PrintBlock, Role
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record, Row

_DATE_LINE = "　　　年　　月　　日"
DRAFT = "（草稿）"
_DRAFT_FOOT = "草稿"
_REMARKS = "审核意见"
_REMARK_LABELS, _REMARK_WIDTHS = ("级别", "问题", "位置", "建议"), (19, 48, 49, 40)
Remark = tuple[str, str, str, str]
"""What a review says: how grave and by which rule, what is wrong, where, what to do."""


def lay_out(
    document: Document,
    form: Form,
    files: Collection[str] | None = None,
    *,
    remarks: Sequence[Remark] | None = None,
    stamp: str = "",
    front: bool = True,
    notes: Sequence[MarginNote] = (),
    printed_from: Callable[[str], str] | None = None,
    cover: ReadyCover | None = None,
) -> PrintedPart:
    """The whole document as it is printed; with ``files`` only the pages of these projects, numbered as in the list.

    ``remarks`` make it a draft: it is marked as one, on every page, and they stand at its end, a row each.
    ``stamp`` is printed small at the foot of every numbered page, of a draft all. Without ``front`` there is no cover
    and no table of contents: the pages are to be pasted into a larger document. ``notes`` stand in the margin.
    ``printed_from``: see ``PrintedPart``. ``cover`` stands instead of ours.
    """
    chosen = None if files is None else tuple(file for file in document.projects if file in files)
    title = document_title(document, form)
    if chosen is not None and len(chosen) == 1:
        title = form.project_title(document.record(chosen[0]))
    said = None if remarks is None else tuple(remarks)
    pages = _Pages(document=document, form=form, files=chosen, remarks=said, front=front, cover=cover)
    if said is not None:
        title, stamp = title + DRAFT, f"{_DRAFT_FOOT}　{stamp}".rstrip()
    return PrintedPart(title=title, blocks=pages, stamp=stamp, draft=said is not None, notes=tuple(notes),
                       printed_from=printed_from)  # fmt: skip


def project_page(document: Document, form: Form, file: str) -> PrintedPart:
    """The printed form of one project."""
    return lay_out(document, form, (file,))


def department_page(document: Document, form: Form) -> PrintedPart:
    """The printed form of the department alone."""
    return PrintedPart(title=document_title(document, form), blocks=tuple(_department(document, form)))


def document_title(document: Document, form: Form) -> str:
    """The document's name as on its cover, on one line."""
    return "".join(_cover_lines(document, form)) or form.layout.project_part or form.title


@frozen
class _Pages:
    """The blocks, made anew each time they are gone through: a thousand projects never stand in memory together."""

    document: Document
    form: Form
    files: tuple[str, ...] | None = None
    remarks: tuple[Remark, ...] | None = None
    front: bool = True
    cover: ReadyCover | None = None

    def __iter__(self) -> Iterator[Block]:
        if self.files is not None and self.form.layout.landscape:
            yield Section(landscape=True)
        front = self.front and self.files is None
        if self.remarks is not None and not front:
            yield Paragraph(text=DRAFT, style=StyleName.COVER_TEXT)
        if self.files is None:
            draft = self.remarks is not None
            yield from front_blocks(self.document, self.form, cover=front, draft=draft, ready=self.cover)
        yield from self._projects()
        if self.remarks:
            yield Paragraph(text=_REMARKS, style=StyleName.TITLE, page_break_before=True)
            yield _remarks_table(self.remarks)

    def _projects(self) -> Iterator[Block]:
        listed = self.form.layout.lists_projects
        if listed is not None:
            if self.files is not None:
                yield projects_table(self.document, self.form, listed, self.files)
            return
        pages = ProjectPages(self.document, self.form)
        under_title = self.files is None and bool(part_title(self.form))
        for number, file in enumerate(self.document.projects, 1):
            if self.files is None or file in self.files:
                yield from pages.blocks(file, number, under_title=under_title)
                under_title = False


class ProjectPages:
    """Makes the blocks of single projects; what they have in common is made once."""

    def __init__(self, document: Document, form: Form) -> None:
        self._document = document
        self._form = form
        self._tables = project_tables(document, form)

    def heading(self, file: str, number: int, *, under_title: bool = False) -> Paragraph:
        """The heading of a project, the ``number``-th of the document. It begins a page, but under its part's title."""
        record, form = self._document.record(file), self._form
        path = form.project.path_of(Role.TITLE)
        if path is None or not record.text(path):
            path = form.project.path_of(Role.NAME)
        text = f"{number}、{form.project_title(record)}"
        begins = False if under_title else None
        return Paragraph(text=text, style=StyleName.HEADING_PROJECT, source=path, record=file, page_break_before=begins)

    def blocks(self, file: str, number: int, *, under_title: bool = False) -> Iterator[Block]:
        """The heading and the tables of a project."""
        yield self.heading(file, number, under_title=under_title)
        record = self._document.record(file)
        yield from (made for table in self._tables if (made := table(record, file)) is not None)


def front_blocks(
    document: Document, form: Form, *, cover: bool = True, draft: bool = False, ready: ReadyCover | None = None
) -> Iterator[Block]:
    """What stands before the projects: cover and contents, part one, and the title of part two."""
    if cover:
        yield from _front(document, form, draft=draft, ready=ready)
    yield from _department(document, form)
    if document.projects and (title := part_title(form)):
        yield Paragraph(text=title, style=StyleName.TITLE, page_break_before=True)


def part_title(form: Form) -> str:
    """The heading of part two; "" where the form has none, or nothing that is printed under one."""
    return form.layout.project_part if form.layout.tables else ""


def _remarks_table(remarks: Sequence[Remark]) -> Table:
    header = TableRow(cells=tuple(TableCell(text=label, align=Align.CENTER) for label in _REMARK_LABELS), header=True)
    rows = tuple(TableRow(cells=tuple(TableCell(text=text) for text in remark)) for remark in remarks)
    return Table(columns=shares(_REMARK_WIDTHS), rows=(header, *rows), style=StyleName.TABLE_SMALL)


# ---- cover, contents, part one


def _cover_lines(document: Document, form: Form) -> list[str]:
    spec, record = form.department, document.department
    unit = spec.text_of(record, Role.DEPARTMENT_NAME) or spec.text_of(record, Role.UNIT_NAME)
    return [line.format(unit=unit, year=document.year) for line in form.layout.cover]


def _front(document: Document, form: Form, *, draft: bool, ready: ReadyCover | None) -> Iterator[Block]:
    landscape = form.layout.landscape
    if form.layout.cover or ready:
        yield Section(numbered=False)
        yield from (ready,) if ready else _cover(document, form, draft=draft)
    if form.layout.contents:
        yield Paragraph(text=form.layout.contents, style=StyleName.CONTENTS_TITLE, page_break_before=True)
        yield Contents()
    yield Section(numbered=True, start=1, landscape=landscape)


def _cover(document: Document, form: Form, *, draft: bool) -> Iterator[Block]:
    yield Paragraph(text="\n".join(_cover_lines(document, form)), style=StyleName.COVER_TITLE)
    unit = [form.department.text_of(document.department, role) for role in (Role.UNIT_CODE, Role.UNIT_NAME)]
    yield Paragraph(text="".join(unit), style=StyleName.COVER_TEXT)
    if draft:
        yield Paragraph(text=DRAFT, style=StyleName.COVER_TEXT)
    yield Paragraph(text=_DATE_LINE, style=StyleName.COVER_TEXT)


def _department(document: Document, form: Form) -> Iterator[Block]:
    blocks = [(block, list(_department_block(document.department, form, block))) for block in form.layout.department]
    tables = list(department_tables(document, form))
    if form.layout.department_part and (tables or any(texts for _block, texts in blocks)):
        yield Paragraph(text=form.layout.department_part, style=StyleName.TITLE)
    for block, texts in blocks:
        if texts:
            yield Paragraph(text=block.heading, style=StyleName.HEADING2)
            yield from texts
    yield from tables


def _department_block(record: Record, form: Form, block: PrintBlock) -> Iterator[Block]:
    if block.field is not None:
        yield from _paragraphs(record.text(block.field), block.field)
    group = form.department.group(block.group)
    if group is None:
        return
    for number, row in enumerate(printed_rows(record, group), 1):
        prefix = f"{number}、" if group.role is GroupRole.DUTIES else ""
        yield from _texts(row, group, prefix)


def _texts(row: Row, group: Group, prefix: str) -> Iterator[Block]:
    """A row's first column as a heading, then its other texts, each behind its lead."""
    heading, *others = group.columns
    if row.text(heading.key) or prefix:
        source = (group.key, row.id, heading.key)
        yield Paragraph(text=prefix + row.text(heading.key), style=StyleName.HEADING3, source=source)
    for column in others:
        if text := row.text(column.key):
            yield from _paragraphs(column.lead + text, (group.key, row.id, column.key))


def _paragraphs(text: str, source: FieldPath) -> Iterator[Block]:
    """A text as typed, a paragraph each line; an absent one prints nothing."""
    if text:
        yield from (Paragraph(text=line, source=source) for line in text.split("\n"))
