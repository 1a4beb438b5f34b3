"""The lines of the printed pages as rows, drawn when they come near the window.

A section is what stands before the contents, the contents, what stands behind them, or a project. How high one is that
was not drawn yet is estimated, by the project drawn first; so a document of ten thousand opens like one of seven.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from perftui.exchange.layout import ProjectPages, front_blocks, part_title
from perftui.exchange.page import Block, Contents, Paragraph
from perftui.exchange.page_measure import heading_text, in_contents
from perftui.exchange.page_styles import STYLES
from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.width import cell_len
from perftui.viewmodel.drawn_pages import DrawnPages
from perftui.viewmodel.grid import AddressedRows, CellView, LazyRows, RowView
from perftui.viewmodel.page_drawing import PageLine, TableLines, draw_blocks, draw_entry

_BEFORE, _CONTENTS, _BEHIND = "", "contents", DEPARTMENT
"""The sections that are no projects."""

_Rows = Sequence[RowView]


class PageRows(AddressedRows):
    """All lines of the pages; those that nobody came near are not drawn."""

    def __init__(self, document: Document, form: Form, width: int, *, ascii_frames: bool, drawn: DrawnPages) -> None:
        self._document = document
        self._form = form
        self._width = width
        self._ascii = ascii_frames
        self._drawn = drawn
        self._title = bool(part_title(form))
        drawn.begin((document.department, form, width, ascii_frames, self._title))
        self._pages = ProjectPages(document, form)
        self._front, behind = _divided(list(front_blocks(document, form)))
        self._last = next(reversed([*self._front, *behind]), None)
        files = [] if form.layout.lists_projects is not None else list(document.projects)
        self._fixed = self._fixed_sections(behind, files)
        self._sections = [*self._fixed, *files]
        self._numbers = {section: number for number, section in enumerate(self._sections)}
        self._heights = [self._known_height(section) for section in self._sections]
        self._estimate()
        if self._sections:
            self._rows_of(len(self._sections) - 1)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def _item(self, number: int) -> RowView:
        section, line = self._section_of(number)
        rows = self._rows_of(section)
        return rows[min(line, len(rows) - 1)]

    def of_place(self, place: Location) -> Sequence[int]:
        """The rows that may show a place first; of a bare line its own."""
        bare = not place.file and len(place.path) > 1
        number = self._numbers.get(place.path[0] if bare else place.file)
        if number is None:
            return ()
        rows = self._rows_of(number)
        begin = self._begin(number)
        if bare:
            line = int(place.path[1])
            return (begin + line,) if line < len(rows) else ()
        return [begin + line for line in rows.of_place(place)] if isinstance(rows, _DrawnRows) else ()

    def settle(self, rows: Sequence[int], room: int) -> Sequence[int]:
        """Draw what lies between rows and within ``room`` lines of them, and only that; the rows' numbers then."""
        places = [self._section_of(row) for row in rows]
        (first, above), (last, line) = min(places), max(places)
        heights = [len(self._rows_of(section)) for section in range(first, last + 1)]
        below = heights[-1] - line
        while above < room and first:
            first -= 1
            above += len(self._rows_of(first))
        while below < room and last < len(self._sections) - 1:
            last += 1
            below += len(self._rows_of(last))
        return [self._begin(section) + min(line, len(self._rows_of(section)) - 1) for section, line in places]

    # ---- sections

    def _fixed_sections(self, behind: list[Block], files: list[str]) -> dict[str, _Rows]:
        """What stands before the projects and has a line, drawn; of the contents the lines that are seen."""
        found: dict[str, _Rows] = {_BEFORE: self._drawn_rows(_BEFORE, self._front, None)} if self._front else {}
        if any(isinstance(block, Contents) for block in self._front):
            found[_CONTENTS] = self._contents(behind, files)
        if behind:
            found[_BEHIND] = self._drawn_rows(_BEHIND, behind, self._front[-1] if self._front else None)
        return {section: rows for section, rows in found.items() if rows}

    def _contents(self, behind: list[Block], files: list[str]) -> _Rows:
        heads = [block for block in behind if isinstance(block, Paragraph) and in_contents(block)]
        pages = self._drawn.numbers_of(self._document)

        def row(number: int) -> RowView:
            own = number - len(heads)
            head = heads[number] if own < 0 else self._pages.heading(files[own], own + 1)
            page = str(pages[number]) if pages is not None and number < len(pages) else _("…")
            line = draw_entry(heading_text(head), STYLES[head.style].level or 1, page, self._width)
            return _row((_CONTENTS, str(number)), line)

        return LazyRows([*([_BEFORE] * len(heads)), *files], row)

    def _rows_of(self, section: int) -> _Rows:
        """The rows of a section; where it was only estimated, those behind it move."""
        file = self._sections[section]
        if file in self._fixed:
            return self._fixed[file]
        record, number = self._document.projects[file], section - len(self._fixed) + 1
        rows = self._drawn.rows(file, record, number)
        if rows is None:
            under_title = number == 1 and self._title
            before = self._last if number == 1 else self._pages.heading(file, number)
            rows = self._drawn_rows(file, self._pages.blocks(file, number, under_title=under_title), before)
            self._drawn.keep(file, record, number, rows)
        if self._heights[section] != len(rows):
            self._heights[section] = len(rows)
            self._estimate()
        return rows

    def _drawn_rows(self, section: str, blocks: Iterable[Block], before: Block | None) -> _Rows:
        return _DrawnRows(section, list(draw_blocks(blocks, self._width, before, ascii_frames=self._ascii)))

    # ---- heights

    def _known_height(self, section: str) -> int:
        """A section's lines; 0 where it was not drawn yet."""
        fixed = self._fixed.get(section)
        return self._drawn.height(section, self._document.projects[section]) if fixed is None else len(fixed)

    def _estimate(self) -> None:
        usual = self._drawn.usual
        self._ends = list(accumulate(height or usual for height in self._heights))

    def _begin(self, section: int) -> int:
        return self._ends[section - 1] if section else 0

    def _section_of(self, row: int) -> tuple[int, int]:
        """Section and line of a row, as far as is known before the section is drawn."""
        row = min(row, len(self) - 1)
        section = bisect_right(self._ends, row)
        return section, row - self._begin(section)


class _DrawnRows(LazyRows):
    """The lines of a section's blocks as rows; those of its tables are drawn when they are looked at."""

    def __init__(self, section: str, parts: Sequence[Sequence[PageLine]]) -> None:
        self._parts = parts
        lines = [(part, number) for part in parts for number in range(len(part))]

        def row(number: int) -> RowView:
            part, line = lines[number]
            return _row((section, str(number)), part[line])

        super().__init__([section] * len(lines), row)

    def of_place(self, place: Location) -> Sequence[int]:
        """All lines of texts, and of each table the first that shows the place."""
        found: list[int] = []
        begin = 0
        for part in self._parts:
            lines = [part.line_of(place.path)] if isinstance(part, TableLines) else range(len(part))
            found += [begin + line for line in lines if line is not None]
            begin += len(part)
        return found


def _divided(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Blocks up to the contents, and those behind them; without contents all stand behind."""
    end = next((number for number, block in enumerate(blocks, 1) if isinstance(block, Contents)), 0)
    return blocks[:end], blocks[end:]


def _row(place: tuple[str, str], line: PageLine) -> RowView:
    """A line's spans as cells; a line that shows no field can be entered at its begin."""
    cells = []
    x = 0
    for span in line.spans:
        width = cell_len(span.text)
        cells.append(CellView(text=span.text, x=x, width=width, tone=span.tone, place=span.place))
        x += width
    if not any(cell.place for cell in cells):
        cells.insert(0, CellView(text="", x=0, width=0, place=Location(file="", path=place)))
    return RowView(cells=tuple(cells))
