"""Power loss: in every crash state a file is one whole version, and none that was acknowledged is lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.files.appendlog import AppendLog, decode_log, encode_record
from perftui.files.errors import FileError
from perftui.files.removing import create_folder, remove_file
from perftui.files.writing import write_file
from tests.unit.files.crash_model import BLOCK, CrashState, RecordingDisk, Synced, crash_states

VERSIONS = (b"first version, whole", b"second version, longer than the first", b"third")
NFS = frozenset({"exchange", "rename_new"})
POOREST = NFS | {"link"}
Scenario = Callable[[Path, RecordingDisk], set[CrashState]]


def saves(folder: Path, disk: RecordingDisk) -> set[CrashState]:
    path = folder / "project.toml"
    base = None
    for content in VERSIONS:
        base = write_file(path, content, base, fs=disk)
        disk.acknowledge(content)
    remove_file(path, base, fs=disk)
    disk.acknowledge(None)
    return crash_states(disk, path.name)


def damage_of_saves(states: set[CrashState], *, reserved: bool = False) -> list[CrashState]:
    """States that break a promise. ``reserved``: a new file may be empty for a moment, on the poorest disks only."""
    history = (None, *VERSIONS, None)
    damaged = []
    for state in states:
        told = len(state.acknowledged)
        allowed = [history[told], *history[told + 1 : told + 2]]
        if reserved and told == 0:
            allowed.append(b"")
        if state.content not in allowed:
            damaged.append(state)
    return damaged


@pytest.mark.parametrize("unsupported", [frozenset(), NFS, POOREST], ids=["exchange", "links", "rename"])
def test_a_file_is_one_whole_version_after_power_loss(tmp_path: Path, unsupported: frozenset[str]) -> None:
    states = saves(tmp_path, RecordingDisk(unsupported=unsupported))
    assert len(states) > len(VERSIONS) + 2  # the model saw moments in between
    assert damage_of_saves(states, reserved=unsupported == POOREST) == []


class WithoutFsync(RecordingDisk):
    def fsync(self, fd: int) -> None:
        pass


class WithoutFolderSync(RecordingDisk):
    def sync_folder(self, folder: Path) -> None:
        pass


class WithoutReplacing(RecordingDisk):
    def exchange(self, one: Path, other: Path) -> None:
        pass

    def rename(self, source: Path, target: Path) -> None:
        pass


class FsyncTooLate(RecordingDisk):
    """Syncs a file when its name is already in place."""

    def fsync(self, fd: int) -> None:
        self.late = self._open[fd]

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self.operations.append(Synced(self.late))


@pytest.mark.parametrize("crippled", [WithoutFsync, WithoutFolderSync, WithoutReplacing, FsyncTooLate])
def test_the_model_notices_a_step_that_is_left_out(tmp_path: Path, crippled: type[RecordingDisk]) -> None:
    try:
        found = damage_of_saves(saves(tmp_path, crippled()))
    except FileError:
        found = None  # the save itself noticed
    assert found != []


def appends(folder: Path, disk: RecordingDisk) -> set[CrashState]:
    with AppendLog.open(folder / "log", fs=disk) as log:
        for number in range(3):
            log.append(number)
            disk.acknowledge(b"%d" % number)
        log.compact(lambda entries: entries[1:])
        log.append(3)
        disk.acknowledge(b"3")
    return crash_states(disk, "log")


def damage_of_appends(states: set[CrashState]) -> list[CrashState]:
    damaged = []
    for state in states:
        found = decode_log(state.content or b"").entries
        told = tuple(map(int, filter(None, state.acknowledged)))
        whole = tuple(range(max((*found, *told), default=-1) + 1))
        if found not in (whole, whole[1:]) or not set(told) - {0} <= set(found):
            damaged.append(state)
    return damaged


def test_an_acknowledged_record_is_in_the_log_after_power_loss(tmp_path: Path) -> None:
    states = appends(tmp_path, RecordingDisk())
    assert any(state.content and decode_log(state.content).damaged for state in states)  # torn tails occurred
    assert damage_of_appends(states) == []


class WithoutDataSync(RecordingDisk):
    def fdatasync(self, fd: int) -> None:
        pass


@pytest.mark.parametrize("crippled", [WithoutDataSync, WithoutFsync, WithoutFolderSync])
def test_the_model_notices_a_log_that_is_not_synced(tmp_path: Path, crippled: type[RecordingDisk]) -> None:
    assert damage_of_appends(appends(tmp_path, crippled())) != []


def test_a_folder_is_confirmed_where_its_name_stands(tmp_path: Path) -> None:
    class Ordered(RecordingDisk):
        steps: list[tuple[str, str]] = []  # noqa: RUF012 - one object, one test

        def mkdir(self, path: Path, mode: int) -> None:
            super().mkdir(path, mode)
            self.steps.append(("made", path.name))

        def fsync(self, fd: int) -> None:
            self.steps.append(("synced", ""))

        def sync_folder(self, folder: Path) -> None:
            self.steps.append(("confirmed", folder.name))

    disk = Ordered()
    create_folder(tmp_path / "2021" / "613001", fs=disk)
    one = [("made", "2021"), ("synced", ""), ("confirmed", tmp_path.name)]
    assert disk.steps == [*one, ("made", "613001"), ("synced", ""), ("confirmed", "2021")]


def test_the_models_blocks_are_small_enough_to_tear_things_apart() -> None:
    assert len(encode_record(3)) > BLOCK
    assert all(len(version) > BLOCK for version in VERSIONS[:2])
