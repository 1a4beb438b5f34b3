"""What a save put aside, and what killed programs left behind, is taken in or told: never lost or deleted unseen."""

import shutil
from pathlib import Path

import pytest

from perftui.editing.edits import SetValue
from perftui.files.errors import ChangedOnDisk
from perftui.forms import Role
from perftui.session import document_files
from perftui.session.open_document import OpenDocument
from perftui.store.file_state import FileState
from perftui.store.folder import find_documents
from tests.conftest import ROOT


@pytest.fixture
def session(tmp_path: Path) -> OpenDocument:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return OpenDocument.open(find_documents(tmp_path / "data")[0])


def test_a_version_that_a_save_put_aside_is_merged_in(session: OpenDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    file = next(iter(session.document.projects))
    path = session.folder.path(file)
    aside = path.with_name(".aside.perftui-tmp")
    aside.write_text(path.read_text(encoding="utf-8").replace("社区工作专项补助", "别人改的名称"), encoding="utf-8")
    save, met = document_files.save_file, [aside]

    def meets_another_version(*arguments: object, **options: object) -> FileState:
        if met:
            raise ChangedOnDisk(path, None, kept=met.pop())
        return save(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(document_files, "save_file", meets_another_version)
    purpose = session.form.project.path_of(Role.PURPOSE)
    assert purpose is not None
    session.run([SetValue(file=file, path=purpose, value="这里改的用途")], "修改")
    assert session.close().waiting == ()
    stored = path.read_text(encoding="utf-8")
    assert "别人改的名称" in stored
    assert "这里改的用途" in stored
    assert not aside.exists()


def test_what_a_killed_program_left_is_told_and_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "perftui.files.sweep.MIN_AGE", -60
    )  # nobody can make a file look a day old: ctime is the system's
    shutil.copytree(ROOT / "data", tmp_path / "data")
    folder = find_documents(tmp_path / "data")[0]
    first = OpenDocument.open(folder)
    first.close()
    path = folder.folder / f".department.toml.999999-00000000-1-{'a' * 12}-{'b' * 12}.perftui-tmp"
    path.write_text("别人的内容", encoding="utf-8")
    again = OpenDocument.open(folder)
    again.close()
    assert path.exists()
    assert path.name in again.left_over
