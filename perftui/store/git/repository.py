"""git, asked by its own program: versions of a file, conflicts, settings."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from perftui.files.worktree import working_copy
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.programs.runner import Cancel, Cancelled, NotStarted, RunProgress, TooLong, run
from perftui.store.git.failures import CANCELLED, NO_VERSION, NOT_STARTED, GitFailed, failure, words_of
from perftui.store.git.listings import entries, index_entries, tree_entries

__all__ = ["READING", "WRITING", "Commit", "GitFailed", "Repository", "Stages", "find_repository", "run_git"]

READING = RunProgress(limit=60.0)
"""What only reads has a limit of time."""
WRITING = RunProgress()
"""What writes has none."""

_SETTINGS = [
    word
    for setting in (
        "core.quotepath=off", "core.fsmonitor=false", "log.showSignature=false", "i18n.logOutputEncoding=UTF-8",
        "color.ui=false", "credential.interactive=false",
    )
    for word in ("-c", setting)
]  # fmt: skip
_LEFT_OUT = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GPG_TTY", "SSH_ASKPASS", "GIT_EXTERNAL_DIFF"})
_FIXED = {
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS_REQUIRE": "never",
    "GCM_INTERACTIVE": "never",
    "GIT_EDITOR": "true",
    "GIT_SEQUENCE_EDITOR": "true",
    "GIT_MERGE_AUTOEDIT": "no",
}
"""No prompt of git, ssh, gpg or a credential helper, and no editor: nobody sits at a terminal that they could ask."""

_GROUPS = 0o002
"""The mask of a group's files."""
_OTHER_SIDES = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD", "REVERT_HEAD")
_STASH = "refs/stash"
_OURS = 2
"""The stage of our side in the index; 0 is that of a file in no conflict."""
_BEGIN = "\x01"
_FIELDS = "%x01%H%x00%an%x00%at%x00%P%x00%s"


@frozen
class Stages:
    """The three versions of a file that stands in a conflict; ``None`` where a side does not have it."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


@frozen
class Commit:
    """One entry of a file's history."""

    id: str
    """The commit's full name."""
    author: str
    at: int
    """When it was written, seconds since 1970."""
    subject: str
    parents: tuple[str, ...] = ()
    """The versions before it: none before the first, several where it brings lines together."""
    name: str = ""
    """The file as this version names it."""
    names_before: tuple[str, ...] = ()
    """The file as each of the versions before named it."""

    @property
    def name_before(self) -> str:
        """The file as the version before named it."""
        return self.names_before[0] if self.names_before else self.name

    @property
    def is_merge(self) -> bool:
        """Does it bring the work of several together?"""
        return len(self.parents) > 1


@frozen
class Repository:
    """A working copy."""

    root: Path
    """Its top folder."""
    folder: Path
    """git's own folder of it."""
    reading: RunProgress = READING
    """How what only reads is watched."""

    def until(self, cancel: Cancel) -> "Repository":
        """The same, where questions end as soon as ``cancel`` is told."""
        return replace(self, reading=replace(READING, cancel=cancel))

    def name(self, path: Path) -> str:
        """A path as git names it: relative to the top. Raises ValueError for a path outside."""
        return Path(os.path.realpath(path.parent), path.name).relative_to(os.path.realpath(self.root)).as_posix()

    def conflicted(self, folder: Path) -> dict[str, dict[int, str]]:
        """The files below a folder that stand in a conflict: by name, the object of each stage; "" of a submodule."""
        found: dict[str, dict[int, str]] = {}
        for name, stage, blob in index_entries(self.listed("ls-files", "--unmerged", "-z", "--", self.name(folder))):
            found.setdefault(name, {})[stage] = blob
        return found

    def stages(self, path: Path) -> Stages | None:
        """The three versions of a file in a conflict; ``None`` where it stands in none."""
        blobs = self.conflicted(path).get(self.name(path))
        if not blobs:
            return None
        data = self.blobs(filter(None, blobs.values()))
        base, ours, theirs = (data.get(blobs.get(stage, "")) for stage in (1, _OURS, 3))
        return Stages(base=base, ours=ours, theirs=theirs)

    def blobs(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents that names stand for: an object's own, or ``COMMIT:PATH`` as far as the commit has the path.

        Raises GitFailed, also where an object should be there and is not: that is no change of anybody's.
        """
        wanted = list(dict.fromkeys(names))
        if not wanted:
            return {}
        given = "\n".join(wanted).encode("utf-8", "surrogateescape") + b"\n"
        found = dict(_batch(wanted, self.run("cat-file", "--batch", given=given)))
        if any(self._is_in(*name.partition(":")) for name in wanted if name not in found):
            raise failure("cat-file", 1, "missing blob")
        return found

    def _is_in(self, commit: str, colon: str, path: str) -> bool:
        """Does a commit have a file under a path? What has no path is an object by itself, and always to be there."""
        return bool(commit) and (not colon or b" blob " in self.run("ls-tree", "-z", "--full-tree", commit, path))

    def sides(self, path: Path) -> tuple[str, str]:
        """Who wrote ours and the other side of a file's conflict: the authors of the last commits that touched it."""
        heads = (head for head in _OTHER_SIDES if (self.folder / head).exists())
        theirs = next(heads, "")
        if not theirs and self.known(_STASH):
            stashed = self.text("log", "-1", "--format=%an", _STASH)
            return self._author("HEAD", path), _("{who}（git stash）").format(who=stashed)
        return self._author("HEAD", path), self._author(theirs, path) if theirs else _("git 合并的另一方")

    def _author(self, revision: str, path: Path) -> str:
        return self.text("log", "-1", "--format=%an", revision, "--", self.name(path))

    def commit(self, revision: str) -> str:
        """The full name of the commit that a person calls so. Raises GitFailed."""
        found = self.known(revision)
        if not found:
            none = _("还没有存过版本") if revision == "HEAD" else _("git 里没有“{revision}”这个版本")
            older = _("：更早的历史不在这里（浅克隆），git fetch --unshallow 取回来") if self._is_shallow() else ""
            raise GitFailed(none.format(revision=revision) + older, kind=NO_VERSION)
        return found

    def _is_shallow(self) -> bool:
        return self.text("rev-parse", "--is-shallow-repository") == "true"

    def show(self, revision: str, path: Path) -> bytes | None:
        """A file as it was in a revision; ``None`` where that has none."""
        name = f"{self.commit(revision)}:{self.name(path)}"
        return self.blobs([name]).get(name)

    def files(self, revision: str, folder: Path) -> dict[str, bytes]:
        """The files below a folder in a revision, as git names them, and what they hold."""
        found = dict(tree_entries(self.listed("ls-tree", "-r", "-z", self.commit(revision), "--", self.name(folder))))
        data = self.blobs(found.values())
        return {name: data[blob] for name, blob in found.items()}

    def staged(self, folder: Path) -> dict[str, bytes]:
        """The files below a folder as the index holds them, which a hook may be told of, by name relative to it.

        A file that stands in a conflict is there as ours. Raises GitFailed.
        """
        own_index = {name: os.environ[name] for name in ("GIT_INDEX_FILE",) if name in os.environ}
        listed = run_git(self.root, "ls-files", "--stage", "-z", "--", self.name(folder), extra=own_index)
        found = {name: blob for name, stage, blob in index_entries(entries(listed)) if blob and stage in (0, _OURS)}
        data, prefix = self.blobs(found.values()), f"{self.name(folder)}/"
        return {name.removeprefix(prefix): data[blob] for name, blob in found.items()}

    def log(self, path: Path, limit: int = 100) -> tuple[Commit, ...]:
        """The history of a file under all its names, or of a folder, the latest first. Raises GitFailed."""
        if path.is_dir():
            return self._log((), (self.name(path),), limit)
        found = self._log(("--follow", "-c"), (self.name(path),), limit)
        names = tuple(dict.fromkeys(name for one in found for name in (one.name, *one.names_before)))
        if len(names) < 2:
            return found
        # following, git knows one name at a time: it leaves out what others wrote meanwhile under another
        found = self._log(("--full-history", "-c"), names, limit)
        versions = {version for one in found for version in (one.id, *one.parents)}
        return tuple(_renamed(found, names, self._objects(f"{one}:{name}" for one in versions for name in names)))

    def _log(self, words: Sequence[str], names: Sequence[str], limit: int) -> tuple[Commit, ...]:
        format_ = f"--format=tformat:{_FIELDS}"
        listed = self.run("log", "-z", *words, f"-{limit}", "--name-status", format_, "--", *names)
        return tuple(_commits(listed.decode("utf-8", "replace").split("\0"), names[0]))

    def _objects(self, names: Iterable[str]) -> dict[str, str]:
        """The objects that names stand for, as far as there are any."""
        wanted = list(names)
        given = "\n".join(wanted).encode("utf-8", "surrogateescape") + b"\n"
        lines = self.text("cat-file", "--batch-check=%(objectname)", given=given).splitlines()
        return {name: line for name, line in zip(wanted, lines, strict=True) if not line.endswith(" missing")}

    def stage(self, names: Iterable[str]) -> None:
        """Put files into the index as they are now, gone ones too; a conflict of one is settled with it.

        Raises GitFailed.
        """
        given = "\0".join(names).encode("utf-8", "surrogateescape")
        if given:
            self.write("update-index", "--add", "--remove", "-z", "--stdin", given=given + b"\0")

    def setting(self, name: str) -> str:
        """A setting's value; "" where there is none."""
        try:
            return self.text("config", "--get", name)
        except GitFailed:
            return ""

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting of this working copy."""
        self.write("config", "--local", name, value)

    def text(self, *arguments: str, given: bytes = b"") -> str:
        """What git prints, as text without the last line end."""
        return self.run(*arguments, given=given).decode("utf-8", "replace").removesuffix("\n")

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git prints; it only reads. Raises GitFailed."""
        return run_git(self.root, *arguments, given=given, watch=self.reading)

    def listed(self, *arguments: str) -> list[str]:
        """What git lists where it is asked for ``-z``; it only reads. Raises GitFailed."""
        return entries(self.run(*arguments))

    def known(self, name: str) -> str:
        """The full name of the commit that a name stands for; "" where there is none. Raises GitFailed."""
        try:
            return self.text("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except GitFailed as error:
            if error.details or error.kind:  # git says nothing where it merely does not know the name
                raise
            return ""

    def write(
        self,
        *arguments: str,
        watch: RunProgress = WRITING,
        given: bytes = b"",
        settings: Mapping[str, str] | None = None,
    ) -> bytes:
        """What git prints, where it writes: it may take as long as it takes. ``settings`` hold for this once.

        Raises GitFailed.
        """
        return run_git(self.root, *arguments, watch=watch, given=given, extra=_for_once(settings or {}))

    def talk(self, *arguments: str, watch: RunProgress = WRITING) -> bytes:
        """What git prints, where it talks to another machine: ssh asks nobody anything. Raises GitFailed."""
        command = os.environ.get("GIT_SSH_COMMAND") or os.environ.get("GIT_SSH") or self.setting("core.sshCommand")
        extra = {} if command else {"GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}
        return run_git(self.root, *arguments, watch=watch, extra=extra)


def find_repository(folder: Path) -> Repository | None:
    """The working copy that a folder lies in; ``None`` where there is none."""
    found = working_copy(folder)
    return None if found is None else Repository(root=found[0], folder=found[1])


def _for_once(settings: Mapping[str, str]) -> dict[str, str]:
    """Settings of git as the variables that it takes them from, behind those that are there already."""
    if not settings:
        return {}
    start = int(os.environ.get("GIT_CONFIG_COUNT", "0"))
    given = {f"GIT_CONFIG_KEY_{start + at}": key for at, key in enumerate(settings)}
    given |= {f"GIT_CONFIG_VALUE_{start + at}": value for at, value in enumerate(settings.values())}
    return {**given, "GIT_CONFIG_COUNT": str(start + len(settings))}


def _batch(names: Sequence[str], out: bytes) -> Iterator[tuple[str, bytes]]:
    """What ``cat-file --batch`` answered to each name."""
    at = 0
    for name in names:
        end = out.index(b"\n", at)
        head = out[at:end].split(b" ")
        at = end + 1
        if len(head) == 3 and head[1] == b"blob":
            yield name, out[at : at + int(head[2])]
        if len(head) == 3 and head[2].isdigit():
            at += int(head[2]) + 1


def _commits(parts: Sequence[str], name: str) -> Iterator[Commit]:
    """What ``log -z --name-status`` lists; ``name``: the file as the latest version names it."""
    at = 0
    while at + 5 <= len(parts):
        if not parts[at].lstrip("\n").startswith(_BEGIN):
            at += 1
            continue
        head, author, when, parents, subject = parts[at : at + 5]
        at += 5
        before = name
        while at < len(parts) and not parts[at].lstrip("\n").startswith(_BEGIN):
            if parts[at].lstrip("\n")[:1] == "R" and at + 2 < len(parts) and parts[at + 2] == name:
                before = parts[at + 1]
            at += 1
        yield Commit(
            id=head.lstrip("\n").removeprefix(_BEGIN), author=author, at=int(when), subject=subject,
            parents=tuple(parents.split()), name=name, names_before=(before,) * len(parents.split()),
        )  # fmt: skip
        name = before


def _renamed(found: Sequence[Commit], names: Sequence[str], objects: Mapping[str, str]) -> Iterator[Commit]:
    """The versions that changed a file, and its name in each; ``names``: all it ever had, the latest first."""

    def held(version: str) -> tuple[str, str]:
        """Its name in a version, and its content."""
        name = next((name for name in names if f"{version}:{name}" in objects), names[0])
        return name, objects.get(f"{version}:{name}", "")

    for one in found:
        now, before = held(one.id), [held(version) for version in one.parents]
        if now not in before[:1]:  # not another file, which had one of the names
            names_before = tuple(name if content else now[0] for name, content in before)
            yield replace(one, name=now[0], names_before=names_before)


def run_git(
    folder: Path,
    *arguments: str,
    given: bytes = b"",
    watch: RunProgress = READING,
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """What git prints when it is run in a folder, with ``given`` as its input. Raises GitFailed."""
    command = ["git", "--no-pager", *_SETTINGS, *arguments]
    try:
        ran = run(command, folder, {**_environment(), **(extra or {})}, watch, given, umask=_umask(folder))
    except NotStarted as error:
        if not error.missing:
            raise GitFailed(_("不能运行 git：{reason}").format(reason=error.reason), kind=NOT_STARTED) from error
        missing = _("没有目录 {name}").format(name=folder) if not folder.is_dir() else _("没有安装 git")
        raise GitFailed(missing, kind=NOT_STARTED) from error
    except TooLong as error:
        raise GitFailed(_("git 没有应答，已停止"), words_of(_text(error.said)), CANCELLED) from error
    except Cancelled as error:
        raise GitFailed(_("已取消"), words_of(_text(error.said)), CANCELLED) from error
    if ran.code != 0:
        raise failure(arguments[0], ran.code, _text(ran.said), is_here=working_copy(folder) is not None)
    return ran.out


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")


def _umask(folder: Path) -> int:
    """In a folder that a group writes to, what git makes is the group's too; -1: as everywhere."""
    try:
        return _GROUPS if folder.stat().st_mode & 0o020 else -1
    except OSError:
        return -1


def _environment() -> Mapping[str, str]:
    """git's surroundings: nobody is asked anything, no translation, no locks for looking, names taken literally."""
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, **_FIXED}
