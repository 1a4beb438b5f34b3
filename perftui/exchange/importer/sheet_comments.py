"""The comments at the cells of a sheet: notes of old, and threads of comments with their answers."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from perftui.exchange.importer.package import Package, target_of
from perftui.exchange.importer.report import in_table, in_text
from perftui.exchange.importer.source import Block, SourceCell, SourceComment, SourceParagraph
from perftui.exchange.importer.xml import parse_small

_MOST_PART = 24 * 1024 * 1024
_PERSON, _THREADED = "/person", "/threadedComment"
"""Ends of the kinds of a relationship."""
_OLD = "/comments"
_REPEATS_THREAD = "tc="
"""How the author of a note is called that says a thread once more, for programs that know none."""
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TRUE = ("1", "true", "on")


class CellComment(NamedTuple):
    """A comment and the cell that it is at, counted from 0."""

    row: int
    column: int
    text: str
    by: str
    date: str = ""
    answer: str = ""
    settled: bool = False


def cell_of(reference: str) -> tuple[int, int] | None:
    """Row and column of a cell's name, from 0: ``(2, 1)`` of ``B3``."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def commenters(package: Package, workbook: str) -> dict[str, str]:
    """The names of those who said something in threads, by their ids. Raises ImportRefused."""
    return {
        person.get("id", ""): person.get("displayName", "").strip()
        for name in _of_kind(_related(package, workbook), _PERSON)
        for person in _part(package, name).iter("{*}person")
    }


def sheet_comments(package: Package, persons: Mapping[str, str], sheet: str) -> Iterator[CellComment]:
    """The comments at a sheet's cells; ``persons`` as ``commenters`` says them. Raises ImportRefused."""
    related = _related(package, sheet)
    threads = [one for name in _of_kind(related, _THREADED)
               for one in _threads(_part(package, name), persons)]  # fmt: skip
    yield from threads
    places = {(one.row, one.column) for one in threads}
    for name in _of_kind(related, _OLD):
        yield from (one for one in _notes(_part(package, name)) if not (
            one.by.startswith(_REPEATS_THREAD) and (one.row, one.column) in places))  # fmt: skip


def without_author(text: str, by: str) -> str:
    """A comment's text without the name of who made it, with which Excel begins it."""
    return re.sub(rf"^{re.escape(by)}[:：]\s*", "", text.strip()) if by else text.strip()


def placed(
    comments: Iterable[CellComment], rows: Sequence[Sequence[SourceCell]], blocks: Iterable[Block], first: int
) -> Iterator[SourceComment]:
    """Comments of a sheet at the blocks that were made of its ``rows``; ``first``: the place of the first of these."""
    places = _places(rows, blocks)
    for one in comments:
        at = one.row - first
        cells, cell = _cell(rows, at, one.column)
        near = "" if cell is None else cell.text
        alike = sum(other.text == near for other in cells if cell is not None and other.column < cell.column)
        yield SourceComment(
            place=places.get(at, ""), near=near, alike=alike, quote="", text=one.text, by=one.by, date=one.date,
            answer=one.answer, settled=one.settled,
        )  # fmt: skip


def _places(rows: Sequence[Sequence[SourceCell]], blocks: Iterable[Block]) -> dict[int, str]:
    """By row the place that the report names it by; a row of no block has none."""
    found: dict[int, str] = {}
    at = 0
    for block in blocks:
        if isinstance(block, SourceParagraph):
            at = next(row for row in range(at, len(rows)) if any(cell.text == block.text for cell in rows[row]))
            found[at] = in_text(block.number)
            at += 1
        else:
            at = next(row for row in range(at, len(rows)) if _stands_in(rows[row], block.rows[0]))
            found |= {at + row: in_table(block.number, row) for row in range(len(block.rows))}
            at += len(block.rows)
    return found


def _stands_in(row: Sequence[SourceCell], part: Sequence[SourceCell]) -> bool:
    """Are the cells of a table's row, of which blank ones may be left out, those of the sheet's?"""
    return all(any(own is cell for own in row) for cell in part)


def _cell(rows: Sequence[Sequence[SourceCell]], at: int, column: int) -> tuple[Sequence[SourceCell], SourceCell | None]:
    """A row and the cell in it that covers a column."""
    cells = rows[at] if 0 <= at < len(rows) else ()
    return cells, next((one for one in cells if one.covers(column)), None)


def _related(package: Package, part: str) -> list[tuple[str, str]]:
    """The parts that one leads to: what each is, and its name."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    found = _part(package, relations) if relations in package else ()
    return [(one.get("Type", ""), target_of(part, one.get("Target", ""))) for one in found]


def _of_kind(related: Iterable[tuple[str, str]], kind: str) -> Iterator[str]:
    yield from dict.fromkeys(name for type_, name in related if type_.endswith(kind))


def _part(package: Package, name: str) -> etree._Element:
    return parse_small(package.read(name, _MOST_PART)) if name in package else etree.Element("none")


def _notes(root: etree._Element) -> Iterator[CellComment]:
    authors = [(one.text or "").strip() for one in root.iter("{*}author")]
    for one in root.iter("{*}comment"):
        number = one.get("authorId", "")
        by = authors[int(number)] if number.isdecimal() and int(number) < len(authors) else ""
        text = without_author("".join(part.text or "" for part in one.iter("{*}t")), by)
        if (place := cell_of(one.get("ref", ""))) and text:
            yield CellComment(*place, text=text, by=by)


def _threads(root: etree._Element, persons: Mapping[str, str]) -> Iterator[CellComment]:
    said = list(root.iter("{*}threadedComment"))
    answers: dict[str, list[str]] = {}
    for one in said:
        by, text = persons.get(one.get("personId", ""), ""), _text(one)
        answers.setdefault(one.get("parentId", ""), []).append(f"{by}：{text}" if by else text)
    ids = {one.get("id", "") for one in said}
    for one in said:
        if one.get("parentId", "") in ids or not (place := cell_of(one.get("ref", ""))) or not _text(one):
            continue
        yield CellComment(
            *place, text=_text(one), by=persons.get(one.get("personId", ""), ""), date=one.get("dT", "")[:10],
            answer="\n".join(answers.get(one.get("id", "") or "?", ())), settled=one.get("done", "") in _TRUE,
        )  # fmt: skip


def _text(element: etree._Element) -> str:
    return "".join(part.text or "" for part in element.iterchildren("{*}text")).strip()
