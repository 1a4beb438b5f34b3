"""The merge driver and the diff driver in the settings of a working copy. The program also works without them."""

import shlex
import sys
from pathlib import Path

from perftui.model.frozen import frozen
from perftui.store.git.repository import Repository

ATTRIBUTE = "perftui"
"""The name of both drivers, as ``.gitattributes`` gives it to the files."""

_FALLBACK = "git merge-file --diff3 %A %O %B"
_MAPPING = f"case $? in 0) exit 0;; 10) exit 1;; *) {_FALLBACK};; esac"
_FOLDERS = "merge.directoryRenames"
"""Whether git puts a new file into another folder, because the one it was made in seems to be renamed."""
_HUNK_HEADER = r"^\[([^]]+)\]|^(name|code) = .*$"


@frozen
class GitSetup:
    """How a working copy is set up."""

    merge: bool
    """The merge driver is there, as this program writes it."""
    diff: bool
    """The diff driver is there."""


def driver_line(program: str) -> str:
    """The merge driver in git's settings: merged 0, conflicts written as data 1, a failure git's own merge."""
    return f"{program} merge-file --path %P %O %A %B; {_MAPPING}"


def program_line() -> str:
    """How this program is started again from another folder."""
    return f"{shlex.quote(sys.executable)} -P -m perftui"


def set_up(repository: Repository, program: str) -> None:
    """Install both drivers in a working copy. Raises GitFailed."""
    repository.run("rev-parse", "--git-dir")  # says what is wrong where git does not take the repository
    for name, value in settings(program).items():
        repository.set_setting(name, value)


def settings(program: str) -> dict[str, str]:
    """The settings that make up the drivers."""
    return {
        f"merge.{ATTRIBUTE}.name": "perftui: by field",
        f"merge.{ATTRIBUTE}.driver": driver_line(program),
        f"diff.{ATTRIBUTE}.xfuncname": _HUNK_HEADER,
        f"diff.{ATTRIBUTE}.textconv": f"{program} git-text",
        f"diff.{ATTRIBUTE}.command": f"{program} git-diff",
        f"diff.{ATTRIBUTE}.cachetextconv": "false",
        _FOLDERS: "false",
    }


def merge_settings(repository: Repository) -> dict[str, str]:
    """The driver for one merge by this program in a working copy that was not set up; none where it was."""
    return {_FOLDERS: "false"} if setup_of(repository).merge else settings(program_line())


def setup_of(repository: Repository) -> GitSetup:
    """How a working copy is set up now."""
    driver = repository.setting(f"merge.{ATTRIBUTE}.driver")
    return GitSetup(
        merge="merge-file" in driver and driver.endswith(_MAPPING),
        diff=repository.setting(f"diff.{ATTRIBUTE}.xfuncname") == _HUNK_HEADER,
    )


def has_attributes(data: Path) -> bool:
    """Do the data folder's attributes name the drivers?"""
    try:
        return f"merge={ATTRIBUTE}" in (data / ".gitattributes").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
