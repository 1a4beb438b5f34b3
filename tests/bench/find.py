"""Finding a word in many projects, beside ``grep -rF`` over their files."""

import time

from perftui.store.open import open_document
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.text_search import TextSearch
from tests.bench.commands import run as run_command
from tests.bench.figures import Report, median, spread
from tests.bench.places import Place, installed

_WORDS = ("（00777）", "（00500）", "居民满意度", "没有这几个字")

_MOST = 200
"""So many places the screens list."""


def run(report: Report, place: Place) -> None:
    """The document is open, as it is on the screens; grep reads what the system has cached."""
    count = 1000 if report.quick else 10_000
    folder, home = place.data(count), place.fresh("find-home")
    grep = installed("grep")
    opened = open_document(folder)
    shown = DocumentView(document=opened.document, form=opened.form)
    search = TextSearch()
    begun = time.perf_counter()
    search.find(shown, _WORDS[-1], _MOST)
    first = (time.perf_counter() - begun) * 1000
    report.say(f"the first search of a word that stands nowhere: {first:.0f} ms")
    rounds = 3 if report.quick else 9
    ours: dict[str, list[float]] = {word: [] for word in _WORDS}
    theirs: dict[str, list[float]] = {word: [] for word in _WORDS}
    rows = []
    for word in _WORDS:
        for _round in range(rounds):
            begun = time.perf_counter()
            found = search.find(shown, word, _MOST)
            ours[word].append((time.perf_counter() - begun) * 1000)
            if grep:
                argv = [grep, "-rF", "--include=*.toml", word, str(folder.folder)]
                theirs[word].append(run_command(argv, home, codes=(0, 1)).wall)
        rows.append([word, len(found), spread(ours[word], 1), spread(theirs[word], 1)])
    report.table([f"a word in {count} projects", "found", "ours ms", "grep -rF ms"], rows)
    if grep:
        ratio = max(median(ours[word][1:]) / median(theirs[word][1:]) for word in _WORDS)
        report.target(f"find a word in {count} projects / grep -rF", ratio, 1.0)
        report.target("the first search / grep -rF", first / median(theirs[_WORDS[-1]][1:]), 1.0)
    else:
        report.say("grep is not installed: not compared")
