"""C: the project's code."""

from collections.abc import Iterator

from perftui.forms import CodeFormat, Role
from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.review.example import Example
from perftui.review.facts import Survey
from perftui.review.finding import Severity
from perftui.review.rule import Hit, Page, Rule, Source
from perftui.review.subject import Subject


def _malformed(subject: Subject) -> Iterator[Hit]:
    code, path, made_of = subject.text(Role.CODE), subject.spec.path_of(Role.CODE), _format(subject)
    place = made_of.wrong_at(code) if made_of and code else None
    if path is None or made_of is None or place is None:
        return
    if len(code) != made_of.length:
        message = _("项目编码是 {count} 位，应当是 {whole} 位").format(count=len(code), whole=made_of.length)
        yield Hit(path=path, message=message, advice=_("对照项目库核对，补上漏掉或删去多出的字符"), quote=code)
        return
    message = _("项目编码第 {place} 位是“{char}”").format(place=place + 1, char=code[place])
    letters = made_of.part_at(place).letters
    advice = _("这一位只能是数字或大写字母，请对照项目库核对") if letters else _("这一位只能是数字，请对照项目库核对")
    yield Hit(path=path, message=message, advice=advice, quote=code, span=(place, place + 1))


def _format(subject: Subject) -> CodeFormat | None:
    """What the form says of its codes; ``None`` where it says nothing."""
    path = subject.spec.path_of(Role.CODE)
    field = subject.spec.field(path) if path else None
    return field.code if field else None


def _part(subject: Subject, means: str) -> tuple[int, int] | None:
    """Where a right code says its division or year; ``None`` where it says none, or is wrong by itself."""
    made_of, code = _format(subject), subject.text(Role.CODE)
    return made_of.span_of(means) if made_of and code and made_of.wrong_at(code) is None else None


def _absent(subject: Subject) -> Iterator[Hit]:
    path = subject.spec.path_of(Role.CODE)
    if path is not None and not subject.text(Role.CODE):
        made_of = _format(subject)
        whole = _("从项目库抄入 {whole} 位编码").format(whole=made_of.length) if made_of else _("从项目库抄入编码")
        yield Hit(path=path, message=_("没有填项目编码"), advice=whole)


def _division(subject: Subject) -> Iterator[Hit]:
    code, path, division = subject.text(Role.CODE), subject.spec.path_of(Role.CODE), subject.context.division
    span = _part(subject, "division")
    if path is None or not division or span is None or code[slice(*span)].startswith(division):
        return
    span = span[0], span[0] + len(division)
    message = _("项目编码开头是 {found}，本单位的行政区划代码是 {division}").format(
        found=code[slice(*span)], division=division
    )
    advice = _("核对编码是否抄自别的区县；区划代码有误时到部门页更正")
    yield Hit(path=path, message=message, advice=advice, quote=code, span=span)


def _year(subject: Subject) -> Iterator[Hit]:
    code, path, year = subject.text(Role.CODE), subject.spec.path_of(Role.CODE), subject.context.year
    span = _part(subject, "year")
    if path is None or not year or span is None or str(year).endswith(code[slice(*span)]):
        return
    said = code[slice(*span)]
    message = _("项目编码的年度是 {found}，文本的年度是 {year}").format(found=f"20{said}"[-4:], year=year)
    advice = _("核对是否抄了往年的编码；跨年度项目沿用原编码的，可以注明理由接受")
    yield Hit(path=path, message=message, advice=advice, quote=code, span=span)


def _unique(survey: Survey) -> Iterator[Hit]:
    path = survey.form.project.path_of(Role.CODE)
    first: dict[str, str] = {}
    if path is None:
        return
    for file, facts in survey.projects.items():
        earlier = first.setdefault(facts.code, file) if facts.code else file
        if earlier != file:
            places = (Location(file=earlier, path=path), Location(file=file, path=path))
            message = _("项目编码与“{name}”的相同").format(name=survey.projects[earlier].name)
            advice = _("对照项目库，把抄错的一个改正")
            yield Hit(file=file, path=path, message=message, advice=advice, quote=facts.code, places=places)


_GOOD = Example(head={Role.CODE: "130303216F9HQOHBT7GG4"})

RULES = (
    Rule(
        id="C001", severity=Severity.ERROR, title=N_("项目编码格式不对"), check=_malformed,
        page=Page(
            what=N_("项目编码应当是 21 位：6 位区划、2 位年度，再加 13 位数字或大写字母。"),
            why=N_("编码对不上项目库，导入和汇总时项目就找不到。"), source=Source.SYSTEM,
            mend=N_("对照项目库逐位核对；少一位的多半是抄漏了。"),
            bad=Example(head={Role.CODE: "130303213IMBOCSFWWM1"}), good=_GOOD,
        ),
    ),
    Rule(
        id="C002", severity=Severity.WARNING, title=N_("没有项目编码"), check=_absent,
        page=Page(
            what=N_("表样有项目编码一栏，这个项目没有填。"),
            why=N_("没有编码的项目还没有入库，或者漏抄。"), source=Source.SYSTEM,
            mend=N_("项目入库后把编码抄入；暂时没有的先放着，不妨碍继续填报。"),
            bad=Example(head={Role.CODE: ""}), good=_GOOD,
        ),
    ),
    Rule(
        id="C003", severity=Severity.WARNING, title=N_("编码的区划不是本单位的"), check=_division,
        page=Page(
            what=N_("项目编码前 6 位与部门页的行政区划代码不同。"),
            why=N_("可能抄了别处的编码，也可能是上级下达的项目。"), source=Source.SYSTEM,
            mend=N_("核对编码；确属上级项目的注明理由接受。"),
            bad=Example(head={Role.CODE: "130304216F9HQOHBT7GG4"}), good=_GOOD,
        ),
    ),
    Rule(
        id="C004", severity=Severity.WARNING, title=N_("编码的年度不是本年度"), check=_year,
        page=Page(
            what=N_("项目编码第 7、8 位与文本的年度不同。"),
            why=N_("多半是结转上年文本时没有换编码。"), source=Source.SYSTEM,
            mend=N_("换成本年度的编码；跨年度项目沿用原编码的注明理由接受。"),
            bad=Example(head={Role.CODE: "130303206F9HQOHBT7GG4"}), good=_GOOD,
        ),
    ),
    Rule(
        id="C005", severity=Severity.ERROR, title=N_("两个项目的编码相同"), survey=_unique,
        compared=lambda facts: (facts.code, facts.name),
        page=Page(
            what=N_("同一个编码用在了两个项目上。"),
            why=N_("一个编码只能对应一个项目，汇总时后一个会顶掉前一个。"), source=Source.SYSTEM,
            mend=N_("对照项目库改正抄错的一个。"),
            bad=Example(
                head={Role.CODE: "130303216F9HQOHBT7GG4"},
                others=(Example(head={Role.CODE: "130303216F9HQOHBT7GG4"}),),
            ),
            good=Example(
                head={Role.CODE: "130303216F9HQOHBT7GG4"},
                others=(Example(head={Role.CODE: "130303219QTGB6RSH6TVZ"}),),
            ),
        ),
    ),
)  # fmt: skip
