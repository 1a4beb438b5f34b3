"""A block pasted into a blank project, read in the order in which the screens try their readers."""

from perftui.editing.paste import Block, PastePlan
from perftui.editing.paste_rows import plan_rows
from perftui.forms import Form
from perftui.model.document import project_file
from perftui.model.record import Record
from perftui.session.pasted_text import plan_indicators, plan_read
from perftui.tui.state.paste_labels import form_labels
from tests import factories

FILE = project_file("here")


def plan_of_paste(form: Form, block: Block) -> PastePlan:
    """What the screens would do with a block."""
    blank = Record(head={"schema": 1}, tables={table: {} for table in form.project.tables})
    document = factories.document(form.id, projects=0).with_record(FILE, blank)
    given = document, form, FILE, block, form_labels(form.id), form.amount_unit
    read = plan_read(*given) or plan_indicators(*given)
    return read or plan_rows(form, FILE, blank, form.project.groups[-1], (), (0, 0), block, form.amount_unit)
