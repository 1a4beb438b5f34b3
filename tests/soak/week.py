"""A week of two clerks and a reviewer in three clones: edits, sharing, conflicts, hooks that fail, lines that drop.

Every value is followed singly, in each year's document by itself, for a year's copy is another: one that is in a
version of a document, and not in the document at the end, must have been taken out of it by somebody's own hand.
Merging, sharing and settling for another value may not be what it went by; but the later value of a person is in the
place of their own earlier one, also where that waits in a conflict.
"""

import os
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from perftui.editing.edits import AddFile, DropFile, SetValue
from perftui.editing.rows import copy_project
from perftui.files.errors import FileError
from perftui.model.conflicts import FIELD
from perftui.model.diff import FieldChange, diff
from perftui.model.document import Document, file_stem
from perftui.model.record import CONFLICTS, Record, format_path
from perftui.session.conflicts import conflicts_of, settling
from perftui.session.new_document import free_folder, rolled_over
from perftui.session.new_document import write_document as write_rolled
from perftui.session.open_document import OpenDocument
from perftui.session.sharing import Sharing, VersionMessage
from perftui.store.create import NEW, format_names, prepare_for_git
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.git.failures import GitFailed
from perftui.store.open import open_document
from tests import factories
from tests.soak.place import own_place, write_document
from tests.soak.suite import Deadline, Suite, Tally

_STEPS = 500
_LAST_YEAR = 2022
_PATHS = (("name",), ("budget", "purpose"), ("budget", "basis"))
_Value = tuple[int, str]
"""The year of the document that it is in, and what was typed."""
_TOKEN = re.compile(r"[甲乙审][0-9]{9}")
_ENGLISH = re.compile(r"\b(fatal|error|hint|remote|warning|failed|abort|merge|usage):|Traceback", re.IGNORECASE)
_LOST, _SAID, _LOCKED, _APART, _UNSETTLED = (
    "values lost", "raw English", "locks left", "clones apart", "conflicts that stay",
)  # fmt: skip
_HOOK = "#!/bin/sh\necho error: no >&2\nexit 1\n"
_DROPS = '#!/bin/sh\n{program} "$@" | {{ dd bs=1 count={count} status=none; kill $$; }}\n'
"""A line that drops after so many bytes; the shell itself is ended, else it holds the line open."""


class Person:
    """Somebody with a clone and its documents open."""

    def __init__(self, root: Path, name: str, rng: random.Random, tally: Tally) -> None:
        self.root, self.name, self._rng, self._tally = root, name, rng, tally
        self.sessions: dict[Path, OpenDocument] = {}
        self.said = ""
        """What came of the last try to share."""
        self.kept: set[_Value] = set()
        """What is in a version of this clone."""
        self.taken_out: set[_Value] = set()
        """What this person's own hand took out of a document: typed over, undone, deleted, settled."""

    def step(self, shared: Path) -> None:
        """Do something at random."""
        self.look()
        session = self._rng.choice(list(self.sessions.values()))
        by_hand = [self._edit, self._edit, self._edit, self._undo, self._settle, self._add, self._delete, self._name]
        by_hand += [self._roll_over]
        with_git: list[Callable[[OpenDocument], object]] = [
            self.share, self._keep, self._share_with_hook, lambda one: self._share_without_line(one, shared),
            lambda one: self._share_on_a_bad_line(one), lambda one: self._share_refused(one, shared),
        ]  # fmt: skip
        if self._rng.randrange(5) < 3:
            self.by_hand(session, self._rng.choice(by_hand))
        else:
            self._rng.choice([with_git[0], *with_git])(session)

    def look(self) -> None:
        """See what others changed, and open the documents that came."""
        os.environ["PERFTUI_USER"] = self.name
        for folder in find_documents(self.root / "data"):
            if folder.folder not in self.sessions:
                self.sessions[folder.folder] = OpenDocument.open(folder)
        for session in self.sessions.values():
            session.poll()

    def by_hand(self, session: OpenDocument, act: Callable[[OpenDocument], None]) -> None:
        """Do something with the keys, and note what it took out."""
        before = session.document
        act(session)
        now = session.document
        dropped = [record for file, record in before.files() if record not in dict(now.files()).values()]
        gone = _tokens(dropped) if len(now.projects) < len(before.projects) else set()
        self.taken_out |= _of(now, gone | (_tokens(before) - _tokens(now)) | self._replaced(before, now))

    def _replaced(self, before: Document, now: Document) -> set[str]:
        """What was typed over, though a conflict names it still, and one's own earlier values in conflicts there."""
        found: set[str] = set()
        for file, record in now.files():
            changes = diff(before.record(file), record) if before.has(file) else []
            fields = {format_path(one.path): one.old for one in changes if isinstance(one, FieldChange)}
            waiting = [row for row in record.rows(CONFLICTS) if row.text(FIELD) in fields]
            found |= {token for token in _TOKEN.findall(repr(waiting)) if token[0] == self.name[0]}
            found |= set(_TOKEN.findall(repr(list(fields.values()))))
        return found

    def held(self) -> set[_Value]:
        """Every value that stands in a document, or in a conflict of one."""
        return {value for one in self.sessions.values() for value in _of(one.document, _tokens(one.document))}

    def settle_all(self) -> None:
        """Settle every conflict for the value that stands there."""
        self.look()
        for session in self.sessions.values():
            self.by_hand(session, self._settle_all)

    @staticmethod
    def _settle_all(session: OpenDocument) -> None:
        for file, record in list(session.document.files()):
            for conflict in conflicts_of(file, record):
                if session.document.has(file):
                    session.run(settling(session.document.record(file), conflict, "ours"), "处理冲突")

    def _edit(self, session: OpenDocument) -> None:
        if not session.document.projects:
            return
        file = self._rng.choice(list(session.document.projects))
        token = f"{self.name[0]}{self._rng.randrange(10**8, 10**9)}"
        session.run([SetValue(file=file, path=self._rng.choice(_PATHS), value=token)], "改")
        self._tally.counts["edits"] += 1

    @staticmethod
    def _undo(session: OpenDocument) -> None:
        session.undo()

    def _settle(self, session: OpenDocument) -> None:
        for file, record in list(session.document.files()):
            for conflict in conflicts_of(file, record)[:1]:
                side = self._rng.choice(list(conflict.sides))
                session.run(settling(record, conflict, side), "处理冲突")
                self._tally.counts["settled"] += 1
                return

    def _add(self, session: OpenDocument) -> None:
        code = factories.project_code(self._rng.randrange(10, 99)) if self._rng.randrange(2) else None
        projects = list(session.document.projects)
        if not projects:
            return
        record = copy_project(session.document, session.form, self._rng.choice(projects)).with_value(("code",), code)
        file = session.new_file(record)
        if not session.document.has(file):
            session.run([AddFile(file=file, record=record)], "新建")

    def _delete(self, session: OpenDocument) -> None:
        projects = list(session.document.projects)
        if len(projects) > 2:
            session.run([DropFile(file=self._rng.choice(projects))], "删除")

    def _name(self, session: OpenDocument) -> None:
        """A new project gets its code, and its file the name of it."""
        new = [file for file in session.document.projects if file_stem(file).startswith(NEW)]
        if new:
            code = factories.project_code(self._rng.randrange(100, 999))
            session.run([SetValue(file=self._rng.choice(new), path=("code",), value=code)], "编码")
            session.flush()
            self._tally.counts["renamed"] += len(format_names(open_document(session.folder)))
            session.poll()

    def _roll_over(self, session: OpenDocument) -> None:
        year = session.document.year + 1
        if year <= _LAST_YEAR:
            try:
                folder = free_folder(self.root / "data", year, session.document.unit)
            except FileError:
                return
            write_rolled(folder, rolled_over(session.document, session.form, year))
            self._tally.counts["rolled over"] += 1
            self.look()

    def share(self, session: OpenDocument) -> bool:
        """Share; False where git refused, with a sentence that is looked at."""
        return self._do(session, lambda one: one.share(VersionMessage(subject="一版"), "origin").sentence)

    def _keep(self, session: OpenDocument) -> None:
        self._do(session, lambda sharing: sharing.keep(VersionMessage(subject="一版")).sentence)

    def _do(self, session: OpenDocument, act: Callable[[Sharing], str]) -> bool:
        session.flush()
        typed = _of(session.document, _tokens(session.document))
        try:
            said = act(Sharing(session.folder))
        except GitFailed as error:
            self.said = f"{error} {error.details}"
            self._look(str(error))
            return False
        finally:
            self.look()
            session.flush()
        self.kept |= typed
        self._look(said)
        self._tally.counts["shared"] += 1
        return True

    def _look(self, sentence: str) -> None:
        if _ENGLISH.search(sentence):
            self._tally.fail(_SAID, sentence)

    def _share_with_hook(self, session: OpenDocument) -> None:
        self._share_with(session, self.root / ".git" / "hooks" / self._rng.choice(["pre-commit", "pre-merge-commit"]))

    def _share_refused(self, session: OpenDocument, shared: Path) -> None:
        self._share_with(session, shared / "hooks" / "pre-receive")

    def _share_with(self, session: OpenDocument, hook: Path) -> None:
        _write_program(hook, _HOOK)
        try:
            self.share(session)
        finally:
            hook.unlink()

    def _share_without_line(self, session: OpenDocument, shared: Path) -> None:
        away = shared.with_name("away.git")
        shared.rename(away)
        try:
            self.share(session)
        finally:
            away.rename(shared)

    def _share_on_a_bad_line(self, session: OpenDocument) -> None:
        """The line drops amid what is fetched, or sent."""
        what = self._rng.choice(["upload-pack", "receive-pack"])
        count = self._rng.choice([0, 30, 300, 900, 3000])
        script, setting = self.root / ".git" / "bad-line", f"remote.origin.{what.replace('-', '')}"
        _write_program(script, _DROPS.format(program=f"git-{what}", count=count))
        _git(self.root, "config", setting, str(script))
        try:
            self.share(session)
        finally:
            _git(self.root, "config", "--unset", setting)


def run(count: int, rng: random.Random, over: Deadline, steps: int = _STEPS) -> Tally:
    """Play ``count`` weeks of so many steps a person."""
    tally = Tally("week")
    done = ("weeks", "edits", "shared", "settled", "renamed", "rolled over", "values followed")
    tally.expect(*done, _LOST, _SAID, _LOCKED, _APART, _UNSETTLED)
    for _number in range(count):
        if over():
            break
        number = rng.randrange(2**32)
        with own_place() as place:
            _week(tally, place, random.Random(number), number, steps)
        tally.counts["weeks"] += 1
    return tally


def _week(tally: Tally, place: Path, rng: random.Random, number: int, steps: int) -> None:
    shared = _shared(place)
    people = [Person(_clone(place, name), name, rng, tally) for name in ("甲", "乙", "审核")]
    try:
        for _step in range(steps * len(people)):
            rng.choice(people).step(shared)
        _agree(tally, people, number)
        _judge(tally, people, shared, number)
    finally:
        for one in people:
            for session in one.sessions.values():
                session.close()


def _agree(tally: Tally, people: list[Person], number: int) -> None:
    """All share until nothing is new, and one settles what waits."""
    for _turn in range(6):
        for one in people:
            one.look()
            for session in list(one.sessions.values()):
                if not one.share(session):
                    tally.fail(_APART, f"week {number}: {one.name} cannot share: {one.said}")
        if len({_git(one.root, "rev-parse", "HEAD") for one in people}) == 1 and not any(map(_waits, people)):
            return
        people[0].settle_all()


def _waits(person: Person) -> bool:
    """Does a conflict wait for somebody?"""
    documents = [session.document for session in person.sessions.values()]
    return any(conflicts_of(file, record) for document in documents for file, record in document.files())


def _judge(tally: Tally, people: list[Person], shared: Path, number: int) -> None:
    objects = _git(shared, "cat-file", "--batch-all-objects", "--batch", "--unordered")
    taken_out = set().union(*(one.taken_out for one in people))
    for one in people:
        os.environ["PERFTUI_USER"] = one.name
        held = one.held()
        tally.counts["values followed"] += len(one.kept)
        for year, token in sorted(one.kept):
            if token not in objects:
                tally.fail(_LOST, f"week {number}: {token} of {one.name} is in no version")
            if (year, token) not in held | taken_out:
                tally.fail(_LOST, f"week {number}: {token} of {one.name} went from {year} by nobody's hand")
        if list((one.root / ".git").rglob("*.lock")):
            tally.fail(_LOCKED, f"week {number}: {one.name}")
        if _waits(one):
            tally.fail(_UNSETTLED, f"week {number}: {one.name}")
    heads = {_git(one.root, "rev-parse", "HEAD^{tree}") for one in people}
    first, *others = ([session.document for _folder, session in sorted(one.sessions.items())] for one in people)
    if len(heads) > 1 or any(one != first for one in others):
        tally.fail(_APART, f"week {number}")


def _texts(document: Document) -> str:
    return repr([(file, record.head, record.tables, record.groups) for file, record in sorted(document.files())])


def _tokens(of: Document | list[Record]) -> set[str]:
    """The values that stand in a document, or in records, and in conflicts of them."""
    return set(_TOKEN.findall(_texts(of) if isinstance(of, Document) else repr(of)))


def _of(document: Document, tokens: set[str]) -> set[_Value]:
    return {(document.year, token) for token in tokens}


def _write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def _shared(place: Path) -> Path:
    folder: DocumentFolder = write_document(place / "first" / "data")
    prepare_for_git(folder.data)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "begin")):
        _git(place / "first", *words)
    _git(place, "clone", "-q", "--bare", "first", "shared.git")
    return place / "shared.git"


def _clone(place: Path, name: str) -> Path:
    _git(place, "clone", "-q", "shared.git", name)
    return place / name


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


SUITE = Suite(name="week", what="two clerks and a reviewer in three clones share at random", full=20, run=run)
