"""The export: beside the plainest writer of the same bytes, beside python-docx's cells, and its memory.

"Plain text + zip of the same bytes" is ``PlainWriter``: what has to be done by whoever makes this document from these
records with Python's text and zipfile, and no more. It makes the same package, deflated as ours is. The least that
can be done at all, a finished document's texts escaped and put back between its markup, is told beside it.
"""

import gc
import re
import tempfile
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO, RawIOBase
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, unescape

from perftui.exchange.docx_writer import write_docx
from perftui.exchange.layout import lay_out
from perftui.forms import load_form
from perftui.model.document import Document
from perftui.session.export import export_document, proven_docx
from tests.bench.commands import run as run_command
from tests.bench.figures import Report, median, spread
from tests.bench.generate import document
from tests.bench.places import Place, peer
from tests.bench.plain_docx import PlainWriter

FORM = load_form("hebei-2021")
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")


def run(report: Report, place: Place) -> None:
    """A thousand projects are two thousand tables (a hundred with ``--quick``)."""
    count, rounds = (100, 2) if report.quick else (1000, 5)
    made = document(FORM.id, count)
    whole = _written(made)
    pieces = list(_pieces(whole))
    plain = PlainWriter(whole)
    main_part = zipfile.ZipFile(BytesIO(whole)).read("word/document.xml")
    writing = _times(lambda: _written(made), rounds)
    plainly = _times(lambda: plain.write(made, FORM), rounds)
    joining = _times(lambda: _joined(pieces, whole), rounds)
    parsing = _times(lambda: expat.ParserCreate().Parse(main_part, True), rounds)
    proving = _times(lambda: proven_docx(made, FORM), rounds)
    rows: list[list[object]] = [
        [f"texts of {count} projects put back between their markup", spread(joining)],
        [f"{count} projects written plainly", spread(plainly)],
        [f"{count} projects laid out and written", spread(writing)],
        ["its XML gone through by expat alone, with nothing done", spread(parsing)],
        [f"{count} projects written, read back and compared", spread(proving)],
    ]
    same = _same(pieces, whole) and plain.write(made, FORM) == whole
    report.say(f"{len(whole) / 1e6:.1f} MB, {_packed(whole) / 1e6:.1f} when a mail packs it; all give the same: {same}")
    naive = _python_docx(place, count, rows)
    report.table(["what", "ms of CPU"], rows)
    report.target(f"export of {count} / python-docx's cell calls", median(writing) / naive, 0.02, digits=4)
    report.target("writing / text + zip of the same bytes", median(writing) / median(plainly), 1.5)
    report.target("written, read back and compared / the same", median(proving) / median(plainly), 4)
    _memory(report, count)


def _python_docx(place: Place, count: int, rows: list[list[object]]) -> float:
    """Milliseconds for ``count``, carried on in proportion from two smaller sizes: less than it would really take."""
    home, small, large = place.fresh("export-home"), 10, 30
    found = {}
    for size in (small, large):
        found[size] = float(run_command(peer("docx_cells", str(size)), home).out)
        rows.append([f"python-docx, {size} projects", f"{found[size]:.0f}"])
    whole = found[large] + (found[large] - found[small]) / (large - small) * (count - large)
    rows.append([f"python-docx, {count} projects, carried on in proportion", f"{whole:.0f}"])
    return whole


def _packed(whole: bytes) -> int:
    return len(zlib.compress(whole))


def _written(made: Document) -> bytes:
    out = BytesIO()
    write_docx(lay_out(made, FORM), out)
    return out.getvalue()


def _pieces(whole: bytes) -> Iterator[tuple[str, str, str]]:
    """The main part as markup and plain texts in turn."""
    text = zipfile.ZipFile(BytesIO(whole)).read("word/document.xml").decode()
    at = 0
    for match in _TEXT.finditer(text):
        yield text[at : match.end(1)], unescape(match[2]), match[3]
        at = match.end()
    yield text[at:], "", ""


def _joined(pieces: list[tuple[str, str, str]], whole: bytes) -> bytes:
    """What any writer must do: escape every text, put it between its markup, and zip it as the document is zipped."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename != "word/document.xml":
                target.writestr(info, source.read(info))
        with target.open("word/document.xml", "w") as part:
            for before, text, after in pieces:
                part.write((before + escape(text) + after).encode())
    return out.getvalue()


def _same(pieces: list[tuple[str, str, str]], whole: bytes) -> bool:
    part = "word/document.xml"
    joined = zipfile.ZipFile(BytesIO(_joined(pieces, whole))).read(part)
    return joined == zipfile.ZipFile(BytesIO(whole)).read(part)


class _Nowhere(RawIOBase):
    """Takes bytes and forgets them: what is measured is the writer's own memory."""

    def __init__(self) -> None:
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        size = len(memoryview(data))  # type: ignore[arg-type]
        self._at += size
        return size

    def tell(self) -> int:
        return self._at

    def flush(self) -> None: ...


def _memory(report: Report, count: int) -> None:
    """The peak that writing, and proving, add to the document that is in memory anyway."""
    small = count // 10
    for name, work in (("writing", _write_nowhere), ("exporting, proof included", _export)):
        peaks = [_peak(work, document(FORM.id, size)) for size in (small, count)]
        report.say(
            f"\nmemory of {name}, beside the document: {peaks[0]:.1f} MiB for {small}, {peaks[1]:.1f} for {count}"
        )
        report.target(f"memory of {name}, {count} / {small}", peaks[1] / peaks[0], 2.0)


def _write_nowhere(made: Document) -> None:
    write_docx(lay_out(made, FORM), _Nowhere())  # type: ignore[arg-type]


def _export(made: Document) -> None:
    with tempfile.TemporaryDirectory() as folder:
        export_document(made, FORM, Path(folder, "a.docx"))


def _peak(work: Callable[[Document], None], made: Document) -> float:
    gc.collect()
    tracemalloc.start()
    work(made)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return peak


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of CPU time: all of it is reckoning, and what else the machine does weighs less on it."""
    found = []
    work()
    for _round in range(rounds):
        gc.collect()
        begun = time.process_time()
        work()
        found.append((time.process_time() - begun) * 1000)
    return found
