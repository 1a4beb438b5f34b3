"""Hostile and damaged files: a sentence or a reading, in bounded memory and time; nothing fetched, nothing written."""

import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest

from tests.unit.exchange.read_samples import (
    HEADER,
    RELS,
    STRICT,
    TYPES,
    W,
    cell,
    document,
    docx,
    package,
    para,
    project,
    row,
    table,
)

ROOT = Path(__file__).parents[3]
MIB = 1024 * 1024

CHILD = """
import json, resource, sys, time
from pathlib import Path
from perftui.exchange.importer import docx, read_document, text_dump
from perftui.forms import usable_forms
from perftui.exchange.importer.imported import ImportRefused
from tests.documents import import_document
tuple(usable_forms())  # the program's own files are read, and their cache is written, before the watch
resource.setrlimit(resource.RLIMIT_AS, (900 * 2**20,) * 2)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
allowed = {"/proc/self/status"}
def watch(event, args):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "ctypes.")):
        raise SystemExit(f"forbidden: {event}")
    if event == "open" and (args[1] not in (None, "r", "rb") or str(args[0]) not in allowed):
        if "/perftui/" not in str(args[0]) and not str(args[0]).startswith((sys.prefix, sys.base_prefix)):
            raise SystemExit(f"forbidden: {event} {args[0]}")
sys.addaudithook(watch)
found = {}
for name in sys.argv[1:]:
    allowed.add(name)
    data = Path(name).read_bytes()
    started = time.process_time()
    try:
        imported = import_document(data)
        outcome = ["read", len(imported.document.projects)]
    except ImportRefused as refused:
        outcome = ["refused", str(refused)]
    except BaseException as error:
        outcome = ["CRASHED", repr(error)]
    found[name] = [*outcome, time.process_time() - started]
# Not ru_maxrss: that keeps what the process that forked this one had.
status = Path("/proc/self/status").read_text()
found["peak"] = int(status.partition("VmHWM:")[2].split()[0])
print(json.dumps(found))
"""


def read_all(folder: Path, files: dict[str, bytes]) -> tuple[dict[str, list[object]], int]:
    """What a child with limits, watched at every file and socket, makes of files; and the most KiB it needed."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    paths = [str(folder / name) for name in files]
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *paths],
        capture_output=True, text=True, timeout=120, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    found = json.loads(child.stdout)
    peak = found.pop("peak")
    assert sorted(path.name for path in folder.iterdir()) == sorted(files)
    return {Path(name).name: outcome for name, outcome in found.items()}, peak


def part(name: str, data: str | bytes, body: str = "") -> bytes:
    return docx(body or project(), {name: data})


def with_doctype(subset: str, inside: str = "") -> bytes:
    return docx(project() + inside, before=f"<!DOCTYPE w:document {subset}>")


def relations(*inside: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(inside)}</Relationships>'


def laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return with_doctype(f'[<!ENTITY l0 "ha">{levels}]', para("&l9;"))


def zeros(size: int) -> bytes:
    return b'<?xml version="1.0"?>' + b" " * size


def many_parts() -> bytes:
    return package({**{f"p{n}.xml": "" for n in range(2500)}, "word/document.xml": document(project())})


def spliced(replacement: bytes, name: bytes = b"word/document.xml") -> bytes:
    """A package whose part has another name than a writer would let it have."""
    assert len(replacement) == len(name)
    return docx(project()).replace(name, replacement)


def encrypted() -> bytes:
    data = bytearray(docx(project()))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def odd_method() -> bytes:
    data = bytearray(docx(project()))
    at = data.rindex(b"PK\x01\x02")
    data[at + 10] = 99
    return bytes(data)


def gigabyte(*, said: int = 1 << 30) -> bytes:
    """A megabyte that unpacks to a gigabyte of blanks, and says of itself that it unpacks to ``said``."""
    begun = b'<?xml version="1.0"?>'
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(begun + b" " * (MIB - len(begun))) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + again * 1023 + packer.flush()
    name = b"word/document.xml"
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(packed), said, len(name), 0)
    local = b"PK\x03\x04" + common + name + packed
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + common + b"\0" * 14 + name
    return local + entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(entry), len(local), 0)


def lying() -> bytes:
    """A bomb that says of itself, in both places, that it is small."""
    data = bytearray(package({"word/document.xml": document(project()).encode() + zeros(200 * MIB)}))
    for at in (data.index(b"PK\x03\x04") + 22, data.rindex(b"PK\x01\x02") + 24):
        data[at : at + 4] = (9000).to_bytes(4, "little")
    return bytes(data)


def overlapping() -> bytes:
    """Many entries of the zip's directory that unpack the same megabytes."""
    base = package({"word/document.xml": document("<w:p/>" * 200_000)})
    start, end = base.index(b"PK\x01\x02"), base.index(b"PK\x05\x06")
    entries = base[start:end] * 40
    tail = bytearray(base[end:])
    tail[8:12] = (40).to_bytes(2, "little") * 2
    tail[12:16] = len(entries).to_bytes(4, "little")
    return base[:start] + entries + bytes(tail)


REFUSED: dict[str, Callable[[], bytes]] = {
    "external-entity-file": lambda: with_doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', para("&x;")),
    "external-entity-http": lambda: with_doctype('[<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]', para("&x;")),
    "parameter-entity": lambda: with_doctype('[<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]'),
    "external-dtd": lambda: with_doctype('SYSTEM "http://127.0.0.1:9/x.dtd"'),
    "billion-laughs": laughs,
    "quadratic-entity": lambda: with_doctype(f'[<!ENTITY x "{"a" * 100_000}">]', para("&x;" * 5000)),
    "deep-300": lambda: docx("<w:smartTag>" * 300 + "</w:smartTag>" * 300),
    "deep-100000": lambda: docx("<w:smartTag>" * 100_000 + "</w:smartTag>" * 100_000),
    "zip-bomb-document": lambda: package({"word/document.xml": zeros(200 * MIB)}),
    "zip-bomb-gigabyte": gigabyte,
    "zip-bomb-gigabyte-lying": lambda: gigabyte(said=MIB),
    "zip-bomb-picture": lambda: part("word/media/image1.png", b"\0" * (200 * MIB)),
    "zip-bomb-many": lambda: package({f"word/media/{n}.png": b"\0" * MIB for n in range(120)}),
    "zip-bomb-overlapping": overlapping,
    "zip-bomb-lying": lying,
    "too-many-parts": many_parts,
    "zip-slip": lambda: part("../../evil.txt", "x"),
    "zip-slip-backslash": lambda: part("..\\..\\evil.txt", "x"),
    "absolute-name": lambda: part("/etc/evil", "x"),
    "drive-name": lambda: part("C:/evil", "x"),
    "macros": lambda: part("word/vbaProject.bin", b"x"),
    "old-doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
    "workbook": lambda: package({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<workbook/>"}),
    "slides": lambda: package({"[Content_Types].xml": TYPES, "ppt/presentation.xml": "<p/>"}),
    "rtf": lambda: rb"{\rtf1 hello}",
    "pdf": lambda: b"%PDF-1.7\n",
    "empty": lambda: b"",
    "only-pk": lambda: b"PK\x03\x04",
    "truncated": lambda: docx(project())[:-60],
    "half": lambda: docx(project())[:700],
    "no-document": lambda: package({"[Content_Types].xml": TYPES}),
    "not-xml": lambda: package({"word/document.xml": "hello"}),
    "empty-document": lambda: package({"word/document.xml": ""}),
    "cut-xml": lambda: package({"word/document.xml": document(project())[:-400]}),
    "no-body": lambda: package({"word/document.xml": f'<w:document xmlns:w="{W}"/>'}),
    "utf-7": lambda: package({"word/document.xml": document(project()).replace("UTF-8", "UTF-7", 1)}),
    "ebcdic": lambda: package({"word/document.xml": document(project()).replace("UTF-8", "IBM037", 1).encode()}),
    "encrypted": encrypted,
    "odd-method": odd_method,
    "wide-row": lambda: docx(table(f"<w:tr>{cell('') * 1000}</w:tr>")),
    "huge-table": lambda: docx(table(*[row("x" * 10, "y")] * 200_000)),
    "attributes": lambda: docx("<w:p " + "".join(f" a{n}='1'" for n in range(1_500_000)) + "/>"),
    "no-form": lambda: docx(para("今天天气很好")),
    "binary": lambda: bytes(Random(1).randrange(256) for _byte in range(5000)),
}

READ: dict[str, Callable[[], bytes]] = {
    "span-billion": lambda: docx(project() + table(row(cell("项目编码", span=1_000_000_000), "x"))),
    "span-negative": lambda: docx(project() + table(row(cell("项目编码", span=-5), "x"))),
    "span-words": lambda: docx(project() + table(row(cell("项目编码", span="abc"), "x"))),
    "merge-in-first-row": lambda: docx(table(row(cell("项目编码", merge="continue"), "x")) + project()),
    "external-template": lambda: part(
        "word/_rels/settings.xml.rels",
        relations('<Relationship Id="r" Type="attachedTemplate" Target="http://127.0.0.1:9/t" TargetMode="External"/>'),
    ),
    "target-null": lambda: part("word/_rels/document.xml.rels", relations('<Relationship Id="a" Target="NULL"/>')),
    "targets-outside": lambda: part(
        "word/_rels/document.xml.rels", relations('<Relationship Id="a" Target="../../../x"/>')
    ),
    "main-outside": lambda: part("_rels/.rels", RELS.replace("word/document.xml", "../../etc/passwd")),
    "strict": lambda: package({"word/document.xml": document(project()).replace(W, STRICT)}),
    "doubled-part": lambda: _doubled(),
    "style-circle": lambda: part(
        "word/styles.xml",
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>',
    ),
    "many-paragraphs": lambda: docx(project() + para("a") * 100_000),
    "text-of-megabytes": lambda: docx(project() + para("长" * 2_000_000)),
    "nested-tables": lambda: docx(project() + _nested(60)),
    "open-fields": lambda: docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>' * 500 + project()),
    "utf-16": lambda: package(
        {"word/document.xml": document(project()).replace("UTF-8", "UTF-16", 1).encode("utf-16")}
    ),
    "no-relations": lambda: package({"word/document.xml": document(project())}),
    "empty-table": lambda: docx("<w:tbl/>" + table("<w:tr/>") + project()),
    "header-only": lambda: docx(project() + table(HEADER)),
}


def _doubled() -> bytes:
    out = BytesIO(docx(project()))
    archive = ZipFile(out, "a")
    with pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", document(project(name="乙")))
    archive.close()
    return out.getvalue()


def _nested(depth: int) -> str:
    return table(row(cell("x", _nested(depth - 1)))) if depth else table(row("底"))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[object]], int]:
    files = {name: make() for name, make in {**REFUSED, **READ}.items()}
    return read_all(tmp_path_factory.mktemp("hostile"), files)


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_with_a_sentence(outcomes: tuple[dict[str, list[object]], int], name: str) -> None:
    kind, said, seconds = outcomes[0][name]
    assert kind == "refused", said
    assert isinstance(said, str)
    assert any("\u4e00" <= char <= "\u9fff" for char in said)
    assert "\n" not in said
    assert float(str(seconds)) < 5


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read_all_the_same(outcomes: tuple[dict[str, list[object]], int], name: str) -> None:
    kind, projects, seconds = outcomes[0][name]
    assert kind == "read", projects
    assert float(str(projects)) >= 1
    assert float(str(seconds)) < 5


def test_the_gigabyte_is_one_and_a_megabyte_holds_it() -> None:
    data = gigabyte()
    assert len(data) < 1.1 * MIB
    with ZipFile(BytesIO(data)) as archive, archive.open("word/document.xml") as part:
        assert part.read(30).startswith(b"<?xml")
        assert archive.getinfo("word/document.xml").file_size == 1024 * MIB


def test_no_file_needs_much_memory(outcomes: tuple[dict[str, list[object]], int]) -> None:
    assert outcomes[1] < 600 * 1024


def test_damaged_documents_give_a_sentence_or_a_reading(tmp_path: Path) -> None:
    """Bytes changed, cut out, doubled and swapped, in the zip and in the text before it is packed."""
    rng = Random(20210101)
    text = document(project() + project(name="乙", code="130303210000000000002")).encode()
    files = {}
    for number in range(200):
        inner = bytearray(text)
        if number % 2:
            _damage(inner, rng)
        whole = bytearray(package({"_rels/.rels": RELS, "word/document.xml": bytes(inner)}, packed=number % 3 == 0))
        if not number % 2:
            _damage(whole, rng)
        files[f"{number}.docx"] = bytes(whole)
    found, _peak = read_all(tmp_path, files)
    assert {str(outcome[0]) for outcome in found.values()} == {"read", "refused"}
    assert max(float(str(outcome[2])) for outcome in found.values()) < 2


def _damage(data: bytearray, rng: Random) -> None:
    for _time in range(rng.randint(1, 6)):
        at = rng.randrange(len(data))
        size = rng.randint(1, 40)
        match rng.randrange(4):
            case 0:
                data[at] = rng.randrange(256)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = data[at : at + size]
            case _:
                data[at : at + size] = rng.randbytes(size)
        if not data:
            data += b"P"
