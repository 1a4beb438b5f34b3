"""Half-typed texts of ended sessions: one list at the start, and what becomes of each."""

from pathlib import Path

from perftui.model.document import Location
from perftui.model.record import CONFLICTS
from perftui.session.open_document import OpenDocument
from perftui.store.folder import find_documents
from tests.tui.flows import SMALL, Flow, at_work, real

PURPOSE = ("budget", "purpose")


def left(data: Path, text: str, *path: str) -> str:
    """A session that kept a text for a field of the first project and ended; the project's file."""
    session = OpenDocument.open(find_documents(data)[0])
    file = next(iter(session.document.projects))
    session.hold(Location(file=file, path=path), text)
    session.close()
    return file


def listed(flow: Flow) -> list[str]:
    return [item.label for item in flow.screen.picker._found] if flow.screen.picker.is_open else []


async def test_enter_puts_a_text_into_its_field_as_an_edit(tmp_path: Path) -> None:
    data = real(tmp_path)
    file = left(data, "用于培训", *PURPOSE)
    async with at_work(data, SMALL) as flow:
        (label,) = listed(flow)
        assert label.endswith("用于培训")
        before = flow.text(*PURPOSE, file=file)
        await flow.press("enter")
        assert flow.text(*PURPOSE, file=file) == "用于培训"
        assert flow.session.offers == ()
        await flow.press("ctrl+z")
        assert flow.text(*PURPOSE, file=file) == before
    async with at_work(data, SMALL) as flow:
        assert listed(flow) == []


async def test_a_field_that_was_changed_since_gets_a_conflict(tmp_path: Path) -> None:
    data = real(tmp_path)
    file = left(data, "用于培训", *PURPOSE)
    async with at_work(data, SMALL) as flow:
        await flow.press("escape", "enter")
        await flow.go(*PURPOSE)
        await flow.enter("别的用途")
        await flow.run("edit.drafts")
        await flow.press("enter")
        assert len(flow.rows(CONFLICTS, file)) == 1


async def test_del_lets_go_and_esc_leaves_it_for_later(tmp_path: Path) -> None:
    data = real(tmp_path)
    left(data, "一", *PURPOSE)
    left(data, "二", "name")
    async with at_work(data, SMALL) as flow:
        assert len(listed(flow)) == 2
        await flow.press("delete")
        assert len(listed(flow)) == 1
        await flow.press("escape")
        assert listed(flow) == []
    async with at_work(data, SMALL) as flow:
        assert len(listed(flow)) == 1


async def test_a_block_asks_how_it_is_to_be_put_in(tmp_path: Path) -> None:
    data = real(tmp_path)
    file = left(data, "甲\n乙\n", *PURPOSE)
    async with at_work(data, SMALL) as flow:
        before = flow.text(*PURPOSE, file=file)
        await flow.press("enter")
        assert flow.screen.picker.is_open
        assert flow.text(*PURPOSE, file=file) == before
        await flow.press("escape")
        assert [one.draft.text for one in flow.session.offers] == ["甲\n乙\n"]


async def test_a_refused_text_stays_offered(tmp_path: Path) -> None:
    data = real(tmp_path)
    left(data, "葛", "budget", "total")
    async with at_work(data, SMALL) as flow:
        before = flow.document
        await flow.press("enter")
        assert flow.document == before
        assert len(flow.session.offers) == 1


async def is_told(first: Flow, data: Path, sentence: str) -> None:
    """A second window says what the first one has half typed."""
    first.app._poll()
    await first.until(lambda: first.app.presence._typing)
    async with at_work(data, SMALL) as second:
        second.app._poll()
        await second.until(lambda: sentence in second.notice)


async def test_a_second_window_is_told_of_a_half_typed_text(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as first:
        await first.press("enter")
        await first.go("name")
        await first.type("半句")
        await is_told(first, data, "没写完：项目名称")


async def test_a_second_window_is_told_of_a_half_typed_answer_but_of_no_words_looked_for(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as first:
        await first.press("ctrl+f")
        await first.type("社区")
        assert first.screen.typing_in == ""
        await first.press("escape")
        await first.run("app.name")
        assert first.screen.typing_in == ""
        await first.type("欧阳")
        await is_told(first, data, "没写完：您的名字")


async def test_a_half_typed_text_whose_row_or_project_is_gone_is_offered(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data, SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.type("半句")
        path = flow.session.folder.path(flow.screen.state.file)
    path.unlink()
    for _start in range(2):
        async with at_work(data, SMALL) as flow:
            (label,) = listed(flow)
            assert label.endswith("半句")
            before = flow.document
            await flow.press("enter")
            assert flow.screen.sheet.edit is None
            assert flow.document == before
    async with at_work(data, SMALL) as flow:
        await flow.press("enter", "enter")
        await flow.go("name")
        await flow.press("ctrl+v")
        assert flow.text("name") == "半句"
        assert flow.session.offers == ()
