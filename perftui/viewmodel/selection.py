"""What is selected, in a few words at the foot: how many cells, and what their amounts come to."""

from collections.abc import Sequence

from perftui.forms import Kind
from perftui.forms.glosses import glossed
from perftui.locale import _
from perftui.model.money import format_amount, print_amount, sum_amounts
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import CellView

_MOST = 20_000
"""Adding up more cells than that would be felt at every key."""


def selection_text(shown: DocumentView, cells: Sequence[Sequence[CellView]]) -> str:
    """``选定 6 格 · 合计 1200.00 元``; without a sum where no amount is selected."""
    places = [cell.place for row in cells for cell in row if cell.place is not None]
    sentence = _("选定 {count} 格").format(count=len(places))
    if len(places) > _MOST:
        return sentence
    amounts = [
        shown.document.record(place.file).text(place.path)
        for place in places
        if shown.document.has(place.file) and _is_amount(shown, place.file, place.path)
    ]
    total = sum_amounts([text for text in amounts if text]) if any(amounts) else None
    if total is None:
        return sentence
    return _("{told} · 合计 {amount} {unit}").format(
        told=sentence, amount=print_amount(format_amount(total), shown.unit), unit=glossed(shown.form, shown.unit)
    )


def _is_amount(shown: DocumentView, file: str, path: tuple[str, ...]) -> bool:
    field = shown.form.spec_of(file).field(path) if path else None
    return field is not None and field.kind is Kind.AMOUNT
