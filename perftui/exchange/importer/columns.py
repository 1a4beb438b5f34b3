"""What the columns of an indicators' table are, by their titles and by what stands in them.

A title lies now and then: 指标方向 over ≥ and ≤, 绩效标准 over explanations. What a column's cells are wins where they
are all of one kind.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from perftui.exchange.importer.composed_labels import AmountScope, title_scope
from perftui.exchange.importer.labels import WORDS, is_of_foot, label_key
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.vocabulary import Column, Vocabulary
from perftui.forms import Role
from perftui.model.values import ValueKind, parse_value

Row = Sequence[SourceCell]
_LOOKED_AT = 60
_CELLS: dict[str, list[str]] = WORDS["cells"]
_SIGNS, _NO_SIGNS, _DIRECTIONS, _BASES = (
    frozenset(_CELLS[key]) for key in ("signs", "no_signs", "directions", "bases")
)
_OFFICES = tuple(WORDS["offices"])
_CATEGORIES, _CLASSES = (tuple(WORDS["levels"][key]) for key in ("category", "class"))
_TWO_LEVELS = re.compile(r"([^-—－/／>]{2,8})[-—－/／>]+([^-—－/／>]{2,12})")
_CUT = "级指标"
_ENDING = "指标"
_VALUES = (ValueKind.QUANTITY, ValueKind.PERCENT, ValueKind.MONEY, ValueKind.DATE, ValueKind.PERIOD)
_SENTENCE = 8
_LONGEST_TITLE, _SENTENCE_END = 40, "。"


def settled(
    words: Vocabulary, titles: Sequence[str], cells: Sequence[Sequence[str]], unit: str, scopes: Sequence[AmountScope]
) -> list[Column | None]:
    """The columns under some titles; ``cells`` the texts below each, ``unit`` the name of who fills the form in.

    ``scopes``: of what the group of columns is said that each title stands under.
    """
    kept = [title if scope.may_be_years else "" for title, scope in zip(titles, scopes, strict=True)]
    found = list(words.columns(kept))
    _name_the_levels(words, titles, found)
    _by_cells(words, titles, found, cells)
    _shift_levels(words, found, cells)
    _graded(words, titles, found)
    _find_value(words, titles, found, cells, unit)
    return found


def columns_by_classes(words: Vocabulary, cells: Sequence[Sequence[str]]) -> list[Column | None] | None:
    """What columns without titles are, where in one of them only classes of the form stand; else ``None``.

    The category's stands before that one, the form's next ones behind it.
    """
    group, taxonomy = words.indicators, words.form.project.taxonomy
    classes = {name for _category, name in taxonomy.skeleton}
    at = next((number for number, texts in enumerate(cells) if _only(texts, classes)), None)
    if group is None or at is None:
        return None
    categories = {known.name for known in taxonomy.categories}
    found: list[Column | None] = [
        words.column_of(Role.LEVEL1) if number < at and _only(texts, categories) else None
        for number, texts in enumerate(cells)
    ]
    found[at] = words.column_of(Role.LEVEL2)
    behind = [one for one in group.columns if one.role not in (Role.LEVEL1, Role.LEVEL2)]
    place = next((number for number, one in enumerate(behind) if one.role is Role.DESCRIPTION), len(cells))
    if [_holds_values(texts) for texts in cells[at + 1 :][place : place + 2]] in ([True], [True, False]):
        del behind[place]  # a table without descriptions: numbers are none
    for number, one in zip(range(at + 1, len(found)), behind, strict=False):
        found[number] = Column(role=one.role, key=one.key)
    return found


def _only(texts: Sequence[str], words: Collection[str]) -> bool:
    said = [text for text in texts if text]
    return bool(said) and all(text in words or text + _ENDING in words for text in said)


def _holds_values(texts: Sequence[str]) -> bool:
    said = [text for text in texts if text]
    return bool(said) and all(parse_value(text).kind in _VALUES for text in said)


def cells_below(rows: Sequence[Row], starts: Sequence[int]) -> list[list[str]]:
    """The texts that stand in the columns that begin at ``starts``, of the first rows that have most of these."""
    found: list[list[str]] = [[] for _start in starts]
    for row in islice(rows, _LOOKED_AT):
        if 2 * sum(1 for cell in row if cell.column in starts) <= len(starts) or any(
            is_of_foot(one.text) for one in row
        ):
            continue
        for cell in row:
            if cell.text.strip() and not cell.merged and cell.column in starts:
                found[starts.index(cell.column)].append("".join(cell.text.split()))
    return found


def is_sign(text: str) -> bool:
    """Is a text a sign of comparison, or a word that stands for one?"""
    return "".join(text.split()).translate(_WIDE) in _SIGNS


_WIDE = str.maketrans("＝＞＜", "=><")


def two_levels(text: str) -> tuple[str, str] | None:
    """The two levels that one cell says, 产出指标-数量指标; ``None`` for any other text."""
    match = _TWO_LEVELS.fullmatch("".join(text.split()))
    return (match[1], match[2]) if match and are_levels([match[1]]) and _all([match[2]], _CLASSES) else None


def _name_the_levels(words: Vocabulary, titles: Sequence[str], found: list[Column | None]) -> None:
    """A level's title that was cut at its beginning: 级指标 before 二级指标."""
    roles = {one.role for one in found if one}
    at = next((at for at, one in enumerate(found) if one and one.role is Role.LEVEL2), 0)
    if Role.LEVEL1 not in roles and at and label_key(titles[at - 1]) == _CUT:
        found[at - 1] = words.column_of(Role.LEVEL1)


def _by_cells(
    words: Vocabulary, titles: Sequence[str], found: list[Column | None], cells: Sequence[Sequence[str]]
) -> None:
    """Columns whose cells are all signs, directions or kinds of basis; titles of these over other things."""
    for at, texts in enumerate(cells):
        one = found[at]
        if not texts:
            continue
        roles = {column.role for column in found if column}
        if (
            (one is None or one.role is Role.DESCRIPTION)
            and Role.LEVEL2 not in roles
            and _are_classes(found, at, texts)
        ):
            found[at] = words.column_of(Role.LEVEL2)
            continue
        if one is None and Role.LEVEL1 not in roles and _all(texts, _CATEGORIES):
            found[at] = words.column_of(Role.LEVEL1)
        elif all(map(two_levels, texts)):
            _move(words, found, at, Role.LEVEL2)
        elif all(map(is_sign, texts)) or _are_mostly_signs(one, texts):
            _move(words, found, at, Role.SIGN)
        elif all(text in _DIRECTIONS for text in texts):
            _move(words, found, at, Role.DIRECTION)
        elif one is not None and one.role is Role.UNIT and all(text.endswith(_OFFICES) for text in texts):
            found[at] = None  # 单位 over those that spend, not over what is counted
        elif one is None or one.role in (Role.BASIS, Role.DESCRIPTION):
            _told_apart(words, titles[at], found, at, texts)


def _are_mostly_signs(one: Column | None, texts: Sequence[str]) -> bool:
    """Do signs stand in a column among strokes and words? One that is titled as theirs needs a single sign."""
    signs = [text for text in texts if is_sign(text) and text not in _NO_SIGNS]
    titled = one is not None and one.role in (Role.SIGN, Role.DIRECTION)
    return bool(signs) and (titled or (one is None and 2 * len(signs) > len(texts)))


def _are_classes(found: Sequence[Column | None], at: int, texts: Sequence[str]) -> bool:
    """Do classes stand in a column between the categories and the names?"""
    places = {one.role: place for place, one in enumerate(found) if one}
    return places.get(Role.LEVEL1, at) < at < places.get(Role.NAME, at) and _all(texts, _CLASSES)


def _told_apart(words: Vocabulary, title: str, found: list[Column | None], at: int, texts: Sequence[str]) -> None:
    """绩效标准 is a basis where kinds of basis stand in it, an explanation where sentences do."""
    if all(text in _BASES for text in texts):
        _move(words, found, at, Role.BASIS)
    elif label_key(title).endswith("标准") and found[at] is not None:
        explains = sum(len(text) for text in texts) >= _SENTENCE * len(texts) or texts[0].startswith("反映")
        found[at] = None
        if explains:
            _move(words, found, at, Role.DESCRIPTION)


def _move(words: Vocabulary, found: list[Column | None], at: int, role: Role) -> None:
    """Gives a role to a column; another that has it by its title only loses it."""
    for other, one in enumerate(found):
        if one is not None and one.role is role and other != at:
            found[other] = None
    found[at] = words.column_of(role)


def _shift_levels(words: Vocabulary, found: list[Column | None], cells: Sequence[Sequence[str]]) -> None:
    """Levels that hold what belongs into another: classes under 一级指标, categories under 指标."""
    at = {one.role: place for place, one in enumerate(found) if one}
    level1, level2, name = at.get(Role.LEVEL1), at.get(Role.LEVEL2), at.get(Role.NAME)
    description = at.get(Role.DESCRIPTION)
    beside = name is not None and level1 is not None and name < level1 and not cells[name]
    if beside and name is not None and description is not None:  # 绩效指标 | 一级指标 | … | 指标内容
        found[name] = None
        found[description] = words.column_of(Role.NAME)
    elif level1 is None and name is not None and description is not None and _all(cells[name], _CATEGORIES):
        found[name], found[description] = words.column_of(Role.LEVEL1), words.column_of(Role.NAME)
    elif name is None and level1 is not None and level2 is not None:
        if _all(cells[level1], _CLASSES) and not _all(cells[level2], _CLASSES):
            found[level1], found[level2] = words.column_of(Role.LEVEL2), words.column_of(Role.NAME)
        elif description is not None:
            found[description] = words.column_of(Role.NAME)
        elif cells[level2] and not _all(cells[level2], _CLASSES):
            found[level2] = words.column_of(Role.NAME)
    elif name is not None and level1 is not None and level2 is None and _all(cells[level1], _CLASSES, _CATEGORIES):
        found[level1] = words.column_of(Role.LEVEL2)
    elif name is not None and level2 is not None and name == description:
        found[name] = words.column_of(Role.NAME)


def are_levels(texts: Sequence[str]) -> bool:
    """Are some texts all words of the levels above a name: 产出指标, 质量?"""
    return _all(texts, (*_CATEGORIES, *_CLASSES))


def _all(texts: Sequence[str], words: Sequence[str], but: Sequence[str] = ()) -> bool:
    """Does every text of a column say one of the words, and none of the others?"""
    said = [label_key(text).removesuffix("指标").removesuffix("目标") for text in texts]
    fits = [any(word in text for word in words) and len(text) <= _SENTENCE + 2 for text in said]
    other = [any(text.startswith(word) for word in but) for text in said]
    return bool(said) and all(fits) and not all(other)


def _find_value(
    words: Vocabulary, titles: Sequence[str], found: list[Column | None], cells: Sequence[Sequence[str]], unit: str
) -> None:
    """Where no column is the value's: of several areas the unit's own, or the whole area's."""
    if any(one is not None and one.role is Role.VALUE for one in found):
        return
    free = [at for at, one in enumerate(found) if one is None and titles[at].strip() and cells[at]]
    own = [at for at in free if unit and label_key(titles[at]) and label_key(titles[at]) in unit]
    whole = [at for at in free if any(word in label_key(titles[at]) for word in WORDS["areas"])]
    numbers = [at for at in free if _holds_values(cells[at])]
    for at in (own or whole or _beside_measure(found) or (numbers if len(numbers) == 1 else []))[:1]:
        found[at] = words.column_of(Role.VALUE)


def _beside_measure(found: Sequence[Column | None]) -> list[int]:
    """The place of the value by the columns of signs and units: right behind the one, right before the other."""
    places = {one.role: at for at, one in enumerate(found) if one}
    near = [places[role] + step for role, step in ((Role.SIGN, 1), (Role.UNIT, -1)) if role in places]
    return [at for at in near if 0 <= at < len(found) and _may_be_value(found[at])]


def _may_be_value(column: Column | None) -> bool:
    return column is None or column.role in (Role.DESCRIPTION, Role.BASIS, Role.REMARK)


def stacked(upper: Row, lower: Row) -> list[tuple[SourceCell, SourceCell]] | None:
    """The cells of a header's second row, each with the one over it; ``None`` where the second row is none.

    一级指标 | 中期目标 (over three) | 年度目标 (over three), below these 二级 | 三级 | 指标值 twice.
    """
    groups = [cell for cell in upper if cell.span > 1 and cell.text.strip() and not cell.merged]
    if any(len(cell.text) > _LONGEST_TITLE or _SENTENCE_END in cell.text for cell in groups):
        return None  # a text over the whole width, and the header under it
    if not groups or not all(_may_be_under(cell, upper) for cell in lower):
        return None
    pairs = [(cell, over) for cell in lower for over in upper if over.covers(cell.column)]
    return pairs if len(pairs) == len(lower) else None


def under_groups(
    words: Vocabulary, rows: Sequence[Row], at: int
) -> tuple[tuple[SourceCell, ...], list[AmountScope], int] | None:
    """The titles of a header of several rows as one, of what each is said, and how many rows; ``None`` for one row."""
    titles, scopes, height = tuple(rows[at]), [AmountScope.NONE] * len(rows[at]), 1
    while at + height < len(rows) and (pairs := stacked(titles, rows[at + height])) is not None:
        known = dict(zip(titles, scopes, strict=True))
        scopes = [_scope_under(cell, over, known[over]) for cell, over in pairs]
        titles = tuple(_title_under(words, pairs, cell, over) for cell, over in pairs)
        height += 1
    said = words.columns([one.text for one in titles])
    told = [one for one, title in zip(said, titles, strict=True) if one or label_key(title.text) in WORDS["grades"]]
    return (titles, scopes, height) if height > 1 and len(told) * 2 >= len(titles) else None


def _scope_under(cell: SourceCell, over: SourceCell, scope: AmountScope) -> AmountScope:
    own = bool(cell.text.strip()) and not cell.merged and over.span > 1
    return (title_scope(over.text) or scope) if own else scope


def _title_under(
    words: Vocabulary, pairs: Sequence[tuple[SourceCell, SourceCell]], cell: SourceCell, over: SourceCell
) -> SourceCell:
    own = bool(cell.text.strip()) and not cell.merged
    named = own and not _takes_groups_title(words, pairs, cell, over)
    return cell if named else SourceCell(text=over.text, column=cell.column, span=cell.span)


def _takes_groups_title(
    words: Vocabulary, pairs: Sequence[tuple[SourceCell, SourceCell]], cell: SourceCell, over: SourceCell
) -> bool:
    """Is a title the only one under a known group that says nothing by itself: 数值 of 指标值, beside 符号 and 单位?"""
    unknown = [one for one, group in pairs if group is over and words.column(one.text) is None]
    return over.span > 1 and unknown == [cell] and words.column(over.text) is not None


def _graded(words: Vocabulary, titles: Sequence[str], found: list[Column | None]) -> None:
    """Columns of grades, 优 良 中 差, are all the value's, each with its grade."""
    grades = [at for at, title in enumerate(titles) if label_key(title) in WORDS["grades"]]
    value = words.column_of(Role.VALUE)
    if len(grades) > 1 and value is not None and not any(one and one.role is Role.VALUE for one in found):
        for at in grades:
            found[at] = replace(value, grade=label_key(titles[at]))


def _may_be_under(cell: SourceCell, upper: Row) -> bool:
    over = next((one for one in upper if one.covers(cell.column)), None)
    return over is not None and (over.span > 1 or cell.merged or not cell.text.strip())
