"""The merge driver: by field, conflicts as data, and git's own merge when it fails."""

import sys
from pathlib import Path
from typing import Any

import pytest

from perftui.forms import load_form
from perftui.model.record import CONFLICTS, Record
from perftui.store.folder import DocumentFolder
from perftui.store.git.merge_driver import CONFLICTS as CONFLICT_CODE
from perftui.store.git.merge_driver import MERGED, merge_bytes, merge_files
from perftui.store.open import open_document
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories
from tests.unit.store.documents import first_file, write_document
from tests.unit.store.repositories import Clone, driver_program

SPEC = load_form("hebei-2021").project
BASE = factories.project()
FILE = first_file(factories.document())


def data(record: Record) -> bytes:
    return canonical(record, SPEC).encode()


def three(tmp_path: Path, *versions: bytes) -> tuple[Path, Path, Path]:
    paths = tuple(tmp_path / name for name in ("base", "ours", "theirs"))
    for path, version in zip(paths, versions, strict=True):
        path.write_bytes(version)
    return paths  # type: ignore[return-value]


def test_versions_are_merged_into_ours(tmp_path: Path) -> None:
    ours, theirs = BASE.with_value(("name",), "甲"), BASE.with_value(("plan", "m03"), "30")
    paths = three(tmp_path, data(BASE), data(ours), data(theirs))
    assert merge_files(*paths) == MERGED
    assert decode(paths[1].read_bytes(), SPEC) == ours.with_value(("plan", "m03"), "30")


def test_conflicts_are_data(tmp_path: Path) -> None:
    paths = three(tmp_path, data(BASE), data(BASE.with_value(("name",), "甲")), data(BASE.with_value(("name",), "乙")))
    assert merge_files(*paths, theirs_by="李四") == CONFLICT_CODE
    (row,) = decode(paths[1].read_bytes(), SPEC).rows(CONFLICTS)
    assert (row.text("theirs"), row.text("theirs_by")) == ("乙", "李四")


def test_a_file_that_both_added_has_no_base(tmp_path: Path) -> None:
    paths = three(tmp_path, b"", data(BASE), data(BASE.with_value(("name",), "乙")))
    assert merge_files(*paths) == CONFLICT_CODE


@pytest.mark.parametrize("broken", [0, 1, 2])
def test_a_version_that_cannot_be_read_leaves_ours_alone(tmp_path: Path, broken: int) -> None:
    versions = [data(BASE), data(BASE.with_value(("name",), "甲")), data(BASE)]
    versions[broken] = b"name = \n"
    paths = three(tmp_path, *versions)
    with pytest.raises(BadFile):
        merge_files(*paths)
    assert paths[1].read_bytes() == versions[1]


@pytest.mark.parametrize("form", factories.FORMS)
def test_the_form_is_found_by_the_documents_folder_or_the_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    document = factories.document(form)
    folder = write_document(tmp_path / "data", document)
    monkeypatch.chdir(tmp_path)
    for file, record in document.files():
        spec = load_form(form).spec_of(file)
        versions = [canonical(record, spec).encode()] * 3
        for name in (f"data/2021/613001/{file}", ""):
            assert merge_files(*three(tmp_path, *versions), name) == MERGED
            assert (tmp_path / "ours").read_bytes() == versions[0]
    folder.path(factories.DEPARTMENT).write_text('form = "none"\n')
    assert merge_files(*three(tmp_path, *versions), f"data/2021/613001/{FILE}") == MERGED
    assert (tmp_path / "ours").read_bytes() == versions[0]


def test_a_hand_written_version_keeps_its_look() -> None:
    own = b"# mine\n" + data(BASE).replace(b'"130303210000000000001"', b"'130303210000000000001'  # code")
    theirs = data(BASE.with_value(("plan", "m03"), "30"))
    merged = merge_bytes(data(BASE), own, theirs, SPEC, "x")
    assert merged.data == own.replace(b'm03 = "25"', b'm03 = "30"')


def test_the_driver_starts_with_the_standard_library_alone(run_python: Any) -> None:
    code = (
        "import sys\n"
        "import perftui.store.git.merge_driver\n"
        "print([name for name in ('textual', 'docx', 'lxml', 'tomlkit', 'platformdirs') if name in sys.modules])"
    )
    assert run_python(code) == "[]"


# ---- with git


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = Clone.new(tmp_path / "clone")
    write_document(made.root / "data", factories.document())
    (made.root / ".gitattributes").write_text("*.toml text eol=lf merge=perftui diff=perftui\n")
    made.commit()
    return made


def folder_of(clone: Clone) -> DocumentFolder:
    return DocumentFolder(year=2021, unit="613001", folder=clone.root / "data" / "2021" / "613001")


def diverge(clone: Clone, ours: Record, theirs: Record) -> None:
    path = folder_of(clone).path(FILE)
    clone.git("switch", "-q", "-c", "theirs")
    path.write_bytes(data(theirs))
    clone.commit("他的")
    clone.git("switch", "-q", "main")
    path.write_bytes(data(ours))
    clone.commit("我的")


def test_git_merges_by_field(clone: Clone, tmp_path: Path) -> None:
    clone.install(driver_program(tmp_path))
    ours, theirs = BASE.with_value(("plan", "m03"), "20"), BASE.with_value(("plan", "m06"), "60")
    diverge(clone, ours, theirs)
    clone.git("merge", "-q", "theirs")
    assert clone.git("status", "--short") == ""
    assert open_document(folder_of(clone)).document.projects[FILE] == ours.with_value(("plan", "m06"), "60")


def test_a_conflict_stops_git_and_leaves_a_valid_file(clone: Clone, tmp_path: Path) -> None:
    clone.install(driver_program(tmp_path))
    diverge(clone, BASE.with_value(("name",), "甲"), BASE.with_value(("name",), "乙"))
    assert "CONFLICT" in clone.git("merge", "theirs", check=False)
    opened = open_document(folder_of(clone))
    assert opened.problems == ()
    (row,) = opened.document.projects[FILE].rows(CONFLICTS)
    assert row.text("theirs_by") == "张三"


@pytest.mark.parametrize(
    "program",
    ["/nowhere/perftui", "false", "sh -c 'kill -9 $$'", "sh -c 'exit 129'", f"{sys.executable} -c 'import none'"],
)
def test_a_driver_that_fails_leaves_gits_own_merge(clone: Clone, program: str) -> None:
    clone.install(program)
    diverge(clone, BASE.with_value(("name",), "甲"), BASE.with_value(("name",), "乙"))
    assert "CONFLICT" in clone.git("merge", "theirs", check=False)
    text = folder_of(clone).path(FILE).read_text(encoding="utf-8")
    assert "<<<<<<<" in text
    assert "|||||||" in text
    assert "乙" in text


def test_a_broken_version_is_merged_by_git(clone: Clone, tmp_path: Path) -> None:
    clone.install(driver_program(tmp_path))
    path = folder_of(clone).path(FILE)
    diverge(clone, BASE.with_value(("name",), "甲"), BASE.with_value(("plan", "m03"), "30"))
    clone.git("switch", "-q", "theirs")
    path.write_bytes(path.read_bytes() + b"broken\n")
    clone.commit()
    clone.git("switch", "-q", "main")
    clone.git("merge", "-q", "theirs", check=False)
    text = path.read_text(encoding="utf-8")
    assert "甲" in text
    assert "broken" in text


@pytest.mark.parametrize("name", ["library/a.toml", "pyproject.toml", "projects/x/a.toml"])
def test_a_file_that_is_no_record_is_left_to_git(tmp_path: Path, name: str) -> None:
    paths = three(tmp_path, data(BASE), data(BASE.with_value(("name",), "甲")), data(BASE))
    before = paths[1].read_bytes()
    with pytest.raises(BadFile):
        merge_files(*paths, name=name)
    assert paths[1].read_bytes() == before


def test_the_driver_names_both_sides_by_their_authors(
    clone: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.install(driver_program(tmp_path))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "李四")
    diverge(clone, BASE.with_value(("name",), "甲"), BASE.with_value(("name",), "乙"))
    clone.git("merge", "theirs", check=False)
    rows = decode((clone.root / "data" / "2021" / "613001" / FILE).read_bytes(), SPEC).rows(CONFLICTS)
    assert [(row.text("ours_by"), row.text("theirs_by")) for row in rows] == [("李四", "李四")]


# ---- a copy that git takes for the record it was made from


NEXT_YEAR = Path("data/2022/613001/projects/new-2222ab.toml")
BESIDE = Path("data/2021/613001/projects/new-2222ab.toml")
PULLED = {
    "merge": ("merge", "-q", "theirs"), "rebase": ("rebase", "-q", "theirs"), "cherry-pick": ("cherry-pick", "theirs"),
}  # fmt: skip


def part_from_copy(clone: Clone, made: Path, copy: Record, *, edited: Record, by_us: bool) -> None:
    """One side copies a project and deletes it, the other still writes into it."""
    path = folder_of(clone).path(FILE)
    clone.git("switch", "-q", "-c", "theirs")
    for name, is_copy in (("theirs", not by_us), ("main", by_us)):
        clone.git("switch", "-q", name)
        if is_copy:
            (clone.root / made).parent.mkdir(parents=True, exist_ok=True)
            (clone.root / made).write_bytes(data(copy))
            path.unlink()
        else:
            path.write_bytes(data(edited))
        clone.commit(name)


@pytest.mark.parametrize("by_us", [True, False])
@pytest.mark.parametrize("words", PULLED.values(), ids=PULLED)
def test_what_was_written_into_a_deleted_project_waits_in_its_copy(
    clone: Clone, tmp_path: Path, words: tuple[str, ...], by_us: bool
) -> None:
    clone.install(driver_program(tmp_path))
    edited = BASE.with_value(("budget", "purpose"), "还在写").with_value(("order",), 7)
    part_from_copy(clone, NEXT_YEAR, BASE.with_value(("code",), None), edited=edited, by_us=by_us)
    assert "CONFLICT" in clone.git(*words, check=False)
    merged = decode((clone.root / NEXT_YEAR).read_bytes(), SPEC)
    (row,) = merged.rows(CONFLICTS)
    assert (row.text("field"), row.text("theirs")) == ("budget.purpose", "还在写")
    assert merged.without_row(CONFLICTS, row.id) == BASE.with_value(("code",), None)


def test_a_clone_without_the_driver_keeps_a_copy_apart_where_git_stops(clone: Clone) -> None:
    copy = BASE.with_value(("code",), None).with_value(("name",), "下一年")
    part_from_copy(clone, NEXT_YEAR, copy, edited=BASE.with_value(("name",), "还在写"), by_us=True)
    clone.git("merge", "theirs", check=False)
    folder = DocumentFolder(year=2022, unit="613001", folder=clone.root / "data" / "2022" / "613001")
    (merged,) = open_document(folder).document.projects.values()
    assert [(row.text("ours"), row.text("theirs")) for row in merged.rows(CONFLICTS)] == [("下一年", "还在写")]


def test_a_copy_beside_its_project_is_told_by_its_place(clone: Clone, tmp_path: Path) -> None:
    clone.install(driver_program(tmp_path))
    copy = BASE.with_value(("code",), None).with_value(("order",), 1500)
    part_from_copy(clone, BESIDE, copy, edited=BASE.with_value(("name",), "还在写"), by_us=True)
    assert "CONFLICT" in clone.git("merge", "-q", "theirs", check=False)
    rows = decode((clone.root / BESIDE).read_bytes(), SPEC).rows(CONFLICTS)
    assert [row.text("theirs") for row in rows] == ["还在写"]


def test_a_project_that_only_has_another_file_name_is_merged(clone: Clone, tmp_path: Path) -> None:
    clone.install(driver_program(tmp_path))
    edited = BASE.with_value(("name",), "还在写").with_value(("order",), 7)
    part_from_copy(clone, BESIDE, BASE.with_value(("code",), "1"), edited=edited, by_us=True)
    clone.git("merge", "-q", "theirs")
    assert decode((clone.root / BESIDE).read_bytes(), SPEC) == edited.with_value(("code",), "1")
