"""How alike two projects are, from 0 to 1: by name, purpose, kind of work and kind of funds."""

import re
from sys import intern

from perftui.forms import Form, Role
from perftui.forms.project_kinds import are_of_other_kinds, kinds_of
from perftui.model.frozen import frozen
from perftui.model.record import Record

ALIKE = 0.25
"""From here on what stands in one project may be offered in the other. Measured: ``python -m tests.bench offers``."""

_NAME, _PURPOSE, _KIND, _FUNDS = 0.45, 0.25, 0.25, 0.05
"""What each counts; together 1."""

_PLACE = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:街道|社区|[镇乡县市]|(?<!小)区|(?<!农)村)")
"""Where it is done: two projects of one office are not alike by that."""


@frozen
class Traits:
    """What projects are compared by."""

    kinds: frozenset[str]
    name: frozenset[str]
    """The name's pairs of neighbouring characters."""
    purpose: frozenset[str]
    funds: frozenset[str]
    """The kinds of funds that it has."""


def traits_of(form: Form, record: Record) -> Traits:
    """The traits of a project."""
    spec = form.project
    name = spec.text_of(record, Role.NAME)
    purpose = spec.text_of(record, Role.PURPOSE)
    paid = [
        part.field.key
        for group in spec.amounts
        for part in group.total.parts
        if record.text(group.path(part.field)).strip("0.")
    ]
    return Traits(
        kinds=kinds_of(f"{name}\n{purpose}"), name=_pairs(name), purpose=_pairs(purpose), funds=frozenset(paid)
    )


def likeness(one: Traits, other: Traits) -> float:
    """How alike two projects are; 0 where they are of different kinds, or nothing is known of one."""
    if are_of_other_kinds(one.kinds, other.kinds) or not (one.name or one.purpose):
        return 0.0
    same_kind = _shared(one.kinds, other.kinds)
    return (
        _NAME * _shared(one.name, other.name)
        + _PURPOSE * _shared(one.purpose, other.purpose)
        + _KIND * same_kind
        + _FUNDS * _shared(one.funds, other.funds)
    )


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice what both have, of all that they have."""
    whole = len(one) + len(other)
    return 2 * len(one & other) / whole if whole else 0.0


def _pairs(text: str) -> frozenset[str]:
    """Neighbouring characters, none over a place that is left out."""
    pieces = _PLACE.split(text)
    return frozenset(intern(piece[at : at + 2]) for piece in pieces for at in range(len(piece) - 1))
