"""Amounts in 万元 with two decimals, as most systems take them: where the rounded parts miss the rounded sum."""

from collections.abc import Collection, Iterator
from decimal import ROUND_HALF_UP, Decimal

from perftui.forms import Form, RecordSpec
from perftui.forms.computed_fields import value_of
from perftui.forms.definition import AmountGroup, Part
from perftui.locale import _
from perftui.model.document import Document
from perftui.model.money import WAN, parse_amount
from perftui.model.record import Record
from perftui.model.text import visible
from perftui.review.location_names import LocationNames

_FEN, _SHIFT = Decimal("0.01"), 4


def missed_sums(document: Document, form: Form, files: Collection[str] | None = None) -> Iterator[str]:
    """A line for each sum that its parts miss by rounding alone: 项目 3 …：合计 12.35 万元，分项加起来 12.34."""
    names = LocationNames(document, form)
    for file, record in document.projects.items():
        if files is None or file in files:
            for group in form.project.amounts:
                for label, whole, parts in _missed(form.project, record, group, group.total):
                    yield _("{file}：{label}按万元保留两位小数是 {whole}，分项加起来是 {parts}，差 {lack}").format(
                        file=visible(names.file(file)), label=label, whole=whole, parts=parts, lack=abs(whole - parts)
                    )


def rounded_lines(document: Document, form: Form, files: Collection[str] | None = None) -> list[str]:
    """The same for a document that goes out in 万元; nothing for one in 元."""
    return list(missed_sums(document, form, files)) if form.amount_unit_of(document.department) == WAN else []


def _missed(spec: RecordSpec, record: Record, group: AmountGroup, part: Part) -> Iterator[tuple[str, Decimal, Decimal]]:
    """Label, rounded sum and sum of the rounded parts, of the amount and all below it."""
    amounts = [parse_amount(value_of(spec, record, group.path(one.field))) for one in (part, *part.parts)]
    known = [one or Decimal(0) for one in amounts]
    whole, *parts = (one.scaleb(-_SHIFT).quantize(_FEN, ROUND_HALF_UP) for one in known)
    if parts and amounts[0] is not None and known[0] == sum(known[1:]) and whole != sum(parts):
        yield part.field.label, whole, sum(parts, Decimal(0))
    for one in part.parts:
        yield from _missed(spec, record, group, one)
