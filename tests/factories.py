"""Sample records and documents of every form: valid by default, built through the form definition.

``project("hebei-2021", name="…", goals=["…"], **{"budget.fiscal": "1.00"})`` changes what a test is about: keys are
roles, dotted paths of the form's own fields, or group roles with rows (texts, or mappings by role). ``None`` blanks.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from perftui.forms import Field, Form, Group, GroupRole, Kind, RecordSpec, Role, load_form, shipped_ids
from perftui.model.document import DEPARTMENT, Document, project_file
from perftui.model.ids import derived_id
from perftui.model.ordering import STEP
from perftui.model.record import ORDER, FieldPath, Plain, Record, Row, in_order, parse_path
from perftui.model.values import parse_value

FORMS = tuple(one for one in shipped_ids() if load_form(one).has_projects)
DEPARTMENT_FORMS = tuple(one for one in shipped_ids() if not load_form(one).has_projects)
"""Those of the department's table alone."""
YEAR = 2021
UNIT = "613001"
UNIT_NAME = "路南街道办事处部门本级"
DIVISION = "130303"

_INDICATORS: Mapping[str, tuple[str, str, str]] = {
    "数量指标": ("发放补助人数", "全年领取补助的街道工作者总数", "18人"),
    "质量指标": ("补助发放准确率", "准确发放人数占应发放人数的比例", "≥98%"),
    "时效指标": ("补助发放及时率", "按月及时发放的次数占应发放次数的比例", "≥95%"),
    "成本指标": ("补助支出控制数", "全年补助支出总额占批复预算的比例", "≤100%"),
    "经济成本指标": ("补助支出控制数", "全年补助支出总额占批复预算的比例", "≤100%"),
    "社会成本指标": ("群众投诉次数", "全年因本项目引起的投诉数", "≤2次"),
    "生态环境成本指标": ("环境污染事件数", "全年因本项目引起的环境污染事件", "≤1起"),
    "经济效益指标": ("带动就业增收户数", "项目带动增收的居民家庭总数", "≥30户"),
    "社会效益指标": ("服务覆盖社区比例", "得到服务的社区占全部社区的比例", "≥90%"),
    "生态效益指标": ("垃圾分类覆盖率", "实行垃圾分类的小区占全部小区的比例", "≥80%"),
    "可持续影响指标": ("队伍稳定比例", "全年在岗人员占年初人员的比例", "≥95%"),
    "服务对象满意度指标": ("居民满意度", "抽样调查中表示满意的居民占比", "≥90%"),
}

_ROWS: Mapping[GroupRole, Sequence[Mapping[Role, str]]] = {
    GroupRole.GOALS: (
        {Role.TEXT: "全年为18名街道工作者每月发放补助"},
        {Role.TEXT: "培训街道工作者4次，参加培训的不少于60人次"},
    ),
    GroupRole.DUTIES: (
        {
            Role.NAME: "机关运转保障",
            Role.RESPONSIBILITY: "保障机关日常运转。",
            Role.DUTY_GOAL: "1、及时足额保障公用经费；2、按月拨付人员经费。",
            Role.PERFORMANCE_GOAL: "机关运转有序，全年无中断。",
            Role.DUTY_INDICATOR: "机关运转保障率达到100%。",
            Role.STANDARD: "保障率100%为优，95%以上为良，其余为差。",
        },
        {
            Role.NAME: "社区服务",
            Role.RESPONSIBILITY: "为辖区居民提供公共服务。",
            Role.DUTY_GOAL: "1、每季度走访一次；2、办理居民诉求。",
            Role.PERFORMANCE_GOAL: "居民诉求按时办结。",
            Role.DUTY_INDICATOR: "诉求按时办结率不低于95%。",
            Role.STANDARD: "办结率95%以上为优，90%以上为良，其余为差。",
        },
    ),
    GroupRole.SAFEGUARDS: (
        {Role.TITLE: "一是加强组织领导", Role.TEXT: "成立预算绩效领导小组，主任任组长。"},
        {Role.TITLE: "二是加强资金监管", Role.TEXT: "严格执行财务制度，每季度检查一次。"},
    ),
}

_HEAD: Mapping[Role, str] = {
    Role.DIVISION: DIVISION,
    Role.UNIT_CODE: UNIT,
    Role.UNIT_NAME: UNIT_NAME,
    Role.STATUS: "填报中",
    Role.OVERALL_GOAL: "保障街道机关高效运转，为辖区3万居民提供优质服务。",
}

_NAMES = (
    "街道工作者补助",
    "社区服务经费",
    "办公设备运行维护",
    "车辆运行费",
    "志愿服务经费",
    "宣传培训经费",
    "退养人员补贴",
)


def project_code(index: int, form: str = "hebei-2021") -> str:
    """The code of the ``index``-th sample project, as long as the form has them; it names the file in every form."""
    spec = load_form(form).project
    path = spec.path_of(Role.CODE)
    field = spec.field(path) if path else None
    start = f"{DIVISION}21"
    return f"{start}{index:0{(field.limit if field else 21) - len(start)}d}"


def project(form: str = "hebei-2021", /, index: int = 1, **changes: Any) -> Record:
    """A valid project; ``index`` varies code, name and place."""
    spec = load_form(form).project
    total = 1_200_000 + 1000 * index
    known = {Role.CODE: project_code(index, form), Role.NAME: _name(index)}
    record = _head(spec, known).with_value((ORDER,), STEP * index)
    record = _with_amounts(record, spec, total)
    for group in spec.amounts:
        for one in group.others:
            if one.required:
                record = record.with_value((group.key, one.key), f"用于第{index}个项目的人员补助和培训")
    if spec.plan:
        for point, share in zip(spec.plan.points, spec.plan.usual, strict=False):
            record = record.with_value((spec.plan.key, point.key), share)
    return changed(_with_rows(record, load_form(form), spec), spec, **changes)


def department(form: str = "hebei-2021", /, **changes: Any) -> Record:
    """A valid department's file."""
    spec = load_form(form).department
    record = _head(spec, _HEAD)
    for role, value in ((Role.FORM, form), (Role.YEAR, YEAR)):
        path = spec.path_of(role)
        record = record if path is None else record.with_value(path, value)
    record = _with_amounts(record, spec, 8_400_000)
    return changed(_with_rows(record, load_form(form), spec), spec, **changes)


def _with_amounts(record: Record, spec: RecordSpec, total: int) -> Record:
    """Every group of amounts filled, its first part with all of the total."""
    for group in spec.amounts:
        amounts = [part.field.key for part in group.total.walk()]
        for key, amount in zip(amounts, [total, total, *[0] * len(amounts)], strict=False):
            record = record.with_value((group.key, key), f"{amount}.00")
    return record


def document(form: str = "hebei-2021", /, projects: int = 3, **changes: Any) -> Document:
    """A valid document with some projects, where the form has any; the changes are the department's."""
    numbers = range(1, projects + 1) if load_form(form).has_projects else ()
    records = {project_file(project_code(number, form)): project(form, number) for number in numbers}
    return Document(year=YEAR, unit=UNIT, form=form, department=department(form, **changes), projects=records)


def changed(record: Record, spec: RecordSpec, /, **changes: Any) -> Record:
    """The record with some fields and groups changed."""
    for name, value in changes.items():
        group = spec.group_of(GroupRole(name)) if name in set(GroupRole) else None
        if group is not None:
            record = with_rows(record, group, value)
        else:
            record = record.with_value(path_named(spec, name), value)
    return record


def with_rows(record: Record, group: Group, rows: Sequence[str | Mapping[Any, Plain]]) -> Record:
    """The record with all rows of a group made anew from texts or from values by role or key."""
    made: list[Row] = []
    for index, row in enumerate(rows):
        values = {Role.TEXT: row} if isinstance(row, str) else row
        keyed = {_column_key(group, name): value for name, value in values.items()}
        row_id = derived_id(index, repr(sorted(keyed.items())), {one.id for one in made})
        keyed = {key: value for key, value in keyed.items() if key and value is not None}
        made.append(Row(id=row_id, values={ORDER: STEP * (index + 1), **keyed}))
    return Record(
        head=record.head,
        tables=record.tables,
        groups={**record.groups, group.key: in_order(made)},
        comments=record.comments,
    )


def path_named(spec: RecordSpec, name: str) -> FieldPath:
    """The path of a field named by its dotted path, its role, or its key in the head."""
    path = parse_path(name)
    if spec.field(path) is None:
        found = spec.path_of(Role(name)) if name in set(Role) else None
        if found is None:
            raise KeyError(name)
        return found
    return path


def other_value(field: Field, record: Record, path: FieldPath) -> Plain:
    """Another valid value for a field than the record has there."""
    old = record.text(path)
    match field.kind:
        case Kind.AMOUNT:
            return "7.25" if old != "7.25" else "8.50"
        case Kind.PERCENT:
            return "33.33" if old != "33.33" else "66"
        case Kind.INTEGER:
            return int(old or 0) + 1
        case Kind.CHOICE if field.choices:
            return next(choice for choice in field.choices if choice != old)
        case Kind.CODE:
            return "9" * 6 if old != "9" * 6 else "8" * 6
    return f"{old}改"


def _head(spec: RecordSpec, values: Mapping[Role, str]) -> Record:
    head: dict[str, Plain] = {}
    for one in spec.head:
        if one.role is Role.SCHEMA:
            head[one.key] = 1
        elif one.role in values:
            head[one.key] = values[one.role]
        elif one.role is None and one.formula is None:
            head[one.key] = sample_value(one)
    return Record(head=head, tables={table: {} for table in spec.tables})


def sample_value(field: Field) -> Plain:
    """What a field without a role holds in a sample."""
    match field.kind:
        case Kind.AMOUNT | Kind.PERCENT:
            return "12.50"
        case Kind.INTEGER:
            return 12
        case Kind.DATE:
            return "2021-03-01"
        case Kind.PERIOD:
            return "2021-01/2021-12"
        case Kind.CODE:
            return "123456"
        case Kind.CHOICE if field.choices:
            return field.choices[0]
    return f"{field.label}内容"


def _with_rows(record: Record, form: Form, spec: RecordSpec) -> Record:
    for group in spec.groups:
        if group.role is GroupRole.INDICATORS:
            record = with_rows(record, group, _indicators(form, group))
        elif group.role is GroupRole.ROWS:
            columns = [one for one in group.columns if one.formula is None]
            record = with_rows(record, group, [{one.key: sample_value(one) for one in columns}])
        elif group.single:
            record = with_rows(record, group, ["；\n".join(row[Role.TEXT] for row in _ROWS[group.role]) + "。"])
        else:
            record = with_rows(record, group, _ROWS[group.role])
    return record


def _indicators(form: Form, group: Group) -> list[dict[Role, str]]:
    taxonomy = (form.department if group in form.department.groups else form.project).taxonomy
    skeleton = taxonomy.skeleton
    rows = []
    for category, class_name in skeleton:
        name, description, value = _INDICATORS.get(
            class_name, (f"{class_name}完成率", f"{class_name}的完成比例", "≥90%")
        )
        row = {Role.LEVEL1: category, Role.LEVEL2: class_name, Role.NAME: name, Role.DESCRIPTION: description}
        row |= {Role.VALUE: value, Role.BASIS: "计划标准"}
        rows.append(row)
    return in_columns(form, group, rows)


def in_columns(
    form: Form, group: Group, rows: Sequence[Mapping[Role, str]], *, weighed: bool = True
) -> list[dict[Role, str]]:
    """Rows as the form has columns for them: sign and unit taken from the value, weights that add up."""
    has_weights = weighed and group.column(Role.WEIGHT) is not None
    weights = _weights(form, [row[Role.LEVEL1] for row in rows]) if has_weights else [""] * len(rows)
    found = []
    for row, weight in zip(rows, weights, strict=True):
        made = dict(row)
        value = parse_value(row[Role.VALUE])
        if group.column(Role.SIGN) and value.number is not None and value.upper is None:
            unit = {Role.UNIT: value.unit} if group.column(Role.UNIT) else {}
            made |= {Role.SIGN: value.sign or "=", Role.VALUE: f"{value.number:f}{'' if unit else value.unit}", **unit}
        if weight:
            made[Role.WEIGHT] = weight
        found.append({role: text for role, text in made.items() if group.column(role)})
    return found


def _weights(form: Form, categories: Sequence[str]) -> list[str]:
    """Weights that come to the form's totals, also by category where it says them."""
    own = dict(form.weights.categories) if form.weights else {}
    if not own or set(categories) != set(own):
        return _shares(int(form.weights.totals[0]) if form.weights else 100, len(categories))
    waiting = {name: _shares(int(total), list(categories).count(name)) for name, total in own.items()}
    return [waiting[name].pop() for name in categories]


def _shares(total: int, count: int) -> list[str]:
    share, rest = divmod(total, count or 1)
    return [str(share + (number < rest)) for number in range(count)]


def _column_key(group: Group, name: Any) -> str:
    if isinstance(name, Role) or (name not in {one.key for one in group.columns} and name in set(Role)):
        return group.key_of(Role(name))
    return str(name)


def _name(index: int) -> str:
    name = _NAMES[(index - 1) % len(_NAMES)]
    return name if index <= len(_NAMES) else f"{name}{index}"


__all__ = [
    "DEPARTMENT", "DEPARTMENT_FORMS", "DIVISION", "FORMS", "UNIT", "UNIT_NAME", "YEAR", "changed", "department",
    "document", "other_value",
    "path_named", "project", "project_code", "with_rows",
]  # fmt: skip
