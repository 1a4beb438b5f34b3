"""Reading a document: what can be read is usable, what cannot is named with line and reason."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from perftui.files.errors import Digest, FileError
from perftui.files.reading import FileBytes, Stamp, read_file
from perftui.forms import Form, RecordSpec, UnknownForm, form_ids, load_form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, in_reading_order
from perftui.model.record import Record
from perftui.store.codec import decode, is_crlf, text_of
from perftui.store.folder import DocumentFolder, project_files
from perftui.store.problem import BadFile, Problem

DEFAULT_FORM = "hebei-2021"
_FORM_LINE = re.compile(rb'^\s*form\s*=\s*["\']([^"\'\n]+)["\']', re.M)
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """A file as it was last read or written."""

    digest: Digest
    text: str
    """Its text, line ends as LF."""
    record: Record
    """What that text holds."""
    crlf: bool = False
    """Its lines end as on Windows, and stay so."""
    stamp: Stamp | None = None
    origin: "FileState | None" = None
    """As it was first read: when every change is taken back, the same bytes are written again."""
    doubt: str = ""
    """The sentence about a write that is in place, but which the disk did not confirm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document as it was read."""

    folder: DocumentFolder
    form: Form
    document: Document
    states: Mapping[str, FileState]
    problems: tuple[Problem, ...]


def open_document(folder: DocumentFolder) -> Opened:
    """Read a document. Raises a FileError where its folder cannot be read; a broken file only becomes a problem."""
    files, problems = project_files(folder)
    form, form_problems = _form_of(folder, files)
    problems += form_problems
    states: dict[str, FileState] = {}
    for file in (DEPARTMENT, *files):
        try:
            states[file] = read_state(folder, file, form)
        except BadFile as error:
            problems.append(error.problem(file))
    projects = {file: state.record for file, state in states.items() if file != DEPARTMENT}
    department = states[DEPARTMENT].record if DEPARTMENT in states else Record()
    document = Document(
        year=folder.year,
        unit=folder.unit,
        form=form.id,
        department=department,
        projects=in_reading_order(projects),
    )
    return Opened(folder=folder, form=form, document=document, states=states, problems=_sorted(problems))


def read_state(folder: DocumentFolder, file: str, form: Form) -> FileState:
    """Read one file of a document. Raises BadFile, also where the disk refuses."""
    try:
        found = read_file(folder.path(file))
    except FileError as error:
        raise BadFile(str(error)) from error
    return state_of(found, spec_of(form, file))


def state_of(found: FileBytes, spec: RecordSpec) -> FileState:
    """The state of a file whose bytes were read. Raises BadFile."""
    record = decode(found.data, spec)
    text = text_of(found.data)
    return FileState(digest=found.digest, text=text, record=record, crlf=is_crlf(found.data), stamp=found.stamp)


def spec_of(form: Form, file: str) -> RecordSpec:
    """The fields of one of the document's files."""
    return form.spec(department=file == DEPARTMENT)


def _form_of(folder: DocumentFolder, files: list[str]) -> tuple[Form, list[Problem]]:
    """The document's form: named by the department's file, else guessed, so that the projects stay usable."""
    try:
        data = read_file(folder.path(DEPARTMENT)).data
    except FileError:
        data = b""
    match = _FORM_LINE.search(data)
    named = match[1].decode("utf-8", "replace") if match else ""
    try:
        return load_form(named), []
    except UnknownForm:
        guessed = _guessed(folder, files)
    if not named:
        return guessed, []
    line = data.count(b"\n", 0, match.start(1)) + 1 if match else None
    reason = _("没有名为“{name}”的表样，暂按“{form}”打开").format(name=named, form=guessed.title)
    return guessed, [Problem(file=DEPARTMENT, line=line, reason=reason)]


def _guessed(folder: DocumentFolder, files: list[str]) -> Form:
    """The form whose fields the project files use most."""
    points = dict.fromkeys((DEFAULT_FORM, *form_ids()), 0)
    for file in files[:_LOOKED_AT]:
        try:
            keys = set(tomllib.loads(text_of(read_file(folder.path(file)).data)))
        except (FileError, BadFile, ValueError, RecursionError):
            continue
        for form in points:
            spec = load_form(form).project
            points[form] += len(keys & {*(one.key for one in spec.head), *spec.tables})
    return load_form(max(points, key=lambda form: points[form]))


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: (one.file != DEPARTMENT, one.file, one.line or 0)))
