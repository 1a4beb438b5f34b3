"""Reads a document: the readable files become records, each unreadable one a problem with line and reason."""

import os
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from perftui.files.errors import FileError
from perftui.files.processors import MANY, Told, shared, untold
from perftui.files.reading import FileBytes, SeenFiles, read_file
from perftui.forms import DEFAULT_FORM, Form, RecordSpec, form_or_unknown, load_form, look_in, usable_forms
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, in_reading_order
from perftui.model.frozen import frozen
from perftui.model.record import ORDER, UNPLACED, Record
from perftui.store.file_state import FileState, state_of
from perftui.store.folder import DocumentFolder, project_files
from perftui.store.git.stages import conflicted_files, from_stages, may_be_unmerged
from perftui.store.parsed_files import ParsedFiles
from perftui.store.problem import BadFile, Problem
from perftui.store.toml.decode import form_named, has_markers, parsed, text_of

_LOOKED_AT = 20
_HEAD_BYTES = 1024
"""In so many bytes a project's file says its place."""
_PLACE = re.compile(rf"^{ORDER} = ([0-9]+)$".encode(), re.MULTILINE)


@frozen
class LoadedDocument:
    """A document as it was read."""

    folder: DocumentFolder
    form: Form
    document: Document
    states: Mapping[str, FileState]
    problems: tuple[Problem, ...]

    def changed_at(self, file: str) -> float | None:
        """When a file was last changed on disk, seconds since 1970; ``None`` where it is not there."""
        return self.states[file].changed_at if file in self.states else None


def open_document(folder: DocumentFolder, seen: SeenFiles | None = None, told: Told = untold) -> LoadedDocument:
    """Read a document; of files ``seen`` a moment ago the version that was seen. ``told``: how far it is with many.

    Raises a FileError where its folder cannot be read; a broken file only becomes a problem.
    """
    files, problems = project_files(folder)
    form, form_problems = form_of(folder, files)
    problems += form_problems
    kept = ParsedFiles(folder, form, len(files) + 1)
    states = kept.find((DEPARTMENT, *files), seen or {})
    states |= _read_by_all(folder, form, kept, [file for file in (DEPARTMENT, *files) if file not in states], told)
    for file in [file for file in (DEPARTMENT, *files) if file not in states]:
        now = time.time_ns()  # before the reading: what changes during it must look newer than the cache's entry
        try:
            states[file] = read_state(folder, file, form)
        except BadFile as error:
            problems.append(error.problem(file))
        else:
            kept.put(file, states[file], now)
    kept.save()
    states |= _unmerged(folder, form, states)
    projects = {file: state.merged_record for file, state in states.items() if file != DEPARTMENT}
    department = states[DEPARTMENT].merged_record if DEPARTMENT in states else Record()
    projects = in_reading_order(projects, kept.places)
    document = Document(year=folder.year, unit=folder.unit, form=form.id, department=department, projects=projects)
    return LoadedDocument(folder=folder, form=form, document=document, states=states, problems=_sorted(problems))


def first_projects(folder: DocumentFolder, count: int) -> tuple[LoadedDocument, int]:
    """A document of the first projects alone, which nobody has to wait for, and how many there are in all.

    What cannot be read is left out. Raises a FileError where the folder cannot be read.
    """
    files, _problems = project_files(folder)
    form, _form_problems = form_of(folder, files)
    places = {file: _place_said(folder, file) for file in files}
    states: dict[str, FileState] = {}
    for file in (DEPARTMENT, *sorted(files, key=places.__getitem__)[:count]):
        with suppress(BadFile):
            states[file] = read_state(folder, file, form)
    department = states[DEPARTMENT].record if DEPARTMENT in states else Record()
    projects = {file: state.record for file, state in states.items() if file != DEPARTMENT}
    document = Document(year=folder.year, unit=folder.unit, form=form.id, department=department, projects=projects)
    return LoadedDocument(folder=folder, form=form, document=document, states=states, problems=()), len(files)


def _place_said(folder: DocumentFolder, file: str) -> int:
    """The place of a project as the first lines of its file say it, without reading all of it."""
    try:
        fd = os.open(f"{folder.folder}/{file}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return UNPLACED
    try:
        found = _PLACE.search(os.read(fd, _HEAD_BYTES).partition(b"\n[")[0])
    except OSError:
        return UNPLACED
    finally:
        os.close(fd)
    return int(found[1]) if found else UNPLACED


def _unmerged(folder: DocumentFolder, form: Form, states: Mapping[str, FileState]) -> dict[str, FileState]:
    """The states of files that git could not merge and that show no sign of it, as one side's deletion does not."""
    found: dict[str, FileState] = {}
    for file in conflicted_files(folder) & states.keys() if may_be_unmerged(folder) else ():
        with suppress(FileError, BadFile):
            state = from_stages(folder, file, read_file(folder.path(file)), form.spec_of(file))
            if state is not None:
                found[file] = state
    return found


def _read_by_all(
    folder: DocumentFolder, form: Form, kept: ParsedFiles, files: list[str], told: Told
) -> dict[str, FileState]:
    """The states of very many files, read by all processors; without those that are to be read one by one."""
    if len(files) < MANY:
        return {}

    def read(part: Sequence[str]) -> list[tuple[Any, ...] | None]:
        return [_read_plain(folder, form, kept, file) for file in part]

    entries = zip(files, shared(files, read, told), strict=True)
    return {file: kept.put_plain(file, entry) for file, entry in entries if entry is not None}


def _read_plain(folder: DocumentFolder, form: Form, kept: ParsedFiles, file: str) -> tuple[Any, ...] | None:
    now = time.time_ns()
    try:
        return kept.entry(file, read_state(folder, file, form), now)
    except BadFile:
        return None


def read_state(folder: DocumentFolder, file: str, form: Form) -> FileState:
    """Read one file of a document. Raises BadFile, also where the disk refuses."""
    try:
        found = read_file(folder.path(file))
    except FileError as error:
        raise BadFile(str(error)) from error
    return state_read(folder, file, found, form)


def state_read(folder: DocumentFolder, file: str, found: FileBytes, form: Form) -> FileState:
    """The state of a file whose bytes were read: from git's versions where it has conflict markers. Raises BadFile."""
    spec = form.spec_of(file)
    try:
        return state_of(found, spec)
    except BadFile:
        if not has_markers(found.data):
            raise
        merged = from_stages(folder, file, found, spec)
        if merged is None:
            raise
        return merged


def form_of(folder: DocumentFolder, files: list[str]) -> tuple[Form, list[Problem]]:
    """The form that the department's file names, and what is wrong with it.

    Where it names none a guess, so that the projects stay usable; where its form is not here one that knows nothing.
    """
    look_in(folder.data)
    try:
        data = read_file(folder.path(DEPARTMENT)).data
    except FileError:
        data = b""
    named = form_named(data)
    if not named:
        return _guessed(folder, files), []
    form, why = form_or_unknown(named)
    if form.is_known:
        return form, []
    line = data.count(b"\n", 0, data.find(named.encode())) + 1
    reason = _("{why}。这份文本只能看，不能改，也不能导出").format(why=why)
    return form, [Problem(file=DEPARTMENT, line=line, reason=reason)]


def _guessed(folder: DocumentFolder, files: list[str]) -> Form:
    """The form that knows what the project files hold, and has the fewest fields besides."""
    found: set[tuple[str, ...]] = set()
    for file in files[:_LOOKED_AT]:
        with suppress(FileError, BadFile):
            found |= _fields_in(parsed(text_of(read_file(folder.path(file)).data)))
    forms = list(usable_forms())
    return max(forms, key=lambda form: _fit(form.project, found), default=load_form(DEFAULT_FORM))


def _fields_in(values: Mapping[str, Any]) -> set[tuple[str, ...]]:
    """The keys of a project file: of the head, with their table's, or with their group's instead of each row's."""
    found: set[tuple[str, ...]] = set()
    for key, value in values.items():
        if not isinstance(value, dict):
            found.add((key,))
            continue
        rows = [row for row in value.values() if isinstance(row, dict)]
        found |= {(key, column) for row in rows or [value] for column in row}
    return found


def _fit(spec: RecordSpec, found: set[tuple[str, ...]]) -> tuple[int, int]:
    known = {(one.key,) for one in spec.head} | {(table, one.key) for table, own in spec.tables.items() for one in own}
    known |= {(group.key, one.key) for group in spec.groups for one in group.columns}
    return -len(found - known), -len(known - found)


def _sorted(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: (one.file != DEPARTMENT, one.file, one.line or 0)))
