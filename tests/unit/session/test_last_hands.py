"""Who is said to have changed a file last."""

import os
from pathlib import Path

import pytest

from perftui.model.document import DEPARTMENT
from perftui.session.last_hands import LastHands
from perftui.store.folder import DocumentFolder, find_documents
from tests.pty.program import real_data


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    """The real document, all of it kept in one version."""
    return find_documents(real_data(tmp_path))[0]


def test_a_change_that_is_in_no_version_is_not_the_last_author_s(folder: DocumentFolder) -> None:
    before = LastHands([folder]).of_files(folder)
    assert len(before) == 8
    assert set(before.values()) == {os.environ["GIT_AUTHOR_NAME"]}
    path = folder.path(DEPARTMENT)
    path.write_text(path.read_text(encoding="utf-8") + "# 改过\n", encoding="utf-8")
    assert LastHands([folder]).of_files(folder) == {file: who for file, who in before.items() if file != DEPARTMENT}


def test_what_lies_beside_a_document_waits_for_no_version(folder: DocumentFolder) -> None:
    first = next(folder.folder.glob("projects/*.toml"))
    for name in ("笔记.txt", "projects/.~lock.x", f"{first.stem}~", f"projects/{first.stem} - 副本.toml"):
        (folder.folder / name).write_bytes(first.read_bytes())
    first.write_bytes(first.read_bytes() + b"# 1\n")
    hands = LastHands([folder])
    assert hands.standing(folder).not_kept == {f"projects/{first.name}"}
    assert hands.in_short(folder) == "1 个文件没存版本"


def test_the_history_is_read_once_for_each_last_version(
    folder: DocumentFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = tmp_path / "trace"
    monkeypatch.setenv("GIT_TRACE2_EVENT", str(trace))
    known = LastHands([folder]).hands
    path = folder.path(DEPARTMENT)
    path.write_text(path.read_text(encoding="utf-8") + "# 改过\n", encoding="utf-8")
    again = LastHands([folder], known=known)
    assert again.standing(folder).not_kept == {DEPARTMENT}
    assert again.standing(folder).last_hands == LastHands([folder]).standing(folder).last_hands
    assert trace.read_text(encoding="utf-8").count('"name":"log"') == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another account")
def test_it_is_the_account_s_that_the_file_belongs_to(folder: DocumentFolder) -> None:
    path = folder.path(DEPARTMENT)
    path.write_text(path.read_text(encoding="utf-8") + "# 改过\n", encoding="utf-8")
    os.chown(path, 1, 1)
    assert LastHands([folder]).of_files(folder)[DEPARTMENT] == "daemon"
