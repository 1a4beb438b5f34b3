"""The lines under a sheet: the current cell in full, what is typed in words, what review says of it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from perftui.forms import Field, Kind, Role
from perftui.forms.glosses import english_of, glossed
from perftui.locale import _, labelled
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.money import AmountError, in_words, parse_amount, read_amount
from perftui.model.text import visible
from perftui.model.width import cell_len, cut, lines_to_read
from perftui.review.finding import COPIED, Finding, Severity
from perftui.session.unreviewed import marked_with
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.field_cells import shown_text
from perftui.viewmodel.finding_index import TONES
from perftui.viewmodel.findings import finding_text
from perftui.viewmodel.grid import CellView, Tone
from perftui.viewmodel.help import field_help


@frozen
class DetailLine:
    """One line of text in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


def detail_lines(
    shown: DocumentView,
    cell: CellView | None,
    draft: str | None,
    notice: str,
    width: int,
    count: int = 3,
    said: Sequence[Finding] = (),
    offered: str = "",
) -> tuple[DetailLine, ...]:
    """Some lines about the cell at hand: its text, then what review says; a notice goes before what review says.

    ``said``: what review says of the text being typed; ``offered``: what may be taken in its place.
    """
    if notice:
        return _noticed(shown, cell, draft, notice, width, count)
    if cell is None or cell.place is None:
        return ()
    found = _findings_at(shown, cell)
    source = visible(shown.copied_from(cell.place)) if draft is None else ""
    asked = source if not any(one.severity is Severity.ERROR for one in found) else ""  # an error is mended first
    lines = _of_findings(shown, found if draft is None else said, width)
    if source:
        lines.insert(0 if asked else len(lines), DetailLine(text=_copied(shown, cell.place, source), tone=Tone.HINT))
    take = _taking(shown, cell, draft, offered, width)
    has_room = len(lines) < count - 1
    lines += [DetailLine(text=take, tone=Tone.DIM)] if take and has_room else []
    if len(lines) < count - 1 and (replaced := _replaced(cell, draft)):
        lines.append(DetailLine(text=cut(replaced, width), tone=Tone.DIM))
    if draft is None and not lines and _is_optional(shown, cell.place):
        lines.append(DetailLine(text=_("这一行不填也行：Ctrl+G 到下一处"), tone=Tone.DIM))
    about = (_row_whole(shown, cell.place, width) if asked else []) or _about(shown, cell, draft, width)
    about[-1] = _with(about[-1], "" if has_room else take, _before(shown, cell) if draft is None else "", width)
    return _first_of((*_first_of(about, max(1, count - len(lines)), width), *lines), count, width)


def _with(line: DetailLine, take: str, before: str, width: int) -> DetailLine:
    """A line with what F3 does, and last year's text, behind it."""
    return replace(line, text=cut("  ".join(filter(None, (line.text, take, before))), width))


def _findings_at(shown: DocumentView, cell: CellView) -> tuple[Finding, ...]:
    """What review says of a cell, else of its row, else what it demands there; that it was copied is said elsewhere."""
    place = cell.place
    assert place is not None
    at = shown.index.at
    found = at.get(place, ()) or at.get(_row_of(place), ()) or _demanding(shown, cell)
    shown_here = [one for one in found if one.rule != COPIED or not shown.copied_from(place)]
    # A row of the list of findings names its rule.
    return tuple(sorted(shown_here, key=lambda one: one.rule != cell.label))


def _noticed(
    shown: DocumentView, cell: CellView | None, draft: str | None, notice: str, width: int, count: int
) -> tuple[DetailLine, ...]:
    """A notice; the cell's label before it and the cell's errors behind it, where there is room."""
    lines = [DetailLine(text=text, tone=Tone.ACCENT) for text in _wrapped(visible(notice, lines=True), width)]
    lines = [*([_first(shown, cell, draft, width)] if len(lines) < count else []), *lines]
    wrong = _errors_at(shown, cell) if draft is None and len(lines) < count else ()
    return _first_of([*lines, *_of_findings(shown, wrong, width)], count, width)


def _errors_at(shown: DocumentView, cell: CellView | None) -> tuple[Finding, ...]:
    """The errors of a cell."""
    if cell is None or cell.place is None:
        return ()
    return tuple(one for one in _findings_at(shown, cell) if one.severity is Severity.ERROR)


def _is_optional(shown: DocumentView, place: Location) -> bool:
    """Is it a row of the form that nobody has written, and nobody demands?"""
    if not shown.document.has(place.file):
        return False
    return any(stop.place == place and stop.need is None for stop in shown.stops(place.file).stops)


def _copied(shown: DocumentView, place: Location, source: str) -> str:
    """That a text was copied, and of what F3 says that it is right."""
    marks = marked_with(shown.form.spec_of(place.file), shown.document.record(place.file), place.path)
    if len(marks) > 1:
        sentence = _("照抄自“{source}”，还没有核对：这 {count} 处没问题按 F3，其余一起按 F4")
    elif len(place.path) > len(marks[0]):
        sentence = _("照抄自“{source}”，还没有核对：整行没问题按 F3，其余一起按 F4")
    else:
        sentence = _("照抄自“{source}”，还没有核对：没问题按 F3，其余一起按 F4")
    return sentence.format(source=source, count=len(marks))


def _demanding(shown: DocumentView, cell: CellView) -> tuple[Finding, ...]:
    """The findings that demand the row of the skeleton that a cell is in."""
    if cell.ghost is None or cell.place is None:
        return ()
    levels = {text for _key, text in cell.ghost.values}
    of_group = shown.index.at.get(Location(file=cell.place.file, path=cell.place.path[:1]), ())
    return tuple(one for one in of_group if one.key in levels)


def _of_findings(shown: DocumentView, findings: Sequence[Finding], width: int) -> list[DetailLine]:
    return [
        DetailLine(text=text, tone=TONES[finding.severity])
        for finding in findings
        for text in _wrapped(finding_text(shown, finding), width)
    ]


def _first_of(lines: Sequence[DetailLine], count: int, width: int) -> tuple[DetailLine, ...]:
    """As many lines as there is room for; the last one shows that there are more."""
    if len(lines) <= count:
        return tuple(lines)
    last = lines[count - 1]
    return (*lines[: count - 1], replace(last, text=cut(last.text + _("…"), width)))


def _taking(shown: DocumentView, cell: CellView, draft: str | None, offered: str, width: int) -> str:
    """What F3 does, and where the text comes from; the dim text itself only where the sheet does not show it."""
    text = offered if draft else cell.offer
    if not text:
        return _("F3 写好这一格，这一行空着的也填上") if draft and _begins_line(shown, cell) else ""
    source = "" if draft else shown.told_source(cell)
    take = f"F3 {_('采纳')}{f'（{source}）' if source else ''}"
    if not draft and _is_whole(cell, text):
        return take
    return cut(labelled(take, visible(text)), width)


def _begins_line(shown: DocumentView, cell: CellView) -> bool:
    """Is it a number among others on one line, some of which are blank and follow from it?"""
    if not cell.number or cell.place is None or not shown.document.has(cell.place.file):
        return False
    record = shown.document.record(cell.place.file)
    line = shown.form.spec_of(cell.place.file).line_of(cell.place.path)
    return any(path != cell.place.path and not record.text(path) for path in line)


def _replaced(cell: CellView, draft: str | None) -> str:
    """What stands in the cell whose text is being typed anew; "" where nothing does, or nothing was changed yet."""
    if draft is None or not cell.edit_text or draft == cell.edit_text:
        return ""
    return _("按 Esc 还是原来的：{text}").format(text=visible(cell.edit_text))


def _before(shown: DocumentView, cell: CellView) -> str:
    """What last year's document says in the field; "" where it says the same, or is not there."""
    place = cell.place
    if (
        place is None
        or not place.path
        or not cell.editable
        or shown.last_year is None
        or not shown.document.has(place.file)
    ):
        return ""
    field = shown.form.spec_of(place.file).field(place.path)
    record = shown.last_year.of(place.file, shown.document.record(place.file))
    text = record.text(place.path) if record is not None else ""
    if field is None or not text or text == shown.document.record(place.file).text(place.path):
        return ""
    shown_before = shown_text(field, text, shown.unit).replace("\n", " ")
    return _("〔{year} 年：{text}〕").format(year=shown.last_year.year, text=shown_before)


def lines_of_step(cell: CellView | None, whole: Sequence[DetailLine], before: Sequence[str]) -> tuple[DetailLine, ...]:
    """What is shown at once of the whole when the cursor has come to a cell: its label, and what stands there already.

    The rest follows when the cursor stays: a step over a slow line does not wait for sentences that nobody reads.
    """
    label = cell.label if cell is not None else ""
    old = [*before, *[""] * len(whole)]
    return tuple(
        line if old[number] == line.text
        else replace(line, text=label if not number and line.text.startswith(label) else "")
        for number, line in enumerate(whole)
    )  # fmt: skip


def _about(shown: DocumentView, cell: CellView, draft: str | None, width: int) -> list[DetailLine]:
    """The cell's label and text, on as many lines as it needs; one line where the sheet shows all of it."""
    first = _first(shown, cell, draft, width)
    text = labelled(cell.label, visible(cell.edit_text)) if cell.label else visible(cell.edit_text.strip())
    if draft is not None or _is_whole(cell, cell.edit_text) or cell_len(text) <= width:
        return [first]
    return [DetailLine(text=piece, tone=Tone.LABEL) for piece in _wrapped(text, width)]


def _row_whole(shown: DocumentView, place: Location, width: int) -> list[DetailLine]:
    """All texts of a copied row, which F3 says are right as a whole: the sheet may show them cut."""
    group = shown.form.spec_of(place.file).group(place.path[0]) if len(place.path) == 3 else None
    if group is None or len(group.columns) == 1:
        return []
    row = shown.document.record(place.file).row(*place.path[:2])
    levels = {group.key_of(role) for role in (Role.LEVEL1, Role.LEVEL2)}
    texts = [visible(row.text(one.key)) for one in group.columns if row and one.key not in levels]
    whole = _("整行：{texts}").format(texts=_(" · ").join(filter(None, texts)))
    return [DetailLine(text=piece, tone=Tone.LABEL) for piece in _wrapped(whole, width)]


def _wrapped(text: str, width: int) -> list[str]:
    return lines_to_read(text, max(4, width))


def _row_of(place: Location) -> Location:
    return Location(file=place.file, path=place.path[:2])


def _first(shown: DocumentView, cell: CellView | None, draft: str | None, width: int) -> DetailLine:
    """The cell's label, and its text where the sheet cuts it; while an amount is typed, the amount in words."""
    if cell is None or cell.place is None:
        return DetailLine(text="")
    field = shown.form.spec_of(cell.place.file).field(cell.place.path) if cell.place.path else None
    label = cell.label or (glossed(shown.form, field.label) if field else "")
    if draft is not None:
        echo = _echo(field, draft, shown.unit) if field else ""
        return DetailLine(text=cut(labelled(label, echo) if echo else label, width))
    shown_first = visible(cell.edit_text.strip())
    text = "" if _is_whole(cell, cell.edit_text) else shown_first
    if field is not None and field.kind is Kind.CHOICE and english_of(shown.form, shown_first):
        text = glossed(shown.form, shown_first)
    if cell.editable and not (cell.edit_text or cell.offer):
        text = field_help(shown, cell.place)
    beside = shown.beside(cell.place), shown.file_in_words(cell.place)
    inner = "  ".join(filter(None, (text, *beside)))
    return DetailLine(text=cut(labelled(label, inner) if label and inner else label or inner, width), tone=Tone.LABEL)


def _is_whole(cell: CellView, text: str) -> bool:
    """Does the sheet show all of a cell's text? It is not written once more then: the line may be slow."""
    sign = cell_len(cell.sign) if cell.text else bool(cell.offer)
    is_wrapped = cell.wrapped and bool(cell.text)  # what is dim is cut
    return bool(cell.label) and (is_wrapped or sign + cell_len(visible(text)) <= cell.width)


def _echo(field: Field, text: str, unit: str) -> str:
    if field.kind is Kind.AMOUNT and text:
        amount = _amount(text, unit)
        return "" if amount is None else f"{visible(text)} {unit}  {in_words(amount)}"
    if field.kind is Kind.CODE and field.limit > 12:
        text = "".join(text.split())
        grouped = field.code.grouped(text) if field.code else text
        return _("{count}/{whole} 位 {code}").format(code=visible(grouped), count=f"{len(text):2}", whole=field.limit)
    if len(text) > field.limit * 0.8:
        return _("{count}/{most} 字").format(count=len(text), most=field.limit)
    return ""


def _amount(text: str, unit: str) -> Decimal | None:
    try:
        return read_amount(text, unit)
    except AmountError:
        return parse_amount(text)
