"""Writes one file of a document: makes the text, verifies it, and replaces the version it was made from."""

from contextlib import nullcontext
from pathlib import Path

from perftui.files.errors import Digest, FileError, NotConfirmed
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.locks import writing_lock
from perftui.files.reading import digest, stamp
from perftui.files.removing import create_folder, remove_file
from perftui.files.writing import write_file
from perftui.forms import RecordSpec
from perftui.locale import _
from perftui.model.diff import same, same_values
from perftui.model.record import Record
from perftui.store.file_state import FileState, own_text
from perftui.store.folder import DocumentFolder
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode


class CannotSave(FileError):  # noqa: N818 - named for what it says
    """The record cannot be written as a file that reads back the same; nothing was written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(path, _("{reason}，没有保存 {name}").format(name=path.name, reason=why))


def text_for(record: Record, spec: RecordSpec, state: FileState | None) -> str:
    """The text that a record is saved as: the file's own lines stay where a person has written it by hand."""
    if state is None or not state.own:
        return canonical(record, spec)
    if state.first_read is not None and same(state.first_read.record, record):
        return state.first_read.text
    from perftui.store.toml.patch import patched  # only hand-written files need it

    return patched(state.own, state.record, record, spec)


def save_file(
    folder: DocumentFolder,
    file: str,
    record: Record,
    spec: RecordSpec,
    state: FileState | None,
    *,
    style_of: FileState | None = None,
    locked: bool = False,
    fs: FileSystem = DISK,
) -> FileState:
    """Write a record over the version that ``state`` is (``None``: a new file); the file's new state.

    ``style_of``: the version whose own layout a new file takes over, one that was deleted before.
    ``locked``: the caller holds the file's lock.
    Raises a FileError, ``ChangedOnDisk`` where another version is there; nothing was written then.
    """
    path = folder.path(file)
    style_of = state or style_of
    crlf = style_of is not None and style_of.crlf
    text = text_for(record, spec, style_of)
    data = encoded(path, text, crlf=crlf)
    if state is not None and digest(data) == state.digest:  # undone, or typed as it was: no write, no new mtime
        return state
    held = verified(path, data, record, spec)  # before the disk is touched: a defect here must not cost a file
    create_folder(path.parent, fs=fs)
    # The lock is number 2 in the order of locks (session/sync).
    with nullcontext() if locked else writing_lock(path, fs=fs):
        written, doubt = _put(path, data, None if state is None else state.digest, fs)
        found = stamp(path, fs)
    first_read = None if style_of is None else style_of.first_read or style_of
    return FileState(
        digest=written, record=held, spec=spec, own=own_text(text, held, spec), crlf=crlf, stamp=found,
        first_read=first_read, doubt=doubt,
    )  # fmt: skip


def _put(path: Path, data: bytes, base: Digest | None, fs: FileSystem) -> tuple[Digest, str]:
    """Write the bytes over the version ``base``; what is there now, and why a power cut may undo it, or ""."""
    try:
        return write_file(path, data, base, fs=fs), ""
    except NotConfirmed as error:
        if error.digest is None:  # the folder of the temporary file was not confirmed, and nothing is in place
            raise CannotSave(path, str(error)) from error
        return error.digest, str(error)


def delete_file(folder: DocumentFolder, file: str, state: FileState, *, fs: FileSystem = DISK) -> None:
    """Remove a file that is still the version that ``state`` is. Raises a FileError, ``ChangedOnDisk`` otherwise."""
    path = folder.path(file)
    with writing_lock(path, fs=fs):  # number 2 in the order of locks (session/sync)
        remove_file(path, state.digest, fs=fs)


def encoded(path: Path, text: str, *, crlf: bool) -> bytes:
    """A text as the bytes of a file. Raises CannotSave."""
    try:
        return (text.replace("\n", "\r\n") if crlf else text).encode("utf-8")
    except UnicodeEncodeError as error:
        raise CannotSave(
            path, _("有不是文字的编码 U+{code:04X}").format(code=ord(error.object[error.start]))
        ) from error


def verified(path: Path, data: bytes, record: Record, spec: RecordSpec) -> Record:
    """The record that the bytes hold, which must be the one that is saved. Raises CannotSave."""
    try:
        held = decode(data, spec)
    except BadFile as error:
        raise CannotSave(path, error.reason) from error
    if not same_values(held, record):
        raise CannotSave(path, _("写出的内容读回来不一样，这是程序的错误"))
    return held
