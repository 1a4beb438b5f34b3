"""One field of a form: what it holds, what it means, what it is called, and what a code is made of."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from perftui.forms.formula import Formula
from perftui.model.frozen import frozen


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LONG_TEXT = "longtext"
    CODE = "code"
    CHOICE = "choice"
    DATE = "date"
    PERIOD = "period"
    AMOUNT = "amount"
    PERCENT = "percent"
    INTEGER = "integer"

    @property
    def is_number(self) -> bool:
        """It holds digits that are counted with."""
        return self in (Kind.AMOUNT, Kind.PERCENT, Kind.INTEGER)


class Role(StrEnum):
    """What a field means, whatever its key in a form."""

    SCHEMA = "schema"
    FORM = "form"
    YEAR = "year"
    DIVISION = "division"
    UNIT_CODE = "unit_code"
    UNIT_NAME = "unit_name"
    DEPARTMENT_NAME = "department_name"
    AMOUNT_UNIT = "amount_unit"
    APPROVED_TOTAL = "approved_total"
    STATUS = "status"
    OVERALL_GOAL = "overall_goal"
    ORDER = "order"
    CODE = "code"
    NAME = "name"
    TITLE = "title"
    ORIGIN = "origin"
    TOTAL = "total"
    PURPOSE = "purpose"
    NOTE = "note"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    DESCRIPTION = "description"
    SIGN = "sign"
    VALUE = "value"
    UNIT = "unit"
    WEIGHT = "weight"
    DIRECTION = "direction"
    BASIS = "basis"
    REMARK = "remark"
    ACTUAL = "actual"
    SCORE = "score"
    REASON = "reason"
    PAST = "past"
    EXPLANATION = "explanation"
    RESPONSIBILITY = "responsibility"
    DUTY_GOAL = "duty_goal"
    PERFORMANCE_GOAL = "performance_goal"
    DUTY_INDICATOR = "duty_indicator"
    STANDARD = "standard"
    TEXT = "text"


@frozen
class CodePart:
    """Some of a code's characters that say something."""

    length: int
    label: str = ""
    letters: bool = False
    """Capitals may stand there as well as digits."""
    means: str = ""
    """``division`` or ``year`` (its last two digits); "" where the characters mean nothing to the program."""


@dataclass(frozen=True, kw_only=True)
class CodeFormat:
    """What a code is made of, part by part; people read and compare it in these groups."""

    parts: tuple[CodePart, ...]

    @property
    def length(self) -> int:
        """How many characters the code has."""
        return sum(part.length for part in self.parts)

    def wrong_at(self, code: str) -> int | None:
        """The first place, from 0, of a character that may not stand there; ``None`` for a right code."""
        for place, (char, part) in enumerate(zip(code, self._by_place, strict=False)):
            if not (char in _DIGITS or (part.letters and "A" <= char <= "Z")):
                return place
        return None if len(code) == self.length else min(len(code), self.length)

    def part_at(self, place: int) -> CodePart:
        """The part that a place, from 0, belongs to."""
        return self._by_place[place]

    def span_of(self, means: str) -> tuple[int, int] | None:
        """Where the part that means something stands: begin and end; ``None`` where the code has none."""
        begin = 0
        for part in self.parts:
            if part.means == means:
                return begin, begin + part.length
            begin += part.length
        return None

    def grouped(self, code: str) -> str:
        """The code with a blank between its parts."""
        found, begin = [], 0
        for part in self.parts:
            found.append(code[begin : begin + part.length])
            begin += part.length
        return " ".join(one for one in (*found, code[begin:]) if one)

    @cached_property
    def _by_place(self) -> tuple[CodePart, ...]:
        return tuple(part for part in self.parts for _place in range(part.length))


_DIGITS = "0123456789"


@frozen
class Field:
    """One field of a form."""

    key: str
    """Its key in the TOML file."""
    label: str
    """What people call it, as on the form."""
    kind: Kind = Kind.TEXT
    role: Role | None = None
    required: bool = False
    width: int = 12
    """Its usual width in a sheet, in cells."""
    limit: int = 2000
    """The most characters it may hold."""
    choices: tuple[str, ...] = ()
    free: bool = False
    """Other words than the choices may be typed."""
    printed: tuple[tuple[str, str], ...] = ()
    """Choices that are printed as another word: ``定性`` as ``/``."""
    unit: str = ""
    """The unit of an integer: shown and printed behind it, never stored."""
    code: CodeFormat | None = None
    formula: Formula | None = None
    """What it is computed from; it is shown, printed and held against what was typed, and never stored."""
    lead: str = ""
    """What is printed before its text."""
    hidden: bool = False
    """Kept by the program, not shown as a field."""
