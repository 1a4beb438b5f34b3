"""Indicator rows from CSV, TSV and workbooks."""

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from perftui.exchange.importer.any_file import read_any
from perftui.exchange.importer.imported import Confidence, ImportRefused
from perftui.exchange.importer.numbers import shown_number
from perftui.exchange.importer.table_rows import TableRows
from perftui.exchange.importer.table_rows import import_rows as rows_of
from perftui.forms import Form, load_form
from tests.unit.exchange.read_samples import package

HEBEI, MOF = load_form("hebei-2021"), load_form("mof-2021")
HEADER = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
ROWS = (
    ("产出指标", "数量指标", "人数", "发放补助的人数", "18人", "年度工作计划"),
    ("", "质量指标", "准确率", "", "≥98%", ""),
    ("效益指标", "社会效益指标", "覆盖", "多行\n说明", "100%", ""),
)
WANTED = (
    {"category": "产出指标", "class": "数量指标", "name": "人数", "description": "发放补助的人数", "value": "18人",
     "basis": "年度工作计划"},
    {"category": "产出指标", "class": "质量指标", "name": "准确率", "value": "≥98%"},
    {"category": "效益指标", "class": "社会效益指标", "name": "覆盖", "description": "多行说明", "value": "100%"},
)  # fmt: skip


def csv(delimiter: str, *rows: tuple[str, ...]) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in rows)


def workbook(*rows: tuple[object, ...], merges: tuple[str, ...] = (), formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    hidden, sheet = book.active, book.create_sheet("指标")
    assert hidden is not None
    hidden.sheet_state = "hidden"
    book.active = sheet
    for row in rows:
        sheet.append([cell or None for cell in row])
    for merge in merges:
        sheet.merge_cells(merge)
    for place, code in (formats or {}).items():
        sheet[place].number_format = code
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def import_rows(data: bytes, form: Form) -> TableRows:
    """The rows of a workbook, or of text with tabs or commas."""
    return rows_of(read_any(data, "rows.csv"), form)


def values(found: TableRows) -> tuple[dict[str, str], ...]:
    return tuple(dict(row) for row in found.rows)


@pytest.mark.parametrize("delimiter", ["\t", ",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files(delimiter: str, encoding: str) -> None:
    assert values(import_rows(csv(delimiter, HEADER, *ROWS).encode(encoding), HEBEI)) == WANTED


def test_a_workbook_with_merged_levels() -> None:
    data = workbook(HEADER, *ROWS, merges=("A2:A3",))
    assert values(import_rows(data, HEBEI)) == WANTED


def test_a_blank_level_of_a_workbook_that_merges_others_stays_blank() -> None:
    rows = (*ROWS, ("", "", "另一个", "", "1个", ""))
    found = values(import_rows(workbook(HEADER, *rows, merges=("A2:A3",)), HEBEI))
    assert found[-1] == {"name": "另一个", "value": "1个"}


def test_numbers_of_a_workbook_are_read_as_they_are_seen() -> None:
    row = ("产出指标", "数量指标", "率", "", 0.95, "")
    assert values(import_rows(workbook(HEADER, row, formats={"E2": "0%"}), HEBEI))[0]["value"] == "95%"
    row = ("产出指标", "数量指标", "人数", "", 18, "")
    assert values(import_rows(workbook(HEADER, row), HEBEI))[0]["value"] == "18"


@pytest.mark.parametrize(
    ("stored", "number", "code", "seen"),
    [
        ("0.95", 9, "", "95%"),
        ("0.985", 164, "0.0%", "98.5%"),
        ("44561", 14, "", "2021年12月31日"),
        ("44561", 164, 'yyyy"年"m"月"', "2021年12月31日"),
        ("0.30000000000000004", 0, "", "0.3"),
        ("1973600", 4, "", "1973600"),
        ("18", 164, '0"人"', "18"),
        ("1E+30", 0, "", "1E+30"),
        ("NaN", 0, "", "NaN"),
        ("x", 0, "", "x"),
        ("-0.0", 0, "", "0"),
    ],
)
def test_formats_of_numbers(stored: str, number: int, code: str, seen: str) -> None:
    assert shown_number(stored, number, code) == seen


def test_columns_by_their_labels_whatever_their_order() -> None:
    block = (("指标值", "单位", "指标名称", "二级指标", "备注"), ("18", "人", "人数", "数量指标", "李四报"))
    found = import_rows(csv("\t", *block).encode(), HEBEI)
    assert values(found) == ({"category": "产出指标", "class": "数量指标", "name": "人数", "value": "18人"},)
    assert found.remarks == {0: (("备注", "李四报"),)}
    assert str(found.remarks[0][0]) == "备注：李四报"


def test_rows_without_a_header_in_the_forms_own_order() -> None:
    found = import_rows("产出指标\t数量指标\t里程\t≥120公里\t10\r\n".encode(), MOF)
    assert values(found) == (
        {"category": "产出指标", "class": "数量指标", "name": "里程", "value": "≥120公里", "weight": "10"},
    )
    assert [note.confidence for note in found.notes] == [Confidence.UNSURE]


def test_texts_above_the_header_are_named() -> None:
    rows = (("某局指标表", "", ""), ("一级指标", "三级指标", "指标值"), ("产出指标", "甲", "1个"))
    found = import_rows(csv("\t", *rows).encode(), HEBEI)
    assert [note.message for note in found.notes] == ["没有对应的栏目，未读入：某局指标表"]
    assert len(found.rows) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0",
        "甲,乙\n1,2".encode(),
        b"\xff\xff\x00\x01",
        package({"xl/workbook.xml": "<workbook/>"}),
        package({"word/document.xml": "<x/>"}),
        package({"xl/workbook.xml": "<!DOCTYPE x [<!ENTITY y 'z'>]><workbook/>"}),
        ("甲," * 300).encode(),
        b'"' + b"a" * 200_000,
    ],
)
def test_other_files_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_rows(data, HEBEI)
    assert any("\u4e00" <= char <= "\u9fff" for char in str(refused.value))


def test_a_workbook_that_merges_millions_of_cells() -> None:
    plain = workbook(HEADER, *ROWS, merges=("A2:A3", "H1:I9"))
    with ZipFile(BytesIO(plain)) as archive:
        parts = {name: archive.read(name).replace(b"H1:I9", b"H1:XFD1048576") for name in archive.namelist()}
    assert values(import_rows(package(parts), HEBEI)) == WANTED


def test_a_column_of_signs_under_another_title_belongs_to_the_value() -> None:
    text = "一级指标,二级指标,三级指标,指标性质,指标值,度量单位,完成值\n产出指标,数量指标,路灯,≥,20,盏,21\n"
    read = import_rows(text.encode(), load_form("mof-2021"))
    assert [row["value"] for row in read.rows] == ["≥20盏"]
    assert read.remarks == {0: (("完成值", "21"),)}


@pytest.mark.parametrize("title", ["指标性质", "指标方向", "符号", "比较"])
@pytest.mark.parametrize("word", ["—", "", "约等于", "正向", "≥12"])
def test_a_cell_that_is_no_sign_takes_no_sign_from_the_rows_beside_it(title: str, word: str) -> None:
    """The whole column became remarks, and ≥95% was 95%."""
    text = (
        f"一级指标,二级指标,三级指标,{title},指标值,度量单位\n产出指标,数量指标,路灯,{word},20,盏\n"
        "产出指标,质量指标,合格率,≥,95,%\n效益指标,社会效益指标,投诉,≤,3,件\n"
    )
    read = import_rows(text.encode(), load_form("mof-2021"))
    assert [row["value"] for row in read.rows] == ["20盏", "≥95%", "≤3件"]
    told = word in ("", "—")
    assert read.remarks == ({} if told else {0: (("指标值", word),)})
    assert any(f"“{word}”不是符号" in note.message for note in read.notes) is not told


@pytest.mark.parametrize("word", ["无", "—", "/", "#REF!", "*", "不适用"])
def test_a_value_that_says_nothing_gets_no_sign_and_no_unit(word: str) -> None:
    """≥—盏 was put together of what stood there."""
    head = "一级指标,二级指标,三级指标,指标性质,指标值,度量单位"
    read = import_rows(f"{head}\n产出指标,数量指标,路灯,≥,{word},盏\n产出指标,数量指标,公厕,≥,3,座\n".encode(), MOF)
    assert [row.get("value", "") for row in read.rows] == ["", "≥3座"]
    assert read.remarks == {0: (("指标值", f"≥ {word} 盏"),)}
    assert any("没有数，指标值留空" in note.message and note.confidence is Confidence.UNSURE for note in read.notes)


def test_codes_of_indicators_are_kept_and_numbers_of_rows_are_not() -> None:
    text = "编号,一级指标,二级指标,三级指标,指标值\n{},产出指标,数量指标,路灯,20盏\n{},产出指标,数量指标,公厕,3座\n"
    codes = import_rows(text.format("20230101", "20230207").encode(), MOF)
    assert codes.remarks == {0: (("编号", "20230101"),), 1: (("编号", "20230207"),)}
    assert import_rows(text.format("1", "2").encode(), MOF).remarks == {}
    assert import_rows(text.format("1", "1").encode(), MOF).remarks == {}


def test_a_remark_that_ends_in_points_is_not_said_to_be_read_as_a_level() -> None:
    text = "一级指标,二级指标,三级指标,指标值,评分标准\n产出指标,数量指标,路灯,20盏,一项扣5分\n"
    read = import_rows(text.encode(), MOF)
    assert read.remarks == {0: (("评分标准", "一项扣5分"),)}
    assert not [one.message for one in read.notes if "读作" in one.message]


def test_an_empty_table_of_a_page_before_the_rows_is_passed_over() -> None:
    cells = "".join(f"<td>{text}</td>" for text in ("甲类", "乙类", *ROWS[0][2:]))
    page = f"<html><body><table></table><table><tr>{cells}</tr></table></body></html>"
    assert values(rows_of(read_any(page.encode(), "rows.html"), HEBEI)) == (
        {**WANTED[0], "category": "甲类", "class": "乙类"},
    )
