"""Findings fixed and accepted, conflicts settled, deleted projects restored."""

from pathlib import Path

import pytest

from perftui.model.document import Document, Location
from perftui.model.record import ORDER, Plain, Row
from perftui.tui.state import review_decisions
from perftui.tui.state.navigation import next_undecided
from tests import factories
from tests.unit.tui.state.states import opened


def torn(**values: Plain) -> Document:
    """The first project with a conflict."""
    document = factories.document(projects=1)
    file, record = next(iter(document.projects.items()))
    return document.with_record(file, record.with_row("conflicts", Row(id="c00001", values={ORDER: 1000, **values})))


@pytest.mark.parametrize("side", ["ours", "theirs", "base"])
def test_a_field_is_settled_for_each_side_and_undone(tmp_path: Path, side: str) -> None:
    document = torn(field="name", base="原来的", ours="街道工作者补助", theirs="对方的", theirs_by="李四")
    with opened(tmp_path, document) as state:
        before = state.session.document
        conflict = review_decisions.conflict_at(state, Location(file=state.file, path=("name",)))
        assert conflict is not None
        text, whose = review_decisions.side_label(conflict, side)
        assert whose == {"ours": "这里的", "theirs": "李四的", "base": "原来的"}[side]
        mine = review_decisions.side_label(conflict, side, ("root", "李四"))[1]
        assert mine == {"ours": "这里的", "theirs": "您的", "base": "原来的"}[side]
        review_decisions.settle(state, conflict, side)
        assert state.record.text(("name",)) == text
        assert review_decisions.conflict_at(state, Location(file=state.file, path=("name",))) is None
        state.undo()
        assert state.session.document == before


def test_a_side_that_is_blank_is_named_and_blanks(tmp_path: Path) -> None:
    with opened(tmp_path, torn(field="name", base="原来的", ours="街道工作者补助")) as state:
        conflict = review_decisions.conflict_at(state, Location(file=state.file, path=("name",)))
        assert conflict is not None
        assert review_decisions.side_label(conflict, "theirs") == ("（空）", "别人的")
        review_decisions.settle(state, conflict, "theirs")
        assert state.record.value(("name",)) is None


def test_elsewhere_there_is_no_conflict(tmp_path: Path) -> None:
    with opened(tmp_path, torn(field="name", base="一", ours="二", theirs="三")) as state:
        assert review_decisions.conflict_at(state, Location(file=state.file, path=("code",))) is None
        assert review_decisions.conflict_at(state, Location(file="projects/none.toml")) is None
        assert review_decisions.conflict_at(state, None) is None


def test_a_deleted_project_comes_back_under_its_name_once_only(tmp_path: Path) -> None:
    from perftui.editing.rows import drop_project

    with opened(tmp_path, factories.document(projects=2)) as state:
        file = state.file
        record = state.record
        state.run([drop_project(file)], "删除")
        state.session.flush()
        assert [one.file for one in state.session.deleted()] == [file]
        assert review_decisions.restore_deleted(state, file) == Location(file=file)
        assert state.session.document.record(file) == record
        assert review_decisions.restore_deleted(state, "projects/none.toml") is None


def test_nothing_is_fixed_where_nothing_is_wrong(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=1)) as state:
        before = state.session.document
        place = Location(file=state.file, path=("name",))
        assert review_decisions.apply_fixes(state, (), place) == place
        assert review_decisions.apply_fixes(state, (), None) is None
        assert state.session.document == before


def test_a_project_that_one_edited_and_another_deleted_is_gone_to_first_and_says_whose_it_is(tmp_path: Path) -> None:
    with opened(tmp_path, torn(field="*", ours_by="乙", theirs="deleted", theirs_by="甲")) as state:
        conflict = review_decisions.conflict_at(state, Location(file=state.file))
        assert conflict is not None
        state.route.add_undecided([conflict.place])
        assert next_undecided(state) == Location(file=state.file)
        labels = [review_decisions.side_label(conflict, side, ("root", "乙"))[0] for side in conflict.sides]
        assert labels == ["留下这个项目（您改过）", "删除这个项目（甲删除了）"]
