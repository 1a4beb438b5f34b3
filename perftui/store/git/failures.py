"""What git refuses, as sentences for people: what is wrong, and how to put it right. Its own words are details."""

import re
from collections.abc import Sequence

from perftui.locale import N_, _
from perftui.model.frozen import frozen
from perftui.model.lazy_regex import lazily


class GitFailed(Exception):  # noqa: N818 - named for what it says
    """git is not there, or refused; ``str()`` of it is a sentence for the person."""

    def __init__(self, sentence: str, details: str = "", kind: str = "") -> None:
        super().__init__(sentence)
        self.details = details
        """git's own words, and those of hooks; "" where it said nothing."""
        self.kind = kind
        """What was wrong, as a word of ``KINDS``; "" for what is none of them."""


@frozen
class _Kind:
    name: str
    sign: re.Pattern[str]
    """What git says then, in its own English, which is fixed by the locale it is run in."""
    sentence: str


PASSWORD, NETWORK, FASTER, REFUSED, IDENTITY, LOCKED, UNRELATED, LOCAL_CHANGES, UPSTREAM, HOOK = (
    "password", "network", "faster", "refused", "identity", "locked", "unrelated", "local-changes", "upstream", "hook",
)  # fmt: skip
REWOUND, NO_VERSION, UNDER_WAY, CANCELLED, UNMERGED = "rewound", "no-version", "under-way", "cancelled", "unmerged"
NOT_STARTED, DAMAGED, GONE, FORBIDDEN, CERTIFICATE = "not-started", "damaged", "gone", "forbidden", "certificate"
_NOT_REPOSITORY = "not-repository"

_DAMAGED = N_("git 的仓库里有坏了的文件，文本照常可以填：请管仓库的人看看，或者另外克隆一份")
_TALK = ("fetch", "push")
_PROGRESS = lazily(r"(?m)^(remote: )?[A-Z][a-z]+ (objects|deltas)\b.*(\n|\Z)")
"""What git says of how far it is: nothing that went wrong."""
_FOR_TERMINALS = lazily(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])")
"""Colours, and what else hooks send to a terminal."""

_KINDS: Sequence[_Kind] = (
    _Kind(
        name=PASSWORD,
        sign=lazily(
            r"terminal prompts disabled|could not read (Username|Password)|Permission denied \(|Authentication failed"
            r"|Host key verification failed|passphrase|read_passphrase"
        ),
        sentence=N_("远程要密码或钥匙，这里不能问：在命令行运行一次 git fetch，把密码存下来，或者设好 ssh 钥匙"),
    ),
    _Kind(
        name=FORBIDDEN,
        sign=lazily(r"returned error: (401|403|407)\b"),
        sentence=N_("远程认得地址，但是不让您用：请管仓库的人给您的账号加上权限，或者看看存下的密码对不对"),
    ),
    _Kind(
        name=CERTIFICATE,
        sign=lazily(r"certificate (problem|verification failed)|SSL certificate|certificate verify failed"),
        sentence=N_("远程的证书不对，git 不肯连：请管仓库的人看看证书是不是过期了，也看看这台机器的日期"),
    ),
    _Kind(
        name=NETWORK,
        sign=lazily(
            r"Could not resolve host|Connection (refused|timed out|reset|closed)|Network is unreachable"
            r"|No route to host|unable to access|Failed to connect|[Tt]he remote end hung up|early EOF"
            r"|Operation timed out|unexpected disconnect|Broken pipe|RPC failed|expected flush|closed by remote host"
        ),
        sentence=N_("连不上远程：请看看网络通不通，过一会儿再试"),
    ),
    _Kind(
        name=GONE,
        sign=lazily(r"couldn't find remote ref refs/heads/(?P<branch>\S+)"),
        sentence=N_("远程没有“{branch}”这个分支了，可能改了名：请问一下管仓库的人"),
    ),
    _Kind(
        name="no-remote",
        sign=lazily(
            r"does not appear to be a git repository|No such remote|Could not read from remote"
            r"|repository '.*' (does not exist|not found)|'remote-.*' is not a git command"
            r"|[Uu]nable to find remote helper"
        ),
        sentence=N_("远程的地址不对，或者没有权限：用 git remote -v 看看"),
    ),
    _Kind(
        name=LOCKED,
        sign=lazily(r"(?m)^(?!remote:).*\.lock': File exists"),
        sentence=N_("git 的锁文件还在：可能另一个 git 正在运行，也可能是中断后留下的"),
    ),
    _Kind(
        name=FASTER,
        sign=lazily(
            r"\[rejected\].*(non-fast-forward|fetch first|stale info)|cannot lock ref|failed to update ref"
            r"|incorrect old value"
        ),
        sentence=N_("别人先送了新的：再共享一次"),
    ),
    _Kind(
        name=REFUSED,
        sign=lazily(r"\[rejected\]|\[remote rejected\]|hook declined"),
        sentence=N_("远程没有收下：那里的检查没有通过，或者不让送到这个分支"),
    ),
    _Kind(
        name=IDENTITY,
        sign=lazily(r"Please tell me who you are|empty ident name|unable to auto-detect email"),
        sentence=N_("git 还不知道您是谁：运行一次 git config user.name 名字 和 git config user.email 邮箱"),
    ),
    _Kind(
        name="owner",
        sign=lazily(r"dubious ownership in repository at '(?P<folder>.*)'"),
        sentence=N_("这个 git 仓库是别人的，git 不肯用：运行 git config --global --add safe.directory '{folder}'"),
    ),
    _Kind(
        name=UNRELATED,
        sign=lazily(r"refusing to merge unrelated histories"),
        sentence=N_("远程的历史和这里的没有共同的来源，不能合并：请问一下管仓库的人"),
    ),
    _Kind(
        name=LOCAL_CHANGES,
        sign=lazily(r"would be overwritten by (merge|checkout)|local changes to the following files"),
        sentence=N_("有没存成版本的改动挡着：先存为版本，再取回"),
    ),
    _Kind(
        name=UNDER_WAY,
        sign=lazily(
            r"You have not concluded your merge|MERGE_HEAD exists|unmerged files"
            r"|is not possible because you have unmerged|rebase in progress"
            r"|cherry-pick is currently in progress|CHERRY_PICK_HEAD exists"
        ),
        sentence=N_("上一次合并还没有做完：先把冲突选好，存为版本"),
    ),
    _Kind(
        name=UPSTREAM,
        sign=lazily(r"no tracking information|has no upstream branch|no upstream configured|not currently on a branch"),
        sentence=N_("还没有说好和远程的哪个分支来往"),
    ),
    _Kind(
        name="signing",
        sign=lazily(r"gpg failed to sign|failed to sign the data|failed to write commit object"),
        sentence=N_("签名没有成：git 设了要签名，密码不能在这里问；不用签名的，运行 git config commit.gpgsign false"),
    ),
    _Kind(
        name=NO_VERSION,
        sign=lazily(r"does not have any commits yet"),
        sentence=N_("还没有存过版本"),
    ),
    _Kind(
        name=DAMAGED,
        sign=lazily(
            r"index file (smaller|corrupt|open failed)|bad (signature|index file|config|object|tree|file descriptor)"
            r"|(object file|loose object) .* (is empty|is corrupt)|unable to read (tree|sha1|[0-9a-f]{40})|missing blob"
            r"|inflate: |packfile .* (cannot|is)|unable to parse object|invalid object"
        ),
        sentence=_DAMAGED,
    ),
    _Kind(
        name=_NOT_REPOSITORY,
        sign=lazily(r"not a git repository"),
        sentence=N_("这个文件夹不在 git 仓库里"),
    ),
    _Kind(
        name="disk",
        sign=lazily(r"No space left on device|Disk quota exceeded|Read-only file system|unable to write"),
        sentence=N_("git 写不进去：磁盘满了，或者只能读"),
    ),
)


def words_of(said: str) -> str:
    """git's own words and those of hooks, without how far it was and what is for a terminal."""
    lines = _FOR_TERMINALS.sub("", said).replace("\r\n", "\n").replace("\r", "\n")
    return _PROGRESS.sub("", lines).strip()


def failure(command: str, code: int, said: str, *, is_here: bool = False) -> GitFailed:
    """The failure of a command of git that ended with a code, by what it said.

    ``is_here``: a folder of git's own lies there, so that "no repository" is one that git can read no more.
    """
    said, details = _FOR_TERMINALS.sub("", said), words_of(said)
    for kind in _KINDS:
        if found := kind.sign.search(said):
            if kind.name == _NOT_REPOSITORY and is_here:
                return GitFailed(_(_DAMAGED), details, DAMAGED)
            return GitFailed(_(kind.sentence).format(**found.groupdict()), details, kind.name)
    if command in _TALK and code > 0:  # whatever it says: the talk with the other side came to no end
        return GitFailed(_("和远程的来往没有做完，线路可能断了：这里什么也没丢，过一会儿再试"), details, NETWORK)
    if code < 0:
        return GitFailed(_("git {command} 被中断了").format(command=command), details)
    return GitFailed(_("git {command} 没有做成（{code}）").format(command=command, code=code), details)
