import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from perftui.desk.presence import Presence
from tests.unit.store.repositories import ROOT


def test_people_see_each_other_and_where_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFTUI_USER", "张三")
    one = Presence(tmp_path)
    monkeypatch.setenv("PERFTUI_USER", "李四")
    other = Presence(tmp_path)
    other.at("projects/a.toml")
    assert [(seen.person, seen.file, seen.here, seen.certain) for seen in one.others()] == [
        ("李四", "projects/a.toml", True, True)
    ]
    assert [seen.person for seen in other.others()] == ["张三"]
    other.leave()
    assert one.others() == ()
    other.leave()
    one.leave()


def test_an_entry_goes_with_its_process_and_its_place_is_used_again(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib\n"
        "from perftui.desk.presence import Presence\n"
        "Presence(pathlib.Path(sys.argv[1]))\n"
        "print('in', flush=True)\n"
        "sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"in\n"
    mine = Presence(tmp_path)
    assert len(mine.others()) == 1
    child.kill()
    child.communicate()
    assert mine.others() == ()
    again = Presence(tmp_path)
    assert len(mine.others()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".present-0.perftui-lock", ".present-1.perftui-lock",
    ]  # fmt: skip
    again.leave()
    mine.leave()


def test_where_no_entry_can_be_made_nothing_stands_in_the_way(tmp_path: Path) -> None:
    lost = Presence(tmp_path / "none")
    lost.at("projects/a.toml")
    assert lost.others() == ()
    lost.leave()


def test_without_locks_another_machine_is_told_with_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perftui.files.filesystem import DISK

    def refuse(_fd: int) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(type(DISK), "lock", lambda _self, fd: refuse(fd))
    entry = {"person": "王五", "since": 1.0, "file": "", "host": "other", "boot": "00000000", "pid": 1}
    (tmp_path / ".present-0.perftui-lock").write_text(json.dumps(entry))
    mine = Presence(tmp_path)
    (seen,) = mine.others()
    assert (seen.person, seen.here, seen.certain) == ("王五", False, False)
    mine.leave()


def test_a_damaged_entry_is_passed_over(tmp_path: Path) -> None:
    holder = Presence(tmp_path)
    mine = Presence(tmp_path)
    for text in ("", "{", "[]", '{"person": 1}'):
        (tmp_path / ".present-0.perftui-lock").write_text(text)
        assert mine.others() == ()
    holder.leave()
    mine.leave()
