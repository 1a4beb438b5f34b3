"""Where every text of a page went: the words of the source that stand in no field, no remark and no line of the report.

Those of comments and text boxes count as well.
Words that a reader understood as labels are accounted for by that; amounts, percentages and dates count by value: the
document's year is told where it has its word, 2021年, a sign by the one that its words are kept as, 不高于28 by ≤28.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from perftui.editing.paste import Block, PastePlan
from perftui.exchange.importer.columns import is_sign
from perftui.exchange.importer.composed_labels import amount_label, column_words, goal_scope, title_scope
from perftui.exchange.importer.imported import ImportResult
from perftui.exchange.importer.labels import WORDS, label_key
from perftui.exchange.importer.source import SourceDocument, SourceParagraph, SourceTable
from perftui.exchange.importer.vocabulary import Vocabulary, vocabulary
from perftui.exchange.importer.years import year_alone
from perftui.forms import Form, load_form
from tests.gallery.facts import kept_texts, plain

_WORD = re.compile(r"[≥≤]?[0-9A-Za-z一-鿿.%]+")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SEPARATORS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_SIGNS = {"不高于": "≤", "不超过": "≤", "不低于": "≥", "不少于": "≥"}
_SIGN_WORDS = re.compile(rf"(?:{'|'.join(_SIGNS)})(?=[0-9])")
_LABELLED_NUMBER = re.compile(r"([一-鿿：:]{2,12}?)[：:]?\s*([0-9][0-9,.]*)")
_HEADING_NUMBER = re.compile(r"^[一二三四五六七八九十]+、(?=[^、，。]{2,10}:)")
_TEN_THOUSAND = Decimal(10_000)
_UNITS = ("元", "万元", "万")
"""Of a number that is told by its value."""


def lost_words(content: SourceDocument, imported: ImportResult) -> list[str]:
    """The words of a document that stand nowhere after it was read."""
    year = imported.document.year
    texts = (re.sub(rf"(?<![0-9]){year}年度?", " ", text) for text in _texts(content))
    return _lost(vocabulary(imported.document.form), texts, _told(imported))


def lost_in_paste(block: Block, plan: PastePlan, form: Form) -> list[str]:
    """The words of a pasted block that the plan neither takes nor tells of."""
    return _lost(vocabulary(form.id), _without_running(block), _told_of_paste(plan, form))


def _without_running(block: Block) -> Iterator[str]:
    """The texts of a block without the numbers below 序号: each says which row it is in, and that is kept."""
    counted: dict[int, int] = {}
    for row in block:
        for column, text in enumerate(row):
            if label_key(text) in WORDS["running"]:
                counted[column] = 0
            elif column in counted and text == str(counted[column] + 1):
                counted[column] += 1
            else:
                yield text


def _lost(words: Vocabulary, texts: Iterable[str], told: Iterable[str]) -> list[str]:
    said = _signed(_SEPARATORS.sub("", "\n".join(told)))
    numbers = {Decimal(number) for number in _NUMBER.findall(said)}
    return [f"{word} in {text}" for text in texts if not _is_label(words, text)
            for word in _words(_behind_label(words, text)) if not _is_told(word, said, numbers, words)]  # fmt: skip


def _texts(content: SourceDocument) -> Iterator[str]:
    for block in content.blocks:
        if isinstance(block, SourceParagraph):
            yield "" if block.contents else block.text
        elif isinstance(block, SourceTable):
            yield from (cell.text for row in block.rows for cell in row if not cell.merged or cell.text.strip())
    yield from (text for one in content.comments for text in (one.text, one.by, one.answer))
    yield from (one.text for one in content.dropped)


def _told(imported: ImportResult) -> Iterator[str]:
    document = imported.document
    yield document.unit
    yield from (plain(text) for _, record in document.files() for text in kept_texts(record))
    yield from (plain(f"{note.message} {note.text}") for note in imported.notes)
    form = load_form(document.form)
    yield from (plain(text) for one in form.project.taxonomy.categories for text in (one.name, *one.classes))


def _told_of_paste(plan: PastePlan, form: Form) -> Iterator[str]:
    yield from (plain(cell.text) for cell in plan.cells)
    told = (*plan.outside, *plan.doubts, *plan.unused, *plan.around)
    yield from map(plain, told)
    yield from (plain(text) for one in form.project.taxonomy.categories for text in (one.name, *one.classes))


def _behind_label(words: Vocabulary, text: str) -> str:
    """What stands in a cell behind a label of money: 2380.6 of 收入：2380.6."""
    match = _LABELLED_NUMBER.fullmatch(text)
    return match[2] if match and (words.target(match[1]) or amount_label(match[1]) is not None) else text


def _words(text: str) -> Iterable[str]:
    """Its words; the number before a label, 二、实施单位：, is the label's."""
    for piece in _SEPARATORS.sub("", _HEADING_NUMBER.sub("", normalize("NFKC", text))).split():
        yield from _WORD.findall(_signed(piece))


def _signed(text: str) -> str:
    """A text whose words for signs before numbers are the signs."""
    return _SIGN_WORDS.sub(lambda match: _SIGNS[match[0]], text)


def _is_label(words: Vocabulary, text: str) -> bool:
    """A text that the reader knows by itself: a label, a title over columns, a sign, a heading of the form."""
    key = label_key(text)
    return (
        (not key and not text.strip())
        or words.target(text) is not None
        or words.column(text) is not None
        or bool(column_words(text))
        or amount_label(text) is not None
        or goal_scope(text) is not None
        or is_sign(text)
        or year_alone(text) > 0
        or key in _KNOWN
        or (title_scope(text) is not None and len(text) < _SHORT)
        or _HEADING.fullmatch(key) is not None
    )


_SHORT = 12
_KNOWN = frozenset(WORDS["totals"]) | {"绩效指标", "指标", "目标", "级指标"}
_HEADING = re.compile(r"(?:长期|年度|年度绩效|长期绩效|绩效)?指标(?:完成情况)?|续表|附件?[0-9一二三]*")


def _is_told(word: str, said: str, numbers: set[Decimal], words: Vocabulary) -> bool:
    if word.strip(".%") in said or words.target(word) is not None or not word.strip(".%"):
        return True
    if all(piece in said or piece in _UNITS or _is_number_told(piece, numbers) for piece in _pieces(word)):
        return True
    return re.fullmatch(r"单位|金额单位|其中|[0-9]+|万?元|盖章|公章", word) is not None and _is_dressing(word, said)


def _pieces(word: str) -> list[str]:
    return [bare for piece in re.split(r"([≥≤]?[0-9]+(?:\.[0-9]+)?)", word) if (bare := piece.strip(".%"))]


def _is_number_told(piece: str, numbers: set[Decimal]) -> bool:
    try:
        number = Decimal(piece)
    except InvalidOperation:
        return False
    return number in numbers or number * _TEN_THOUSAND in numbers


def _is_dressing(word: str, said: str) -> bool:
    """单位：万元 is told by the amounts, a seal by nothing."""
    return word in ("单位", "金额单位", "其中", "万元", "元", "盖章", "公章") or word in said
