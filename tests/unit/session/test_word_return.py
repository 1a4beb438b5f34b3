"""An export that was edited in Word comes back as what was done to it: three versions of each record, merged."""

import copy
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document as Word
from docx.table import Table
from hypothesis import given, settings
from hypothesis import strategies as st

from perftui.editing.edits import apply_all
from perftui.forms import load_form
from perftui.model.conflicts import conflict_rows
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.session.export import ExportRequest, proven_docx
from perftui.session.foreign_document import read_foreign
from perftui.session.import_plan import ImportPlan, plan_lines, plan_of
from perftui.session.row_pairing import places_of
from perftui.session.word_return import printed_from
from tests import factories
from tests.office import saved_again

FORM = load_form("hebei-2021")
DOCUMENT = factories.document(projects=1)
[(FILE, RECORD)] = DOCUMENT.projects.items()
ROWS = RECORD.rows("indicators")
NAME, VALUE = 2, 4
"""The columns of the printed table."""
Edit = Callable[[Table], None]


def edited(change: Edit, document: Document = DOCUMENT) -> bytes:
    """The export of a document with its table of indicators changed in Word."""
    word = Word(BytesIO(proven_docx(document, FORM).data))
    change(next(table for table in word.tables if table.cell(0, 0).text == "一级指标"))
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def unmarked(data: bytes, *, values_too: bool) -> bytes:
    """A document from which another program took the bookmarks, or the values as well."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = re.sub(rb"<w:bookmark(Start|End)[^>]*>", b"", part)
            if values_too and name == "word/_rels/document.xml.rels":
                part = re.sub(rb"<Relationship [^>]*customXml[^>]*/>", b"", part)
            if not values_too or not name.startswith("customXml"):
                target.writestr(name, part)
    return out.getvalue()


def plan_for(data: bytes, document: Document = DOCUMENT) -> ImportPlan:
    imported = read_foreign(data, "a.docx", form=FORM.id)
    return plan_of(document, FORM, imported.document, (), printed_from(imported, document, FORM))


def taken(data: bytes, document: Document = DOCUMENT) -> Record:
    return apply_all(document, tuple(plan_for(data, document).edits(changing=True)))[0].projects[FILE]


def rename(table: Table) -> None:
    table.cell(2, NAME).text = "改头换面的名称"


def delete(table: Table) -> None:
    row = table.rows[3]._tr
    row.getparent().remove(row)


def add(table: Table) -> None:
    row = copy.deepcopy(table.rows[3]._tr)
    table.rows[3]._tr.addnext(row)
    for column, text in ((NAME, "新增的指标"), (VALUE, "7次")):
        table.cell(4, column).text = text


def move(table: Table) -> None:
    table.rows[4]._tr.addnext(table.rows[3]._tr)


IDS = [row.id for row in ROWS]
DONE = [
    (
        rename,
        IDS,
        {"改动 项目 1 街道工作者补助 · 绩效指标 2 补助发放准确率 · 三级指标：补助发放准确率 → 改头换面的名称"},
    ),
    (delete, [*IDS[:2], *IDS[3:]], {"删除"}),
    (add, [*IDS[:3], "", *IDS[3:]], {"改动"}),
    (move, [*IDS[:2], IDS[3], IDS[2], *IDS[4:]], {"移动"}),
]


@pytest.mark.parametrize("marks", [True, False])
@pytest.mark.parametrize(("change", "ids", "told"), DONE, ids=lambda item: getattr(item, "__name__", ""))
def test_what_was_done_in_word_is_done_here(change: Edit, ids: list[str], told: set[str], *, marks: bool) -> None:
    data = edited(change) if marks else unmarked(edited(change), values_too=False)
    after = taken(data).rows("indicators")
    assert [row.id if row.id in IDS else "" for row in after] == ids
    lines = plan_lines(plan_for(data), DOCUMENT, FORM)
    assert [line for line in lines if any(line.startswith(word) for word in told)] == lines[:1]
    assert not [line for line in lines if "order" in line]


def test_a_document_without_marks_and_values_takes_nothing_away() -> None:
    plan = plan_for(unmarked(edited(delete), values_too=True))
    assert plan.changes == ()
    assert [one for one in plan.kept if ROWS[2].text("name") in one] != []


def test_what_both_sides_changed_is_a_conflict_and_the_rest_comes_together() -> None:
    def change(table: Table) -> None:
        table.cell(1, VALUE).text = "20人"
        table.cell(2, VALUE).text = "≥99%"

    ours = RECORD.with_value(("indicators", IDS[0], "value"), "19人").with_value(("name",), "这里改了名")
    document = DOCUMENT.with_record(FILE, ours)
    plan = plan_for(edited(change), document)
    after = taken(edited(change), document)
    assert after.text(("name",)) == "这里改了名"
    assert after.text(("indicators", IDS[1], "value")) == "≥99%"
    assert list(conflict_rows(after)) == [("indicators", IDS[0], "value")]
    assert {row.text("theirs") for rows in conflict_rows(after).values() for row in rows} == {"20人"}
    assert [
        line for line in plan_lines(plan, document, FORM) if line.startswith("冲突") and "19人 / 20人" in line
    ] != []


def test_what_only_we_changed_stays_and_what_no_page_shows_too() -> None:
    ours = RECORD.without_row("indicators", IDS[4]).with_value(("other_key",), "手写的")
    document = DOCUMENT.with_record(FILE, ours)
    data = edited(lambda _table: None)
    assert plan_for(data, document).changes == ()
    assert taken(data, document) == ours


def test_an_export_with_a_project_of_another_unit_comes_back_as_it_went() -> None:
    record = RECORD.with_value(("unit_code",), "613002").with_value(("unit_name",), "路南街道服务中心")
    for document in (DOCUMENT.with_record(FILE, record), factories.document(projects=2).with_record(FILE, record)):
        back = plan_for(proven_docx(document, FORM).data, document)
        assert (back.changes, back.warnings, back.alike) == ((), (), len(document.projects))


@pytest.mark.parametrize("values_too", [None, False, True])
def test_another_unit_over_a_projects_table_is_told(values_too: bool | None) -> None:
    word = Word(BytesIO(proven_docx(DOCUMENT, FORM).data))
    line = next(cell for table in word.tables for cell in table.rows[0].cells if "613001" in cell.text)
    line.paragraphs[0].runs[0].text = line.text.replace("613001", "613004")
    out = BytesIO()
    word.save(out)
    back = plan_for(out.getvalue() if values_too is None else unmarked(out.getvalue(), values_too=values_too))
    assert "613004" in "".join(back.warnings)


def test_a_switch_leaves_marks_and_values_out() -> None:
    plain = ZipFile(BytesIO(proven_docx(DOCUMENT, FORM, ExportRequest(returns=False)).data))
    assert not [name for name in plain.namelist() if name.startswith("customXml")]
    assert b"_pf" not in plain.read("word/document.xml")
    marked = ZipFile(BytesIO(proven_docx(DOCUMENT, FORM).data))
    values = marked.read("customXml/item1.xml").decode()
    assert RECORD.text(("code",)) in values
    assert [word for word in ("status", "conflicts", "schema", "form =") if word in values] == []


def test_an_export_of_another_document_is_compared_as_any_other() -> None:
    other = Document(year=2022, unit="613001", form=FORM.id, department=DOCUMENT.department, projects=DOCUMENT.projects)
    imported = read_foreign(proven_docx(DOCUMENT, FORM).data, "a.docx", form=FORM.id)
    assert printed_from(imported, other, FORM) is None
    assert printed_from(imported, DOCUMENT, FORM) is not None


def test_another_program_keeps_marks_and_values(tmp_path: Path) -> None:
    [again] = saved_again(tmp_path, {"a.docx": edited(move)}, "docx").values()
    assert [row.id for row in taken(again).rows("indicators")] == DONE[3][1]
    assert len(plan_for(again).changes) == 1


@settings(max_examples=60)
@given(st.permutations(range(8)), st.sets(st.integers(0, 7)))
def test_places_rise_and_most_stay(order: list[int], new: set[int]) -> None:
    before = [None if one in new else (one + 1) * 1000 for one in order]
    places = places_of(before)
    assert places == sorted(set(places))
    if order == sorted(order):
        assert [place for place, old in zip(places, before, strict=True) if old] == [old for old in before if old]
