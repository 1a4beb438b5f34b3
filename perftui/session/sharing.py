"""Sharing a document through git: keep a version, fetch what others sent and merge it by field, send one's own.

What is told comes from git's objects and its index, never from the words that git says.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace

from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.programs.runner import Cancel, RunProgress
from perftui.session.kept_files import is_whole, own_files, surely_cut
from perftui.session.merge_end import ask_of_renamed, finish_merge
from perftui.session.shared_changes import SharedChanges, changes_between, waiting_in
from perftui.session.unmerged_files import FilesUnmerged
from perftui.session.user import VARIABLE, person
from perftui.session.versions import repository_of
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.git.failures import (
    FASTER,
    HOOK,
    IDENTITY,
    LOCAL_CHANGES,
    NETWORK,
    REWOUND,
    UNDER_WAY,
    UPSTREAM,
    GitFailed,
)
from perftui.store.git.git_state import MERGE, GitState, read_git_state
from perftui.store.git.remote_branches import known_there, require_branch
from perftui.store.git.renames import may_be_mistaken
from perftui.store.git.repository import Repository
from perftui.store.git.setup import merge_settings

_ATTEMPTS = 10
_BY_GIT = ("--commit",)
_BY_US = ("--no-commit", "-X", "find-renames=100%")
"""To git: a file has another name only where its content is the very same; what others have is for us to finish.

(2.39 heeds no ``no-renames`` here.)
"""
_BEFORE_SENDING = "pre-push"
_HOOKS = ("pre-commit", "prepare-commit-msg", "commit-msg", "pre-merge-commit")


@frozen
class VersionMessage:
    """What a version says of itself."""

    subject: str
    body: str = ""


@frozen
class ShareOutcome:
    """What came of keeping, fetching and sending."""

    kept: str = ""
    """The message of the version that was kept; "" for none."""
    fetched: SharedChanges = field(default_factory=SharedChanges)
    """What others changed."""
    sent: SharedChanges = field(default_factory=SharedChanges)
    """What the others have now from here."""
    waiting: int = 0
    """Conflicts of the document that a person has to settle."""
    remote: str = ""
    """Whom it was shared with; "": nobody, a version was only kept."""
    left_out: tuple[str, ...] = ()
    """Files that cannot be read, so that no version was made of what stands in them."""
    elsewhere: tuple[str, ...] = ()
    """Other documents of the data folder that have something in no version: each is shared by itself."""

    @property
    def sentence(self) -> str:
        """The outcome for the person."""
        parts = [_("存了一个版本：{message}").format(message=self.kept)] if self.kept and not self.remote else []
        if self.fetched:
            who = _("、").join(self.fetched.authors)
            places, versions = _("取回了 {who} 的 {count} 处改动"), _("取回了 {who} 的 {count} 个版本")
            parts.append(_counted(self.fetched, places, versions, who))
        if self.sent:
            parts.append(_counted(self.sent, _("送出您的 {count} 处"), _("送出了 {count} 个版本")))
        sentence = _("，").join(parts) or (
            _("两边一样，没有要取回和送出的") if self.remote else _("没有新的改动，不用存版本")
        )
        waits = _("{count} 处要您选：按 F7 去看，F4 选定").format(count=self.waiting) if self.waiting else ""
        names = _("、").join(self.left_out)
        broken = _("{names} 读不出来，没有存进版本").format(names=names) if self.left_out else ""
        others = _("、").join(self.elsewhere)
        apart = _("另外 {names} 有改动没存版本：打开它再共享").format(names=others) if self.elsewhere else ""
        return _("；").join(filter(None, (sentence, waits, broken, apart)))


def _counted(changes: SharedChanges, places: str, versions: str, who: str = "") -> str:
    """How many places were changed, or where no place is another, how many versions there are."""
    if changes.count:
        return places.format(count=changes.count, who=who)
    return versions.format(count=changes.versions, who=who)


class Sharing:
    """One go at sharing a document. Raises NoRepository when it is made, and GitFailed in every step."""

    def __init__(
        self,
        folder: DocumentFolder,
        *,
        broken: Iterable[str] | None = None,
        cancel: Cancel | None = None,
        progress: Callable[[str], None] | None = None,
        answers: Mapping[str, str] | None = None,
    ) -> None:
        """``broken``: files of the document that are known to be empty or cut: what stands in them is no change.

        ``None``: nobody has the document open who would know. ``answers``: of files that are none of a document's and
        that both sides changed, the side that counts, by name.
        """
        self._answers = answers or {}
        self.folder = folder
        self._broken = frozenset(surely_cut(folder) if broken is None else broken)
        self.repository: Repository = repository_of(folder)
        self._watch = RunProgress(cancel=cancel, progress=progress)

    def state(self) -> GitState:
        """Where the clone stands now."""
        return read_git_state(self.repository, self.folder.data)

    @property
    def own_names(self) -> tuple[str, ...]:
        """The names of the person who is here: told or the account's, and git's."""
        identity = self.state().identity
        return (person(), *((identity.name,) if identity is not None else ()))

    def keep(self, message: VersionMessage) -> ShareOutcome:
        """Keep the document's own files as a version; nothing else that lies in the folder is ever in it."""
        kept = self._keep(message, [self.folder])
        return self._outcome(ShareOutcome(kept=message.subject if kept else ""))

    def fetch(self, message: VersionMessage, remote: str = "") -> ShareOutcome:
        """Fetch and merge what others sent; own changes are kept first, so that they never stand in the way."""
        kept = self._keep(message, [self.folder])
        with _said_to_be_kept(kept=kept):
            remote, target = self._target(remote)
            fetched = self._take(remote, target)
        return self._outcome(ShareOutcome(kept=message.subject if kept else "", fetched=fetched, remote=remote))

    def send(self, remote: str = "") -> ShareOutcome:
        """Send the versions that the others do not have. Raises GitFailed of the kind FASTER where others have more."""
        remote, target = self._target(remote)
        return ShareOutcome(sent=self._send(remote, target), waiting=self._waiting(), remote=remote)

    def share(self, message: VersionMessage, remote: str = "") -> ShareOutcome:
        """Keep, fetch, merge and send; once more where somebody else was faster."""
        outcome = self.fetch(message, remote)
        remote, target = self._target(remote)
        fetched = outcome.fetched
        with _said_to_be_kept(kept=bool(outcome.kept)):
            for attempt in range(_ATTEMPTS):
                try:
                    sent = self._send(remote, target)
                    break
                except GitFailed as error:
                    if error.kind != FASTER or attempt == _ATTEMPTS - 1:
                        raise
                    fetched += self._take(remote, target)
        return replace(outcome, fetched=fetched, sent=sent, waiting=self._waiting())

    # ---- keeping

    def _keep(self, message: VersionMessage, folders: Iterable[DocumentFolder]) -> bool:
        """Commit the own files of documents; False where nothing is new."""
        state, wanted = self.state(), tuple(folders)
        self._require_able(state)
        if state.under_way == MERGE:  # git keeps a merge as a whole only
            finish_merge(self.repository, state.unmerged, self._answers)
            self.repository.stage(self._own(state, wanted))
            self._commit(message, (), b"")
            return True
        self.repository.stage(self._own(state, wanted))
        own = self._own(self.state(), wanted)  # what was new in the index alone, and is gone, is no change
        if own:
            given = "\0".join(own).encode("utf-8", "surrogateescape")
            self._commit(message, ("--only", "--pathspec-from-file=-", "--pathspec-file-nul"), given)
        return bool(own)

    def _own(self, state: GitState, folders: Sequence[DocumentFolder]) -> list[str]:
        """The changed files that are documents' own, as git names them."""
        own = {name for one in folders for name in own_files(self.repository, one, state.changed)}
        return [name for name in state.changed if name in own and not self._is_broken(name)]

    def _is_broken(self, name: str) -> bool:
        """Is a file, as git names it, one that cannot be read? One that is gone was deleted, and is none."""
        below = self.repository.name(self.folder.folder)
        return name.removeprefix(f"{below}/") in self._broken or not is_whole(self.repository.root / name)

    def _outcome(self, done: ShareOutcome) -> ShareOutcome:
        """What was done, with what is left to do."""
        changed = self.state().changed
        return replace(
            done, waiting=self._waiting(), left_out=self._left_out(changed), elsewhere=self._elsewhere(changed)
        )

    def _left_out(self, changed: Sequence[str]) -> tuple[str, ...]:
        below = f"{self.repository.name(self.folder.folder)}/"
        own = own_files(self.repository, self.folder, changed)
        return tuple(name.removeprefix(below) for name in own if self._is_broken(name))

    def _elsewhere(self, changed: Sequence[str]) -> tuple[str, ...]:
        """The other documents of the data folder of which something is in no version, the newest first."""
        found = []
        for one in find_documents(self.folder.data):
            prefix = f"{self.repository.name(one.folder)}/"
            inside = (name for name in changed if name.startswith(prefix))
            if one.folder != self.folder.folder and any(own_files(self.repository, one, inside)):
                found.append(f"{one.year} {one.unit}")
        return tuple(found)

    def _commit(self, message: VersionMessage, words: Sequence[str], given: bytes) -> None:
        text = "\n\n".join(filter(None, (message.subject, message.body)))
        try:
            options = ("--quiet", "--cleanup=whitespace", "-m", text, *_author(), *words)
            self.repository.write("commit", *options, watch=self._watch, given=given)
        except GitFailed as error:
            if error.kind or not self._has_hook(*_HOOKS):
                raise
            raise GitFailed(_("提交前的检查（hook）没有通过，没有存版本"), error.details, HOOK) from error

    def _has_hook(self, *names: str) -> bool:
        place = self.repository.root / self.repository.text("rev-parse", "--git-path", "hooks")
        return any(os.access(place / name, os.X_OK) for name in names)

    def _require_able(self, state: GitState) -> None:
        if state.obstacle:
            raise GitFailed(state.obstacle, kind=UNDER_WAY)
        if state.identity is None:
            raise GitFailed(_("git 还不知道您是谁，先写上名字"), kind=IDENTITY)

    # ---- fetching

    def _target(self, remote: str) -> tuple[str, str]:
        """The remote, and the branch there that this one goes with. Raises GitFailed of the kind UPSTREAM."""
        state = self.state()
        if state.upstream:
            return state.remote, state.upstream.removeprefix(f"{state.remote}/")
        if not state.remotes:
            raise GitFailed(_("这个克隆没有远程，没有地方可送：请管仓库的人给一个地址，git remote add origin 地址"))
        if remote not in state.remotes:
            names = _("、").join(state.remotes)
            raise GitFailed(_("还没有说好和哪个远程来往，有的是：{names}").format(names=names), kind=UPSTREAM)
        return remote, state.branch

    def _take(self, remote: str, branch: str) -> SharedChanges:
        """Fetch a branch and merge it; what others changed in it."""
        name = f"refs/remotes/{remote}/{branch}"
        before = self.repository.known(name)
        self.repository.talk("fetch", "--progress", remote, watch=self._watch)
        require_branch(self.repository, remote, branch, before)
        theirs = self.repository.known(name)
        if not theirs or theirs == self.repository.known("HEAD"):
            return SharedChanges()
        if before and not self._contains(theirs, before):
            raise GitFailed(
                _("远程的历史被改写过：请先问一下管仓库的人；再取回一次，就把两边的内容合在一起"), kind=REWOUND
            )
        mine = self.repository.known("HEAD")
        if self._contains(mine, theirs):
            return SharedChanges()
        base = self._base(mine, theirs)
        changes = changes_between(self.repository, base, theirs, self.folder.data)
        self._merge(base, theirs, changes.authors)
        return changes

    def _merge(self, base: str, theirs: str, authors: Sequence[str]) -> None:
        """Merge another version; ``base``: the last common one, "" for none."""
        message = _("合并 {who} 的改动").format(who=_("、").join(authors) or _("别人"))
        for attempt in range(_ATTEMPTS):
            mistaken = bool(base) and may_be_mistaken(self.repository, base, ("HEAD", theirs), self.folder.data)
            try:
                self.repository.write(
                    "merge", "--quiet", "--no-edit", "--ff", "--no-squash", *(_BY_US if mistaken else _BY_GIT),
                    "-m", message, theirs, watch=self._watch, settings=merge_settings(self.repository),
                )  # fmt: skip
            except GitFailed as error:
                if self.state().under_way != MERGE:
                    if error.kind != LOCAL_CHANGES or attempt == _ATTEMPTS - 1:
                        raise
                    if not self._keep(VersionMessage(subject=message), find_documents(self.folder.data)):
                        raise
                    continue
            state = self.state()
            if state.under_way == MERGE:  # some fields were changed on both sides: they become data
                self._finish(state, mistaken=mistaken)
                self._keep(VersionMessage(subject=message), [self.folder])
            return

    def _finish(self, state: GitState, *, mistaken: bool) -> None:
        """Settle what the merge begun here left; where that cannot be, all is as before it."""
        try:
            finish_merge(self.repository, state.unmerged, self._answers)
            if mistaken:
                ask_of_renamed(self.repository, self.folder.data)
        except (GitFailed, FileError):
            self.repository.write("merge", "--abort")
            raise

    def _contains(self, commit: str, other: str) -> bool:
        """Is another commit in the history of one?"""
        return bool(commit) and not self.repository.text("rev-list", "-1", other, f"^{commit}")

    def _base(self, mine: str, theirs: str) -> str:
        try:
            return self.repository.text("merge-base", mine, theirs) if mine else ""
        except GitFailed:  # no common ancestor: merging says so
            return ""

    # ---- sending

    def _send(self, remote: str, branch: str) -> SharedChanges:
        """Push; what the others have now that they had not."""
        mine, theirs = self.repository.known("HEAD"), self.repository.known(f"refs/remotes/{remote}/{branch}")
        if not mine or mine == theirs:
            return SharedChanges()
        before = theirs or known_there(self.repository, remote, mine)
        try:
            words = ("--progress", "--set-upstream", remote, f"HEAD:refs/heads/{branch}")
            self.repository.talk("push", *words, watch=self._watch)
        except GitFailed as error:
            begun = re.search(r"^To ", error.details, re.MULTILINE) or "remote end" in error.details
            if error.kind != NETWORK or begun or not self._has_hook(_BEFORE_SENDING):
                raise
            raise GitFailed(_("送出前的检查（hook）没有通过，没有送出"), error.details, HOOK) from error
        return changes_between(self.repository, before, mine, self.folder.data)

    def _waiting(self) -> int:
        return waiting_in(self.repository, self.folder)


@contextmanager
def _said_to_be_kept(*, kept: bool) -> Iterator[None]:
    """Say of what fails now, that the version was kept before: nothing of it is lost."""
    try:
        yield
    except GitFailed as error:
        if not kept or isinstance(error, FilesUnmerged):
            raise
        raise GitFailed(_("版本存好了；{why}").format(why=error), error.details, error.kind) from error


def _author() -> list[str]:
    """Who wrote a version: of several people who share an account the one who is here."""
    name = person()
    return ["--author", f"{name} <{name}@localhost>"] if os.environ.get(VARIABLE) else []
