"""A newcomer's script: each gesture of a spreadsheet once on each screen. No key is dead, no change is silent."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from perftui.model.document import DEPARTMENT, Location
from perftui.tui.panes import COMPARISON, FORM, LISTS, PANES
from tests.conftest import ROOT
from tests.factories import document
from tests.tui.flows import SMALL, Flow, at_work, real, sample

GESTURES = (
    "up", "down", "left", "right", "home", "end", "ctrl+home", "ctrl+end", "ctrl+up", "ctrl+down", "ctrl+left",
    "ctrl+right", "pageup", "pagedown", "tab", "shift+tab", "enter", "shift+down", "shift+right", "ctrl+a", "f8",
    "ctrl+c", "ctrl+v", "ctrl+x", "ctrl+d", "ctrl+r", "ctrl+z", "ctrl+y", "delete", "backspace", "f2", "escape",
    "insert", "ctrl+k", "ctrl+f", "f4", "f3", "a", "9", "ctrl+t", "f11",
    "alt+up", "alt+down", "ctrl+u", "ctrl+e", "ctrl+l", "ctrl+g", "alt+g", "f7", "f5", "f6", "alt+1", "ctrl+o",
    "ctrl+space", "shift+space", "ctrl+pagedown", "alt+enter", "f12",
)  # fmt: skip
AFTER_OTHERS = (
    "home shift+tab", "ctrl+home ctrl+d", "ctrl+home ctrl+r", "escape escape", "ctrl+a delete", "shift+down delete",
    "ctrl+a 7", "ctrl+end enter", "ctrl+end down", "ctrl+end tab", "ctrl+end delete", "ctrl+end ctrl+v",
    "ctrl+end backspace", "f8 down ctrl+d", "ctrl+k ctrl+z", "7 pagedown", "7 ctrl+home", "7 ctrl+r", "7 f2", "7 alt+3",
    "f2 f2", "f2 ctrl+home", "f2 home", "f2 pageup", "f2 up", "f2 f11", "f2 insert", "f2 alt+3", "f2 f8",
    "ctrl+p f5", "ctrl+p alt+3", "ctrl+p tab", "ctrl+p ctrl+g", "ctrl+o f9", "ctrl+f alt+3", "ctrl+f insert",
)  # fmt: skip
"""Keys that are pressed after others: only the last one is looked at."""


def seen(flow: Flow) -> tuple[Any, ...]:
    """What a person sees that a key has done."""
    sheet, state = flow.screen.sheet, flow.screen.state
    return (
        sheet.at, sheet.place, sheet.selection, sheet.extending, sheet.edit, state.pane, state.filter, state.notice,
        flow.screen.picker.is_open, flow.screen.picker._edit, flow.document,
    )  # fmt: skip


async def begin(flow: Flow, pane: str, at: tuple[int, int] | None) -> None:
    """The screen, the cursor where it began, nothing said, typed or selected."""
    state, sheet = flow.screen.state, flow.screen.sheet
    if flow.screen.picker.is_open:
        flow.screen.picker.close()
    sheet.cancel()
    sheet.end_selection()
    flow.session.undo()
    state.changed()
    state.filter_by("")
    if pane == FORM:
        state.open_project(flow.files[1])
    else:
        state.go_to_pane(pane)
    flow.screen.show()
    if at is not None:
        sheet._move(at)
    state.messages.forget_lasting()
    state.say("")


CHANGING = {"ctrl+k", "insert", "ctrl+u", "alt+up", "alt+down", "ctrl+z"}
"""Keys that change the document also in the list of projects, which they do by will."""


@pytest.mark.parametrize("pane", [*PANES, FORM, COMPARISON])
async def test_no_key_is_dead_and_no_change_silent(tmp_path: Path, pane: str) -> None:
    dead, silent = [], []
    async with at_work(real(tmp_path), SMALL) as flow:
        await begin(flow, pane, None)
        at = flow.screen.sheet.at
        for gesture in (*GESTURES, *(AFTER_OTHERS if pane in ("projects", "preview", FORM) else ())):
            await begin(flow, pane, at)
            *first, key = gesture.split()
            await flow.press(*first)
            flow.screen.state.say("")
            before, document, is_typed = seen(flow), flow.document, flow.screen.sheet.edit is not None
            await flow.press(key)
            if seen(flow) == before:
                dead.append(gesture)
            if flow.document != document and not (flow.notice or is_typed or flow.screen.sheet.edit):
                silent.append(gesture)
            by_will = key in CHANGING if pane == "projects" else key == "insert"
            assert pane not in LISTS or by_will or flow.document == document, gesture
    assert dead == []
    assert silent == []


# ---- what the manual says of the lists, in which nothing is typed


async def says_that_it_is_only_read(flow: Flow, *keys: str) -> None:
    for key in keys:
        before = flow.document
        await flow.press(key)
        assert "只能看" in flow.notice or "没有作用" in flow.notice, key
        assert flow.document == before, key


@pytest.mark.parametrize("pane", LISTS)
async def test_the_manual_is_right_on_every_list(tmp_path: Path, pane: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.until(lambda: not flow.screen.state.shown.index.pending)
        await begin(flow, pane, None)
        await says_that_it_is_only_read(flow, "f2", "f3", "delete", "backspace")
        await flow.press("ctrl+p")
        await flow.type("查找替换")
        assert [item.label for item in flow.screen.picker._found][:1] == ["查找替换"]
        await flow.press("escape", "f1")
        assert flow.app.screen is not flow.app.screen_stack[0]
        await flow.press("escape", "ctrl+c", "ctrl+v")
        assert "只能看" in flow.notice
        before = flow.document
        await flow.press("7")
        await flow.press("ctrl+u")
        assert (flow.screen.state.filter, flow.document) == ("", before), "a filter is cleared, and no project copied"
        await begin(flow, pane, None)
        await flow.press("alt+8")
        assert flow.pane == "overview"
        await flow.press("escape")
        assert flow.pane == "projects"
        await begin(flow, pane, None)
        await flow.press("ctrl+g")
        assert flow.pane in ("form", "indicators", "department")


async def test_a_line_of_the_preview_that_opens_nothing_says_so(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("f5")
        for _line in range(12):
            row = flow.screen.sheet.at
            await flow.press("enter")
            if flow.pane != "preview":
                await flow.press("f5")
            else:
                assert "没有可以打开的地方" in flow.notice, row
            await flow.press("up")


@pytest.mark.parametrize("pane", [*PANES, FORM])
async def test_no_key_fails_on_a_document_without_projects(tmp_path: Path, pane: str) -> None:
    async with at_work(sample(tmp_path, document(projects=0)), SMALL) as flow:
        for key in GESTURES:
            state = flow.screen.state
            if flow.screen.picker.is_open:
                flow.screen.picker.close()
            flow.screen.sheet.cancel()
            state.filter_by("")
            state.go_to_pane(pane)
            flow.screen.show()
            await flow.press(key)
        assert flow.screen.state.walk.keys


# ---- what the manual says, a sentence at a time, on each sheet where one writes

PLACES = {
    "funds": "budget.purpose", "plan": "plan.m06", "department": "duties.1.name",
    "indicators": "indicators.1.name", FORM: "indicators.1.name",
}  # fmt: skip
"""Where the newcomer stands: a field with a text, others around it."""
TEXT = "33"
"""What a newcomer types: right for a text and for a number."""


def place_on(flow: Flow, pane: str) -> Location:
    """The newcomer's field on a sheet."""
    file = {"department": DEPARTMENT, "indicators": flow.screen.state.file}.get(pane, flow.files[1])
    group, *rest = PLACES[pane].split(".")
    if rest[0] == "1":
        rest[0] = flow.document.record(file).rows(group)[1].id
    return Location(file=file, path=(group, *rest))


def held(flow: Flow, place: Location) -> str:
    return flow.document.record(place.file).text(place.path)


async def covers(flow: Flow, place: Location) -> None:
    await flow.type(TEXT)
    await flow.press("enter")
    assert held(flow, place) == TEXT


async def goes_on_editing(flow: Flow, place: Location) -> None:
    before = held(flow, place)
    await flow.press("f2", "backspace", "enter")
    assert held(flow, place) == before[:-1]


async def gives_up(flow: Flow, place: Location) -> None:
    before = flow.document
    await flow.type(TEXT)
    await flow.press("escape")
    assert flow.screen.sheet.edit is None
    assert flow.document == before


async def clears(flow: Flow, place: Location) -> None:
    await flow.press("delete")
    assert held(flow, place) == ""
    assert flow.place == place


async def clears_and_types(flow: Flow, place: Location) -> None:
    await flow.press("backspace")
    assert flow.screen.sheet.edit is not None
    await flow.type(TEXT)
    await flow.press("enter")
    assert held(flow, place) == TEXT


async def tabs(flow: Flow, place: Location) -> None:
    await flow.press("tab")
    assert flow.place != place
    await flow.press("shift+tab")
    assert flow.place == place


async def enters(flow: Flow, place: Location) -> None:
    column = flow.screen.sheet.cell.x  # type: ignore[union-attr]
    row = flow.screen.sheet.at[0]
    await flow.press("enter")
    assert flow.screen.sheet.at[0] > row
    assert flow.screen.sheet.cell.x == column or flow.pane == "department"  # type: ignore[union-attr]


async def takes_nothing_unasked(flow: Flow, place: Location) -> None:
    before = flow.document
    await flow.press("f3")
    assert flow.document == before
    assert flow.notice


async def chooses(flow: Flow, place: Location) -> None:
    await flow.press("f4")
    assert flow.screen.picker.is_open or "直接输入" in flow.notice


async def goes_to_what_is_left_and_back(flow: Flow, place: Location) -> None:
    await flow.press("ctrl+g")
    stops = flow.screen.state.shown.stops(flow.place.file).stops
    assert flow.place in [stop.place for stop in stops] or "Ctrl+G" in flow.notice
    if flow.place != place:
        await flow.press("alt+g")
        assert flow.place == place


async def jumps(flow: Flow, place: Location) -> None:
    before = flow.document
    await flow.press("ctrl+down")
    assert flow.place != place
    await flow.press("ctrl+up")
    assert flow.document == before


async def goes_to_the_corners(flow: Flow, place: Location) -> None:
    await flow.press("ctrl+end")
    last = flow.screen.sheet.at
    await flow.press("ctrl+home")
    assert flow.screen.sheet.at < last


async def selects_all(flow: Flow, place: Location) -> None:
    await flow.press("ctrl+a")
    assert len(flow.screen.sheet.selected()) > 1


async def moves_a_row(flow: Flow, place: Location) -> None:
    before = flow.document
    await flow.press("alt+down")
    assert flow.document != before
    assert flow.place == place, "the cursor goes with it"
    await flow.press("alt+up")


async def lists_commands(flow: Flow, place: Location) -> None:
    await flow.press("ctrl+p")
    await flow.type("查找替换")
    assert [item.label for item in flow.screen.picker._found][:1] == ["查找替换"]


async def undoes_and_redoes(flow: Flow, place: Location) -> None:
    before = held(flow, place)
    await flow.press("delete", "ctrl+z")
    assert held(flow, place) == before
    await flow.press("ctrl+y")
    assert held(flow, place) == ""


async def copies_and_pastes(flow: Flow, place: Location) -> None:
    before = held(flow, place)
    await flow.press("ctrl+x")
    assert held(flow, place) == ""
    await flow.press("ctrl+v")
    assert held(flow, place) == before


async def fills_down(flow: Flow, place: Location) -> None:
    before = held(flow, place)
    await flow.press("shift+down", "ctrl+d")
    assert held(flow, place) == before
    assert flow.notice


async def opens_help(flow: Flow, place: Location) -> None:
    await flow.press("f1")
    assert flow.app.screen is not flow.app.screen_stack[0]
    await flow.press("escape")


async def goes_to_a_screen(flow: Flow, place: Location) -> None:
    await flow.press("alt+8")
    assert flow.pane == "overview"
    await flow.press("escape")
    assert flow.pane == "projects"


SENTENCES: tuple[tuple[str, Callable[[Flow, Location], Awaitable[None]]], ...] = (
    ("直接输入就是**覆盖**这一格", covers),
    ("**F2** 接着改", goes_on_editing),
    ("**Esc** 放弃改动", gives_up),
    ("**Del** 清空", clears),
    ("Backspace 清空并重新输入", clears_and_types),
    ("**Tab / Shift+Tab** 到下一格、上一格", tabs),
    ("**回车**在表格里（哪个屏幕都一样）向下", enters),
    ("**F3** 才采纳", takes_nothing_unasked),
    ("**F4** 列出可选的词", chooses),
    ("**Ctrl+G** 到本项目还差的下一处", goes_to_what_is_left_and_back),
    ("**Alt+G** 回到跳过来以前的地方", goes_to_what_is_left_and_back),
    ("**Ctrl+方向键** 到数据的边缘", jumps),
    ("**Ctrl+Home / Ctrl+End** 到第一格、最后一格", goes_to_the_corners),
    ("**Ctrl+A** 选定整张表", selects_all),
    ("**Alt+↑ / Alt+↓** 移动一行或项目", moves_a_row),
    ("**Ctrl+P** 列出所有命令", lists_commands),
    ("命令“**查找替换**”在整个文本里把一段文字换成另一段", lists_commands),
    ("**Ctrl+Z / Ctrl+Y** 撤销、重做", undoes_and_redoes),
    ("Ctrl+C X V | 复制、剪切、粘贴", copies_and_pastes),
    ("Ctrl+D / Ctrl+R | 向下 / 向右填充", fills_down),
    ("| F1 | 帮助", opens_help),
    ("**Alt+1** 到 **Alt+8** 直接到一个屏幕", goes_to_a_screen),
)
ELSEWHERE = {"建议", "Ctrl+J", "Ins"}
"""What is no gesture, or belongs to one kind of field: ``test_long_text.py``, ``test_projects.py``."""


@pytest.mark.parametrize("pane", list(PLACES))
async def test_the_manual_is_right_on_every_sheet(tmp_path: Path, pane: str) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        for sentence, does in SENTENCES:
            await begin(flow, pane, None)
            place = place_on(flow, pane)
            assert flow.screen.sheet.go(place), (sentence, pane)
            try:
                await does(flow, place)
            except AssertionError as error:
                raise AssertionError(f"{pane}: {sentence}") from error


def test_the_script_has_every_gesture_of_the_manuals_part_on_writing() -> None:
    manual = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [sentence for sentence, _does in SENTENCES if sentence not in manual] == []
    part = manual[manual.index("## 填写") : manual.index("## 按键")]
    said = "".join(sentence for sentence, _does in SENTENCES)
    assert {word for word in re.findall(r"\*\*(.+?)\*\*", part) if f"**{word}**" not in said} == ELSEWHERE
