"""``fill`` as a person uses it: the office's file stays, the filled one is whole or not there."""

import errno
import zipfile
from pathlib import Path

import docx
import pytest

from perftui.files import writing
from tests.gallery.containers import to_docx, to_xlsx
from tests.gallery.layouts import layouts
from tests.unit.cli.conftest import Run

PAGE = next(one for one in layouts() if one.key == "hunan-city-2023").page(empty=True)


@pytest.fixture
def blank(tmp_path: Path, real: Path) -> Path:
    """An office's empty form beside the real document."""
    path = tmp_path / "空表.docx"
    path.write_bytes(to_docx(PAGE))
    return path


def test_every_project_gets_a_table_and_the_rest_is_said(run: Run, blank: Path) -> None:
    before = blank.read_bytes()
    ran = run("fill", "空表.docx")
    assert ran.code == 0
    path = Path(ran.out.strip())
    assert path == Path("exports").resolve() / "空表-7个项目.docx"
    assert docx.Document(str(path)).tables[0].cell(0, 1).text == "社区工作专项补助"
    assert "已填 7 个项目" in ran.err
    assert "表里没有地方填：项目编码：" in ran.err
    assert "表里还空着：项目属性" in ran.err
    assert "表上写的是 2023 年，这份文本是 2021 年的" in ran.err
    assert blank.read_bytes() == before


def test_one_project_is_named(run: Run, blank: Path) -> None:
    ran = run("fill", "空表.docx", "--project", "#6", "-o", "车辆.docx")
    assert ran.code == 0
    assert [table.cell(0, 1).text for table in docx.Document("车辆.docx").tables] == ["车辆保险费"]


def test_a_sheet_takes_one_project(run: Run, blank: Path) -> None:
    Path("空表.xlsx").write_bytes(to_xlsx(PAGE))
    refused = run("fill", "空表.xlsx")
    assert (refused.code, "--project" in refused.err) == (3, True)
    assert run("fill", "空表.xlsx", "--project", "#6", "-o", "车辆.xlsx").code == 0
    assert zipfile.ZipFile("车辆.xlsx").testzip() is None


@pytest.mark.parametrize(
    ("name", "output", "says"),
    [
        ("没有.docx", "好.docx", "没有文件"),
        ("空表.docx", "空表.docx", "不能盖掉空表"),
        ("空表.docx", "好.xlsx", "不能写成"),
        ("空表.doc", "好.doc", "只能填 .docx 和 .xlsx"),
        ("空表.docm", "好.docx", "只能填 .docx 和 .xlsx"),
    ],
)
def test_what_cannot_be_filled_is_a_sentence(run: Run, blank: Path, name: str, output: str, says: str) -> None:
    Path("空表.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    ran = run("fill", name, "-o", output)
    assert (ran.code, ran.out) == (3, "")
    assert says in ran.err
    assert not Path("好.docx").exists()


def test_a_form_open_in_word_is_not_replaced(run: Run, blank: Path) -> None:
    Path("好.docx").write_bytes(b"older")
    Path("~$好.docx").touch()
    ran = run("fill", "空表.docx", "-o", "好.docx")
    assert (ran.code, "打开着" in ran.err) == (3, True)
    assert Path("好.docx").read_bytes() == b"older"


def test_a_refused_form_replaces_nothing(run: Run, blank: Path) -> None:
    Path("好.docx").write_bytes(b"older")
    blank.write_bytes(blank.read_bytes()[:-50])
    assert run("fill", "空表.docx", "-o", "好.docx").code == 3
    assert Path("好.docx").read_bytes() == b"older"


def test_a_full_disk_leaves_nothing_half(run: Run, blank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(writing.os, "fsync", full)
    ran = run("fill", "空表.docx", "-o", "好.docx")
    assert (ran.code, ran.out) == (3, "")
    assert [path.name for path in Path().iterdir() if "好" in path.name] == []
