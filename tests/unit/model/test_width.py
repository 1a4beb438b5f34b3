import time

import pytest

from perftui.model.width import (
    boundary_at,
    cell_len,
    cut,
    fit,
    fit_number,
    graphemes,
    index_at,
    lines_to_read,
    next_boundary,
    previous_boundary,
    wrap,
)

FAMILY = "👨‍👩‍👧"


def lines_of(text: str, cells: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, cells)]


@pytest.mark.parametrize(
    ("text", "cells"), [("", 0), ("abc", 3), ("指标值确定依据", 14), ("≥95%", 4), ("é", 1), ("e\u0301", 1), (FAMILY, 2)]
)
def test_cells_of_a_text(text: str, cells: int) -> None:
    assert cell_len(text) == cells


def test_graphemes_keep_what_belongs_together() -> None:
    assert graphemes(f"中e\u0301{FAMILY}\n❤️") == ((0, 1, 2), (1, 3, 1), (3, 8, 2), (8, 9, 0), (9, 11, 2))
    assert graphemes("") == ()


def test_a_line_break_is_never_part_of_a_character() -> None:
    assert [end for _, end, _ in graphemes("a\u200d\n\u0301b")] == [2, 3, 4, 5]


def test_boundaries() -> None:
    text = f"a{FAMILY}e\u0301"
    assert [boundary_at(text, index) for index in range(9)] == [0, 1, 1, 1, 1, 1, 6, 6, 8]
    assert next_boundary(text, 0) == 1
    assert next_boundary(text, 1) == 6
    assert next_boundary(text, 3) == 6
    assert next_boundary(text, 8) == 8
    assert previous_boundary(text, 6) == 1
    assert previous_boundary(text, 8) == 6
    assert previous_boundary(text, 0) == 0


def test_the_character_under_a_cell() -> None:
    assert [index_at("a中b", cell) for cell in range(5)] == [0, 1, 1, 2, 3]
    assert [index_at("abc", cell) for cell in (-1, 0, 2, 3, 9)] == [0, 0, 2, 3, 3]


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("培训人次", 8, "培训人次"),
        ("培训人次", 7, "培训人…"),
        ("培训人次", 6, "培训…"),
        ("培训人次", 1, "…"),
        ("培训人次", 0, ""),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        (f"a{FAMILY}b", 3, "a…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("", 0, ""),
        ("abc", -1, ""),
    ],
)
def test_cutting_never_splits_a_character(text: str, cells: int, shown: str) -> None:
    assert cut(text, cells) == shown


def test_fitting_fills_exactly() -> None:
    assert fit("街道", 6) == "街道  "
    assert fit("街道", 6, "right") == "  街道"
    assert fit("街道", 7, "center") == " 街道  "
    assert fit("街道办", 5) == "街道…"
    assert fit("街道办", 4) == "街… "


def test_a_number_is_never_cut() -> None:
    assert fit_number("1973600.00", 12) == "  1973600.00"
    assert fit_number("1973600.00", 10) == "1973600.00"
    assert fit_number("1973600.00", 6) == "######"
    assert fit_number("1", 0) == ""


def test_wrapping_chinese() -> None:
    assert lines_of("保障本单位按时拨付", 8) == ["保障本单", "位按时拨", "付"]


def test_no_line_begins_with_closing_punctuation() -> None:
    assert lines_of("保障单位，按时拨付。", 8) == ["保障单", "位，按时", "拨付。"]
    assert lines_of("按照（财预）文件", 6) == ["按照", "（财", "预）文", "件"]


def test_punctuation_alone_is_broken_all_the_same() -> None:
    assert lines_of("。。。。。", 4) == ["。。", "。。", "。"]


def test_numbers_and_words_stay_whole() -> None:
    assert lines_of("共计12.50万元", 8) == ["共计", "12.50万", "元"]
    assert lines_of("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_line_breaks_end_lines() -> None:
    assert wrap("", 10) == ((0, 0),)
    assert wrap("一\n\n二\n", 10) == ((0, 2), (2, 3), (3, 5), (5, 5))


def test_a_column_narrower_than_a_character() -> None:
    assert lines_of("街道", 1) == ["街", "道"]
    assert lines_of("街道", 0) == ["街", "道"]


def test_a_long_text_is_quick() -> None:
    text = "保障本单位18名街道工作者，按时拨付。" * 1100
    began = time.process_time()
    wrap(text, 76)
    cut(text, 40)
    for _ in range(100):
        previous_boundary(text, len(text))
    assert time.process_time() - began < 0.5


def test_a_text_to_read_has_no_blanks_where_it_was_broken() -> None:
    assert lines_to_read("one two three", 7) == ["one two", "three"]
    assert lines_to_read("  one\n  two three", 7) == ["  one", "  two", "three"]
