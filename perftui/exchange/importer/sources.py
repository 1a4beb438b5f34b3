"""What money from sources that have no field says of the fields: judged when all of a project has been read."""

from perftui.exchange.importer.composed_labels import Source, amount_label
from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.record_draft import RecordDraft, note_field
from perftui.forms import AmountGroup
from perftui.locale import _

_ZERO = "0.00"


def settle_sources(draft: RecordDraft) -> None:
    """One public source alone is the total; beside money of the unit's own other money is in doubt."""
    for group in draft.spec.amounts:
        paid = [one for one in draft.sources if one.group is group and one.amount not in ("", _ZERO)]
        blank = not any(draft.values.get(group.path(one)) for one in group.amounts)
        if len(paid) == 1 and paid[0].source is Source.PUBLIC and blank:
            total = group.total.field
            draft.values[group.path(total)] = paid[0].amount
            message = _("只有一笔资金，作为“{label}”，请核对").format(label=total.label)
            draft.note(paid[0].place, Confidence.UNSURE, message, group.path(total))
        if any(one.source is Source.OWN for one in paid):
            _doubt_others(draft, group)


def _doubt_others(draft: RecordDraft, group: AmountGroup) -> None:
    """Other money, where the document says more of the unit's own beside it, is left blank."""
    for one in group.amounts[1:]:
        said, path = amount_label(one.label), group.path(one)
        if said is None or said.source is not Source.OTHER or draft.values.get(path, _ZERO) == _ZERO:
            continue
        text, note = draft.values.pop(path), note_field(group)
        message = _("另有单位自己的资金，“{label}”{text} 是不是全部要看，留空").format(label=one.label, text=text)
        draft.note("", Confidence.UNSURE, message, path, text=text)
        if note is not None:
            draft.add_to_note(group, note, f"{one.label}：{text}", "")
