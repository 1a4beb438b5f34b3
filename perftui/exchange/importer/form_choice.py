"""Which form a document is of: the one whose labels its tables speak, or in whose tables it was printed."""

from collections.abc import Iterable
from itertools import islice

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.labels import label_key
from perftui.exchange.importer.printed import printed_table
from perftui.exchange.importer.source import SourceDocument, SourceParagraph
from perftui.exchange.importer.vocabulary import vocabulary
from perftui.forms import GENERAL_FORMS, Form, shipped_ids, usable_forms
from perftui.locale import _

_CELLS_LOOKED_AT = 20_000  # enough to tell the form, also of a document of thousands of tables
_TABLES_LOOKED_AT = 20


def best_form(content: SourceDocument) -> str:
    """The id of the form whose labels the tables speak: it says most of them, and they say most of it.

    Of a document that this program printed, the form whose tables stand in it.
    """
    forms = list(usable_forms())
    own = {form.id: _printed_as(content, form) for form in forms} if content.literal else {}
    most = max(own.values(), default=0)
    printed = [one for one, count in own.items() if count == most and most]
    if len(printed) == 1:
        return printed[0]
    scores = _scores(content, printed or [form.id for form in forms])
    best = max(printed or scores, key=lambda one: (scores.get(one, -1), one), default="")
    if not scores.get(best) and not printed:
        raise ImportRefused(_("没有找到绩效目标表：文件里没有任何一种表样的栏目"))
    return best


def _scores(content: SourceDocument, forms: Iterable[str]) -> dict[str, float]:
    """How well some forms fit a document; of those that come with the program only the general ones are asked."""
    texts = [cell.text for grid in content.tables() for row in grid.rows for cell in row][:_CELLS_LOOKED_AT]
    texts += [block.text for block in content.blocks if isinstance(block, SourceParagraph) and len(block.text) <= 40]
    shipped = shipped_ids()
    asked = {one: vocabulary(one) for one in forms if one in GENERAL_FORMS or one not in shipped}
    labels = list(dict.fromkeys(text for text in texts if label_key(text)))
    return {one: words.coverage(labels) * sum(map(words.knows, labels)) for one, words in asked.items()}


def _printed_as(content: SourceDocument, form: Form) -> int:
    """How many of the first tables stand exactly as the form prints them."""
    tables = islice(content.tables(), _TABLES_LOOKED_AT)
    return sum(any(printed_table(form, grid, department=one) for one in (True, False)) for grid in tables)
