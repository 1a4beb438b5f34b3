"""Indicators that stand as sentences behind the word of their category, taken apart where that is certain."""

import re
from collections.abc import Iterator, Sequence

from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.record_draft import RecordDraft, RowDraft
from perftui.exchange.importer.report import shown
from perftui.forms import GroupRole, Role, Taxonomy
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.text import strip_number

_BETWEEN = re.compile(r"[；;。\n]+")
_COLON = re.compile(r"[:：]")
_MEASURED = re.compile(
    r"(?P<name>[^0-9<>=≥≤＜＞，,、]{2,30}?)"
    r"(?P<value>(?:(?:达到|达|为|不低于|不少于|不高于|不超过|不大于|不小于|低于|高于|超过|少于|大于|小于|[<>=≥≤＜＞]=?)\s*)?"
    r"[0-9][0-9.,]*\s*(?:[%％‰]|[^\s0-9，。；：、,<>=≥≤]{0,6}?)(?:以上|以下|以内)?)"
)
_LONGEST = 2000  # characters; a longer text is prose and is not taken apart
_LONGEST_VALUE = 30  # characters; what is longer behind a colon is an explanation


@frozen
class Sentence:
    """An indicator as it was told."""

    category: str
    class_name: str
    name: str
    value: str


def sentences_of(taxonomy: Taxonomy, texts: Sequence[str]) -> tuple[Sentence, ...] | None:
    """The indicators of a row such as 产出指标 | 数量指标：开放天数300天；…; ``None`` where not all is certain."""
    if len(texts) != 2 or len(texts[1]) > _LONGEST:
        return None
    category = next((one for one in taxonomy.categories if _named(texts[0], one.name)), None)
    if category is None:
        return None
    found: list[Sentence] = []
    class_name = ""
    for piece in _pieces(texts[1]):
        head, *rest = _COLON.split(piece, maxsplit=1)
        own = next((one for one in category.classes if rest and _named(head, one)), "")
        class_name = own or class_name
        measured = _measured(rest[0] if own else piece)
        if not class_name or measured is None:
            return None
        found.append(Sentence(category=category.name, class_name=class_name, name=measured[0], value=measured[1]))
    return tuple(found) or None


def take_sentences(draft: RecordDraft, texts: Sequence[str], place: str) -> bool:
    """Takes the indicators of such a row in; False where it is none, or not certain."""
    group = draft.spec.group_of(GroupRole.INDICATORS)
    found = sentences_of(draft.spec.taxonomy, texts)
    if group is None or found is None:
        return False
    roles = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.VALUE)
    for one in found:
        row = RowDraft()
        path = (group.key, f"#{len(draft.rows[group.key])}", group.key_of(Role.NAME))
        for role, text in zip(roles, (one.category, one.class_name, one.name, one.value), strict=True):
            column = group.column(role)
            if column is not None:
                draft.put_cell(group.key, row, column, text, place)
        draft.add_row(group.key, row, place)
        message = _("一句话拆成指标和值，请核对：{name} | {value}").format(name=shown(one.name), value=shown(one.value))
        draft.note(place, Confidence.UNSURE, message, path)
    return True


def _pieces(text: str) -> Iterator[str]:
    for piece in _BETWEEN.split(text):
        if bare := strip_number(piece.strip())[1].strip():
            yield bare


def _named(text: str, word: str) -> bool:
    return label_key(text) in (word, word.removesuffix("指标"))


def _measured(text: str) -> tuple[str, str] | None:
    """Name and value of what one sentence says: ``name：value``, or a name with a number behind it."""
    bare = strip_number(text.strip())[1].strip()
    parts = [part.strip() for part in _COLON.split(bare)]
    if len(parts) == 2 and all(parts) and len(parts[1]) <= _LONGEST_VALUE:
        return parts[0], parts[1]
    match = _MEASURED.fullmatch(bare)
    return (match["name"].strip(), match["value"].strip()) if match and len(parts) == 1 else None
