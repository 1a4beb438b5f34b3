"""Sources of money side by side as titles, with their amounts in a row below."""

import pytest

from perftui.exchange.importer.imported import ImportResult
from perftui.exchange.importer.read_document import match
from tests.gallery.layouts import blocks
from tests.gallery.mutations import content_of

INDICATORS = "|一级指标|二级指标|三级指标|指标值|\n|产出指标|数量指标|路灯|20盏|\n"


def budget(head: str) -> tuple[dict[str, object], ImportResult]:
    imported = match(content_of(blocks(f"2022年度\n|项目名称|新装路灯|<|<|\n{head}{INDICATORS}")), form="hebei-2021")
    (record,) = imported.document.projects.values()
    return dict(record.tables.get("budget", {})), imported


@pytest.mark.parametrize(
    "head",
    [
        "|资金|预算数|财政资金|其他资金|\n|金额（元）|100|80|20|\n",
        "|来源|预算数|财政资金|其他资金|\n|金额（元）|100|80|20|\n",
        "|年度|预算数（元）|财政资金|其他资金|\n|2021年|90|75|15|\n|2022年|100|80|20|\n",
        "|预算数（元）|财政资金|其他资金|\n|100|80|20|\n",
    ],
)
def test_each_amount_is_of_the_title_over_it(head: str) -> None:
    assert budget(head)[0] == {"total": "100.00", "fiscal": "80.00", "other": "20.00"}


def test_what_has_no_amount_below_it_stays_blank() -> None:
    assert budget("|资金|预算数|财政资金|其他资金|\n|金额（元）|80|20||\n")[0] == {"total": "80.00", "fiscal": "20.00"}


@pytest.mark.parametrize(
    "head",
    [
        "|预算数|财政资金|其他资金|\n|金额（元）|80|20|\n",
        "|年度|预算数（元）|财政资金|其他资金|\n|2020年|90|75|15|\n|2021年|100|80|20|\n",
    ],
)
def test_amounts_that_may_be_of_another_title_or_year_stay_blank_and_are_told(head: str) -> None:
    amounts, imported = budget(head)
    said = "\n".join(note.message for note in imported.notes)
    assert amounts == {}
    assert "80" in said
    assert "20" in said
