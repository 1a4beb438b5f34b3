"""Documents out and in on the screens: exports say where they are, imports show what they would do."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from docx import Document as Word
from textual.pilot import Pilot

from perftui.forms import Role, load_form
from perftui.model.document import Document
from perftui.session.export import ExportRequest, export_document
from perftui.session.open_document import OpenDocument
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from perftui.tui.app import DocumentApp, PerftuiApp
from perftui.tui.screens.document_screen import DocumentScreen
from perftui.tui.screens.start_screen import StartScreen
from perftui.tui.user_settings import UserSettings
from tests import factories
from tests.gallery.containers import to_docx
from tests.gallery.layouts import layouts
from tests.unit.cli.conftest import write

FORM = load_form("hebei-2021")


@asynccontextmanager
async def opened(data: Path) -> AsyncIterator[tuple[DocumentScreen, Pilot[str]]]:
    session = OpenDocument.open(find_documents(data)[0])
    app = DocumentApp(session, UserSettings())
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, DocumentScreen)
            yield app.screen, pilot
    finally:
        session.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write(tmp_path, factories.document(projects=2))
    return tmp_path / "data"


async def until(pilot: Pilot[str], true: Callable[[], object]) -> None:
    """Wait for work in the background."""
    for _turn in range(1500):  # half a minute and more
        await pilot.pause(0.02)
        if true():
            return
    raise AssertionError


async def do(screen: DocumentScreen, pilot: Pilot[str], command: str) -> None:
    screen.run(command)
    await asyncio.sleep(0)
    await pilot.pause()


async def test_f9_says_where_the_document_is_and_what_is_open(data: Path) -> None:
    async with opened(data) as (screen, pilot):
        await pilot.press("f9")
        await until(pilot, lambda: screen.state.exported)
        path = data.parent / "exports" / "2021-613001-路南街道办事处部门本级.docx"
        assert screen.state.exported == path
        assert path.exists()
        shown = "\n".join([screen.state.notice, *(item.label for item in screen.picker._found)])
        assert str(path) in shown
        assert "scp " in shown


@pytest.mark.parametrize(
    ("command", "name"), [("document.draft", "-草稿.docx"), ("document.project", "-街道工作者补助.docx")]
)
async def test_drafts_and_single_projects_have_names_of_their_own(data: Path, command: str, name: str) -> None:
    async with opened(data) as (screen, pilot):
        await do(screen, pilot, command)
        await until(pilot, lambda: screen.state.exported)
        assert screen.state.exported is not None
        assert screen.state.exported.name.endswith(name)


async def test_no_final_document_while_an_error_is_open(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    file = next(iter(document.projects))
    write(tmp_path, document.with_record(file, factories.project("hebei-2021", 1, name=None)))
    async with opened(tmp_path / "data") as (screen, pilot):
        await do(screen, pilot, "document.final")
        await until(pilot, lambda: "没有导出" in screen.state.notice)
        assert screen.state.exported is None


async def test_sending_without_zmodem_gives_the_command(data: Path) -> None:
    async with opened(data) as (screen, pilot):
        await do(screen, pilot, "document.send")
        assert "先按 F9" in screen.state.notice
        screen.state.exported = data / "a.docx"
        await do(screen, pilot, "document.send")
        assert "scp " in "\n".join([screen.state.notice, *(item.label for item in screen.picker._found)])


@pytest.mark.parametrize(("answer", "projects"), [("1", 1), ("2", 2)], ids=["the project at hand", "every project"])
async def test_an_offices_empty_form_is_filled_and_stays_as_it_was(
    tmp_path: Path, data: Path, answer: str, projects: int
) -> None:
    blank = tmp_path / "空表.docx"
    page = next(one for one in layouts() if one.key == "hunan-city-2023").page(empty=True)
    blank.write_bytes(to_docx(page))
    before = blank.read_bytes()
    async with opened(data) as (screen, pilot):
        await do(screen, pilot, "document.fill")
        assert [item.label for item in screen.picker._found] == [blank.name]
        await pilot.press("enter", answer)
        await until(pilot, lambda: screen.state.exported)
        assert screen.state.exported is not None
        tables = Word(str(screen.state.exported)).tables
        names = [record.text(("name",)) for record in screen.state.document.projects.values()]
        assert [table.cell(0, 1).text for table in tables] == names[:projects]
        shown = "\n".join([screen.state.notice, *(item.label for item in screen.picker._found)])
        assert f"已填 {projects} 个项目" in shown
    assert blank.read_bytes() == before


# ---- in


def changed_copy(**changes: object) -> Document:
    """The document in another copy: the first project changed, and one more."""
    document = factories.document(projects=3)
    file = next(iter(document.projects))
    return document.with_record(file, factories.changed(document.projects[file], FORM.project, **changes))


def foreign(data: Path, **changes: object) -> Path:
    """That copy as a document of Word beside the data folder, which does not say what it was printed from."""
    wanted = ExportRequest(returns=False)
    return export_document(changed_copy(**changes), FORM, data.parent / "exports", wanted).path


async def test_a_word_document_is_shown_and_taken_as_one_step(data: Path) -> None:
    path = foreign(data, **{"budget.purpose": "用途改了"})
    async with opened(data) as (screen, pilot):
        before = screen.state.session.document
        await do(screen, pilot, "document.import")
        assert screen.picker.is_open
        assert path.name in [item.label for item in screen.picker._found]
        await pilot.press("enter")
        await until(pilot, lambda: screen.picker.is_open and screen.picker._found[0].id == "all")
        lines = [item.label for item in screen.picker._found]
        assert lines[0] == "全部读入：新增 1 个项目，改动 1 处"
        assert any("→ 用途改了" in line for line in lines)
        assert any(line.startswith("已读入 第 ") for line in lines)
        assert screen.state.session.document == before
        await pilot.press("1")
        await pilot.pause()
        assert len(screen.state.session.document.projects) == 3
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen.state.session.document == before


async def test_what_an_export_of_another_copy_says_otherwise_is_shown_and_taken_only_when_chosen(data: Path) -> None:
    path = export_document(changed_copy(**{"budget.purpose": "同事改的"}), FORM, data.parent / "exports").path
    async with opened(data) as (screen, pilot):
        before = screen.state.session.document
        await do(screen, pilot, "document.import")
        assert path.name in [item.label for item in screen.picker._found]
        await pilot.press("enter")
        await until(pilot, lambda: screen.picker.is_open and screen.picker._found[0].id == "as-file")
        lines = [item.label for item in screen.picker._found]
        assert lines[0] == "也照文件改不是在 Word 里改的 2 处"
        assert any("这里是 " in line and "文件里是 同事改的" in line for line in lines)
        assert screen.state.session.document == before
        await pilot.press("1")
        await pilot.pause()
        document = screen.state.session.document
        assert next(record.text(("budget", "purpose")) for record in document.projects.values()) == "同事改的"
        assert len(document.projects) == 3
        screen.state.undo()
        assert screen.state.session.document == before


async def test_only_new_projects_can_be_taken_and_esc_takes_nothing(data: Path) -> None:
    foreign(data, **{"budget.purpose": "用途改了"})
    async with opened(data) as (screen, pilot):
        before = screen.state.session.document
        for key, count in (("escape", 2), ("2", 3)):
            await do(screen, pilot, "document.import")
            await pilot.press("enter")
            await until(pilot, lambda: screen.picker.is_open and screen.picker._found[0].id == "all")
            await pilot.press(key)
            await pilot.pause()
            document = screen.state.session.document
            assert len(document.projects) == count
            assert {file: document.projects[file] for file in before.projects} == before.projects


async def test_a_line_of_the_report_takes_nothing_in(data: Path) -> None:
    foreign(data, **{"budget.purpose": "用途改了"})
    async with opened(data) as (screen, pilot):
        await do(screen, pilot, "document.import")
        await pilot.press("enter")
        await until(pilot, lambda: screen.picker.is_open and screen.picker._found[0].id == "all")
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert len(screen.state.session.document.projects) == 2
        assert screen.picker.is_open


async def test_rows_of_a_table_go_into_the_project_at_hand(data: Path) -> None:
    table = data.parent / "exports" / "指标.csv"
    table.parent.mkdir()
    table.write_text("二级指标,三级指标,指标值\n数量指标,新指标,≥5人\n", encoding="utf-8")
    async with opened(data) as (screen, pilot):
        file = list(screen.state.session.document.projects)[1]
        screen.state.open_project(file)
        await do(screen, pilot, "document.import")
        await pilot.press("enter")
        await until(pilot, lambda: screen.picker.is_open and screen.picker._found[0].id == "all")
        await pilot.press("enter")
        await pilot.pause()
        group = FORM.project.groups[-1]
        assert [
            row.text(group.key_of(Role.NAME)) for row in screen.state.session.document.projects[file].rows(group.key)
        ][-1] == "新指标"


async def test_a_document_that_changed_meanwhile_must_be_read_again(data: Path) -> None:
    foreign(data, **{"budget.purpose": "用途改了"})
    async with opened(data) as (screen, pilot):
        await do(screen, pilot, "document.import")
        await pilot.press("enter")
        await until(pilot, lambda: screen.picker.is_open and screen.picker._found[0].id == "all")
        file = next(iter(screen.state.session.document.projects))
        screen.state.run([factories_edit(file)], "改")
        await pilot.press("1")
        await pilot.pause()
        assert "请再读一次" in screen.state.notice
        assert len(screen.state.session.document.projects) == 2


def factories_edit(file: str) -> object:
    from perftui.editing.edits import SetValue

    return SetValue(file=file, path=("name",), value="另一个名称")


async def test_what_is_no_document_is_a_sentence(data: Path) -> None:
    bad = data.parent / "坏.docx"
    bad.write_bytes(b"PK nothing")
    async with opened(data) as (screen, pilot):
        await do(screen, pilot, "document.import")
        await pilot.press(*"坏")
        await pilot.press("enter")
        await until(pilot, lambda: "没有读入 坏.docx" in screen.state.notice)
        assert len(screen.state.session.document.projects) == 2


# ---- the start


async def test_a_word_document_becomes_a_new_document_at_the_start(tmp_path: Path) -> None:
    source = export_document(factories.document(projects=2), FORM, tmp_path / "exports").path
    data = tmp_path / "data"
    screen = StartScreen(data)
    app = PerftuiApp(lambda _app: screen)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        cells = [cell for row in screen.sheet.view.rows for cell in row.cells if cell.place]
        button = next(cell for cell in cells if cell.place and cell.place.path == ("import",))
        screen.opened(button)
        await pilot.pause()
        assert source.name in [item.label for item in screen.picker._found]
        await pilot.press("enter")
        await until(pilot, lambda: screen.picker.is_open and screen.picker._found[0].id == "all")
        assert not data.exists()
        await pilot.press("1")
        await pilot.pause()
    assert screen.chosen is not None
    assert len(open_document(screen.chosen).document.projects) == 2
    shutil.rmtree(data)
