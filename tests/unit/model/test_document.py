import pytest

from perftui.model.document import DEPARTMENT, Document, Location, file_stem, project_file
from perftui.model.record import Record
from tests import factories


def test_projects_stand_in_reading_order() -> None:
    document = factories.document()
    files = list(document.projects)
    moved = document.with_record(files[0], document.projects[files[0]].with_value(("order",), 9999))
    assert list(moved.projects) == [files[1], files[2], files[0]]
    nowhere = document.with_record(files[0], document.projects[files[0]].with_value(("order",), None))
    assert list(nowhere.projects)[-1] == files[0]


def test_equal_places_go_by_file_name() -> None:
    document = Document(year=2021, unit="1", form="mof-2021", department=Record())
    for name in ("b", "a"):
        document = document.with_record(project_file(name), Record(head={"order": 1000}))
    assert list(document.projects) == ["projects/a.toml", "projects/b.toml"]


def test_records_are_found_by_file() -> None:
    document = factories.document()
    assert document.record(DEPARTMENT) is document.department
    assert [file for file, _record in document.files()] == [DEPARTMENT, *document.projects]
    assert document.has(DEPARTMENT)
    assert not document.has("projects/x.toml")
    with pytest.raises(KeyError):
        document.record("projects/x.toml")


def test_the_department_is_changed_as_a_file() -> None:
    document = factories.document()
    record = document.department.with_value(("unit_name",), "新")
    assert document.with_record(DEPARTMENT, record).department == record


def test_a_project_is_taken_out() -> None:
    document = factories.document()
    first = next(iter(document.projects))
    assert list(document.without(first).projects) == list(document.projects)[1:]


def test_files_are_named_by_their_stem() -> None:
    assert file_stem(project_file("130303")) == "130303"
    assert file_stem(DEPARTMENT) == "department"


def test_a_place_is_in_its_row_its_table_and_its_file() -> None:
    place = Location(file="projects/1.toml", path=("goals", "7k2fmw", "text"))
    wholes = [place, *(Location(file=place.file, path=place.path[:count]) for count in (2, 1, 0))]
    assert all(place.is_in(whole) for whole in wholes)
    assert not any(whole.is_in(place) for whole in wholes[1:])
    assert not place.is_in(Location(file="projects/2.toml"))
