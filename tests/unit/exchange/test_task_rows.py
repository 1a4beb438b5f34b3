"""Rows under titles of a foreign table go into the form's own group of rows, where it has one."""

import pytest

from perftui.forms import load_form
from tests.documents import import_document
from tests.gallery.containers import to_docx
from tests.gallery.layouts import blocks

WHOLE = """
部门整体支出绩效目标表
（2024年度）
填报单位：613001青山镇人民政府
| 部门职能概述 | 负责全镇经济社会发展 | < | < |
| 年度主要任务 | {titles} |
| ^ | 防汛抗旱 | 维修水库3座 | 120.5 |
| ^ | 环境整治 | 清运垃圾800吨 | 36 |
| ^ | 合计 | | 156.5 |
| 长期目标 | 建成宜居乡镇 | < | < |
| 年度目标 | 完成3座水库维修 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 维修水库座数 | 3座 |
"""


def tasks_of(titles: str) -> tuple[list[list[str]], list[str]]:
    """The tasks that were read, and what was said about their rows."""
    imported = import_document(to_docx(blocks(WHOLE.format(titles=titles))), form="guangshui-2021")
    group = load_form("guangshui-2021").department.group("tasks")
    assert group is not None
    rows = [[row.text(one.key) for one in group.columns] for row in imported.document.department.rows(group.key)]
    assert len(imported.document.department.rows("indicators")) == 1
    return rows, [str(note) for note in imported.notes]


@pytest.mark.parametrize("titles", ["任务名称 | 主要内容 | 经费（万元）", "重点任务 | 工作内容 | 预算金额（万元）"])
def test_tasks_are_read_with_their_amounts_and_what_adds_up_is_told(titles: str) -> None:
    rows, said = tasks_of(titles)
    assert rows == [["防汛抗旱", "维修水库3座", "1205000.00"], ["环境整治", "清运垃圾800吨", "360000.00"]]
    assert any("合计 | 156.5" in line for line in said)
    assert any("读作“任务名称”" in line for line in said) is ("重点任务" in titles)


def test_titles_that_no_column_means_stay_in_the_report() -> None:
    rows, said = tasks_of("事项 | 进度 | 责任人")
    assert rows == []
    assert any("防汛抗旱" in line for line in said)
