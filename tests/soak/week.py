"""A week of two clerks and a reviewer in three clones: edits, sharing, conflicts, hooks that fail, lines that drop."""

import os
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from perftui.editing.edits import AddFile, DropFile, SetValue
from perftui.model.document import Document, project_file
from perftui.session.conflicts import conflicts_of, settling
from perftui.session.open_document import OpenDocument
from perftui.session.sharing import Sharing, VersionMessage
from perftui.store.create import prepare_for_git
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.git.failures import GitFailed
from tests import factories
from tests.soak.place import own_place, write_document
from tests.soak.suite import Deadline, Suite, Tally

_STEPS = 60
_PATHS = (("name",), ("budget", "purpose"), ("budget", "basis"))
_ENGLISH = re.compile(r"\b(fatal|error|hint|remote|warning|failed|abort|merge|usage):|Traceback", re.IGNORECASE)
_LOST, _SAID, _LOCKED, _APART, _UNSETTLED = (
    "values lost", "raw English", "locks left", "clones apart", "conflicts that stay",
)  # fmt: skip


class Person:
    """Somebody with a clone and the document open in it."""

    def __init__(self, root: Path, name: str, rng: random.Random, tally: Tally) -> None:
        self.root, self.name, self._rng, self._tally = root, name, rng, tally
        self.session = OpenDocument.open(find_documents(root / "data")[0])
        self.tokens: set[str] = set()
        """What was typed and is not in a version yet."""
        self.said = ""
        """What came of the last try to share."""
        self.kept: set[str] = set()
        """What is in a version of this clone."""

    def step(self, shared: Path) -> None:
        os.environ["PERFTUI_USER"] = self.name
        self.session.poll()
        doing: list[Callable[[], None]] = [
            self._edit, self._edit, self._edit, self._undo, self._settle, self._add, self._delete, self.share,
            self._share_with_hook, lambda: self._share_without_line(shared), self._keep,
        ]  # fmt: skip
        self._rng.choice(doing)()

    def _edit(self) -> None:
        document = self.session.document
        if not document.projects:
            return
        file = self._rng.choice(list(document.projects))
        path = self._rng.choice(_PATHS)
        token = f"{self.name}{self._rng.randrange(10**9)}"
        self.session.run([SetValue(file=file, path=path, value=token)], "改")
        self.tokens.add(token)
        self._tally.counts["edits"] += 1

    def _undo(self) -> None:
        self.session.undo()
        held = _texts(self.session.document)
        self.tokens = {token for token in self.tokens if token in held}

    def _settle(self) -> None:
        for file, record in list(self.session.document.files()):
            for conflict in conflicts_of(file, record)[:1]:
                side = self._rng.choice(list(conflict.sides))
                self.session.run(settling(record, conflict, side), "处理冲突")
                self._tally.counts["settled"] += 1
                return

    def _add(self) -> None:
        code = factories.project_code(self._rng.randrange(10, 99))
        file = project_file(code)
        if not self.session.document.has(file):
            self.session.run([AddFile(file=file, record=factories.project())], "新建")

    def _delete(self) -> None:
        projects = list(self.session.document.projects)
        if len(projects) > 2:
            self.session.run([DropFile(file=self._rng.choice(projects))], "删除")
            held = _texts(self.session.document)
            self.tokens = {token for token in self.tokens if token in held}

    def share(self) -> bool:
        """Share; False where git refused, with a sentence that is looked at."""
        return self._do(lambda sharing: sharing.share(VersionMessage(subject="一版"), "origin").sentence)

    def _keep(self) -> None:
        self._do(lambda sharing: sharing.keep(VersionMessage(subject="一版")).sentence)

    def _do(self, act: Callable[[Sharing], str]) -> bool:
        os.environ["PERFTUI_USER"] = self.name
        self.session.poll()
        self.session.flush()
        held = _texts(self.session.document)
        typed = {token for token in self.tokens if token in held}
        try:
            said = act(Sharing(self.session.folder))
        except GitFailed as error:
            self.said = f"{error} {error.details}"
            self._look(str(error))
            return False
        finally:
            self.session.poll()
            self.session.flush()
        self.kept |= typed
        self.tokens = set()
        self._look(said)
        self._tally.counts["shared"] += 1
        return True

    def _look(self, sentence: str) -> None:
        if _ENGLISH.search(sentence):
            self._tally.fail(_SAID, sentence)

    def _share_with_hook(self) -> None:
        hook = self.root / ".git" / "hooks" / "pre-commit"
        hook.write_text("#!/bin/sh\necho error: no >&2\nexit 1\n")
        hook.chmod(0o755)
        try:
            self.share()
        finally:
            hook.unlink()

    def _share_without_line(self, shared: Path) -> None:
        away = shared.with_name("away.git")
        shared.rename(away)
        try:
            self.share()
        finally:
            away.rename(shared)


def run(count: int, rng: random.Random, over: Deadline) -> Tally:
    """Play ``count`` weeks."""
    tally = Tally("week")
    tally.expect("weeks", "edits", "shared", "settled", _LOST, _SAID, _LOCKED, _APART, _UNSETTLED)
    for _number in range(count):
        if over():
            break
        number = rng.randrange(2**32)
        with own_place() as place:
            _week(tally, place, random.Random(number), number)
        tally.counts["weeks"] += 1
    return tally


def _week(tally: Tally, place: Path, rng: random.Random, number: int) -> None:
    shared = _shared(place)
    people = [Person(_clone(place, name), name, rng, tally) for name in ("甲", "乙", "审核")]
    try:
        for _step in range(_STEPS):
            rng.choice(people).step(shared)
        _agree(tally, people, number)
        _judge(tally, people, shared, number)
    finally:
        for one in people:
            one.session.close()


def _agree(tally: Tally, people: list[Person], number: int) -> None:
    """All share until nothing is new, and settle what waits."""
    for turn in range(6):
        for one in people:
            if not one.share():
                tally.fail(_APART, f"week {number}: {one.name} cannot share: {one.said}")
        if turn < 4:
            first = people[0]
            os.environ["PERFTUI_USER"] = first.name
            first.session.poll()
            for file, record in list(first.session.document.files()):
                for conflict in conflicts_of(file, record):
                    if first.session.document.has(file):
                        now = first.session.document.record(file)
                        first.session.run(settling(now, conflict, "ours"), "处理冲突")


def _judge(tally: Tally, people: list[Person], shared: Path, number: int) -> None:
    objects = _git(shared, "cat-file", "--batch-all-objects", "--batch", "--unordered")
    for one in people:
        for token in sorted(one.kept):
            if token not in objects:
                tally.fail(_LOST, f"week {number}: {token}")
        if list((one.root / ".git").rglob("*.lock")):
            tally.fail(_LOCKED, f"week {number}: {one.name}")
        if any(conflicts_of(file, record) for file, record in one.session.document.files()):
            tally.fail(_UNSETTLED, f"week {number}: {one.name}")
    heads = {_git(one.root, "rev-parse", "HEAD^{tree}") for one in people}
    if len(heads) > 1 or len({_texts(one.session.document) for one in people}) > 1:
        tally.fail(_APART, f"week {number}")


def _texts(document: Document) -> str:
    return repr([(file, record.head, record.tables, record.groups) for file, record in sorted(document.files())])


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
