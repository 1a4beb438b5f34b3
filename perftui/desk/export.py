"""The document as a DOCX in ``exports/``, and the line that copies it home."""

import os
import socket
import zipfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from getpass import getuser
from io import BytesIO
from pathlib import Path

from perftui.files.errors import FileError
from perftui.files.names import safe_name
from perftui.files.reading import current_digest, read_file
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from perftui.forms import Form, Role
from perftui.locale import _
from perftui.model.document import Document

EXPORTS = "exports"
"""The folder beside the data folder."""
LIMIT = 512 * 1024 * 1024
"""The most bytes that a document may have, to look at the one that it replaces."""


class DamagedExport(FileError):  # noqa: N818 - named for what it says
    """What was written does not read back as it was made."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("{name} 写出后读回来不一样，请重新导出").format(name=path.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """A document that was exported."""

    path: Path
    """Absolute."""
    projects: int
    """How many projects are in it."""
    size: int
    """Bytes."""


def exports_folder(data: Path) -> Path:
    """The folder for documents: ``exports`` beside the data folder."""
    return Path(os.path.abspath(data)).parent / EXPORTS


def export_name(document: Document, form: Form) -> str:
    """The usual file name: ``2021-613001-路南街道办事处部门本级.docx``."""
    name = form.department.text_of(document.department, Role.UNIT_NAME)
    stem = "-".join(part for part in (str(document.year), document.unit, name) if part)
    return safe_name(stem, str(document.year)) + ".docx"


def docx_of(
    document: Document,
    form: Form,
    files: Collection[str] | None = None,
    *,
    remarks: Sequence[str] | None = None,
) -> bytes:
    """The document, or some of its projects, as the bytes of a DOCX; with ``remarks`` a draft that ends in them.

    Raises UnprintableError.
    """
    from perftui.exchange.docx_writer import write_docx  # loaded when something is exported
    from perftui.exchange.layout import lay_out

    out = BytesIO()
    write_docx(lay_out(document, form, files, remarks=remarks), out)
    return out.getvalue()


def export_document(
    document: Document,
    form: Form,
    target: Path,
    files: Collection[str] | None = None,
    *,
    remarks: Sequence[str] | None = None,
) -> ExportResult:
    """Write the document to ``target``: a folder (it gets the usual name there), or the path of a file.

    Whole or not at all; an older export is replaced. Raises a FileError, or UnprintableError where a text has a
    character that a DOCX cannot hold.
    """
    data = docx_of(document, form, files, remarks=remarks)
    path = Path(os.path.abspath(target))
    if path.suffix.lower() != ".docx":
        path = path / export_name(document, form)
    create_folder(path.parent)
    digest = write_file(path, data, current_digest(path, LIMIT), _verified(path), limit=LIMIT)
    if read_file(path, LIMIT).digest != digest:
        raise DamagedExport(path)
    count = len(document.projects) if files is None else sum(file in files for file in document.projects)
    return ExportResult(path=path, projects=count, size=len(data))


def copy_line(path: Path, environ: Mapping[str, str]) -> str:
    """The command that, typed at home, fetches a file from this machine."""
    host, port = _server(environ)
    option = "" if port in ("", "22") else f"-P {port} "
    quoted = str(path).replace("'", "'\\''")
    return f"scp {option}{_user()}@{host}:'{quoted}' ."


def _verified(path: Path) -> Callable[[bytes], None]:
    """What refuses bytes that are no whole package, before the disk is touched."""

    def verify(data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if package.testzip() is not None:
                raise DamagedExport(path)

    return verify


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
