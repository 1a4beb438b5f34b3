"""Rows under titles that a group of the form's own has: tasks with their amounts, details of what is paid."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from perftui.exchange.importer.labels import label_key, unit_in_brackets
from perftui.exchange.importer.record_draft import RecordDraft, RowDraft
from perftui.exchange.importer.source import SourceCell
from perftui.exchange.importer.vocabulary import Vocabulary
from perftui.forms import Field, Group, GroupRole, Kind, RecordSpec, Role

_WORDS: tuple[tuple[re.Pattern[str], Callable[[Field], bool]], ...] = (
    (re.compile("(?:预算|任务|安排|涉及|所需)?(?:金额|经费|资金)|预算数?"), lambda one: one.kind is Kind.AMOUNT),
    (re.compile("(?:年度)?(?:主要|重点)?(?:工作)?任务(?:名称)?"), lambda one: one.role is Role.NAME),
    (re.compile("(?:主要|任务|工作|具体)内容"), lambda one: "内容" in one.label),
)
"""What other counties call the columns of tasks, and which column that is."""
_NUMBER = re.compile("[0-9、.．\\s]+")
_SUMS = frozenset(("合计", "小计", "总计"))


@dataclass(slots=True, kw_only=True)
class TaskRows:
    """Titles that were seen, and the rows below them."""

    group: str
    columns: dict[int, Field]
    """What stands in each grid column where a title begins."""
    read_as: Mapping[str, str]
    """The form's label of each title."""
    unit: str
    """Of the amounts, as a title says it; "" where none does."""
    _above: dict[int, str] = field(default_factory=dict)

    def holds(self, words: Vocabulary, row: Sequence[SourceCell]) -> bool:
        """Is a row one of theirs? Its texts stand under the titles, but for a number; none is a label of the form."""
        own = [cell for cell in row if not cell.merged]
        return all(cell.column in self.columns or not _NUMBER.sub("", cell.text) for cell in own) and not any(
            (target := words.target(cell.text)) is not None and target.exact for cell in own
        )

    def read(self, draft: RecordDraft, row: Sequence[SourceCell], place: str) -> None:
        """Takes a row in; one that adds the others up is reported."""
        under = [cell for cell in row if cell.column in self.columns]
        texts = {cell.column: self._above.get(cell.column, "") if cell.merged else cell.text.strip() for cell in under}
        if not any(cell.text.strip() for cell in under if not cell.merged):
            return
        if any(label_key(text) in _SUMS for text in texts.values()):
            draft.left(place, " | ".join(text for text in texts.values() if text))
            return
        self._above, made = texts, RowDraft()
        for column, text in texts.items():
            draft.put_cell(self.group, made, self.columns[column], text, place)
        if made.values:
            draft.add_row(self.group, made, place)


def task_rows(spec: RecordSpec, row: Sequence[SourceCell]) -> TaskRows | None:
    """The group of rows whose titles stand in a row, behind a label beside them and a column of numbers at most."""
    titles = [cell for cell in row if not cell.merged and cell.text.strip()]
    for group in spec.groups:
        if group.role is GroupRole.ROWS and (columns := _columns(group, titles)):
            unit = next(filter(None, (unit_in_brackets(cell.text) for cell in titles)), "")
            said = {cell.text: columns[cell.column].label for cell in titles if cell.column in columns}
            return TaskRows(group=group.key, columns=columns, unit=unit, read_as=said)
    return None


def _columns(group: Group, titles: Sequence[SourceCell]) -> dict[int, Field]:
    """The group's columns by the place of their titles; {} where they are none of its titles."""
    labels = {label_key(one.label): one for one in group.columns}
    found = {cell.column: labels[key] for cell in titles if (key := label_key(cell.text)) in labels}
    for cell in reversed(titles):  # a label beside the titles may say the same as one of them: 年度主要任务
        if cell.column not in found and (one := _meant(label_key(cell.text), group.columns)):
            found |= {} if one in found.values() else {cell.column: one}
    others = [at for at, cell in enumerate(titles) if cell.column not in found]
    is_whole = len(set(found.values())) == len(found) > 1
    return found if is_whole and others == list(range(len(others)))[:2] else {}


def _meant(key: str, columns: Sequence[Field]) -> Field | None:
    """The only column of the kind that a title's words tell."""
    for words, is_so in _WORDS:
        if words.fullmatch(key):
            fitting = [one for one in columns if is_so(one)]
            return fitting[0] if len(fitting) == 1 else None
    return None
