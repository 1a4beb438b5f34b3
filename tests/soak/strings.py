"""Hostile strings in every place of a document, on every screen and in every printing: all of it stays text."""

import contextlib
import io
import random
import re
import subprocess
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from perftui.cli.main import main
from perftui.exchange.docx_xml import UnprintableError
from perftui.forms import Kind, RecordSpec, Role, load_form
from perftui.model.document import Document
from perftui.model.merge import merge
from perftui.model.record import FieldPath, Record, Row
from tests import factories
from tests.documents import docx_of
from tests.pty.terminal import Terminal
from tests.soak.hostile_strings import hostile_strings, without_surrogates
from tests.soak.place import own_place, python, surroundings, write_document
from tests.soak.robot import READY
from tests.soak.suite import Deadline, Suite, Tally
from tests.soak.terminal_bytes import colours_in, trouble_in

LEAKS, BROKEN, BAD_XML = "bytes of data as commands", "tracebacks", "texts neither refused nor valid XML"
SHORT = 2000
"""Characters of a text in a document; the longer ones are for the functions alone."""

_WALK = (
    "enter", "end", *("down",) * 6, "f2", "escape", "f4", "escape", *("pagedown",) * 3, "escape", "f6", *("down",
    "right") * 3,
    "f6", "down", "right", "f6", *("down",) * 12, "f6", *("down",) * 30, "f6", *("down",) * 20, "enter", "escape",
    "f5",
    *("pagedown",) * 12, "escape", "ctrl+o", "down", "escape", "ctrl+p", "down", "escape", "ctrl+f", "escape",
    "f1", "escape", "f7", "ctrl+l",
    "escape", "f7", "f7", "ctrl+g", "f2", "home", "end", "escape", "ctrl+s",
)  # fmt: skip
"""Keys that show every screen, dialog and cell."""


def hostile_document(strings: Iterator[str], projects: int = 3) -> Document:
    """A document with hostile strings in all of its texts, unknown keys and row names among them."""
    form = load_form("hebei-2021")
    document = factories.document(projects=projects)
    for file, record in list(document.files()):
        document = document.with_record(file, _filled(record, form.spec_of(file), strings))
    file, record = next(iter(document.projects.items()))
    name = form.project.path_of(Role.NAME)
    assert name is not None
    sides = [record.with_value(name, next(strings)) for _side in range(2)]
    return document.with_record(file, merge(record, sides[0], sides[1], next(strings)).record)


def _filled(record: Record, spec: RecordSpec, strings: Iterator[str]) -> Record:
    kept = (Role.SCHEMA, Role.FORM, Role.YEAR)
    for path, field in list(spec.fields(record)):
        if field.kind is not Kind.INTEGER and field.role not in kept:
            record = record.with_value(path, next(strings)[:SHORT])
    for group in spec.groups:
        values = {column.key: next(strings)[:SHORT] for column in group.columns}
        record = record.with_row(group.key, Row(id=next(strings)[:40].replace("\n", " ") or "x", values=values))
    return record.with_value((next(strings)[:40],), next(strings)[:SHORT])


def run(number: int, rng: random.Random, over: Deadline) -> Tally:
    """So many strings, 100 or more a document, each document through screens, commands and DOCX."""
    tally = Tally("strings")
    tally.expect("strings", LEAKS, BROKEN, BAD_XML)
    strings = iter(without_surrogates(hostile_strings(number, rng.randrange(2**32))))
    with own_place() as place:
        known = clean_colours(place / "clean", place / "home")
        left = number
        while left > 0 and not over():
            used = Counted(strings)
            document = hostile_document(used)
            tally.add(through_screens(place / f"{left}", place / "home", document, known))
            tally.add(through_commands(place / f"{left}", rng))
            tally.add(through_docx(document))
            tally.counts["strings"] += used.count
            left -= used.count
    return tally


class Counted:
    """Strings, counted; after the last one ordinary ones."""

    def __init__(self, strings: Iterator[str]) -> None:
        self._strings = strings
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        found = next(self._strings, None)
        self.count += found is not None
        return found or "街道"


def clean_colours(place: Path, home: Path) -> set[str]:
    """The colours that the program uses for an ordinary document."""
    folder = write_document(place / "data")
    return colours_in(_walked(folder.data, home)[0])


def through_screens(place: Path, home: Path, document: Document, known: set[str]) -> Tally:
    """The real program in a pty, every screen; the raw bytes read strictly."""
    tally = Tally("strings")
    folder = write_document(place / "data", document)
    data, status = _walked(folder.data, home)
    if status != 0:
        reports = [path.read_text("utf-8")[-1500:] for path in (home / "state").rglob("crash-*")]
        tally.fail(BROKEN, f"exit status {status}: {reports or data[-500:]}")
    strange = colours_in(data) - known
    for trouble in trouble_in(data, cols=100, rows=30, colours=None):
        tally.fail(LEAKS, trouble)
    if any("201" in one.split(";") for one in strange):
        tally.fail(LEAKS, f"colours {strange}")
    return tally


def _walked(data: Path, home: Path) -> tuple[bytes, int]:
    with Terminal(python("-m", "perftui", str(data)), cols=100, rows=30, env=surroundings(home)) as terminal:
        terminal.wait_for(READY)
        for key in _WALK:
            terminal.press(key)
            terminal.wait_idle(0.02, 1)
            if terminal.eof:
                break
        terminal.press("ctrl+q")
        terminal.wait_idle(0.05)
        terminal.press("ctrl+q")
        return bytes(terminal.output), terminal.wait_exit()


def through_commands(place: Path, rng: random.Random) -> Tally:
    """Every command that prints, in a working copy of git; what it prints read strictly."""
    tally = Tally("strings")
    data = place / "data"
    author = "\x1b[31m\x9b31m李\u202e四"
    _git(place, "init", "-q")
    _git(place, "add", "-A")
    _git(place, "commit", "-q", "-m", "\x1b]0;x\x07[/red]\u202e说明", f"--author={author} <x@y>")
    project = sorted(data.rglob("projects/*.toml"))[0]
    text = project.read_text("utf-8")
    project.write_text(text.replace("\n\n", "\n\n# x\n\n", 1), encoding="utf-8")
    commands = [
        ["list"], ["list", "--json"], ["show", "#1"], ["show", "#2", "--width", "40"], ["check"],
        ["check", "--format", "json"], ["check", "--format", "sarif"], ["diff"], ["log", "#1"],
        ["export", "-o", str(place / "x.docx")], ["export", "--draft", "-o", str(place / "\x1b[31m.docx")],
        ["show", "\x1b[31m没有"], ["set", "#1", "\x1b[31m=1"],
        ["set", "#1", f"name={rng.choice(hostile_strings(60))}"], ["format"], ["rules"], ["schema"], ["\x1b]0;x\x07"],
    ]  # fmt: skip
    for words in commands:
        code, printed = _run([*words, "--data", str(data)] if len(words) > 1 or words[0].isalpha() else words)
        for trouble in trouble_in(printed, plain=True):
            tally.fail(LEAKS, f"{words}: {trouble}")
        if code not in (0, 1, 2, 3, 4):
            tally.fail(BROKEN, f"{words}: exit code {code}: {printed[-600:].decode('utf-8', 'replace')}")
    return tally


def _git(place: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(place), *words], check=True, capture_output=True)


def _run(words: Sequence[str]) -> tuple[int, bytes]:
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", "replace", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main(list(words))
    out.flush()
    return code, out.buffer.getvalue()  # type: ignore[attr-defined]


def through_docx(document: Document) -> Tally:
    """The document as a DOCX: refused with a sentence, or every part of it is valid XML."""
    tally = Tally("strings")
    form = load_form(document.form)
    try:
        data = docx_of(document, form)
    except UnprintableError as refused:
        if not str(refused):
            tally.fail(BAD_XML, "refused without a sentence")
        return tally
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                try:
                    etree.fromstring(package.read(name), etree.XMLParser(huge_tree=True))
                except etree.XMLSyntaxError as error:
                    tally.fail(BAD_XML, f"{name}: {error}")
    return tally


def each_alone(strings: Sequence[str], path: FieldPath = ("name",)) -> Tally:
    """Each string alone in a DOCX: valid, the text as it was, or refused. All are tried, also those of 10 MB."""
    tally = Tally("strings")
    document = factories.document(projects=1)
    file, record = next(iter(document.projects.items()))
    for text in strings:
        tally.counts["strings"] += 1
        one = document.with_record(file, record.with_value(path, text))
        cannot = re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text)
        before = len(tally.failures)
        tally.add(through_docx(one))
        if cannot and len(tally.failures) == before:
            with contextlib.suppress(UnprintableError):
                docx_of(one, load_form(one.form))
                tally.fail(BAD_XML, f"not refused: {text[:60]!r}")
    return tally


SUITE = Suite(name="strings", what="1,000 hostile strings through every screen and command", full=1000, run=run)
