"""The start: a new document in each form, a copy of the example, a choice of several documents."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from perftui.cli.main import main
from perftui.forms import form_ids
from perftui.model.document import DEPARTMENT
from perftui.review.engine import review_document
from perftui.review.finding import Severity
from perftui.session.examples import documents_in
from perftui.store.create import create_document
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from perftui.tui.app import PerftuiApp
from perftui.tui.screens.start_screen import OPENED, StartScreen
from perftui.tui.terminal.tokens import Arrival, TokenKind, TokenOrigin, TypedText
from perftui.viewmodel.grid import CellView
from perftui.viewmodel.start import CREATE, EXAMPLE, NEXT_YEAR
from tests.tui.flows import LARGE, SMALL, at_work, changed_since_visit, real, typed


@asynccontextmanager
async def at_start(data: Path, size: tuple[int, int] = SMALL) -> AsyncIterator[tuple[StartScreen, Pilot[str]]]:
    screen = StartScreen(data)
    app = PerftuiApp(lambda _app: screen)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield screen, pilot
    screen.begun.close()


def actions(screen: StartScreen) -> Iterator[str]:
    """What stands under the cursor's stops, from top to bottom."""
    return (cell.place.path[0] for row in screen.sheet.view.rows for cell in row.cells if cell.place)


async def down_to(screen: StartScreen, pilot: Pilot[str], action: str) -> None:
    for _row in range(20):
        cell = screen.sheet.cell
        if cell is not None and cell.place is not None and cell.place.path == (action,):
            return
        await pilot.press("down")
    raise AssertionError(action)


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("form", form_ids())
async def test_a_new_document_in_each_form(tmp_path: Path, form: str, size: tuple[int, int]) -> None:
    data = tmp_path / "data"
    async with at_start(data, size) as (screen, pilot):
        for text in ("2022", "613001", "路南街道办事处", "130303"):
            await typed(screen, pilot, text)
            await pilot.press("enter")
        await pilot.press("f4", str(form_ids().index(form) + 1))
        assert not data.exists()
        await down_to(screen, pilot, CREATE)
        await pilot.press("enter")
    assert screen.chosen is not None
    opened = open_document(screen.chosen)
    assert (opened.form.id, opened.document.year, opened.document.unit) == (form, 2022, "613001")
    assert opened.document.department.text(("unit_name",)) == "路南街道办事处"
    async with at_work(data, size) as flow:  # and it can be worked in
        if not opened.form.has_projects:
            group = opened.form.department.groups[0]
            await flow.go(group.key, "+", group.columns[0].key, file=DEPARTMENT)
            await flow.enter("办好实事")
            assert [row[group.columns[0].key] for row in flow.disk()[group.key].values()] == ["办好实事"]
            return
        await flow.press("insert")
        await flow.go("name")
        await flow.enter("第一个项目")
        (file,) = flow.on_disk()
        assert flow.disk(file)["name"] == "第一个项目"


async def test_what_is_missing_is_said_and_the_cursor_goes_there(tmp_path: Path) -> None:
    async with at_start(tmp_path / "data") as (screen, pilot):
        await typed(screen, pilot, "22")
        await pilot.press("enter")
        await down_to(screen, pilot, CREATE)
        await pilot.press("enter")
        assert screen.chosen is None
        assert screen.sheet.cell is not None
        assert screen.sheet.cell.place is not None
        assert screen.sheet.cell.place.path == ("year",)
        await pilot.press("f2", "backspace", "backspace")
        await typed(screen, pilot, "2023")
        await pilot.press("enter")
        await typed(screen, pilot, "613001")
        await pilot.press("enter", "backspace")
        await typed(screen, pilot, "某单位")
        await pilot.press("enter")
        await down_to(screen, pilot, CREATE)
        await pilot.press("enter")
    assert [folder.year for folder in documents_in(tmp_path / "data")] == [2023]


async def test_a_key_that_means_nothing_leaves_the_text_open(tmp_path: Path) -> None:
    async with at_start(tmp_path / "data") as (screen, pilot):
        await typed(screen, pilot, "20")
        for key in ("f5", "ctrl+g", "insert", "ctrl+p"):
            await pilot.press(key)
        await typed(screen, pilot, "22")
        await pilot.press("enter")
        assert screen.begun.values.year == "2022"


async def test_esc_keeps_the_field_and_del_empties_it(tmp_path: Path) -> None:
    async with at_start(tmp_path / "data") as (screen, pilot):
        await typed(screen, pilot, "2022")
        await pilot.press("enter", "up")
        await typed(screen, pilot, "1999")
        await pilot.press("escape")
        assert screen.begun.values.year == "2022"
        await pilot.press("delete")
        assert screen.begun.values.year == ""
    assert not (tmp_path / "data").exists()


async def test_the_example_is_copied(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with at_start(data) as (screen, pilot):
        await down_to(screen, pilot, EXAMPLE)
        await pilot.press("enter")
    assert screen.chosen is not None
    assert len(open_document(screen.chosen).document.projects) == 7
    assert open_document(screen.chosen).problems == ()


async def test_last_years_export_alone_begins_this_years_document(tmp_path: Path) -> None:
    sent = tmp_path / "home" / "去年.docx"
    sent.parent.mkdir()
    assert main(["export", "-o", str(sent), "--data", str(real(tmp_path))]) == 0
    async with at_start(sent.parent / "data") as (screen, pilot):
        await down_to(screen, pilot, NEXT_YEAR)
        await pilot.press("enter", "enter")  # the file is listed
        await screen.app.workers.wait_for_complete()
        await pilot.pause()
        assert "2022" in screen.picker._question.title
        await pilot.press("2")  # the amounts are copied
    assert screen.chosen is not None
    assert screen.chosen.year == 2022
    made, last = open_document(screen.chosen), open_document(documents_in(sent.parent / "data")[1])
    assert (last.folder.year, len(made.document.projects)) == (2021, 7)
    totals = [[record.text(("budget", "total")) for record in one.document.projects.values()] for one in (made, last)]
    assert totals[0] == totals[1]
    assert {record.text(("origin",)) for record in made.document.projects.values()} == set(last.document.projects)


async def test_one_of_several_documents_is_chosen_newest_first(tmp_path: Path) -> None:
    data = real(tmp_path)
    create_document(data, 2022, "613001", "mof-2021", "路南街道办事处")
    async with at_start(data) as (screen, pilot):
        assert EXAMPLE not in list(actions(screen))
        first = next(cell.text for row in screen.sheet.view.rows for cell in row.cells if cell.place)
        assert "2022" in first
        await pilot.press("up", *["up"] * 3)
        await pilot.press("down", "enter")
    assert screen.chosen is not None
    assert screen.chosen.year == 2021


async def test_what_is_typed_right_behind_the_key_that_opens_a_document_is_kept_for_it(tmp_path: Path) -> None:
    data = real(tmp_path)
    create_document(data, 2022, "613001", "mof-2021", "路南街道办事处")
    async with at_start(data) as (screen, pilot):
        await pilot.press("up", *["up"] * 3)
        screen.app.type_again([TypedText(sign, sign.encode()) for sign in "\r社区\t补助"])  # type: ignore[attr-defined]
        for _turn in range(100):
            if screen.app.return_value is None:
                await pilot.pause()
        assert screen.app.return_value == OPENED
    assert screen.chosen is not None
    assert screen.texts.kept == "社区\t补助"
    assert screen.sheet.edit is None


async def test_each_document_shows_how_far_it_is_as_soon_as_that_is_known(tmp_path: Path) -> None:
    data = real(tmp_path)
    create_document(data, 2022, "613001", "mof-2021", "路南街道办事处")
    async with at_start(data) as (screen, pilot):
        await down_to(screen, pilot, "year")
        await typed(screen, pilot, "2023")  # nobody waits for the figures
        await screen.app.workers.wait_for_complete()
        await pilot.pause()
        await screen.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter")
        assert screen.begun.values.year == "2023"
        rows = {cells[0].text[:11]: [cell.text for cell in cells[1:]] for cells in documents(screen)}
    opened = open_document(documents_in(data)[1])
    errors = review_document(opened.document, opened.form).count(Severity.ERROR)
    assert rows["2021 613001"][1:3] == ["4678940.00", str(errors)]
    assert int(rows["2021 613001"][3]) >= errors > 0
    assert rows["2022 613001"][1] == "0.00"


async def test_each_document_says_what_changed_since_one_left(tmp_path: Path) -> None:
    data = real(tmp_path)
    create_document(data, 2022, "613001", "mof-2021", "路南街道办事处")
    changed_since_visit(find_documents(data)[1].folder, 1)
    async with at_start(data) as (screen, pilot):
        for _document in range(2):
            await screen.app.workers.wait_for_complete()
            await pilot.pause()
        told = [cell.text for row in screen.sheet.view.rows for cell in row.cells if "离开以后" in cell.text]
    assert len(told) == 1  # the other one was never opened
    assert told[0].endswith("改了 1 份：街道工作专项补助")


def documents(screen: StartScreen) -> Iterator[tuple[CellView, ...]]:
    """The rows of the documents."""
    return (row.cells for row in screen.sheet.view.rows if row.key is not None and row.key.path[0].isdigit())


async def test_ctrl_q_leaves_without_making_anything(tmp_path: Path) -> None:
    async with at_start(tmp_path / "data") as (screen, pilot):
        await typed(screen, pilot, "2022")
        await pilot.press("ctrl+q")
    assert screen.chosen is None
    assert not (tmp_path / "data").exists()


async def test_what_was_typed_for_a_new_document_is_there_at_the_next_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with at_start(data) as (screen, pilot):
        await typed(screen, pilot, "2022")
        await pilot.press("enter")
        await typed(screen, pilot, "61")
        await pilot.press("escape")
        await typed(screen, pilot, "613001")
        await pilot.press("ctrl+q")
    async with at_start(data) as (screen, pilot):
        assert (screen.begun.values.year, screen.begun.values.unit) == ("2022", "613001")
        assert "上次填到一半的新文本还在" in screen.said.texts[0]
        await down_to(screen, pilot, "name")
        await typed(screen, pilot, "某单位")
        await pilot.press("enter")
        await down_to(screen, pilot, CREATE)
        await pilot.press("enter")
    assert screen.chosen is not None
    async with at_start(data) as (screen, _pilot):
        assert screen.begun.values.typed() == {}


async def test_what_nobody_typed_is_asked_about_here_too(tmp_path: Path) -> None:
    async with at_start(tmp_path / "data") as (screen, pilot):
        tokens = tuple(TypedText(sign, sign.encode()) for sign in "2022\r613001\r")
        came = TokenOrigin(read=1, at=0.0, pause=1.0, alone=False)
        screen.app.terminal_stream(Arrival(tokens, came, TokenKind.STREAM))  # type: ignore[attr-defined]
        await pilot.pause()
        assert "收到 2 行 10 字" in screen.keys.texts[0]
        assert screen.sheet.edit is None
        await pilot.press("escape")
        assert screen.texts.kept == "2022\n613001\n"
        await pilot.press("ctrl+v")
        assert screen.sheet.edit is not None
        assert screen.sheet.edit.text == "2022 613001"
        assert screen.texts.kept == ""
        await pilot.press("escape", "ctrl+q")
    assert screen.chosen is None


async def test_text_typed_on_a_document_is_told_of(tmp_path: Path) -> None:
    async with at_start(real(tmp_path)) as (screen, pilot):
        await pilot.press("up", "up", "up", "up")
        await typed(screen, pilot, "字")
        assert "没有放进去" in screen.said.texts[0]
