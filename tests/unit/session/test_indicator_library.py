"""A bureau's list of indicators becomes a library, and its rows are found by a few letters."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from perftui.editing.suggestions import SuggestionSources, suggestions_at
from perftui.editing.usage import Usage
from perftui.forms import Role, load_form
from perftui.forms.project_templates import read_template
from perftui.session.foreign_document import CannotImport
from perftui.session.indicator_library import import_library
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from perftui.viewmodel.pinyin import readings
from perftui.viewmodel.search import ranked
from tests import factories
from tests.conftest import ROOT

HEAD = ["序号", "一级指标", "二级指标", "三级指标", "指标解释", "计算公式", "计量单位", "符号", "参考值", "指标来源"]
_CHARACTERS = (
    "培训宣传巡查维修采购补助救助体检绿化保洁调研普法消防检测监测设备系统网络道路路灯管网房屋资料档案会议活动演出图书课程竞赛"
    "项目工程车辆物业印刷租赁咨询审计评估招聘慰问走访疫苗河道公厕社区护理"
)
THINGS = [_CHARACTERS[at : at + 2] for at in range(0, len(_CHARACTERS), 2)]
MEASURES = ("数量", "合格率", "及时率", "完成时间", "成本控制数", "覆盖率", "带动增收人数", "群众满意度")


def sheet(*rows: list[str], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


ROW = ["1", "产出指标", "数量", "培训场次", "全年举办的培训", "按签到表", "场", "≥", "4", "行业标准"]


def test_each_row_becomes_one_of_the_library(tmp_path: Path) -> None:
    other = ["2", "", "", "培训人次", "参加的人", "", "人次", "正向", "", ""]
    data = sheet(["某市共性指标库"], HEAD, ROW, other, merged="C3:C4")
    made = import_library(data, "指标库.xlsx", tmp_path)
    assert made.path == tmp_path / "library" / "指标库.toml"
    found = read_template(made.path.read_text(encoding="utf-8"))
    assert (found.name, found.only_rows) == ("指标库", True)
    first, second = found.rows
    assert (first.name, first.classes, first.formula) == ("培训场次", ("数量指标",), "按签到表")
    assert first.values[Role.BASIS] == "行业标准"
    assert (second.name, second.classes) == ("培训人次", ("数量指标",))
    assert made.content.left == ("序号", "一级指标")


def test_a_library_of_the_same_name_is_not_replaced_unasked(tmp_path: Path) -> None:
    import_library(sheet(HEAD, ROW), "库.xlsx", tmp_path)
    import_library(sheet(HEAD, ROW), "库.xlsx", tmp_path)
    changed = sheet(HEAD, [*ROW[:3], "培训期数", *ROW[4:]])
    with pytest.raises(CannotImport, match="--replace"):
        import_library(changed, "库.xlsx", tmp_path)
    made = import_library(changed, "库.xlsx", tmp_path, replacing=True)
    assert "培训期数" in made.path.read_text(encoding="utf-8")


def test_what_is_no_library_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match="没有找到指标库"):
        import_library(sheet(["姓名", "电话"], ["张三", "1"]), "表.xlsx", tmp_path)
    assert not (tmp_path / "library").exists()


def test_name_explanation_and_whole_value_are_offered(tmp_path: Path) -> None:
    path = import_library(sheet(HEAD, ROW), "库.xlsx", tmp_path).path
    form = load_form("hebei-2021")
    templates = (read_template(path.read_text(encoding="utf-8")),)
    sources = SuggestionSources(form=form, usage=Usage(form), templates=templates)
    record = factories.project("hebei-2021", 1)
    row = next(row for row in record.rows("indicators") if row.text("class") == "数量指标")
    for key in ("name", "description", "value"):
        record = record.with_value(("indicators", row.id, key), None)

    def offered(key: str) -> list[str]:
        return [one.text for one in suggestions_at(sources, record, ("indicators", row.id, key))]

    assert offered("name") == ["培训场次"]
    record = record.with_value(("indicators", row.id, "name"), "培训场次")
    assert offered("description") == ["全年举办的培训", "按签到表"]
    assert offered("value") == ["≥4场"]


def test_four_letters_find_the_right_row_of_four_hundred() -> None:
    folder = find_documents(ROOT / "data")[0]
    projects = open_document(folder).document.projects.values()
    used = [row.text("name") for one in projects for row in one.rows("indicators") if row.text("name")]
    library = [f"{thing}{measure}" for thing in THINGS for measure in MEASURES]
    library = [*library[:200], *dict.fromkeys(used), *library[200:]]
    assert len(library) >= 400
    initial = {char: letter for letter, chars in readings().items() for char in chars}

    def found(name: str) -> bool:
        letters = ["".join(initial.get(char, char) for char in name[:count]) for count in range(1, 5)]
        return any(ranked(typed, library, lambda name: (name,))[:1] == [name] for typed in letters)

    assert sum(map(found, used)) / len(used) >= 50 / 56
