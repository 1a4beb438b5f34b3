import errno
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from perftui.files.filesystem import FileSystem
from perftui.files.temporary import boot_id
from perftui.session.presence import Presence
from tests.unit.store.repositories import ROOT


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that knows no locks."""

    def refuse(_disk: FileSystem, _fd: int) -> None:
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(FileSystem, "lock", refuse)


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
        "from perftui.session.presence import Presence\n"
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


def entry(folder: Path, number: int, **changes: object) -> None:
    """An entry that nobody's lock stands for, as a process leaves it that was ended, or a machine that was cut off."""
    kept = {"person": "王五", "since": 1.0, "file": "", "host": "other", "boot": "00000000", "pid": 1, **changes}
    (folder / f".present-{number}.perftui-lock").write_text(json.dumps(kept))


@pytest.mark.parametrize("host", ["other", socket.gethostname()])
def test_a_dead_entry_is_nobodys_whatever_machine_left_it(tmp_path: Path, host: str) -> None:
    mine = Presence(tmp_path)
    entry(tmp_path, 1, host=host)
    assert mine.others() == ()
    other = Presence(tmp_path)  # and its place is taken
    assert len(mine.others()) == 1
    assert len(list(tmp_path.iterdir())) == 2
    other.leave()
    mine.leave()


def test_those_behind_a_dead_entry_and_a_free_place_are_seen(tmp_path: Path) -> None:
    first, second, third, mine = (Presence(tmp_path) for _number in range(4))
    first.leave()
    entry(tmp_path, 0)
    second.leave()
    assert [seen.certain for seen in mine.others()] == [True]
    third.leave()
    mine.leave()


def test_a_long_entry_is_written_over_by_a_short_one(tmp_path: Path) -> None:
    one, other = Presence(tmp_path), Presence(tmp_path)
    for file in (f"projects/{'长' * 60}.toml", "", "projects/a.toml"):
        one.at(file)
        assert [seen.file for seen in other.others()] == [file]
    one.leave()
    other.leave()


def test_where_no_entry_can_be_made_nothing_stands_in_the_way(tmp_path: Path) -> None:
    lost = Presence(tmp_path / "none")
    lost.at("projects/a.toml")
    assert lost.others() == ()
    lost.leave()


def test_without_locks_another_machine_is_told_with_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch)
    entry(tmp_path, 0)
    mine = Presence(tmp_path)
    (seen,) = mine.others()
    assert (seen.person, seen.here, seen.certain) == ("王五", False, False)
    mine.leave()


def test_without_locks_an_entry_of_this_machine_is_true_as_long_as_its_process_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_locks(monkeypatch)
    ended = subprocess.Popen(["true"])
    ended.wait()
    mine = Presence(tmp_path)
    here = {"host": socket.gethostname(), "boot": boot_id()}
    entry(tmp_path, 1, **here, person="走了", pid=ended.pid)
    entry(tmp_path, 2, **here, person="还在", pid=os.getppid(), since=3.0)
    entry(tmp_path, 3, host=here["host"], person="同名的机器", pid=os.getppid(), since=2.0)
    assert [(seen.person, seen.here, seen.certain) for seen in mine.others()] == [  # the first come first
        ("同名的机器", False, False),
        ("还在", True, True),
    ]
    mine.leave()


def test_a_damaged_entry_is_passed_over(tmp_path: Path) -> None:
    holder = Presence(tmp_path)
    mine = Presence(tmp_path)
    for text in ("", "{", "[]", '{"person": 1}'):
        (tmp_path / ".present-0.perftui-lock").write_text(text)
        assert mine.others() == ()
    holder.leave()
    mine.leave()
