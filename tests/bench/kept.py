"""What each topic measured, kept in the place of the benchmarks: the README's table can be measured in parts.

Figures of other code, of another machine or of a quick look are not taken up again.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from tests.bench.figures import Target
from tests.bench.places import ROOT


class Kept:
    """The figures by topic, in a folder; ``machine``: where they are measured."""

    def __init__(self, folder: Path, machine: str) -> None:
        self._folder = folder
        self._made_by = sha256(f"{machine} {_code()}".encode()).hexdigest()

    def keep(self, topic: str, targets: Sequence[Target]) -> None:
        """Note what a topic measured, in place of what it measured before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        said = {"made_by": self._made_by, "targets": [asdict(one) for one in targets]}
        self._path(topic).write_text(json.dumps(said), encoding="utf-8")

    def lacking(self, topics: Iterable[str]) -> list[str]:
        """The topics that this code has not measured on this machine."""
        return [topic for topic in topics if self._said(topic) is None]

    def targets(self, topics: Iterable[str]) -> list[Target]:
        """The figures of topics, none of which is lacking, in their order."""
        return [target for topic in topics for target in self._said(topic) or ()]

    def _said(self, topic: str) -> list[Target] | None:
        path = self._path(topic)
        said = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"made_by": ""}
        return [Target(**one) for one in said["targets"]] if said["made_by"] == self._made_by else None

    def _path(self, topic: str) -> Path:
        return self._folder / f"{topic}.json"


def _code() -> str:
    """The digest of the program and of what measures it."""
    found = sha256()
    for folder in ("perftui", "tests/bench"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(sha256(f"{path.relative_to(ROOT)}".encode() + path.read_bytes()).digest())
    return found.hexdigest()
