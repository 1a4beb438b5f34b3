"""The printed document of both forms: parts in order, tables as the form says, blanks blank, merges only of equals."""

from collections.abc import Iterable

import pytest

from perftui.exchange.layout import lay_out, project_page
from perftui.exchange.page import Align, Block, Contents, Paragraph, Section, StyleName, Table, grid
from perftui.exchange.page_measure import estimate_pages
from perftui.forms import GroupRole, Kind, Role, load_form
from perftui.model.document import Document
from perftui.model.record import ORDER, Record, Row
from tests import factories
from tests.factories import FORMS, UNIT_NAME


def paragraphs(blocks: Iterable[Block], *styles: StyleName) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph) and block.style in styles]


def tables(document: Document, file: str) -> list[Table]:
    printed = project_page(document, load_form(document.form), file)
    return [block for block in printed.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def with_project(form: str, record: Record) -> tuple[Document, str]:
    document = factories.document(form, projects=1)
    file = next(iter(document.projects))
    return document.with_record(file, record), file


def indicators(form: str, *rows: dict[Role, str]) -> list[list[str]]:
    document, file = with_project(form, factories.project(form, indicators=rows))
    return texts(tables(document, file)[-1])


@pytest.mark.parametrize("form_id", FORMS)
def test_the_parts_stand_in_order(form_id: str) -> None:
    form = load_form(form_id)
    document = factories.document(form_id, projects=2)
    blocks = list(lay_out(document, form).blocks)
    titles = paragraphs(blocks, StyleName.COVER_TITLE, StyleName.CONTENTS_TITLE, StyleName.TITLE)
    cover = "\n".join(line.format(unit=UNIT_NAME, year=2021) for line in form.layout.cover)
    parts = [part for part in (form.layout.department_part, form.layout.project_part) if part]
    front = [text for text in (cover, form.layout.contents) if text]
    assert titles == [*front, *parts]
    pages = Section(start=1, landscape=form.layout.landscape)
    assert [block for block in blocks if isinstance(block, Section)] == [
        *([Section(numbered=False)] if cover else []), pages
    ]  # fmt: skip
    assert sum(isinstance(block, Contents) for block in blocks) == bool(form.layout.contents)
    names = [form.project_title(record) for record in document.projects.values()]
    assert paragraphs(blocks, StyleName.HEADING_PROJECT) == [f"1、{names[0]}", f"2、{names[1]}"]


@pytest.mark.parametrize("form_id", FORMS)
def test_every_table_fills_its_grid_and_every_value_is_printed(form_id: str) -> None:
    form = load_form(form_id)
    document = factories.document(form_id, projects=1)
    (file,) = document.projects
    record = document.record(file)
    found = tables(document, file)
    for table in found:
        assert all(row for row in grid(table))
        assert sum(table.columns) == pytest.approx(225 if form.layout.landscape else 156)
    printed = "\n".join(cell.text for table in found for row in table.rows for cell in row.cells)
    for group in form.project.groups:
        for row in record.rows(group.key):
            columns = [one for one in group.columns if one.kind is not Kind.AMOUNT]
            assert all(row.text(column.key) in printed for column in columns)
    sources = {cell.source for table in found for row in table.rows for cell in row.cells if cell.source}
    assert all(form.project.field(path) or form.project.group(path[0]) for path in sources)


def test_the_blocks_can_be_gone_through_again() -> None:
    printed = lay_out(factories.document(projects=1), load_form("hebei-2021"))
    assert list(printed.blocks) == list(printed.blocks)


def test_part_one_leads_the_duties_texts_and_prints_nothing_for_an_absent_one() -> None:
    duties = [{Role.NAME: "信访", Role.RESPONSIBILITY: "接待来访。"}, {Role.NAME: "党建", Role.STANDARD: "优。"}]
    document = factories.document(projects=0, duties=duties, overall_goal=None)
    blocks = list(lay_out(document, load_form("hebei-2021")).blocks)
    assert paragraphs(blocks, StyleName.HEADING3)[:2] == ["1、信访", "2、党建"]
    body = paragraphs(blocks, StyleName.BODY)
    assert body[:2] == ["主要职责是接待来访。", "绩效标准：优。"]
    headings = paragraphs(blocks, StyleName.HEADING2)
    assert headings == ["（二）部门职责分类绩效目标情况说明", "（三）工作保障措施："], "no heading over nothing"


def test_a_text_of_several_lines_is_several_paragraphs() -> None:
    document = factories.document(projects=0, overall_goal="第一段。\n第二段。")
    blocks = list(lay_out(document, load_form("hebei-2021")).blocks)
    assert paragraphs(blocks, StyleName.BODY)[:2] == ["第一段。", "第二段。"]


def test_a_cover_names_the_department_where_it_has_a_name() -> None:
    document = factories.document(projects=0, department_name="路南街道办事处")
    printed = lay_out(document, load_form("hebei-2021"))
    assert printed.title == "路南街道办事处2021年部门预算绩效文本"


def test_goals_are_numbered_one_a_line_and_blank_ones_left_out() -> None:
    record = factories.project(goals=["甲", {}, "乙\n丙"])
    document, file = with_project("hebei-2021", record)
    assert texts(tables(document, file)[0])[-1] == ["绩效目标", "1. 甲\n2. 乙\n丙"]


def test_a_form_with_one_goal_text_prints_it_as_it_stands() -> None:
    record = factories.project("mof-2021", goals=["目标一；\n目标二。"])
    document, file = with_project("mof-2021", record)
    assert texts(tables(document, file)[0])[-1] == ["年度绩效目标", "目标一；\n目标二。"]


def test_a_blank_plan_and_blank_amounts_stay_blank() -> None:
    blank: dict[str, None] = dict.fromkeys(["plan.m03", "plan.m06", "plan.m10", "plan.m12", "budget.other"])
    document, file = with_project("hebei-2021", factories.project(**blank))
    found = texts(tables(document, file)[0])
    assert found[5] == ["", "", "", ""]
    assert found[2][-1] == ""


def test_amounts_are_printed_in_the_documents_unit() -> None:
    amounts = {"budget.total": "2179600.00", "budget.fiscal": "2179600.00", "budget.other": "0.00"}
    record = factories.project(**amounts)
    document, file = with_project("hebei-2021", record)
    assert texts(tables(document, file)[0])[2][2::2] == ["2179600.00", "2179600.00", "0"]
    document = document.with_record("department.toml", factories.department(amount_unit="万元"))
    found = texts(tables(document, file)[0])
    assert found[0][1] == "单位：万元"
    assert found[2][2::2] == ["217.96", "217.96", "0"]


def test_a_projects_own_unit_and_title_are_printed() -> None:
    record = factories.project(title="涉军公益岗补助及续聘绩效目标表", unit_code="613002", unit_name="第二中学")
    document, file = with_project("hebei-2021", record)
    assert texts(tables(document, file)[0])[0][0] == "613002第二中学"
    printed = project_page(document, load_form("hebei-2021"), file)
    assert printed.title == "涉军公益岗补助及续聘绩效目标表"
    assert paragraphs(printed.blocks, StyleName.HEADING_PROJECT) == ["1、涉军公益岗补助及续聘绩效目标表"]


def test_rows_of_the_skeleton_are_not_printed() -> None:
    levels = {Role.LEVEL1: "产出指标", Role.LEVEL2: "数量指标"}
    rows = indicators("hebei-2021", levels, {**levels, Role.NAME: "人数"})
    assert [row[2] for row in rows] == ["三级指标", "人数"]


def test_equal_neighbours_are_merged_and_a_class_only_inside_its_category() -> None:
    made = [("甲", "子", "a"), ("甲", "子", "b"), ("乙", "子", "c"), ("甲", "子", "d"), ("", "", "e"), ("", "", "f")]
    rows = [dict(zip((Role.LEVEL1, Role.LEVEL2, Role.NAME), row, strict=True)) for row in made]
    document, file = with_project("mof-2021", factories.project("mof-2021", indicators=_plain(rows)))
    table = tables(document, file)[-1]
    spans = [[(cell.text, cell.row_span) for cell in row.cells[:-2]] for row in table.rows[1:]]
    assert spans == [
        [("甲", 2), ("子", 2), ("a", 1)],
        [("b", 1)],
        [("乙", 1), ("子", 1), ("c", 1)],
        [("甲", 1), ("子", 1), ("d", 1)],
        [("", 1), ("", 1), ("e", 1)],
        [("", 1), ("", 1), ("f", 1)],
    ]
    assert all(row for row in grid(table))


def _plain(rows: list[dict[Role, str]]) -> list[dict[Role, str]]:
    return [{role: text for role, text in row.items() if text} for row in rows]


@pytest.mark.parametrize("form_id", FORMS)
def test_the_header_is_repeated_and_stands_alone_where_there_are_no_rows(form_id: str) -> None:
    record = factories.project(form_id)
    for group in load_form(form_id).project.groups:
        if group.role is GroupRole.INDICATORS:
            record = factories.with_rows(record, group, [])
    document, file = with_project(form_id, record)
    table = tables(document, file)[-1]
    assert all(row.header for row in table.rows)
    assert {cell.align for row in table.rows for cell in row.cells} == {Align.CENTER}


def test_some_projects_are_printed_alone_and_keep_their_numbers() -> None:
    document = factories.document(projects=3)
    files = list(document.projects)[1:]
    blocks = list(lay_out(document, load_form("hebei-2021"), files).blocks)
    assert [text[:2] for text in paragraphs(blocks, StyleName.HEADING_PROJECT)] == ["2、", "3、"]
    assert isinstance(blocks[0], Paragraph)
    assert not any(isinstance(block, Section | Contents) for block in blocks)


@pytest.mark.parametrize("form_id", FORMS)
def test_an_unfinished_project_is_printed_as_well(form_id: str) -> None:
    document, file = with_project(form_id, Record(head={ORDER: 1000}))
    assert all(grid(table) for table in tables(document, file))


def test_a_row_with_nothing_but_unknown_keys_is_not_printed() -> None:
    form = load_form("hebei-2021")
    group = form.project.group_of(GroupRole.GOALS)
    assert group is not None
    record = factories.project(goals=["甲"]).with_row(group.key, Row(id="zzzzzz", values={ORDER: 9000, "备注": "x"}))
    document, file = with_project(form.id, record)
    assert texts(tables(document, file)[0])[-1][1] == "1. 甲"


def test_a_draft_is_marked_and_ends_with_its_remarks() -> None:
    document = factories.document(projects=1)
    printed = lay_out(
        document, load_form("hebei-2021"), remarks=[("错误 C001", "…", "项目 1", ""), ("警告 D001", "…", "", "")]
    )
    blocks = list(printed.blocks)
    assert printed.title.endswith("（草稿）")
    assert "（草稿）" in paragraphs(blocks, StyleName.COVER_TEXT)
    assert paragraphs(blocks, StyleName.TITLE)[-1] == "审核意见"
    assert isinstance(blocks[-1], Table)
    assert [row[:3] for row in texts(blocks[-1])[1:]] == [["错误 C001", "…", "项目 1"], ["警告 D001", "…", ""]]
    some = list(lay_out(document, load_form("hebei-2021"), list(document.projects), remarks=[]).blocks)
    assert paragraphs(some, StyleName.COVER_TEXT) == ["（草稿）"]
    assert paragraphs(some, StyleName.TITLE) == []


def test_no_part_is_announced_that_has_nothing_in_it() -> None:
    document = factories.document(projects=0, duties=[], safeguards=[], overall_goal=None)
    blocks = list(lay_out(document, load_form("hebei-2021")).blocks)
    assert paragraphs(blocks, StyleName.TITLE, StyleName.HEADING2) == []


def test_the_first_project_stands_on_the_page_of_its_parts_title() -> None:
    printed = lay_out(factories.document(projects=2), load_form("hebei-2021"))
    pages = {entry.text: entry.page for entry in estimate_pages(printed).entries}
    title, first, second = list(pages)[-3:]
    assert pages[title] == pages[first] < pages[second]


def test_without_cover_and_contents_the_parts_are_the_same() -> None:
    document = factories.document(projects=2)
    form = load_form("hebei-2021")
    whole, bare = (list(lay_out(document, form, front=front).blocks) for front in (True, False))
    assert bare == whole[-len(bare) :]
    assert not any(isinstance(block, Contents | Section) for block in bare)


def test_every_page_of_a_draft_says_so_at_its_foot() -> None:
    document, form = factories.document(projects=1), load_form("hebei-2021")
    assert lay_out(document, form, remarks=()).stamp == "草稿"
    assert lay_out(document, form, remarks=()).draft
    assert not lay_out(document, form, stamp="校验 0123456789").draft
    assert lay_out(document, form, remarks=(), stamp="校验 0123456789").stamp == "草稿　校验 0123456789"
