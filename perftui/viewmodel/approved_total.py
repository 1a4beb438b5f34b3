"""The approved total beside the sum of the projects, as the screens show it."""

from functools import lru_cache

from perftui.forms import Role
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.money import format_amount, print_amount
from perftui.model.text import visible
from perftui.viewmodel.document_view import DocumentView


@frozen
class ApprovedTotal:
    """What was approved for all projects, where something is given."""

    amount: str
    """As it is printed; what is no amount as it was written."""
    told: str = ""
    """How the sum of the projects stands to it; "" where one of them is no amount, or nothing is added up yet."""
    differs: bool = False


@lru_cache(maxsize=1)  # thousands of projects are not added up again at every key
def approved(shown: DocumentView) -> ApprovedTotal | None:
    """The approved total and how the projects stand to it; ``None`` where none is given."""
    written = shown.form.department.text_of(shown.document.department, Role.APPROVED_TOTAL).strip()
    if not written:
        return None
    from perftui.review.totals import approved_total, projects_sum  # most documents give none: not loaded for them

    amount = visible(print_amount(written, shown.unit))
    given = approved_total(shown.document, shown.form)
    total = None if shown.hurried or given is None else projects_sum(shown.document, shown.form)
    if given is None or total is None:
        return ApprovedTotal(amount=amount)
    gap = print_amount(format_amount(abs(total - given)), shown.unit)
    if total == given:
        return ApprovedTotal(amount=amount, told=_("与合计一致"))
    sentence = _("合计多 {gap}") if total > given else _("合计少 {gap}")
    return ApprovedTotal(amount=amount, told=sentence.format(gap=gap), differs=True)
