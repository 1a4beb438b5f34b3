"""Sizes, names and documentation that every module keeps to."""

import ast

import pytest

from tests.architecture.sources import PACKAGE, sources

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def length(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize(("kind", "most"), [(FUNCTIONS, 60), ((ast.ClassDef,), 250)], ids=["functions", "classes"])
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
