"""Every sentence has its English line, no line is left over, and both speak of the same values."""

import ast
import string
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.sources import PACKAGE, Source, called, sources

ENGLISH = sorted((PACKAGE / "locale" / "en").glob("*.toml"))


def sentences(source: Source) -> Iterator[tuple[str, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and called(node) in ("_", "N_") and node.args:
            argument = node.args[0]
            assert not isinstance(argument, ast.JoinedStr | ast.BinOp), f"{source.at(node)}: sentence made at run time"
            if isinstance(argument, ast.Constant):
                yield str(argument.value), source.at(node)


@cache
def english() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in ENGLISH:
        found.update(tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def names(sentence: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None}


@cache
def spoken() -> dict[str, str]:
    """Each sentence of the program, and where it stands."""
    return {sentence: place for source in sources() for sentence, place in sentences(source)}


def test_every_sentence_has_an_english_line() -> None:
    assert {sentence: place for sentence, place in spoken().items() if sentence not in english()} == {}


def test_no_english_line_is_left_over() -> None:
    assert sorted(set(english()) - set(spoken())) == []


def test_no_sentence_is_translated_in_two_files() -> None:
    seen: dict[str, str] = {}
    twice = []
    for path in ENGLISH:
        for sentence in tomllib.loads(path.read_text(encoding="utf-8")):
            if sentence in seen:
                twice.append((sentence, seen[sentence], path.name))
            seen[sentence] = path.name
    assert twice == []


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.stem)
def test_translations_name_the_same_values(path: object) -> None:
    lines = tomllib.loads(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    assert [chinese for chinese, translated in lines.items() if names(chinese) != names(translated)] == []
