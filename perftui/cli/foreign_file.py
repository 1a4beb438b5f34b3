"""A document of Word, or its dump as text, read for ``import`` and ``check``."""

import sys
from pathlib import Path

from perftui.cli.exits import CommandError, Exit
from perftui.exchange.importer.imported import ImportResult
from perftui.exchange.importer.package import MOST_BYTES
from perftui.locale import _
from perftui.session.foreign_document import CannotImport, read_bytes, read_foreign

STDIN = "-"


def read_document(name: str, form: str | None = None, year: int | None = None) -> ImportResult:
    """The document in a file, or on stdin for ``-``. Raises CommandError."""
    return understood(file_bytes(name), name, form, year)


def understood(data: bytes, name: str, form: str | None = None, year: int | None = None) -> ImportResult:
    """The document in bytes that came from a file or stdin. Raises CommandError."""
    try:
        return read_foreign(data, name, form=form, year=year)
    except CannotImport as error:
        raise CommandError(Exit.REFUSED, f"{name}: {error}") from error


def file_bytes(name: str) -> bytes:
    """What a file holds, or stdin for ``-``. Raises CommandError or a FileError."""
    if name == STDIN:
        if sys.stdin.isatty():
            raise CommandError(Exit.USAGE, _("标准输入是终端，请用管道送进来：… | perftui import -"))
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        return read_bytes(Path(name))
    except CannotImport as error:
        raise CommandError(Exit.USAGE, str(error)) from error
