"""Lines on paper, each as LibreOffice printed it with square fonts."""

from itertools import pairwise

import pytest

from perftui.exchange.page import StyleName
from perftui.exchange.page_styles import STYLES
from perftui.exchange.paper_lines import Look, line_count, line_starts, look_of

TABLE = STYLES[StyleName.TABLE_TEXT]
BODY = STYLES[StyleName.BODY]
LOOK = Look(210, 105, 42, 1621)
"""15 half-width characters of a table."""


def lines(text: str, look: Look = LOOK) -> list[str]:
    starts = [0, *line_starts(text, look, 0), len(text)]
    return [text[left:right] for left, right in pairwise(starts)]


@pytest.mark.parametrize(
    "printed",
    [
        ["却素放号子象后", "收习没切入器设"],
        ["她群定金么运", "江，产制思连分"],  # a mark takes a character along
        ["解，则又）", "争，，接县人少"],
        ["但转统己90470", "动即结指育查克"],  # the gaps behind and before a number
        ["关使相76981，", "看，级方，样"],
        ["提火积个非", "走，GB/T 9704革"],  # a Latin word moves whole, with the comma before it
        ["广好力里到来", "210416块的"],  # so does a number
        ["八山场张", "12.5“务人再知"],  # an opening mark stays with what it is glued to
        ["分不为上子来", "≥95%不为子时于"],
    ],
)
def test_lines_end_where_libreoffice_ends_them(printed: list[str]) -> None:
    assert lines("".join(printed)) == printed


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert lines("1" * 40) == ["1" * 15, "1" * 15, "1" * 10]


def test_blanks_hang() -> None:
    assert lines("人" * 7 + "　　" + "大") == ["人" * 7 + "　　", "大"]


def test_quotation_marks_and_dashes_are_as_wide_as_characters() -> None:
    assert line_count("“—”…" * 7, look_of(BODY, 441.0)) == 1
    assert line_count("“—”…" * 7 + "大", look_of(BODY, 441.0)) == 2


def test_an_indent_takes_its_characters_from_the_first_line_only() -> None:
    assert [line_count("人" * count, look_of(BODY, 442.2), 640) for count in (26, 27, 54, 55)] == [1, 2, 2, 3]


def test_every_line_break_begins_a_line() -> None:
    assert [line_count(text, look_of(TABLE, 100.0)) for text in ("", "a\n", "\n\n", "a\nb")] == [1, 2, 3, 2]
