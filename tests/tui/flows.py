"""Hands on the real screens: keys in, the stored document and the files on disk out."""

import os
import shutil
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import Record, Row
from perftui.session.last_visit import last_visit, note_visit
from perftui.session.open_document import OpenDocument
from perftui.store.folder import find_documents
from perftui.tui.app import DocumentApp
from perftui.tui.commands import command
from perftui.tui.screens.document_screen import DocumentScreen
from perftui.tui.user_settings import UserSettings
from tests.conftest import ROOT
from tests.unit.cli.conftest import write

SMALL, LARGE = (80, 24), (120, 40)


async def typed(screen: Screen[str], pilot: Pilot[str], text: str) -> None:
    """Characters as a terminal or an input method sends them; all are there before the first is worked on."""
    driver = screen.app._driver
    assert driver is not None
    for character in text:  # Pilot gives no character to the keys of Chinese punctuation
        driver.send_message(events.Key(_character_to_key(character), character))
    await pilot.pause()


class Flow:
    """A person at the screens of an open document."""

    def __init__(self, app: DocumentApp, pilot: Pilot[str]) -> None:
        self.app = app
        self.pilot = pilot

    # ---- hands

    async def press(self, *keys: str) -> None:
        """Keys by name, each worked on before the next."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Characters as a terminal or an input method sends them; all are there before the first is worked on."""
        await typed(self.screen, self.pilot, text)

    async def enter(self, *texts: str) -> None:
        """A text and Enter, one after the other."""
        for text in texts:
            await self.type(text)
            await self.press("enter")

    async def run(self, command_id: str) -> None:
        """A command by its name in the palette."""
        await self.press("ctrl+p")
        await self.type(_(command(command_id).label))
        at = [item.id for item in self.screen.picker._found].index(command_id)
        await self.press(*["down"] * at, "enter")

    async def ask_for_version(self) -> None:
        """Have a version kept, as far as the question what it is about."""
        await self.run("git.version")
        await self.until(lambda: self.screen.picker.is_open)

    async def paste(self, text: str) -> None:
        """What the terminal pastes."""
        self.screen.sheet.post_message(events.Paste(text))
        await self.pilot.pause()

    async def go(self, *path: str, file: str = "") -> None:
        """The cursor to a field that the screen at hand shows; by default one of the project at hand."""
        assert self.screen.sheet.go(Location(file=file or self.screen.state.file, path=path)), path
        await self.pilot.pause()

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for work in the background."""
        for _turn in range(1500):  # half a minute and more
            if true():
                return
            await self.pilot.pause(0.02)
        raise AssertionError(self.notice)

    # ---- eyes

    @property
    def screen(self) -> DocumentScreen:
        assert isinstance(self.app.screen, DocumentScreen)
        return self.app.screen

    @property
    def pane(self) -> str:
        return self.screen.state.pane

    @property
    def notice(self) -> str:
        """The last thing that was said."""
        return self.screen.state.notice

    @property
    def place(self) -> Location:
        """The field under the cursor."""
        cell = self.screen.sheet.cell
        assert cell is not None
        assert cell.place is not None
        return cell.place

    @property
    def path(self) -> tuple[str, ...]:
        return self.place.path

    @property
    def rows_shown(self) -> list[str]:
        """The files of the rows on the screen, in order."""
        return [row.key.file for row in self.screen.sheet.view.rows if row.key is not None]

    # ---- the document

    @property
    def session(self) -> OpenDocument:
        return self.app.session

    @property
    def form(self) -> Form:
        return self.app.session.form

    @property
    def document(self) -> Document:
        return self.app.session.document

    @property
    def files(self) -> list[str]:
        """The projects in the list's order."""
        return list(self.document.projects)

    @property
    def record(self) -> Record:
        """The project at hand."""
        return self.document.record(self.screen.state.file)

    def text(self, *path: str, file: str = "") -> str:
        """What a field holds; by default one of the project at hand."""
        return self.document.record(file or self.screen.state.file).text(path)

    def rows(self, group: str, file: str = "") -> tuple[Row, ...]:
        return self.document.record(file or self.screen.state.file).rows(group)

    def disk(self, file: str = DEPARTMENT) -> dict[str, Any]:
        """A file as it is on disk once all is written."""
        status = self.session.flush()
        assert not status.waiting, status
        return tomllib.loads(self.session.folder.path(file).read_text(encoding="utf-8"))

    def on_disk(self) -> set[str]:
        """The project files there are once all is written."""
        self.session.flush()
        return {f"projects/{path.name}" for path in (self.session.folder.folder / "projects").glob("*.toml")}


@asynccontextmanager
async def at_work(data: Path, size: tuple[int, int] = LARGE) -> AsyncIterator[Flow]:
    """The newest document of a data folder on the screens."""
    session = OpenDocument.open(find_documents(data)[0])
    app = DocumentApp(session, UserSettings())
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.pause()
            yield Flow(app, pilot)
    finally:
        session.close()


def real(tmp_path: Path) -> Path:
    """A data folder with a copy of the real document."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def changed_since_visit(folder: Path, number: int) -> None:
    """The document of a folder was left, and of its files, which are older, one project's changed since."""
    note_visit(folder)
    left = last_visit(folder)
    assert left is not None
    files = sorted((folder / "projects").glob("*.toml"))
    for path in (folder / "department.toml", *files):
        os.utime(path, (left - 60, left - 60))
    os.utime(files[number], (left + 60, left + 60))


def sample(tmp_path: Path, document: Document) -> Path:
    """A data folder with a document of one's own."""
    write(tmp_path, document)
    return tmp_path / "data"
