"""The lines under a sheet: the current cell in full, what is typed in words, what review says of it."""

from dataclasses import dataclass
from decimal import Decimal

from perftui.forms import Field, Kind
from perftui.locale import _
from perftui.model.document import Location
from perftui.model.money import AmountError, in_words, parse_amount, read_amount
from perftui.model.text import visible
from perftui.model.width import cut, wrap
from perftui.viewmodel.findings import finding_text
from perftui.viewmodel.grid import Cell, Tone
from perftui.viewmodel.shown import TONES, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailLine:
    """One line of text in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


def detail_lines(shown: Shown, cell: Cell | None, draft: str | None, notice: str, width: int) -> tuple[DetailLine, ...]:
    """Two lines about the cell at hand; a notice goes before everything else."""
    first = _first(shown, cell, draft, width)
    if notice:
        return first, DetailLine(text=cut(visible(notice), width), tone=Tone.ACCENT)
    if cell is None or cell.place is None:
        return first, DetailLine(text="")
    findings = shown.index.at.get(cell.place, ()) or shown.index.at.get(_row_of(cell.place), ())
    if findings:
        more = _("（还有 {count} 处）").format(count=len(findings) - 1) if len(findings) > 1 else ""
        return first, DetailLine(text=cut(finding_text(findings[0]) + more, width), tone=TONES[findings[0].severity])
    if cell.offer:
        return first, DetailLine(text=_("F3 采纳：{offer}").format(offer=visible(cell.offer)), tone=Tone.DIM)
    return first, DetailLine(text=_rest(cell, width), tone=Tone.DIM)


def _row_of(place: Location) -> Location:
    return Location(file=place.file, path=place.path[:2])


def _first(shown: Shown, cell: Cell | None, draft: str | None, width: int) -> DetailLine:
    """The cell's place in words and its text; while an amount is typed, the amount in words."""
    if cell is None or cell.place is None:
        return DetailLine(text="")
    field = shown.spec(cell.place.file).field(cell.place.path) if cell.place.path else None
    label = cell.label or (field.label if field else "")
    text = cell.edit_text if draft is None else draft
    echo = _echo(field, text, shown.unit, is_draft=draft is not None) if field else ""
    if draft is not None:
        return DetailLine(text=cut(f"{label}：{echo}" if echo else label, width), tone=Tone.LABEL)
    inner = echo or visible(text)
    return DetailLine(text=cut(f"{label}：{inner}" if label else inner, width), tone=Tone.LABEL)


def _rest(cell: Cell, width: int) -> str:
    """What of a long text did not fit into the first line."""
    text = f"{cell.label}：{visible(cell.edit_text)}"
    pieces = wrap(text, max(4, width - 2))
    if cell.wrapped or len(pieces) < 2:
        return ""
    start, end = pieces[1]
    return text[start:end] + ("…" if len(pieces) > 2 else "")


def _echo(field: Field, text: str, unit: str, *, is_draft: bool) -> str:
    if field.kind is Kind.AMOUNT and text:
        amount = _amount(text, unit)
        return "" if amount is None else f"{visible(text)} {unit}  {in_words(amount)}"
    if field.kind is Kind.CODE and field.limit > 12:
        grouped = " ".join(part for part in (text[:6], text[6:8], text[8:]) if part)
        return _("{code}  {count}/{whole} 位").format(code=visible(grouped), count=len(text), whole=field.limit)
    if is_draft and len(text) > field.limit * 0.8:
        return _("{count}/{most} 字").format(count=len(text), most=field.limit)
    return ""


def _amount(text: str, unit: str) -> Decimal | None:
    try:
        return read_amount(text, unit)
    except AmountError:
        return parse_amount(text)
