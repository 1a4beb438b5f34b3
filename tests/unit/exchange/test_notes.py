"""What a reviewer says stands in the margin of the DOCX, at the place that it is about."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from perftui.exchange.docx_package import parts_digest
from perftui.exchange.docx_writer import write_docx
from perftui.exchange.layout import lay_out
from perftui.exchange.page import MarginNote
from perftui.forms import load_form
from tests import factories
from tests.office import saved_again

FORM = load_form("hebei-2021")


def written(*notes: MarginNote, projects: int = 2) -> bytes:
    out = BytesIO()
    write_docx(lay_out(factories.document(projects=projects), FORM, notes=notes), out)
    return out.getvalue()


def first_file() -> str:
    return next(iter(factories.document(projects=2).projects))


def commented(data: bytes) -> dict[str, str]:
    """The text of each comment, and of the paragraph that it is about."""
    document = Document(BytesIO(data))
    said = {str(comment.comment_id): comment.text for comment in document.comments}
    found = {}
    for start in document.element.body.iter(qn("w:commentRangeStart")):
        texts = start.getparent().iter(qn("w:t"))
        found[said[start.get(qn("w:id"))]] = "".join(text.text or "" for text in texts)
    assert set(found) == set(said.values())
    return found


def test_a_note_stands_at_its_cell() -> None:
    note = MarginNote(record=first_file(), path=("budget", "total"), text="错误 F001：合计不对\n建议：重新相加")
    [(said, about)] = commented(written(note)).items()
    assert said == note.text
    total = factories.document(projects=2).record(note.record).text(("budget", "total"))
    assert about == total


def test_what_is_not_printed_has_its_note_at_the_nearest_place() -> None:
    record = factories.document(projects=2).record(first_file())
    row = record.rows("indicators")[1]
    notes = [
        MarginNote(record=first_file(), path=(), text="整个项目"),
        MarginNote(record=first_file(), path=("indicators", row.id, "nowhere"), text="这一行"),
        MarginNote(record=first_file(), path=("goals", record.rows("goals")[0].id, "text"), text="目标"),
        MarginNote(record="projects/gone.toml", path=("name",), text="没有的项目"),
    ]
    found = commented(written(*notes))
    assert set(found) == {note.text for note in notes}
    assert "绩效目标表" in found["整个项目"]
    assert found["这一行"] in [row.text(key) for key in row.values]
    assert record.rows("goals")[0].text("text") in found["目标"]


def test_a_document_with_nothing_to_stand_at_has_its_notes_all_the_same() -> None:
    out = BytesIO()
    document = factories.document(projects=0)
    empty = document.department.with_value(("overall_goal",), None)
    for group in ("duties", "safeguards"):
        empty = factories.with_rows(empty, FORM.department.group(group), [])  # type: ignore[arg-type]
    blank = type(document)(year=document.year, unit=document.unit, form=document.form, department=empty, projects={})
    write_docx(lay_out(blank, FORM, notes=[MarginNote(record="", path=(), text="空")]), out)
    assert list(commented(out.getvalue())) == ["空"]


def test_without_notes_there_is_no_part_for_them() -> None:
    with ZipFile(BytesIO(written())) as package:
        assert "word/comments.xml" not in package.namelist()
        assert b"comments" not in package.read("[Content_Types].xml")


@pytest.mark.parametrize("text", ["<w:p>&", "一\n二\n三", "「”'\""])
def test_a_note_comes_back_as_it_was(text: str) -> None:
    assert list(commented(written(MarginNote(record=first_file(), path=("name",), text=text)))) == [text]


def test_the_same_notes_give_the_same_parts() -> None:
    note = MarginNote(record=first_file(), path=("name",), text="一")
    assert parts_digest(BytesIO(written(note))) == parts_digest(BytesIO(written(note)))
    assert parts_digest(BytesIO(written(note))) != parts_digest(BytesIO(written()))


def test_libreoffice_keeps_every_note(tmp_path: Path) -> None:
    notes = [MarginNote(record=first_file(), path=("budget", "total"), text=f"第{number}条") for number in range(3)]
    again = saved_again(tmp_path, {"noted.docx": written(*notes)}, "odt", "docx")["noted.docx"]
    assert {comment.text for comment in Document(BytesIO(again)).comments} == {note.text for note in notes}
