"""The editing keys in an open cell, and Esc with its way back."""

from pathlib import Path

import pytest

from perftui.model.document import DEPARTMENT
from perftui.tui.terminal.delivery import KeyPressed
from perftui.tui.terminal.tokens import Key, TokenOrigin
from tests.tui.flows import SMALL, Flow, at_work, real

NAME = ("name",)
CAME = TokenOrigin(read=1, at=0.0, pause=1.0, alone=False)


async def press_alt(flow: Flow, name: str) -> None:
    """ESC and a key in one read, as PuTTY sends Alt with an arrow."""
    flow.screen.sheet.post_message(KeyPressed(name, None, CAME, Key(name, b"", after_escape=True)))
    await flow.pilot.pause()


async def wheel(flow: Flow, name: str) -> None:
    for _turn in range(3):
        flow.screen.sheet.post_message(KeyPressed(name, None, CAME, Key(name, b""), repeated=True))
    await flow.pilot.pause()


async def in_name(flow: Flow) -> str:
    await flow.press("enter")
    await flow.go(*NAME)
    return flow.text(*NAME)


async def in_box(flow: Flow, first: str, second: str) -> None:
    """Two lines typed into a long text."""
    await flow.press("ctrl+o", "5")
    await flow.go("overall_goal", file=DEPARTMENT)
    await flow.type(first)
    await flow.press("ctrl+j")
    await flow.type(second)


def open_text(flow: Flow) -> str:
    edit = flow.screen.sheet.edit
    assert edit is not None
    return edit.text


TEXT = "社区 street 经费"
AFTER = {
    "ctrl+u": "", "ctrl+w": "社区 street ", "alt+backspace": "社区 street ",
    "home ctrl+k": "", "home ctrl+d": "区 street 经费", "home alt+d": "street 经费",
    "ctrl+a x": "x" + TEXT, "ctrl+a ctrl+e x": TEXT + "x",
    "alt+b x": "社区 street x经费", "alt+left x": "社区 street x经费", "home alt+f x": "社区 xstreet 经费",
    "shift+left shift+left ctrl+x": "社区 street ", "shift+left shift+left ctrl+x ctrl+v ctrl+v": TEXT + "经费",
    "ctrl+x": TEXT, "shift+left ctrl+c": TEXT,
    "ctrl+home x": "x" + TEXT, "ctrl+home ctrl+end x": TEXT + "x", "shift+up x": "x", "f11 x": TEXT + "x",
    "alt+x": TEXT, "alt+up": TEXT, "insert": TEXT, "ctrl+r": TEXT,
}  # fmt: skip


@pytest.mark.parametrize("keys", AFTER)
async def test_a_text_is_edited_as_in_a_shell(tmp_path: Path, keys: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        before = flow.document
        await flow.type(TEXT)
        await flow.press(*keys.split())
        assert open_text(flow) == AFTER[keys]
        assert flow.document == before


@pytest.mark.parametrize("key", ["up", "pageup", "ctrl+up", "ctrl+home"])
async def test_who_edits_goes_to_the_texts_ends(tmp_path: Path, key: str) -> None:
    """And F2 once more does nothing, and says so."""
    async with at_work(real(tmp_path), SMALL) as flow:
        before = await in_name(flow)
        await flow.press("f2", "f2")
        assert "没有作用" in flow.notice
        await flow.press(key, "x", key.replace("up", "down").replace("home", "end"), "y")
        assert open_text(flow) == f"x{before}y"


async def test_a_page_leaves_a_text_that_overwrites(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        await flow.type("甲")
        await flow.press("pagedown")
        assert flow.text(*NAME) == "甲"
        assert flow.path != NAME


@pytest.mark.parametrize("keys", ["alt+x", "alt+up", "insert", "ctrl+r", "ctrl+x"])
async def test_what_does_nothing_in_a_text_says_so(tmp_path: Path, keys: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        await flow.type("甲")
        await flow.press(keys)
        assert flow.notice


async def test_in_a_box_the_line_is_what_is_deleted(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_box(flow, "一二", "三四")
        await flow.press("ctrl+u")
        assert open_text(flow) == "一二\n"


async def test_several_arrows_of_one_read_stay_in_the_cell(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        await flow.type("半句")
        for name in ("up", "down", "left", "right"):
            await wheel(flow, name)
        assert open_text(flow) == "半句"
        assert flow.path == NAME


async def test_control_with_an_arrow_commits_and_goes_and_moves_no_row(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        files = flow.files
        await flow.type("整句")
        await flow.press("ctrl+down")
        assert flow.text(*NAME) == "整句"
        assert flow.path != NAME
        assert flow.files == files


async def test_escape_and_a_key_is_alt_in_a_text_and_two_keys_elsewhere(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        await flow.type("甲 乙")
        await press_alt(flow, "alt+left")
        await flow.type("x")
        assert open_text(flow) == "甲 x乙"
        await flow.press("enter")
        await flow.press("shift+down")
        files = flow.files
        await press_alt(flow, "alt+up")
        assert flow.screen.sheet._anchor is None, "Esc ended the selection"
        assert flow.files == files


async def test_a_new_meaning_is_told_once(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        await in_name(flow)
        await flow.type("甲")
        await flow.press("ctrl+u")
        assert "Ctrl+U" in flow.notice
        await flow.type("乙")
        await flow.press("ctrl+u")
        assert "Ctrl+U" not in flow.notice


async def test_ctrl_d_fills_only_between_fields_of_one_kind(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        before = flow.document
        await flow.press("ctrl+d")
        assert flow.document == before
        assert flow.notice


async def test_ctrl_j_is_enter_where_no_line_is_broken(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("ctrl+j")
        assert flow.pane == "form"
        await flow.go(*NAME)
        await flow.type("甲")
        await flow.press("ctrl+j")
        assert flow.text(*NAME) == "甲"


# ---- Esc


async def test_undo_brings_back_what_esc_threw_away_caret_and_all(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        name = await in_name(flow)
        await flow.press("f2")
        await flow.type("长长的文字")
        await flow.press("left", "left", "escape")
        assert flow.text(*NAME) == name
        assert flow.screen.sheet.edit is None
        await flow.press("down", "ctrl+z")
        assert flow.path == NAME
        assert open_text(flow) == name + "长长的文字"
        await flow.type("好")
        assert open_text(flow) == name + "长长的好文字"
        await flow.press("ctrl+z", "ctrl+z")
        assert open_text(flow) == name


async def test_undo_takes_the_steps_in_their_order(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        name = await in_name(flow)
        await flow.type("甲")
        await flow.press("escape")
        await flow.enter("乙")
        await flow.press("ctrl+z")
        assert flow.text(*NAME) == name
        assert flow.screen.sheet.edit is None
        await flow.press("ctrl+z")
        assert open_text(flow) == "甲"


async def take_back(flow: Flow) -> None:
    flow.app.terminal_escape_was_none()
    await flow.pilot.pause()


async def test_an_esc_that_was_none_gives_back_its_own_text_and_no_older_one(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        await flow.type("甲乙")
        await flow.press("escape", "ctrl+z")
        await flow.type("丙")
        await flow.press("escape")
        flow.screen.sheet.begin_edit("丁")
        await take_back(flow)
        assert open_text(flow) == "丁", "somebody has gone on"
        await flow.press("escape")
        await take_back(flow)
        assert open_text(flow) == "丁"


async def test_an_esc_that_was_none_gives_the_text_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_name(flow)
        await flow.type("甲乙")
        await flow.press("left", "escape")
        await take_back(flow)
        assert flow.screen.sheet.edit is None, "left has committed the text: Esc had something else to take back"
        await flow.go(*NAME)
        await flow.press("f2")
        await flow.type("丙")
        await flow.press("escape")
        await take_back(flow)
        assert open_text(flow) == "甲乙丙"
        await take_back(flow)
        assert open_text(flow) == "甲乙丙"


async def test_an_esc_that_was_none_opens_a_list_and_a_screen_again(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("ctrl+p", "escape")
        await take_back(flow)
        assert flow.screen.picker.is_open
        await flow.press("escape", "f6", "escape")
        assert flow.pane == "projects"
        await take_back(flow)
        assert flow.pane == "funds"


# ---- leaving


async def test_ctrl_q_keeps_a_half_typed_text_as_a_draft(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        name = await in_name(flow)
        await flow.type("半句")
        await flow.press("ctrl+q")
        assert flow.app._exit
        assert flow.text(*NAME) == name
    async with at_work(data, SMALL) as flow:
        assert open_text(flow) == "半句"


async def test_a_refused_text_says_how_to_let_go_and_does_not_hold_the_program(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        await in_name(flow)
        await flow.go("budget", "total")
        before = flow.document
        await flow.enter("葛")
        assert "Esc 放弃" in flow.notice
        await flow.press("ctrl+q")
        assert flow.app._exit
        assert flow.document == before
    async with at_work(data, SMALL) as flow:
        assert open_text(flow) == "葛"


async def test_ctrl_q_goes_through_a_list(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("ctrl+p", "ctrl+q")
        assert flow.app._exit


async def test_a_click_puts_the_caret_into_the_text_being_typed(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        name = await in_name(flow)
        await flow.type("甲乙丙丁")
        x, y = flow.app.cursor_position
        assert await flow.pilot.click(offset=(x - 4, y))
        await flow.type("二")
        assert open_text(flow) == "甲乙二丙丁"
        await flow.press("right", "right")
        await flow.type("末")
        assert open_text(flow) == "甲乙二丙丁末", "arrows stay in a text that was clicked into"
        assert flow.text(*NAME) == name
        assert await flow.pilot.click(offset=(x, y + 1))
        assert flow.text(*NAME) == "甲乙二丙丁末"


async def test_a_click_finds_its_line_in_a_box(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_box(flow, "一二三", "四五六")
        x, y = flow.app.cursor_position
        assert await flow.pilot.click(offset=(x - 4, y - 1))
        await flow.type("甲")
        assert open_text(flow) == "一甲二三\n四五六"
