"""Projects as the columns of one table."""

from perftui.exchange.importer.imported import ImportResult
from perftui.exchange.importer.read_document import match
from tests.gallery.layouts import blocks
from tests.gallery.mutations import content_of

COLUMNS = """2022年度
|项目名称|道路养护|路灯新装|
|预算数（元）|100|80|
|财政资金（元）|100|70|
|绩效目标|养护道路120公里|新装路灯20盏|
|数量指标|养护里程≥120公里|路灯数量≥20盏|
"""


def read(body: str) -> ImportResult:
    return match(content_of(blocks(body)), form="hebei-2021")


def budgets(imported: ImportResult) -> dict[str, dict[str, object]]:
    return {one.text(("name",)): dict(one.tables["budget"]) for one in imported.document.projects.values()}


def test_each_column_is_a_project() -> None:
    imported = read(COLUMNS)
    assert budgets(imported) == {
        "道路养护": {"total": "100.00", "fiscal": "100.00"},
        "路灯新装": {"total": "80.00", "fiscal": "70.00"},
    }
    goals = [row.text("text") for one in imported.document.projects.values() for row in one.rows("goals")]
    assert goals == ["养护道路120公里", "新装路灯20盏"]
    assert "路灯数量≥20盏" in "\n".join(note.text for note in imported.notes)


def test_a_table_that_ends_otherwise_names_the_projects_that_were_not_read() -> None:
    imported = read(
        COLUMNS.replace("|数量指标|养护里程≥120公里|路灯数量≥20盏|\n", "") + "|一级指标|二级指标|三级指标|指标值|\n"
    )
    assert list(budgets(imported)) == ["道路养护"]
    assert any("一列是一个项目" in note.message and "路灯新装" in note.message for note in imported.notes)


def test_what_stands_behind_one_projects_values_makes_no_second_one() -> None:
    imported = read("2022年度\n|项目名称|道路养护|续建|\n|预算数（元）|100|含税|\n|财政资金（元）|100||\n")
    assert list(budgets(imported)) == ["道路养护"]


def test_a_code_in_the_second_column_is_that_projects_and_no_unit() -> None:
    codes = "|项目编码|13030322P00000000001A|13030322P00000000002A|\n"
    imported = read(COLUMNS.replace("|预算数", codes + "|预算数", 1))
    found = [one.text(("code",)) for one in imported.document.projects.values()]
    assert found == ["13030322P00000000001A", "13030322P00000000002A"]
    assert imported.document.unit == ""


def test_a_code_alone_is_no_unit() -> None:
    one = "2022年度\n|项目名称|道路养护|13030322P00000000002A|\n|预算数（元）|100||\n|财政资金（元）|100||\n"
    imported = read(one)
    assert imported.document.unit == ""
    assert "13030322P00000000002A" in "\n".join(note.text for note in imported.notes)
