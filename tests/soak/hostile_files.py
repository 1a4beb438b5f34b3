"""Files that a person, a tool or an enemy may leave in a data folder, and random damage to good ones."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.conftest import ROOT

CORPUS = ROOT / "tests" / "data" / "hostile"
"""Bytes that once did harm, or might; each is a project's file."""

_GOOD = """schema = 1

name = "街道工作者补助"

[budget]
total = "1.00"
fiscal = "1.00"

[goals.7k2fmw]
order = 1
text = "按月发放"
"""
_CONFLICTS = """[conflicts.a]
field = 1
ours = {x = 1}
[conflicts.b]
field = "a.b.c.d.e"
[conflicts.c]
field = ""
[conflicts.d]
field = "goals.x"
ours = 1
theirs = {text = 3}
[conflicts.e]
field = "..."
"""
_BIG = 1_000_000


def made() -> dict[str, bytes]:
    """Files that are told shorter as code: by a name that says what is wrong."""
    texts = {
        "markers": _GOOD + "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> theirs\n",
        "half of the markers": _GOOD + "=======\n",
        "dotted bomb": "a." * 32_000 + "b = 1\n",
        "dotted bomb in quotes": '"=".' + "a." * 32_000 + "b = 1\n",
        "dotted bomb inside": "x = {" + "a." * 32_000 + "b = 1}\n",
        "dotted bomb behind a string": 'x = {b = "\\"=", ' + "a." * 32_000 + "b = 1}\n",
        "dotted header": "[" + "a . " * 15_000 + "b]\n",
        "many dotted keys": "".join("a." * 99 + f"b{number} = 1\n" for number in range(5000)),
        "deep arrays": "x = " + "[" * 60_000 + "\n",
        "deep arrays in lines": "x = [" + "[\n" * 300_000,
        "deep tables": "x = " + "{a=" * 20_000 + "\n",
        "wide integer": "order = " + "9" * 2000 + "\n",
        "wider integer": "order = " + "9" * 60_000 + "\n",
        "not a number": "order = nan\n",
        "infinite": 'order = inf\nother = -inf\nbig = 1e400\n',
        "year in words": "order = 1979-05-27T07:32:00Z\n",
        "numbers as text": "[budget]\ntotal = 12\n",
        "a table for a text": "[name]\nx = 1\n",
        "a text for a table": 'budget = "1"\n',
        "rows as a list": '[[goals]]\ntext = "a"\n',
        "a row that is a text": 'goals = {a = "b"}\n',
        "same key twice": 'name = "a"\nname = "b"\n',
        "same row twice": '[goals.a]\ntext = "a"\n[goals.a]\ntext = "b"\n',
        "many rows": "".join(f"[goals.r{number}]\n" for number in range(60_000)),
        "many tables": "".join(f"[t{number}]\n" for number in range(80_000)),
        "many lists": "[[g]]\n" * 150_000,
        "long line": 'name = "' + "长" * 30_000 + '"\n',
        "long lines": "".join(f'k{number} = "{"长" * 20_000}"\n' for number in range(15)),
        "many lines in one text": 'name = """' + "\\\n" * 300_000 + '"""\n',
        "open strings": 'name = """' + '\\"""' * 200_000,
        "only comments": "# ....\n" * 140_000,
        "control characters": 'name = "\\u0000\\u001b]52;c;eA==\\u0007\\u009b31m\\u202e\\u200b\\ufeff\\u2028"\n',
        "a key of controls": '"\\u001b[31m\\u0007" = 1\n["\\u009b2J".a]\nb = 1\n',
        "way out as a row": '[goals."../../etc/passwd"]\ntext = "a"\n["..\\u0000"]\na = 1\n',
        "way out as a code": 'code = "../../../../tmp/x"\nname = "/etc/passwd"\n',
        "lone surrogate": 'name = "\\ud800"\n',
        "newer schema": "schema = 999\n",
        "schema in words": 'schema = "one"\n',
        "conflicts of another kind": 'conflicts = 1\n',
        "conflicts without fields": _CONFLICTS,
        "old line ends": _GOOD.replace("\n", "\r"),
        "mixed line ends": _GOOD.replace("\n", "\r\n", 3),
        "empty": "",
        "one bracket": "[",
        "huge order": "order = 999999999999999\n[goals.a]\norder = -5\n",
        "text for an order": '[goals.a]\norder = "first"\n',
    }  # fmt: skip
    plain = {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}
    return plain | {
        "byte order mark": b"\xef\xbb\xbf" + _GOOD.encode(),
        "two byte order marks": b"\xef\xbb\xbf" * 2 + _GOOD.encode(),
        "GBK": _GOOD.encode("gb18030"),
        "UTF-16": _GOOD.encode("utf-16"),
        "UTF-16 without mark": _GOOD.encode("utf-16-le"),
        "NUL": b"\x00" * 4096,
        "NUL inside": _GOOD.encode().replace(b"1.00", b"1\x00"),
        "too large": b"#" * (2 * 1024 * 1024),
        "noise": random.Random(7).randbytes(100_000),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    }


def corpus() -> dict[str, bytes]:
    """Every hostile file: those told as code, and those kept as they were found."""
    return made() | {path.name: path.read_bytes() for path in sorted(CORPUS.glob("*.toml"))}


def odd_entries(projects: Path) -> dict[str, Callable[[], None]]:
    """Things in a folder of projects that are no plain files; each function makes one."""
    outside = projects.parent.parent.parent.parent / "outside.toml"

    def link_out() -> None:
        outside.write_text(_GOOD, encoding="utf-8")
        (projects / "out.toml").symlink_to(outside)

    def loop() -> None:
        (projects / "loop-a.toml").symlink_to("loop-b.toml")
        (projects / "loop-b.toml").symlink_to("loop-a.toml")

    def unreadable() -> None:
        (projects / "locked.toml").write_text(_GOOD, encoding="utf-8")
        (projects / "locked.toml").chmod(0)

    return {
        "pipe": lambda: os.mkfifo(projects / "pipe.toml"),
        "folder": lambda: (projects / "folder.toml").mkdir(),
        "link to a device": lambda: (projects / "zero.toml").symlink_to("/dev/zero"),
        "link to the terminal": lambda: (projects / "tty.toml").symlink_to("/dev/tty"),
        "link out": link_out,
        "link up": lambda: (projects / "up.toml").symlink_to("../../.."),
        "link to nothing": lambda: (projects / "nothing.toml").symlink_to("not-there.toml"),
        "loop": loop,
        "unreadable": unreadable,
        "name with a command": lambda: _write(projects / "\x1b]0;x\x07.toml"),
        "name with a line": lambda: _write(projects / "a\nb.toml"),
        "name of other bytes": lambda: _write(Path(os.fsdecode(os.fsencode(projects) + b"/\xb2\xb9\xd6\xfa.toml"))),
        "long name": lambda: _write(projects / ("x" * 240 + ".toml")),
        "hidden": lambda: _write(projects / ".hidden.toml"),
        "dots": lambda: _write(projects / "...toml"),
    }


def _write(path: Path) -> None:
    path.write_text(_GOOD, encoding="utf-8")


def mutated(rng: random.Random, seeds: list[bytes]) -> bytes:
    """A good file with a few random changes."""
    data = bytearray(rng.choice(seeds))
    for _change in range(rng.choice((1, 1, 1, 2, 8))):
        _mutate(rng, data, seeds)
    return bytes(data[:_BIG])


_PIECES = (
    b'"', b"'", b'"""', b"'''", b"[", b"]", b"[[", b"{", b"}", b"=", b"#", b".", b",", b"\\", b"\\u", b"\\U0010ffff",
    b"\x00", b"\r", b"\n", b"\r\n", b"\xff", b"\xb2\xb9", b"\xe2\x80", b"\xc2\x9b", b"\x1b[31m", b"\xef\xbb\xbf",
    b"nan", b"inf", b"true", b"1979-05-27", b"0x", b"1_0", b"9" * 400, b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n",
    b"a.b.c", b"[goals.a]\n", b"[conflicts.a]\nfield = \"name\"\n",
    b"order = 1\n", b"schema = 2\n", b"[budget]\n", b"-", b"\t",
)  # fmt: skip


def _mutate(rng: random.Random, data: bytearray, seeds: list[bytes]) -> None:
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.choice((0, 1, 2, 8, 64, 512)))
    match rng.randrange(7):
        case 0:
            del data[start:end]
        case 1:
            data[start:start] = rng.choice(_PIECES)
        case 2:
            data[start:end] = rng.randbytes(end - start)
        case 3:
            data[start:start] = data[start:end] * rng.choice((1, 3, 200))
        case 4:
            other = rng.choice(seeds)
            at = rng.randrange(len(other) + 1)
            data[start:end] = other[at : at + rng.choice((4, 40, 400))]
        case 5 if data:
            data[min(start, len(data) - 1)] ^= 1 << rng.randrange(8)
        case _:
            data[start:end] = rng.choice(_PIECES) * rng.choice((1, 2, 30, 3000))


def seeds() -> list[bytes]:
    """Good files to begin from."""
    return [path.read_bytes() for path in sorted((ROOT / "data").rglob("*.toml"))]


def named(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """File names for hostile contents."""
    for number, (name, data) in enumerate(files.items()):
        yield f"h{number:03d}-{name.replace(' ', '-')[:30]}.toml", data
