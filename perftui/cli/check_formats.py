"""Findings as text for people, and in the formats that other programs read."""

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put, put_bytes, put_json, put_json_text
from perftui.forms import Form
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath
from perftui.model.text import visible
from perftui.review.finding import Acceptance, Finding
from perftui.review.review_settings import ReviewSettings
from perftui.store.open import LoadedDocument
from perftui.store.toml.scan import lines_of

TEXT, JSON, CSV, XLSX, SARIF = FORMATS = ("text", "json", "csv", "xlsx", "sarif")
"""The names of the formats, the usual one first."""

_WIDEST = 100
_MARK = "\ufeff"
"""The byte order mark that a spreadsheet wants at the beginning of a CSV file."""


@frozen
class CheckedDocument:
    """A document and the findings that are asked for."""

    document: Document
    form: Form
    findings: tuple[Finding, ...]
    opened: LoadedDocument | None = None
    """Where it lies in a data folder."""
    settings: ReviewSettings = field(default_factory=ReviewSettings)
    """What its folder says about the rules."""
    lapsed: tuple[Acceptance, ...] = ()
    """Acceptances for which there is no finding any more."""


def write_findings(name: str, checked: Sequence[CheckedDocument], *, many: bool) -> None:
    """Write the findings to stdout in a format, whose module alone is loaded.

    ``many``: as a format tells of several documents, also where there is only one. Raises CommandError where it holds
    one document only.
    """
    if name == TEXT:
        for one in checked:
            _put_text(one, titled=len(checked) > 1)
    elif name == JSON:
        _put_json(checked, many=many)
    elif name == SARIF:
        put_json_text(_joined([json.loads(_sarif(one)) for one in checked]))
    elif name == CSV:
        _put_csv(_csv(checked, many=many))
    elif len(checked) != 1:
        raise CommandError(Exit.USAGE, _("{format} 格式一次只能写一份绩效文本").format(format=name))
    else:
        from perftui.review.report.table_report import to_xlsx

        _put_xlsx(to_xlsx(*_told(checked[0])))


_Told = tuple[
    tuple[Finding, ...], Document, Form, ReviewSettings, tuple[Acceptance, ...], list[tuple[str, int | None, str]]
]


def _told(one: CheckedDocument) -> _Told:
    return one.findings, one.document, one.form, one.settings, one.lapsed, _unread(one)


def _put_json(checked: Sequence[CheckedDocument], *, many: bool) -> None:
    from perftui.review.report.json_report import to_json

    if many:
        put_json([json.loads(to_json(*_told(one))) for one in checked])
    else:
        put_json_text(to_json(*_told(checked[0])))


def _csv(checked: Sequence[CheckedDocument], *, many: bool) -> str:
    """The table of one document; of several one table, with the year and the unit before each row."""
    from perftui.review.report.table_report import to_csv

    if not many:
        return to_csv(*_told(checked[0]))
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    for number, one in enumerate(checked):
        head, *rows = csv.reader(io.StringIO(to_csv(*_told(one)).removeprefix(_MARK), newline=""))
        if number == 0:
            writer.writerow([_("年度"), _("单位"), *head])
        writer.writerows([one.document.year, one.document.unit, *row] for row in rows)
    return _MARK + target.getvalue()


def _joined(logs: Sequence[dict[str, Any]]) -> str:
    """One log with a run a document."""
    runs = [run for log in logs for run in log["runs"]]
    return json.dumps({**logs[0], "runs": runs}, ensure_ascii=False, indent=2) + "\n"


def _sarif(one: CheckedDocument) -> str:
    from perftui.review.report.sarif_report import to_sarif

    return to_sarif(
        one.findings, one.document, one.form, settings=one.settings, lapsed=one.lapsed, folder=_folder(one),
        line_of=_line_finder(one), unread=_unread(one),
    )  # fmt: skip


def _unread(one: CheckedDocument) -> list[tuple[str, int | None, str]]:
    """The files that cannot be read, and why."""
    return [(problem.file, problem.line, problem.reason) for problem in one.opened.problems] if one.opened else []


def _put_text(one: CheckedDocument, *, titled: bool) -> None:
    import shutil  # and with it every packer: findings in other formats have no width

    from perftui.review.report.text_report import to_text

    if titled:
        put(f"{one.document.year} {one.document.unit}")
    width = min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)
    put(to_text(one.findings, one.document, one.form, one.settings, width, one.lapsed).rstrip("\n"))


def _put_csv(text: str) -> None:
    """The exact bytes into a file or pipe; on a terminal its lines, made visible."""
    if sys.stdout.isatty():
        for line in text.split("\r\n"):
            put(visible(line))
        return
    put_bytes(text.encode("utf-8", "replace"))


def _put_xlsx(data: bytes) -> None:
    if sys.stdout.isatty():
        raise CommandError(
            Exit.USAGE, _("表格不能打印在终端上，请重定向到文件：perftui check --format xlsx > 文件.xlsx")
        )
    put_bytes(data)


def _folder(one: CheckedDocument) -> str:
    """The document's folder, relative to the repository that it lies in, else to the data folder's parent."""
    if one.opened is None:
        return ""
    folder = Path(os.path.abspath(one.opened.folder.folder))
    data = Path(os.path.abspath(one.opened.folder.data))
    top = next((parent for parent in folder.parents if (parent / ".git").exists()), data.parent)
    return folder.relative_to(top).as_posix()


def _line_finder(one: CheckedDocument) -> Callable[[Location], int | None]:
    """What finds the line of a field; of its row or table where it is blank. Each file is gone through once."""
    known: dict[str, Mapping[FieldPath, int]] = {}

    def find(place: Location) -> int | None:
        state = one.opened.states.get(place.file) if one.opened else None
        if state is None:
            return None
        if place.file not in known:
            known[place.file] = lines_of(state.text)
        paths = (place.path[:end] for end in range(len(place.path), 0, -1))
        return next((known[place.file][path] for path in paths if path in known[place.file]), None)

    return find
