"""What came that nobody typed: it waits in the tray, is asked about, and is never lost."""

from pathlib import Path

from textual import events

from perftui.tui.terminal.delivery import KeyPressed
from perftui.tui.terminal.tokens import Arrival, TokenKind, TokenOrigin, TypedText
from perftui.tui.widgets.picker_lines import Item
from tests.tui.flows import SMALL, Flow, at_work, real

LINES = "第一行\r第二行\r第三行\r"
PURPOSE = ("budget", "purpose")


def came(*, at: float = 0.0, alone: bool = False) -> TokenOrigin:
    return TokenOrigin(read=1, at=at, pause=1.0, alone=alone)


async def stream(flow: Flow, text: str) -> None:
    """Bytes that the keyboard takes for no hands'."""
    tokens = tuple(TypedText(character, character.encode()) for character in text)
    flow.app.terminal_stream(Arrival(tokens, came(), TokenKind.STREAM))
    await flow.pilot.pause()


async def send(flow: Flow, key: str, *, alone: bool, at: float = 1e12) -> None:
    """A key as our own driver posts it."""
    flow.screen.sheet.post_message(KeyPressed(key, None, came(at=at, alone=alone), TypedText("\r", b"\r")))
    await flow.pilot.pause()


def asked(flow: Flow) -> str:
    return flow.screen.keys.texts[0]


async def in_the_form(flow: Flow) -> str:
    await flow.press("enter")
    await flow.go("name")
    return flow.text("name")


async def test_a_stream_changes_nothing_and_is_asked_about(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        before = flow.document
        await stream(flow, LINES)
        assert flow.document == before
        assert asked(flow) == "收到 3 行 9 字：回车 按粘贴放 · Tab 按打字放 · Esc 留着"
        await stream(flow, "第四行\r")
        assert "收到 4 行 12 字" in asked(flow)


async def test_only_a_key_by_itself_answers(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        before = flow.document
        await stream(flow, LINES)
        await send(flow, "enter", alone=False)
        assert flow.document == before
        assert "收到" in asked(flow)
        assert not flow.screen.picker.is_open
        await send(flow, "enter", alone=True)
        assert flow.screen.picker.is_open
        assert "收到" not in asked(flow)
        await send(flow, "enter", alone=True, at=0.0)
        assert flow.document == before
        assert flow.screen.picker.is_open
        assert "太早" in flow.notice
        title = flow.screen.picker.render_line(0).text  # it lies over the notice, and the question stays
        assert "太早" in title
        assert "粘贴的内容这样放：回车 采用，Esc 放弃" in title
        await send(flow, "down", alone=True)
        assert "太早" not in flow.screen.picker.render_line(0).text


async def test_tab_types_it(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        await stream(flow, "新的名称\r新的编码\r")
        await flow.press("tab")
        await flow.pilot.pause()
        assert flow.text("name") == "新的名称"
        assert flow.session.offers == ()


async def test_esc_keeps_it_for_ctrl_v_and_for_the_next_start(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        await in_the_form(flow)
        await flow.go(*PURPOSE)
        before = flow.document
        await stream(flow, "甲\r乙\r")
        await flow.press("escape")
        assert flow.document == before
        assert "Ctrl+V" in flow.notice
        (offer,) = flow.session.offers
        assert offer.draft.text == "甲\n乙\n"
    async with at_work(data, SMALL) as flow:
        assert [one.draft.text for one in flow.session.offers] == ["甲\n乙\n"]


async def test_what_was_kept_and_pasted_is_held_no_more(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        await stream(flow, "甲\r")
        await flow.press("escape", "ctrl+v")
        assert flow.text("name") == "甲"
        assert flow.session.offers == ()


async def test_what_an_esc_that_was_none_asks_again_is_held_once(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        await stream(flow, LINES)
        await flow.press("escape")
        flow.app.terminal_escape_was_none()
        await flow.pilot.pause()
        assert "收到 3 行 9 字" in asked(flow)
        assert len(flow.session.offers) == 1


async def test_the_program_can_always_be_left(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        await in_the_form(flow)
        await stream(flow, LINES)
        await flow.press("ctrl+q")
        assert flow.app._exit
    async with at_work(data, SMALL) as flow:
        assert len(flow.session.offers) == 1


async def test_a_marked_paste_beside_an_open_question_joins_the_tray(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        before = flow.document
        await flow.paste("甲\t乙\n丙\t丁\n")
        assert flow.screen.picker.is_open
        await flow.paste("后来的")
        assert "收到 1 行 3 字" in asked(flow)
        await flow.press("escape")
        assert not flow.screen.picker.is_open
        assert "收到 1 行 3 字" in asked(flow)
        await flow.press("escape")
        assert flow.document == before
        assert {one.draft.text for one in flow.session.offers} == {"甲\t乙\n丙\t丁\n", "后来的"}


async def test_keys_typed_ahead_of_a_preview_wait_in_the_tray(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        await flow.paste("甲\t乙\n")
        token = TypedText("急", "急".encode())
        flow.screen.sheet.post_message(KeyPressed("急", "急", came(), token))
        await flow.pilot.pause()
        assert "收到 1 行 1 字" in asked(flow)
        assert flow.screen.picker.is_open


async def test_keys_alone_leave_nothing_in_the_tray(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        await stream(flow, "\r\r")
        assert "收到" not in asked(flow)
        assert "太早" in flow.notice


async def test_a_paste_into_a_refused_text_is_kept(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        await flow.go("budget", "total")
        await flow.type("葛")
        flow.screen.sheet.post_message(events.Paste("1\t2\n"))
        await flow.pilot.pause()
        assert [one.draft.text for one in flow.session.offers] == ["1\t2\n"]
        assert "Ctrl+V" in flow.notice


async def test_text_where_nothing_can_be_typed_is_told_of(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("f5")
        await flow.type("字")
        assert "这里不能输入" in flow.notice


async def test_a_sign_that_is_no_text_opens_no_cell(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        name = await in_the_form(flow)
        await flow.type("\u200b")
        assert "看不见" in flow.notice
        await flow.press("enter")
        assert flow.text("name") == name


async def test_what_no_key_has_asked_for_is_answered_by_no_key_typed_ahead(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        picked: list[str] = []
        flow.screen.picker.ask("以前的内容", [Item(id="1", label="一")], picked.append)
        await send(flow, "enter", alone=True, at=0.0)
        assert picked == []
        assert flow.screen.picker.is_open
        await send(flow, "enter", alone=True)
        assert picked == ["1"]


async def test_what_opens_by_itself_waits_for_the_question_that_is_open(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("ctrl+f")
        await flow.type("社区")
        flow.screen.picker.read("导出", ["写好了"])
        assert flow.screen.picker._edit.text == "社区"
        await flow.press("escape")
        await flow.pilot.pause()
        assert [item.label for item in flow.screen.picker._found] == ["写好了"]


async def test_what_waited_behind_a_question_waits_again_when_its_esc_was_none(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        picked: list[str] = []
        picker = flow.screen.picker

        def shown() -> str:
            return picker._question.title if picker.is_open else ""

        for first, text in (("find.text", "社区"), ("app.name", "欧阳"), ("app.name", "")):
            await flow.run(first)
            title = shown()
            await flow.type(text)
            picker.ask("后来的", [Item(id="1", label="一")], picked.append)
            await flow.press("escape")
            await flow.pilot.pause()
            assert shown() == "后来的"
            flow.app.terminal_escape_was_none()
            await flow.pilot.pause()
            assert (shown(), picker._edit.text, picker.opened_at) == (title, text, None)
            await flow.press("left", "escape")
            await flow.pilot.pause()
            assert shown() == "后来的"
            await flow.press("enter")
        assert picked == ["1"] * 3


async def test_an_esc_that_was_too_early_takes_nothing_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        await flow.run("find.text")
        await flow.press("escape")
        flow.screen.picker.read("导出", ["写好了"])
        await send(flow, "escape", alone=False, at=0.0)
        flow.app.terminal_escape_was_none()
        await flow.pilot.pause()
        assert flow.screen.picker._question.title == "导出"


async def test_text_where_a_question_takes_none_is_told_of(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await in_the_form(flow)
        await flow.paste("甲\t乙\n")
        await flow.type("字")
        assert "没有放进去" in flow.screen.picker._edit.notice
        await flow.press("escape")
        await flow.press("ctrl+f")
        await flow.type("\u200b")
        assert "看不见" in flow.screen.picker._edit.notice


async def test_the_tray_goes_into_the_line_of_an_open_list(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        name = await in_the_form(flow)
        await flow.press("ctrl+f")
        await stream(flow, "甲\r乙\r")
        await flow.press("enter")
        assert flow.screen.picker._edit.text == "甲乙"
        assert flow.text("name") == name
