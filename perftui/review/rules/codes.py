"""C: the project's code, as far as the form says how its codes are made."""

from perftui.forms import CodeFormat, Role
from perftui.locale import N_, _
from perftui.model.document import Location, file_stem
from perftui.review.facts import DocumentFacts
from perftui.review.finding import Severity
from perftui.review.rule_definition import Hits, document_rule, hit, rule
from perftui.review.subject import FieldText, Subject


@rule("C001", Severity.ERROR, N_("项目编码格式不对"))
def _malformed(subject: Subject) -> Hits:
    code, layout = subject.cell(Role.CODE), _layout(subject)
    place = layout.wrong_at(code.text) if layout and code and code.text else None
    if code is None or layout is None or place is None:
        return
    if len(code.text) != layout.length:
        message, advice = _("项目编码是 {count} 位，应当是 {whole} 位"), _("对照项目库核对，补上漏掉或删去多出的字符")
        yield hit(code, message, advice, count=len(code.text), whole=layout.length)
        return
    letters = layout.part_at(place).letters
    advice = _("这一位只能是数字或大写字母，请对照项目库核对") if letters else _("这一位只能是数字，请对照项目库核对")
    message = _("项目编码第 {place} 位是“{char}”")
    yield hit(code, message, advice, span=(place, place + 1), place=place + 1, char=code.text[place])


def _layout(subject: Subject) -> CodeFormat | None:
    """What the form says of its codes; ``None`` where it says nothing."""
    path = subject.spec.path_of(Role.CODE)
    field = subject.spec.field(path) if path else None
    return field.code if field else None


@rule("C002", Severity.WARNING, N_("没有项目编码"))
def _absent(subject: Subject) -> Hits:
    code, layout = subject.cell(Role.CODE), _layout(subject)
    if code and not code.text:
        whole = _("从项目库抄入 {whole} 位编码").format(whole=layout.length) if layout else _("从项目库抄入编码")
        yield hit(code, _("没有填项目编码"), whole)


def _part(subject: Subject, means: str) -> tuple[FieldText, tuple[int, int]] | None:
    """The code, and where it says its division or year; ``None`` where it says none, or is wrong by itself."""
    code, layout = subject.cell(Role.CODE), _layout(subject)
    if code is None or layout is None or not code.text or layout.wrong_at(code.text) is not None:
        return None
    span = layout.span_of(means)
    return (code, span) if span else None


@rule("C003", Severity.HINT, N_("编码的区划不是本单位的"))
def _division(subject: Subject) -> Hits:
    found, division = _part(subject, "division"), subject.context.division
    if not found or not division:
        return
    code, span = found
    said = code.text[slice(*span)]
    if not said.startswith(division):
        message = _("项目编码开头是 {found}，本单位的行政区划代码是 {division}")
        advice = _("核对编码是否抄自别的区县；上级下达的项目不必改，区划代码有误时到部门页更正")
        yield hit(code, message, advice, span=(span[0], span[0] + len(division)), found=said, division=division)


@rule("C004", Severity.HINT, N_("编码的年度不是本年度"))
def _year(subject: Subject) -> Hits:
    found, year = _part(subject, "year"), subject.context.year
    if not found or not year:
        return
    code, span = found
    said = code.text[slice(*span)]
    if not str(year).endswith(said):
        message = _("项目编码的年度是 {found}，文本的年度是 {year}")
        advice = _("核对是否抄了往年的编码；项目沿用入库时的编码的，不必改")
        yield hit(code, message, advice, span=span, found=f"20{said}"[-4:], year=year)


@document_rule(
    "C005", Severity.ERROR, N_("两个项目的编码相同"), compared=lambda facts: (facts.code, facts.name, facts.order)
)
def _unique(survey: DocumentFacts) -> Hits:
    path = survey.form.project.path_of(Role.CODE)
    first: dict[str, str] = {}
    for file, facts in survey.projects.items() if path else ():
        earlier = first.setdefault(facts.code, file) if facts.code else file
        if path and earlier != file:
            places = (Location(file=earlier, path=path), Location(file=file, path=path))
            before = survey.projects[earlier]
            message, advice = _("项目编码与“{name}”的相同"), _("对照项目库，把抄错的一个改正")
            if set(before.order) & set(facts.order):  # nobody but a file manager gives two rows one id
                message = _("文件 {copy} 是照 {original} 复制的：编码和各行的编号都一样，资金算了两遍")
                advice = _("不要的一个按 Ctrl+K 删除；要照着新建，就在原来的项目上按 Ctrl+U 复制一份")
            yield hit(
                FieldText(path=path, text=facts.code), message, advice, file=file, places=places, name=before.name,
                copy=file_stem(file), original=file_stem(earlier),
            )  # fmt: skip
