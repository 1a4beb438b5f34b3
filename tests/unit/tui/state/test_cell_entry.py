"""What becomes of what is typed, cleared and taken."""

from pathlib import Path

import pytest

from perftui.editing.entry import EntryRefused
from perftui.forms import load_form
from perftui.model.document import DEPARTMENT
from perftui.tui.state.app_state import PENDING
from perftui.tui.state.cell_entry import clear, enter, take_offer
from tests import factories
from tests.unit.tui.state.states import cell_at, opened

TYPED = {
    "amount": "3", "percent": "7.5", "code": "A1", "date": "2020-02-03", "period": "2020年2月至2020年3月",
    "integer": "77",
}  # fmt: skip
"""What is typed into fields that take no text, by kind."""


@pytest.mark.parametrize("form", factories.FORMS)
def test_every_field_of_the_forms_can_be_typed_into(tmp_path: Path, form: str) -> None:
    spec = load_form(form).project
    with opened(tmp_path, factories.document(form)) as state:
        record = state.record
        for path, field in spec.fields(record):
            if field.hidden or field.formula:
                continue
            cell = cell_at(state, path)
            typed = TYPED.get(field.kind.value, "新的文字")
            if field.kind.value != "choice":
                place = enter(state, cell, typed)
                assert place == cell.place
                assert state.record.text(path)
                assert state.record.text(path) != record.text(path)


def test_the_same_text_again_is_no_step(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document()) as state:
        cell = cell_at(state, ("name",))
        enter(state, cell, cell.edit_text)
        assert state.session.history.done == ()


def test_a_refusal_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document()) as state:
        before = state.session.document
        with pytest.raises(EntryRefused, match="“很”不能写在数字里"):
            enter(state, cell_at(state, ("budget", "total")), "很多")
        assert state.session.document == before


def test_the_first_text_stores_a_new_project(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(projects=1)) as state:
        state.open_project(PENDING)
        place = enter(state, cell_at(state, ("name",)), "新项目")
        assert place is not None
        assert state.session.document.record(place.file).text(("name",)) == "新项目"
        assert len(state.session.document.projects) == 2


def test_a_class_brings_its_category(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document()) as state:
        row = state.record.rows("indicators")[0]
        enter(state, cell_at(state, ("indicators", row.id, "class")), "社会效益指标")
        changed = state.record.row("indicators", row.id)
        assert changed is not None
        assert changed.text("category") == "效益指标"
        state.undo()
        assert state.record.row("indicators", row.id) == row


def test_clearing_is_one_step_and_passes_over_blanks_and_ghosts(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document()) as state:
        before = state.session.document
        paths = [("name",), ("title",), ("budget", "total"), ("goals", "+", "text")]
        assert not state.record.text(("title",))
        clear(state, [cell_at(state, path) for path in paths])
        assert not state.record.text(("name",))
        assert not state.record.text(("budget", "total"))
        state.undo()
        assert state.session.document == before
        clear(state, [cell_at(state, ("goals", "+", "text"))])
        assert state.notice == "没有要改的"


def test_taking_where_nothing_is_offered_says_so(tmp_path: Path) -> None:
    with opened(tmp_path, factories.document(), pane="department") as state:
        assert take_offer(state, cell_at(state, ("unit_name",), DEPARTMENT)) is None
        assert "没有灰色的建议" in state.notice


def test_the_whole_plan_is_taken_but_what_is_there_stays(tmp_path: Path) -> None:
    document = factories.document(projects=1)
    file = next(iter(document.projects))
    blank = {"plan.m03": None, "plan.m06": "60", "plan.m10": None, "plan.m12": None}
    with opened(tmp_path, document.with_record(file, factories.project("hebei-2021", 1, **blank))) as state:
        take_offer(state, cell_at(state, ("plan", "m03")))
        assert dict(state.record.tables["plan"]) == {"m03": "25", "m06": "60", "m10": "75", "m12": "100"}
        assert len(state.session.history.done) == 1
