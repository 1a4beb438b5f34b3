from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as rich_cell_len

from perftui.model.text import visible
from perftui.model.width import (
    boundary_at,
    cell_len,
    cell_lens,
    cut,
    fit,
    fit_number,
    graphemes,
    index_at,
    next_boundary,
    previous_boundary,
    wrap,
)

tricky = st.sampled_from("ab1. 中文街道，。（）“”≥—…\u0301\u200d\ufe0f😀👩🏽❤✈\U000e0100각\u1100\u1161")
texts = st.text(st.one_of(tricky, st.characters(codec="utf-8")), max_size=60)
shown = texts.map(visible)
lined = st.lists(shown, max_size=4).map("\n".join)
cells_wide = st.integers(0, 30)


@given(st.text(st.characters()))
def test_agrees_with_rich_for_every_string(text: str) -> None:
    assert cell_len(text) == rich_cell_len(text)


@given(st.lists(st.one_of(texts, st.text("a1 中，")), max_size=5))
def test_many_texts_are_measured_as_each(some: list[str]) -> None:
    assert cell_lens(some) == [rich_cell_len(text) for text in some]


@given(lined)
def test_graphemes_cover_the_text_and_add_up(text: str) -> None:
    pieces = graphemes(text)
    assert [start for start, _, _ in pieces] == [0, *(end for _, end, _ in pieces)][: len(pieces)]
    assert "".join(text[start:end] for start, end, _ in pieces) == text
    for line in text.split("\n"):
        assert sum(cells for _, _, cells in graphemes(line)) == rich_cell_len(line)


@given(st.text(tricky | st.just("\n")))
def test_boundaries_found_from_anywhere_are_the_graphemes(text: str) -> None:
    edges = [0, *(end for _, end, _ in graphemes(text))]
    for index in range(len(text) + 1):
        assert boundary_at(text, index) == max(edge for edge in edges if edge <= index)
        assert next_boundary(text, index) == min([edge for edge in edges if edge > index], default=len(text))
        assert previous_boundary(text, index) == max([edge for edge in edges if edge < index], default=0)


@given(shown, cells_wide)
def test_cut_text_fits(text: str, cells: int) -> None:
    short = cut(text, cells)
    assert rich_cell_len(short) <= cells or text == short == ""
    if short != text and cells > 0:
        assert short.endswith("…")
        assert text.startswith(short[:-1])
        assert len(short) - 1 in {0, *(end for _, end, _ in graphemes(text))}
        assert rich_cell_len(text) > cells


@given(shown, cells_wide, st.sampled_from(["left", "right", "center"]))
def test_filled_text_is_exact(text: str, cells: int, align: str) -> None:
    assert rich_cell_len(fit(text, cells, align)) == cells  # type: ignore[arg-type]


@given(st.from_regex(r"-?[0-9]{1,20}\.[0-9]{2}", fullmatch=True), cells_wide)
def test_a_number_is_whole_or_hidden(text: str, cells: int) -> None:
    field = fit_number(text, cells)
    assert cell_len(field) == cells
    assert field.strip() == text or set(field) <= {"#"}


@given(lined, st.integers(1, 30))
def test_wrapping_covers_every_index_once(text: str, cells: int) -> None:
    lines = wrap(text, cells)
    assert lines[0][0] == 0
    assert lines[-1][1] == len(text)
    for (_, end), (start, _) in pairwise(lines):
        assert end == start
    for number, (start, end) in enumerate(lines):
        assert start < end or number == len(lines) - 1
        line = text[start:end].removesuffix("\n")
        assert "\n" not in line
        assert rich_cell_len(line) <= cells or len(graphemes(line)) == 1
        assert boundary_at(text, start) == start


@given(shown, st.integers(0, 60))
def test_the_character_under_a_cell_covers_it(text: str, cell: int) -> None:
    index = index_at(text, cell)
    if index < len(text):
        assert rich_cell_len(text[:index]) <= cell < rich_cell_len(text[: next_boundary(text, index)])
    else:
        assert rich_cell_len(text) <= cell


@given(st.text(st.sampled_from("ab1. 中文街道，。（）“”≥—…Ａ"), min_size=1, max_size=80), st.integers(1, 30))
def test_ordinary_text_wraps_as_any_other_does(text: str, cells: int) -> None:
    other = text.replace("中", "각")  # as wide, and a character that something may combine with
    assert wrap(text + "中", cells) == wrap(other + "각", cells)
