"""Somebody else changes the file in the middle of a save: whatever the moment, their work is not overwritten."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.files.errors import ChangedOnDisk, FileError, NotConfirmed
from perftui.files.filesystem import FileSystem
from perftui.files.locks import writing_lock
from perftui.files.reading import digest, read_file
from perftui.files.removing import remove_file
from perftui.files.writing import write_file
from tests.unit.files.disks import BlindDisk, MeddledDisk, WatchedDisk, strays

OLD, NEW, THEIRS = b"old", b"new", b"theirs, longer"
NO_FLAGS = ("exchange", "rename_new")


def rewritten_in_place(path: Path) -> None:
    path.write_bytes(THEIRS)


def replaced(path: Path) -> None:
    path.with_name("their temporary file").write_bytes(THEIRS)
    path.with_name("their temporary file").rename(path)


def unlinked_and_made_anew(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(THEIRS)


def unlinked(path: Path) -> None:
    path.unlink(missing_ok=True)


def moments(folder: Path, act: Callable[[Path, FileSystem], None], meddle: Callable[[Path], None], missing=()):
    """One attempt for every call with somebody acting ahead of it: the file, how it ended."""
    for when in range(1, 99):
        path = folder / f"{when}" / "a.toml"
        path.parent.mkdir()
        path.write_bytes(OLD)
        disk = MeddledDisk(when, lambda path=path: meddle(path), missing)
        ended: FileError | None = None
        try:
            act(path, disk)
        except (ChangedOnDisk, NotConfirmed) as error:
            ended = error
        if len(disk.calls) < when:
            assert when > 10
            return
        yield path, ended, f"{when}: {disk.calls[when - 1]}"


def replace(path: Path, fs: FileSystem) -> None:
    write_file(path, NEW, digest(OLD), fs=fs)


def found_somewhere(path: Path, ended: FileError | None) -> list[bytes]:
    places = [path]
    if isinstance(ended, ChangedOnDisk) and ended.kept:
        places.append(ended.kept)
    return [place.read_bytes() for place in places if place.exists()]


@pytest.mark.parametrize(
    ("meddle", "missing"),
    [
        (rewritten_in_place, ()),
        (replaced, ()),
        (unlinked_and_made_anew, ()),
        (rewritten_in_place, NO_FLAGS),  # a replacing editor needs exchange or the lock to be noticed in time
    ],
)
def test_a_foreign_change_is_never_lost(tmp_path: Path, meddle, missing) -> None:
    for path, ended, where in moments(tmp_path, replace, meddle, missing):
        assert THEIRS in found_somewhere(path, ended), where
        assert ended is None or OLD not in found_somewhere(path, ended), where
        assert strays(path.parent) == ([ended.kept.name] if getattr(ended, "kept", None) else []), where


@pytest.mark.parametrize("missing", [(), NO_FLAGS])
def test_a_file_that_somebody_removed_does_not_come_back(tmp_path: Path, missing) -> None:
    for path, ended, where in moments(tmp_path, replace, unlinked, missing):
        assert not path.exists() or ended is None, where
        assert strays(path.parent) == [], where


@pytest.mark.parametrize("meddle", [rewritten_in_place, replaced, unlinked_and_made_anew])
def test_a_removal_takes_nothing_but_what_it_knows(tmp_path: Path, meddle) -> None:
    def remove(path: Path, fs: FileSystem) -> None:
        remove_file(path, digest(OLD), fs=fs)

    for path, ended, where in moments(tmp_path, remove, meddle):
        assert THEIRS in found_somewhere(path, ended), where


@pytest.mark.parametrize("missing", [(), NO_FLAGS])
def test_an_editor_that_has_the_old_file_open_is_noticed(tmp_path: Path, missing) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)
    with path.open("r+b") as editor:

        class Meddled(WatchedDisk):
            def exchange(self, one: Path, other: Path) -> None:
                super().exchange(one, other)
                self.theirs()

            def rename(self, source: Path, target: Path) -> None:
                super().rename(source, target)
                self.theirs()

            def before(self, name: str) -> None:
                if name in missing:
                    raise OSError(95, "")

            def theirs(self) -> None:
                editor.seek(0)
                editor.write(THEIRS)
                editor.flush()

        with pytest.raises(ChangedOnDisk):
            replace(path, Meddled())
    assert path.read_bytes() == THEIRS
    assert strays(tmp_path) == []


def test_two_foreign_changes_in_one_save_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(OLD)

    class Busy(FileSystem):
        count = 0

        def exchange(self, one: Path, other: Path) -> None:
            self.count += 1
            other.unlink()
            other.write_bytes(THEIRS + b"%d" % self.count)
            super().exchange(one, other)

    with pytest.raises(ChangedOnDisk) as caught:
        replace(path, Busy())
    assert caught.value.kept is not None
    assert {path.read_bytes(), caught.value.kept.read_bytes()} == {THEIRS + b"1", THEIRS + b"2"}


def test_the_moments_can_fail(tmp_path: Path) -> None:
    """Without the digest checks, a foreign change is lost at some moment."""

    class Blind(BlindDisk, MeddledDisk):
        def __init__(self, when: int, path: Path) -> None:
            BlindDisk.__init__(self, OLD)
            MeddledDisk.__init__(self, when, lambda: rewritten_in_place(path))

    lost = 0
    for when in range(1, 20):
        path = tmp_path / f"{when}"
        path.write_bytes(OLD)
        write_file(path, NEW, digest(OLD), fs=Blind(when, path))
        lost += path.read_bytes() != THEIRS
    assert lost > 5


WRITERS, ROUNDS = 4, 50


def append_lines(path: Path, writer: int, *, locked: bool, blind: bool) -> None:
    """Add one line at a time, reading the file anew each time; begin again when somebody was faster."""
    for number in range(ROUNDS):
        line = b"%d-%d\n" % (writer, number)
        while not append_line(path, line, locked=locked, blind=blind):
            os.sched_yield()


def append_line(path: Path, line: bytes, *, locked: bool, blind: bool) -> bool:
    if locked:
        with writing_lock(path) as lock:
            assert lock.held
            return append_line(path, line, locked=False, blind=blind)
    found = read_file(path)
    try:
        fs = BlindDisk(found.data) if blind else FileSystem()
        write_file(path, found.data + line, found.digest, fs=fs)
    except ChangedOnDisk as error:
        if error.kept:  # two foreign versions at once: the caller merges, here by adding the lines that are missing
            kept = [one + b"\n" for one in error.kept.read_bytes().split()]
            missing = [one for one in kept if one not in read_file(path).data]
            while not all(append_line(path, one, locked=False, blind=False) for one in missing):
                missing = [one for one in missing if one not in read_file(path).data]
            os.unlink(error.kept)
        return False
    return True


def lost_lines(path: Path, *, locked: bool, blind: bool = False) -> int:
    path.write_bytes(b"")
    fork = multiprocessing.get_context("fork")
    writers = [
        fork.Process(target=append_lines, args=(path, number), kwargs={"locked": locked, "blind": blind})
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    return WRITERS * ROUNDS - len(set(path.read_bytes().split()))


@pytest.mark.parametrize("locked", [True, False], ids=["with the lock", "with the guarded write alone"])
def test_no_line_of_four_writers_is_lost(tmp_path: Path, locked: bool) -> None:
    assert lost_lines(tmp_path / "a.toml", locked=locked) == 0
    assert strays(tmp_path) == []


def test_the_race_can_be_lost(tmp_path: Path) -> None:
    tries = (lost_lines(tmp_path / "a.toml", locked=False, blind=True) for _time in range(20))
    assert any(tries)  # the writers need not meet the first time


def test_the_lock_alone_keeps_the_writers_apart(tmp_path: Path) -> None:
    assert lost_lines(tmp_path / "a.toml", locked=True, blind=True) == 0
