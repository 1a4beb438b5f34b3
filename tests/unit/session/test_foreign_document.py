"""Foreign documents: read whatever their kind, made next year's, made documents of the data folder."""

import os
import shutil
from pathlib import Path

import pytest

from perftui.exchange.importer.imported import Confidence
from perftui.exchange.office import converted
from perftui.files.errors import FileError
from perftui.forms import Role, load_form
from perftui.model.record import END
from perftui.session.export import proven_docx
from perftui.session.foreign_document import (
    WORDS,
    CannotImport,
    existing,
    new_document,
    offered_files,
    read_foreign,
    report_lines,
    summary,
    write_new,
)
from perftui.session.new_document import AlreadyThere, write_document
from perftui.store.folder import document_folder
from perftui.store.open import open_document
from tests import factories
from tests.conftest import ROOT
from tests.factories import FORMS
from tests.programs import require
from tests.unit.exchange.read_samples import docx, para, row, table

FORM = load_form("hebei-2021")
REFERENCE = ROOT / "tests" / "data" / "reference" / "lunan-2021.txt"


@pytest.mark.parametrize("form_id", FORMS)
def test_what_is_read_is_written_and_opens_as_it_was_read(form_id: str, tmp_path: Path) -> None:
    form = load_form(form_id)
    imported = read_foreign(proven_docx(factories.document(form_id, projects=2), form).data, "a.docx")
    new = new_document(tmp_path / "data", imported)
    write_new(new)
    opened = open_document(document_folder(tmp_path / "data", 2021, "613001"))
    assert opened.problems == ()
    assert opened.document.department == imported.document.department
    assert opened.document.projects == imported.document.projects
    assert [path.name for path in (tmp_path / "data" / "2021").iterdir()] == ["613001"]
    assert existing(tmp_path / "data", 2021, "613001") == opened.folder
    with pytest.raises(AlreadyThere, match="已经有了"):
        new_document(tmp_path / "data", imported)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("2022年绩效目标表.docx", 2022), ("二〇二二年度绩效.docx", 2022), ("2022-613001-园林处.docx", 2022),
        ("绩效20220105.docx", 0), ("2021年和2022年.docx", 0), ("绩效.docx", 0),
    ],
)  # fmt: skip
def test_the_year_is_taken_from_the_files_name_where_nothing_else_says_it(name: str, year: int) -> None:
    grid = table(row("单位名称", "613001 园林处"), row("项目名称", "甲"), row("预算数", "10"))
    imported = read_foreign(docx(para("项目绩效目标表") + grid), name)
    told = [note.message for note in imported.notes if note.confidence is Confidence.UNSURE]
    assert imported.document.year == year
    assert (f"年度 {year} 取自文件名，请核对" in told) is bool(year)
    assert ("没有找到预算年度，请指明" in told) is not bool(year)
    said = read_foreign(docx(para("2023年度项目绩效目标表") + grid), name)
    assert said.document.year == 2023


def test_texts_without_a_field_stand_at_the_end_of_the_new_file(tmp_path: Path) -> None:
    body = para("2022年度项目绩效目标表") + table(
        row("单位名称", "613001 园林处", "项目属性", "张三\u202e\x85李四"),
        row("项目编码", "130303220000000000009", "项目名称", "甲"),
        row("预算数", "10", "风险评估", "# 低\n&lt;&lt;&lt;&lt;&lt;&lt;&lt; HEAD" + "长" * 3000),
    )
    imported = read_foreign(docx(body), "a.docx", form="hebei-2021")
    assert imported.document.department.comments == {}
    write_new(new_document(tmp_path / "data", imported))
    opened = open_document(document_folder(tmp_path / "data", 2022, "613001"))
    assert opened.problems == ()
    [record] = opened.document.projects.values()
    kept = list(record.comments[END].before)
    assert kept[0] == "# 项目属性：张三李四"
    assert kept[1].startswith("# 风险评估 | # 低 <<<<<<< HEAD长")
    assert len(kept[1]) == 2002
    assert all(line.startswith("# ") for line in kept)
    assert any("新建文件时留在末尾作备注：项目属性：张三" in line for line in report_lines(imported))


def test_nothing_half_written_is_left_where_the_disk_refuses(tmp_path: Path) -> None:
    imported = read_foreign(REFERENCE.read_bytes(), "lunan.txt")
    folder = document_folder(tmp_path / "data", 2021, "613001")
    broken = imported.document.with_record("projects/a/b.toml", factories.project())
    with pytest.raises(FileError):
        write_document(folder, broken.with_record("projects/" + "长" * 200 + ".toml", factories.project()))
    assert list((tmp_path / "data" / "2021").iterdir()) == []


def test_last_years_document_becomes_next_years_without_its_codes() -> None:
    code = FORM.project.path_of(Role.CODE)
    assert code is not None
    same = read_foreign(REFERENCE.read_bytes(), "a.txt", year=2021).document
    assert all(record.text(code) for record in same.projects.values())
    imported = read_foreign(REFERENCE.read_bytes(), "a.txt", year=2022)
    assert imported.document.year == 2022
    assert [record.text(code) for record in imported.document.projects.values()] == [""] * 7
    assert all(file.startswith("projects/new-") for file in imported.document.projects)
    assert "2021 年的，作为 2022 年的读入" in "\n".join(report_lines(imported))
    assert imported.document == read_foreign(REFERENCE.read_bytes(), "a.txt", year=2022).document


def test_the_report_says_what_was_understood_and_where() -> None:
    imported = read_foreign(REFERENCE.read_bytes(), "a.txt")
    lines = list(report_lines(imported))
    assert sum(line.startswith("已读入 第 ") and "项目“" in line for line in lines) == 7
    sure = sum(note.confidence is Confidence.SURE for note in imported.notes)
    assert len(list(report_lines(imported, certain=False))) == len(lines) - sure
    kinds = [line.split()[0] for line in lines]
    assert kinds == sorted(kinds, key=["未读入", "请核对", "已转换", "已读入", "读入", "没有读入"].index)
    assert summary(imported).startswith("读到 7 个项目，")


@pytest.mark.parametrize("ending", ["doc", "odt", "rtf"])
def test_older_and_other_formats_come_in_through_libreoffice(ending: str) -> None:
    require("soffice")
    docx = proven_docx(factories.document(projects=1), FORM).data
    imported = read_foreign(converted(docx, "docx", ending), f"a.{ending}")
    assert imported.document.year == 2021
    (record,) = imported.document.projects.values()
    assert FORM.project.text_of(record, Role.NAME) == "街道工作者补助"


def test_an_old_document_without_libreoffice_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotImport, match=r"没有安装 LibreOffice.*另存"):
        read_foreign(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc")


@pytest.mark.parametrize(("data", "name"), [(b"", "a.docx"), (b"PK", "a.docx"), (b"%PDF-1", "a.pdf"), (b"\0", "a.txt")])
def test_what_is_no_document_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(CannotImport):
        read_foreign(data, name)


def test_a_document_without_year_or_unit_asks_for_them(tmp_path: Path) -> None:
    form = factories.document(projects=1, unit_code=None, unit_name=None, year=None)
    imported = read_foreign(
        proven_docx(form, FORM).data,
        "a.docx",
    )
    with pytest.raises(CannotImport, match="单位编码"):
        new_document(tmp_path, imported)
    new = new_document(tmp_path, imported, "613009")
    write_new(new)
    opened = open_document(document_folder(tmp_path, 2021, "613009"))
    assert FORM.department.text_of(opened.document.department, Role.UNIT_CODE) == "613009"


def test_files_are_offered_latest_first_and_no_locks(tmp_path: Path) -> None:
    for number, name in enumerate(("b.docx", "a.DOC", "~$b.docx", ".~lock.b.docx#", "c.pdf", "d.txt")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (number, number))
    (tmp_path / "folder.docx").mkdir()
    assert [path.name for path in offered_files([tmp_path, tmp_path / "none"], WORDS)] == ["d.txt", "a.DOC", "b.docx"]
    shutil.rmtree(tmp_path)
    assert offered_files([tmp_path], WORDS) == []
