import re
from pathlib import Path

import pytest

from perftui.forms import UnknownForm, load_form
from perftui.model.record import Record
from perftui.store.create import CannotCreate, create_document, format_names, new_project_file
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from tests import factories
from tests.unit.store.documents import write_document

SPEC = load_form("hebei-2021").project


@pytest.mark.parametrize("form", factories.FORMS)
def test_a_new_document_is_empty_and_opens(tmp_path: Path, form: str) -> None:
    folder = create_document(tmp_path / "data", 2021, "613001", form, " 街道 ", "130303")
    assert find_documents(tmp_path / "data") == (folder,)
    opened = open_document(folder)
    assert opened.problems == ()
    assert opened.form.id == form
    assert opened.document.projects == {}
    assert opened.document.department.head == {
        "schema": 1, "form": form, "division": "130303", "unit_code": "613001", "unit_name": "街道", "year": 2021,
        "status": "填报中",
    }  # fmt: skip


def test_git_is_told_about_the_files_once(tmp_path: Path) -> None:
    create_document(tmp_path, 2021, "613001", "hebei-2021", "甲")
    assert (tmp_path / ".gitattributes").read_text() == "*.toml text eol=lf merge=perftui diff=perftui\n"
    assert "*.perftui-lock" in (tmp_path / ".gitignore").read_text()
    (tmp_path / ".gitignore").write_text("own\n")
    create_document(tmp_path, 2022, "613001", "hebei-2021", "甲")
    assert (tmp_path / ".gitignore").read_text() == "own\n"


@pytest.mark.parametrize(
    ("year", "unit", "name"),
    [(21, "613001", "甲"), (12021, "613001", "甲"), (2021, "../x", "甲"), (2021, "", "甲"), (2021, "613001", " ")],
)
def test_a_wrong_year_unit_or_name_is_a_sentence(tmp_path: Path, year: int, unit: str, name: str) -> None:
    with pytest.raises(CannotCreate):
        create_document(tmp_path / "data", year, unit, "hebei-2021", name)
    assert not (tmp_path / "data").exists()


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    create_document(tmp_path, 2021, "613001", "hebei-2021", "甲")
    with pytest.raises(CannotCreate, match="已经有了"):
        create_document(tmp_path, 2021, "613001", "mof-2021", "乙")
    with pytest.raises(UnknownForm):
        create_document(tmp_path, 2022, "613001", "none", "乙")


def test_a_new_project_is_named_by_its_code_if_it_can_be() -> None:
    record = factories.project()
    code = factories.project_code(1)
    assert new_project_file(record, SPEC, ()) == f"projects/{code}.toml"
    other = new_project_file(record, SPEC, {f"projects/{code}.toml"})
    assert re.fullmatch(r"projects/new-[2-9a-z]{6}\.toml", other)


@pytest.mark.parametrize("code", [None, "13a", "../../etc", "编码", "A B", "A" * 200])
def test_other_codes_are_no_names(code: str | None) -> None:
    assert "new-" in new_project_file(factories.project(code=code), SPEC, ())


def test_a_form_without_codes_gets_new_names() -> None:
    assert "new-" in new_project_file(Record(), load_form("mof-2021").project, ())


def test_files_are_renamed_to_their_codes_when_asked(tmp_path: Path) -> None:
    folder = write_document(tmp_path)
    names = sorted(factories.document().projects)
    folder.path(names[0]).rename(folder.path("projects/new-aaaaaa.toml"))
    folder.path(names[1]).rename(folder.path("projects/own.toml"))
    (folder.path("projects/new-bbbbbb.toml")).write_bytes(folder.path(names[2]).read_bytes())
    before = open_document(folder).document
    assert format_names(open_document(folder)) == {"projects/new-aaaaaa.toml": names[0]}
    after = open_document(folder).document
    assert set(after.projects) == {names[0], "projects/own.toml", names[2], "projects/new-bbbbbb.toml"}
    assert after.projects[names[0]] == before.projects["projects/new-aaaaaa.toml"]
