"""The facts of each file that rules over the whole document need: a few short strings, small enough for a cache."""

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from perftui.forms import Form, Role
from perftui.model.frozen import frozen
from perftui.model.money import format_amount
from perftui.model.record import FieldPath
from perftui.model.text import fold
from perftui.review.subject import Context, Subject


@frozen
class IndicatorName:
    """The name of an indicator, and where it stands."""

    path: FieldPath
    level2: str
    text: str
    slipless: bool = True
    """No known slip was found in it (T002 has said already what is wrong)."""


@frozen
class RecordFacts:
    """The part of a project that is compared with other projects."""

    name: str = ""
    code: str = ""
    total: str = ""
    """The first amount group's total, as it stands or is computed."""
    parts: str = ""
    """What its parts come to in their place, for who compares totals; the total where there are none."""
    rows: tuple[str, ...] = ()
    """A signature of each indicator row, over class, name, description and value."""
    basis: str = ""
    """The basis of every filled row, where there are several and all have the same one."""
    table: FieldPath = ()
    """The table of the indicators, where the project has rows."""
    order: tuple[str, ...] = ()
    """The ids of that table's rows in reading order."""
    names: tuple[IndicatorName, ...] = ()

    def to_plain(self) -> tuple[Any, ...]:
        """The facts as plain tuples, for a cache."""
        names = tuple((one.path, one.level2, one.text, one.slipless) for one in self.names)
        return self.name, self.code, self.total, self.parts, self.rows, self.basis, self.table, self.order, names

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...]) -> "RecordFacts":
        """The facts that ``to_plain`` made."""
        name, code, total, parts, rows, basis, table, order, names = plain
        found = tuple(
            IndicatorName(path=tuple(path), level2=level2, text=text, slipless=slipless)
            for path, level2, text, slipless in names
        )
        return cls(
            name=name, code=code, total=total, parts=parts, rows=tuple(rows), basis=basis, table=tuple(table),
            order=tuple(order), names=found
        )  # fmt: skip


@frozen
class DocumentFacts:
    """What a rule over the document sees: the facts of its projects, not their records."""

    form: Form
    context: Context
    approved_total: str = ""
    """As in the department's file."""
    projects: Mapping[str, RecordFacts] = field(default_factory=dict)
    """The facts of each project file, in reading order."""


def facts_of(subject: Subject, slips: frozenset[FieldPath] = frozenset()) -> RecordFacts:
    """The facts of one record. ``slips``: the cells in which a known slip was found."""
    rows = subject.indicators
    group = subject.spec.amounts[0] if subject.spec.amounts else None
    by_parts = subject.by_parts(group, group.total) if group else None
    return RecordFacts(
        name=subject.text(Role.NAME),
        code=subject.text(Role.CODE),
        total=subject.at(group.path(group.total.field)) if group else "",
        parts="" if by_parts is None else format_amount(by_parts),
        rows=tuple(_signature(row.class_name, row.name, row.description, row.value_text) for row in rows),
        basis=_common([row.basis for row in rows]),
        table=(rows[0].group.key,) if rows else (),
        order=tuple(row.row_id for row in rows if row.group is rows[0].group),
        names=tuple(
            IndicatorName(path=path, level2=row.level2, text=row.name, slipless=path not in slips)
            for row in rows
            if row.name and (path := row.path(Role.NAME))
        ),
    )


@lru_cache(maxsize=32768)
def _signature(*texts: str) -> str:
    return blake2b("\0".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _common(bases: list[str]) -> str:
    """The one basis of all filled rows; "" where they differ or fewer than two are filled."""
    filled = [basis for basis in bases if basis]
    return filled[0] if len(filled) > 1 and len({fold(basis) for basis in filled}) == 1 else ""
