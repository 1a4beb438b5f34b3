"""A printed document made by hand with the texts of a real one: cover, contents, part one, six projects."""

from collections.abc import Iterator
from itertools import groupby

from hypothesis.strategies import DrawFn, composite, integers, sampled_from

from perftui.exchange.page import (
    Align,
    Block,
    Contents,
    Paragraph,
    PrintedPart,
    Section,
    StyleName,
    Table,
    TableCell,
    TableRow,
)

UNIT = "613001路南街道办事处部门本级"
HEADINGS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
PROJECT_COLUMNS = (24.0, 18.0, 25.0, 22.0, 22.0, 15.0, 16.0, 14.0)
INDICATOR_COLUMNS = (20.0, 24.0, 32.0, 36.0, 20.0, 24.0)

WAGES = """
产出指标 数量指标 支付工资及保险人员数量 支付工资及保险人员数量 41人
产出指标 质量指标 工资及保险发放准确率 工资及保险发放准确率 41人
产出指标 时效指标 资金支付及时率 资金支付及时率 100%
产出指标 成本指标 控制在预算资金内 控制在预算资金内 是/否
效益指标 经济效益指标 资金使用效益 资金支出情况 按要求支出
效益指标 社会效益指标 业务工作稳定性 通过日常工作稳定运转 进一步推动
效益指标 生态效益指标 保障社会发展 有效提供后勤保障 进一步保障
效益指标 可持续影响指标 保障工作完成 保障工作顺利完成 进一步保障
满意度指标 服务对象满意度指标 职工满意度 满意度人员占总职工人数 ≥95%
"""
OFFICE = """
产出指标 数量指标 支付公用经费 支付公用经费 6.8万元
产出指标 质量指标 办公设备正常运行率 办公设备正常运行率 ≥95%
产出指标 时效指标 按项目计划完成工作 按照工作要求按时完成预定计划 100%
产出指标 成本指标 项目控制预算数 不超过财政支持经费 是/否
效益指标 经济效益指标 提高工作效率 是否能提高工作效率 是/否
效益指标 社会效益指标 业务保障能力 保障相关业务、工作等开展的情况 是/否
效益指标 生态效益指标 节约成本 节约水、电等资源，降低能耗，实现绿色办公 是/否
效益指标 可持续影响指标 长期使用性 能够长期较好地满足工作需求 是/否
满意度指标 服务对象满意度指标 单位满意度 调查中单位人员对单位环境满意和较满意的人数占调查总人数的比率 ≥95%
"""
PLAN = ("25%", "50%", "75%", "100%")
PROJECTS = (
    ("130303213IMBOCSFWWM1", "社区工作专项补助", "2179600.00", "保障工资、保险各项人员经费支出", WAGES),
    ("130303216F9HQOHBT7GG4", "街道工作专项补助", "1973600.00", "保障本单位18名街道工作者按时拨付", WAGES),
    ("130303219QTGB6RSH6TVZ", "办事处、社区工作经费", "68000.00", "保障单位工作顺利开展", OFFICE),
    ("13030321EOGC4MEG6H563", "综合事务经费", "100000.00", "保障单位工作正常开展", OFFICE),
    ("13030321P9D6ZPZ29FZGG", "涉军公益岗补助及续聘", "98500.00", "保障工资、保险等各项人员经费支出", WAGES),
    ("13030321UAVVZOPM7LYNH", "车辆保险费", "4000.00", "用于支付单位车辆保险", OFFICE),
)
DUTIES = (
    (
        "办事处本级专项业务",
        "主要职责是组织协调上级及下属社区居民等工作；承担所辖范围的日常工作；受理信访、举报，集中管理问题线索、组织协调"
        "民生工作；监督检查党风党纪；履行政府职能；贯彻落实区委有关部署，开展各项工作；负责执行政府有关工作。",
        "职责目标是完成辖区居民及上级事物；加强党员干部建设，打造精品队伍；确保街道事物等工作顺利开展。",
        "绩效目标是在计生、卫生、综合治理、民政等方面全面升级。。",
        "绩效指标是机关职能运转率。",
        "绩效标准：充分保障的为优；较好保障的为良；基本保障的为中；不能保障的为差。",
    ),
    (
        "工委党建基层组织工作",
        "主要职责是全面贯彻执行党的各项方针、政策，建立健全各项工作制度。组织起草地方性法规，修改法规和督促制定配套政府"
        "规章；开展立法后评估工作；制定市人大常委会“五年立法规划”、“年度立法计划”；开展法规编纂及法规释义、地方性法规"
        "清理活动。",
        "职责目标是1、促进我市法制建设，为建设法治、依法治市提供有力的法治保障。2、开展立法调研，使立法更加符合我市实际，"
        "更具有可操作性。4、开展立法后评估工作，进一步检验立法的科学性、合理性、可操作性。5、修订完善街道工委工作制度。",
    ),
)
SAFEGUARD = (
    "一是注重民生民计，深入推进惠民工作。积极开展以送知识、送药具、送健康为内容的便民活动，优化计生服务；扩大养老、医疗"
    "保险覆盖面，创新就业帮扶工作，将各项民生工作推向深入。二是结合辖区实际，打造为老服务特色品牌。三是兜住民生底线，"
    "开展扶贫救困工程。大力开展对困难群众的生产生活救助工作，加强低保工作规范化管理和信息化建设，做好特困户临时救济和"
    "经常性社会捐赠工作。"
)


def document() -> PrintedPart:
    """The whole document."""
    return PrintedPart(title="路南街道办事处部门本级2021年部门预算绩效文本", blocks=tuple(_blocks()))


def single(number: int = 1) -> PrintedPart:
    """One project alone, as ``show`` and the export of a selection print it."""
    return PrintedPart(title=PROJECTS[number - 1][1], blocks=project(number))


def many(count: int) -> PrintedPart:
    """The projects over and over, under one title and contents."""
    blocks: list[Block] = [Contents(), Paragraph(text="第二部分", style=StyleName.TITLE, page_break_before=True)]
    for number in range(1, count + 1):
        blocks.extend(project(number))
    return PrintedPart(title="many", blocks=tuple(blocks))


def _blocks() -> Iterator[Block]:
    yield Section(numbered=False)
    yield Paragraph(text="路南街道办事处部门本级\n2021年部门预算绩效文本", style=StyleName.COVER_TITLE)
    yield Paragraph(text="编制单位：路南街道办事处部门本级", style=StyleName.COVER_TEXT, source=("unit_name",))
    yield Paragraph(text="编制日期：　　　　年　　月　　日", style=StyleName.COVER_TEXT)
    yield Section(numbered=False)
    yield Paragraph(text="目　录", style=StyleName.CONTENTS_TITLE)
    yield Contents()
    yield Section(start=1)
    yield Paragraph(text="第一部分　部门整体绩效目标", style=StyleName.TITLE)
    yield Paragraph(text="（二）部门职责分类绩效目标情况说明", style=StyleName.HEADING2)
    for number, (name, *texts) in enumerate(DUTIES, 1):
        yield Paragraph(text=f"{number}、{name}", style=StyleName.HEADING3, source=("duties", f"d{number}", "name"))
        for text in texts:
            yield Paragraph(text=text)
    yield Paragraph(text="（三）工作保障措施", style=StyleName.HEADING2)
    yield Paragraph(text="关注民生，推动社会事业深入发展")
    yield Paragraph(text=SAFEGUARD)
    yield Paragraph(text="第二部分　预算项目绩效目标", style=StyleName.TITLE, page_break_before=True)
    for number in range(1, len(PROJECTS) + 1):
        yield from project(number)


def project(number: int) -> tuple[Block, ...]:
    """The heading and the two tables of a project."""
    code, name, amount, purpose, indicators = PROJECTS[(number - 1) % len(PROJECTS)]
    goals = f"1. {purpose}，按时拨付\n2. {purpose}，足额拨付"
    heading = Paragraph(
        text=f"{number}、{name}绩效目标表", style=StyleName.HEADING_PROJECT, source=("name",), record=code
    )
    return heading, project_table(code, name, amount, purpose, goals), indicator_table(code, indicators)


def label(text: str, *, cols: int = 1, rows: int = 1) -> TableCell:
    return TableCell(text=text, col_span=cols, row_span=rows, style=StyleName.TABLE_HEAD)


def value(text: str, *path: str, cols: int = 1, align: Align = Align.CENTER) -> TableCell:
    return TableCell(text=text, source=path, col_span=cols, align=align)


def project_table(code: str, name: str, amount: str, purpose: str, goals: str) -> Table:
    months = zip(("3月底", "6月底", "10月底", "12月底"), (2, 1, 2, 2), strict=True)
    shares = zip(PLAN, ("m03", "m06", "m10", "m12"), (2, 1, 2, 2), strict=True)
    unit_line = (
        TableCell(text=UNIT, col_span=5, source=("unit_name",)),
        TableCell(text="单位：元", col_span=3, align=Align.RIGHT),
    )
    rows = (
        TableRow(cells=unit_line, bordered=False),
        TableRow(
            cells=(label("项目编码"), value(code, "code", cols=3), label("项目名称"), value(name, "name", cols=3))
        ),
        TableRow(
            cells=(
                label("预算规模及资金用途", rows=2),
                label("预算数"),
                value(amount, "budget", "total"),
                label("其中：财政资金"),
                value(amount, "budget", "fiscal"),
                label("其他资金", cols=2),
                value("0", "budget", "other"),
            )
        ),
        TableRow(cells=(value(purpose, "budget", "purpose", cols=7, align=Align.LEFT),)),
        TableRow(cells=(label("资金支出计划（%）", rows=2), *(label(text, cols=cols) for text, cols in months))),
        TableRow(cells=tuple(value(text, "plan", key, cols=cols) for text, key, cols in shares)),
        TableRow(cells=(label("绩效目标"), value(goals, "goals", "aaaaaa", "text", cols=7, align=Align.LEFT))),
    )
    return Table(columns=PROJECT_COLUMNS, rows=rows, record=code)


def indicator_table(code: str, lines: str) -> Table:
    rows = [TableRow(cells=tuple(label(text) for text in HEADINGS), header=True)]
    for category, group in groupby((line.split(" ") for line in lines.split("\n") if line), key=lambda line: line[0]):
        members = list(group)
        for number, (_category, *texts) in enumerate(members):
            keys = ("class", "name", "description", "value")
            cells = [value(text, "indicators", f"i{len(rows)}", key) for key, text in zip(keys, texts, strict=True)]
            cells.append(value("年度工作计划", "indicators", f"i{len(rows)}", "basis"))
            if number == 0:
                cells.insert(0, label(category, rows=len(members)))
            rows.append(TableRow(cells=tuple(cells)))
    return Table(columns=INDICATOR_COLUMNS, rows=tuple(rows), record=code)


@composite
def tables(draw: DrawFn) -> Table:
    """Any table whose cells fill its grid, with any spans and words that a cell can have."""
    height, width = draw(integers(1, 6)), draw(integers(1, 6))
    taken: set[tuple[int, int]] = set()
    rows = []
    for row in range(height):
        cells = []
        for column in range(width):
            if (row, column) in taken:
                continue
            free = next((place for place in range(column, width) if (row, place) in taken), width) - column
            cols, deep = draw(integers(1, free)), draw(integers(1, height - row))
            taken |= {(row + down, column + right) for down in range(deep) for right in range(cols)}
            text = draw(sampled_from(("", "字", "两\n行", "1973600.00", "很长很长很长很长的文字", " <&> ", "a\tb")))
            cells.append(TableCell(text=text, col_span=cols, row_span=deep, align=draw(sampled_from((None, *Align)))))
        rows.append(TableRow(cells=tuple(cells), bordered=draw(sampled_from((True, True, False)))))
    return Table(columns=tuple(draw(sampled_from((8.0, 20.0, 47.5))) for _column in range(width)), rows=tuple(rows))
