"""What people typed is never handed to a widget as ``str``: it would be read as markup.

A literal or a plain ``_("…")`` is our own text. Anything made of values has to come through a function that returns
``Content`` or ``Text``; here every f-string, ``%``, ``+``, ``.format`` and every ``str`` variable is found.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, called, sources

WIDGETS = {
    "Static", "Label", "Button", "Checkbox", "RadioButton", "Placeholder", "Option", "Tab", "TabPane", "Collapsible",
    "ListItem", "OptionList", "Select", "SelectionList", "Selection", "Link",
}  # fmt: skip
METHODS = {"update", "notify", "add_row", "add_column", "add_columns", "add_option", "add_options", "set_options"}
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "placeholder", "label"}
KEYWORDS = ATTRIBUTES | {"title", "content", "prompt"}


def string_names(function: ast.AST) -> set[str]:
    """The names that a function annotates as ``str`` or makes from values."""
    found = set()
    for node in ast.walk(function):
        match node:
            case ast.arg(arg=name, annotation=ast.Name(id="str")):
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Name(id="str")):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_made(value, found):
                found.add(name)
    return found


def is_made(node: ast.expr, strings: set[str]) -> bool:
    """The expression is text made of values."""
    match node:
        case ast.JoinedStr():
            return any(isinstance(part, ast.FormattedValue) for part in node.values)
        case ast.BinOp(left=left, right=right, op=ast.Add() | ast.Mod()):
            return any(
                isinstance(side, ast.Constant | ast.JoinedStr) or is_made(side, strings) for side in (left, right)
            )
        case ast.Call(func=ast.Attribute(attr="format" | "join")) | ast.Call(func=ast.Name(id="str" | "visible")):
            return True
        case ast.IfExp(body=body, orelse=orelse):
            return is_made(body, strings) or is_made(orelse, strings)
        case ast.Name(id=name):
            return name in strings
        case ast.Call(func=ast.Name(id="_"), args=[ast.Name()]):
            return False
    return False


def shown(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that a widget would read as markup."""
    match node:
        case ast.Call(func=function) if called(node) in WIDGETS or (
            called(node) in METHODS and isinstance(function, ast.Attribute)
        ):
            literal = any(
                word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
                for word in node.keywords
            )
            if not literal:
                yield from node.args if called(node) != "ListItem" else ()
                yield from (word.value for word in node.keywords if word.arg in KEYWORDS)
        case ast.Assign(targets=[ast.Attribute(attr=name)], value=value) if name in ATTRIBUTES:
            yield value


def raw_text(source: Source) -> Iterator[str]:
    functions = [node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for function in functions:
        strings = string_names(function)
        for node in ast.walk(function):
            yield from (source.at(value) for value in shown(node) if is_made(value, strings))


@pytest.mark.parametrize(
    "body",
    [
        'Static(f"{name}")',
        'Label("名称 " + name)',
        'self.notify(_("已保存 {name}").format(name=name))',
        "table.add_row(name)",
        "self.border_title = name",
        'Button("x", tooltip=f"{name}")',
        'text = f"{name}"; Static(text)',
        'Option("%s" % name)',
    ],
)
def test_the_check_finds_raw_text(body: str) -> None:
    tree = ast.parse(f"def paint(self, name: str) -> None:\n    {body}\n")
    assert list(raw_text(Source(name="made.py", tree=tree)))


@pytest.mark.parametrize(
    "body",
    [
        'Static("项目")',
        'Static(_("项目"))',
        "Static(data_content(name))",
        "Static(Content(name))",
        "self.notify(name, markup=False)",
        "table.add_row(Text(name))",
    ],
)
def test_the_check_lets_safe_text_pass(body: str) -> None:
    tree = ast.parse(f"def paint(self, name: str) -> None:\n    {body}\n")
    assert not list(raw_text(Source(name="made.py", tree=tree)))


def test_no_widget_gets_data_as_plain_text() -> None:
    assert [place for source in sources("tui") for place in raw_text(source)] == []
