"""C: the project's code."""

import re
from collections.abc import Iterator

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.review.facts import Survey
from perftui.review.finding import Severity
from perftui.review.rule import Hit, document_rule, rule
from perftui.review.subject import Subject

_CODE = re.compile(r"[0-9]{8}[0-9A-Z]{13}")
_LENGTH = 21


@rule("C001", Severity.ERROR, N_("项目编码格式不对"))
def _malformed(subject: Subject) -> Iterator[Hit]:
    code, path = subject.text(Role.CODE), subject.spec.path_of(Role.CODE)
    if path is None or not code or _CODE.fullmatch(code):
        return
    if len(code) != _LENGTH:
        message = _("项目编码是 {count} 位，应当是 21 位").format(count=len(code))
        yield Hit(path=path, message=message, advice=_("对照项目库核对，补上漏掉或删去多出的字符"), quote=code)
        return
    place = next(index for index, char in enumerate(code) if not _fits(char, index))
    message = _("项目编码第 {place} 位是“{char}”").format(place=place + 1, char=code[place])
    advice = _("前 8 位只能是数字，后 13 位只能是数字和大写字母，请对照项目库核对")
    yield Hit(path=path, message=message, advice=advice, quote=code, span=(place, place + 1))


def _fits(char: str, index: int) -> bool:
    return char in "0123456789" or (index >= 8 and "A" <= char <= "Z")


@rule("C002", Severity.WARNING, N_("没有项目编码"))
def _absent(subject: Subject) -> Iterator[Hit]:
    path = subject.spec.path_of(Role.CODE)
    if path is not None and not subject.text(Role.CODE):
        yield Hit(path=path, message=_("没有填项目编码"), advice=_("从项目库抄入 21 位编码"))


@rule("C003", Severity.WARNING, N_("编码的区划不是本单位的"))
def _division(subject: Subject) -> Iterator[Hit]:
    code, path, division = subject.text(Role.CODE), subject.spec.path_of(Role.CODE), subject.context.division
    if path is None or not division or not _CODE.fullmatch(code) or code.startswith(division):
        return
    message = _("项目编码开头是 {found}，本单位的行政区划代码是 {division}").format(
        found=code[: len(division)], division=division
    )
    advice = _("核对编码是否抄自别的区县；区划代码有误时到部门页更正")
    yield Hit(path=path, message=message, advice=advice, quote=code, span=(0, len(division)))


@rule("C004", Severity.WARNING, N_("编码的年度不是本年度"))
def _year(subject: Subject) -> Iterator[Hit]:
    code, path, year = subject.text(Role.CODE), subject.spec.path_of(Role.CODE), subject.context.year
    if path is None or not year or not _CODE.fullmatch(code) or code[6:8] == f"{year % 100:02d}":
        return
    message = _("项目编码的年度是 {found}，文本的年度是 {year}").format(found=f"20{code[6:8]}", year=year)
    advice = _("核对是否抄了往年的编码；跨年度项目沿用原编码的，可以注明理由接受")
    yield Hit(path=path, message=message, advice=advice, quote=code, span=(6, 8))


@document_rule("C005", Severity.ERROR, N_("两个项目的编码相同"), compared=lambda facts: (facts.code, facts.name))
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
