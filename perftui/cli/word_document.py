"""A document of Word, or its dump as text, read for ``import`` and ``check``."""

import sys
from collections.abc import Iterator
from pathlib import Path

from perftui.cli.exits import CommandError, Exit
from perftui.exchange.reading.assemble import match
from perftui.exchange.reading.docx import read_docx
from perftui.exchange.reading.dump import read_dump
from perftui.exchange.reading.imported import Confidence, Imported, ImportRefused
from perftui.exchange.reading.package import MOST_BYTES
from perftui.files.errors import Missing
from perftui.files.reading import read_file
from perftui.locale import _

STDIN = "-"
_ZIP = b"PK"


def read_document(name: str, form: str | None = None, year: int | None = None) -> Imported:
    """The document in a file, or on stdin for ``-``. Raises CommandError."""
    data = _bytes(name)
    try:
        content = read_docx(data) if data.startswith(_ZIP) or name.lower().endswith(".docx") else read_dump(data)
        return match(content, form=form, year=year)
    except ImportRefused as error:
        raise CommandError(Exit.REFUSED, f"{name}: {error}") from error


def _bytes(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        return read_file(Path(name), MOST_BYTES).data
    except Missing as error:
        raise CommandError(Exit.USAGE, _("没有文件 {name}").format(name=name)) from error


def report_lines(imported: Imported) -> Iterator[str]:
    """What was understood by a rule, guessed, or left out, a line each."""
    labels = {
        Confidence.LIKELY: _("已转换"),
        Confidence.UNSURE: _("请核对"),
        Confidence.LEFT: _("未读入"),
    }
    for note in imported.notes:
        if note.confidence in labels:
            place = f"{note.place}：" if note.place else ""
            yield f"{labels[note.confidence]} {place}{note.message}"
    for title, counted in ((_("读入"), imported.counts.taken), (_("没有读入"), imported.counts.left_out)):
        yield from (f"{title} {what}：{count}" for what, count in counted.items())
