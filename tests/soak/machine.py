"""An open document over a real folder and a real git, driven at random, with a plain table of values as the oracle."""

import errno
import os
import random
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from perftui.editing.edits import AddFile, DropFile, DropRow, Edit, PutRow, SetValue
from perftui.files.filesystem import DISK, FileSystem
from perftui.forms import load_form
from perftui.model.document import Location, project_file
from perftui.model.record import CONFLICTS, ORDER, Record, Row
from perftui.session.conflicts import conflicts_of, settling
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder
from perftui.store.open import open_document
from perftui.store.saver import SaveState
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories
from tests.soak.place import in_parts, own_place, surroundings, write_document
from tests.soak.suite import Deadline, Suite, Tally

FORM = load_form("hebei-2021")
FILES = [project_file(factories.project_code(number)) for number in (1, 2)]
PLACES = (("name",), ("budget", "purpose"), ("budget", "fiscal"), ("plan", "m06"))
TEXTS = st.sampled_from(["甲", "乙乙", "12.50", "丙丙丙，很长的一句话", "=1", "[/]"])
GROUP = "indicators"
WRONG = "sessions that lost something"
Values = dict[tuple[str, tuple[str, ...]], object]


class FullDisk(FileSystem):
    """Makes no new file below a folder while it is full; the journal is on another disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.full = False

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if self.full and flags & os.O_CREAT and str(path).startswith(self.folder):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().open(path, flags, mode)


class SessionMachine(RuleBasedStateMachine):
    """Edits, undo, a full disk, ends without saving, others who write, pulls with conflicts, new starts."""

    def __init__(self) -> None:
        super().__init__()
        self.top = TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        place = Path(self.top.name)
        self.before = dict(os.environ)
        os.environ.update(surroundings(place / "home"))
        self.folder: DocumentFolder = write_document(place / "work" / "data")
        self.disk = FullDisk(place / "work")
        DISK.open = self.disk.open  # type: ignore[method-assign]
        self.work = place / "work"
        _git(self.work, "init", "-q", "-b", "main")
        _git(self.work, "config", "pull.rebase", "false")
        (self.work / ".gitignore").write_text("*.perftui-lock\n*.perftui-tmp\n")
        self._commit("begin")
        _git(place, "clone", "-q", "work", "other")
        self.other = place / "other"
        self.session = OpenDocument.open(self.folder)
        self.values = _values_of(self.session)
        self.number = 0

    def teardown(self) -> None:
        self.disk.full = False
        self.session.close()
        del DISK.open
        os.environ.clear()
        os.environ.update(self.before)
        self.top.cleanup()

    @initialize()
    def begin(self) -> None:
        assert self.session.status.state is SaveState.SAVED

    # ---- what a person does

    @rule(file=st.sampled_from(FILES), path=st.sampled_from(PLACES), text=TEXTS)
    def edit(self, file: str, path: tuple[str, ...], text: str) -> None:
        if self.session.document.has(file):
            self._run([SetValue(file=file, path=path, value=text)])

    @rule(file=st.sampled_from(FILES), text=TEXTS)
    def add_row(self, file: str, text: str) -> None:
        if self.session.document.has(file):
            self.number += 1
            row = Row(id=f"row{self.number:03}", values={ORDER: self.number, "name": text})
            self._run([PutRow(file=file, group=GROUP, row=row)])

    @rule(file=st.sampled_from(FILES), which=st.integers(0, 20))
    def drop_row(self, file: str, which: int) -> None:
        rows = self.session.document.record(file).rows(GROUP) if self.session.document.has(file) else ()
        if rows:
            self._run([DropRow(file=file, group=GROUP, row_id=rows[which % len(rows)].id)])

    @rule(text=TEXTS)
    def add_project(self, text: str) -> None:
        self.number += 1
        file = project_file(f"new-{self.number}")
        self._run([AddFile(file=file, record=Record(head={"name": text}, tables={}, groups={}))])

    @rule(which=st.integers(0, 20))
    def delete_project(self, which: int) -> None:
        files = [file for file in self.session.document.projects if file not in FILES]
        if files:
            self._run([DropFile(file=files[which % len(files)])])

    @rule()
    def undo(self) -> None:
        before = self.values
        moved = self.session.undo()
        if moved is not None:
            self.values = _values_of(self.session)
            touched = {edit.file for edit in moved.step.edits}
            assert {place: value for place, value in before.items() if place[0] not in touched} == {
                place: value for place, value in self.values.items() if place[0] not in touched
            }

    @rule(file=st.sampled_from(FILES), path=st.sampled_from(PLACES), text=TEXTS)
    def edit_and_take_back(self, file: str, path: tuple[str, ...], text: str) -> None:
        """Undo leaves everything as it was; redo makes it again."""
        before = dict(self.values)
        self._run([SetValue(file=file, path=path, value=text)])
        after = dict(self.values)
        self.session.undo()
        assert _values_of(self.session) == before
        self.session.redo()
        assert _values_of(self.session) == after

    @rule(text=TEXTS)
    def half_type(self, text: str) -> None:
        self.session.draft(Location(file=FILES[0], path=PLACES[0]), text)

    # ---- what happens

    @rule()
    def flush(self) -> None:
        assert self.session.flush().state is (SaveState.FAILED if self._waits else SaveState.SAVED) or self.disk.full

    @rule()
    def disk_is_full(self) -> None:
        self.disk.full = True

    @rule()
    def disk_has_room(self) -> None:
        self.disk.full = False

    @rule()
    def start_again(self) -> None:
        """An end and a new start, with the disk as it is: what could not be saved comes back from the journal."""
        self.session.close()
        self.disk.full = False
        self.session = OpenDocument.open(self.folder)

    @precondition(lambda self: not self.disk.full)
    @rule(path=st.sampled_from(PLACES), text=TEXTS)
    def somebody_writes(self, path: tuple[str, ...], text: str) -> None:
        """Another program changes a field of a file, all of ours being saved; it is merged in."""
        assert self.session.flush().state is SaveState.SAVED
        self._write(self.folder.path(FILES[0]), path, text)
        self.session.poll()
        self.values[FILES[0], path] = text

    @precondition(lambda self: not self.disk.full)
    @rule(ours=TEXTS, theirs=TEXTS, path=st.sampled_from(PLACES))
    def pull(self, ours: str, theirs: str, path: tuple[str, ...]) -> None:
        """A pull that changes a field which was changed here as well: ours stays, theirs is kept, and it is settled."""
        before = self.values.get((FILES[0], path))
        self._run([SetValue(file=FILES[0], path=path, value=ours)])
        assert self.session.flush().state is SaveState.SAVED
        _git(self.other, "pull", "-q", "--no-edit", check=False)
        their_file = self.other / self.folder.path(FILES[0]).relative_to(self.work)
        base = decode(their_file.read_bytes(), FORM.project).value(path)
        self._write(their_file, path, theirs)
        _git(self.other, "commit", "-q", "-a", "-m", "theirs", check=False)
        self._commit("ours")
        _git(self.work, "pull", "-q", "--no-edit", str(self.other), "main", check=False)
        self.session.poll()
        assert self.session.flush().state is SaveState.SAVED
        record = self.session.document.record(FILES[0])
        assert record.text(path) in (ours, theirs)
        if base == before and base not in (ours, theirs) and ours != theirs:
            assert record.text(path) == ours
            (found,) = [one for one in conflicts_of(FILES[0], record) if one.place.path == path]
            assert found.ours.value == ours
            assert theirs in [side.value for side in found.others]
        self._settle(path, theirs)
        assert self.session.flush().state is SaveState.SAVED
        self._commit("merged")
        self.values[FILES[0], path] = self.session.document.record(FILES[0]).text(path)
        _git(self.other, "pull", "-q", "--no-edit", "-X", "theirs", check=False)
        _git(self.other, "reset", "-q", "--hard", "origin/main")

    def _settle(self, path: tuple[str, ...], theirs: str) -> None:
        """Settle the conflict of a field, if there is one, for the other side."""
        record = self.session.document.record(FILES[0])
        for conflict in (one for one in conflicts_of(FILES[0], record) if one.place.path == path):
            (side,) = [name for name, side in conflict.sides.items() if side.value == theirs and name != "base"]
            self.session.run(settling(record, conflict, side), "取对方的")

    # ---- the oracle

    @invariant()
    def nothing_is_lost(self) -> None:
        assert _values_of(self.session) == self.values

    @property
    def _waits(self) -> bool:
        return bool(self.session.status.waiting)

    def _run(self, edits: list[Edit]) -> None:
        self.session.run(edits, "改")
        for edit in edits:
            self._note(edit)

    def _note(self, edit: Edit) -> None:
        match edit:
            case SetValue(file=file, path=path, value=value):
                self.values[file, path] = value
            case PutRow(file=file, group=group, row=row):
                self.values |= {(file, (group, row.id, key)): value for key, value in row.values.items()}
            case DropRow(file=file, group=group, row_id=row_id):
                gone = [place for place in self.values if place[0] == file and place[1][:2] == (group, row_id)]
                for place in gone:
                    del self.values[place]
            case AddFile(file=file, record=record):
                self.values |= {(file, path): record.value(path) for path in record.paths()}
            case DropFile(file=file):
                self.values = {place: value for place, value in self.values.items() if place[0] != file}

    def _write(self, path: Path, place: tuple[str, ...], text: str) -> None:
        record = decode(path.read_bytes(), FORM.project).with_value(place, text)
        temporary = path.with_name("theirs")
        temporary.write_bytes(canonical(record, FORM.project).encode())
        temporary.replace(path)

    def _commit(self, message: str) -> None:
        _git(self.work, "add", "-A")
        _git(self.work, "commit", "-q", "-m", message, check=False)


class ReopenedSessionMachine(SessionMachine):
    """The same, and after every step the files are looked at by somebody who opens them anew."""

    @invariant()
    def the_files_say_the_same_once_saved(self) -> None:
        if not self.disk.full and self.session.flush().state is SaveState.SAVED:
            opened = open_document(self.folder)
            assert not opened.problems
            assert _plain(dict(opened.document.files())) == self.values


def _values_of(session: OpenDocument) -> Values:
    return _plain(dict(session.document.files()))


def _plain(records: dict[str, Record]) -> Values:
    return {
        (file, path): record.value(path)
        for file, record in records.items()
        for path in record.paths()
        if path[0] != CONFLICTS
    }


def _git(folder: Path, *words: str, check: bool = True) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=check, capture_output=True)


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many sessions of at most 30 steps."""
    tally = Tally("stateful")
    tally.expect("sessions", WRONG)
    return in_parts(tally, _several, number, rng, over, size=50, at_once=4)


def _several(given: tuple[int, int]) -> Tally:
    start, size = given
    tally = Tally("stateful")
    tally.counts["sessions"] += size
    chosen = settings(
        max_examples=size, stateful_step_count=30, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],  # a session that fails is told with its seed; making it smaller takes very long
    )  # fmt: skip
    try:
        with own_place():
            run_state_machine_as_test(seed(start)(ReopenedSessionMachine), settings=chosen)  # type: ignore[no-untyped-call]
    except Exception as error:  # whatever broke: told with the seed
        notes = "\n".join(getattr(error, "__notes__", ()))
        tally.fail(WRONG, f"seed {start}: {error!r:.1500}\n{notes:.3000}")
    return tally


SUITE = Suite(name="stateful", what="random sessions, held against a table of values", full=2000, run=run)
