"""The state of a document's files: the version on disk that each record was read from, and the unreadable ones."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from perftui.files.errors import Digest, FileError
from perftui.files.reading import is_unchanged, read_file, stamp
from perftui.files.removing import remove_file
from perftui.files.worktree import working_copy
from perftui.forms import Form, Role
from perftui.locale import _
from perftui.model.conflicts import is_undecided
from perftui.model.document import DEPARTMENT, PROJECTS
from perftui.model.record import Record
from perftui.session.renamed_files import moved_files
from perftui.session.user import other_account, person
from perftui.store.file_state import FileState, is_cut, is_surely_cut, own_text
from perftui.store.folder import DocumentFolder, NoFolder, project_files
from perftui.store.git.stable_read import is_git_busy, read_settled
from perftui.store.git.stages import changed_since_staged, conflicted_files, from_stages, is_staged, settle_unmerged
from perftui.store.open import LoadedDocument, state_read
from perftui.store.problem import BadFile, Problem
from perftui.store.save import delete_file, save_file
from perftui.store.toml.decode import decode, text_of
from perftui.store.trash import keep_deleted, keep_replaced


class FileUnusable(FileError):  # noqa: N818 - named for what it says
    """The file on disk cannot be read, so it is not written to either; the sentence says why."""


class DocumentFiles:
    """The files of one open document. Used by one thread at a time."""

    def __init__(self, opened: LoadedDocument) -> None:
        self.folder: DocumentFolder = opened.folder
        self.form: Form = opened.form
        self.states: dict[str, FileState] = dict(opened.states)
        found = working_copy(opened.folder.folder)
        self._git: Path | None = found[1] if found else None
        self._git_index: object = None
        self.appeared: list[Problem] = []
        """Files that came since and are none of the document's, as copies of sync programs."""
        self.changed_elsewhere = {file: state.changed_at for file, state in opened.states.items()}
        """When each file was changed last by anything but this session, seconds since 1970."""
        self._taken_in: set[tuple[str, Digest]] = set()
        self._deleted: dict[str, FileState] = {}
        self._gone: dict[str, Record] = {}  # what others took away since the document was opened
        self._came: set[str] = set()  # what others added
        self._problems = {one.file: one for one in opened.problems}
        self._broken_stamps = {file: stamp(self.folder.path(file)) for file in self._problems}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The files that cannot be read."""
        return tuple(self._problems.values())

    def problem(self, file: str) -> Problem | None:
        """What is wrong with a file; ``None`` where nothing is."""
        return self._problems.get(file)

    def replace_state(self, file: str, found: FileState | None) -> FileState | None:
        """Note the version that is on disk now; the version before."""
        before = self.states.pop(file, None)
        if found is None and before is not None:
            self._gone[file] = before.record
        if found is not None:
            if before is None:
                self._came.add(file)
            unchanged = before is not None and before.digest == found.digest
            self.states[file] = replace(before, stamp=found.stamp) if before and unchanged else found
        return before

    def author(self, file: str) -> str:
        """Who wrote the version on disk, as far as the system tells; "" where it may have been anybody."""
        return other_account(self.folder.path(file))

    def read(self, file: str) -> FileState | None:
        """The file as it is on disk now; ``None``: there is none. Raises FileUnusable and remembers the problem."""
        path = self.folder.path(file)
        try:
            found = read_settled(path, self._git)
            state = None if found is None else state_read(self.folder, file, found, self.form)
            if found is not None and state is not None and self._was_cut(file, found.data, state):
                raise self._cut(state)
        except (BadFile, FileError) as error:
            bad = error if isinstance(error, BadFile) else BadFile(str(error))
            self._problems[file] = bad.problem(file)
            self._broken_stamps[file] = stamp(path)
            raise FileUnusable(path, str(self._problems[file])) from error
        self._problems.pop(file, None)
        return state

    def _was_cut(self, file: str, data: bytes, now: FileState) -> bool:
        """Was a file cut where it lies? What replaced it as a whole, or is in git's index, somebody made so."""
        before = self.states.get(file)
        if before is None or not is_cut(before.text, now.text):
            return False
        replaced = before.stamp is not None and now.stamp is not None and before.stamp.inode != now.stamp.inode
        return not replaced and not is_staged(self.folder, file, data)

    def cut_before(self, seen: Mapping[str, str]) -> Iterator[tuple[str, Record]]:
        """Files that were cut while nobody looked: each has a problem now; the record that was there before.

        That is what git's index has of it, without git what was ``seen`` when the document was left.
        """
        known = {file: text.encode() for file, text in seen.items()} or changed_since_staged(self.folder)
        for file, data in known.items():
            state = self.states.get(file)
            with suppress(BadFile):
                if state is not None and is_surely_cut(text := text_of(data), state.text):
                    good = decode(data, self.form.spec_of(file))
                    self.states[file] = replace(state, own=own_text(text, good, state.spec), record=good)
                    self._problems[file] = self._cut(state).problem(file)
                    self._broken_stamps[file] = state.stamp
                    yield file, good

    @staticmethod
    def _cut(now: FileState) -> BadFile:
        return BadFile(_("文件被截断了，后面的内容没有了"), now.text.count("\n"))

    def read_aside(self, file: str, path: Path) -> Record | None:
        """The record in another version of a file; ``None`` where it cannot be read."""
        with suppress(FileError, BadFile):
            return state_read(self.folder, file, read_file(path), self.form).merged_record
        return None

    def unmerged(self) -> Iterator[tuple[str, FileState]]:
        """Files in a git conflict that nobody has merged yet, though they have no markers: the driver failed."""
        index = stamp(self._git / "index") if self._git else None
        if index is None or index == self._git_index or is_git_busy(self._git):
            return
        self._git_index = index
        for file in conflicted_files(self.folder):
            with suppress(FileError, BadFile):
                found = read_file(self.folder.path(file))
                state = from_stages(self.folder, file, found, self.form.spec_of(file))
                version = (file, found.digest)  # settled, a project that was to be deleted may be what it was
                if state is not None and file not in self._problems and version not in self._taken_in:
                    self._taken_in.add(version)
                    yield file, state

    def save(self, file: str, record: Record | None) -> str:
        """Write a record, or remove its file (``None``); what the disk did not confirm. Raises a FileError.

        git is told of the answer to whether a project stays: else it, and the next start, would ask again.
        """
        before = self.states.get(file)
        doubt = self._save(file, record)
        if before is not None and is_undecided(before.merged_record) and not (record and is_undecided(record)):
            settle_unmerged(self.folder, file)
        return doubt

    def _save(self, file: str, record: Record | None) -> str:
        problem = self._problems.get(file)
        if problem is not None:
            raise FileUnusable(self.folder.path(file), str(problem))
        if not self.folder.folder.is_dir():  # a disk that was taken out: what is written below its name is nowhere
            raise NoFolder(self.folder.folder)
        state = self.states.get(file)
        if record is not None:
            spec, style_of = self.form.spec_of(file), self._deleted.get(file)
            self.states[file] = save_file(self.folder, file, record, spec, state, style_of=style_of)
            return self.states[file].doubt
        if state is not None:
            data = state.text.encode()
            keep_deleted(self.folder.folder, file, data, person())  # first: a crash in between loses nothing
            delete_file(self.folder, file, state)
            self._deleted[file] = self.states.pop(file)
        return ""

    def write_back(self, file: str, record: Record) -> None:
        """Put a record over a file that cannot be read; what is there goes to the bin. Raises a FileError."""
        path = self.folder.path(file)
        found = read_file(path)
        if found.data.strip():
            keep_replaced(self.folder.folder, file, found.data)
        spec = self.form.spec_of(file)
        before = self.states.get(file) or FileState(digest=found.digest, record=Record(), spec=spec)
        state = replace(before, digest=found.digest, first_read=None, merged=None)
        self.states[file] = save_file(self.folder, file, record, spec, state)
        self._problems.pop(file, None)

    def drop_copy(self, copy: str) -> None:
        """Remove a copy that was merged in; it goes to the bin. Raises a FileError."""
        path = self.folder.path(copy)
        found = read_file(path)
        keep_replaced(self.folder.folder, copy, found.data)
        remove_file(path, found.digest)
        self._problems.pop(copy, None)

    def changed(self) -> Iterator[str]:
        """The files that may have been changed, made or removed by somebody else since."""
        with suppress(FileError):  # a folder that is gone for a moment: the next look will tell
            names, problems = project_files(self.folder)
            for one in problems:
                if self._problems.setdefault(one.file, one) is one:
                    self.appeared.append(one)
            for file in [file for file in self._problems if stamp(self.folder.path(file)) is None]:
                if file not in self.states:
                    self._problems.pop(file)
            base = f"{self.folder.folder}{os.sep}"
            for file in dict.fromkeys((DEPARTMENT, *names, *self.states)):
                state = self.states.get(file)
                if state is not None and file not in self._problems and is_unchanged(base + file, state.stamp):
                    continue
                now = stamp(self.folder.path(file))
                if file in self._problems:
                    if self._broken_stamps.get(file) != now:
                        yield file
                elif file in self.states:
                    if self.states[file].stamp != now:
                        yield file
                elif now is not None:
                    yield file

    def settled_changes(self) -> list[str]:
        """The changed files; where one is gone, git may be putting it back at this moment, and is waited for."""
        changed = list(self.changed())
        gone = next((file for file in changed if self._is_gone(file)), None)
        if gone is None:
            return changed
        read_settled(self.folder.path(gone), self._git)
        return list(self.changed())

    def renamed(self, changed: Sequence[str]) -> dict[str, str]:
        """Files whose project is in another one now, each with that; of both one has just changed."""
        gone = {file: self.states[file].record for file in changed if self._is_gone(file)}
        gone |= {file: record for file, record in self._gone.items() if file not in self.states}
        others = {file: self.states[file].record for file in changed if self._is_another(file)}
        if not gone and not others:
            return {}
        came = {file: self.states[file].record for file in self._came if file in self.states and file not in gone}
        for file in changed:
            if file in others or (file not in self.states and file not in gone):
                with suppress(FileUnusable):  # told when it is taken in
                    found = self.read(file)
                    came |= {file: found.merged_record} if found is not None else {}
        return moved_files(self.form, gone | others, came)

    def rename(self, names: Mapping[str, str]) -> dict[str, FileState]:
        """What is known of files is that of other names now; the versions of the old ones, none of those long gone."""
        before = {old: self.states.pop(old) for old in names if old in self.states}
        for old, new in names.items():
            self._gone.pop(old, None)
            self._came.discard(new)
            self.changed_elsewhere.pop(old, None)
            if old in before:
                self.states.setdefault(new, replace(before[old], stamp=None))
        return before

    def _is_another(self, file: str) -> bool:
        """May a project that was in a file be in another one, for the file no longer has its code?"""
        state = self.states.get(file)
        if state is None or file == DEPARTMENT:
            return False
        code = self.form.project.text_of(state.record, Role.CODE)
        with suppress(FileError):
            return not code or code.encode() not in read_file(self.folder.path(file)).data
        return False

    def _is_gone(self, file: str) -> bool:
        return file in self.states and file != DEPARTMENT and stamp(self.folder.path(file)) is None

    def names(self) -> list[str]:
        """The names of the project files on disk."""
        try:
            return [f"{PROJECTS}/{name}" for name in os.listdir(self.folder.path(PROJECTS))]
        except OSError:
            return []
