"""Notes on their way into a DOCX: each becomes a comment of Word's at the place where its field is printed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perftui.exchange.docx_xml import attribute, escape
from perftui.exchange.page import OWN_AUTHOR, Block, MarginNote, Paragraph, Table
from perftui.model.record import FieldPath

_INITIALS = "审"
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Place = tuple[str, FieldPath]
"""A record and the path that is printed there."""


class Notes:
    """The notes of a document by the place that each is written at, and those that have been written."""

    def __init__(self, blocks: Iterable[Block], notes: Sequence[MarginNote]) -> None:
        self._waiting: dict[Place, list[MarginNote]] = {}
        self._written: list[MarginNote] = []
        printed = _printed(blocks) if notes else {}
        for note in notes:
            record = note.record if note.record in printed else next(iter(printed), "")
            place = (record, _nearest(printed.get(record, ()), note.path))
            self._waiting.setdefault(place, []).append(note)

    def around(self, content: str, record: str, source: FieldPath | None) -> str:
        """The runs of a paragraph or cell between the marks of the notes that are waiting for it."""
        notes = self._waiting.pop((record, source or ()), None)
        if not notes:
            return content
        numbers = range(len(self._written), len(self._written) + len(notes))
        self._written += notes
        begin = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in numbers)
        end = "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
            for number in numbers
        )
        return begin + content + end

    def waits_for(self, record: str) -> bool:
        """Is there anything to be written at a place of this record?"""
        return any(place[0] == record for place in self._waiting)

    def part(self) -> str:
        """The part that holds all that was written; ``""`` where nothing was."""
        if not self._written:
            return ""
        comments = "".join(_comment(number, note) for number, note in enumerate(self._written))
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<w:comments xmlns:w="{_MAIN}">{comments}</w:comments>\n'
        )


def _comment(number: int, note: MarginNote) -> str:
    """One of this program's own is without a date: the same document gives the same parts every day."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in note.text.split("\n")
    )
    by, initials = (note.by, note.by[:1]) if note.by else (OWN_AUTHOR, _INITIALS)
    date = f' w:date="{note.date}T00:00:00Z"' if note.date else ""
    said = f'w:author="{attribute(by)}" w:initials="{attribute(initials)}"{date}'
    return f'<w:comment w:id="{number}" {said}>{lines}</w:comment>'


def _printed(blocks: Iterable[Block]) -> Mapping[str, Sequence[FieldPath]]:
    """What is printed of each record, in order."""
    found: dict[str, dict[FieldPath, None]] = {}
    for record, source in _sources(blocks):
        found.setdefault(record, {})[source] = None
    return {record: tuple(paths) for record, paths in found.items()}


def _sources(blocks: Iterable[Block]) -> Iterator[Place]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.source:
            yield block.record, block.source
        elif isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row.cells):
                if cell.source:
                    yield block.record, cell.source


def _nearest(printed: Sequence[FieldPath], path: FieldPath) -> FieldPath:
    """The field itself, its group's cell, else what is printed of its row, of its group, of the record."""
    if path in printed:
        return path
    if path[:1] in printed:
        return path[:1]
    row = (one for one in printed if len(path) > 1 and one[:2] == path[:2])
    group = (one for one in printed if path and one[:1] == path[:1])
    return next(row, None) or next(group, None) or next(iter(printed), ())
