"""The real program in a pseudo terminal, on a copy of the real document that git keeps."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.pty.terminal import Terminal

DOCUMENT = Path("2021", "613001")
FIRST = "130303213IMBOCSFWWM1"
"""The code, and file name, of the first project."""


def git(folder: Path, *words: str) -> str:
    """What git says in a folder."""
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


def real_data(tmp_path: Path) -> Path:
    """A data folder with the real document, in a repository where all is committed."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    shutil.copyfile(ROOT / ".gitignore", tmp_path / ".gitignore")
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "core.quotePath", "false")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "begin")
    return data


def copied(repository: Path, folder: Path) -> None:
    """A copy of a folder with a repository, in an empty one: git says of it what it says of the first."""
    shutil.copytree(repository, folder, dirs_exist_ok=True)
    git(folder, "update-index", "-q", "--refresh")  # the copies are other files by their numbers


class Program(Terminal):
    """``perftui WORDS DATA``, ready for keys; ``before``: what runs it."""

    def __init__(
        self, data: Path, cols: int = 80, rows: int = 24, *, env: Mapping[str, str | None] | None = None,
        before: tuple[str, ...] = (), words: tuple[str, ...] = (), ready: str = "社区工作专项补助", **options: Any,
    ) -> None:  # fmt: skip
        self.data = data
        super().__init__([*before, sys.executable, "-m", "perftui", *words, str(data)], cols, rows, env=env, **options)
        self.wait_for(ready)

    def enter(self, *texts: str, by: str = "\r") -> None:
        """A text and Enter, one after the other, as hands type them: when one has been answered."""
        for text in texts:
            self.bytes_of(lambda text=text: self.send(text + by), quiet=0.06, first=10.0)

    def tab(self, *texts: str) -> None:
        """The same with Tab."""
        self.enter(*texts, by="\t")

    def open_first(self, *keys: str) -> None:
        """From the list to the form of the first project, and keys there."""
        self.press("enter")
        self.wait_for("表标题")
        self.press(*keys)

    def at_cursor(self) -> str:
        """The character under the cursor."""
        x, y = self.cursor
        return self.emulator.screen.buffer[y][x].data

    def before_cursor(self) -> str:
        """The wide character left of the cursor."""
        x, y = self.cursor
        return self.emulator.screen.buffer[y][x - 2].data

    def path(self, name: str = FIRST) -> Path:
        """The file of a project, or of the department."""
        return self.data / DOCUMENT / ("department.toml" if name == "department" else f"projects/{name}.toml")

    def stored(self, name: str = FIRST) -> dict[str, Any]:
        """What a file holds."""
        return tomllib.loads(self.path(name).read_text(encoding="utf-8"))

    def wait_stored(self, text: str, name: str = FIRST) -> None:
        """Wait until a text is in a file."""
        self.wait_until(lambda: self.path(name).exists() and text in self.path(name).read_text(encoding="utf-8"))

    def quit(self) -> None:
        """Ctrl+Q ends the program in order."""
        self.press("ctrl+q")
        assert self.wait_exit(8) == 0
        assert not self.in_alternate_screen


def bound_by_permissions() -> tuple[str, ...]:
    """What goes before a command so that file permissions bind it, also where tests are run by root."""
    if os.geteuid() != 0:
        return ()
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
