"""The layout of a project code."""

import pytest

from perftui.forms.project_code import code_parts, fits_code, is_project_code

CODE = "130303216F9HQOHBT7GG4"


def test_the_parts_of_a_code() -> None:
    assert code_parts(CODE) == ("130303", "21", "6F9HQOHBT7GG4")


@pytest.mark.parametrize(
    ("typed", "parts"), [("", ("", "", "")), ("1303", ("1303", "", "")), ("1303032", ("130303", "2", ""))]
)
def test_a_code_that_is_being_typed_is_cut_where_its_parts_begin(typed: str, parts: tuple[str, str, str]) -> None:
    assert code_parts(typed) == parts


@pytest.mark.parametrize(
    "wrong", ["", CODE[:-1], f"{CODE}1", CODE.lower(), f"A{CODE[1:]}", f"{CODE[:-1]}－", f"{CODE}\n"]
)
def test_what_is_no_code(wrong: str) -> None:
    assert is_project_code(CODE)
    assert not is_project_code(wrong)


def test_a_code_without_its_last_character_is_taken_where_that_is_asked_for() -> None:
    assert is_project_code(CODE[:-1], shortest=20)
    assert not is_project_code(CODE[:-2], shortest=19)


def test_letters_stand_behind_the_eight_digits_only() -> None:
    assert [fits_code("A", index) for index in (0, 7, 8, 20)] == [False, False, True, True]
    assert not any(fits_code(char, 20) for char in "a－ 汉１")
