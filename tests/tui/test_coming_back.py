"""What a person finds again after leaving: where the cursor was, and what was copied and not yet looked at."""

from pathlib import Path

from perftui.cli.main import main
from perftui.model.document import Location
from perftui.model.unreviewed import marked_paths
from tests.tui.flows import Flow, at_work, real

NAME, PURPOSE = ("name",), ("budget", "purpose")


def marked(flow: Flow, file: str) -> set[tuple[str, ...]]:
    """The fields of a project that nobody has looked at."""
    return set(marked_paths(flow.document.record(file))) if file in flow.files else set()


async def copied(flow: Flow) -> str:
    """The first project copied, its form shown."""
    before = flow.files
    await flow.press("ctrl+u")
    (file,) = set(flow.files) - set(before)
    assert flow.screen.state.file == file
    return file


async def test_marks_of_a_copy_outlast_the_program_and_the_cursor_passing_by(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data) as flow:
        file = await copied(flow)
        whole = marked(flow, file)
        await flow.go(*NAME)
        await flow.go(*PURPOSE)
        assert marked(flow, file) == whole
        await flow.enter("另有用途")
        assert marked(flow, file) == whole - {PURPOSE}
        await flow.press("ctrl+z")
        assert marked(flow, file) == whole
    async with at_work(data) as flow:
        assert marked(flow, file) == whole
        await flow.go("plan", "m10")
        flow.screen.show_detail()
        assert "还没有核对" in "".join(flow.screen.detail.texts)
        await flow.press("f3")
        assert marked(flow, file) == whole - {("plan",)}
        assert flow.disk(file)["unreviewed"]


async def test_f3_confirms_and_goes_on_until_nothing_is_copied(tmp_path: Path) -> None:
    data = real(tmp_path)
    assert main(["rollover", "2022", "--data", str(data)]) == 0
    async with at_work(data) as flow:
        await flow.press("enter")
        file = flow.screen.state.file
        await flow.go(*NAME)
        for _step in range(3 * len(marked(flow, file))):
            await flow.press("f3" if flow.screen.state.shown.copied_from(flow.place) else "ctrl+g")
            if not marked(flow, file):
                break
        assert not marked(flow, file)
        assert "unreviewed" not in flow.disk(file)


async def test_f4_confirms_the_rest_of_the_project_as_one_step(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = await copied(flow)
        whole = marked(flow, file)
        await flow.go(*NAME)
        await flow.press("f4", "2")
        assert not marked(flow, file)
        await flow.press("ctrl+z")
        assert marked(flow, file) == whole


async def test_f4_takes_last_years_row_or_clears_it(tmp_path: Path) -> None:
    data = real(tmp_path)
    assert main(["rollover", "2022", "--data", str(data)]) == 0
    async with at_work(data) as flow:
        await flow.press("enter")
        row = flow.rows("indicators")[0]
        await flow.go("indicators", row.id, "value")
        await flow.press("f4", "4")
        assert [flow.text("indicators", row.id, key) for key in ("class", "name", "value")] == [
            row.text("class"),
            "",
            "",
        ]
        await flow.press("ctrl+z")
        await flow.go("indicators", row.id, "value")
        await flow.press("f4", "3")
        assert flow.text("indicators", row.id, "value") == row.text("value")
        assert ("indicators", row.id) not in marked(flow, flow.screen.state.file)


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
        assert not marked(flow, file)
