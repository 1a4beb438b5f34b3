"""F3, F4 and pastes on the real screen, with keys typed ahead."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from perftui.model.document import Location
from perftui.session.open_document import OpenDocument
from perftui.store.folder import find_documents
from perftui.tui.app import DocumentApp
from perftui.tui.user_settings import UserSettings

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def new_project(tmp_path: Path) -> AsyncIterator[tuple[DocumentApp, Pilot[str]]]:
    """The form of a new project beside the real document."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    session = OpenDocument.open(find_documents(tmp_path / "data")[0])
    app = DocumentApp(session, UserSettings())
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await pilot.press("insert")
            yield app, pilot
    finally:
        session.close()


def record(app: DocumentApp):  # type: ignore[no-untyped-def]
    return app.state.record


async def send(app: DocumentApp, pilot: Pilot[str], *keys: str) -> None:
    """Keys that all arrive before the first of them is worked on."""
    assert app._driver is not None
    for key in keys:
        app._driver.send_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause()
    await pilot.pause()


async def test_keys_typed_ahead_reach_the_list_and_then_the_sheet(tmp_path: Path) -> None:
    async with new_project(tmp_path) as (app, pilot):
        await send(app, pilot, "down", "f4", "1", "新", "的", "enter")
        assert record(app).text(("name",)) == "新的"
        assert len(record(app).rows("indicators")) == 9
        await send(app, pilot, "ctrl+o", "z", "x", "escape", "ctrl+z")
        assert record(app).text(("name",)) == ""


async def test_a_half_typed_text_is_completed(tmp_path: Path) -> None:
    async with new_project(tmp_path) as (app, pilot):
        await send(app, pilot, "1", "enter")
        app.screen.sheet.go(Location(file=app.state.file, path=("indicators", "+质量指标", "name")))  # type: ignore[attr-defined]
        await send(app, pilot, "办", "公", "f3")
        (row,) = record(app).rows("indicators")
        assert row.text("name").startswith("办公")
        assert app.screen.sheet.cell.place.path[-1] == "description"  # type: ignore[attr-defined]


async def test_what_matches_nothing_stays_as_typed(tmp_path: Path) -> None:
    async with new_project(tmp_path) as (app, pilot):
        await send(app, pilot, "down", "没", "有", "f3")
        assert app.screen.sheet.edit.text == "没有"  # type: ignore[attr-defined]
        assert "没有与“没有”相符的建议" in app.state.notice
        await send(app, pilot, "f11", "了", "enter")
        assert record(app).text(("name",)) == "没有了"


async def test_an_emptied_cell_takes_the_whole_plan(tmp_path: Path) -> None:
    async with new_project(tmp_path) as (app, pilot):
        await send(app, pilot, "1", "enter", *["down"] * 4)
        assert app.screen.sheet.cell.place.path[-1] == "m03"  # type: ignore[attr-defined]
        await send(app, pilot, "backspace", "f3")
        assert list(record(app).tables["plan"].values()) == ["25", "50", "75", "100"]


async def test_a_paste_is_shown_and_taken_or_left(tmp_path: Path) -> None:
    async with new_project(tmp_path) as (app, pilot):
        block = "项目名称\t新的\n财政资金\t12万\n"
        app.screen.sheet.post_message(events.Paste(block))  # type: ignore[attr-defined]
        await send(app, pilot, "x", "escape")
        assert len(app.session.document.projects) == 7
        app.screen.sheet.post_message(events.Paste(block))  # type: ignore[attr-defined]
        await send(app, pilot, "enter")
        assert record(app).text(("budget", "fiscal")) == "120000.00"
        await send(app, pilot, "ctrl+z")
        assert len(app.session.document.projects) == 7
