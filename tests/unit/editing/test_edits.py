"""Edits as values: what each does, what takes it back, and what cannot be done."""

import pytest

from perftui.editing.edits import (
    AddFile,
    CannotApply,
    DropFile,
    DropRow,
    Edit,
    PutRow,
    SetValue,
    apply,
    apply_all,
    from_plain,
)
from perftui.model.document import DEPARTMENT
from perftui.model.record import ORDER, Row
from tests import factories

DOCUMENT = factories.document(projects=2)
ONE, TWO = DOCUMENT.projects
ROW = DOCUMENT.record(ONE).rows("goals")[0]


def test_a_value_is_set_and_set_back() -> None:
    after, inverse = apply(DOCUMENT, SetValue(file=ONE, path=("name",), value="新名称"))
    assert after.record(ONE).text(("name",)) == "新名称"
    assert inverse == SetValue(file=ONE, path=("name",), value=DOCUMENT.record(ONE).text(("name",)))
    assert apply(after, inverse)[0] == DOCUMENT


def test_a_blank_is_an_absent_key_and_comes_back_as_one() -> None:
    after, inverse = apply(DOCUMENT, SetValue(file=ONE, path=("budget", "purpose"), value=None))
    assert "purpose" not in after.record(ONE).tables["budget"]
    again, back = apply(after, inverse)
    assert again.record(ONE).text(("budget", "purpose")) == DOCUMENT.record(ONE).text(("budget", "purpose"))
    assert back == SetValue(file=ONE, path=("budget", "purpose"), value=None)


def test_a_row_keeps_its_id_and_place_over_deleting_and_undo() -> None:
    after, inverse = apply(DOCUMENT, DropRow(file=ONE, group="goals", row_id=ROW.id))
    assert after.record(ONE).row("goals", ROW.id) is None
    assert inverse == PutRow(file=ONE, group="goals", row=ROW)
    assert apply(after, inverse)[0].record(ONE).rows("goals") == DOCUMENT.record(ONE).rows("goals")


def test_a_project_comes_back_whole_and_in_its_place() -> None:
    after, inverse = apply(DOCUMENT, DropFile(file=ONE))
    assert list(after.projects) == [TWO]
    assert inverse == AddFile(file=ONE, record=DOCUMENT.record(ONE))
    assert list(apply(after, inverse)[0].projects) == [ONE, TWO]


def test_several_are_taken_back_last_first() -> None:
    edits = (
        SetValue(file=ONE, path=("name",), value="一"),
        SetValue(file=ONE, path=("name",), value="二"),
        DropRow(file=ONE, group="goals", row_id=ROW.id),
        DropFile(file=TWO),
    )
    after, inverses = apply_all(DOCUMENT, edits)
    assert isinstance(inverses[0], AddFile)
    assert inverses[-1] == SetValue(file=ONE, path=("name",), value=DOCUMENT.record(ONE).text(("name",)))
    assert apply_all(after, inverses)[0] == DOCUMENT


@pytest.mark.parametrize(
    "edit",
    [
        SetValue(file="projects/没有.toml", path=("name",), value="甲"),
        SetValue(file=ONE, path=("goals", "zzzzzz", "text"), value="甲"),
        PutRow(file=ONE, group="goals", row=ROW),
        DropRow(file=ONE, group="goals", row_id="zzzzzz"),
        DropRow(file="projects/没有.toml", group="goals", row_id=ROW.id),
        AddFile(file=ONE, record=DOCUMENT.record(ONE)),
        DropFile(file="projects/没有.toml"),
    ],
)
def test_what_is_not_there_cannot_be_edited(edit: Edit) -> None:
    with pytest.raises(CannotApply):
        apply(DOCUMENT, edit)


def test_rows_stay_in_the_order_of_their_places() -> None:
    after, _inverse = apply(DOCUMENT, PutRow(file=ONE, group="goals", row=Row(id="aaaaaa", values={ORDER: 1500})))
    assert [row.order for row in after.record(ONE).rows("goals")] == [1000, 1500, 2000]


def test_the_department_is_edited_as_well() -> None:
    after, _inverse = apply(DOCUMENT, SetValue(file=DEPARTMENT, path=("overall_goal",), value="新目标"))
    assert after.department.text(("overall_goal",)) == "新目标"


@pytest.mark.parametrize("plain", [{}, {"set": ["name"]}, {"put": "goals", "file": ONE}, {"add": ONE, "record": 5}])
def test_what_no_edit_wrote_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        from_plain(plain)
