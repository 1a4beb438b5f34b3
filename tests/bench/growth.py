"""How the work grows with the number of projects: exponents between 1,000, 3,000 and 10,000 (1 is in proportion)."""

import gc
import math
import resource
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from perftui.exchange.docx_writer import write_docx
from perftui.exchange.layout import lay_out
from perftui.review.engine import review_document, review_edit
from perftui.review.review_settings import ReviewSettings
from perftui.session.review_cache import review_opened
from perftui.store.open import LoadedDocument, open_document
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.projects import projects_view
from perftui.viewmodel.text_search import TextSearch
from tests.bench.figures import Report, median
from tests.bench.homes import own_home
from tests.bench.places import Place

_MOST = 1.05


def run(report: Report, place: Place) -> None:
    """Every piece of work at three sizes; the exponent is that of the line through the three points."""
    sizes = (100, 300, 1000) if report.quick else (1000, 3000, 10_000)
    times: dict[str, list[float]] = {}
    with own_home(place.fresh("growth-home")) as home:
        for size in sizes:
            for name, milliseconds in _measured(place, size, home, report.quick).items():
                times.setdefault(name, []).append(milliseconds)
    rows = []
    for name, found in times.items():
        exponent = _exponent(sizes, found)
        rows.append([name, *(f"{one:.1f}" for one in found), f"{exponent:.2f}"])
        report.target(f"growth of: {name}", exponent, _MOST)
    report.table(["ms", *(f"{size} projects" for size in sizes), "exponent"], rows)


def _measured(place: Place, size: int, home: Path, quick: bool) -> dict[str, float]:
    folder = place.data(size)
    repeats = 1 if quick else 3
    cold = _timed(lambda: _cold(home, lambda: open_document(folder)), 1)
    opened = open_document(folder)
    found = {"open, cold": cold, "open, unchanged": _timed(lambda: open_document(folder), repeats)}
    review = review_document(opened.document, opened.form)
    found["all rules"] = _timed(lambda: review_document(opened.document, opened.form), 1)
    review_opened(opened, ReviewSettings())
    found["rules, unchanged"] = _timed(lambda: review_opened(opened, ReviewSettings()).findings, repeats)
    file = next(iter(opened.document.projects))
    changed = opened.document.with_record(file, opened.document.projects[file].with_value(("name",), "另一个名称"))
    found["rules after an edit"] = _timed(lambda: review_edit(review, changed), repeats)
    shown = DocumentView(document=opened.document, form=opened.form, index=FindingIndex.of(review.findings))
    found["list, all rows"] = _timed(lambda: list(projects_view(shown, 80).rows), repeats)
    found["find a word"] = _timed(lambda: TextSearch().find(shown, "（00777）", 10**6), repeats)
    found["export"] = _timed(lambda: _exported(opened), 1)
    return found


def _cold(home: Path, work: Callable[[], object]) -> None:
    shutil.rmtree(home / "cache", ignore_errors=True)
    work()


def _exported(opened: LoadedDocument) -> None:
    write_docx(lay_out(opened.document, opened.form), BytesIO())


def _timed(work: Callable[[], object], repeats: int) -> float:
    """The median of the processor time in milliseconds, copies of the process included: others disturb it least.

    As in the program: commands and the start run without the collector, and the screens freeze what they began with.
    """
    found = []
    gc.disable()
    try:
        for _repeat in range(repeats):
            gc.collect()
            begun = _processor_time()
            work()
            found.append((_processor_time() - begun) * 1000)
    finally:
        gc.enable()
    return median(found)


def _processor_time() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _exponent(sizes: tuple[int, ...], times: list[float]) -> float:
    """The slope of the line through the points on logarithmic axes."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(one, 1e-6)) for one in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)
