"""The layout of a project code: 6 digits of the division, 2 of the year, and 13 digits or capitals (21 characters)."""

import re
from typing import NamedTuple

LENGTH = 21
YEAR = slice(6, 8)
_DIGITS = 8
_CODE = re.compile(r"[0-9]{8}[0-9A-Z]{12,13}")


class ProjectCode(NamedTuple):
    """The parts of a project code, each "" as far as the code is not typed yet."""

    division: str
    year: str
    """Its last two digits."""
    serial: str


def code_parts(code: str) -> ProjectCode:
    """A code, also an unfinished or wrong one, cut where its parts begin."""
    return ProjectCode(code[: YEAR.start], code[YEAR], code[YEAR.stop :])


def is_project_code(code: str, *, shortest: int = LENGTH) -> bool:
    """Is a text a code? ``shortest``: 20 also takes one whose last character is missing, as codes in documents may."""
    return len(code) >= shortest and _CODE.fullmatch(code) is not None


def fits_code(char: str, index: int) -> bool:
    """May a character stand at a place, counted from 0, of a code?"""
    return char in "0123456789" or (index >= _DIGITS and "A" <= char <= "Z")
