"""A file that git is writing at this moment is read when git is done."""

import os
from pathlib import Path

import pytest

from perftui.files.filesystem import FileSystem
from perftui.store.git import stable_read
from perftui.store.git.stable_read import read_settled


class AtWork(FileSystem):
    """What git does to a file and its lock, a step before each reading; the last state stays."""

    def __init__(self, git: Path, path: Path, steps: list[tuple[bytes | None, bool]]) -> None:
        self.git, self.path, self.steps, self.readings = git, path, steps, 0

    def stat(self, path: Path) -> os.stat_result:
        self.readings += 1
        if self.steps:
            content, busy = self.steps.pop(0)
            self.path.unlink(missing_ok=True)
            if content is not None:
                self.path.write_bytes(content)
            (self.git / "index.lock").unlink(missing_ok=True)
            if busy:
                (self.git / "index.lock").touch()
        return super().stat(path)


OLD, NEW = b"old", b"new"


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([(OLD, False)], OLD),
        ([(OLD, True), (OLD, True), (OLD, True), (NEW, False)], NEW),  # git holds its lock: it will write
        ([(None, True), (None, True), (None, True), (NEW, False)], NEW),  # it has removed the file, to make it anew
        ([(OLD, False), (None, False), (NEW, False)], NEW),  # another program, without a lock
        ([(NEW, True), (None, True), (None, False)], None),  # gone for good
    ],
)
def test_the_file_is_what_it_is_when_git_has_finished(
    tmp_path: Path, steps: list[tuple[bytes | None, bool]], found: bytes | None
) -> None:
    disk = AtWork(tmp_path, tmp_path / "a.toml", steps)
    read = read_settled(tmp_path / "a.toml", tmp_path, fs=disk)
    assert (read and read.data) == found


def test_a_file_that_stands_still_is_read_twice_and_no_more(tmp_path: Path) -> None:
    disk = AtWork(tmp_path, tmp_path / "a.toml", [(OLD, False)])
    assert read_settled(tmp_path / "a.toml", None, fs=disk) is not None
    assert disk.readings == 2


def test_a_lock_that_git_has_left_behind_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stable_read, "PATIENCE", 0.1)
    disk = AtWork(tmp_path, tmp_path / "a.toml", [(OLD, True)])
    read = read_settled(tmp_path / "a.toml", tmp_path, fs=disk)
    assert read is not None
    assert read.data == OLD
