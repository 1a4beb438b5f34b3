import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from perftui.model.text import clean
from perftui.model.textedit import TextEdit, begin
from perftui.model.width import boundary_at, cell_len

PIECES = "a1 保障，。\n\t\u0301e\u200d\ufe0f😀👩🏽\x1b\u202e葛\U000e0100"
pieces = st.text(st.sampled_from(PIECES), max_size=6)
WIDTH = 7

moves = st.tuples(
    st.sampled_from(["left", "right", "word_left", "word_right", "start", "finish", "home", "end", "up", "down"]),
    st.booleans(),
)
edits = st.one_of(
    st.tuples(st.sampled_from(["insert", "paste"]), pieces),
    st.tuples(st.sampled_from(["backspace", "delete", "undo", "redo", "select_all"]), st.none()),
)
steps = st.lists(st.one_of(moves, edits), max_size=40)


def after(edit: TextEdit, step: tuple[str, object]) -> TextEdit:
    name, given_ = step
    method = getattr(edit, name)
    if isinstance(given_, bool):
        result = method(WIDTH, select=given_) if name in {"home", "end", "up", "down"} else method(select=given_)
    else:
        result = method() if given_ is None else method(given_)
    assert isinstance(result, TextEdit)
    return result


@given(pieces, st.booleans(), steps)
def test_every_state_is_sound(text: str, multiline: bool, script: list[tuple[str, object]]) -> None:
    edit = begin(clean(text, lines=multiline).text, multiline=multiline, limit=30)
    for step in script:
        edit = after(edit, step)
        assert 0 <= edit.caret <= len(edit.text) <= 30
        assert boundary_at(edit.shown, edit.caret) == edit.caret
        assert boundary_at(edit.shown, edit.anchor) == edit.anchor
        assert unicodedata.is_normalized("NFC", edit.text)
        assert {one.char for one in clean(edit.text, lines=multiline).removed} <= {"\u200d"}  # more may follow it
        lines = edit.lines(WIDTH)
        row, column = edit.position(WIDTH)
        assert lines[row][0] <= edit.caret <= lines[row][1]
        assert column == cell_len(edit.shown[lines[row][0] : edit.caret])


@given(pieces, st.lists(edits.filter(lambda step: step[0] not in {"undo", "redo"}), max_size=30))
def test_undo_all_then_redo_all_is_the_same(text: str, script: list[tuple[str, object]]) -> None:
    first = edit = begin(clean(text, lines=True).text, multiline=True)
    for step in script:
        edit = after(edit, step)
    last = edit
    while edit.can_undo:
        edit = edit.undo()
    assert edit.text == first.text
    while edit.can_redo:
        edit = edit.redo()
    assert (edit.text, edit.caret, edit.anchor) == (last.text, last.caret, last.anchor)


@given(pieces, pieces, pieces)
def test_pasting_over_everything_is_the_pasted_text(before: str, pasted: str, between: str) -> None:
    edit = begin(before, multiline=True).insert(between).select_all().paste(pasted)
    wanted = clean(pasted, lines=True).text
    assert edit.text == wanted or not wanted


@given(pieces, st.integers(0, 9))
def test_right_then_left_is_where_it_was(text: str, index: int) -> None:
    edit = begin(text, caret=index)
    if edit.caret < len(text):
        assert edit.right().left().caret == edit.caret
    if edit.caret > 0:
        assert edit.left().right().caret == edit.caret


@given(st.lists(pieces, max_size=5).map("\n".join), st.integers(0, 30), st.integers(1, 12))
def test_down_then_up_is_where_it_was(text: str, index: int, width: int) -> None:
    edit = begin(text, multiline=True, caret=index)
    row, column = edit.position(width)
    down = edit.down(width)
    if down is not edit:
        assert down.position(width)[0] == row + 1
        assert down.position(width)[1] <= column
        assert down.up(width).position(width) == (row, column)
