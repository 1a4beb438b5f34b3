"""git, asked by its own program: versions of a file, conflicts, settings. The only place that starts other programs."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from perftui.locale import _
from perftui.store.worktree import working_copy

TIMEOUT = 20.0
"""Seconds that git may take."""

_OTHER_SIDES = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD", "REVERT_HEAD")
_FIELDS = "%H%x00%an%x00%at%x00%s"


class GitFailed(Exception):  # noqa: N818 - named for what it says
    """git is not there, or refused; ``str()`` of it is a sentence for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The three versions of a file that stands in a conflict; ``None`` where a side does not have it."""

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One entry of a file's history."""

    id: str
    """The commit's full name."""
    author: str
    at: int
    """When it was written, seconds since 1970."""
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A working copy."""

    root: Path
    """Its top folder."""
    folder: Path
    """git's own folder of it."""

    def name(self, path: Path) -> str:
        """A path as git names it: relative to the top. Raises ValueError for a path outside."""
        return Path(os.path.realpath(path.parent), path.name).relative_to(os.path.realpath(self.root)).as_posix()

    def conflicted(self, folder: Path) -> dict[str, dict[int, str]]:
        """The files below a folder that stand in a conflict: by name, the object of each stage."""
        listed = self.run("ls-files", "--unmerged", "-z", "--", self.name(folder))
        found: dict[str, dict[int, str]] = {}
        for line in listed.decode("utf-8", "surrogateescape").split("\0"):
            if line:
                head, _tab, name = line.partition("\t")
                _mode, blob, stage = head.split(" ")
                found.setdefault(name, {})[int(stage)] = blob
        return found

    def stages(self, path: Path) -> Stages | None:
        """The three versions of a file in a conflict; ``None`` where it stands in none."""
        blobs = self.conflicted(path).get(self.name(path))
        if not blobs:
            return None
        base, ours, theirs = (
            self.run("cat-file", "blob", blobs[stage]) if stage in blobs else None for stage in (1, 2, 3)
        )
        return Stages(base=base, ours=ours, theirs=theirs)

    def other_side(self) -> str:
        """Who wrote the other side of the conflict that git stands in."""
        for head in _OTHER_SIDES:
            if (self.folder / head).exists():
                return self.text("log", "-1", "--format=%an", head)
        return _("git 合并的另一方")

    def commit(self, revision: str) -> str:
        """The full name of the commit that a person calls so. Raises GitFailed."""
        try:
            return self.text("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        except GitFailed as error:
            raise GitFailed(_("git 里没有“{revision}”这个版本").format(revision=revision)) from error

    def show(self, revision: str, path: Path) -> bytes | None:
        """A file as it was in a revision; ``None`` where that has none."""
        commit = self.commit(revision)
        try:
            return self.run("cat-file", "blob", f"{commit}:{self.name(path)}")
        except GitFailed:
            return None

    def files(self, revision: str, folder: Path) -> tuple[str, ...]:
        """The files below a folder in a revision, as git names them."""
        commit = self.commit(revision)
        listed = self.run("ls-tree", "-r", "-z", "--name-only", commit, "--", self.name(folder))
        return tuple(name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name)

    def log(self, path: Path, limit: int = 100) -> tuple[Commit, ...]:
        """The history of a file, the latest first."""
        listed = self.text("log", f"-{limit}", f"--format={_FIELDS}", "--", self.name(path))
        commits = [line.split("\0") for line in listed.split("\n") if line]
        return tuple(Commit(id=one[0], author=one[1], at=int(one[2]), subject=one[3]) for one in commits)

    def add(self, path: Path) -> None:
        """Tell git that a file's conflict is settled."""
        self.run("add", "--", self.name(path))

    def setting(self, name: str) -> str:
        """A setting's value; "" where there is none."""
        try:
            return self.text("config", "--get", name)
        except GitFailed:
            return ""

    def set_setting(self, name: str, value: str) -> None:
        """Set a setting of this working copy."""
        self.run("config", "--local", name, value)

    def text(self, *arguments: str) -> str:
        """What git prints, as text without the last line end."""
        return self.run(*arguments).decode("utf-8", "replace").removesuffix("\n")

    def run(self, *arguments: str) -> bytes:
        """What git prints. Raises GitFailed."""
        return run_git(self.root, *arguments)


def find_repository(folder: Path) -> Repository | None:
    """The working copy that a folder lies in; ``None`` where there is none."""
    found = working_copy(folder)
    return None if found is None else Repository(root=found[0], folder=found[1])


def run_git(folder: Path, *arguments: str) -> bytes:
    """What git prints when it is run in a folder. Raises GitFailed."""
    command = ["git", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(
            command, cwd=folder, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT
        )
    except FileNotFoundError as error:
        missing = _("没有目录 {name}").format(name=folder) if not folder.is_dir() else _("没有安装 git")
        raise GitFailed(missing) from error
    except subprocess.TimeoutExpired as error:
        raise GitFailed(_("git 没有应答")) from error
    except OSError as error:
        raise GitFailed(_("不能运行 git：{reason}").format(reason=error.strerror)) from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
        raise GitFailed(_("git {command} 失败：{reason}").format(command=arguments[0], reason=said or done.returncode))
    return done.stdout


def _environment() -> Mapping[str, str]:
    """git's surroundings: no questions, no translation, no locks for looking, names taken literally."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")
    }
    return {
        **kept,
        "LC_ALL": "C.UTF-8",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
    }
