"""The list of projects: new, copied, deleted, moved, filtered, opened."""

from pathlib import Path

import pytest

from perftui.forms import Role, load_form
from perftui.model.document import DEPARTMENT
from perftui.session.user import person
from tests import factories
from tests.tui.flows import LARGE, SMALL, at_work, real, sample


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_new_project_is_on_disk_with_its_first_field(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        before = flow.on_disk()
        await flow.press("insert")
        assert flow.on_disk() == before
        await flow.enter("130303216F9HQOHBT7GG5", "街道工作者培训经费")
        (file,) = flow.on_disk() - before
        stored = flow.disk(file)
        assert (stored["code"], stored["name"]) == ("130303216F9HQOHBT7GG5", "街道工作者培训经费")
        assert flow.files[-1] == file
        await flow.press("ctrl+z", "ctrl+z")
        assert flow.on_disk() == before
        await flow.press("ctrl+y", "ctrl+y")
        assert flow.disk(file) == stored


async def test_esc_leaves_a_new_project_that_holds_nothing(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        before = flow.document
        await flow.press("insert", "escape")
        assert flow.pane == "projects"
        assert flow.document == before


async def test_the_form_without_codes_begins_with_the_name(tmp_path: Path) -> None:
    async with at_work(sample(tmp_path, factories.document("mof-2021"))) as flow:
        before = flow.on_disk()
        await flow.press("insert")
        await flow.enter("社区服务")
        (file,) = flow.on_disk() - before
        assert flow.disk(file)["name"] == "社区服务"


async def test_a_copy_stands_behind_its_project_without_the_code(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        files = flow.files
        await flow.press("down", "ctrl+u")
        (copy,) = set(flow.files) - set(files)
        assert flow.files.index(copy) == 2
        kept = {key: value for key, value in flow.disk(files[1]).items() if key not in ("code", "order")}
        apart = ("order", "unreviewed")
        assert {key: value for key, value in flow.disk(copy).items() if key not in apart} == kept


@pytest.mark.parametrize("form", factories.FORMS)
async def test_a_deleted_project_comes_back_by_undo(tmp_path: Path, form: str) -> None:
    async with at_work(sample(tmp_path, factories.document(form))) as flow:
        before, files = flow.document, flow.files
        stored = flow.session.folder.path(files[1]).read_bytes()
        await flow.press("down", "ctrl+k")
        assert flow.files == [files[0], files[2]]
        assert flow.on_disk() == {files[0], files[2]}
        await flow.press("ctrl+z")
        assert flow.document == before
        flow.session.flush()
        assert flow.session.folder.path(files[1]).read_bytes() == stored


async def test_several_projects_are_deleted_as_one_step(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        files = flow.files
        await flow.press("f8", "down", "down", "ctrl+k")
        assert flow.files == files[3:]
        await flow.press("ctrl+z")
        assert flow.files == files


async def test_a_selection_outlasts_what_somebody_else_changes(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        files, session = flow.files, flow.app.session
        await flow.press("f8", "down")
        path = session.folder.path(files[-1])
        path.write_text(path.read_text(encoding="utf-8").replace("老居委会", "居委会"), encoding="utf-8")
        flow.screen.changed_outside(session.poll())
        await flow.press("down", "ctrl+k")
        assert flow.files == files[3:]


async def test_a_deleted_project_is_restored_from_the_list(tmp_path: Path) -> None:
    data = real(tmp_path)
    async with at_work(data) as flow:
        file = flow.files[2]
        record = flow.document.record(file)
        await flow.press("down", "down", "ctrl+k")
        assert file not in flow.on_disk()
    async with at_work(data) as flow:
        await flow.run("row.restore")
        (item,) = flow.screen.picker._question.items
        assert "68000.00 元" in item.hint or record.text(("budget", "total")) in item.hint
        assert person() in item.hint
        await flow.press("enter")
        assert flow.document.record(file) == record
        assert file in flow.on_disk()
        await flow.run("row.restore")
        assert not flow.screen.picker.is_open, "it is there: nothing is to be restored twice"


async def test_undo_of_a_delete_brings_the_cursor_to_what_came_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        file = flow.files[2]
        await flow.press("down", "down", "ctrl+k", "home", "ctrl+z")
        assert (flow.pane, flow.place.file) == ("projects", file)
        await flow.press("enter")
        await flow.go("indicators", flow.rows("indicators")[1].id, "value")
        place = flow.place
        await flow.press("ctrl+k", "ctrl+home", "ctrl+z")
        assert flow.path[:2] == place.path[:2]


async def test_nothing_to_restore_is_said(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.run("row.restore")
        assert "没有删除过项目" in flow.notice
        assert not flow.screen.picker.is_open


async def test_projects_are_moved_and_the_cursor_goes_along(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        first, second, third = flow.files[:3]
        await flow.press("alt+down", "alt+down")
        assert flow.files[:3] == [second, third, first]
        assert flow.place.file == first
        await flow.press("alt+up")
        assert flow.files[:3] == [second, first, third]
        orders = [flow.disk(file)["order"] for file in flow.files]
        assert orders == sorted(set(orders))
        await flow.press("alt+up", "alt+up")  # at the top it stays
        assert flow.files[:3] == [first, second, third]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_typing_filters_and_backspace_takes_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_work(real(tmp_path), size) as flow:
        files, before = flow.files, flow.document
        await flow.type("车辆")
        (file,) = flow.rows_shown
        assert "车辆" in flow.text("name", file=file)
        await flow.press("backspace", "backspace")
        assert flow.rows_shown == files
        await flow.type("clbxf")  # the initials of its pinyin
        assert flow.rows_shown == [file]
        await flow.press("enter")
        assert (flow.pane, flow.screen.state.file) == ("form", file)
        await flow.press("escape")
        assert (flow.pane, flow.place.file) == ("projects", file)
        assert flow.document == before


async def test_esc_ends_a_filter(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        await flow.type("没有这样的")
        assert flow.rows_shown == []
        await flow.press("escape")
        assert flow.rows_shown == flow.files


async def test_a_project_is_begun_from_a_pattern(tmp_path: Path) -> None:
    async with at_work(real(tmp_path)) as flow:
        files = set(flow.files)
        await flow.run("row.pattern")
        await flow.press("1")
        (file,) = set(flow.files) - files
        assert flow.disk(file)["indicators"]


async def test_a_file_that_cannot_be_read_is_listed_and_never_written(tmp_path: Path) -> None:
    data = real(tmp_path)
    bad = next((data / "2021/613001/projects").glob("*.toml"))
    bad.write_text("name = 1 2\n", encoding="utf-8")
    async with at_work(data) as flow:
        assert len(flow.files) == 6
        assert f"projects/{bad.name}" in flow.rows_shown
        await flow.press("end", "enter", "ctrl+k")
        flow.session.flush()
        assert bad.read_text(encoding="utf-8") == "name = 1 2\n"


async def test_letters_that_cannot_be_seen_are_seen_in_the_title(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    path = load_form(document.form).department.path_of(Role.UNIT_NAME)
    assert path is not None
    department = document.department.with_value(path, "路南\u3164街\u115f道")
    async with at_work(sample(tmp_path, document.with_record(DEPARTMENT, department)), LARGE) as flow:
        title = flow.screen.title_line.render_line(0).text
        assert "路南⁇街⁇道" in title
