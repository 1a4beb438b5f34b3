"""Where the benchmarks work: a folder of their own with documents that are made once, and a home for each program."""

import os
import shutil
import sys
from pathlib import Path

from perftui.store.folder import DocumentFolder, document_folder, find_documents
from tests.bench import real_projects

ROOT = Path(__file__).resolve().parents[2]
"""The repository."""

PEERS = Path(__file__).parent / "peers"


class Place:
    """A folder for one run's files. What takes long to make (documents of many projects) is kept between runs."""

    def __init__(self, base: Path) -> None:
        self.base = base
        base.mkdir(parents=True, exist_ok=True)

    def fresh(self, name: str) -> Path:
        """An empty folder."""
        folder = self.base / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def data(self, count: int, *, commented: bool = False) -> DocumentFolder:
        """A document of so many projects, as dense in findings as the real one; ``commented``: a comment in each."""
        original = find_documents(ROOT / "data")[0]
        data = self.base / "data" / f"real-{count}{'-commented' * commented}"
        folder = document_folder(data, original.year, original.unit)
        done = data / "complete"
        if not done.exists():
            shutil.rmtree(data, ignore_errors=True)
            real_projects.write(original.folder, data, count, commented=commented)
            done.touch()
        return folder

    def real(self, name: str) -> Path:
        """A copy of the repository's real document: its data folder."""
        return Path(shutil.copytree(ROOT / "data", self.fresh(name) / "data"))


def program(*words: str | Path) -> list[str]:
    """The command line of perftui."""
    return [sys.executable, "-m", "perftui", *map(os.fspath, words)]


def peer(name: str, *words: str) -> list[str]:
    """The command line of one of the small peers."""
    return [sys.executable, os.fspath(PEERS / f"{name}.py"), *words]


def installed(name: str) -> str | None:
    """A program on PATH, or in the ``bin`` of the environments that PERFTUI_BENCH_VENVS names (separated by ``:``)."""
    folders = [os.fspath(Path(venv) / "bin") for venv in os.environ.get("PERFTUI_BENCH_VENVS", "").split(":") if venv]
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(folders))
