"""What a definition can say of the printed page is printed so, and read back as the same records."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT

from perftui.exchange.docx_writer import write_docx
from perftui.exchange.layout import lay_out
from perftui.exchange.page import Contents, Section, Table
from perftui.forms import Form, load_form, look_in
from perftui.forms.assembly import SHIPPED
from perftui.forms.computed_fields import computed
from perftui.model.document import Document
from perftui.session.export import proven_docx
from tests import factories
from tests.conftest import ROOT
from tests.documents import import_document

FORMS = ROOT / "tests" / "data" / "form_definitions"
LIST, PARTS = "unit-list", "list-parts"


@pytest.fixture(autouse=True)
def forms(tmp_path: Path) -> None:
    """The forms, in a data folder."""
    folder = tmp_path / "forms"
    folder.mkdir()
    for name in (LIST, PARTS):
        (folder / f"{name}.toml").write_bytes((FORMS / f"{name}.toml").read_bytes())
    look_in(tmp_path)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def tables(document: Document, form: Form) -> list[Table]:
    return [block for block in lay_out(document, form).blocks if isinstance(block, Table)]


def listed() -> Document:
    """Two projects of a unit that has one table for all: the first with two rows, the second with none."""
    document = factories.document(LIST, projects=2)
    first, second = document.projects
    rows = [
        {"category": "产出指标", "name": "发放人数", "sign": "≥", "value": "100.00", "measure": "%", "weight": "50"},
        {"category": "效益指标", "name": "效果", "sign": "定性", "value": "明显"},
    ]
    record = factories.changed(document.projects[first], load_form(LIST).project, indicators=rows)
    other = factories.changed(document.projects[second], load_form(LIST).project, indicators=[])
    return document.with_record(first, record).with_record(second, other)


def test_one_table_lists_all_projects_of_the_unit() -> None:
    document, form = listed(), load_form(LIST)
    _unit, tasks, projects, box = tables(document, form)
    assert texts(tasks)[:2] == [["任务"], ["任务名称", "经费"]]
    assert texts(projects)[:2] == [
        ["项目", "指标", "指标值", "分值"], ["项目名称", "资金总额", "开始时间", "一级指标", "指标名称"],
    ]  # fmt: skip
    assert texts(projects)[2][3:] == ["产出指标（50分）", "发放人数", ">=100.00(%)", "50"]
    assert texts(projects)[3] == ["效益指标（30分）", "效果", "/明显", ""]
    assert [cell.row_span for cell in projects.rows[2].cells] == [2, 2, 2, 1, 1, 1, 1]
    assert texts(projects)[4][3:] == ["", "", "", ""]
    assert (box.rows[0].height, texts(box)[0][0]) == (30, "审核意见：")


def test_a_document_can_do_without_cover_and_contents_on_pages_that_lie_on_their_side() -> None:
    form = load_form(LIST)
    blocks = list(lay_out(listed(), form).blocks)
    assert blocks[0] == Section(start=1, landscape=True)
    assert not any(isinstance(block, Contents) for block in blocks)
    (section,) = docx.Document(BytesIO(proven_docx(listed(), form).data)).sections
    assert section.orientation is WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    assert sum(tables(listed(), form)[2].columns) == pytest.approx(225)


@pytest.mark.parametrize("document", [lambda: listed(), lambda: factories.document(PARTS, projects=2)])
def test_what_was_printed_is_read_as_it_was(document) -> None:  # type: ignore[no-untyped-def]
    before = document()
    form = load_form(before.form)
    again = import_document(proven_docx(before, form).data, form=form.id).document
    for record, other in zip(before.projects.values(), again.projects.values(), strict=True):
        assert [one for one in form.project.fields(record) if record.text(one[0])] != []
        assert said(form, other) == said(form, record)
    assert [row.values for row in again.department.rows("tasks")] == [
        row.values for row in before.department.rows("tasks")
    ]


def said(form: Form, record) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """Everything that a record says, rows in their order, whatever their ids."""
    found = [(".".join((path[0], path[-1])), record.text(path)) for path, _one in form.project.fields(record)]
    return [(name, text) for name, text in found if text]


def test_a_value_is_printed_in_parts() -> None:
    document = factories.document(PARTS, projects=1)
    (file,) = document.projects
    values = ["≥95%", "不少于60人次", "效果明显", "3-5天", "12月底前"]
    rows = [{"name": f"指标{number}", "value": value} for number, value in enumerate(values)]
    long_ones = next(group for group in load_form(PARTS).project.groups if group.key == "long")
    record = factories.with_rows(document.projects[file], long_ones, rows)
    long = tables(document.with_record(file, record), load_form(PARTS))[1]
    assert texts(long)[:2] == [["长期指标"], ["指标", "符号", "数值", "单位"]]
    assert [row[1:] for row in texts(long)[2:]] == [
        ["≥", "95", "%"], ["不少于", "60", "人次"], ["", "效果明显", ""], ["", "3-5天", ""], ["", "12月底前", ""],
    ]  # fmt: skip


def test_a_table_is_printed_only_when_it_says_something() -> None:
    document, form = factories.document(PARTS, projects=1), load_form(PARTS)
    (file,) = document.projects
    assert len(tables(document, form)) == 4
    bare = document.projects[file]
    for group in ("long", "costs"):
        for row in bare.rows(group):
            bare = bare.without_row(group, row.id)
    assert [texts(table)[0] for table in tables(document.with_record(file, bare), form)][1:] == [["年度指标"]]


def test_tables_that_adjoin_look_like_one_and_keep_a_header_each() -> None:
    document = factories.document("mof-2021", projects=1)
    body = docx.Document(BytesIO(proven_docx(document, load_form("mof-2021")).data)).element.body
    above = next(one for one in body if one.tag.endswith("}tbl"))
    between, below = above.getnext(), above.getnext().getnext()
    assert between.pPr.spacing.line.pt == 1
    assert below.tag == above.tag
    assert below.tr_lst[0].trPr.xpath("w:tblHeader")


def test_a_form_without_cover_says_its_year_over_the_table(tmp_path: Path) -> None:
    text = (SHIPPED / "mof-2021.toml").read_text(encoding="utf-8").replace('id = "mof-2021"', 'id = "bare"')
    begin, end = text.index("cover = "), text.index("title = ", text.index("[print]"))
    text = text[:begin] + text[end:]
    columns = text[text.index("widths = [", text.index("[print]")) :].partition("\n")[0].count(",") + 1
    cell = f'{{ text = "（{{year}}年度）{{unit}}", span = {columns} }}'
    over = f"[[print.tables.rows]]\nborders = false\ncells = [{cell}]\n\n"
    at = text.index("[[print.tables.rows]]")
    (tmp_path / "forms" / "bare.toml").write_text(text[:at] + over + text[at:], encoding="utf-8")
    document, form = factories.document("bare", projects=1), load_form("bare")
    assert texts(tables(document, form)[0])[0] == [f"（2021年度）{factories.UNIT_NAME}"]
    again = import_document(proven_docx(document, form).data, form="bare")
    assert (again.document.year, again.document.form) == (2021, "bare")


def test_a_computed_field_that_was_typed_as_it_is_computed_is_no_difference_on_paper() -> None:
    """It is read back as computed only, and says the same."""
    form = load_form("anxi-2022")
    document = factories.document("anxi-2022", projects=1)
    (file,) = document.projects
    record = document.projects[file]
    typed = record.with_value(("allocated",), computed(form.project, record, ("allocated",)))
    assert typed.text(("allocated",))
    assert proven_docx(document.with_record(file, typed), form).data


def test_a_unit_named_only_over_the_department_table_is_read_from_there() -> None:
    form, document = load_form("guangshui-2021"), factories.document("guangshui-2021", projects=0)
    out = BytesIO()
    write_docx(lay_out(document, form, front=False), out)
    again = import_document(out.getvalue(), form=form.id).document
    assert again.department.text(("unit_name",)) == factories.UNIT_NAME
