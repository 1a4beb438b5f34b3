"""What the disk can refuse, each as an exception that carries a sentence for the person."""

# ruff: noqa: N818 - the names say the outcome, as the code that handles them reads: ``except ChangedOnDisk``

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NewType

from perftui.locale import N_, _
from perftui.model.text import size_in_words

Digest = NewType("Digest", str)
"""SHA-256 of a file's bytes, 64 hexadecimal digits."""

_NO_PERMISSION = N_("没有写权限")
_NO_ANSWER = N_("网络磁盘没有应答")
_TOO_MANY_FILES = N_("打开的文件太多")
_FOLDER_GONE = N_("目录不见了")

_REASONS = {
    errno.ENOSPC: N_("磁盘已满"),
    errno.EDQUOT: N_("超出了磁盘配额"),
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EROFS: N_("磁盘是只读的"),
    errno.ENOENT: _FOLDER_GONE,
    errno.ENOTDIR: _FOLDER_GONE,
    errno.EIO: N_("磁盘读写错误"),
    errno.EFBIG: N_("超过了系统允许的文件大小"),
    errno.ENAMETOOLONG: N_("文件名太长"),
    errno.ELOOP: N_("链接绕成了圈"),
    errno.EMFILE: _TOO_MANY_FILES,
    errno.ENFILE: _TOO_MANY_FILES,
    errno.ENOMEM: N_("内存不足"),
    errno.ESTALE: _NO_ANSWER,
    errno.ETIMEDOUT: _NO_ANSWER,
    errno.EHOSTDOWN: _NO_ANSWER,
}


def reason(number: int) -> str:
    """The system's error number in words."""
    known = _REASONS.get(number)
    return _(known) if known else _("系统错误 {number}").format(number=number)


class FileError(Exception):
    """Base of everything that reading and writing can refuse; ``str()`` of it is a sentence for the person."""

    def __init__(self, path: Path, sentence: str) -> None:
        super().__init__(sentence)
        self.path = path


class Missing(FileError):
    """There is no such file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("没有文件 {name}").format(name=path.name))


class NotRegular(FileError):
    """The path is a folder, a pipe, a device or a socket where a plain file is needed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("{name} 不是普通文件").format(name=path.name))


class NotFolder(FileError):
    """Something other than a folder stands where a folder is needed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("{name} 不是文件夹").format(name=path.name))


class TooLarge(FileError):
    """The file holds more bytes than may be read."""

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(path, _("{name} 太大，最多 {limit}").format(name=path.name, limit=size_in_words(limit)))
        self.limit = limit


class Unreadable(FileError):
    """The system refused to read; ``errno`` is its number."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(path, _("不能读取 {name}：{reason}").format(name=path.name, reason=_read_reason(number)))
        self.errno = number


class Unwritable(FileError):
    """The system refused to write; what was on disk before is untouched. ``errno`` is its number."""

    def __init__(self, path: Path, number: int) -> None:
        super().__init__(path, _("{reason}，没有保存 {name}").format(name=path.name, reason=reason(number)))
        self.errno = number


class ChangedOnDisk(FileError):
    """Somebody else changed, made or removed the file since it was read; nothing of theirs was overwritten."""

    def __init__(self, path: Path, found: Digest | None, kept: Path | None = None) -> None:
        sentence = _("{name} 已被别人修改，没有覆盖") if found else _("{name} 已被别人删除或移走")
        super().__init__(path, sentence.format(name=path.name))
        self.found = found
        """Digest of what is there now; None when nothing is."""
        self.kept = kept
        """Where a second foreign version was put aside, when two changes came within one save."""


class NotConfirmed(FileError):
    """The third outcome: the change is in place, but the disk did not confirm that it would outlast a power failure."""

    def __init__(self, path: Path, digest: Digest | None, number: int) -> None:
        sentence = _("{name} 已写入，但磁盘没有确认：{reason}").format(name=path.name, reason=reason(number))
        super().__init__(path, sentence)
        self.digest = digest
        """Digest of what is in place; None after a removal or for a folder."""
        self.errno = number


def _read_reason(number: int) -> str:
    return _("没有读权限") if number in (errno.EACCES, errno.EPERM) else reason(number)


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn the system's refusal of any step inside into ``Unwritable``."""
    try:
        yield
    except OSError as error:
        raise Unwritable(path, error.errno or errno.EIO) from error
