"""The state of a working copy, read once by two questions: what every sentence about git is made of."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from perftui.locale import N_, _
from perftui.model.frozen import frozen
from perftui.store.git.repository import Repository

MERGE, REBASE, CHERRY_PICK, REVERT, BISECT, AM = "merge", "rebase", "cherry-pick", "revert", "bisect", "am"

_UNDER_WAY = (
    ("rebase-merge", REBASE), ("rebase-apply/applying", AM), ("rebase-apply", REBASE),
    ("MERGE_HEAD", MERGE), ("CHERRY_PICK_HEAD", CHERRY_PICK),
    ("REVERT_HEAD", REVERT), ("BISECT_LOG", BISECT),
)  # fmt: skip
_OF_OTHERS = {
    REBASE: N_("git 正在 rebase：先在命令行做完（git rebase --continue）或放弃（git rebase --abort）"),
    AM: N_("git 正在 am：先在命令行做完（git am --continue）或放弃（git am --abort）"),
    CHERRY_PICK: N_("git 正在 cherry-pick：先在命令行做完（git cherry-pick --continue）或放弃（--abort）"),
    REVERT: N_("git 正在 revert：先在命令行做完（git revert --continue）或放弃（--abort）"),
    BISECT: N_("git 正在 bisect：先在命令行结束（git bisect reset）"),
}
_UNMERGED = "u"
_FILTER = ".partialclonefilter"


@frozen
class Identity:
    """Whom git writes into a version."""

    name: str
    email: str


@frozen
class GitState:
    """The state of a working copy as it was at one moment."""

    branch: str = ""
    """The branch at hand; "" where HEAD is detached."""
    head: str = ""
    """The full name of the last version; "" before the first."""
    upstream: str = ""
    """What the branch goes with, as ``origin/main``; "" for nothing."""
    upstream_is_here: bool = False
    """Was it fetched before, so that ahead and behind are known?"""
    ahead: int = 0
    """Versions that the other side does not have, as far as was fetched."""
    behind: int = 0
    under_way: str = ""
    """What git has begun and not finished: ``merge``, ``rebase``…; "" for nothing."""
    unmerged: tuple[str, ...] = ()
    """The files that stand in a conflict, as git names them."""
    changed: tuple[str, ...] = ()
    """The files that are not as in the last version, new ones and those in a conflict among them."""
    remotes: Mapping[str, str] = field(default_factory=dict)
    """The address of each remote by name."""
    identity: Identity | None = None
    """``None`` where neither git's settings nor the environment say who this is."""
    is_shallow: bool = False
    """Is older history not here?"""
    is_sparse: bool = False
    """Are some files of the versions not in the folder?"""
    is_partial: bool = False
    """Are contents fetched when they are asked for?"""
    is_treeless: bool = False
    """Are also the names of a version's files fetched when they are asked for, one version at a time?"""

    @property
    def is_detached(self) -> bool:
        """Is no branch at hand?"""
        return not self.branch

    @property
    def remote(self) -> str:
        """The remote that the branch goes with, else the only one; "" where one must be chosen, or there is none."""
        named = next((name for name in self.remotes if self.upstream.startswith(f"{name}/")), "")
        return named or (next(iter(self.remotes)) if len(self.remotes) == 1 else "")

    @property
    def never_sent(self) -> bool:
        """Is there a remote to which, as far as is known here, nothing was sent yet?"""
        return bool(self.remotes and self.head and self.branch) and not self.upstream_is_here

    @property
    def obstacle(self) -> str:
        """What keeps versions from being kept, as a sentence that says what to do; "" where nothing does."""
        if self.under_way in _OF_OTHERS:
            return _(_OF_OTHERS[self.under_way])
        if self.is_detached:
            return _("这里没有在任何分支上（detached HEAD）：先在命令行回到分支，如 git switch main")
        return ""

    @property
    def not_here(self) -> str:
        """What of the repository is not in this clone, as a sentence; "" where all is."""
        parts = [_("更早的历史不在这里（浅克隆）")] if self.is_shallow else []
        parts += [_("有些文件不在这里（稀疏检出）")] if self.is_sparse else []
        parts += [_("有些内容用到时才从远程取（部分克隆）")] if self.is_partial else []
        return _("；").join(parts)

    def in_short(self, not_kept: int) -> str:
        """Where the clone stands, in few words; ``not_kept``: so many files of documents are not as in a version."""
        parts = [_("{count} 个文件没存版本").format(count=not_kept)] if not_kept else []
        parts += [_("{count} 个版本没送出").format(count=self.ahead)] if self.ahead else []
        parts += [_("还没有送出过")] if self.never_sent else []
        parts += [_("远程有 {count} 个新版本").format(count=self.behind)] if self.behind else []
        return _("，").join(parts)


def read_git_state(repository: Repository, folder: Path | None = None) -> GitState:
    """The state of a working copy; only files below ``folder`` are looked through for changes. Raises GitFailed.

    Where something is under way, all files in a conflict are in it: git finishes it as a whole only.
    """
    below = repository.name(folder) if folder else "."
    entries = repository.listed(
        "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames", "--", below
    )
    listed = repository.run("config", "--list", "-z").decode("utf-8", "replace")
    settings = dict(_settings(listed))
    state = _of_status(entries)
    common = _common_folder(repository.folder)
    under_way = next((name for file, name in _UNDER_WAY if (repository.folder / file).exists()), "")
    return replace(
        state,
        under_way=under_way,
        unmerged=tuple(repository.conflicted(repository.root)) if under_way else state.unmerged,
        remotes=_remotes(settings),
        identity=_identity(settings),
        is_shallow=(common / "shallow").exists(),
        is_sparse=settings.get("core.sparsecheckout") == "true",
        is_treeless=any(key.endswith(_FILTER) and value.startswith("tree:") for key, value in settings.items()),
        is_partial=any(key.endswith((".promisor", _FILTER)) for key in settings),
    )


def _of_status(entries: Sequence[str]) -> GitState:
    """What ``status --porcelain=v2 --branch -z`` tells."""
    heads = dict(entry[2:].split(" ", 1) for entry in entries if entry.startswith("# "))
    names = [(entry[0], _name(entry)) for entry in entries if entry[:2] in ("1 ", "u ", "? ")]
    branch, head, counts = heads.get("branch.head", ""), heads.get("branch.oid", ""), heads.get("branch.ab", "")
    ahead, _space, behind = counts.partition(" ")
    return GitState(
        branch="" if branch == "(detached)" else branch,
        head="" if head == "(initial)" else head,
        upstream=heads.get("branch.upstream", ""),
        upstream_is_here=bool(counts),
        ahead=int(ahead or 0),
        behind=-int(behind or 0),
        unmerged=tuple(name for kind, name in names if kind == _UNMERGED),
        changed=tuple(name for _kind, name in names),
    )


def _name(entry: str) -> str:
    """The file that a line of the status is about: behind 8 fields, 10 of one in a conflict, 1 of a new one."""
    return entry.split(" ", {"1": 8, _UNMERGED: 10, "?": 1}[entry[0]])[-1]


def _settings(listed: str) -> Iterator[tuple[str, str]]:
    for entry in listed.split("\0"):
        key, _line, value = entry.partition("\n")
        if key:
            yield key, value


def _remotes(settings: Mapping[str, str]) -> dict[str, str]:
    begin, end = "remote.", ".url"
    found = {key: value for key, value in settings.items() if key.startswith(begin) and key.endswith(end)}
    return {key[len(begin) : -len(end)]: value for key, value in found.items()}


def _identity(settings: Mapping[str, str]) -> Identity | None:
    """Who the settings say this is; git's own guess from the account is nobody's name."""
    name = os.environ.get("GIT_COMMITTER_NAME") or settings.get("user.name", "")
    email = os.environ.get("GIT_COMMITTER_EMAIL") or settings.get("user.email", "")
    return Identity(name=name, email=email) if name and email else None


def _common_folder(folder: Path) -> Path:
    """git's folder that all work trees of a repository share."""
    try:
        return folder / (folder / "commondir").read_text(encoding="utf-8").strip()
    except OSError:
        return folder
