"""Documents of random lengths: every page number in the contents is the one that LibreOffice prints."""

import random
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from perftui.exchange.docx_writer import write_docx
from perftui.exchange.layout import lay_out
from perftui.exchange.page_measure import Estimate, estimate_pages
from perftui.forms import load_form
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.session.export import lying
from tests import factories, office
from tests.soak.suite import Deadline, Suite, Tally

_CHINESE = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"
_MARKS = "，，，。；、：（）“”《》"
_NUMBERS = tuple(str(7**power)[:5] for power in range(30))
_WORDS = ("100%", "≥95%", "2021年", "GB/T 9704", "PPP", "A4", "12.5")
_FORM = "hebei-2021"
_LONG = frozenset(
    ("overall_goal", "purpose", "text", "name", "description", "value", "basis", "responsibility", "duty_goal",
     "performance_goal", "indicator", "standard")
)  # fmt: skip
_LENGTHS = (8, 8, 20, 20, 40, 100, 300, 800)
_AT_ONCE = 20


def run(count: int, rng: random.Random, over: Deadline) -> Tally:
    """Print ``count`` documents, some at a time."""
    tally = Tally("contents")
    tally.expect("documents", "wrong page numbers")
    while count > 0 and not over():
        seeds = [rng.randrange(10**6) for _number in range(min(count, _AT_ONCE))]
        with tempfile.TemporaryDirectory() as folder:
            for told in wrong_contents(Path(folder), seeds):
                tally.fail("wrong page numbers", told)
        tally.counts["documents"] += len(seeds)
        count -= len(seeds)
    return tally


def wrong_contents(folder: Path, seeds: Iterable[int]) -> list[str]:
    """What the contents of random documents, every third on its long side, say otherwise than their pages do."""
    form, estimates = load_form(_FORM), dict[Path, Estimate]()
    for seed in seeds:
        printed = lay_out(_document(random.Random(seed)), form if seed % 3 else lying(form))
        file = folder / f"{seed}.docx"
        with file.open("wb") as out:
            write_docx(printed, out)
        estimates[file] = estimate_pages(printed)
    found = office.pages(folder, list(estimates))
    return [line for file, estimate in estimates.items() for line in _wrong(file.stem, estimate, found[file.name])]


def squeezed(text: str) -> str:
    """Without blanks; a PDF's fonts may name 目 by its radical ⽬, which NFKC undoes on both sides."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _wrong(name: str, estimate: Estimate, sheets: list[str]) -> list[str]:
    pages = [squeezed(sheet) for sheet in sheets]
    first = next(number for number, page in enumerate(pages) if page.endswith("—1—"))
    wrong = []
    for entry in estimate.entries:
        at = [page for page, text in enumerate(pages[first:], 1) if squeezed(entry.text) in text]
        if entry.page not in at:
            wrong.append(f"{name}: {entry.text} is on {at}, not {entry.page}")
    return wrong


def _document(rng: random.Random) -> Document:
    document = factories.document(_FORM, projects=rng.randint(1, 12))
    projects = {file: _relengthened(rng, record) for file, record in document.projects.items()}
    return Document(
        year=document.year,
        unit=document.unit,
        form=document.form,
        department=_relengthened(rng, document.department),
        projects=projects,
    )


def _relengthened(rng: random.Random, record: Record) -> Record:
    """The record with other texts in its long fields."""
    for path in list(record.paths()):
        if path[-1] in _LONG and path != ("name",):
            record = record.with_value(path, _text(rng, rng.randint(2, rng.choice(_LENGTHS))))
        elif path == ("name",) and rng.random() < 0.3:
            record = record.with_value(path, _text(rng, rng.randint(10, 50)))
    return record


def _text(rng: random.Random, length: int) -> str:
    return "".join(map(rng.choice, rng.choices((_CHINESE, _MARKS, _NUMBERS, _WORDS), (885, 90, 20, 5), k=length)))


SUITE = Suite(
    name="contents", what="60 documents of random lengths, their contents against LibreOffice", full=60, run=run
)
