"""What a person finds again after leaving: where the cursor was, and what was copied and not yet looked at."""

from pathlib import Path

from perftui.cli.main import main
from perftui.model.document import Location
from perftui.session.unreviewed import Unreviewed
from tests.tui.flows import Flow, at_work, real

NAME, PURPOSE = ("name",), ("budget", "purpose")


def marked(flow: Flow, file: str) -> set[tuple[str, ...]]:
    """The fields of a project that nobody has looked at."""
    return {place.path for place in flow.screen.state.shown.unreviewed if place.file == file}


async def copied(flow: Flow) -> str:
    """The first project copied, its form shown."""
    before = flow.files
    await flow.press("ctrl+u")
    (file,) = set(flow.files) - set(before)
    assert flow.screen.state.file == file
    return file


async def test_marks_of_a_copy_outlast_the_program(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data) as flow:
        file = await copied(flow)
        whole = marked(flow, file)
        await flow.go(*NAME)
        await flow.go(*PURPOSE)
        await flow.enter("另有用途")
        await flow.press("ctrl+z")
        left = marked(flow, file)
        assert whole - left >= {NAME, PURPOSE}
        assert len(left) > 40
    async with at_work(data) as flow:
        assert marked(flow, file) == left
        assert flow.screen.sheet.view.rows
        path = ("plan", "m10")
        assert path in left
        await flow.go(*path)
        flow.screen.show_detail()
        assert "还没有核对" in "".join(flow.screen.detail.texts)
        await flow.go(*NAME)
    async with at_work(data) as flow:
        assert marked(flow, file) == left - {path}


async def test_a_project_of_last_year_that_was_looked_at_is_not_marked_anew(tmp_path: Path) -> None:
    data = real(tmp_path)
    assert main(["rollover", "2022", "--data", str(data)]) == 0
    async with at_work(data) as flow:
        await flow.press("enter")
        file = flow.screen.state.file
        assert len(flow.screen.state.shown.unreviewed) > 40
        for _step in range(len(flow.screen.state.shown.unreviewed)):
            await flow.press("ctrl+g")
            if not flow.screen.state.shown.unreviewed:
                break
        await flow.go(*NAME)
        await flow.go("code")
        assert not marked(flow, file)
    async with at_work(data) as flow:
        assert flow.screen.state.file == file
        assert not marked(flow, file)


async def test_the_next_empty_field_is_looked_at_and_found_again(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data) as flow:
        file = await copied(flow)
        await flow.press("ctrl+g")
        first = flow.path
        assert first in marked(flow, file), "it is being looked at"
        await flow.press("ctrl+g")
        assert flow.path != first
        assert first not in marked(flow, file)
        place = flow.place
    async with at_work(data) as flow:
        assert flow.place == place


async def test_the_list_that_was_gone_back_to_is_come_back_to(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data) as flow:
        await flow.press("down", "enter", "down", "escape")
        file = flow.files[1]
        assert (flow.pane, flow.place) == ("projects", Location(file=file))
    async with at_work(data) as flow:
        assert (flow.pane, flow.place) == ("projects", Location(file=file))


async def test_a_deleted_copy_leaves_no_marks(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data) as flow:
        file = await copied(flow)
        await flow.press("escape", "ctrl+k")
        assert file not in flow.files
    async with at_work(data) as flow:
        assert flow.session.unreviewed.entries() == Unreviewed().entries()
