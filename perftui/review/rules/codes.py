"""C: the project's code."""

from perftui.forms import Role
from perftui.forms.project_code import LENGTH, fits_code, is_project_code
from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.review.facts import Survey
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, document_rule, hit, rule
from perftui.review.subject import FieldText, Subject


@rule("C001", Severity.ERROR, N_("项目编码格式不对"))
def _malformed(subject: Subject) -> Hits:
    code, length = subject.cell(Role.CODE), _length(subject)
    if code is None or not code.text:
        return
    if len(code.text) != length:
        message, advice = _("项目编码是 {count} 位，应当是 {length} 位"), _("对照项目库核对，补上漏掉或删去多出的字符")
        yield hit(code, message, advice, count=len(code.text), length=length)
    elif length == LENGTH and not is_project_code(code.text):
        place = next(index for index, char in enumerate(code.text) if not fits_code(char, index))
        message = _("项目编码第 {place} 位是“{char}”")
        advice = _("前 8 位只能是数字，后 13 位只能是数字和大写字母，请对照项目库核对")
        yield hit(code, message, advice, span=(place, place + 1), place=place + 1, char=code.text[place])


def _length(subject: Subject) -> int:
    """The number of characters that the form's codes have; 0 where it has none."""
    path = subject.spec.path_of(Role.CODE)
    field = subject.spec.field(path) if path else None
    return field.limit if field else 0


@rule("C002", Severity.WARNING, N_("没有项目编码"))
def _absent(subject: Subject) -> Hits:
    code = subject.cell(Role.CODE)
    if code and not code.text:
        yield hit(code, _("没有填项目编码"), _("从项目库抄入 {length} 位编码"), length=_length(subject))


def _well_formed(subject: Subject) -> FieldText | None:
    """The code where it can be read by its parts: 6 places of the division, 2 of the year, 13 of the project."""
    code = subject.cell(Role.CODE)
    return code if code and is_project_code(code.text) else None


@rule("C003", Severity.HINT, N_("编码的区划不是本单位的"))
def _division(subject: Subject) -> Hits:
    code, division = _well_formed(subject), subject.context.division
    if code and division and not code.text.startswith(division):
        message = _("项目编码开头是 {found}，本单位的行政区划代码是 {division}")
        advice = _("核对编码是否抄自别的区县；上级下达的项目不必改，区划代码有误时到部门页更正")
        size = len(division)
        yield hit(code, message, advice, span=(0, size), found=code.text[:size], division=division)


@rule("C004", Severity.HINT, N_("编码的年度不是本年度"))
def _year(subject: Subject) -> Hits:
    code, year = _well_formed(subject), subject.context.year
    if code and year and code.text[6:8] != f"{year % 100:02d}":
        message = _("项目编码的年度是 {found}，文本的年度是 {year}")
        advice = _("核对是否抄了往年的编码；项目沿用入库时的编码的，不必改")
        yield hit(code, message, advice, span=(6, 8), found=f"20{code.text[6:8]}", year=year)


@document_rule("C005", Severity.ERROR, N_("两个项目的编码相同"), compared=lambda facts: (facts.code, facts.name))
def _unique(survey: Survey) -> Hits:
    path = survey.form.project.path_of(Role.CODE)
    first: dict[str, str] = {}
    for file, facts in survey.projects.items() if path else ():
        earlier = first.setdefault(facts.code, file) if facts.code else file
        if path and earlier != file:
            places = (Location(file=earlier, path=path), Location(file=file, path=path))
            message, advice = _("项目编码与“{name}”的相同"), _("对照项目库，把抄错的一个改正")
            name = survey.projects[earlier].name
            yield hit(FieldText(path=path, text=facts.code), message, advice, file=file, places=places, name=name)
