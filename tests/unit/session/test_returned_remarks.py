"""The comments of a returned document are remarks at their fields, until somebody settles them."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
from docx import Document as Word
from openpyxl.comments import Comment

from perftui.editing.edits import apply_all
from perftui.forms import load_form
from perftui.model.document import Document
from perftui.model.record import FieldPath
from perftui.model.remarks import open_remarks, remarks_of
from perftui.review.engine import review
from perftui.session.export import ExportRequest, proven_docx, proven_workbook
from perftui.session.final_check import notes_of, open_findings
from perftui.session.foreign_document import read_foreign
from perftui.session.import_plan import plan_lines, plan_of
from perftui.session.returned_remarks import of_remarks, settling
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from tests import factories
from tests.office import saved_again
from tests.unit.exchange.read_samples import W, docx, package, para, row, run, table

FORM = load_form("hebei-2021")


def returned(document: Document, said: dict[str, str], request: ExportRequest | None = None) -> bytes:
    """The document from Word with comments: what each says, by the text of the cell or paragraph it stands beside."""
    word = Word(BytesIO(proven_docx(document, FORM, request or ExportRequest()).data))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    paragraphs = [*word.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
    for text, comment in said.items():
        paragraph = next(one for one in paragraphs if one.text == text)
        word.add_comment(paragraph.runs, text=comment, author="李四", initials="李")
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def remarks(document: Document) -> dict[str, tuple[str, FieldPath]]:
    """What each remark says: the field's text and its path."""
    return {
        one.text: (record.text(one.path) if len(one.path) in (1, 3) or one.path[:1] == ("budget",) else "", one.path)
        for _file, record in document.files()
        for one in remarks_of(record)
    }


def test_a_comment_is_a_remark_at_its_field() -> None:
    document = factories.document(projects=1)
    said = {"≥95%": "依据是什么", "街道工作者补助": "名称与批复不一致", "1、机关运转保障": "职责写全"}
    found = remarks(read_foreign(returned(document, said), "a.docx").document)
    assert {text: field for text, (field, _path) in found.items()} == {
        "依据是什么": "≥95%", "名称与批复不一致": "街道工作者补助", "职责写全": "机关运转保障",
    }  # fmt: skip


def test_a_comment_beside_one_of_two_equal_amounts_is_that_ones() -> None:
    document = factories.document(projects=1)
    file, record = next(iter(document.projects.items()))
    amounts = {"total": "500.00", "fiscal": "500.00", "other": "0.00"}
    for key, text in amounts.items():
        record = record.with_value(("budget", key), text)
    word = Word(BytesIO(proven_docx(document.with_record(file, record), FORM).data))
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells if cell.text == "500.00"]
    word.add_comment(cells[-1].paragraphs[0].runs, text="财政资金不对", author="李四", initials="李")
    out = BytesIO()
    word.save(out)
    assert remarks(read_foreign(out.getvalue(), "a.docx").document)["财政资金不对"] == ("500.00", ("budget", "fiscal"))


def test_remarks_go_into_the_open_document_at_its_own_rows_and_once() -> None:
    document = factories.document(projects=1)
    data = returned(document, {"≥95%": "依据是什么"})
    plan = plan_of(document, FORM, read_foreign(data, "a.docx", form=FORM.id).document)
    assert [line for line in plan_lines(plan, document, FORM) if "批注" in line] != []
    after, _back = apply_all(document, tuple(plan.edits(changing=True)))
    [(_file, record)] = after.projects.items()
    [remark] = open_remarks(record)
    assert (record.text(remark.path), remark.by) == ("≥95%", "李四")
    assert decode(canonical(record, FORM.project).encode(), FORM.project) == record
    again = plan_of(after, FORM, read_foreign(data, "a.docx", form=FORM.id).document)
    assert again.changes == ()


def test_a_finding_of_our_own_in_the_margin_is_no_remark_and_a_remark_is_written_back() -> None:
    document = factories.document(projects=1)
    file, record = next(iter(document.projects.items()))
    document = document.with_record(file, record.with_value(("budget", "total"), "7.00"))
    found = open_findings(review(document, FORM))
    marked = returned(document, {"≥95%": "依据是什么"}, ExportRequest(notes=notes_of(document, found)))
    imported = read_foreign(marked, "a.docx", form=FORM.id)
    assert list(remarks(imported.document)) == ["依据是什么"]
    assert any("不重复记" in note.message for note in imported.notes)
    assert [note.text.split("\n")[0] for note in imported.notes if "待处理" in note.message] == ["依据是什么"]
    again = open_findings(review(imported.document, FORM))
    printed = proven_docx(imported.document, FORM, ExportRequest(notes=notes_of(imported.document, again))).data
    comments = [(one.author, one.text) for one in Word(BytesIO(printed)).comments]
    assert ("李四", "依据是什么") in comments
    back = read_foreign(printed, "b.docx", form=FORM.id).document
    assert remarks(back).keys() == {"依据是什么"}


def test_a_remark_is_settled_with_an_answer() -> None:
    document = factories.document(projects=1)
    document = read_foreign(returned(document, {"≥95%": "依据是什么"}), "a.docx", form=FORM.id).document
    waiting, _others = of_remarks(open_findings(review(document, FORM)))
    assert [one.message for one in waiting] == ["李四批注：依据是什么"]
    settled, _back = apply_all(document, tuple(settling(document, waiting, "见文件第3条", "王芳")))
    assert of_remarks(review(settled, FORM))[0] == ()
    [(_file, record)] = settled.projects.items()
    [remark] = remarks_of(record)
    assert (remark.answer, remark.settled) == ("见文件第3条", "王芳")


def test_answers_and_what_was_resolved_in_word_come_along() -> None:
    w14, w15 = (f"http://schemas.microsoft.com/office/word/{year}/wordml" for year in (2010, 2012))
    mark = (
        '<w:commentRangeStart w:id="{0}"/>{1}<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>'
    )
    said = "".join(
        f'<w:comment w:id="{number}" w:author="{by}" w:date="2021-11-30T09:00:00Z"><w:p w14:paraId="{mark_id}">'
        f"{run(text)}</w:p></w:comment>"
        for number, by, text, mark_id in (
            (0, "李四", "金额不对", "A1"), (1, "王芳", "已改", "A2"), (2, "李四", "好", "A3"),
        )
    )  # fmt: skip
    comments = f'<w:comments xmlns:w="{W}" xmlns:w14="{w14}">{said}</w:comments>'
    extended = (
        f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="A1" w15:done="0"/>'
        '<w15:commentEx w15:paraId="A2" w15:paraIdParent="A1" w15:done="0"/>'
        '<w15:commentEx w15:paraId="A3" w15:done="1"/></w15:commentsEx>'
    )
    body = para("2022年度项目支出绩效目标表") + table(
        row("项目名称", f"<w:tc><w:p>{mark.format(2, run('道路维修'))}</w:p></w:tc>"),
        row("年度资金总额（万元）", f"<w:tc><w:p>{mark.format(0, run('12'))}</w:p></w:tc>"),
        row("年度绩效目标", "修好道路"),
    )
    more = {"word/comments.xml": comments, "word/commentsExtended.xml": extended}
    imported = read_foreign(docx(body, more), "a.docx", form="mof-2021")
    [record] = imported.document.projects.values()
    assert {note.message for note in imported.notes if "批注" in note.message} == {
        "批注，留作这一处的批注，待处理：金额不对", "批注，留作这一处的批注，已办结：好",
    }  # fmt: skip
    found = {one.text: one for one in remarks_of(record)}
    remark = found["金额不对"]
    assert (remark.by, remark.date, remark.answer, remark.settled) == ("李四", "2021-11-30", "王芳：已改", "")
    assert record.text(found["金额不对"].path) == "120000.00"
    assert (found["好"].settled, "已改" in found) == ("李四", False)


def test_comments_come_through_another_program(tmp_path: Path) -> None:
    data = returned(factories.document(projects=1), {"≥95%": "依据是什么"})
    [again] = saved_again(tmp_path, {"a.docx": data}, "odt").values()
    assert remarks(read_foreign(again, "a.odt").document)["依据是什么"][0] == "≥95%"


CELLS = (
    ("项目名称", "道路维修", "项目编码", "A1"),
    ("年度资金总额（万元）", "12", "其中：财政拨款", "12"),
    ("年度绩效目标", "修好道路", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "维修里程", "≥12公里"),
)


def read_back(data: bytes, name: str) -> dict[str, tuple[str, str, str]]:
    """Each remark of the only project: the text of its field, who made it, its answer."""
    [record] = read_foreign(data, name, form="mof-2021").document.projects.values()
    return {one.text: (record.text(one.path), one.by, one.answer) for one in remarks_of(record)}


def sheet(said: dict[str, str]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["B1"] = "项目支出绩效目标表"
    for number, cells in enumerate(CELLS, 3):
        for column, text in enumerate(cells, 1):
            page.cell(number, column, text or None)
    for place, text in said.items():
        page[place].comment = Comment(text, "李四")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


NOTES = {"B3": "李四:\n名称不全", "D4": "没有批复", "C7": "里程含支路吗", "A4": "写清来源"}
THERE = {
    "名称不全": ("道路维修", "李四", ""), "没有批复": ("120000.00", "李四", ""),
    "里程含支路吗": ("维修里程", "李四", ""), "写清来源": ("120000.00", "李四", ""),
}  # fmt: skip


def test_notes_at_the_cells_of_a_sheet_are_remarks_at_their_fields() -> None:
    assert read_back(sheet(NOTES), "a.xlsx") == THERE


def test_a_note_on_a_sheet_that_this_program_made_is_a_remark_too() -> None:
    book = openpyxl.load_workbook(BytesIO(proven_workbook(factories.document(projects=1), FORM)))
    [cell] = [cell for page in book for row in page.iter_rows() for cell in row if cell.value == "≥95%"][:1]
    cell.comment = Comment("依据是什么", "李四")
    out = BytesIO()
    book.save(out)
    assert remarks(read_foreign(out.getvalue(), "a.xlsx").document)["依据是什么"][0] == "≥95%"


def test_threads_of_comments_on_a_sheet_come_with_their_answers() -> None:
    spaces = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships"
    thread = (
        f'<ThreadedComments xmlns="{spaces}">'
        '<threadedComment ref="D4" dT="2021-11-30T09:00:00" personId="{P}" id="{1}">'
        "<text>没有批复</text></threadedComment>"
        '<threadedComment ref="D4" personId="{Q}" id="{2}" parentId="{1}"><text>已附上</text></threadedComment>'
        "</ThreadedComments>"
    )
    persons = (
        f'<personList xmlns="{spaces}"><person displayName="李四" id="{{P}}"/><person displayName="王芳" id="{{Q}}"/>'
        "</personList>"
    )
    relation = '<Relationship Id="rT" Type="{}" Target="{}"/></Relationships>'
    with ZipFile(BytesIO(sheet({"D4": "[线程批注]"}))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    comment = next(name for name in parts if name.startswith("xl/comments"))
    parts[comment] = parts[comment].replace("李四".encode(), b"tc={1}")
    for name, kind, target in (
        ("xl/worksheets/_rels/sheet1.xml.rels", f"{kinds}/threadedComment", "../threadedComments/threadedComment1.xml"),
        ("xl/_rels/workbook.xml.rels", f"{kinds}/person", "persons/person.xml"),
    ):
        parts[name] = parts[name].replace(b"</Relationships>", relation.format(kind, target).encode())
    parts["xl/threadedComments/threadedComment1.xml"] = thread.encode()
    parts["xl/persons/person.xml"] = persons.encode()
    assert read_back(package(parts), "a.xlsx") == {"没有批复": ("120000.00", "李四", "王芳：已附上")}


def test_comments_that_word_writes_into_a_web_page_are_remarks_at_their_fields() -> None:
    link = '<a class=msocomanchor href="#_msocom_{0}" name="_msoanchor_{0}">[L{0}]</a>'
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in cells)}</tr>" for cells in CELLS)
    about = "<a style='mso-comment-reference:L_1;mso-comment-date:20211130T1200'>道路</a>维修"
    rows = rows.replace("道路维修", about + link.format(1), 1).replace("≥12公里", "≥12公里" + link.format(2))
    said = "".join(
        f"<div style='mso-element:comment'><div id=\"_com_{number}\" class=msocomtxt>"
        f'<span style=\'mso-comment-author:"李四"\'><a name="_msocom_{number}"></a></span>'
        f'<p><a href="#_msoanchor_{number}" class=msocomoff>[L{number}]</a>{text}</p></div></div>'
        for number, text in ((1, "名称不全"), (2, "依据是什么"))
    )
    page = f"<html><body><table>{rows}</table><div style='mso-element:comment-list'>{said}</div></body></html>"
    found = {"名称不全": ("道路维修", "李四", ""), "依据是什么": ("≥12公里", "李四", "")}
    assert read_back(page.encode(), "a.doc") == found
    archive = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html;"
    archive += b" charset=utf-8\r\n\r\n" + page.encode() + b"\r\n--b--\r\n"
    assert read_back(archive, "a.mht") == found


def test_comments_of_a_sheet_in_one_xml_file_are_remarks() -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    said = '<Comment ss:Author="李四"><ss:Data>李四:没有批复</ss:Data></Comment>'
    rows = "".join(
        "<Row>" + "".join(
            f'<Cell><Data ss:Type="String">{text}</Data>{said if number == 1 and at == 3 else ""}</Cell>'
            for at, text in enumerate(cells)
        ) + "</Row>" for number, cells in enumerate(CELLS)
    )  # fmt: skip
    book = (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f"<Worksheet><Table>{rows}</Table></Worksheet></Workbook>"
    )
    assert read_back(book.encode(), "a.xls") == {"没有批复": ("120000.00", "李四", "")}
