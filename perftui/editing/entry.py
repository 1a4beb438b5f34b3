"""A typed text becomes the value of a field, by the field's kind; what cannot be read is refused with a sentence."""

import re

from perftui.forms import Field, Form, Group, GroupRole, Kind, RecordSpec, Role
from perftui.locale import _
from perftui.model.dates import DateError, read_date, read_period
from perftui.model.frozen import frozen
from perftui.model.money import AmountError, format_amount, half_width, read_amount, read_percent
from perftui.model.record import FieldPath, Plain
from perftui.model.text import clean, describe, strip_number
from perftui.model.values import normalise_value, read_sign

_CODE = re.compile(r"[0-9A-Z]*")


class EntryRefused(Exception):  # noqa: N818 - named for what it says
    """What was typed is not taken; the message is the sentence for the person."""


@frozen
class EntryResult:
    """What a field will hold, and what was changed on the way."""

    value: Plain | None
    note: str = ""
    """A sentence; "" where the text is taken as it was typed."""


def read_typed(field: Field, typed: str, amount_unit: str) -> Plain | None:
    """The value that a field holds for what was typed; ``None`` for blank. Raises EntryRefused."""
    if not typed.strip():
        return None
    count = len("".join(typed.split()) if field.kind is Kind.CODE else typed.strip())
    if count > field.limit:
        raise EntryRefused(
            _("“{label}”最多 {most} 个字，这里有 {count} 个").format(label=field.label, most=field.limit, count=count)
        )
    try:
        match field.kind:
            case Kind.AMOUNT:
                return format_amount(read_amount(typed, amount_unit))
            case Kind.PERCENT:
                return read_percent(typed)
            case Kind.INTEGER:
                return _read_integer(typed, field.unit)
            case Kind.CODE:
                return _read_code(typed)
            case Kind.DATE:
                return read_date(typed)
            case Kind.PERIOD:
                return read_period(typed)
            case Kind.CHOICE:
                return _chosen(field, field.choices, typed)
    except (AmountError, DateError) as error:
        raise EntryRefused(str(error)) from error
    text = clean(typed, lines=field.kind is Kind.LONG_TEXT).text.strip()
    return (normalise_value(text) if field.role is Role.VALUE else text) or None


def read_at(form: Form, spec: RecordSpec, path: FieldPath, typed: str, amount_unit: str) -> EntryResult:
    """The value for a path in a record: the two levels come from the form's, a goal's leading number is removed.

    Raises EntryRefused.
    """
    field = spec.field(path)
    if field is None:
        return EntryResult(value=clean(typed, lines=False).text.strip() or None)
    group = spec.group(path[0]) if len(path) == 3 else None
    choices = choices_for(spec, field)
    if choices and field.kind is Kind.CHOICE and typed.strip():
        return EntryResult(value=_chosen(field, choices, typed))
    if group and group.role is GroupRole.GOALS:
        return _read_goal(field, group, typed, amount_unit)
    return EntryResult(value=read_typed(field, typed, amount_unit), note=_removed(field, typed))


def read_as_begun(
    form: Form, spec: RecordSpec, path: FieldPath, typed: str, amount_unit: str, begun_in: str
) -> EntryResult:
    """The same for what was begun where amounts were shown in another unit: then the text has to say its own.

    Raises EntryRefused.
    """
    found = read_at(form, spec, path, typed, amount_unit)
    if begun_in != amount_unit and read_at(form, spec, path, typed, begun_in).value != found.value:
        sentence = _("金额单位在填写时由别人改成了{unit}；请在数后面写明单位，如 {text}{before}")
        raise EntryRefused(sentence.format(unit=amount_unit, text=typed.strip(), before=begun_in))
    return found


def choices_for(spec: RecordSpec, field: Field, category: str = "") -> tuple[str, ...]:
    """The words that a field chooses from; none where it is free."""
    if field.role is Role.LEVEL1:
        return tuple(known.name for known in spec.taxonomy.categories)
    if field.role is Role.LEVEL2:
        of_category = spec.taxonomy.classes_of(category)
        return of_category or tuple(class_name for _category, class_name in spec.taxonomy.skeleton)
    return field.choices


def _chosen(field: Field, choices: tuple[str, ...], typed: str) -> str:
    """The choice that was meant, or another word where the form allows one; the levels' words are not the field's own.

    Raises EntryRefused.
    """
    chosen = matching_choice(choices, clean(typed, lines=False).text.strip())
    if field.choices and not field.free and chosen not in choices:
        raise EntryRefused(_("{label}只能是{words}").format(label=field.label, words=_("、").join(choices)))
    return chosen


def matching_choice(choices: tuple[str, ...], typed: str) -> str:
    """The one choice that was meant: by its number, its beginning or a part of it, or a sign; else what was typed."""
    if typed in choices:
        return typed
    number = half_width(typed)
    if (sign := read_sign(number)) in choices:
        return sign
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(choices):
        return choices[int(number) - 1]
    for meant in (
        [choice for choice in choices if choice.startswith(typed)],
        [choice for choice in choices if typed in choice],
    ):
        if len(meant) == 1:
            return meant[0]
    return typed


def _read_goal(field: Field, group: Group, typed: str, amount_unit: str) -> EntryResult:
    number, rest = ("", typed) if group.single else strip_number(typed.strip())
    note = _("前面的序号“{number}”去掉了，打印时自动编号").format(number=number) if number else ""
    return EntryResult(value=read_typed(field, rest, amount_unit), note=note or _removed(field, typed))


def _removed(field: Field, typed: str) -> str:
    if field.kind not in (Kind.TEXT, Kind.LONG_TEXT):
        return ""
    text = typed.strip()
    blanks = len(typed) - len(text)
    said = describe(clean(text, lines=field.kind is Kind.LONG_TEXT).removed)
    return _("；").join(filter(None, (said, _("去掉了前后的 {count} 个空白").format(count=blanks) if blanks else "")))


def _read_integer(typed: str, unit: str) -> int:
    digits = half_width(typed).strip().removesuffix(unit).strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise EntryRefused(_("这里要填整数，“{typed}”不是").format(typed=typed.strip()))
    return int(digits)


def _read_code(typed: str) -> str:
    code = "".join(half_width(typed).split()).upper()
    wrong = next((letter for letter in code if not _CODE.fullmatch(letter)), None)
    if wrong is None:
        return code
    if "\u3400" <= wrong <= "\u9fff":
        raise EntryRefused(_("编码里只有数字和字母，“{wrong}”是汉字：请把输入法切换到英文").format(wrong=wrong))
    raise EntryRefused(_("编码里只有数字和字母，没有“{wrong}”").format(wrong=wrong))
