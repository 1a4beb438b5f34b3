"""Sizes, names and documentation that every module keeps to."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence

import pytest

from tests.architecture.sources import PACKAGE, Source, sources

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LONGEST_COPY = 12
"""So many equal lines, blank ones not counted, may stand in two places."""


def length(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize(("kind", "most"), [(FUNCTIONS, 35), ((ast.ClassDef,), 250)], ids=["functions", "classes"])
def test_nothing_is_too_long(kind: tuple[type[ast.stmt], ...], most: int) -> None:
    nodes = [(source, node) for source in sources() for node in ast.walk(source.tree) if isinstance(node, kind)]
    assert [source.at(node) for source, node in nodes if length(node) > most] == []


def test_no_file_is_too_long() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert [path.name for path, count in lines.items() if count > 400] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "manager", "common", "misc", "base"}
    assert [source.name for source in sources() if source.name.removesuffix(".py").split("/")[-1] in empty] == []


def test_every_module_says_what_it_is() -> None:
    assert [source.name for source in sources() if not ast.get_docstring(source.tree)] == []


def test_records_are_frozen() -> None:
    """Only what a module keeps to itself may change while it is being made."""
    loose = []
    for source in sources("model"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                marks = [ast.unparse(mark) for mark in node.decorator_list]
                loose += [
                    source.at(node) for mark in marks if mark.startswith("dataclass") and "frozen=True" not in mark
                ]
    assert loose == []


def code_lines(source: Source) -> list[tuple[int, str]]:
    """The lines of a module that are neither blank nor part of an import, with their numbers."""
    imports = {
        number
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for number in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    text = (PACKAGE / source.name).read_text(encoding="utf-8")
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    return [(number, line) for number, line in lines if line and number not in imports]


def copies(modules: Sequence[tuple[str, list[tuple[int, str]]]]) -> Iterator[str]:
    """Where a run of more lines than may be begins that has begun before."""
    seen: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, lines in modules:
        for at in range(len(lines) - LONGEST_COPY):
            run = tuple(line for _number, line in lines[at : at + LONGEST_COPY + 1])
            seen[run].append(f"{name}:{lines[at][0]}")
    yield from (" = ".join(places) for places in seen.values() if len(places) > 1)


def test_no_run_of_lines_stands_twice() -> None:
    assert list(copies([(source.name, code_lines(source)) for source in sources()])) == []


@pytest.mark.parametrize(("count", "found"), [(LONGEST_COPY, 0), (LONGEST_COPY + 1, 1)])
def test_the_check_finds_a_copy(count: int, found: int) -> None:
    run = [(number, f"line {number}") for number in range(count)]
    assert len(list(copies([("one.py", [(0, "a"), *run]), ("other.py", [*run, (0, "b")])]))) == found
