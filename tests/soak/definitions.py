"""Form definitions with mistakes of every kind: told in sentences with their places, never a traceback."""

import json
import random
import tomllib
import traceback
from collections.abc import Callable
from typing import Any

from perftui.forms.assembly import SHIPPED
from perftui.forms.language import LANGUAGE
from perftui.forms.loader import read_form
from perftui.forms.mistakes import BadForm
from tests.soak.suite import Deadline, Suite, Tally

_BROKEN, _UNTOLD = "tracebacks", "sentences without a place"
_WORDS = [
    "", "x", "datum", "项目", "{name}", "{", "}", "{0}", "{unit!r}", "budget.total", "budget.", ".", "a.b.c.d", "\n",
    "\x1b[2J", "sum(", "1/0", "((((", "order", "conflicts", "name", "text", "9" * 400, "甲" * 3000, "goals",
]  # fmt: skip
_ODD: list[Any] = [
    None, True, False, 0, -1, 10**30, 1.5, float("nan"), [], {}, [[]], [{}], {"a": {"b": {}}}, [1, "x"], [0, 0], *_WORDS
]  # fmt: skip
_SIGNS = [*"[]{}=\"'#,.\\\n\0\u202e 0aä", '"""', "[[", "]]", "\r\n", "\t", "= = ", "[print]\n", "\ud800"]


def run(count: int, rng: random.Random, over: Deadline) -> Tally:
    """Read ``count`` definitions that were damaged in one to four places."""
    tally = Tally("definitions")
    tally.expect("definitions", "refused", "taken", _BROKEN, _UNTOLD)
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.toml")) if path.stem != "common"]
    for _number in range(count):
        if over():
            break
        _try(tally, damaged(rng, rng.choice(texts)))
    return tally


def _try(tally: Tally, text: str) -> None:
    tally.counts["definitions"] += 1
    try:
        read_form(text)
        tally.counts["taken"] += 1
    except BadForm as error:
        tally.counts["refused"] += 1
        lines = text.count("\n") + 1
        for one in error.mistakes:
            if not (1 <= one.line <= lines and one.column >= 1 and one.sentence and str(one).isprintable()):
                tally.fail(_UNTOLD, f"{one!r}\n{text}")
    except Exception:  # whatever it is, it must not come
        tally.fail(_BROKEN, f"{traceback.format_exc()[-1500:]}\n{text}")


def damaged(rng: random.Random, text: str) -> str:
    """A definition with one to four mistakes: of the text, of its lines, of its values."""
    for _time in range(rng.randint(1, 4)):
        text = rng.choice([_signs, _lines, _values, _values, _values, _words])(rng, text)
    return text


def _signs(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(_SIGNS) + text[at + rng.choice([0, 0, 1, 5]) :]


def _lines(rng: random.Random, text: str) -> str:
    lines = text.split("\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(3):
        case 0:
            lines.pop(one)
        case 1:
            lines.insert(other, lines[one])
        case _:
            lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _words(rng: random.Random, text: str) -> str:
    words = [word for word in {*text.split('"')[1::2]} if word and "\n" not in word]
    return text.replace(f'"{rng.choice(sorted(words))}"', json.dumps(rng.choice(_WORDS)), 1) if words else text


def _values(rng: random.Random, text: str) -> str:
    """The definition with a value anywhere exchanged, taken out, doubled, or put under another key of the language."""
    try:
        plain = tomllib.loads(text)
    except (ValueError, RecursionError):
        return text
    holders: list[Any] = list(_holders(plain))
    holder = rng.choice(holders)
    if isinstance(holder, list):
        change_list(rng, holder, lambda: rng.choice(_ODD[1:]))
    else:
        _change_table(rng, holder)
    return written(plain)


def change_list(rng: random.Random, items: list[Any], odd: Callable[[], Any]) -> None:
    """Change a list in place."""
    if items and rng.random() < 0.7:
        place = rng.randrange(len(items))
        match rng.randrange(3):
            case 0:
                items.pop(place)
            case 1:
                items.append(items[place])
            case _:
                items[place] = odd()
    else:
        items.append(odd())


def _change_table(rng: random.Random, table: dict[str, Any]) -> None:
    section = rng.choice(list(LANGUAGE.values()))
    key = rng.choice([*table, *section]) if rng.random() < 0.8 else rng.choice(_WORDS)
    if key in table and rng.random() < 0.3:
        table.pop(key)
    else:
        table[key] = rng.choice(_ODD[1:])


def _holders(value: Any) -> Any:
    if isinstance(value, dict | list):
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from _holders(item)


def written(plain: dict[str, Any]) -> str:
    """A definition's plain values as TOML, a line a key."""
    return "".join(f"{json.dumps(key)} = {_inline(value)}\n" for key, value in plain.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, float):
        return "nan" if value != value else repr(value)
    return json.dumps(value)


SUITE = Suite(name="definitions", what="damaged form definitions", full=10_000, run=run)
