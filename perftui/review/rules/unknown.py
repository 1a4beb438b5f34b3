"""X010: what a file holds and the form has no field for: it is kept, and neither shown nor printed."""

from collections import defaultdict
from collections.abc import Iterator

from perftui.forms import RecordSpec
from perftui.locale import N_, _
from perftui.model.record import CONFLICTS, ORDER, REMARKS, UNREVIEWED, Plain, Record, plain_text
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject


@rule("X010", Severity.WARNING, N_("表样里没有的内容"))
def _unknown(subject: Subject) -> Hits:
    if not subject.form.is_known:
        return  # that the form is not here is said once
    found = defaultdict[str, list[str]](list)
    for name, value in _unknown_values(subject.record, subject.spec):
        if text := plain_text(value).strip():
            found[name].append(text)
    for name, texts in found.items():
        message = _("表样里没有“{name}”这一栏，文件里的 {count} 处内容留着，但不显示，也不打印")
        advice = _("栏名写错了的，在文件里改对；表样改过的，把内容填到新的栏；用不着的，从文件里删去")
        at = FieldText(path=(), text=_("；").join(dict.fromkeys(texts)))
        yield hit(at, message, advice, key=name, name=name, count=len(texts))


def _unknown_values(record: Record, spec: RecordSpec) -> Iterator[tuple[str, Plain]]:
    """The values of a record that are no field's, each with what the file calls it; rows have one name together."""
    known = spec.columns
    head = known[1, ""]
    yield from ((key, value) for key, value in record.head.items() if key not in head)
    for table, values in record.tables.items():
        fields = values if table == UNREVIEWED else known.get((2, table), {})
        yield from ((f"{table}.{key}", value) for key, value in values.items() if key not in fields)
    for group, rows in record.groups.items():
        columns = known.get((3, group), {})
        keys = {*columns, ORDER}
        for row in rows if group not in (CONFLICTS, REMARKS) else ():
            if not keys.issuperset(row.values):
                yield from ((f"{group}.{key}", row.values[key]) for key in sorted(row.values.keys() - keys))
