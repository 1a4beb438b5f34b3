"""Two people at one cell at the same time: whoever commits last overwrites nothing unseen, both values are kept."""

from pathlib import Path

import pytest

from perftui.model.document import DEPARTMENT
from perftui.model.record import CONFLICTS
from perftui.store.saver import SaveState
from tests.tui.flows import SMALL, Flow, at_work, real


async def typing_over(flow: Flow, *, told: bool) -> str:
    """Half-typed text in the name of a project that somebody else names otherwise meanwhile; the old name."""
    await flow.press("enter")
    await flow.go("name")
    await flow.type("自己改的")
    return rename_outside(flow, told=told)


def rename_outside(flow: Flow, *, told: bool = True) -> str:
    """Somebody else gives the project at hand another name; the old one."""
    file = flow.screen.state.file
    path = flow.app.session.folder.path(file)
    name = flow.text("name", file=file)
    path.write_text(path.read_text(encoding="utf-8").replace(f'"{name}"', '"别人改的"'), encoding="utf-8")
    changed = flow.app.session.poll()
    assert changed
    if told:
        flow.screen.changed_outside(changed)
    return name


def is_kept_twice(flow: Flow, old: str, ours: str = "自己改的") -> None:
    """Ours stands in the name of the project at hand, theirs beside it."""
    record = flow.app.session.document.record(flow.screen.state.file)
    assert record.text(("name",)) == ours
    (conflict,) = record.rows(CONFLICTS)
    told = {"field": "name", "base": old, "ours": ours, "theirs": "别人改的"}
    assert {key: conflict.text(key) for key in told} == told


def is_settled(flow: Flow, name: str) -> None:
    """The project at hand has that name, and nothing waits for a decision."""
    record = flow.app.session.document.record(flow.screen.state.file)
    assert record.text(("name",)) == name
    assert not record.rows(CONFLICTS)


@pytest.mark.parametrize("told", [True, False], ids=["it was shown", "it was not shown yet"])
async def test_both_are_kept_and_one_key_chooses(tmp_path: Path, told: bool) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        old = await typing_over(flow, told=told)
        await flow.press("enter")
        is_kept_twice(flow, old)
        assert "F4" in flow.notice
        await flow.press("f7", "f4", "2")
        is_settled(flow, "别人改的")


async def test_esc_leaves_what_the_other_wrote(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await typing_over(flow, told=True)
        await flow.press("escape")
        assert flow.text("name", file=flow.screen.state.file) == "别人改的"
        await flow.go("name")
        await flow.enter("看过以后改的")
        is_settled(flow, "看过以后改的")


async def test_another_text_typed_into_it_settles_a_conflict(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await typing_over(flow, told=True)
        await flow.press("enter", "f7")
        await flow.enter("商量以后改的")
        is_settled(flow, "商量以后改的")


async def test_one_undo_takes_value_and_conflict_back(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await typing_over(flow, told=True)
        await flow.press("enter", "ctrl+z")
        is_settled(flow, "别人改的")


async def test_a_project_changed_meanwhile_is_not_deleted_unreviewed(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await typing_over(flow, told=False)
        await flow.press("escape", "escape")
        file = flow.screen.state.file
        await flow.press("ctrl+k")
        assert flow.app.session.document.has(file)
        assert "别人刚刚改过" in flow.notice


async def test_a_text_left_half_typed_does_not_replace_what_was_written_since(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.type("自己改的")
        file = flow.screen.state.file
        old = flow.text("name", file=file)
        path = flow.app.session.folder.path(file)
    path.write_text(path.read_text(encoding="utf-8").replace(f'"{old}"', '"别人改的"'), encoding="utf-8")
    async with at_work(tmp_path / "data", SMALL) as flow:
        assert flow.screen.draft_review.text == "自己改的"
        await flow.press("enter")
        is_kept_twice(flow, old)


async def test_a_text_left_half_typed_is_committed_where_nobody_wrote_since(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.type("自己改的")
    async with at_work(tmp_path / "data", SMALL) as flow:
        await flow.press("enter")
        is_settled(flow, "自己改的")


async def test_undone_and_done_again_both_are_kept_once_more_also_after_a_restart(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        old = await typing_over(flow, told=True)
        await flow.press("enter", "ctrl+z", "ctrl+y")
        is_kept_twice(flow, old)
        await flow.press("ctrl+z")
        is_settled(flow, "别人改的")
    async with at_work(tmp_path / "data", SMALL) as flow:
        await flow.press("ctrl+y")
        is_kept_twice(flow, old)
        await flow.press("ctrl+z")
        is_settled(flow, "别人改的")


async def test_what_somebody_wrote_while_a_replacement_was_looked_at_is_kept_beside_it(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.run("find.replace")
        await flow.enter("社区工作", "街道工作")
        assert flow.screen.picker.is_open
        old = rename_outside(flow)
        await flow.press("enter")
        is_kept_twice(flow, old, old.replace("社区工作", "街道工作"))
        assert "F4" in flow.notice


async def test_what_somebody_wrote_while_a_paste_was_looked_at_is_kept_beside_it(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("name")
        await flow.paste("项目名称\t自己贴的\n财政资金\t2179600\n")
        assert flow.screen.picker.is_open
        old = rename_outside(flow)
        await flow.press("enter")
        is_kept_twice(flow, old, "自己贴的")
        assert "F4" in flow.notice


async def test_what_somebody_chose_while_a_list_was_open_is_kept_beside_it(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.run("view.department")
        await flow.go("status", file=DEPARTMENT)
        choices = next(field for field in flow.form.department.head if field.key == "status").choices
        old = flow.text("status", file=DEPARTMENT)
        theirs, ours = [choice for choice in choices if choice != old][:2]
        await flow.press("f4")
        path = flow.app.session.folder.path(DEPARTMENT)
        path.write_text(path.read_text(encoding="utf-8").replace(f'"{old}"', f'"{theirs}"'), encoding="utf-8")
        flow.screen.changed_outside(flow.app.session.poll())
        await flow.press(str(choices.index(ours) + 1))
        assert flow.text("status", file=DEPARTMENT) == ours
        (conflict,) = flow.rows(CONFLICTS, DEPARTMENT)
        assert [conflict.text(key) for key in ("base", "ours", "theirs")] == [old, ours, theirs]


async def test_an_answer_is_no_conflict_with_what_one_did_oneself(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        for ours in ("街道工作", "片区工作"):
            await flow.run("find.replace")
            await flow.enter("社区工作" if ours == "街道工作" else "街道工作", ours)
            await flow.press("enter")
            assert flow.record.text(("name",)).startswith(ours)
            assert not flow.rows(CONFLICTS)


def unit_outside(flow: Flow, unit: str) -> None:
    """Somebody else has the amounts of the document shown in another unit."""
    path = flow.session.folder.path(DEPARTMENT)
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if not line.startswith("amount_unit")]
    kept.insert(kept.index("") if "" in kept else 0, f'amount_unit = "{unit}"')
    path.write_text("\n".join(kept), encoding="utf-8")
    flow.screen.changed_outside(flow.session.poll())
    assert flow.screen.state.shown.unit == unit


async def test_an_amount_is_not_taken_in_a_unit_that_came_while_it_was_typed(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("budget", "other")
        await flow.type("120000")
        unit_outside(flow, "万元")
        await flow.press("enter")
        assert flow.text("budget", "other") == "0.00"
        assert "120000元" in flow.notice
        await flow.type("元")
        await flow.press("enter")
        assert flow.text("budget", "other") == "120000.00"


@pytest.mark.parametrize("offered", [False, True], ids=["comes back half-typed", "is offered"])
async def test_nor_where_the_unit_came_before_the_next_start(tmp_path: Path, offered: bool) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("budget", "other")
        await flow.type("120000")
        if offered:
            flow.session.hold(flow.place, "120000")
            await flow.press("escape")
        path = flow.session.folder.path(DEPARTMENT)
    path.write_text('amount_unit = "万元"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    async with at_work(tmp_path / "data", SMALL) as flow:
        await flow.press("enter")
        assert "120000元" in flow.notice
        assert all(flow.text("budget", "other", file=file) == "0.00" for file in flow.files)


async def test_what_was_copied_is_pasted_in_the_unit_in_which_it_was_copied(tmp_path: Path) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        await flow.press("enter")
        await flow.go("budget", "fiscal")
        await flow.press("ctrl+c")
        before = flow.text("budget", "fiscal")
        unit_outside(flow, "万元")
        await flow.go("budget", "other")
        await flow.press("ctrl+v")
        assert flow.text("budget", "other") == before


@pytest.mark.parametrize("copied", [False, True], ids=["a choice", "what becomes of a copied text"])
async def test_a_list_about_a_place_that_somebody_deleted_changes_no_other_place(tmp_path: Path, copied: bool) -> None:
    async with at_work(real(tmp_path), SMALL) as flow:
        if copied:
            for _project in range(2):
                await flow.run("row.pattern")
                await flow.enter("照抄")
                await flow.run("view.projects")
            await flow.press("end", "ctrl+end")
        await flow.press("enter")
        await flow.go("indicators", flow.rows("indicators")[1].id, "name")
        await flow.press("f4")
        assert flow.screen.picker._question.title.startswith("照抄自") == copied
        assert flow.session.flush().state is not SaveState.FAILED
        flow.session.folder.path(flow.screen.state.file).unlink()
        flow.screen.changed_outside(flow.session.poll())
        before = flow.document
        await flow.press("1")
        assert flow.document == before
        assert "不在了" in flow.notice
