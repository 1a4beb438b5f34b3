"""A stored text as forms print it, by the field's kind."""

from perftui.forms.fields import Field, Kind
from perftui.model.dates import date_in_words
from perftui.model.money import print_amount

PLAIN = (Kind.TEXT, Kind.LONG_TEXT, Kind.CODE, Kind.CHOICE, Kind.PERCENT)
"""What is printed as it is stored."""


def is_plain(field: Field) -> bool:
    """Is a field printed as it is stored?"""
    return field.kind in PLAIN and not field.formula and not field.printed


def printed(field: Field, text: str, unit: str) -> str:
    """The text of a field as a form prints it; ``unit``: 元 or 万元, of amounts."""
    if not text or field.kind in PLAIN:
        return dict(field.printed).get(text, text)
    if field.kind is Kind.AMOUNT:
        return print_amount(text, unit)
    return text + field.unit if field.kind is Kind.INTEGER else date_in_words(text)
