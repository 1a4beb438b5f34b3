"""A form that has everything that the language can say, made by changing the ministry's."""

from perftui.forms import Form
from perftui.forms.assembly import SHIPPED
from perftui.forms.loader import read_form

HEAD = """    { key = "begin", label = "开始日期", kind = "date" },
    { key = "span", label = "实施期", kind = "period" },
    { key = "people", label = "人数", kind = "integer", unit = "人" },
    { key = "nature", label = "项目属性", kind = "choice", choices = ["新增", "延续"], free = true },
    { key = "code", label = "项目编码", kind = "code", role = "code", code = [
        { length = 6, label = "区划", means = "division" },
        { length = 2, label = "年度", means = "year" },
        { length = 4, letters = true },
    ] },
    { key = "rest", label = "结余", kind = "amount", formula = "funds_y2021.total - sum(costs.amount)" },
"""
AMOUNTS = """
[[project.amounts]]
key = "funds"
label = "项目资金"
columns = [{ key = "y2021", label = "2021年度" }, { key = "whole", label = "项目总额" }]
total = { key = "total", label = "资金总额", required = true, parts = [
    { key = "appropriation", label = "财政拨款", required = true },
    { key = "carryover", label = "上年结转", columns = ["y2021"] },
    { key = "other", label = "其他资金" },
] }
others = [{ key = "note", label = "金额说明", role = "note", width = 20, limit = 200, hidden = true }]

[project.plan]
key = "plan"
label = "支出进度"
cumulative = false
points = [{ key = "h1", label = "上半年" }, { key = "h2", label = "下半年" }]

[[project.groups]]
key = "costs"
label = "测算明细"
role = "rows"
columns = [
    { key = "what", label = "内容", role = "name", required = true },
    { key = "price", label = "单价", kind = "amount" },
    { key = "count", label = "数量", kind = "integer" },
    { key = "amount", label = "金额", kind = "amount", formula = "price * count" },
]

[[project.groups]]
key = "long_goals"
label = "中长期目标"
role = "goals"
columns = [{ key = "text", label = "中长期目标", kind = "longtext", role = "text" }]

[[project.moments]]
key = "watch"
label = "运行监控"
points = [{ key = "m07", label = "7月底" }, { key = "m10", label = "10月底" }]
fields = [{ key = "opinion", label = "监控结论", kind = "longtext" }]
rows = [{ key = "rows", of = "indicators", columns = [
    { key = "actual", label = "完成值", role = "actual" },
    { key = "reason", label = "偏差原因", role = "reason" },
] }]

[[project.moments]]
key = "result"
label = "绩效自评"
fields = [{ key = "conclusion", label = "评价结论", kind = "longtext" }]
rows = [
    { key = "rows", of = "indicators", columns = [
        { key = "actual", label = "实际完成值", role = "actual" },
        { key = "score", label = "得分", kind = "percent", role = "score", formula = "score(weight, value, actual)" },
    ] },
    { key = "money", of = "funds", columns = [{ key = "spent", label = "执行数", kind = "amount" }] },
]
"""


def sample_text() -> str:
    """The definition."""
    text = (SHIPPED / "mof-2021.toml").read_text(encoding="utf-8").replace('id = "mof-2021"', 'id = "sample"')
    text = text.replace('"年度资金总额" = "total of the year"\n', "")  # its amounts are others
    begin, end = text.index("[[project.amounts]]"), text.index("[[project.groups]]")
    text = text[:begin] + AMOUNTS.lstrip() + "\n" + text[end:]
    text = text.replace('"funds.', '"funds_y2021.').replace('carryover", span', 'carryover", span')
    return text.replace('    { key = "supervisor"', HEAD + '    { key = "supervisor"', 1)


def sample_form() -> Form:
    """The form."""
    return read_form(sample_text())
