"""Help about where a person stands: what the field is for and how it is typed, and the keys of the screen."""

from collections.abc import Mapping

from perftui.forms import Field, GroupRole, Kind, RecordSpec, Role
from perftui.forms.glosses import glossed
from perftui.locale import N_, _, labelled
from perftui.model.document import Location
from perftui.viewmodel.document_view import DocumentView
from perftui.viewmodel.grid import COMPUTED, OFFERED, CellView, repeated_sign

_OF_FILE: Mapping[Role, str] = {
    Role.CODE: N_("前 6 位是区划，接着 2 位年度，后面是流水号；小写、全角的自动改成大写"),
    Role.NAME: N_("项目的全称；空着时按 F4 照样板或别的项目填好整张表"),
    Role.TITLE: N_("打印在表上面的标题；不写就用项目名称"),
    Role.PURPOSE: N_("这笔钱用在哪里，写到人数、次数和标准"),
    Role.OVERALL_GOAL: N_("整个部门这一年要做到什么"),
    Role.APPROVED_TOTAL: N_("批复的预算总额，用来核对所有项目的合计；不知道就空着"),
}

_OF_ROW: Mapping[GroupRole, Mapping[Role, str]] = {
    GroupRole.GOALS: {Role.TEXT: N_("一年后能核对的一句话：做什么、多少、到什么程度；序号打印时自动加上")},
    GroupRole.INDICATORS: {
        Role.LEVEL1: N_("按 F4 列出；填了二级指标，一级指标自动带出"),
        Role.LEVEL2: N_("按 F4 列出这一类里的二级指标"),
        Role.NAME: N_("考核什么，用一个名词短语，如“培训人次”“办结率”"),
        Role.DESCRIPTION: N_("怎样计算或衡量，不要照抄指标名称，如“办结件数占受理件数的比例”"),
        Role.VALUE: N_("要达到的数和单位，如 ≥95%、41人、12次；“》=”和“大于等于”自动改成 ≥"),
        Role.BASIS: N_("指标值根据什么定，如“年度工作计划”“上年完成数”"),
    },
    GroupRole.DUTIES: {Role.NAME: N_("一项职责的名称，如“综合管理”")},
    GroupRole.SAFEGUARDS: {
        Role.TITLE: N_("一条措施的标题，如“加强组织领导”"),
        Role.TEXT: N_("这条措施的内容，照打印的样子写"),
    },
}

_OF_SCREEN: Mapping[str, str] = {
    "projects": N_("上下键选项目，回车打开；输入几个字就筛选，Esc 取消筛选"),
    "findings": N_("上下键选问题，回车到那一格；输入几个字就筛选，Esc 取消筛选"),
    "overview": N_("一眼看全：钱、计划和序时进度、完成、问题、最近的改动；在项目上按回车打开它"),
    "comparison": N_("今年和上年不同的地方；输入几个字就筛选，回车到那一处"),
    "preview": N_("这是打印出来的样子；PgUp PgDn 翻页，回车到那一栏去改"),
    "form": N_("直接输入就覆盖，F2 接着改，Esc 放弃；回车或 Tab 到下一栏，PgUp PgDn 到头是相邻的项目"),
    "": N_("直接输入就覆盖，F2 接着改，Esc 放弃；Tab 向右，回车向下，PgUp PgDn 翻页"),
}

_SIGNS = N_("灰色的字：{offered} 是建议，还没有写进去，按 F3 采纳；{computed} 是算出来的；{repeated} 和上一行相同")
_IN_TEXT = N_(
    "在文字里：Ctrl+A、Ctrl+E 到开头、末尾，Alt+B、Alt+F 前、后一个词；Ctrl+W 删去前一个词，Ctrl+U、Ctrl+K 删去光标前、"
    "后的，Ctrl+D 删去一个字；Shift+方向键选定，Ctrl+C、Ctrl+X、Ctrl+V 复制、剪切、粘贴；Ctrl+Z 撤销"
)


def help_lines(shown: DocumentView, pane: str, cell: CellView | None) -> list[str]:
    """What is told of the cell at hand, and of the screen."""
    found = []
    if cell is not None and cell.place is not None and cell.editable:
        spec, path = shown.form.spec_of(cell.place.file), cell.place.path
        if field := spec.field(path):
            sentences = [field_help(shown, cell.place), *_limits(field)]
            label = glossed(shown.form, field.label)
            found.append(labelled(label, _("；").join(filter(None, sentences))))
        signs = _(_SIGNS).format(
            offered=OFFERED, computed=COMPUTED, repeated=repeated_sign(ascii_only=shown.ascii_frames)
        )
        return [*found, _(_OF_SCREEN.get(pane, _OF_SCREEN[""])), signs, _(_IN_TEXT)]
    return [_(_OF_SCREEN.get(pane, _OF_SCREEN[""]))]


def field_help(shown: DocumentView, place: Location) -> str:
    """What a field is for and how it is typed, in one sentence; "" where there is nothing to say."""
    spec = shown.form.spec_of(place.file)
    field = spec.field(place.path)
    if field is None:
        return ""
    return _of_role(spec, place, field) or _of_kind(shown, spec, place, field)


def _of_role(spec: RecordSpec, place: Location, field: Field) -> str:
    if field.role is None:
        return ""
    if len(place.path) < 3:
        return _(_OF_FILE[field.role]) if field.role in _OF_FILE else ""
    group = spec.group(place.path[0])
    sentences = _OF_ROW.get(group.role, {}) if group else {}
    return _(sentences[field.role]) if field.role in sentences else ""


def _of_kind(shown: DocumentView, spec: RecordSpec, place: Location, field: Field) -> str:
    if field.lead:
        return _("打印时前面自动加上“{lead}”，不用写").format(lead=field.lead)
    match field.kind:
        case Kind.AMOUNT:
            return _("以{unit}填；12万、12.5+3、全角数字和“。”都认得").format(unit=glossed(shown.form, shown.unit))
        case Kind.PERCENT if spec.plan and place.path[0] == spec.plan.key and spec.plan.cumulative:
            return _("到这时一共支出百分之几，不是这一期的；％ 不用写")
        case Kind.PERCENT if field.role in (Role.WEIGHT, Role.SCORE):
            return _("几分，可以有小数，如 22.5")
        case Kind.PERCENT:
            return _("百分之几；％ 不用写")
        case Kind.CHOICE:
            return _("按 F4 列出可选的词")
        case Kind.LONG_TEXT:
            return _("可以分段：Ctrl+J 换段")
        case Kind.DATE:
            return _("写成 2021-3-1 或 2021年3月")
        case Kind.PERIOD:
            return _("写成 2021年1月至2023年12月")
        case Kind.INTEGER:
            return _("整数，单位不用写")
    return _("照纸面的栏目填写") if len(place.path) == 3 else ""


def _limits(field: Field) -> list[str]:
    """What the form asks of a field's text."""
    found = [_("必填")] if field.required else []
    if field.kind is Kind.CODE:
        found.append(_("一共 {limit} 位").format(limit=field.limit))
    elif not field.kind.is_number and field.kind is not Kind.CHOICE:
        found.append(_("最多 {limit} 字").format(limit=field.limit))
    return found
