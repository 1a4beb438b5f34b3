"""Importing: the files to choose from, the preview of an import, and the import as one step."""

import os
from collections.abc import Sequence
from pathlib import Path

from perftui.exchange.importer.imported import ImportResult
from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen
from perftui.session.export_target import exports_folder
from perftui.session.foreign_document import (
    TABLES,
    CannotImport,
    NewDocument,
    new_document,
    offered_files,
    only_rows,
    read_bytes,
    read_foreign,
    read_rows,
    report_lines,
    summary,
    write_new,
    write_with_next,
)
from perftui.session.import_plan import ImportPlan, plan_lines, plan_of, rows_plan
from perftui.session.word_return import printed_from
from perftui.store.folder import DocumentFolder
from perftui.tui.state.app_state import AppState
from perftui.tui.state.run_edits import run_edits

MOST_OFFERED = 200  # files in the list; a name can still be typed


@frozen
class ImportPreview:
    """A file compared with the open document. Nothing is changed before the person confirms."""

    path: Path
    plan: ImportPlan
    lines: tuple[str, ...]
    """What would happen, then what was understood and what not."""
    against: Document
    """The document as it was then."""


@frozen
class NewDocumentPreview:
    """A file that can become a new document. Nothing is written before the person confirms."""

    path: Path
    new: NewDocument
    lines: tuple[str, ...]


# ---- choosing a file


def folders_of(data: Path) -> tuple[Path, ...]:
    """Where files to read usually lie: exports, the data folder, what is around it, and where perftui was started."""
    whole, started = Path(os.path.abspath(data)), Path(os.path.abspath(""))
    return tuple(dict.fromkeys((exports_folder(whole), whole, whole.parent, started, Path.home())))


def paths_for(typed: str, folders: Sequence[Path], endings: Sequence[str]) -> list[str]:
    """The files that a typed text can mean: a path as far as it is typed, or a part of a name that is offered."""
    text = typed.strip()
    if "/" in text or text.startswith("~"):
        return _completions(Path(text).expanduser(), text.endswith("/"), endings)
    found = [path for path in offered_files(folders, endings) if text.casefold() in path.name.casefold()]
    return [str(path) for path in found[:MOST_OFFERED]]


def _completions(path: Path, whole: bool, endings: Sequence[str]) -> list[str]:  # noqa: FBT001 - of one caller
    folder, begun = (path, "") if whole or path.is_dir() else (path.parent, path.name)
    found = [str(one) for one in offered_files([folder], endings) if one.name.casefold().startswith(begun.casefold())]
    try:
        with os.scandir(folder) as entries:
            named = [one for one in entries if one.name.startswith(begun) and one.name.startswith(".") <= bool(begun)]
            inner = sorted(f"{one.path}/" for one in named if one.is_dir())
    except OSError:  # not there, or not to be read
        inner = []
    return [*found, *inner][:MOST_OFFERED]


# ---- into the open document


def read_into(state: AppState, path: Path) -> ImportPreview | str:
    """What a file would bring into the open document, or the sentence that says why nothing; slow, for a worker."""
    session = state.session
    document = session.document
    try:
        data = read_bytes(path)
        sheet = path.suffix.lower() in TABLES
        imported = _sheet(data, path, document) if sheet else read_foreign(data, path.name, form=document.form)
        if imported is None:
            return _rows_into(state, path, data, document)
    except (CannotImport, FileError) as error:
        return _("没有读入 {name}：{why}").format(name=path.name, why=error)
    unreadable = [one.file for one in session.problems]
    came = printed_from(imported, document, session.form)
    plan = plan_of(document, session.form, imported.document, unreadable, came)
    lines = (*plan_lines(plan, document, session.form), summary(imported), *report_lines(imported))
    return ImportPreview(path=path, plan=plan, lines=lines, against=document)


def _sheet(data: bytes, path: Path, document: Document) -> ImportResult | None:
    """The document in the sheets of a file; ``None`` where they hold rows alone, or nothing of the form."""
    try:
        imported = read_foreign(data, path.name, form=document.form)
    except CannotImport:  # rows without a header are no document; what is neither is refused when read as rows
        return None
    return None if only_rows(imported) else imported


def _rows_into(state: AppState, path: Path, data: bytes, document: Document) -> ImportPreview | str:
    form = state.session.form
    if state.file not in document.projects:
        return _("表格里是指标行：先打开要放进去的项目，再读入")
    table = read_rows(data, path.name, form)
    plan = rows_plan(document, form, state.file, table)
    notes = (f"{note.place} {note.message}".strip() for note in table.notes)
    return ImportPreview(path=path, plan=plan, lines=(*plan_lines(plan, document, form), *notes), against=document)


def take(state: AppState, incoming: ImportPreview, *, changing: bool, as_file: bool = False) -> Location | None:
    """Take a file in, as one step; where it went. ``as_file``: also what nobody changed in Word."""
    if state.session.document != incoming.against:
        state.say(_("看报告的时候文本有了改动，没有读入；请再读一次"))
        return None
    plan = incoming.plan
    edits = plan.edits(changing=changing, as_file=as_file)
    added = (*plan.added, *(plan.aside_added if as_file else ()))
    places = [Location(file=one.file) for one in added] + [one.location for one in (*plan.changes, *plan.aside)]
    place = places[0] if places else None
    run_edits(state, edits, _("读入 {file}").format(file=incoming.path.name), place)
    return place


# ---- as a new document


def read_new(data: Path, path: Path, year: int | None, unit: str) -> NewDocumentPreview | str:
    """The new document that a file would become, or why it cannot; slow, for a worker."""
    try:
        imported = read_foreign(read_bytes(path), path.name, year=year)
        new = new_document(data, imported, unit)
    except (CannotImport, FileError) as error:
        return _("没有读入 {name}：{why}").format(name=path.name, why=error)
    head = _("建立 {year} 年 {unit} 的文本").format(year=new.folder.year, unit=new.folder.unit)
    return NewDocumentPreview(path=path, new=new, lines=(head, summary(imported), *report_lines(imported)))


def create_document(preview: NewDocumentPreview) -> str:
    """Write the new document; "" where that worked, else the reason as a sentence."""
    try:
        write_new(preview.new)
    except FileError as error:
        return str(error)
    return ""


def create_next(preview: NewDocumentPreview, *, amounts: bool) -> DocumentFolder | str:
    """Write it as last year's document, and this year's made of it: this one's folder, or the reason as a sentence."""
    try:
        return write_with_next(preview.new, amounts=amounts)
    except FileError as error:
        return str(error)
