"""A form is data: outside ``forms/`` no code names a field that only one form, or a form's own table, has."""

import ast
from collections.abc import Iterator

import pytest

from perftui.forms import RecordSpec, load_form, shipped_ids
from perftui.model.record import parse_path
from tests.architecture.sources import Source, called, literals, sources

FORMS = [load_form(name) for name in shipped_ids()]
SPECS = [spec for form in FORMS for spec in (form.department, form.project)]


def field_keys(spec: RecordSpec) -> Iterator[str]:
    yield from (field.key for field in spec.head)
    for fields in spec.tables.values():
        yield from (field.key for field in fields)
    for group in spec.groups:
        yield from (column.key for column in group.columns)


def structure_keys(spec: RecordSpec) -> Iterator[str]:
    """Keys that only a form gives a meaning to: its tables and groups, its amounts, the points of its plan."""
    yield from spec.tables
    yield from (group.key for group in spec.groups)
    yield from (amount.key for group in spec.amounts for amount in group.amounts)
    yield from (point.key for point in (spec.plan.points if spec.plan else ()))


def forbidden() -> set[str]:
    by_form = [{*field_keys(form.department), *field_keys(form.project)} for form in FORMS]
    everywhere = set.intersection(*by_form)
    return set().union(*by_form) - everywhere | {key for spec in SPECS for key in structure_keys(spec)}


FORBIDDEN = forbidden() - {"sign", "span", "upper", "projects"}
"""Without what parts of a value, of a table and of a document are called as well."""
ORDINARY = {
    "code", "total", "other", "standard", "description", "weight", "indicator", "project", "own", "note", "remark",
    "amount",
}  # fmt: skip
"""English words that a program needs for other things as well: forbidden only where they pick a value."""
SCREENS = {"funds", "plan", "indicators"}
"""Names of screens as well: in the screens' code forbidden only where they pick a value."""
PICKING = {"get", "text", "value", "with_value", "row", "rows", "group", "field", "parse_path", "pop", "setdefault"}


def is_path(text: str) -> bool:
    path = parse_path(text)
    return len(path) > 1 and any(spec.field(path) is not None for spec in SPECS)


def picking(tree: ast.AST) -> Iterator[ast.AST]:
    """What stands where a value is picked by its key: subscript, path, case, comparison, argument."""
    for node in ast.walk(tree):
        match node:
            case ast.Tuple(elts=parts):
                yield from parts
            case ast.Compare(left=left, comparators=others):
                yield from (left, *others)
            case ast.MatchValue(value=key):
                yield key
    yield from reading(tree)


def reading(tree: ast.AST) -> Iterator[ast.AST]:
    """What surely picks a value: a subscript, a reader's argument, a path of a form."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(slice=key):
                yield key
            case ast.Call(args=parts) if called(node) in PICKING:
                yield from parts
            case ast.Tuple(elts=parts):
                words = [str(part.value) for part in parts if isinstance(part, ast.Constant)]
                if len(words) == len(parts) and is_path(".".join(words)):
                    yield from parts


def named(source: Source) -> Iterator[str]:
    screens = source.name.startswith("tui/")
    keys = {id(node) for node in picking(source.tree)}
    read = {id(node) for node in reading(source.tree)}
    for node in literals(source.tree):
        word = str(node.value)
        if screens and word in SCREENS:
            found = id(node) in read
        else:
            found = word in FORBIDDEN and (word not in ORDINARY or id(node) in keys)
        if found or is_path(word):
            yield f"{source.at(node)} {word!r}"


def test_the_check_knows_what_is_forbidden() -> None:
    assert {"budget", "plan", "goals", "indicators", "duties", "safeguards", "funds"} <= FORBIDDEN
    assert {"total", "fiscal", "other", "carryover", "purpose", "m03", "m12", "basis", "responsibility"} <= FORBIDDEN
    assert not FORBIDDEN & {"schema", "order", "form", "year", "unit_code", "unit_name", "status", "name"}


@pytest.mark.parametrize(
    "code",
    [
        'x = "fiscal"',
        'f(key="m03")',
        'match x:\n case "goals": pass',
        'y = "plan.m06"',
        'r["total"]',
        'r.text(("code",))',
    ],
)
def test_the_check_finds_a_named_field(code: str) -> None:
    assert list(named(Source(name="made.py", tree=ast.parse(code))))


@pytest.mark.parametrize("code", ['r.rows("indicators")', 't["plan"]', 'p = ("plan", "m03")'])
def test_a_screen_may_have_a_forms_word_as_its_name_but_not_read_by_it(code: str) -> None:
    assert list(named(Source(name="tui/made.py", tree=ast.parse(code))))
    assert not list(named(Source(name="tui/made.py", tree=ast.parse('PANES = ("funds", "plan")'))))


@pytest.mark.parametrize("code", ['f(kind="total")', 'x = "name"', '"""goals"""', 'y = "the plan"'])
def test_the_check_lets_other_words_pass(code: str) -> None:
    assert not list(named(Source(name="made.py", tree=ast.parse(code))))


def test_no_code_outside_forms_names_a_field_of_one_form() -> None:
    found = [line for source in sources() if not source.name.startswith("forms/") for line in named(source)]
    assert found == []
