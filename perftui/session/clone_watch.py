"""Where a document's clone stands, asked of git again when something has changed that."""

import math
import time

from perftui.files.reading import Stamp, stamp
from perftui.files.worktree import working_copy
from perftui.programs.runner import Cancel
from perftui.session.last_hands import CloneStanding, HandsOfVersion, LastHands
from perftui.store.folder import DocumentFolder

_TOLD_BY = ("index", "HEAD", "logs/HEAD", "FETCH_HEAD", "packed-refs")
"""Files of git's own folder of which one is another after every version, merge and fetch; a push writes its ref."""
_REST = 20.0
"""The usual ``rest``: in a large clone on a slow disk git answers late, and is asked seldom."""


class CloneWatch:
    """Asks git where a clone stands. For one worker at a time; ``changed`` costs a few looks at files."""

    def __init__(self, folder: DocumentFolder, rest: float = _REST) -> None:
        """``rest``: so many times as long as git took to answer it is not asked again."""
        self._folder, self._rest = folder, rest
        found = working_copy(folder.data)
        self._git = found[1] if found is not None else None
        self._seen: tuple[object, ...] = ()
        self._not_before = 0.0
        self._cancel = Cancel()
        self._hands = HandsOfVersion()
        self._upstream = ""

    def changed(self, saved: float) -> bool:
        """May the clone stand elsewhere than when git was asked last? ``saved``: when a file was written last."""
        return time.monotonic() >= self._not_before and self._look(saved) != self._seen

    def ask(self, saved: float) -> CloneStanding:
        """Ask git; a fixed number of questions, and of the history only where the last version is another."""
        begun, seen, self._not_before = time.monotonic(), self._look(saved), math.inf
        asked = LastHands([self._folder], self._cancel, self._hands)
        self._hands = asked.hands
        if asked.state is not None and asked.state.upstream != self._upstream:
            self._upstream = asked.state.upstream
            seen = (*seen[:-1], self._sent())
        self._seen = seen
        standing = asked.standing(self._folder)
        self._not_before = time.monotonic() + self._rest * (time.monotonic() - begun)
        return standing

    def forget(self) -> None:
        """Somebody else changed files: ask again."""
        self._seen = ()

    def ask_at_once(self) -> None:
        """git has done something here that a person waits for: no rest."""
        self._seen, self._not_before = (), 0.0

    def stop(self) -> None:
        """Nobody waits for git's answer any more."""
        self._cancel.tell()

    def _look(self, saved: float) -> tuple[object, ...]:
        looks: list[Stamp | None] = [stamp(self._git / name) for name in _TOLD_BY] if self._git is not None else []
        return saved, *looks, self._sent()

    def _sent(self) -> Stamp | None:
        """A look at the ref of what the others have."""
        if self._git is None or not self._upstream:
            return None
        return stamp(self._git / "refs/remotes" / self._upstream)
