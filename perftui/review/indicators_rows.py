"""I001–I008: are the rows there, where they belong, and filled?"""

from collections.abc import Callable, Iterator

from perftui.forms import Group, GroupRole, Role
from perftui.locale import N_, _
from perftui.model.values import is_placeholder
from perftui.review.example import Example
from perftui.review.finding import Severity
from perftui.review.rule import Hit, Page, Rule, Source
from perftui.review.subject import Indicator, Subject
from perftui.review.wording import quoted

_NEEDED = ("产出", "效益")
_EXPECTED = "满意度"
_COST = "成本"
_COSTLY = ("工程", "购置", "修缮")


def _group(subject: Subject) -> Group | None:
    return subject.spec.group_of(GroupRole.INDICATORS)


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


def _missing_part(subject: Subject) -> Iterator[Hit]:
    yield from (hit for word in _NEEDED for hit in _missing(subject, word, _("补填这一类指标，缺了不能上报")))


def _missing_expected(subject: Subject) -> Iterator[Hit]:
    yield from _missing(subject, _EXPECTED, _("补填服务对象的满意度；确实没有服务对象的，注明理由接受"))
    name = subject.text(Role.NAME)
    if any(word in name for word in _COSTLY):
        yield from _missing(subject, _COST, _("工程、购置、修缮项目请补填成本指标，写明总价或单价的上限"))


def _missing(subject: Subject, word: str, advice: str) -> Iterator[Hit]:
    group, name = _group(subject), _known(subject, word)
    if group is not None and name and subject.indicators and not _has(subject, word):
        yield Hit(path=(group.key,), message=_("没有{name}").format(name=name), advice=advice, key=name)


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


def _empty(subject: Subject) -> Iterator[Hit]:
    for row in subject.indicators:
        for role, text in ((Role.NAME, row.name), (Role.VALUE, row.value_text)):
            if not text and row.has(role):
                path = row.path(role)
                message = _("{row}没有填{label}").format(row=_called(row), label=subject.spec.label(path))
                yield Hit(path=path, message=message, advice=_("填写内容；这一行不用的，整行删去"))


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


def _placeholder(subject: Subject) -> Iterator[Hit]:
    yield from _placeholders(subject, lambda row: ((Role.NAME, row.name), (Role.VALUE, row.value_text)))


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


def _one(level2: str, name: str, value: str, **more: str) -> tuple[dict[Role, str], ...]:
    cells = {Role.LEVEL2: level2, Role.NAME: name, Role.VALUE: value}
    return ({**cells, **{Role[role.upper()]: text for role, text in more.items()}},)


_COMPLETE = Example(
    rows=(
        *_one("数量指标", "发放补助人数", "=43人"),
        *_one("社会效益指标", "居民投诉下降率", "≥10%"),
        *_one("服务对象满意度指标", "居民满意度", "≥90%"),
    ),
    only=True,
)

RULES = (
    Rule(
        id="I001", severity=Severity.ERROR, title=N_("没有绩效指标"), check=_no_rows,
        page=Page(
            what=N_("项目一条绩效指标也没有。"), why=N_("绩效指标是目标表的主体，没有就不成表。"), source=Source.FORM,
            mend=N_("按 F4 铺开表样的分类，逐行填写；不用的行不填就不会打印。"),
            bad=Example(only=True), good=_COMPLETE,
        ),
    ),
    Rule(
        id="I002", severity=Severity.ERROR, title=N_("缺产出或效益指标"), check=_missing_part,
        page=Page(
            what=N_("填了绩效指标，却没有产出指标，或者没有效益指标。"),
            why=N_("产出和效益是每个项目都要有的两类。"), source=Source.FORM,
            mend=N_("补填缺的一类，至少一行。"),
            bad=Example(rows=_one("数量指标", "发放补助人数", "=43人"), only=True), good=_COMPLETE,
        ),
    ),
    Rule(
        id="I003", severity=Severity.WARNING, title=N_("缺满意度或成本指标"), check=_missing_expected,
        page=Page(
            what=N_("没有满意度指标；或者工程、购置、修缮项目没有成本指标。"),
            why=N_("这两类一般应当有，审核时常被要求补上。"), source=Source.CORE,
            mend=N_("补填；确实不适用的注明理由接受。"),
            bad=Example(
                rows=(*_one("数量指标", "发放补助人数", "=43人"), *_one("社会效益指标", "居民投诉下降率", "≥10%")),
                only=True,
            ),
            good=_COMPLETE,
        ),
    ),
    Rule(
        id="I004", severity=Severity.ERROR, title=N_("二级指标不属于一级指标"), check=_taxonomy,
        page=Page(
            what=N_("二级指标不在表样规定的一级指标之下，或者没有选。"),
            why=N_("表样的分类是固定的，放错了系统不收，汇总也会错。"), source=Source.SYSTEM,
            mend=N_("按 F4 从分类里选；常见的是把质量指标放到了效益指标下面。"),
            bad=Example(rows=_one("质量指标", "补助发放准确率", "=100%", level1="效益指标")),
            good=Example(rows=_one("质量指标", "补助发放准确率", "=100%", level1="产出指标")),
        ),
    ),
    Rule(
        id="I005", severity=Severity.ERROR, title=N_("指标名称或指标值没有填"), check=_empty,
        page=Page(
            what=N_("一行指标缺名称，或者缺指标值。"), why=N_("名称和指标值是系统必填的。"), source=Source.SYSTEM,
            mend=N_("补填；这一行不用的整行删去。"),
            bad=Example(rows=_one("质量指标", "补助发放准确率", "")),
            good=Example(rows=_one("质量指标", "补助发放准确率", "=100%")),
        ),
    ),
    Rule(
        id="I006", severity=Severity.WARNING, title=N_("指标值没有依据"), check=_no_basis,
        page=Page(
            what=N_("表样有“指标值确定依据”一栏，这一行没有填。"),
            why=N_("没有依据的指标值，审核的人无从判断高低。"), source=Source.CORE,
            mend=N_("写明是计划标准、历史标准、行业标准还是预算支出标准，最好写出文件或数字。"),
            bad=Example(rows=_one("质量指标", "补助发放准确率", "=100%", basis="")),
            good=Example(
                rows=_one("质量指标", "补助发放准确率", "=100%", basis="年度工作计划")
            ),
        ),
    ),
    Rule(
        id="I007", severity=Severity.ERROR, title=N_("名称或指标值是占位符号"), check=_placeholder,
        page=Page(
            what=N_("名称或指标值还是模板里的 **、XX、/、* 一类符号。"),
            why=N_("系统拒收星号、下划线和横线。"), source=Source.SYSTEM,
            mend=N_("换成实际内容；这一行不用的整行删去。"),
            bad=Example(rows=_one("质量指标", "补助发放准确率", "≥**%")),
            good=Example(rows=_one("质量指标", "补助发放准确率", "≥98%")),
        ),
    ),
    Rule(
        id="I008", severity=Severity.WARNING, title=N_("描述或依据是占位符号"), check=_placeholder_beside,
        page=Page(
            what=N_("描述或依据还是模板里的 **、XX、/、* 一类符号。"),
            why=N_("占位符号等于没有填。"), source=Source.SYSTEM, mend=N_("换成实际内容。"),
            bad=Example(rows=_one("质量指标", "补助发放准确率", "=100%", basis="/")),
            good=Example(
                rows=_one("质量指标", "补助发放准确率", "=100%", basis="年度工作计划")
            ),
        ),
    ),
)  # fmt: skip
