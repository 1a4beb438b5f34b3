"""I001–I008: are the rows there, where they belong, and filled?"""

from collections.abc import Callable, Iterator

from perftui.forms import Group, GroupRole, Role
from perftui.locale import N_, _
from perftui.model.values import is_placeholder
from perftui.review.finding import Severity
from perftui.review.rule import Hit, rule
from perftui.review.subject import Indicator, Subject
from perftui.review.wording import quoted

_NEEDED = ("产出", "效益")
_EXPECTED = "满意度"
_COST = "成本"
_COSTLY = ("工程", "购置", "修缮")


def _group(subject: Subject) -> Group | None:
    return subject.spec.group_of(GroupRole.INDICATORS)


@rule("I001", Severity.ERROR, N_("没有绩效指标"))
def _no_rows(subject: Subject) -> Iterator[Hit]:
    group = _group(subject)
    if group is not None and not subject.indicators:
        message = _("一条绩效指标也没有填")
        yield Hit(path=(group.key,), message=message, advice=_("至少填写产出和效益两类指标"))


def _known(subject: Subject, word: str) -> str:
    """The form's category or class that is named with a word; "" where it has none."""
    for category in subject.form.taxonomy.categories:
        found = next((name for name in (category.name, *category.classes) if word in name), "")
        if found:
            return found
    return ""


def _has(subject: Subject, word: str) -> bool:
    return any(word in row.level1 or word in row.level2 for row in subject.indicators)


@rule("I002", Severity.ERROR, N_("缺产出或效益指标"))
def _missing_part(subject: Subject) -> Iterator[Hit]:
    yield from (hit for word in _NEEDED for hit in _missing(subject, word, _("补填这一类指标，缺了不能上报")))


@rule("I003", Severity.WARNING, N_("缺满意度或成本指标"))
def _missing_expected(subject: Subject) -> Iterator[Hit]:
    yield from _missing(subject, _EXPECTED, _("补填服务对象的满意度；确实没有服务对象的，注明理由接受"))
    name = subject.text(Role.NAME)
    if any(word in name for word in _COSTLY):
        yield from _missing(subject, _COST, _("工程、购置、修缮项目请补填成本指标，写明总价或单价的上限"))


def _missing(subject: Subject, word: str, advice: str) -> Iterator[Hit]:
    group, name = _group(subject), _known(subject, word)
    if group is not None and name and subject.indicators and not _has(subject, word):
        yield Hit(path=(group.key,), message=_("没有{name}").format(name=name), advice=advice, key=name)


@rule("I004", Severity.ERROR, N_("二级指标不属于一级指标"))
def _taxonomy(subject: Subject) -> Iterator[Hit]:
    taxonomy = subject.form.taxonomy
    if not taxonomy.closed:
        return
    for row in subject.indicators:
        if not row.has(Role.LEVEL2) or row.level2 in taxonomy.classes_of(row.level1):
            continue
        home = taxonomy.category_of(row.level2)
        path = row.path(Role.LEVEL2)
        if not row.level2:
            message = _("这一行没有选{level2}").format(level2=subject.spec.label(path))
            yield Hit(path=path, message=message, advice=_("按 F4 从表样的分类里选一个"))
        elif home:
            message = _("“{level2}”属于“{home}”，不属于“{level1}”").format(
                level2=row.level2, home=home, level1=row.level1
            )
            yield Hit(
                path=path, message=message, advice=_("把一级指标改成“{home}”").format(home=home), quote=row.level2
            )
        else:
            message = _("表样里没有“{level2}”这一类").format(level2=row.level2)
            yield Hit(path=path, message=message, advice=_("按 F4 从表样的分类里选一个"), quote=row.level2)


@rule("I005", Severity.ERROR, N_("指标名称或指标值没有填"))
def _empty(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        for role, text in ((Role.NAME, row.name), (Role.VALUE, row.value_text)):
            if not text and row.has(role):
                path = row.path(role)
                message = _("{row}没有填{label}").format(row=_called(row), label=subject.spec.label(path))
                yield Hit(path=path, message=message, advice=_("填写内容；这一行不用的，整行删去"))


@rule("I006", Severity.WARNING, N_("指标值没有依据"))
def _no_basis(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        column = row.group.column(Role.BASIS)
        if column is not None and column.required and not row.basis:
            message = _("{row}没有填{label}").format(row=_called(row), label=column.label)
            advice = _("写明依据，例如年度工作计划、上年实际完成数、行业标准或文件名称")
            yield Hit(path=row.path(Role.BASIS), message=message, advice=advice)


def _called(row: Indicator) -> str:
    name = row.name or row.level2 or row.level1
    return quoted([name]) if name else _("这一行")


@rule("I007", Severity.ERROR, N_("名称或指标值是占位符号"))
def _placeholder(subject: Subject) -> Iterator[Hit]:
    yield from _placeholders(subject, lambda row: ((Role.NAME, row.name), (Role.VALUE, row.value_text)))


@rule("I008", Severity.WARNING, N_("描述或依据是占位符号"))
def _placeholder_beside(subject: Subject) -> Iterator[Hit]:
    yield from _placeholders(subject, lambda row: ((Role.DESCRIPTION, row.description), (Role.BASIS, row.basis)))


def _placeholders(subject: Subject, texts: Callable[[Indicator], tuple[tuple[Role, str], ...]]) -> Iterator[Hit]:
    for row in subject.indicators:
        for role, text in texts(row):
            if is_placeholder(text):
                path = row.path(role)
                message = _("{label}“{text}”里有没换掉的占位符号").format(label=subject.spec.label(path), text=text)
                advice = _("换成实际内容；这一行不用的，整行删去")
                yield Hit(path=path, message=message, advice=advice, quote=text)
