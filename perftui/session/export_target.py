"""Where an exported document is written, whether it may be, and how it is fetched from this machine over SSH."""

import fcntl
import os
import shutil
import socket
import stat as modes
from collections.abc import Collection, Mapping
from getpass import getuser
from pathlib import Path

from perftui.files.errors import FileError
from perftui.files.names import safe_name
from perftui.forms import Form, Role
from perftui.locale import _
from perftui.model.document import Document

EXPORTS = "exports"
"""The folder beside the data folder."""
_DRAFT, _NOTED = "草稿", "批注"
ZMODEM = "sz"
"""The program that sends a file through the terminal."""


class ReadOnlyTarget(FileError):  # noqa: N818 - named for what it says
    """The document that would be replaced is read-only."""

    def __init__(self, path: Path) -> None:
        sentence = _("{name} 是只读的，没有写；请换一个文件名（-o），或去掉只读")
        super().__init__(path, sentence.format(name=path.name))


class OpenTarget(FileError):  # noqa: N818 - named for what it says
    """Another program has the document open that would be replaced."""

    def __init__(self, path: Path, lock: Path | None) -> None:
        sentence = _("{name} 正在别的程序里打开着，没有写；请先关闭它")
        if lock is not None:
            sentence = _("{name} 正在 Word、WPS 或 LibreOffice 里打开着（有 {lock}），没有写；请先关闭它")
        super().__init__(path, sentence.format(name=path.name, lock=lock.name if lock else ""))


def exports_folder(data: Path) -> Path:
    """The folder for documents: ``exports`` beside the data folder."""
    return Path(os.path.abspath(data)).parent / EXPORTS


def export_name(
    document: Document, form: Form, files: Collection[str] | None = None, *, draft: bool = False, noted: bool = False
) -> str:
    """The usual file name: ``2021-613001-路南街道办事处部门本级.docx``.

    A part, a draft or one with remarks in its margin never takes the whole's.
    """
    parts = [str(document.year), document.unit, form.department.text_of(document.department, Role.UNIT_NAME)]
    if files is not None:
        chosen = [file for file in document.projects if file in files]
        names = [form.project.text_of(document.record(file), Role.NAME) for file in chosen]
        parts.append(names[0] if len(chosen) == 1 and names[0] else f"{len(chosen)}个项目")
    if draft:
        parts.append(_DRAFT)
    if noted:
        parts.append(_NOTED)
    return safe_name("-".join(part for part in parts if part), str(document.year)) + ".docx"


def require_free(path: Path) -> None:
    """Raises ReadOnlyTarget or OpenTarget where a document that is there must stay as it is."""
    for lock in _office_locks(path):
        if os.path.lexists(lock):
            raise OpenTarget(path, lock)
    try:
        mode = path.stat().st_mode
    except OSError:  # nothing there, or nothing that can be looked at: writing says what is wrong
        return
    if not modes.S_ISREG(mode):
        return
    if not mode & (modes.S_IWUSR | modes.S_IWGRP | modes.S_IWOTH) or not os.access(path, os.W_OK):
        raise ReadOnlyTarget(path)
    if _is_locked(path):
        raise OpenTarget(path, None)


def copy_line(path: Path, environ: Mapping[str, str]) -> str:
    """The command that, typed at home, fetches a file, or a whole folder, from this machine."""
    host, option = _server_and_options(path, environ)
    quoted = str(path).replace("'", "'\\''")
    return f"scp {option}{_user()}@{host}:'{quoted}' ."


def ways_home(path: Path, environ: Mapping[str, str]) -> tuple[str, ...]:
    """How a file is fetched from this machine, a line each: with scp, with PuTTY's pscp, with WinSCP."""
    host, option = _server_and_options(path, environ)
    return (
        copy_line(path, environ),
        _("用 PuTTY：{line}").format(line=f'pscp {option}{_user()}@{host}:"{path}" .'),
        _("用 WinSCP：打开文件夹 {folder}").format(folder=path if path.is_dir() else path.parent),
    )


def zmodem_program() -> str | None:
    """The path of the program that sends files through the terminal; ``None`` where it is not installed."""
    return shutil.which(ZMODEM)


def _office_locks(path: Path) -> list[Path]:
    """The files by which Word, WPS and LibreOffice say that a document is open; Word drops two characters or fewer."""
    return [path.with_name(f"~${path.name[cut:]}") for cut in (0, 1, 2)] + [path.with_name(f".~lock.{path.name}#")]


def _is_locked(path: Path) -> bool:
    try:
        with path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:  # a disk without locks
        return False
    return False


def _server_and_options(path: Path, environ: Mapping[str, str]) -> tuple[str, str]:
    """Where this machine is reached, and what scp and pscp are to be told of the way and of a folder."""
    host, port = _server(environ)
    return host, ("" if port in ("", "22") else f"-P {port} ") + ("-r " if path.is_dir() else "")


def _server(environ: Mapping[str, str]) -> tuple[str, str]:
    """Where this machine was reached over SSH, else its name."""
    parts = environ.get("SSH_CONNECTION", "").split()
    if len(parts) == 4:
        host, port = parts[2], parts[3]
        return (f"[{host}]" if ":" in host else host), port
    return socket.gethostname(), ""


def _user() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # an account without a name
        return str(os.getuid())
