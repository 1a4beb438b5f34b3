"""Blank cells of a form that ask for nothing: beside titles that stand over their values, and under other titles."""

from collections.abc import Sequence, Set
from itertools import dropwhile, pairwise, takewhile

from perftui.exchange.filling.place import Place
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.source import SourceCell, SourceDocument, SourceTable
from perftui.exchange.importer.table_head import take_amount_unit
from perftui.exchange.importer.vocabulary import LabelMeaning, Vocabulary
from perftui.model.record import FieldPath

_ANY_AMOUNT = "金额"


def unasked_cells(table: SourceTable, words: Vocabulary, in_columns: Set[tuple[int, int]]) -> Set[tuple[int, int]]:
    """Row and place of blank cells that are no label's; ``in_columns``: those below the titles of a header."""
    return _lines_over(table, words) | (_behind_titles(table) - in_columns) | _beside_amount_titles(table, words)


def is_titled_otherwise(blank: SourceDocument, place: Place, path: FieldPath, words: Vocabulary) -> bool:
    """Is a cell beside 金额 below the title of another amount than the one that the importer reads there?"""
    rows = next((one.rows for one in blank.tables() if one.number == place.table and place.row), None)
    if rows is None:
        return False
    before, column = rows[place.row][: place.cell], rows[place.row][place.cell].column
    label = next((one.text for one in reversed(before) if one.text.strip()), "")
    if not _is_any_amount(label):
        return False
    over = (words.target(cell.text) for cell in rows[place.row - 1] if cell.covers(column))
    return any(one and words.is_amount(one.path) and one.path != path for one in over)


def _lines_over(table: SourceTable, words: Vocabulary) -> Set[tuple[int, int]]:
    """Row and place of the blank cells beside the lines that a sheet begins with: its title, 单位：万元."""
    beside = set[tuple[int, int]]()
    for at, row in enumerate(table.rows):
        said = [cell.text for cell in row if cell.text.strip()]
        if len(said) > 1 or (said and _has_beside(said[0], words)):
            break
        beside |= {(at, place) for place, cell in enumerate(row) if not cell.text.strip()}
    return beside


def _behind_titles(table: SourceTable) -> Set[tuple[int, int]]:
    """Row and place of the blank cells behind titles that stand over blank cells: 3月底 | 6月底 | (blank)."""
    found = set[tuple[int, int]]()
    for at, (row, below) in enumerate(pairwise(table.rows)):
        last = max((place for place, cell in enumerate(row) if cell.text.strip()), default=0)
        blank = {cell.column for cell in below if not (cell.merged or cell.text.strip())}
        titles = row[last - 1 : last + 1]
        if all(cell.text.strip() and cell.column in blank for cell in titles) and len(titles) > 1:
            found |= {(at, place) for place in range(last + 1, len(row))}
    return found


def _beside_amount_titles(table: SourceTable, words: Vocabulary) -> Set[tuple[int, int]]:
    """Row and place of the blank cells beside titles of amounts, which go below: 预算总额 over 金额 | (blank).

    Those are the rows over one of 金额 and blank cells alone, and 金额 itself over blank cells with amounts' labels.
    """
    found = set[tuple[int, int]]()
    for at, row in enumerate(table.rows):
        said = [cell for cell in row if cell.text.strip()]
        if len(said) == 1 and _is_any_amount(said[0].text):
            over = takewhile(lambda one: _amount_titles(words, table.rows[one]), range(at - 1, -1, -1))
            found |= {(one, place) for one in over for place in range(len(table.rows[one]))}
        elif said and _is_any_amount(said[-1].text) and _is_over_amounts(table, at, said[-1], words):
            found |= {(at, place) for place, cell in enumerate(row) if cell.column > said[-1].column}
    return {(at, place) for at, place in found if not table.rows[at][place].text.strip()}


def _is_any_amount(text: str) -> bool:
    """Is a text the word alone, of which the words around tell the amount?"""
    return label_key(text) == _ANY_AMOUNT


def _amount_titles(words: Vocabulary, row: Sequence[SourceCell]) -> bool:
    """Do titles of amounts stand side by side in a row?"""
    pairs = pairwise(cell.text.strip() for cell in row if not cell.merged)
    return any(text and _is_amount(words, beside) for text, beside in pairs)


def _is_over_amounts(table: SourceTable, at: int, title: SourceCell, words: Vocabulary) -> bool:
    """Is the cell below a title blank, and behind an amount's label?"""
    below = table.rows[at + 1] if at + 1 < len(table.rows) else ()
    place = next((place for place, cell in enumerate(below) if cell.column == title.column), 0)
    blank = place > 0 and not (below[place].merged or below[place].text.strip())
    return blank and _is_amount(words, below[place - 1].text)


def _is_amount(words: Vocabulary, text: str) -> bool:
    target = words.target(text)
    return target is not None and words.is_amount(target.path)


def _has_beside(text: str, words: Vocabulary) -> bool:
    """Does a text ask for what may stand beside it?"""
    asks = words.target(text) is not None or text.rstrip().endswith((":", "："))
    return asks and not take_amount_unit(None, text)


def is_corner(words: Vocabulary, label: str, behind: Sequence[SourceCell]) -> bool:
    """Do blank cells alone stand between a heading and titles? 项目资金 | (blank) | 年初预算数 | 全年执行数."""
    target = words.target(label)
    if target is None or target.means is not LabelMeaning.SECTION:
        return False
    said = list(dropwhile(lambda text: not text.strip(), [one.text for one in behind if not one.merged]))
    return len(said) > 1 and all(text.strip() and _may_be_title(words, text) for text in said)


def _may_be_title(words: Vocabulary, text: str) -> bool:
    target = words.target(text)
    return target is None or target.means is LabelMeaning.ASIDE or words.is_amount(target.path)
