"""What the papers name is there: every file and folder, every class, and what is said to be in a class."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PAPERS = ("README.md", "perftui/README.md", "tests/README.md")
ROOTS = (ROOT, ROOT / "perftui", ROOT / "tests")
_SPAN = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"(?:[\w.*-]+/)+[\w.*-]*|[\w*-]+\.(?:py|toml|svg)")
_CLASS = re.compile(r"(?P<name>[A-Z][a-z]\w*)(?:\.(?P<member>\w+))?(?:\(.*\))?")
_MADE_UP = re.compile(r"[A-Z]{2,}")
"""Stands for a name of the reader's own: ``pages/ID.toml``."""
_NOT_OURS = {"ScrollView", "DataTable", "StopIteration", "None"}
"""Classes of Textual and Python."""
_PEOPLES = {"department.toml", "review.toml", "settings.toml", "word/document.xml"}
"""Files that a person has, not this repository."""
_PEOPLES_FOLDERS = ("data/", "exports/", "library/", "forms/")
"""Folders that the manual speaks of: those are the reader's own."""


@cache
def texts() -> tuple[str, ...]:
    """Every module of the program and its tests."""
    return tuple(path.read_text(encoding="utf-8") for root in ROOTS[1:] for path in sorted(root.rglob("*.py")))


def nodes(line: str) -> Iterator[ast.AST]:
    """The nodes of the modules that have a line beginning so: to parse all modules takes seconds."""
    begins = re.compile(rf"^ *{line}", re.MULTILINE)
    return (node for text in texts() if begins.search(text) for node in ast.walk(ast.parse(text)))


def class_of(name: str) -> ast.ClassDef | None:
    """A class by its name."""
    found = (node for node in nodes(rf"class {name}\b") if isinstance(node, ast.ClassDef) and node.name == name)
    return next(found, None)


def is_type(name: str) -> bool:
    """Is something assigned to that name? An alias of a type is one."""
    for node in nodes(rf"{name}\b.*[:=]"):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AnnAssign) and any(getattr(one, "id", "") == name for one in targets):
            return True
    return False


def spans(paper: str) -> list[str]:
    text = _FENCE.sub("", (ROOT / paper).read_text(encoding="utf-8"))
    return _SPAN.findall(text)


def files(paper: str) -> Iterator[str]:
    """The files and folders of this repository that a paper names."""
    for span in spans(paper):
        peoples = span in _PEOPLES or (paper == "README.md" and span.startswith(_PEOPLES_FOLDERS))
        if _FILE.fullmatch(span) and not peoples:
            yield span


def is_there(name: str) -> bool:
    pattern = _MADE_UP.sub("*", name.rstrip("/"))
    if any(next(root.glob(pattern), None) for root in ROOTS):
        return True
    return any(next(root.rglob(pattern), None) for root in ROOTS[1:])


def says(name: str, member: str) -> bool:
    """Is there a class of that name with something of that name in it?"""
    found = class_of(name)
    if found is None:
        return is_type(name)
    words = {getattr(node, key, None) for node in ast.walk(found) for key in ("attr", "id", "name")}
    return not member or member in words


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_a_paper_names_is_there(paper: str) -> None:
    assert sorted({name for name in files(paper) if not is_there(name)}) == []


@pytest.mark.parametrize("paper", PAPERS[1:])
def test_every_class_that_a_paper_names_is_there(paper: str) -> None:
    found = [match for span in spans(paper) if (match := _CLASS.fullmatch(span)) and match["name"] not in _NOT_OURS]
    missing = {match[0] for match in found if not says(match["name"], match["member"] or "")}
    assert sorted(missing) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_link_between_the_papers_leads_somewhere(paper: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / paper).read_text(encoding="utf-8"))
    assert [link for link in links if not ((ROOT / paper).parent / Path(link)).exists()] == []


def test_every_folder_of_the_program_has_its_line() -> None:
    named = set(spans("perftui/README.md"))
    folders = {path.parent.relative_to(ROOT / "perftui").as_posix() for path in (ROOT / "perftui").rglob("*/*.py")}
    assert sorted(folder for folder in folders if f"{folder}/" not in named) == []


@pytest.mark.parametrize("name", ["perftui/model/no_such.py", "no_such.py", "stores/", "model/no*.py"])
def test_the_check_finds_a_file_that_is_gone(name: str) -> None:
    assert _FILE.fullmatch(name)
    assert not is_there(name)


def test_the_check_finds_a_class_that_is_gone() -> None:
    assert says("SyncedDocument", "lock")
    assert not says("SyncedDocument", "locked_by")
    assert not says("SharedDocument", "")
