"""T009, T010: does a field hold what its kind says: one of the form's words, a date, a period, a number?"""

from collections.abc import Callable, Mapping

from perftui.forms import Kind, Role
from perftui.locale import N_, _
from perftui.model.dates import DateError, is_date, is_period, read_date, read_period
from perftui.model.money import parse_percent
from perftui.model.values import read_sign
from perftui.review.finding import Severity
from perftui.review.lists import listed
from perftui.review.rule_definition import Hits, hit, rule
from perftui.review.subject import FieldText, Subject


@rule("T009", Severity.ERROR, N_("填了表样里没有的词"))
def _unknown_word(subject: Subject) -> Hits:
    """A choice that the form closes. The two levels of indicators have no words of their own: I004 looks at them."""
    for path, one, text in subject.filled:
        word = text.strip()
        if one.kind is not Kind.CHOICE or not one.choices or one.free or not word or word in one.choices:
            continue
        sign = read_sign(word)
        message = _("{label}填的是“{text}”，表样里只有{words}")
        advice = _("按 F4 选一个；表样该有这个词的，在表样里补上")
        yield hit(
            FieldText(path=path, text=text), message, advice, fix=sign if sign in one.choices else "",
            label=subject.spec.label(path), text=word, words=listed(one.choices),
        )  # fmt: skip


_Reader = tuple[Callable[[str], bool], str, Callable[[str], str]]
_READ: Mapping[Kind, _Reader] = {
    Kind.DATE: (is_date, N_("{label}“{text}”不是日期，写成 2021-03-01 或 2021-03"), read_date),
    Kind.PERIOD: (is_period, N_("{label}“{text}”不是先后两个日期，写成 2021-01/2023-12"), read_period),
    Kind.PERCENT: (lambda text: parse_percent(text) is not None, N_("{label}“{text}”不是数"), str),
}


@rule("T010", Severity.ERROR, N_("日期、期间或百分比写法不对"))
def _unreadable(subject: Subject) -> Hits:
    """What the screens would have refused. The plan's points (P003) and the weights (I029) have rules of their own."""
    plan = subject.spec.plan
    for path, one, text in subject.filled:
        if one.kind not in _READ or one.role is Role.WEIGHT or (plan and path[0] == plan.key):
            continue
        is_right, message, read = _READ[one.kind]
        if text.strip() and not is_right(text.strip()):
            cell, advice = FieldText(path=path, text=text), _("核对后改正；在这一栏里按平时的写法重填也行")
            yield hit(cell, _(message), advice, fix=_as_meant(text, read), label=subject.spec.label(path), text=text)


def _as_meant(text: str, read: Callable[[str], str]) -> str:
    """The date or period that a text says in another way; "" where it says none."""
    try:
        meant = read(text)
    except DateError:
        return ""
    return "" if meant == text else meant
