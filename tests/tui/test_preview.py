"""The printed pages on the screen, and the same pages as a document of Word."""

from pathlib import Path

import docx
import pytest

from tests import factories
from tests.tui.flows import LARGE, SMALL, Flow, at_work, real, sample


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_f5_opens_at_the_project_and_enter_goes_to_the_field(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        file = flow.files[3]
        await flow.press("down", "down", "down", "enter", "f5")
        assert flow.pane == "preview"
        assert flow.place.file == file
        await flow.press("enter")
        assert (flow.pane, flow.place.file) == ("form", file)
        await flow.go("name")
        await flow.enter("预览里找到的项目")
        assert flow.disk(file)["name"] == "预览里找到的项目"


async def test_f5_from_the_list_opens_at_the_project_under_the_cursor(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("down", "down", "f5")
        assert flow.place.file == flow.files[2]
        assert flow.app.cursor_position.y == 1  # its page begins at the top


async def test_f6_comes_to_the_preview_at_the_project_at_hand(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("down", "down", "f6", "f6", "f6")
        assert (flow.pane, flow.screen.state.file) == ("indicators", flow.files[2])
        await flow.press("f6", "f6", "f6")
        assert (flow.pane, flow.place.file) == ("preview", flow.files[2])


async def test_the_preview_shows_what_was_just_typed_and_takes_nothing(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.enter("刚改的名称")
        before = flow.document
        await flow.press("f5")
        shown = "".join(cell.text for row in flow.screen.sheet.view.rows for cell in row.cells)
        assert "刚改的名称" in shown
        await flow.press("x", "delete", "pagedown", "pageup", "ctrl+k", "ctrl+d", "ctrl+x", "ctrl+v", "escape")
        assert flow.pane == "projects"
        assert flow.document == before


def words(path: Path) -> str:
    """All texts of a document of Word."""
    document = docx.Document(str(path))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


async def exported(flow: Flow) -> str:
    await flow.press("f9")
    await flow.until(lambda: flow.screen.state.exported)
    assert flow.screen.state.exported is not None
    return words(flow.screen.state.exported)


@pytest.mark.parametrize("form", factories.FORMS)
async def test_f9_writes_the_document_of_word(tmp_path: Path, form: str) -> None:
    async with at_work(sample(tmp_path, factories.document(form))) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.type("半句也要印出来")  # F9 commits what is being typed
        text = await exported(flow)
        assert "半句也要印出来" in text
        for record in flow.document.projects.values():
            assert record.text(("name",)) in text
            for row in record.rows("indicators"):
                assert row.text("name") in text


async def test_f9_on_the_real_document(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        text = await exported(flow)
        for record in flow.document.projects.values():
            assert record.text(("name",)) in text
        assert flow.document.department.rows("duties")[0].text("name") in text


async def test_a_pdf_lies_beside_the_document(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document(projects=1))) as flow:
        await flow.run("document.pdf")
        await flow.until(lambda: flow.screen.state.exported)
        exports = {path.suffix for path in (tmp_path / "exports").iterdir()}
        assert ".pdf" in exports
