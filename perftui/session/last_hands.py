"""Who kept the last versions of many documents and files, and where their clone stands."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from typing import TYPE_CHECKING

from perftui.files.worktree import working_copy
from perftui.model.frozen import frozen
from perftui.session.user import other_account
from perftui.store.folder import DocumentFolder

if TYPE_CHECKING:
    from perftui.programs.runner import Cancel
    from perftui.store.git.git_state import GitState
    from perftui.store.git.repository import Repository

_AUTHOR = "\x01"
_LATEST = 5000
"""So many versions are looked through."""


@frozen
class CloneStanding:
    """Where a document's clone stands; nothing is known before git has been asked."""

    last_hands: Mapping[str, str] = field(default_factory=dict)
    """The author of the last version of each file."""
    changed_by: Mapping[str, str] = field(default_factory=dict)
    """Who changed each file last, where that is known, also where no version has the change."""
    own_name: str = ""
    """Whom git writes into the versions of this clone."""
    in_clone: bool = False
    """Does the document lie in a git working copy?"""
    not_kept: frozenset[str] = frozenset()
    """The files that are not as in the last version."""
    not_sent: frozenset[str] = frozenset()
    """The files whose last versions the others do not have."""
    never_sent: bool = False
    """There is somebody to send to, and nothing was sent yet."""
    ahead: int = 0
    """Versions that are not sent, as far as was fetched."""
    behind: int = 0
    """Versions of others that are here, and not merged."""
    unmerged: tuple[str, ...] = ()
    """The files that are none of a document's and that git has left in a conflict, as git names them."""


@frozen
class HandsOfVersion:
    """Who had each document and file last, as one version's history tells: it stays so as long as that is the last."""

    version: str = ""
    """The full name of the version; "" where none was asked about."""
    by: Mapping[str, str] = field(default_factory=dict)
    """Authors by year and unit, and by the file behind them."""


class LastHands:
    """Who kept the last version of each of many documents and files, and where the clone stands.

    Found by a fixed number of questions; nobody, and nothing, where git cannot be asked.
    """

    def __init__(
        self,
        folders: Sequence[DocumentFolder],
        cancel: "Cancel | None" = None,
        known: HandsOfVersion | None = None,
    ) -> None:
        """``cancel``: told where nobody waits for the answers any more; then nothing is known.

        ``known``: what was found before, not asked again while the last version is the same.
        """
        self._cancel = cancel
        self.hands = known or HandsOfVersion()
        """What the history told."""
        self._not_sent: Sequence[str] = ()
        self.state: GitState | None = None
        """Where the clone stands."""
        self._repository: Repository | None = None
        if folders and working_copy(folders[0].data) is not None:
            self._ask(folders[0])

    @property
    def not_here(self) -> str:
        """What of the repository is not in this clone, as a sentence."""
        return self.state.not_here if self.state is not None else ""

    def of(self, folder: DocumentFolder, file: str = "") -> str:
        """The author of the last version of a document, or of a file of it; "" where nobody is known."""
        return self.hands.by.get("/".join(filter(None, (str(folder.year), folder.unit, file))), "")

    def standing(self, folder: DocumentFolder) -> CloneStanding:
        """Where the clone stands for a document."""
        if self._repository is None or self.state is None:
            return CloneStanding(changed_by=self.of_files(folder), in_clone=working_copy(folder.data) is not None)
        prefix = f"{self._repository.name(folder.folder)}/"
        return CloneStanding(
            in_clone=True, last_hands=self._authors(folder), changed_by=self.of_files(folder),
            own_name=self.state.identity.name if self.state.identity is not None else "",
            not_kept=self.not_kept(folder),
            not_sent=_below(self._not_sent, prefix), never_sent=self.state.never_sent,
            ahead=self.state.ahead, behind=self.state.behind, unmerged=self.unmerged,
        )  # fmt: skip

    @property
    def unmerged(self) -> tuple[str, ...]:
        """The files that are none of a document's and that git has left in a conflict, as git names them."""
        if self.state is None or not self.state.unmerged:
            return ()
        from perftui.session.unmerged_files import is_merged_by_field

        return tuple(name for name in self.state.unmerged if not is_merged_by_field(name))

    def _authors(self, folder: DocumentFolder) -> dict[str, str]:
        below = f"{folder.year}/{folder.unit}/"
        return {place.removeprefix(below): who for place, who in self.hands.by.items() if place.startswith(below)}

    def of_files(self, folder: DocumentFolder) -> dict[str, str]:
        """Who changed each file of a document last, where that is known.

        The author of its last version; of a file that is not as in a version, the account it belongs to, if that is
        not one's own.
        """
        below = f"{folder.year}/{folder.unit}"
        files = [path.relative_to(folder.folder).as_posix() for path in folder.folder.rglob("*.toml")]
        kept = self._kept(folder, files)
        found = {
            file: self.hands.by.get(f"{below}/{file}", "") if file in kept else other_account(folder.path(file))
            for file in files
        }
        return {file: who for file, who in found.items() if who}

    def _kept(self, folder: DocumentFolder, files: Sequence[str]) -> set[str]:
        """The files of a document that are as in the last version."""
        if self._repository is None or self.state is None:
            return set()
        below, changed = self._repository.name(folder.folder), set(self.state.changed)
        return {file for file in files if f"{below}/{file}" not in changed}

    def waiting(self, folder: DocumentFolder) -> dict[str, int] | None:
        """How many files of a document are not kept, and versions not sent or fetched; ``None`` without git."""
        if self._repository is None or self.state is None:
            return None
        return {"not_kept": len(self.not_kept(folder)), "not_sent": self.state.ahead, "not_fetched": self.state.behind}

    def in_short(self, folder: DocumentFolder) -> str:
        """What of a document is not kept, not sent, not fetched; "" where nothing is, or git cannot be asked."""
        if self._repository is None or self.state is None:
            return ""
        return self.state.in_short(len(self.not_kept(folder)))

    def not_kept(self, folder: DocumentFolder) -> frozenset[str]:
        """A document's own files that are not as in the last version; what else lies there is never in one."""
        if self._repository is None or self.state is None:
            return frozenset()
        from perftui.session.kept_files import own_files

        prefix = f"{self._repository.name(folder.folder)}/"
        names = (name for name in self.state.changed if name.startswith(prefix))
        return _below(own_files(self._repository, folder, names), prefix)

    def _ask(self, folder: DocumentFolder) -> None:
        from perftui.store.git.git_state import read_git_state  # another program, where there is a working copy alone
        from perftui.store.git.repository import GitFailed, find_repository

        found = find_repository(folder.data)
        self._repository = found.until(self._cancel) if found is not None and self._cancel is not None else found
        if self._repository is not None:
            with suppress(GitFailed):  # what git does not tell is told of nobody
                self.state = read_git_state(self._repository, folder.data)
                below = self._repository.name(folder.data)
                if not self.state.is_treeless and self.state.head != self.hands.version:
                    # (of a clone without trees every version that is looked at would be fetched by itself)
                    authors = _hands(self._repository, below)
                    self.hands = HandsOfVersion(version=self.state.head, by=authors)
                if self.state.ahead:
                    words = ("diff", "--name-only", "--no-renames", "-z", "@{upstream}...HEAD", "--", below)
                    self._not_sent = self._repository.listed(*words)


def _hands(repository: "Repository", below: str) -> dict[str, str]:
    """The author of the last version of each document and file below a folder."""
    output = repository.run("log", "-z", f"-{_LATEST}", "--name-only", "--format=tformat:%x01%an", "--", below)
    found: dict[str, str] = {}
    author = ""
    for part in output.decode("utf-8", "replace").split("\0"):
        if part.lstrip("\n").startswith(_AUTHOR):
            author = part.lstrip("\n").removeprefix(_AUTHOR)
        elif part:
            place = part.strip("\n").removeprefix("" if below == "." else f"{below}/")
            found.setdefault(place, author)
            found.setdefault("/".join(place.split("/")[:2]), author)
    return found


def _below(names: Iterable[str], prefix: str) -> frozenset[str]:
    return frozenset(name.removeprefix(prefix) for name in names if name.startswith(prefix))
