"""Power failures while a document is edited: every crash state of journal and files, opened again."""

import os
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from perftui.editing.edits import SetValue
from perftui.files.filesystem import FileSystem
from perftui.model.document import project_file
from perftui.session.journal.log import journal_folder
from perftui.session.open_document import OpenDocument
from perftui.store.open import open_document
from tests import factories
from tests.soak.faults import installed
from tests.soak.place import own_place, write_document
from tests.soak.suite import Deadline, Suite, Tally

LOST, HALF = "edits lost", "half files"
PATH = ("name",)


@dataclass(frozen=True)
class Event:
    """A call that changed a disk, by what it changed."""

    kind: str
    path: str = ""
    other: str = ""
    inode: int = 0
    offset: int = 0
    data: bytes = b""


@dataclass
class Recorder(FileSystem):
    """The real disk; every change below a folder is written down, with what was told to the person between them."""

    top: Path
    events: list[Event] = field(default_factory=list)
    _paths: dict[int, str] = field(default_factory=dict)

    def _note(self, kind: str, path: Path | str = "", other: Path | str = "", **more: int | bytes) -> None:
        if not path or str(path).startswith(str(self.top)):
            self.events.append(Event(kind, str(path), str(other), **more))  # type: ignore[arg-type]

    def tell(self, text: str) -> None:
        """The person was told that a text is safe."""
        self.events.append(Event("told", other=text))

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        there = os.path.lexists(path)
        fd = super().open(path, flags, mode)
        self._paths[fd] = str(path)
        if flags & os.O_CREAT and not there:
            self._note("made", path, inode=os.fstat(fd).st_ino)
        return fd

    def write(self, fd: int, data: bytes | memoryview) -> int:
        size = os.fstat(fd).st_size
        done = super().write(fd, data)
        self._note("wrote", self._paths[fd], inode=os.fstat(fd).st_ino, offset=size, data=bytes(data[:done]))
        return done

    def fsync(self, fd: int) -> None:
        super().fsync(fd)
        self._note("synced", self._paths[fd], inode=os.fstat(fd).st_ino)

    def fdatasync(self, fd: int) -> None:
        super().fdatasync(fd)
        self._note("synced", self._paths[fd], inode=os.fstat(fd).st_ino)

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self._note("folder", folder)

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self._note("renamed", source, target)

    def rename_new(self, source: Path, target: Path) -> None:
        super().rename_new(source, target)
        self._note("renamed", source, target)

    def exchange(self, one: Path, other: Path) -> None:
        super().exchange(one, other)
        self._note("exchanged", one, other)

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self._note("linked", source, target)

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self._note("unlinked", path)


@dataclass
class Disk:
    """What is on the disk for certain, and what is on its way there."""

    names: dict[str, int] = field(default_factory=dict)
    blocks: dict[int, list[Event]] = field(default_factory=dict)
    loose_names: list[Event] = field(default_factory=list)
    loose_blocks: list[Event] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """One more change."""
        match event.kind:
            case "wrote":
                self.loose_blocks.append(event)
            case "synced":
                for one in [one for one in self.loose_blocks if one.inode == event.inode]:
                    self.blocks.setdefault(one.inode, []).append(one)
                    self.loose_blocks.remove(one)
            case "folder":
                for one in [one for one in self.loose_names if os.path.dirname(one.path) == event.path]:
                    _rename(self.names, one)
                    self.loose_names.remove(one)
            case "made" | "renamed" | "exchanged" | "linked" | "unlinked":
                self.loose_names.append(event)

    def fallen(self, rng: random.Random) -> dict[str, bytes]:
        """What one power failure leaves: any of what was on its way, names in the order that they were changed."""
        names = dict(self.names)
        chance = rng.choice((0.0, 0.3, 0.7, 1.0))
        for event in self.loose_names:
            if rng.random() < chance:
                _rename(names, event)
        kept = [event for event in self.loose_blocks if rng.random() < chance]
        torn = [_torn(rng, event) if rng.random() < 0.3 else event for event in kept]
        return {path: _content([*self.blocks.get(inode, []), *torn], inode) for path, inode in names.items()}


def _torn(rng: random.Random, event: Event) -> Event:
    start = rng.randrange(len(event.data) + 1)
    return Event("wrote", event.path, "", event.inode, event.offset + start, event.data[start:])


def _content(events: list[Event], inode: int) -> bytes:
    content = bytearray()
    for event in events:
        if event.inode == inode:
            content.extend(bytes(max(0, event.offset + len(event.data) - len(content))))
            content[event.offset : event.offset + len(event.data)] = event.data
    return bytes(content)


def _rename(names: dict[str, int], event: Event) -> None:
    match event.kind:
        case "made":
            names[event.path] = event.inode
        case "renamed" | "linked" if event.path in names:
            names[event.other] = names[event.path]
            if event.kind == "renamed":
                del names[event.path]
        case "exchanged" if event.path in names and event.other in names:
            names[event.path], names[event.other] = names[event.other], names[event.path]
        case "unlinked":
            names.pop(event.path, None)


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many crash states, at random moments of recorded sessions."""
    tally = Tally("crashes")
    tally.expect("states", LOST, HALF)
    while tally.counts["states"] < number and not over():
        with own_place() as place:
            recorder, before = record_session(place, Recorder(place))
            tally.add(fall(place, recorder.events, before, rng, min(100, number - tally.counts["states"])))
    return tally


def record_session(place: Path, recorder: Recorder) -> tuple[Recorder, dict[str, bytes]]:
    """Edit at an open document, each edit saved and told; the record, and the files as they were before."""
    folder = write_document(place / "data")
    journals = journal_folder(folder.folder)
    before = {str(path): path.read_bytes() for path in folder.folder.rglob("*.toml")}
    file = project_file(factories.project_code(1))
    with installed(recorder):
        session = OpenDocument.open(folder)
        for number in range(3):
            text = f"第{number}次改的名称"
            session.run([SetValue(file=file, path=PATH, value=text)], "改")
            session.flush()
            recorder.tell(text)
        session.close()
    assert journals.is_dir()
    return recorder, before


def fall(place: Path, events: list[Event], before: dict[str, bytes], rng: random.Random, count: int) -> Tally:
    """Let the power fail so many times, and open what is left."""
    tally = Tally("crashes")
    for number in range(count):
        moment = rng.randrange(len(events) + 1)
        disk = Disk(names={path: -index for index, path in enumerate(before, 1)})
        for index, data in enumerate(before.values(), 1):
            disk.blocks[-index] = [Event("wrote", "", "", -index, 0, data)]
        for event in events[:moment]:
            disk.take(event)
        told = [event.other for event in events[:moment] if event.kind == "told"]
        _open_again(place, disk.fallen(rng), told, tally, f"after {moment} of {len(events)} calls, state {number}")
    return tally


def _open_again(place: Path, files: dict[str, bytes], told: list[str], tally: Tally, where: str) -> None:
    shutil.rmtree(place / "data")
    shutil.rmtree(place / "home" / "state", ignore_errors=True)
    for path, data in files.items():
        if not path.endswith(".perftui-lock"):
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_bytes(data)
    folder = write_document(place / "new")
    folder = type(folder)(year=folder.year, unit=folder.unit, folder=place / "data" / str(folder.year) / folder.unit)
    tally.counts["states"] += 1
    opened = open_document(folder)
    if opened.problems:
        tally.fail(HALF, f"{where}: {opened.problems}")
        return
    session = OpenDocument.open(folder)
    file = project_file(factories.project_code(1))
    name = session.document.record(file).text(PATH) if session.document.has(file) else ""
    session.close()
    allowed = {told[-1]} if told else {"街道工作者补助"}
    allowed |= {f"第{len(told)}次改的名称"}  # being written
    if name not in allowed:
        tally.fail(LOST, f"{where}: {name!r}, told {told}")


SUITE = Suite(name="crashes", what="crash states of journal and files, opened again", full=10_000, run=run)
