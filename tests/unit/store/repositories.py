"""Small git repositories for the tests."""

import subprocess
import sys
from pathlib import Path

from perftui.store.git.repository import Repository, find_repository
from perftui.store.git.setup import set_up

ROOT = Path(__file__).parents[3]


class Clone:
    """A working copy with a document's data folder in it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def new(cls, root: Path) -> "Clone":
        """An empty repository on the branch main."""
        root.mkdir(parents=True, exist_ok=True)
        made = cls(root)
        made.git("init", "-q", "-b", "main")
        made.git("config", "gc.auto", "0")
        return made

    @property
    def repository(self) -> Repository:
        found = find_repository(self.root)
        assert found is not None
        return found

    def git(self, *arguments: str, check: bool = True) -> str:
        """What git prints on both channels."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, encoding="utf-8", check=False)
        assert not check or done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def commit(self, message: str = "x") -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def install(self, program: str) -> None:
        """Set the drivers up with a program that may be missing or broken."""
        set_up(self.repository, program)


def driver_program(folder: Path) -> str:
    """A small program that runs the driver as the command does."""
    script = folder / "driver.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\n"
        "from perftui.store.git.merge_driver import merge_files\n"
        "_command, _path, name, base, ours, theirs = sys.argv[1:]\n"
        "sys.exit(merge_files(Path(base), Path(ours), Path(theirs), name))\n"
    )
    return f"{sys.executable} {script}"
