"""Tables of the gallery changed by hand ten thousand times: no text of them is lost in silence when they are read."""

import random

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.read_document import match
from tests.gallery.accounts import lost_words
from tests.gallery.layouts import layouts
from tests.gallery.mutations import content_of, mutated, with_margin
from tests.soak.suite import Deadline, Suite, Tally

LOST, REFUSED = "texts lost", "refused"
_FORMS = ("hebei-2021", "mof-2021")


def run(count: int, rng: random.Random, over: Deadline) -> Tally:
    """Read so many changed pages."""
    tally = Tally("lost-texts")
    tally.expect("pages", REFUSED, LOST)
    pages = [(layout.key, layout.page()) for layout in layouts()]
    for number in range(count):
        if over():
            break
        (key, page), seed = pages[number % len(pages)], rng.randrange(10**9)
        tally.counts["pages"] += 1
        content, form = with_margin(content_of(mutated(page, seed)), seed), _FORMS[seed % 2]
        try:
            lost = lost_words(content, match(content, form=form))
        except ImportRefused:
            tally.counts[REFUSED] += 1
            continue
        if lost:
            tally.fail(LOST, f"{key}, seed {seed}, {form}: {lost[:5]}")
    return tally


SUITE = Suite(name="lost-texts", what="changed tables read without losing a text", full=10_000, run=run)
