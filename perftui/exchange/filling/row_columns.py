"""The columns of a table that no record has a value for: 序号, which counts its rows, and whose row of a list it is."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from perftui.exchange.filling.place import Place
from perftui.exchange.importer.labels import WORDS, label_key
from perftui.exchange.importer.source import SourceCell, SourceDocument
from perftui.exchange.importer.vocabulary import LabelMeaning, Vocabulary
from perftui.forms import Role

_COUNTED = frozenset(WORDS["running"]) - {"编号"}
"""编号 is left blank: it may be the office's own number."""

BARE_UNIT = "单位"
"""A title that also stands over what is counted: 个, 人."""


class OwnCell(NamedTuple):
    """A cell of such a column, as the blank form has it."""

    place: Place
    title: str
    text: str
    """What is printed there; "" where it is blank."""


class RowColumns(NamedTuple):
    """Such cells by table and row."""

    numbers: Mapping[tuple[int, int], OwnCell]
    units: Mapping[tuple[int, int], OwnCell]
    unnamed: tuple[OwnCell, ...]
    """Blank ones under 编号: nobody here knows what goes there."""


def row_columns(content: SourceDocument, words: Vocabulary) -> RowColumns:
    """The cells below such titles. 单位名称 counts where it is a title beside 项目名称, over the rows of a list."""
    found = list(_cells(content, words))
    blank = [(key, one) for key, one in found if not one.text.strip()]
    return RowColumns(
        {one.place[:2]: one for key, one in found if key in _COUNTED},
        {one.place[:2]: one for key, one in blank if key not in WORDS["running"]},
        tuple(one for key, one in blank if key in WORDS["running"] and key not in _COUNTED),
    )


def _cells(content: SourceDocument, words: Vocabulary) -> Iterator[tuple[str, OwnCell]]:
    """The cells below the titles, each with its title's key."""
    for table in content.tables():
        titles: dict[int, str] = {}
        for at, row in enumerate(table.rows):
            name = _named_at(row, words)
            for place, cell in enumerate(row):
                is_unit = name >= 0 and _is_unit(cell.text, words, before=place < name)
                if is_unit or label_key(cell.text) in WORDS["running"]:
                    titles[cell.column] = cell.text
                elif cell.column in titles and not cell.merged:
                    title = titles[cell.column]
                    yield label_key(title), OwnCell(Place(table.number, at, place), title, cell.text)


def _named_at(row: tuple[SourceCell, ...], words: Vocabulary) -> int:
    """Where 项目名称 or 项目 stands in a row of titles alone; -1 in any other."""
    said = [cell.text for cell in row if not cell.merged]
    path = words.form.project.path_of(Role.NAME)
    if not all(text.strip() for text in said):
        return -1
    targets = ((place, cell.text, words.target(cell.text)) for place, cell in enumerate(row))
    return next((at for at, text, one in targets if label_key(text) == "项目" or (one and one.path == path)), -1)


def _is_unit(text: str, words: Vocabulary, *, before: bool) -> bool:
    """Does a title ask whose row it is? 单位 does ``before`` the project's name; behind, it is of what is counted."""
    target = words.target(text)
    return target is not None and target.means is LabelMeaning.UNIT and (before or label_key(text) != BARE_UNIT)
