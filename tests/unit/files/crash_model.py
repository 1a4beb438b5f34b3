"""Every state that a power failure can leave behind, from the recorded list of a save's operations.

Writes that were not synced arrive in any subset of blocks; changes of names that were not synced arrive in any subset
and any order. What was synced stays.
"""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations, permutations
from pathlib import Path

from perftui.files.filesystem import FileSystem

BLOCK = 8
Names = dict[str, int | None]


@dataclass(frozen=True)
class Written:
    file: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Renamed:
    names: Names
    """Name -> file it stands for afterwards, None for a name taken away."""


@dataclass(frozen=True)
class Synced:
    file: int | None
    """None: the folder's names."""


@dataclass(frozen=True)
class Acknowledged:
    content: bytes | None


@dataclass
class RecordingDisk(FileSystem):
    """The real disk; what changes it is also written down in ``operations``."""

    unsupported: frozenset[str] = frozenset()
    operations: list[Written | Renamed | Synced | Acknowledged] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    _open: dict[int, int] = field(default_factory=dict)

    def acknowledge(self, content: bytes | None) -> None:
        """Write down that the caller was told: this is what the file holds (None: no file)."""
        self.operations.append(Acknowledged(content))

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        fd = super().open(path, flags, mode)
        if flags & os.O_CREAT and self.names.get(path.name) is None:
            self.sizes[len(self.sizes)] = 0
            self._rename({path.name: len(self.sizes) - 1})
        if (file := self.names.get(path.name)) is not None:
            self._open[fd] = file
        return fd

    def write(self, fd: int, data: bytes | memoryview) -> int:
        done = super().write(fd, data)
        file = self._open[fd]
        self.operations.append(Written(file, self.sizes[file], bytes(data[:done])))
        self.sizes[file] += done
        return done

    def fsync(self, fd: int) -> None:
        super().fsync(fd)
        self.operations.append(Synced(self._open[fd]))

    def fdatasync(self, fd: int) -> None:
        super().fdatasync(fd)
        self.operations.append(Synced(self._open[fd]))

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self.operations.append(Synced(None))

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self._rename({source.name: None, target.name: self.names[source.name]})

    def rename_new(self, source: Path, target: Path) -> None:
        self._refuse("rename_new")
        super().rename_new(source, target)
        self._rename({source.name: None, target.name: self.names[source.name]})

    def exchange(self, one: Path, other: Path) -> None:
        self._refuse("exchange")
        super().exchange(one, other)
        self._rename({one.name: self.names[other.name], other.name: self.names[one.name]})

    def link(self, source: Path, target: Path) -> None:
        self._refuse("link")
        super().link(source, target)
        self._rename({target.name: self.names[source.name]})

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self._rename({path.name: None})

    def _rename(self, names: Names) -> None:
        self.names.update(names)
        self.operations.append(Renamed(names))

    def _refuse(self, name: str) -> None:
        if name in self.unsupported:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


@dataclass(frozen=True)
class CrashState:
    """What a power failure may leave of one file."""

    acknowledged: tuple[bytes | None, ...]
    """What the caller had been told before."""
    content: bytes | None
    """What the file holds afterwards; None when it is not there."""


def crash_states(disk: RecordingDisk, name: str) -> set[CrashState]:
    """Every state of the file ``name`` after a failure between any two of the recorded operations."""
    states: set[CrashState] = set()
    names: Names = {}
    loose_names: list[Names] = []
    blocks: dict[int, list[Written]] = {}
    loose_blocks: dict[int, list[Written]] = {}
    told: tuple[bytes | None, ...] = ()
    for operation in [*disk.operations, None]:
        for file in _files(names, loose_names, name):
            for content in _contents(file, blocks, loose_blocks):
                states.add(CrashState(told, content))
        match operation:
            case Written():
                loose_blocks.setdefault(operation.file, []).extend(_blocks(operation))
            case Renamed():
                loose_names.append(operation.names)
            case Synced(file=None):
                for change in loose_names:
                    names |= change
                loose_names = []
            case Synced(file=file):
                blocks.setdefault(file, []).extend(loose_blocks.pop(file, []))
            case Acknowledged():
                told = (*told, operation.content)
    return states


def _files(names: Names, loose: list[Names], name: str) -> set[int | None]:
    """What the name may stand for: only the changes that touch it matter, in any subset and order."""
    touching = [change[name] for change in loose if name in change]
    chosen = chain.from_iterable(permutations(touching, size) for size in range(len(touching) + 1))
    return {order[-1] if order else names.get(name) for order in chosen}


def _contents(
    file: int | None, blocks: dict[int, list[Written]], loose: dict[int, list[Written]]
) -> Iterator[bytes | None]:
    if file is None:
        yield None
        return
    pending = loose.get(file, [])
    for chosen in chain.from_iterable(combinations(pending, size) for size in range(len(pending) + 1)):
        content = bytearray()
        for block in [*blocks.get(file, []), *chosen]:
            content.extend(bytes(max(0, block.offset + len(block.data) - len(content))))
            content[block.offset : block.offset + len(block.data)] = block.data
        yield bytes(content)


def _blocks(written: Written) -> list[Written]:
    return [
        Written(written.file, written.offset + start, written.data[start : start + BLOCK])
        for start in range(0, len(written.data), BLOCK)
    ]
