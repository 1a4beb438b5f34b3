"""The rows of a sheet as paragraphs and tables: titles, units and notes stand in cells of their own around a table."""

from collections.abc import Iterator, Sequence

from perftui.exchange.importer.labels import label_key, names_person, same_meaning
from perftui.exchange.importer.source import Block, SourceCell, SourceParagraph, SourceTable

_LONGEST_LABEL = 8
_NAME = "项目名称"
_LEAST_LABELLED = 4
_NOTES = ("注：", "注:", "备注：", "备注:", "填报说明", "填表说明", "附件")
Row = tuple[SourceCell, ...]


class SheetBlocks:
    """Counts the paragraphs and tables over all sheets of a file."""

    def __init__(self, *, merges_known: bool) -> None:
        self._merges_known = merges_known
        self._paragraphs = self._tables = 0

    def of(self, rows: Sequence[Row]) -> Iterator[Block]:
        """The blocks of one sheet. A table ends before a note, and at a blank row before a line or the end."""
        start: int | None = None
        done = 0
        for at, row in enumerate(rows):
            if at < done:
                continue
            if start is not None and (_ends(rows, at) or _is_note(rows, at)):
                yield self._table(rows[start:at])
                start = None
            if start is not None or _is_blank(row):
                continue
            if (line := _line(rows, at)) is None:
                start = at
            elif labelled := _labelled(rows, at):
                yield self._table(labelled)
                done = at + len(labelled)
            else:
                self._paragraphs += 1
                yield SourceParagraph(text=line, number=self._paragraphs)
        if start is not None:
            yield self._table(rows[start:])

    def _table(self, rows: Sequence[Row]) -> SourceTable:
        self._tables += 1
        return SourceTable(rows=tuple(rows), number=self._tables, merges_known=self._merges_known)


def _ends(rows: Sequence[Row], at: int) -> bool:
    if not _is_blank(rows[at]) or any(cell.merged for cell in rows[at]):
        return False
    following = next((below for below in range(at + 1, len(rows)) if not _is_blank(rows[below])), None)
    return following is None or _line(rows, following) is not None


def _is_note(rows: Sequence[Row], at: int) -> bool:
    """Is a row below a table's first no part of it: a text that runs over blank cells, or says who filled it in?"""
    line = _line(rows, at)
    if line is None or not rows[at][0].text.strip():
        return False
    runs_over = rows[at][0].span == 1 and len(line) > _LONGEST_LABEL
    return runs_over or names_person(line) or line.lstrip().startswith(_NOTES)


def _line(rows: Sequence[Row], at: int) -> str | None:
    """The text of a row that is a line by itself, not a cell among others; ``None`` for any other row."""
    said = [cell for cell in rows[at] if cell.text.strip()] if at < len(rows) else []
    if len(said) != 1 or any(cell.merged or (cell.span > 1 and cell is not said[0]) for cell in rows[at]):
        return None
    below = rows[at + 1] if at + 1 < len(rows) else ()
    goes_on = any(cell.merged and cell.column == said[0].column for cell in below)
    return None if goes_on else said[0].text


def _labelled(rows: Sequence[Row], at: int) -> list[Row]:
    """A project told from here on by labels alone over their values, its name first: the rows of a table of one column.

    Other labels over lines are headings over paragraphs: what they say may be the department's.
    """
    if not same_meaning(label_key(_line(rows, at) or ""), _NAME):
        return []
    end = at
    while _is_label(_line(rows, end)) and not _is_label(value := _line(rows, end + 1)) and value is not None:
        end += 2
    if end - at < _LEAST_LABELLED:  # the name was left blank, and another line follows it
        return []
    return [tuple(cell for cell in row if cell.text.strip()) for row in rows[at:end]]


def _is_label(line: str | None) -> bool:
    """Does a line say what the one below it is: 项目名称：?"""
    if line is None or names_person(line) or line.lstrip().startswith(_NOTES):
        return False
    return line.rstrip().endswith((":", "："))


def _is_blank(row: Row) -> bool:
    return not any(cell.text.strip() for cell in row)
