"""A kill, and every error, at every call to the disk of what the program does: saving, the journal, deleting, export.

The calls are those of ``files.FileSystem``, in which all of them are made; below it, tests/unit/files has strace kill
the write itself. The same work is done on a fresh document each time, and looked at with the disk in order again.
"""

import errno
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from perftui.editing.edits import AddFile, DropFile, SetValue
from perftui.files.errors import FileError
from perftui.files.filesystem import DISK, FileSystem
from perftui.files.sweep import sweep
from perftui.forms import Role, load_form
from perftui.model.diff import same_values
from perftui.model.document import project_file
from perftui.review.engine import review_document
from perftui.session.export import export_document
from perftui.session.open_document import FileLocked, OpenDocument
from perftui.session.review_settings import accept_findings, settings_or_default
from perftui.store.folder import DocumentFolder
from perftui.store.open import open_document
from tests import factories
from tests.soak.place import own_place, spread, write_document
from tests.soak.suite import Deadline, Suite, Tally
from tests.unit.files.disks import CALLS, WatchedDisk

# Not ENOENT: a file that is said not to be there counts as removed by somebody else.
ERRORS = (
    errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.ENOMEM, errno.ESTALE,
    errno.EINVAL, errno.ENOSYS, errno.EMFILE, errno.EINTR,
)  # fmt: skip
LOST, HALF, TRACES, STRAYS = "edits lost", "half files", "tracebacks", "stray files"
NEW = "新的名称，足够长，一眼看得出"
"""What is typed into the first project."""


@contextmanager
def installed(disk: FileSystem) -> Iterator[None]:
    """Have the program use another disk; the real one again afterwards."""
    for name in CALLS:
        setattr(DISK, name, getattr(disk, name))
    try:
        yield
    finally:
        for name in CALLS:
            delattr(DISK, name)


class FailingDisk(WatchedDisk):
    """Fails at one call below a folder, once or from then on; or ends the process there."""

    def __init__(self, when: int, number: int | None, *, lasting: bool = False) -> None:
        super().__init__()
        self.when, self.number, self.lasting = when, number, lasting
        self.hit = ""

    def before(self, name: str) -> None:
        count = len(self.calls)
        if name in ("close", "unlock") or count < self.when or (count > self.when and not self.lasting):
            return
        self.hit = self.hit or name
        if self.number is None:
            os.kill(os.getpid(), signal.SIGKILL)
        elif name == self.hit:
            raise OSError(self.number, os.strerror(self.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something that writes, and what is true of a document once it was done or before."""

    do: Callable[[DocumentFolder], bool]
    """Does it; True where it was said to be done."""
    lost: Callable[[DocumentFolder], bool]
    """Is what was done gone, opened again with the disk in order?"""


def _first(folder: DocumentFolder) -> str:
    return project_file(factories.project_code(1))


def _edit(folder: DocumentFolder) -> bool:
    session = OpenDocument.open(folder)
    session.run([SetValue(file=_first(folder), path=_name_path(), value=NEW)], "改名称")
    return not session.close(5).waiting


def _name_path() -> tuple[str, ...]:
    path = load_form("hebei-2021").project.path_of(Role.NAME)
    assert path is not None
    return path


def _edit_lost(folder: DocumentFolder) -> bool:
    session = OpenDocument.open(folder)
    found = session.document.record(_first(folder)).text(_name_path())
    session.close()
    return found != NEW


def _delete(folder: DocumentFolder) -> bool:
    session = OpenDocument.open(folder)
    session.run([DropFile(file=_first(folder))], "删除项目")
    status = session.close(5)
    return not status.waiting


def _delete_lost(folder: DocumentFolder) -> bool:
    session = OpenDocument.open(folder)
    gone = not session.document.has(_first(folder))
    kept = any(one.file == _first(folder) for one in session.deleted())
    session.close()
    return not (gone and kept)


def _add(folder: DocumentFolder) -> bool:
    session = OpenDocument.open(folder)
    session.run([AddFile(file=project_file("new-1"), record=factories.project(index=9))], "新建项目")
    return not session.close(5).waiting


def _add_lost(folder: DocumentFolder) -> bool:
    opened = open_document(folder)
    added = opened.document.projects.get(project_file("new-1"))
    return added is None or not same_values(added, factories.project(index=9))


def _export(folder: DocumentFolder) -> bool:
    opened = open_document(folder)
    export_document(opened.document, opened.form, folder.data.parent / "exports" / "a.docx")
    return True


def _export_lost(folder: DocumentFolder) -> bool:
    return not (folder.data.parent / "exports" / "a.docx").exists()


def _accept(folder: DocumentFolder) -> bool:
    opened = open_document(folder)
    settings, _why = settings_or_default(folder)
    finding = next(iter(review_document(opened.document, opened.form, settings).findings), None)
    if finding is None:  # nothing could be read
        return False
    accept_findings(folder, settings, [finding], "理由", "张三")
    return True


def _accept_lost(folder: DocumentFolder) -> bool:
    return len(settings_or_default(folder)[0].acceptances) != 1


WORKS = {
    "save": Work(do=_edit, lost=_edit_lost),
    "add": Work(do=_add, lost=_add_lost),
    "delete": Work(do=_delete, lost=_delete_lost),
    "export": Work(do=_export, lost=_export_lost),
    "review.toml": Work(do=_accept, lost=_accept_lost),
}
"""What is tried, by name."""


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many faults, spread over all works, calls and errors; all of them where the number allows it."""
    tally = Tally("faults")
    tally.expect("faults", "kills", LOST, HALF, TRACES, STRAYS)
    cases = all_cases()
    rng.shuffle(cases)
    for start in range(0, min(number, len(cases)), 60):
        if over():
            break
        chosen = cases[start : min(start + 60, number)]
        for part in spread(_several, [chosen[::2], chosen[1::2]]):
            tally.add(part)
    return tally


Case = tuple[str, int, int | None, bool]


def all_cases() -> list[Case]:
    """Every work, at every call, with every error once and from then on, and a kill."""
    with own_place() as place:
        counts = {name: _calls(place / name, work) for name, work in WORKS.items()}
    ways: list[tuple[int | None, bool]] = [
        (None, False),
        *((number, lasting) for number in ERRORS for lasting in (False, True)),
    ]
    return [(name, when, *way) for name, count in counts.items() for when in range(1, count + 1) for way in ways]


def _calls(place: Path, work: Work) -> int:
    disk = WatchedDisk()
    folder = write_document(place / "data")
    with installed(disk):
        work.do(folder)
    return len(disk.calls)


def _several(cases: list[Case]) -> Tally:
    tally = Tally("faults")
    with own_place() as place:
        for number, case in enumerate(cases):
            tally.add(try_case(place / f"{number}", case))
    return tally


def try_case(place: Path, case: Case) -> Tally:
    """Do the work on a disk that fails, in a process of its own; look at what is there."""
    name, when, number, lasting = case
    tally = Tally("faults")
    tally.counts["kills" if number is None else "faults"] += 1
    os.environ["XDG_STATE_HOME"] = str(place / "state")
    folder = write_document(place / "data")
    whole = {path: path.read_bytes() for path in folder.folder.rglob("*.toml")}
    told = f"{name}, call {when}, {errno.errorcode.get(number or 0, 'KILL')}{' lasting' * lasting}"
    said = _in_child(place, folder, WORKS[name], FailingDisk(when, number, lasting=lasting))
    if said.startswith("!"):
        tally.fail(TRACES, f"{told}: {said}")
    opened = open_document(folder)
    if opened.problems:
        tally.fail(HALF, f"{told}: {opened.problems}")
    if said == "done" and WORKS[name].lost(folder):
        tally.fail(LOST, told)
    for path, data in whole.items():
        if path.exists() and path.read_bytes() != data and path.name != Path(_first(folder)).name:
            tally.fail(HALF, f"{told}: {path.name} was changed")
    for stray in _strays(place):
        tally.fail(STRAYS, f"{told}: {stray}")
    return tally


def _in_child(place: Path, folder: DocumentFolder, work: Work, disk: FailingDisk) -> str:
    """Whether it was said to be done ("done"), was refused (""), the process was killed, or broke ("!…")."""
    answer = place / "answer"
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            with installed(disk):
                said = "done" if work.do(folder) else ""
            answer.write_text(said, encoding="utf-8")
            code = 0
        except (FileError, FileLocked):
            answer.write_text("", encoding="utf-8")
            code = 0
        except BaseException as error:
            answer.write_text(f"!{type(error).__name__}: {error}", encoding="utf-8")
        finally:
            os._exit(code)
    os.waitpid(pid, 0)
    return answer.read_text("utf-8") if answer.exists() else ""


def _strays(place: Path) -> list[str]:
    later = time.time() + 3 * 24 * 3600
    found = []
    for folder, _folders, _names in os.walk(place):
        sweep(Path(folder), later)
        found += [name for name in os.listdir(folder) if name.endswith(".perftui-tmp")]
    return found


SUITE = Suite(name="faults", what="a kill and every error at every call of the write path", full=10_000, run=run)
