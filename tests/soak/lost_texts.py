"""Tables of the gallery changed by hand ten thousand times: no text of them is lost in silence when they are read.

Neither is one when the page is pasted into a project.
"""

import random

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.read_document import match
from perftui.forms import load_form
from tests.gallery.accounts import lost_in_paste, lost_words
from tests.gallery.layouts import layouts
from tests.gallery.mutations import block_of, content_of, mutated, with_margin
from tests.gallery.pastes import plan_of_paste
from tests.soak.suite import Deadline, Suite, Tally

LOST, PASTED, REFUSED = "texts lost", "texts lost in a paste", "refused"
_FORMS = ("hebei-2021", "mof-2021")


def run(count: int, rng: random.Random, over: Deadline) -> Tally:
    """Read so many changed pages."""
    tally = Tally("lost-texts")
    tally.expect("pages", REFUSED, LOST, PASTED)
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
        block = block_of(content)
        pasted = lost_in_paste(block, plan_of_paste(load_form(form), block), load_form(form))
        if pasted:
            tally.fail(PASTED, f"{key}, seed {seed}, {form}: {pasted[:5]}")
        if lost:
            tally.fail(LOST, f"{key}, seed {seed}, {form}: {lost[:5]}")
    return tally


SUITE = Suite(name="lost-texts", what="changed tables read without losing a text", full=10_000, run=run)
