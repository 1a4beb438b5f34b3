"""The guarded write: at every moment the whole old or the whole new version, and nobody's change is overwritten.

Outcomes: a digest (on the disk for certain), ``NotConfirmed`` (in place), any other ``FileError`` (nothing changed).
"""

import os
import stat as modes
from collections.abc import Callable
from contextlib import suppress
from mmap import mmap
from pathlib import Path
from typing import TypeVar

from perftui.files.directory_entries import confirm, drop, place_new
from perftui.files.errors import ChangedOnDisk, Digest, FileError, NotRegular, refusals
from perftui.files.filesystem import DISK, UNSUPPORTED, FileSystem
from perftui.files.permissions import take_after_file, take_after_folder
from perftui.files.reading import LIMIT, current_digest, digest
from perftui.files.temporary import create_temporary, temporary_path, write_all
from perftui.model.frozen import frozen

Result = TypeVar("Result")
_ATTEMPTS = 20


def write_file(
    path: Path,
    data: bytes | mmap,
    base: Digest | None,
    verify: Callable[[bytes], None] | None = None,
    *,
    limit: int = LIMIT,
    fs: FileSystem = DISK,
) -> Digest:
    """Replace the file whose content has the digest ``base`` (None: make a new one) by ``data``; the new digest.

    ``verify`` sees the bytes before the disk is touched and raises to refuse them. ``limit`` bounds the reading of what
    is there. Links are followed. Raises ``ChangedOnDisk`` when something else than ``base`` is there.
    """
    if verify is not None:
        verify(bytes(data))
    target = Path(os.path.realpath(path))
    save = _Save(target=target, base=base, new=digest(data), limit=limit, fs=fs)
    with refusals(target):
        temporary = save.write_temporary(data)
        try:
            save.require_base()
            swapped = save.place(temporary)
        except BaseException:
            drop(temporary, fs)
            raise
        if swapped:
            save.examine(temporary)
    confirm(target, save.new, fs)
    return save.new


def until_unchanged(write: Callable[[], Result]) -> Result:
    """Do what reads a file and writes it, again where a program that knows no locks has written it in between.

    Raises ``ChangedOnDisk`` where that goes on and on.
    """
    for _attempt in range(_ATTEMPTS):
        with suppress(ChangedOnDisk):
            return write()
    return write()


@frozen
class _Save:
    """One write on its way."""

    target: Path
    base: Digest | None
    new: Digest
    limit: int
    fs: FileSystem

    def write_temporary(self, data: bytes | mmap) -> Path:
        """Write the bytes beside the target, with the rights of the file they will replace, and sync them."""
        fs = self.fs
        old = None if self.base is None else self._replaceable()
        temporary, fd = create_temporary(self.target, self.base, self.new, fs)
        try:
            try:
                write_all(fd, data, fs)
                if old is None:
                    take_after_folder(fd, fs.stat(self.target.parent), fs)
                else:
                    take_after_file(fd, old, self.target, fs)
                fs.fsync(fd)  # when this fails, a second one would lie: the file is dropped and written anew next time
            finally:
                fs.close(fd)
        except BaseException:
            drop(temporary, fs)
            raise
        return temporary

    def require_base(self) -> None:
        """Refuse when the target is no longer what the new version was made from."""
        found = self._look(self.target)
        if found != self.base:
            raise ChangedOnDisk(self.target, found)

    def place(self, temporary: Path) -> bool:
        """Put the new version in the target's place; True when the old one now has the temporary name."""
        if self.base is None:
            try:
                place_new(temporary, self.target, self.fs)
            except FileExistsError as error:
                raise ChangedOnDisk(self.target, self._look(self.target)) from error
            return False
        try:
            return self._exchange(temporary)
        except FileNotFoundError as error:
            raise ChangedOnDisk(self.target, None) from error

    def examine(self, temporary: Path) -> None:
        """Look at what the exchange brought out: drop the version we know, put back anything else."""
        try:
            found = self._look(temporary)
        except BaseException:
            self._put_back(temporary)
            raise
        if found != self.base:
            raise ChangedOnDisk(self.target, found, kept=self._put_back(temporary))
        drop(temporary, self.fs)

    def _exchange(self, temporary: Path) -> bool:
        try:
            self.fs.exchange(temporary, self.target)
        except OSError as error:
            if error.errno not in UNSUPPORTED:
                raise
            self._replace(temporary)
            return False
        return True

    def _put_back(self, temporary: Path) -> Path | None:
        """Undo the exchange. The temporary path when it then holds not ours but a third version, which must be kept."""
        try:
            self.fs.exchange(temporary, self.target)
            ours = self._look(temporary) == self.new
        except (OSError, FileError):
            ours = False
        if not ours:
            return temporary
        drop(temporary, self.fs)
        return None

    def _replace(self, temporary: Path) -> None:
        """Without exchange: hold the old file by a second name, replace, and see whether it changed meanwhile."""
        spare = temporary_path(self.target, self.base, self.new)
        try:
            self.fs.link(self.target, spare)
        except OSError as error:
            if error.errno not in UNSUPPORTED:
                raise
            self.fs.rename(temporary, self.target)
            return
        try:
            self.fs.rename(temporary, self.target)
        except BaseException:
            drop(spare, self.fs)
            raise
        try:
            found = self._look(spare)
        except BaseException as error:
            self._give_back(spare, error)
            raise
        if found != self.base:
            self._give_back(spare, None)
            raise ChangedOnDisk(self.target, found)
        drop(spare, self.fs)

    def _give_back(self, spare: Path, cause: BaseException | None) -> None:
        try:
            self.fs.rename(spare, self.target)
        except OSError as error:  # ours is in place, theirs stays under the second name
            raise ChangedOnDisk(self.target, self.new, kept=spare) from cause or error

    def _look(self, path: Path) -> Digest | None:
        return current_digest(path, self.limit, self.fs)

    def _replaceable(self) -> os.stat_result:
        """What the target is. Refused when it is no plain file, or one that its owner made read-only."""
        try:
            found = self.fs.stat(self.target)
            if not modes.S_ISREG(found.st_mode):
                raise NotRegular(self.target)
            self.fs.close(self.fs.open(self.target, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW))
        except FileNotFoundError as error:
            self.fs.stat(self.target.parent)  # without its folder, the file is not what is missing
            raise ChangedOnDisk(self.target, None) from error
        return found
