"""A document exported: proven before it replaces anything, refused by name where it cannot be printed."""

import io
import os
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from perftui.exchange import docx_writer
from perftui.files.errors import FileError
from perftui.forms import GroupRole, Role, load_form
from perftui.model.document import Document
from perftui.model.record import Record
from perftui.session.export import ExportRequest, NotExported, export_document, proven_docx
from tests import factories
from tests.conftest import RunPython
from tests.factories import FORMS

FORM = load_form("hebei-2021")


def with_first(document: Document, change: Callable[[Record], Record]) -> Document:
    file = next(iter(document.projects))
    return document.with_record(file, change(document.projects[file]))


def text_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


@pytest.mark.parametrize("form_id", FORMS)
def test_an_export_is_whole_and_the_same_every_time(form_id: str, tmp_path: Path) -> None:
    document, form = factories.document(form_id, projects=2), load_form(form_id)
    result = export_document(document, form, tmp_path / "exports")
    assert (result.projects, result.size, result.doubts) == (2, result.path.stat().st_size, ())
    assert result.path.read_bytes() == proven_docx(document, form).data
    result.path.write_bytes(b"older")
    assert export_document(document, form, tmp_path / "exports").path.read_bytes() == proven_docx(document, form).data
    assert [path.name for path in (tmp_path / "exports").iterdir()] == [result.path.name]


def test_a_file_of_ones_own_and_only_some_projects(tmp_path: Path) -> None:
    document = factories.document(projects=3)
    result = export_document(
        document, FORM, tmp_path / "a.docx", ExportRequest(files=frozenset([list(document.projects)[1]]))
    )
    assert (result.path, result.projects) == (tmp_path / "a.docx", 1)


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("remarks", [None, (), (("错误 F003", "不相等", "项目 1 预算数", "改"),)])
def test_selections_and_drafts_are_proven_too(
    form_id: str, remarks: tuple[tuple[str, str, str, str], ...] | None
) -> None:
    document, form = factories.document(form_id, projects=3), load_form(form_id)
    files = list(document.projects)
    for chosen in (None, files[:1], files[1:]):
        wanted = ExportRequest(
            files=None if chosen is None else frozenset(chosen), remarks=remarks, stamp="数据 0123456789"
        )
        assert proven_docx(document, form, wanted).doubts == ()


def test_a_document_of_nothing_but_its_forms_is_proven() -> None:
    empty = Record(head={"order": 1000})
    bare = factories.department(overall_goal=None, duties=[], safeguards=[])
    document = Document(year=2021, unit="613001", form=FORM.id, department=bare, projects={"projects/a.toml": empty})
    assert proven_docx(document, FORM).doubts == ()
    assert proven_docx(document.without("projects/a.toml"), FORM).doubts == ()


@pytest.mark.parametrize("unit", ["元", "万元"])
def test_amounts_are_printed_in_the_documents_unit(unit: str) -> None:
    document = with_first(
        factories.document(amount_unit=unit),
        lambda one: factories.changed(one, FORM.project, **{"budget.total": "1973600.01"}),
    )
    text = text_of(proven_docx(document, FORM).data)
    assert f"单位：{unit}<" in text
    assert {"元": ">1973600.01<", "万元": ">197.360001<"}[unit] in text


def test_two_thousand_characters_and_sixty_rows_are_proven() -> None:
    long = ("按时足额拨付街道工作者补助经费。" * 125)[:2000]
    levels = {Role.LEVEL1: "产出指标", Role.LEVEL2: "数量指标"}
    rows = [{**levels, Role.NAME: f"指标{number}", Role.VALUE: f"{number}人"} for number in range(60)]
    document = with_first(
        factories.document(),
        lambda one: factories.changed(one, FORM.project, goals=[long], indicators=rows, **{"budget.purpose": long}),
    )
    proven = proven_docx(document, FORM)
    assert proven.doubts == ()
    assert text_of(proven.data).count(long) == 2


# ---- texts that cannot be printed


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"name": "补\x01助"}, "项目 1 补␁助 · 项目名称"),
        ({"title": "补助\ufffe表"}, "项目 1 街道工作者补助 · 表标题"),
        ({"goals": ["第一条", "第二\x02条"]}, "项目 1 街道工作者补助 · 绩效目标 2"),
        ({"budget.purpose": "发\x1b[31m放"}, "项目 1 街道工作者补助 · 资金用途"),
    ],
)
def test_an_unprintable_text_is_refused_by_its_field(changes: dict[str, object], place: str, tmp_path: Path) -> None:
    document = with_first(factories.document(), lambda one: factories.changed(one, FORM.project, **changes))
    with pytest.raises(NotExported, match="U\\+") as refused:
        export_document(document, FORM, tmp_path / "a.docx")
    assert place in str(refused.value)
    assert str(refused.value).isprintable()
    assert list(tmp_path.iterdir()) == []


def test_an_unprintable_unit_is_named_though_it_stands_over_every_table(tmp_path: Path) -> None:
    with pytest.raises(NotExported, match=r"部门 · 单位名称：第 1 行第 2 个字"):
        export_document(factories.document(unit_name="路\x0b南"), FORM, tmp_path / "a.docx")


# ---- the proof


def test_a_writer_that_loses_a_sign_is_found_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The older export stays, and the sentence names the field with both values."""
    target = tmp_path / "a.docx"
    target.write_bytes(b"older")
    original = docx_writer.run
    monkeypatch.setattr(
        docx_writer, "run", lambda text, **source: original(text.replace("1201000.00", "1201000.0"), **source)
    )
    document = with_first(
        factories.document(), lambda one: factories.changed(one, FORM.project, **{"budget.purpose": "共1201000.00元"})
    )
    with pytest.raises(NotExported, match=r"项目 1 街道工作者补助 资金用途.*共1201000\.00元.*共1201000\.0元"):
        export_document(document, FORM, target)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"older"]


@pytest.mark.parametrize(("text", "other"), [("此处", "此外"), ("产出指标", ""), ("</w:tr>", "")])
def test_one_change_among_many_tables_alike_is_found_out(
    monkeypatch: pytest.MonkeyPatch, text: str, other: str
) -> None:
    from perftui.exchange import docx_package

    document = factories.document(projects=40)
    file = list(document.projects)[30]
    record = factories.changed(document.projects[file], FORM.project, **{"budget.purpose": "此处"})
    document = document.with_record(file, record)
    original = docx_package._chunks

    def changed(pieces: Any) -> Any:
        whole = b"".join(original(pieces))
        here = whole.index("此处".encode())
        yield whole[:here] + whole[here:].replace(text.encode(), other.encode(), 1)

    monkeypatch.setattr(docx_package, "_chunks", changed)
    with pytest.raises(NotExported, match=r"读回来不一样|读不回来"):
        proven_docx(document, FORM)


def test_a_layout_that_drops_a_row_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from perftui.exchange import project_tables

    original = project_tables._list_table

    def shortened(*given: Any) -> project_tables.TableMaker:
        made = original(*given)
        return lambda record, file: replace(made(record, file), rows=made(record, file).rows[:-1])

    monkeypatch.setattr(project_tables, "_list_table", shortened)
    with pytest.raises(NotExported, match="绩效指标的行数"):
        proven_docx(factories.document(), FORM)


def test_a_text_that_looks_like_another_field_is_a_doubt_and_no_difference() -> None:
    """A line of a duty that begins as the next text does is printed as typed; only reading it again is uncertain."""
    rows = [{Role.NAME: "机关运转", Role.RESPONSIBILITY: "保障运转。\n绩效标准：按月考核。"}]
    document = factories.document(duties=rows)
    proven = proven_docx(document, FORM)
    assert proven.doubts
    assert all(place.startswith("部门 · ") for place in proven.doubts)
    group = FORM.department.group_of(GroupRole.DUTIES)
    assert group is not None
    assert "绩效标准：按月考核。" in text_of(proven.data)


# ---- where it goes


def test_a_refusal_leaves_the_older_export(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    target.mkdir()
    with pytest.raises(FileError):
        export_document(factories.document(), FORM, target)
    assert list(tmp_path.iterdir()) == [target]


def test_the_umask_says_who_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        path = export_document(factories.document(), FORM, tmp_path / "exports").path
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) & 0o111 == 0


def test_nothing_of_word_is_loaded_before_something_is_exported(run_python: RunPython) -> None:
    code = "import sys, perftui.session.export; print([m for m in sys.modules if m.startswith(('docx', 'lxml'))])"
    assert run_python(code) == "[]"


def test_a_full_folder_for_temporary_files_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(docx_writer, "_SPOOL", 1)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(NotExported, match="临时目录不能写"):
        export_document(factories.document(), FORM, tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []
