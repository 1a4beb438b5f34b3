"""Documents for the review's tests: a correct one of any form, one that shows a page's example, and the real one."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from perftui.forms import Form, Group, GroupRole, RecordSpec, Role, load_form
from perftui.model.document import Document, in_reading_order, project_file
from perftui.model.record import CONFLICTS, Record, Row, format_path, parse_path
from perftui.model.remarks import Remark, with_remarks
from perftui.model.unreviewed import with_marks
from perftui.model.values import parse_value
from perftui.review.example import Cells, Example
from perftui.store.toml.decode import decode
from tests import factories

ROOT = Path(__file__).parents[3]
FORMS = factories.FORMS


@cache
def real_document() -> Document:
    """The real document that is shipped as the example."""
    folder, form = ROOT / "data" / "2021" / "613001", load_form("hebei-2021")
    projects = {
        project_file(path.stem): decode(path.read_bytes(), form.project) for path in (folder / "projects").iterdir()
    }
    department = decode((folder / "department.toml").read_bytes(), form.department)
    return Document(year=2021, unit="613001", form=form.id, department=department, projects=in_reading_order(projects))


def shown(example: Example, form_id: str) -> Document:
    """A correct document changed as an example says."""
    form = load_form(form_id)
    department = _with_fields(factories.department(form_id), example.department, form.department)
    for role, rows in ((GroupRole.DUTIES, example.duties), (GroupRole.SAFEGUARDS, example.safeguards)):
        department = _with_prose(department, form.department, role, rows)
    projects = [] if example.empty else [example, *example.others]
    records = {
        project_file(factories.project_code(index)): _project(one, form, index)
        for index, one in enumerate(projects, start=1)
    }
    return Document(year=2021, unit="613001", form=form_id, department=department, projects=records)


def _project(example: Example, form: Form, index: int) -> Record:
    spec = form.project
    record = _with_fields(factories.project(form.id, index), example.head, spec)
    for name, text in example.fields.items():
        record = record.with_value(parse_path(name), text)
    for group in spec.amounts if example.amounts else ():
        given = [*example.amounts, *["0.00"] * len(group.amounts)]
        for amount, text in zip(group.amounts, given, strict=False):
            record = record.with_value(group.path(amount), text or None)
    for point, text in zip(spec.plan.points if spec.plan else (), example.plan, strict=False):
        assert spec.plan is not None
        record = record.with_value(spec.plan.path(point), text or None)
    if example.goals is not None:
        for goals in (group for group in spec.groups if group.role is GroupRole.GOALS):
            record = factories.with_rows(record, goals, list(example.goals))
    for indicators in (group for group in spec.groups if group.role is GroupRole.INDICATORS):
        if example.rows or example.only:
            record = _with_indicators(record, form, indicators, example)
    if example.conflict is not None:
        path = spec.path_of(example.conflict)
        assert path is not None
        values = {"field": format_path(path), "ours": record.text(path), "theirs": "别的", "theirs_by": "王芳"}
        record = record.with_row(CONFLICTS, Row(id="k2fmw7", values=values))
    if example.remarked is not None:
        path = spec.path_of(example.remarked)
        assert path is not None
        record = with_remarks(record, [Remark(path=path, text="请核实", by="李四")])
    record = replace(record, head={**record.head, **example.unknown})
    if example.copied is not None:
        path = spec.path_of(example.copied)
        assert path is not None
        record = with_marks(record, [path], "去年")
    return record


def _with_fields(record: Record, cells: Cells, spec: RecordSpec) -> Record:
    for role, text in cells.items():
        path = spec.path_of(role)
        if path is not None:
            record = record.with_value(path, text or None)
    return record


def _with_prose(record: Record, spec: RecordSpec, role: GroupRole, rows: tuple[Cells, ...]) -> Record:
    group = spec.group_of(role)
    if group is None or not rows:
        return record
    usual = record.rows(group.key)
    made = []
    for index, cells in enumerate(rows):
        base = {column.role: usual[index].text(column.key) for column in group.columns}
        made.append({key: text or None for key, text in {**base, **cells}.items()})
    return factories.with_rows(record, group, made)


def _with_indicators(record: Record, form: Form, group: Group, example: Example) -> Record:
    given = [_indicator(cells, form, group) for cells in example.rows]
    replaced = {cells[Role.LEVEL2] for cells in given}
    kept = [] if example.only else [cells for cells in _rows(record, group) if cells[Role.LEVEL2] not in replaced]
    given = [_spread(cells, form, group) for cells in given]
    texts = [{role: text or None for role, text in cells.items()} for cells in (*kept, *given)]
    return factories.with_rows(record, group, texts)


def _spread(cells: dict[Role, str], form: Form, group: Group) -> dict[Role, str]:
    """A row whose value has a sign, in the columns that a form has for it."""
    if not parse_value(cells.get(Role.VALUE, "")).sign or Role.SIGN in cells:
        return cells
    return {**factories.in_columns(form, group, [cells])[0], **{k: v for k, v in cells.items() if k is Role.WEIGHT}}


def _rows(record: Record, group: Group) -> list[dict[Role, str]]:
    return [
        {column.role: row.text(column.key) for column in group.columns if column.role} for row in record.rows(group.key)
    ]


def _indicator(cells: Cells, form: Form, group: Group) -> dict[Role, str]:
    """The cells of an example's row, what it does not speak of filled in correctly, its class as the form calls it."""
    level2 = cells[Role.LEVEL2]
    level2 = next(iter(form.project.taxonomy.classes_of(level2)), level2)
    usual: Mapping[Role, str] = {
        Role.LEVEL1: form.project.taxonomy.category_of(level2),
        Role.DESCRIPTION: "按月统计的实际数占应有数的比例",
        Role.BASIS: "年度工作计划",
    }
    known = {column.role for column in group.columns}
    return {role: text for role, text in {**usual, **cells, Role.LEVEL2: level2}.items() if role in known}
