"""The export: writing beside the same text joined and zipped, proving beside writing, python-docx's cells, memory."""

import gc
import re
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO, RawIOBase
from xml.sax.saxutils import escape, unescape

from perftui.desk.export import proven_docx
from perftui.exchange.docx_writer import write_docx
from perftui.exchange.layout import lay_out
from perftui.forms import load_form
from perftui.model.document import Document
from tests.bench.commands import run as run_command
from tests.bench.figures import Report, median, spread
from tests.bench.generate import document
from tests.bench.places import Place, peer

FORM = load_form("hebei-2021")
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")


def run(report: Report, place: Place) -> None:
    """A thousand projects are two thousand tables (a hundred with ``--quick``)."""
    count, rounds = (100, 2) if report.quick else (1000, 5)
    made = document(FORM.id, count)
    whole = _written(made)
    pieces = list(_pieces(whole))
    writing = _times(lambda: _written(made), rounds)
    joining = _times(lambda: _joined(pieces, whole), rounds)
    proving = _times(lambda: proven_docx(made, FORM), 1 if report.quick else 3)
    rows: list[list[object]] = [
        [f"text of {count} projects joined and zipped", spread(joining)],
        [f"{count} projects laid out and written", spread(writing)],
        [f"{count} projects written, read back and compared", spread(proving)],
    ]
    report.say(f"{len(whole) / 1e6:.1f} MB; both ways give the same text: {_same(pieces, whole)}")
    naive = _python_docx(place, count, rows)
    report.table(["what", "ms"], rows)
    report.target(f"export of {count} / python-docx's cell calls", median(writing) / naive, 0.02, digits=4)
    report.target("writing / text + zip of the same bytes", median(writing) / median(joining), 1.5)
    report.target("written, read back and compared / written", median(proving) / median(writing), 4)
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
    with zipfile.ZipFile(BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
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
    """The peak that writing adds to the document that is in memory anyway."""
    peaks = []
    for size in (count // 10, count):
        made = document(FORM.id, size)
        gc.collect()
        tracemalloc.start()
        write_docx(lay_out(made, FORM), _Nowhere())  # type: ignore[arg-type]
        peaks.append(tracemalloc.get_traced_memory()[1] / 2**20)
        tracemalloc.stop()
    told = f"{peaks[0]:.1f} MiB for {count // 10}, {peaks[1]:.1f} for {count}"
    report.say(f"\nmemory of writing, beside the document: {told}")
    report.target(f"memory of writing {count} / {count // 10}", peaks[1] / peaks[0], 2.0)


def _times(work: Callable[[], object], rounds: int) -> list[float]:
    found = []
    work()
    for _round in range(rounds):
        gc.collect()
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1000)
    return found
