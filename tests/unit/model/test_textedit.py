import time

import pytest

from perftui.model.textedit import MAX_UNDO, TextEdit, begin

FAMILY = "👨‍👩‍👧"


def typed(edit: TextEdit, text: str) -> TextEdit:
    for char in text:
        edit = edit.insert(char)
    return edit


def test_typing_goes_in_at_the_caret() -> None:
    edit = typed(begin("街道").left(), "办事")
    assert (edit.text, edit.caret) == ("街办事道", 3)


@pytest.mark.parametrize("text", [FAMILY, "❤️‍🔥", "🏳️‍🌈", "👩🏽‍⚕️", "葛\U000e0100", "1️⃣"])
def test_what_is_shaped_by_a_joiner_or_a_selector_is_typed_as_it_is_pasted(text: str) -> None:
    assert typed(begin("街"), text).text == begin("街").paste(text).text == f"街{text}"


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85", "\x9b", "\u202e", "\u200b", "\ufffe"])
def test_a_character_that_is_not_put_in_is_told_of(char: str) -> None:
    edit = begin("街").insert(char)
    assert (edit.text, bool(edit.notice)) == ("街", True)


def test_the_caret_begins_at_the_end_or_where_it_is_told() -> None:
    assert begin("街道").caret == 2
    assert begin("街道", caret=1).caret == 1
    assert begin(FAMILY, caret=2).caret == 0


def test_backspace_and_delete_take_whole_characters() -> None:
    assert begin(f"街{FAMILY}").backspace().text == "街"
    assert begin(f"{FAMILY}道", caret=0).delete().text == "道"
    assert begin("街e\u0301").backspace().text == "街"


def test_at_the_ends_nothing_happens() -> None:
    edit = begin("街")
    assert edit.delete() is edit
    assert edit.right() is edit
    first = edit.left()
    assert first.backspace() is first
    assert first.left() is first


def test_the_selection_is_replaced() -> None:
    edit = begin("保障单位").left(select=True).left(select=True)
    assert edit.selected == "单位"
    assert edit.insert("街道").text == "保障街道"
    assert edit.backspace().text == edit.delete().text == "保障"
    assert begin("保障").select_all().insert("x").text == "x"


def test_arrows_leave_the_selection_at_its_ends() -> None:
    edit = begin("保障单位", caret=1).right(select=True).right(select=True)
    assert edit.selection == (1, 3)
    assert edit.left().caret == 1
    assert edit.right().caret == 3
    assert edit.right().selected == ""


def test_a_paste_keeps_its_lines_where_lines_are_allowed() -> None:
    assert begin("", multiline=True).paste("一\r\n二\n").text == "一\n二\n"
    edit = begin("").paste("一\r\n二\n")
    assert edit.text == "一二"
    assert "接成了一行" in edit.notice


def test_what_may_not_stand_in_a_text_is_refused_with_a_sentence() -> None:
    edit = begin("街").paste("\x1b[0m\u202e道")
    assert edit.text == "街[0m道"
    assert "控制字符" in edit.notice
    assert edit.insert("办").notice == ""
    refused = begin("街").insert("\x07")
    assert (refused.text, refused.past) == ("街", ())
    assert refused.notice


def test_a_text_never_grows_over_its_limit() -> None:
    edit = begin("街道", limit=3)
    refused = edit.paste("办事处")
    assert refused.text == "街道"
    assert "最多 3 个字，多了 2 个" in refused.notice
    assert edit.paste("办").text == "街道办"
    assert edit.select_all().paste("办事处").text == "办事处"


def test_a_text_that_came_too_long_can_be_made_shorter() -> None:
    edit = begin("一二三四五", limit=3)
    assert edit.insert("六").text == "一二三四五"
    assert edit.backspace().text == "一二三四"
    assert edit.select_all().insert("一二三四").text == "一二三四"
    assert edit.select_all().insert("一二三四五六").text == "一二三四五"
    assert edit.left(select=True).left(select=True).insert("六").text == "一二三六"


def test_hidden_characters_of_a_file_stay_until_they_are_deleted() -> None:
    edit = begin("a\u200b\x1bb")
    assert edit.text == "a\u200b\x1bb"
    assert edit.shown == "a⁇␛b"
    assert edit.left().backspace().text == "a\u200bb"


def test_text_stays_composed() -> None:
    edit = begin("e").insert("\u0301")
    assert (edit.text, edit.caret) == ("é", 1)
    assert begin("ex\u0301", caret=1).delete().text == "e"


def test_typing_in_one_go_is_one_step() -> None:
    edit = typed(begin(""), "保障单位，按时")
    assert edit.undo().text == "保障单位，"
    assert edit.undo().undo().text == ""
    assert edit.undo().undo().redo().redo().text == "保障单位，按时"


def test_moving_begins_a_new_step() -> None:
    edit = typed(typed(begin(""), "单位").start(), "保障")
    assert edit.undo().text == "单位"
    assert edit.undo().caret == 0


def test_a_paste_is_a_step_of_its_own() -> None:
    edit = typed(typed(begin(""), "一").paste("二"), "三")
    assert [edit.undo().text, edit.undo().undo().text, edit.undo().undo().undo().text] == ["一二", "一", ""]


def test_undo_brings_the_selection_back() -> None:
    edit = begin("保障").select_all().insert("x").undo()
    assert (edit.text, edit.selected) == ("保障", "保障")
    assert not edit.can_undo
    assert edit.can_redo
    assert edit.undo() is edit


def test_typing_ends_redo() -> None:
    edit = begin("").paste("一").undo().paste("二")
    assert not edit.can_redo
    assert edit.redo() is edit


def test_undo_is_bounded() -> None:
    edit = begin("")
    for _ in range(MAX_UNDO + 50):
        edit = edit.paste("字")
    assert len(edit.past) == MAX_UNDO


@pytest.mark.parametrize(
    ("text", "stops"),
    [("保障18名 workers，按时", [0, 2, 4, 6, 13, 14, 16]), ("a  b", [0, 3, 4]), ("", [0]), ("一\n\n二", [0, 3, 4])],
)
def test_word_moves(text: str, stops: list[int]) -> None:
    edit = begin(text, caret=0, multiline=True)
    right = [0]
    while edit.word_right() is not edit:
        edit = edit.word_right()
        right.append(edit.caret)
    left = [edit.caret]
    while edit.word_left() is not edit:
        edit = edit.word_left()
        left.append(edit.caret)
    assert right == stops
    assert left[::-1] == stops


def test_home_and_end_are_of_the_painted_line() -> None:
    edit = begin("保障本单位按时\n拨付", multiline=True, caret=5)
    assert edit.position(8) == (1, 2)
    assert edit.home(8).caret == 4
    assert edit.end(8).caret == 7
    wrapped = edit.place(1)
    assert wrapped.end(8).caret == 3
    assert wrapped.end(8).position(8) == (0, 6)
    assert begin("保障\n", multiline=True).position(8) == (1, 0)


def test_a_single_line_is_one_line() -> None:
    edit = begin("保障本单位按时拨付", caret=3)
    assert edit.position(4) == (0, 6)
    assert edit.home(4).caret == 0
    assert edit.end(4).caret == 9
    assert edit.up(4) is edit
    assert edit.down(4) is edit


def test_up_and_down_keep_their_column() -> None:
    edit = begin("保障本单\n短\n按时拨付\n", multiline=True, caret=3)
    assert edit.position(20) == (0, 6)
    second = edit.down(20)
    assert second.position(20) == (1, 2)
    third = second.down(20)
    assert third.position(20) == (2, 6)
    assert third.down(20).position(20) == (3, 0)
    assert third.up(20).up(20).caret == 3
    assert second.left().down(20).position(20) == (2, 0)


def test_up_and_down_cross_soft_lines_and_select() -> None:
    edit = begin("保障本单位按时拨付", multiline=True, caret=1)
    down = edit.down(8, select=True)
    assert down.caret == 5
    assert down.selected == "障本单位"
    assert edit.down(8, by=10).position(8) == (2, 2)
    assert edit.up(8) is edit


def test_a_long_text_is_quick_to_type_in() -> None:
    edit = begin("保障本单位18名街道工作者，按时拨付。\n" * 950, multiline=True, limit=20_000)
    began = time.process_time()
    for _ in range(20):
        edit = edit.insert("字").up(76)
        edit.position(76)
    assert time.process_time() - began < 1.0
