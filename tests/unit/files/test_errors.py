import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from perftui.files import errors
from perftui.files.errors import (
    ChangedOnDisk,
    Digest,
    FileError,
    NotConfirmed,
    Unreadable,
    Unwritable,
    reason,
    refusals,
)
from perftui.locale import choose_language

PATH = Path("/data/a.toml")


@pytest.fixture
def english() -> Iterator[None]:
    choose_language("en")
    yield
    choose_language("zh")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EDQUOT, "超出了磁盘配额"),
        (errno.EACCES, "没有写权限"),
        (errno.EPERM, "没有写权限"),
        (errno.EROFS, "磁盘是只读的"),
        (errno.ENOENT, "目录不见了"),
        (errno.EIO, "磁盘读写错误"),
        (errno.ESTALE, "网络磁盘没有应答"),
        (12345, "系统错误 12345"),
    ],
)
def test_a_refusal_is_said_in_words(number: int, words: str) -> None:
    assert reason(number) == words
    assert str(Unwritable(PATH, number)) == f"{words}，没有保存 a.toml"


def test_not_reading_is_not_called_not_writing() -> None:
    assert str(Unreadable(PATH, errno.EACCES)) == "不能读取 a.toml：没有读权限"


def test_each_sentence_has_its_english(english: None) -> None:
    said = [
        ChangedOnDisk(PATH, None), ChangedOnDisk(PATH, Digest("0")), Unwritable(PATH, errno.ENOSPC),
        Unreadable(PATH, errno.EPERM), NotConfirmed(PATH, None, errno.EIO), errors.Missing(PATH),
        errors.NotRegular(PATH), errors.NotFolder(PATH), errors.TooLarge(PATH, 1024 * 1024),
    ]  # fmt: skip
    assert [error for error in said if not str(error).isascii()] == []
    assert all("a.toml" in str(error) for error in said)


def test_every_known_number_has_english_words(english: None) -> None:
    assert [number for number in errno.errorcode if not reason(number).isascii()] == []


def test_refusals_turn_the_systems_errors_and_nothing_else() -> None:
    with pytest.raises(Unwritable), refusals(PATH):
        raise OSError(errno.EIO, "")
    with pytest.raises(Unwritable, match="磁盘读写错误"), refusals(PATH):
        raise OSError("without a number")
    with pytest.raises(ValueError, match="x"), refusals(PATH):
        raise ValueError("x")
    with pytest.raises(ChangedOnDisk), refusals(PATH):
        raise ChangedOnDisk(PATH, None)


def test_every_refusal_is_a_file_error() -> None:
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(classes) == 9
    assert all(issubclass(kind, FileError) for kind in classes)
