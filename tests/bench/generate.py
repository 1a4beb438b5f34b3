"""Documents of many projects, the same every time, in every form's own terms.

    python -m tests.bench.generate DATA --count 10000 --form hebei-2021

Most projects are in order; of every tenth the purpose is missing, so that a review has something to say.
"""

import argparse
import random
from pathlib import Path

from perftui.forms import GroupRole, Role, form_ids, load_form
from perftui.model.document import DEPARTMENT, Document, project_file
from perftui.model.record import Record
from perftui.store.folder import DocumentFolder, document_folder
from perftui.store.toml.canonical import canonical
from tests import factories

_KINDS = ("社区工作专项补助", "街道工作专项补助", "办事处、社区工作经费", "综合事务经费", "涉军公益岗补助及续聘经费",
          "车辆保险费", "老居委会主任生活补贴", "老旧小区改造", "计生工作建设")  # fmt: skip
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_VARIED = {
    "数量指标": {Role.VALUE: "{people}人", Role.DESCRIPTION: "全年领取{kind}的工作者总数（第{number}项）"},
    "质量指标": {Role.DESCRIPTION: "准确发放{kind}的人数占应发放人数的比例", Role.VALUE: "≥{percent}%"},
    "时效指标": {Role.VALUE: "≥{percent}%", Role.BASIS: "冀财预〔2021〕{number}号"},
    "社会效益指标": {Role.VALUE: "≥{percent}%", Role.DESCRIPTION: "得到第{number}项服务的社区占全部社区的比例"},
    "经济效益指标": {Role.DESCRIPTION: "第{number}项带动增收的居民家庭总数"},
    "生态效益指标": {Role.DESCRIPTION: "实行垃圾分类的第{number}片小区占全部小区的比例"},
    "服务对象满意度指标": {Role.DESCRIPTION: "抽样调查中对第{number}项满意的居民占比"},
}
"""By class, what tells one project's rows from another's."""


def project(form: str, number: int) -> tuple[str, Record]:
    """File and record of the project with a number (from 1)."""
    rng = random.Random(number)
    spec = load_form(form).project
    told: dict[str, object] = {"kind": rng.choice(_KINDS), "people": rng.randint(20, 900), "number": number}
    told["percent"] = rng.randint(90, 99)
    code = f"13030321{''.join(rng.choice(_LETTERS) for _ in range(8))}{number:05d}"
    goals = [f"保障本单位{told['people']}名工作人员工资及保险足额拨付", f"为第{number}项服务培训4次，不少于60人次"]
    changes: dict[str, object] = {"name": "{kind}（{number:05d}）".format(**told)}
    changes["goals"] = goals[: 1 if _is_single(form) else 2]
    if spec.path_of(Role.CODE):
        changes["code"] = code
    record = factories.project(form, number, **changes)
    purpose = spec.amounts[0].others[0].key if spec.amounts[0].others else ""
    if number % 10 == 0 and purpose:
        record = record.with_value((spec.amounts[0].key, purpose), None)
    return project_file(code), _varied(form, record, told)


def _varied(form: str, record: Record, told: dict[str, object]) -> Record:
    group = load_form(form).project.group_of(GroupRole.INDICATORS)
    assert group is not None
    for row in record.rows(group.key):
        for role, text in _VARIED.get(row.text(group.key_of(Role.LEVEL2)), {}).items():
            if group.column(role):
                record = record.with_value((group.key, row.id, group.key_of(role)), text.format(**told))
    return record


def document(form: str, count: int) -> Document:
    """A document of so many projects."""
    projects = dict(project(form, number) for number in range(1, count + 1))
    department = factories.department(form)
    return Document(year=factories.YEAR, unit=factories.UNIT, form=form, department=department, projects=projects)


def write(data: Path, form: str, count: int) -> DocumentFolder:
    """Write a document of so many projects into a data folder; where it is."""
    folder = document_folder(data, factories.YEAR, factories.UNIT)
    loaded = load_form(form)
    folder.path("projects").mkdir(parents=True, exist_ok=True)
    department = factories.department(form)
    folder.path(DEPARTMENT).write_text(canonical(department, loaded.spec_of(DEPARTMENT)), encoding="utf-8")
    for number in range(1, count + 1):
        file, record = project(form, number)
        folder.path(file).write_text(canonical(record, loaded.spec_of(file)), encoding="utf-8")
    return folder


def _is_single(form: str) -> bool:
    goals = load_form(form).project.group_of(GroupRole.GOALS)
    return goals is not None and goals.single


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--form", choices=form_ids(), default="hebei-2021")
    args = parser.parse_args()
    print(write(args.data, args.form, args.count).folder)


if __name__ == "__main__":
    main()
