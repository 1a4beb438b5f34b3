"""One name, one meaning: what stands in several places is listed with its reason, and the lists may only shrink."""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, sources
from tests.conftest import ROOT

LISTS = tomllib.loads(Path(__file__).with_name("names.toml").read_text(encoding="utf-8"))
"""What is let pass, each with its reason."""


def modules() -> Iterator[tuple[str, str]]:
    """The name of every module and the folder it is in; a package's own module has its folder's name."""
    for source in sources():
        folder, _slash, name = source.name.removesuffix(".py").rpartition("/")
        if not name.startswith("__"):
            yield name, folder


def classes() -> Iterator[tuple[str, str]]:
    """The name of every public class of a module, and the module."""
    for source in sources():
        for node in source.tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, source.name


def in_several(found: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    """The names that stand in several places, and where."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, place in found:
        places[name].append(place)
    return {name: where for name, where in places.items() if len(where) > 1}


@pytest.mark.parametrize(("kind", "found"), [("modules", modules), ("classes", classes)])
def test_a_name_stands_once_or_is_listed_with_its_reason(kind: str, found: object) -> None:
    twice = in_several(found())  # type: ignore[operator]
    allowed = LISTS[kind]["allowed"]
    assert {name: where for name, where in twice.items() if name not in allowed} == {}
    assert [name for name in allowed if name not in twice] == [], "stands once: take it off the list"
    assert [name for name, reason in allowed.items() if not reason.strip()] == []
    assert len(allowed) <= LISTS[kind]["most"]


def contracts() -> list[dict[str, object]]:
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [one for one in read["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]


def layers(package: str) -> set[str]:
    """The folders and modules of a package that stand in a contract of layers."""
    lines = [line for one in contracts() if package in one["containers"] for line in one["layers"]]  # type: ignore[operator,union-attr]
    return {name.strip(" ()") for line in lines for part in line.split("|") for name in part.split(":")}


def folders(inside: Path) -> list[str]:
    return sorted(path.name for path in inside.iterdir() if (path / "__init__.py").exists())


def test_every_folder_has_its_layer() -> None:
    allowed = LISTS["layers"]["allowed"]
    assert layers("perftui") >= set(folders(PACKAGE))
    parents = [path for path in PACKAGE.rglob("*") if path.is_dir() and folders(path)]
    bare = {path.relative_to(PACKAGE).as_posix(): path for path in parents}
    missing = {
        name: set(folders(path)) - layers(f"perftui.{name.replace('/', '.')}")
        for name, path in bare.items()
        if name not in allowed
    }
    assert {name: left for name, left in missing.items() if left} == {}
    done = [name for name in allowed if name not in bare or set(folders(bare[name])) <= layers(f"perftui.{name}")]
    assert done == [], "has its layers: take it off the list"


def test_no_layer_can_be_forgotten() -> None:
    """An exhaustive contract fails as soon as a module of its folder stands in no layer."""
    assert [one["name"] for one in contracts() if one.get("exhaustive") is not True] == []
