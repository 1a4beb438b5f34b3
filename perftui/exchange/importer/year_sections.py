"""Tables with a section for the whole project and one for the year, each under a row of its own: 中期目标, 年度目标."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from perftui.exchange.importer.composed_labels import AmountScope, goal_scope, title_scope
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.record_draft import RecordDraft
from perftui.exchange.importer.report import in_table
from perftui.exchange.importer.source import SourceCell, SourceTable

Row = Sequence[SourceCell]
_INDICATORS = "绩效指标"


def this_years(draft: RecordDraft, grid: SourceTable) -> Iterator[SourceTable]:
    """The parts of a table that may speak of this year; the sections that do not are told, where another does."""
    heads = [(at, scope) for at in range(len(grid.rows)) if (scope := _section(grid.rows, at)) is not None]
    if not any(scope is AmountScope.YEAR for _at, scope in heads):
        yield grid
        return
    for (start, scope), (end, _next) in pairwise([(0, AmountScope.NONE), *heads, (len(grid.rows), AmountScope.NONE)]):
        part = grid.part(start, end)
        if scope.may_be_years and part.rows:
            yield part
        else:
            _leave(draft, part)


def _leave(draft: RecordDraft, part: SourceTable) -> None:
    for at, row in enumerate(part.rows):
        texts = [" ".join(text.split()) for text in _said(row)]
        if texts:
            draft.left(in_table(part.number, part.number_of(at)), " | ".join(texts))


def _section(rows: Sequence[Row], at: int) -> AmountScope | None:
    """Of what a section is said that begins with a row: words of goals, or 年度绩效指标, alone over others."""
    said = _said(rows[at])
    if len(said) != 1 or rows[at][0].merged or at + 1 == len(rows) or len(_said(rows[at + 1])) < 2:
        return None
    scope = goal_scope(said[0])
    key = label_key(said[0])
    if scope is None and key.endswith(_INDICATORS):
        scope = title_scope(key) or AmountScope.NONE
    return AmountScope.WHOLE if scope is AmountScope.NONE and "总" in key else scope  # beside one of the year


def _said(row: Row) -> list[str]:
    return [cell.text for cell in row if not cell.merged and cell.text.strip()]
