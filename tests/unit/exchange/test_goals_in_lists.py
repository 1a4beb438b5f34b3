"""Goals in the columns of a list of projects."""

from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.read_document import match
from tests.gallery.layouts import blocks
from tests.gallery.mutations import content_of

LIST = """2023年部门项目支出绩效目标清单
单位：万元
|序号|项目名称|项目类别|年度目标|年度绩效目标|绩效指标|
|1|青年夜校|一般项目|42|开设夜校课程60门。|数量指标：开设课程≥60门；质量指标：课程满座率≥85%|
|2|志愿服务|一般项目|35.6|运营服务站18个。|数量指标：运营站点18个；质量指标：群众满意度≥90%|
"""


def test_a_title_is_no_goal_and_a_number_is_marked() -> None:
    imported = match(content_of(blocks(LIST)), form="mof-2021")
    goals = [[row.text("text") for row in one.rows("goals")] for one in imported.document.projects.values()]
    assert goals == [["42", "开设夜校课程60门。"], ["35.6", "运营服务站18个。"]]
    doubts = [note.message for note in imported.notes if note.confidence is Confidence.UNSURE]
    assert sum("只有数字" in message for message in doubts) == 2
