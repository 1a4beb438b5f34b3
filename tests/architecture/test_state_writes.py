"""The state of the screens is changed by its own methods, never by an assignment from outside."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, sources

STATES = {"state", "_state"}


def written(source: Source) -> Iterator[str]:
    """Assignments to an attribute of something that is called as a state is."""
    for node in ast.walk(source.tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            yield from (source.at(node) for target in targets if reaches_in(target))


def reaches_in(target: ast.expr | None) -> bool:
    match target:
        case ast.Subscript(value=value):
            return reaches_in(value)
        case ast.Attribute(value=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name in STATES
    return False


@pytest.mark.parametrize("line", ["state.notice = ''", "self.state.clip = ()", "state.places[key] = place"])
def test_the_check_finds_an_assignment(line: str) -> None:
    assert list(written(Source(name="made.py", tree=ast.parse(line))))


def test_nobody_writes_into_the_state() -> None:
    assert [place for source in sources("tui") for place in written(source)] == []
