"""No command and no key of the screens is without a test that uses it; read from the tests' sources."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from perftui.tui.commands import COMMANDS, LIST_KEYS

_HANDS = {"press", "type", "typed", "run", "do", "send"}
"""The calls that a test drives the screens with."""

KEYS = (
    "enter", "tab", "shift+tab", "escape", "up", "down", "left", "right", "home", "end", "pageup", "pagedown",
    "insert", "delete", "backspace", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9",
    "shift+up", "shift+down", "shift+left", "shift+right",
    *(f"ctrl+{letter}" for letter in "cdfgjkopqrsvxyz"),
)  # fmt: skip
"""Every key that people are told of."""


def used(source: str) -> set[str]:
    """The keys and commands that the tests of a file use; a test that asserts nothing uses none."""
    found: set[str] = set()
    for test in ast.walk(ast.parse(source)):
        if isinstance(test, ast.AsyncFunctionDef) and test.name.startswith("test_") and _asserts(test):
            for call in ast.walk(test):
                if isinstance(call, ast.Call) and _name(call.func) in _HANDS:
                    found.update(_given(call, test))
    return found


def _asserts(test: ast.AsyncFunctionDef) -> bool:
    return any(isinstance(node, ast.Assert) for node in ast.walk(test))


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _given(call: ast.Call, test: ast.AsyncFunctionDef) -> Iterator[str]:
    """The texts in a call; where it is given an argument of the test, those that the test is run with."""
    yield from _texts(call)
    arguments = {argument.arg for argument in test.args.args}
    if any(isinstance(node, ast.Name) and node.id in arguments for node in ast.walk(call)):
        for decorator in test.decorator_list:
            yield from _texts(decorator)


def _texts(tree: ast.AST) -> Iterator[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.fixture(scope="module")
def everything() -> set[str]:
    sources = Path(__file__).parent.glob("test_*.py")
    return set().union(*(used(path.read_text(encoding="utf-8")) for path in sources))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.id)
def test_a_command_has_a_test(command, everything: set[str]) -> None:  # type: ignore[no-untyped-def]
    """One with a key by its key, any other by its name."""
    keys = command.key.split(",") if command.key else [command.id]
    assert set(keys) <= everything


@pytest.mark.parametrize("key", [*KEYS, *LIST_KEYS])
def test_a_key_has_a_test(key: str, everything: set[str]) -> None:
    assert key in everything


def test_what_asserts_nothing_or_is_no_key_does_not_count() -> None:
    assert used("async def test_a():\n    await flow.press('f1', *['f2'] * 2)\n    assert x") == {"f1", "f2"}
    assert used("async def test_a():\n    await flow.press('f1')") == set()
    assert used("async def test_a():\n    assert x == 'f1'\n    await flow.until('f2')") == set()
    assert used("async def help():\n    await flow.press('f1')\n    assert x") == set()
    by_argument = "@parametrize('key', ['f1'])\nasync def test_a(key):\n    await flow.{call}\n    assert x"
    assert "f1" in used(by_argument.format(call="press(key)"))
    assert "f1" not in used(by_argument.format(call="press('f2')"))
