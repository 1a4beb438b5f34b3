"""Which project of the year before is which of this year's."""

from dataclasses import replace
from pathlib import Path

import pytest

from perftui.forms import load_form
from perftui.model.document import Document, project_file
from perftui.model.record import Record, Row
from perftui.session.last_year import LastYear, read_last_year
from perftui.session.new_document import rolled_over, write_document
from perftui.store.folder import document_folder
from tests.factories import document
from tests.unit.forms.sample import sample_form

FORM = load_form("hebei-2021")


def test_a_project_is_found_by_its_origin_else_by_its_name() -> None:
    before = document(projects=3)
    last = LastYear(before, FORM)
    now = list(rolled_over(before, FORM, before.year + 1).projects.values())
    assert [last.file_of(record) for record in now] == list(before.projects)
    renamed = now[0].with_value(("name",), "改了名称")
    assert last.file_of(renamed) == next(iter(before.projects))
    assert last.file_of(now[1].with_value(("origin",), None)) == list(before.projects)[1]
    assert last.file_of(renamed.with_value(("origin",), None)) is None
    assert last.file_of(now[0].with_value(("origin",), "projects/none.toml")) is None
    assert list(last.ended(now[1:])) == [next(iter(before.projects))]


def test_a_name_that_two_projects_have_finds_neither() -> None:
    before = document(projects=2)
    same = replace(before, projects={file: one.with_value(("name",), "同名") for file, one in before.projects.items()})
    assert LastYear(same, FORM).file_of(Record(head={"name": "同名"})) is None


def test_the_newest_earlier_document_of_the_unit_is_read(tmp_path: Path) -> None:
    now = document(projects=1)
    for year in (now.year - 2, now.year - 1, now.year):
        folder = document_folder(tmp_path, year, now.unit)
        write_document(folder, replace(now, year=year))
        found = read_last_year(folder, FORM)
        assert (found.year if found else None) == (year - 1 if year > now.year - 2 else None)


def test_a_departments_amounts_are_left_blank_as_those_of_projects_are() -> None:
    form = load_form("guangshui-2021")
    before = document(form.id)
    path = form.department.amounts[0].path(form.department.amounts[0].total.field)
    assert before.department.text(path)
    assert rolled_over(before, form, 2022, amounts=False).department.text(path) == ""
    assert rolled_over(before, form, 2022, amounts=True).department.text(path) == before.department.text(path)


@pytest.mark.parametrize("amounts", [False, True])
def test_amounts_of_rows_and_of_the_head_are_left_blank_with_those_of_tables(amounts: bool) -> None:
    form = sample_form()
    values = {"what": "电脑", "price": "5000.00", "count": 3, "amount": "15000.00"}
    project = Record(head={"name": "购置电脑", "rest": "1.00"}).with_row("costs", Row(id="a", values=values))
    before = Document(
        year=2021, unit="613001", form=form.id, department=Record(), projects={project_file("1"): project}
    )
    (after,) = rolled_over(before, form, 2022, amounts=amounts).projects.values()
    assert after.text(("costs", "a", "what")) == "电脑"
    assert after.value(("costs", "a", "count")) == 3
    assert [after.text(("costs", "a", key)) for key in ("price", "amount")] == (
        ["5000.00", "15000.00"] if amounts else ["", ""]
    )
    assert after.text(("rest",)) == ("1.00" if amounts else "")
