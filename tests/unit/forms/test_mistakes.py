"""A mistake in a definition is a sentence with line and column, and with what was probably meant."""

import pytest

from perftui.forms.assembly import SHIPPED
from perftui.forms.loader import form_text, read_form
from perftui.forms.mistakes import BadForm

TEXT = (SHIPPED / "hebei-2021.toml").read_text(encoding="utf-8")


def told(text: str, name: str = "") -> list[str]:
    with pytest.raises(BadForm) as error:
        read_form(text, name)
    return [str(mistake) for mistake in error.value.mistakes]


def changed(old: str, new: str) -> str:
    assert TEXT.count(old) >= 1, old
    return TEXT.replace(old, new, 1)


def place(text: str, what: str) -> str:
    """How the place of a piece of a text is told."""
    at = text.index(what)
    return f"第 {text.count(chr(10), 0, at) + 1} 行第 {at - text.rfind(chr(10), 0, at)} 列："


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ('kind = "longtext", role = "overall_goal"', 'kind = "datum", role = "overall_goal"', 'kind = "datum"',
         "没有“datum”这一种，是不是“date”？"),
        ('amount_unit = "元"', 'amount_unti = "元"', "amount_unti", "没有“amount_unti”这个键，是不是“amount_unit”？"),
        ('role = "duties"', 'role = "dutys"', 'role = "dutys"', "没有“dutys”这一种，是不是“duties”？"),
        ('role = "responsibility"', 'role = "responsability"', 'role = "responsability"',
         "没有“responsability”这一种，是不是“responsibility”？"),
        ('{ key = "m03", label = "3月底" }', '{ key = "m03" }', '{ key = "m03" }', "少了“label”（名称）"),
        ('amount_unit = "元"\n', "", "#", "少了“amount_unit”（金额单位）"),
        ('"description", "value", "basis"]\nmerged', '"descripton", "value", "basis"]\nmerged', '"descripton"',
         "“绩效指标”没有“descripton”这一列，是不是“description”？"),
        ('field = "budget.other" }', 'field = "budget.others" }', 'field = "budget.others"',
         "表样里没有“budget.others”这一栏，是不是“budget.other”？"),
        ("widths = [20, 28, 28, 32, 20, 28]", "widths = [20, 28, 28, 32, 20]", "widths = [20, 28, 28, 32, 20]",
         "宽度有 5 个，列有 6 个"),
        ("widths = [24, 14,", "widths = [99, 14,", "widths = [99", "各列一共 231 毫米，纸上只有 156 毫米"),
        ('{ field = "code", span = 3 }', '{ field = "code", span = 2 }',
         '[[print.tables.rows]]\ncells = [\n    { label = "项目编码"', "这一行占了 7 列，应当是 8 列"),
        ('key = "other", label = "其他资金"', 'key = "fiscal", label = "其他资金"', 'key = "fiscal", label = "其他',
         "“fiscal”已经用过了，换一个键"),
        ('key = "safeguards"', 'key = "duties"', 'key = "duties"\nlabel = "保障措施"', "“duties”已经用过了，换一个键"),
        ('classes = ["服务对象满意度指标"]', "classes = []", '{ name = "满意度指标"',
         "“满意度指标”没有写二级指标（classes）"),
        ("closed = true", 'closed = "yes"', "closed", "“closed”要写成 true 或 false"),
        ("width = 21", 'width = "21"', 'width = "21"', "“width”要写成整数"),
        ("width = 21", "width = 0", "width = 0", "这里要是 1 到 200 之间的整数"),
        ('cover = ["{unit}"', 'cover = ["{unti}"', '"{unti}"', "花括号里只能写 {unit} {year}"),
        ('title = "{name}绩效目标表"', 'title = "{name绩效目标表"', 'title = "{name绩', "花括号里只能写 {name}"),
        ('goals = "goals"', 'goals = "goal"', 'goals = "goal"', "没有“goal”这一组，是不是“goals”？"),
        ("[print]\n", '[weights]\ntotals = ["一百"]\n\n[print]\n', '"一百"', "“一百”不是分值，要写成 10 或 22.5"),
        ("[print]\n", '[weights]\ntotals = ["90"]\ncategories = { "产出指标" = "40到50" }\n\n[print]\n',
         '"产出指标" = "40到50"', "“40到50”不是分值，要写成 10、22.5 或 40-50"),
        ('usual = ["25", "50", "75", "100"]', 'usual = ["50", "100"]', "usual", "时点有 4 个，这里写了 2 个"),
        ('key = "name", label = "项目名称", role = "name"', 'key = "name", label = "项目名称"', "[project]",
         '项目要有一栏写明 role = "name"，列表和标题用它'),
        ('key = "overall_goal"', 'key = "总目标"', 'key = "总目标"',
         "“总目标”不能作键：要用小写英文字母开头，只有小写字母、数字和 _"),
        ('key = "overall_goal"', 'key = "status"', 'key = "status"', "“status”已经用过了，换一个键"),
        ('role = "level2"', 'role = "level1"', 'role = "level1", required = true, width = 18',
         "“level1”这个作用已经有一栏了"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_place_and_sentence(old: str, new: str, at: str, said: str) -> None:
    text = changed(old, new)
    if at == "#":
        assert told(text)[0] == f"第 1 行第 1 列：{said}"
    else:
        assert told(text)[0] == place(text, at) + said


def test_what_is_no_toml_is_told_with_its_line_and_column() -> None:
    text = changed('title = "河北', "title = 河北")
    assert told(text)[0].startswith("第 4 行第 9 列：不是有效的 TOML：")


def test_a_list_of_projects_says_whose_rows_it_lists() -> None:
    table = """
[[print.department_tables]]
projects = true
widths = [60, 60]
columns = ["name", "indicators.name"]
"""
    (said,) = told(TEXT + table)
    assert '“indicators.name”是各行的列，要在这张表里写 group = "indicators"' in said
    read_form(TEXT + table.replace("widths", 'group = "indicators"\nwidths'))


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        ('id = "县"\n'.encode("utf-16"), 1, "UTF-16"),
        ('# a\nid = "县"\n'.encode("gb18030"), 2, "GBK"),
        (b'# a\n<<<<<<< HEAD\nid = "a"\n=======\nid = "b"\n>>>>>>> x\n', 2, "冲突标记"),
        (b'id = "a"\0\n', 1, "空字节"),
    ],
)
def test_bytes_that_are_no_text_are_told_as_what_they_are(data: bytes, line: int, said: str) -> None:
    with pytest.raises(BadForm) as caught:
        form_text(data)
    (mistake,) = caught.value.mistakes
    assert (mistake.line, said in mistake.sentence) == (line, True)


def test_several_mistakes_are_told_at_once_in_the_order_of_the_text() -> None:
    text = changed('amount_unit = "元"', 'amount_unit = "角"').replace("closed = true", "closed = 1")
    assert [line.split("：")[1] for line in told(text)] == [
        "没有“角”这一种，可以是 元 万元",
        "“closed”要写成 true 或 false",
    ]


def test_the_id_is_the_files_name() -> None:
    assert told(TEXT, "mine") == [place(TEXT, "id =") + "id 要与文件名相同：“mine”"]


def test_an_id_has_no_blanks() -> None:
    text = TEXT.replace('id = "hebei-2021"', 'id = "河北 2021"')
    assert told(text, "河北 2021") == [place(text, "id =") + "id 里不能有空格，用小写英文字母、数字和 -"]


@pytest.mark.parametrize(
    "formula", ["budget.total -", "budget.totl", "open('x')", "1 / (2", "((((" * 30, "rate(budget.total)"]
)
def test_a_formula_that_cannot_be_read_is_told(formula: str) -> None:
    field = f'{{ key = "left", label = "余额", kind = "amount", formula = "{formula}" }}'
    text = changed('    { key = "code", label', f'    {field},\n    {{ key = "code", label')
    assert told(text)[0].startswith(place(text, "formula"))


@pytest.mark.parametrize(
    ("formulas", "said"),
    [
        (("one", "one"), "算式绕了一圈又要用到自己：one → one"),
        (("two + 1", "one"), "算式绕了一圈又要用到自己：one → two → one"),
        (("budget.total - two", "one"), "算式绕了一圈又要用到自己：one → two → one"),
        (("basis", "budget.total"), "算式里的“basis”不是这里的栏目，可以是 indicators.basis"),
        (("indicators.order + 1", "one"), "算式里的“indicators.order”不是这里的栏目，是不是“indicators.name”？"),
        (("goals.text + 1", "sum(goals.text)"), "“goals.text”一行一个数，要写成 sum(goals.text)"),
        (("sum(goals.text + 1)", "1"), "“goals.text”一行一个数，要写成 sum(goals.text)"),
    ],
)
def test_a_formula_that_can_come_to_nothing_is_told(formulas: tuple[str, str], said: str) -> None:
    fields = "".join(
        f'    {{ key = "{key}", label = "算", kind = "amount", formula = "{formula}" }},\n'
        for key, formula in zip(("one", "two"), formulas, strict=True)
    )
    text = changed('    { key = "code", label', f'{fields}    {{ key = "code", label')
    assert told(text)[0] == place(text, "formula") + said


def test_formulas_may_speak_of_one_another_and_of_the_columns_of_their_own_row() -> None:
    fields = """    { key = "one", label = "甲", kind = "amount", formula = "two + budget.total" },
    { key = "two", label = "乙", kind = "amount", formula = "sum(goals.text, budget.fiscal)" },
"""
    text = changed('    { key = "code", label', f'{fields}    {{ key = "code", label')
    assert read_form(text).project.field(("one",)) is not None


@pytest.mark.parametrize(("labels", "wrong"), [("6月底 3月底", True), ("3月底 3月", True), ("当年12月 次年6月", False)])
def test_points_of_a_plan_go_from_early_to_late(labels: str, wrong: bool) -> None:
    earlier, later = labels.split()
    points = f'points = [{{ key = "a", label = "{earlier}" }}, {{ key = "b", label = "{later}" }}]'
    begin = TEXT.index("points = [")
    text = TEXT[:begin] + points + TEXT[TEXT.index("\n]", begin) + 2 :]
    found = [line for line in told(text) if "时点要从早到晚写" in line]
    assert found == (
        [place(text, '{ key = "b"') + f"时点要从早到晚写：“{earlier}”写在“{later}”前面了"] if wrong else []
    )


ALONE = (SHIPPED / "guangshui-2021.toml").read_text(encoding="utf-8")
"""A form without projects."""


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("[department.taxonomy]", "[taxonomy]", "[taxonomy]",
         "没有 [project]，这里就不写“taxonomy”；部门的写在 department 里"),
        ("[print]\n", '[print]\ntitle = "{name}"\n', "title = \"{name}\"",
         "没有 [project]，这里就不写“title”；部门的写在 department 里"),
        ("[print]\n", '[project]\nhead = [{ key = "name", label = "项目名称", role = "name" }]\n[print]\n', "#",
         "少了“taxonomy”（项目的一级、二级指标；有项目的都要写）"),
        ('"支出合计" =', '"支出总计" =', '"支出总计"', "表样里没有“支出总计”这个词，是不是“支出合计”？"),
        ("[weights]\n", '[weights]\ncategories = { "履职效率" = "50" }\n', '"履职效率" = "50"',
         "没有“履职效率”这个一级指标，是不是“履职效益”？"),
    ],
)  # fmt: skip
def test_a_form_without_projects_says_nothing_of_them(old: str, new: str, at: str, said: str) -> None:
    assert ALONE.count(old) == 1
    text = ALONE.replace(old, new)
    where = "第 1 行第 1 列：" if at == "#" else place(text, at)
    assert where + said in told(text)


def test_a_form_of_nothing_but_the_departments_fields_prints_them() -> None:
    text = ALONE[: ALONE.index("[[print.department_tables]]")].replace(
        'department = [{ heading = "部门职能概述", field = "duties_text" }]', ""
    )
    assert place(text, "[print]") + "没有写部门印成什么：department_tables" in told(text)


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ('key = "other", label = "其他资金"', 'key = "other", label = "其他资金（万元）"', '{ key = "other"'),
        (
            '{ label = "其他资金", span',
            '{ label = "其他资金（单位：万元）", span',
            '{ label = "其他资金（单位：万元）"',
        ),
    ],
)
def test_a_label_of_an_amount_says_the_forms_unit_or_none(old: str, new: str, at: str) -> None:
    text = changed(old, new)
    (said,) = told(text)
    assert said.startswith(place(text, at))
    assert "里写的是万元，金额单位（amount_unit）是元" in said
    read_form(text.replace("万元）", "元）"))
