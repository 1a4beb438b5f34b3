import os
import time
from pathlib import Path

import pytest

from perftui.forms import load_form
from perftui.store import trash
from perftui.store.document_state_dir import own_folder
from perftui.store.toml.canonical import canonical
from perftui.store.trash import deleted_projects, keep_deleted
from tests import factories

SPEC = load_form("hebei-2021").project


def test_deleted_projects_are_kept_the_latest_first(tmp_path: Path) -> None:
    for number in (1, 2):
        keep_deleted(tmp_path, f"projects/new-{number}.toml", canonical(factories.project(index=number), SPEC).encode())
    kept = deleted_projects(tmp_path, SPEC)
    assert [one.file for one in kept] == ["projects/new-2.toml", "projects/new-1.toml"]
    assert kept[1].record == factories.project()
    assert abs(kept[0].at - time.time()) < 60
    assert deleted_projects(tmp_path / "other", SPEC) == ()


def test_after_thirty_days_they_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_deleted(tmp_path, "projects/old.toml", b"schema = 1\n")
    later = time.time() + 31 * 24 * 3600
    monkeypatch.setattr(trash.time, "time", lambda: later)
    monkeypatch.setattr(trash.time, "time_ns", lambda: int(later * 10**9))
    keep_deleted(tmp_path, "projects/new.toml", b"schema = 1\n")
    assert [one.file for one in deleted_projects(tmp_path, SPEC)] == ["projects/new.toml"]


def test_what_cannot_be_read_there_is_passed_over(tmp_path: Path) -> None:
    place = own_folder(tmp_path, "deleted")
    (place / "1-ab-x.toml").write_bytes(b"\xff")
    (place / "odd.toml").write_bytes(b"schema = 1\n")
    os.mkfifo(place / "2-ab-pipe.toml")
    assert deleted_projects(tmp_path, SPEC) == ()
