"""The same page gives the same bytes; nothing of the person, the machine or the hour is in them."""

import hashlib
import os
import subprocess
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import pytest

from perftui.exchange import docx_package, docx_writer
from perftui.exchange.docx_package import parts_digest
from perftui.exchange.docx_writer import write_docx
from perftui.forms import load_form
from perftui.model.document import Document
from perftui.session.export import proven_docx
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from tests.unit.exchange import page_samples

ROOT = Path(__file__).parents[3]
EXPORT = """
import sys
from perftui.exchange.docx_writer import write_docx
from tests.unit.exchange import page_samples
write_docx(page_samples.document(), sys.stdout.buffer)
leaked = [name for name in ("docx", "lxml", "textual", "tomlkit") if name in sys.modules]
sys.stderr.write(" ".join(leaked))
"""


def made() -> bytes:
    out = BytesIO()
    write_docx(page_samples.document(), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("zone", "seed", "locale"), [("Asia/Shanghai", "1", "C.UTF-8"), ("America/New_York", "2", "C")]
)
def test_same_bytes_in_every_process(tmp_path: Path, zone: str, seed: str, locale: str) -> None:
    environment = {
        **os.environ,
        "TZ": zone,
        "PYTHONHASHSEED": seed,
        "LC_ALL": locale,
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run([sys.executable, "-c", EXPORT], capture_output=True, check=True, env=environment, cwd=tmp_path)
    assert hashlib.sha256(run.stdout).hexdigest() == hashlib.sha256(made()).hexdigest()
    assert run.stderr == b"", "an export loads what only the generator of its fixed parts needs"


def test_entries_are_deflated_with_fixed_dates_and_modes() -> None:
    with ZipFile(BytesIO(made())) as package:
        assert package.testzip() is None
        entries = package.infolist()
    assert entries[0].filename == "[Content_Types].xml"
    for entry in entries:
        assert entry.compress_type == ZIP_DEFLATED
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert (entry.create_system, entry.external_attr, entry.flag_bits, entry.extra) == (3, 0o100644 << 16, 0, b"")


def repacked(data: bytes, level: int) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=level) as target:
        for entry in package.infolist():
            target.writestr(entry.filename, package.read(entry))
    return out.getvalue()


def _of_projects(count: int, rows: int = 0) -> Document:
    """The real document with so many projects, each with so many rows of indicators (0: its own)."""
    document = open_document(find_documents(ROOT / "data")[0]).document
    own = list(document.projects.values())
    made = {f"projects/{number:03d}.toml": own[number % len(own)] for number in range(count)}
    if rows:
        many = [row for record in own for row in record.rows("indicators")][:rows]
        groups = {"indicators": tuple(replace(row, id=f"{at:06d}") for at, row in enumerate(many))}
        made = {file: replace(record, groups={**record.groups, **groups}) for file, record in made.items()}
    return replace(document, projects=made)


@pytest.mark.parametrize(("projects", "rows"), [(7, 0), (1, 60), (500, 0)], ids=["real", "60 rows", "500 projects"])
def test_the_package_is_little_larger_than_the_best_zip_of_its_parts(projects: int, rows: int) -> None:
    with proven_docx(_of_projects(projects, rows), load_form("hebei-2021")).file as file:
        file.seek(0)
        data = file.read()
    assert len(data) <= 1.1 * len(repacked(data, 9))


def test_the_digest_is_of_the_parts_in_order_however_they_are_packed() -> None:
    whole = hashlib.sha256()
    with ZipFile(BytesIO(made())) as package:
        for entry in package.infolist():
            data = package.read(entry)
            whole.update(entry.filename.encode() + b"\0%d\0" % len(data) + data)
    assert parts_digest(BytesIO(made())) == whole.hexdigest()
    assert parts_digest(BytesIO(repacked(made(), 1))) == whole.hexdigest()


def test_a_damaged_part_has_no_digest() -> None:
    data = bytearray(made())
    at = len(data) // 2
    data[at] ^= 0xFF
    with pytest.raises((BadZipFile, zlib.error)):
        parts_digest(BytesIO(bytes(data)))


def test_a_pipe_gets_the_bytes_of_a_file(tmp_path: Path) -> None:
    with (tmp_path / "a.docx").open("wb") as file:
        write_docx(page_samples.document(), file)
    reading, writing = os.pipe()
    child = subprocess.Popen(["cat"], stdin=reading, stdout=subprocess.PIPE)
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as pipe:
        write_docx(page_samples.single(), pipe)
    piped, _errors = child.communicate(timeout=10)
    out = BytesIO()
    write_docx(page_samples.single(), out)
    assert piped == out.getvalue()
    assert (tmp_path / "a.docx").read_bytes() == made()


def test_nothing_of_the_machine_is_inside() -> None:
    with ZipFile(BytesIO(made())) as package:
        names = package.namelist()
        everything = b"".join(package.read(name) for name in names)
        core = package.read("docProps/core.xml").decode()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "numbering" in name]
    for word in (
        b"python",
        b"Macintosh",
        b"Microsoft Office",
        b"w:rsid",
        os.environ["HOME"].encode(),
        str(ROOT).encode(),
    ):
        assert word not in everything
    for element in ("creator", "lastModifiedBy", "created", "modified", "revision", "description"):
        assert element not in core
    assert "<dc:title>路南街道办事处部门本级2021年部门预算绩效文本</dc:title>" in core


def test_the_document_is_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No chunk grows with the document, so that memory does not."""
    sizes: list[int] = []
    original = docx_package._chunks

    def watched(pieces):  # type: ignore[no-untyped-def]
        for chunk in original(pieces):
            sizes.append(len(chunk))
            yield chunk

    monkeypatch.setattr(docx_package, "_chunks", watched)
    write_docx(page_samples.many(60), BytesIO())
    assert len(sizes) > 5
    assert max(sizes) < 5 * docx_package._CHUNK


def test_blocks_may_be_made_anew_each_time() -> None:
    class Lazy:
        def __iter__(self):  # type: ignore[no-untyped-def]
            return iter(page_samples.document().blocks)

    lazy = docx_writer.PrintedPart(title=page_samples.document().title, blocks=Lazy())
    out = BytesIO()
    write_docx(lazy, out)
    assert out.getvalue() == made()
