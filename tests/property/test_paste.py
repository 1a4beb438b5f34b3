"""Whatever is pasted: no text is lost, one undo takes all of it back, and what was there is only changed as told."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from perftui.editing.edits import apply_all
from perftui.editing.paste import PastePlan
from perftui.editing.paste_projects import plan_projects
from perftui.editing.paste_rows import RowTarget, plan_rows
from perftui.forms import load_form
from perftui.model.document import Document, project_file
from perftui.model.record import Record
from perftui.session.pasted_text import plan_indicators, plan_read
from perftui.tui.state.paste_labels import form_labels
from tests.factories import document, project

FORM = load_form("hebei-2021")
LABELS = form_labels(FORM.id)
FILE = project_file("here")
WORDS = (
    *("", "甲", "乙乙", "数量指标", "质量", "产出指标", "一级指标", "二级指标", "三级指标", "指标值", "备注", "18人"),
    *("12万", "十二元", "项目名称", "预算数", "财政资金", "绩效目标", "1. 一\n2. 二", "3月底", "25%", "合计", "≥98％"),
    *("x" * 61, "\u202e乙"),
)
BLOCKS = st.lists(st.lists(st.sampled_from(WORDS), max_size=7), max_size=6)
GROUP = next(group for group in FORM.project.groups if len(group.columns) > 1)


def record(rows: int) -> Record:
    whole = project(goals=[])
    kept = whole.rows(GROUP.key)[:rows]
    return replace(whole, groups={GROUP.key: kept} if kept else {})


def check(before: Document, plan: PastePlan) -> None:
    after, inverses = apply_all(before, plan.edits)
    assert apply_all(after, inverses)[0] == before
    changed = {cell.place.path[-1] for cell in plan.cells if cell.place and not cell.refusal}
    for file, old in before.projects.items():
        for path, _field in FORM.project.fields(old):
            if after.record(file).text(path) != old.text(path):
                assert path[-1] in changed | {GROUP.columns[0].key}, "a field was changed that the plan does not tell"


@given(BLOCKS, st.integers(0, 9), st.integers(0, 5), st.integers(0, 9), st.booleans())
def test_into_rows(block: list[list[str]], row: int, column: int, stored: int, matched: bool) -> None:
    whole = document(projects=0).with_record(FILE, record(stored))
    targets = [RowTarget(row_id=one.id) for one in whole.record(FILE).rows(GROUP.key)]
    plan = plan_indicators(whole, FORM, FILE, block, LABELS, "元") if matched else None
    plan = plan or plan_rows(
        FORM, FILE, whole.record(FILE), GROUP, targets, (row, column), block, "元", blanks=not matched
    )
    check(whole, plan)


@given(BLOCKS)
def test_into_a_form(block: list[list[str]]) -> None:
    whole = document(projects=0).with_record(FILE, record(3))
    plan = plan_read(whole, FORM, FILE, block, LABELS, "元")
    if plan is not None:
        check(whole, plan)


@given(BLOCKS, st.integers(0, 3), st.integers(0, 3))
def test_into_projects(block: list[list[str]], row: int, column: int) -> None:
    whole = document(projects=3)
    amounts = FORM.project.amounts[0]
    paths = [amounts.path(one) for one in (*amounts.amounts, amounts.others[0])]
    check(whole, plan_projects(whole, FORM, list(whole.projects), paths, (row, column), block, LABELS, "元"))


@given(st.lists(st.lists(st.sampled_from(["甲", "乙乙", "18人", "x" * 61]), min_size=1, max_size=8), max_size=5))
def test_no_text_is_lost_where_the_cells_fall(block: list[list[str]]) -> None:
    blank = record(0)
    plan = plan_rows(FORM, FILE, blank, GROUP, (), (0, 2), block, "元")
    told = [cell.text for cell in plan.cells if not cell.refusal] + list(plan.left_over)
    assert sorted(told) == sorted(text for line in block for text in line)
