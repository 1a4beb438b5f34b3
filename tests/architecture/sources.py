"""The program's own source files, parsed once for all checks."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "perftui"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One module."""

    name: str
    """Its path inside the package: ``store/toml/decode.py``."""
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        """Where a node stands, for messages."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


@cache
def sources(folder: str = "") -> tuple[Source, ...]:
    """Every module below a folder of the package."""
    found = sorted((PACKAGE / folder).rglob("*.py"))
    return tuple(Source(name=path.relative_to(PACKAGE).as_posix(), tree=ast.parse(path.read_bytes())) for path in found)


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every string literal that is no documentation."""
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node


def called(node: ast.Call) -> str:
    """The last name of what is called: ``Static`` of ``widgets.Static(…)``."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
