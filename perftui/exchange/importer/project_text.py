"""A project that is told in paragraphs over its table: 一、项目名称：…, 三、项目资金：总预算240万元，其中….

They begin with the paragraph that names it; the goals may stand in paragraphs of their own below their label.
"""

import re
from collections.abc import Sequence

from perftui.exchange.importer.composed_labels import amount_label, goal_scope
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.importer.report import in_text, shown
from perftui.exchange.importer.source import SourceParagraph
from perftui.exchange.importer.table_head import take_goals, take_line
from perftui.exchange.importer.vocabulary import LabelMeaning, Target, Vocabulary
from perftui.forms import Kind, Role
from perftui.locale import _

_LED = re.compile(r"\s*([^:：\n]{2,20})[:：]\s*(.*)", re.S)
_PIECES = re.compile(r"[，,；;、。]\s*(?![0-9])")
_PAID = re.compile(r"(?:其中[:：]?)?([^0-9:：]{2,16}?)(?:为|共计|共|计|[:：])?\s*([0-9][0-9,.]*\s*[万亿]?元)")
_HAN_NUMBER = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")
_LONGEST_SUMS = 120  # characters; a longer text about money is prose


def _told_from(words: Vocabulary, paras: Sequence[SourceParagraph]) -> int:
    """The index of the last paragraph that names a project; as many as there are where none does."""
    path = words.form.project.path_of(Role.NAME)
    named = (
        at for at in range(len(paras) - 1, -1, -1)
        if (match := _LED.fullmatch(paras[at].text)) and (target := words.target(match[1])) and target.path == path
    )  # fmt: skip
    return next(named, len(paras))


def take_told(draft: RecordDraft, words: Vocabulary, paras: Sequence[SourceParagraph]) -> Sequence[SourceParagraph]:
    """Takes in what paragraphs over a table say of its project, and reports the rest of them; those before them."""
    begin = _told_from(words, paras)
    _take(draft, words, paras[begin:])
    return paras[:begin]


def _take(draft: RecordDraft, words: Vocabulary, paras: Sequence[SourceParagraph]) -> None:
    goals: Target | None = None
    gathered: list[str] = []
    first = ""
    for para in paras:
        place = in_text(para.number)
        match = _LED.fullmatch(para.text)
        if goals is not None and match is None and not _HAN_NUMBER.match(para.text):
            gathered.append(para.text)
            first = first or place
            continue
        goals = _goals(words, match[1]) if match and not match[2].strip() else None
        taken = goals is not None or _take_sums(draft, words, match, place)
        if not taken and not take_line(draft, words, para.text, place):
            draft.left(place, para.text)
    if gathered:
        take_goals(draft, "\n".join(gathered), first)


def _goals(words: Vocabulary, label: str) -> Target | None:
    """The goals of this year that a label announces."""
    scope, target = goal_scope(label), words.target(label)
    if target is None and scope is not None:
        target = words.goals(scope)
    fits = target is not None and target.means is LabelMeaning.GOALS and (scope is None or words.holds(target, scope))
    return target if fits else None


def _take_sums(draft: RecordDraft, words: Vocabulary, match: re.Match[str] | None, place: str) -> bool:
    """Takes in 项目资金：总预算240万元，其中财政拨款200万元, where each piece is a label of money and its sum."""
    if match is None or draft.literal or len(match[2]) > _LONGEST_SUMS:
        return False
    pieces = [_PAID.fullmatch(piece.strip()) for piece in _PIECES.split(match[2].rstrip("。；")) if piece.strip()]
    found = [(piece, _money(words, piece[1])) for piece in pieces if piece]
    told = [(piece, target) for piece, target in found if target is not None]
    if not told or len(told) != len(pieces):
        return False
    for piece, target in told:
        _put(draft, target, piece[1].strip(), piece[2], place)
    message = _("一句话里的金额分开读入，请核对：{text}").format(text=shown(match[0].strip()))
    draft.note(place, Confidence.UNSURE, message, text=match[0])
    return True


def _money(words: Vocabulary, label: str) -> Target | None:
    target = words.target(label)
    if target is not None and target.field is not None and target.field.kind is Kind.AMOUNT:
        return target
    said = amount_label(label)
    return words.amount(said.source, said.scope) if said is not None and said.scope.may_be_years else None


def _put(draft: RecordDraft, target: Target, label: str, amount: str, place: str) -> None:
    group = next((one for one in draft.spec.amounts if one.key == target.path[0]), None)
    if target.field is not None:
        draft.put(target.path, target.field, amount, place)
    elif group is None or not draft.put_source(group, label, amount, place):
        draft.left(place, f"{label}：{amount}")
