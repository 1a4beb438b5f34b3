"""Correct documents of any form, varied as people vary them: what a reviewer must pass without an error or warning."""

import random
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from perftui.forms import AmountGroup, Form, Group, GroupRole, Part, RecordSpec, Role, load_form
from perftui.forms.computed_fields import computed
from perftui.model.document import Document, in_reading_order, project_file
from perftui.model.record import ORDER, Record
from tests import factories

SUBJECTS = (
    "退养人员", "街道工作者", "公益岗人员", "低保家庭", "老党员", "环卫工人", "志愿者", "独居老人", "退役军人",
)  # fmt: skip
MATTERS = (
    "生活补助", "老旧小区改造工程", "道路修缮", "办公设备购置", "垃圾清运", "文化活动", "食品安全监管",
    "防汛物资采购", "困难群众救助", "社区养老服务", "车辆保险费", "网格化管理", "法律援助", "健康体检",
    "党群服务中心运行", "消防设施维护",
)  # fmt: skip
BASES = (
    "年度工作计划", "上年实际完成数", "行业标准", "预算支出标准", "冀财预〔2020〕15号", "区委2021年重点工作安排",
    "合同约定",
)  # fmt: skip

ROWS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "数量": (
        ("{who}人数", "全年领取补助的{who}总数", "={n}人"),
        ("走访慰问次数", "全年走访慰问的次数", "≥{k}次"),
        ("改造面积", "竣工验收的改造面积", ">={n}00平方米"),
        ("购置设备数量", "购置并投入使用的设备数", "{k}台"),
        ("举办活动场次", "全年举办的活动场次", "≥{k}场次"),
        ("培训人次", "参加培训的人次", "不少于{n}人次"),
        ("任务完成率", "完成任务数占计划数的比例", "≥110%"),
        ("清运垃圾量", "全年清运生活垃圾的重量", "≥{n}吨"),
        ("服务覆盖社区数量", "得到服务的社区个数", "{k}个"),
        ("政策咨询量", "全年接待咨询的人次", "≥{n}人次"),
    ),
    "质量": (
        ("补助发放准确率", "准确发放人数占应发放人数的比例", "≥98%"),
        ("验收合格率", "一次验收合格的工程占全部工程的比例", "=100%"),
        ("设备故障率", "发生故障的设备占全部设备的比例", "≤5%"),
        ("工作规范性", "对照制度检查，与上年对比差错次数", "差错减少"),
        ("产品质量", "抽检达标的批次占抽检批次的比例", "≥95％"),
        ("培训合格率", "考试合格人数占参训人数的比例", ">=90%"),
        ("资料归档完整比例", "按目录核对的归档资料占比", "=100.00(%)"),
        ("工作效率", "人均月办件数", "≥{k}件"),
    ),
    "时效": (
        ("补助发放及时率", "按月及时发放的次数占应发放次数的比例", "≥95%"),
        ("完工时间", "全部工程竣工验收的时间", "2021年11月30日前"),
        ("资金到位时间", "资金拨付到位的月份", "12月底到位"),
        ("实施周期", "项目起止时间", "2021年1月-12月"),
        ("办结时限", "从受理到办结的平均时间", "≤5个工作日"),
        ("按期开工率", "按期开工的工程占比", "=100%"),
        ("响应时间", "接到报修到上门的时间", "≤24小时"),
        ("质量问题整改及时率", "按时整改的问题占比", "≥95%"),
    ),
    "成本": (
        ("支出控制数", "全年支出总额占批复预算的比例", "≤100%"),
        ("人均补助标准", "每人每月发放的数额", "≤500元/人"),
        ("工程造价", "每亩造价的上限", "<=475元/亩"),
        ("公用经费总额", "全年公用经费支出", "≤1000元"),
    ),
    "经济": (
        ("带动增收户数", "因项目增收的居民户数", "≥{k}户"),
        ("节约资金比例", "招标后节约的资金占预算的比例", "≥3%"),
        ("促进消费增长率", "辖区社会消费品零售额较上年的增长比例", "≥105%"),
        ("减少维修支出", "较上年减少的维修资金支出", "≥{n}元"),
    ),
    "社会": (
        ("服务覆盖率", "得到服务的居民占全部居民的比例", "≥90%"),
        ("矛盾化解率", "化解的矛盾占受理矛盾的比例", "≥85%"),
        ("群众安全感", "入户调查中表示安全的居民占比", "有所提升"),
        ("居民投诉下降率", "投诉件数较上年下降的比例", "≥10%"),
    ),
    "生态": (
        ("垃圾分类覆盖率", "实行垃圾分类的小区占全部小区的比例", "≥80%"),
        ("绿化面积", "新增绿地面积", "≥{n}平方米"),
        ("办公用纸减少比例", "较上年节约的纸张占比", "≥5%"),
        ("能耗下降率", "单位面积能耗较上年下降的比例", "≥2%"),
    ),
    "可持续": (
        ("队伍稳定比例", "全年在岗人员占年初人员的比例", "≥95%"),
        ("设施使用年限", "设施的设计使用年限", "≥{k}年"),
        ("长效机制健全性", "对照检查制度是否齐全，统计缺项次数", "健全"),
        ("持续服务能力", "下年度仍可提供服务的网点占比", "≥90%"),
    ),
    "满意度": (
        ("{who}满意度", "抽样调查中满意的{who}占被调查人数的比例", "≥90%"),
        ("居民满意度", "问卷调查满意的比例", ">=92.5%"),
        ("受益对象满意率", "回访中表示满意的对象占比", "≥95％"),
    ),
    "社会成本": (("群众投诉次数", "因项目引起的投诉次数", "≤2次"), ("施工扰民天数", "占道施工的天数", "≤10天")),
    "生态环境成本": (
        ("环境污染事件数", "因项目引起的污染事件", "≤1起"),
        ("建筑垃圾量", "产生建筑垃圾的重量", "≤{n}吨"),
    ),
}  # fmt: skip

GOALS = (
    "全年为{n}名{who}按月发放补助", "开展{matter}{k}次，惠及居民{n}00户", "{who}满意度达到90%以上",
    "完成{matter}，一次验收合格", "建成{k}个服务点，覆盖全部社区", "为{n}名{who}免费体检一次",
    "及时足额拨付资金，全年无差错", "按时完成{matter}，12月底前验收",
)  # fmt: skip
DUTIES = (
    ("社会救助", "负责低保、临时救助和特困供养工作。", "政策落实率达到95%以上。"),
    ("城市管理", "1、负责环境卫生；2、负责市容秩序；3、负责违建治理。", "巡查不少于200次，问题整改率不低于90%。"),
    ("党的建设", "指导社区党组织建设，做好党员发展和教育管理；落实“三会一课”。", "培训党员3次，参训率达到90%。"),
    ("综治信访", "排查化解矛盾纠纷，维护辖区和谐稳定。", "矛盾化解率达到85%以上。"),
    ("人大工作", "组织人大代表联系选民、视察调研，办理代表建议。", "视察2次，建议办结率100%。"),
)


def correct_document(seed: int, form_id: str, projects: int = 3) -> Document:
    """A correct document; the same for the same seed."""
    rng, form = random.Random(seed), load_form(form_id)
    records = [_project(rng, form, number) for number in range(1, projects + 1)]
    files = {project_file(factories.project_code(number)): record for number, record in enumerate(records, start=1)}
    return Document(
        year=2021, unit="613001", form=form_id, department=_department(rng, form), projects=in_reading_order(files)
    )


def _department(rng: random.Random, form: Form) -> Record:
    spec = form.department
    record = _with_money(rng, factories.department(form.id), spec)
    duties, safeguards = spec.group_of(GroupRole.DUTIES), spec.group_of(GroupRole.SAFEGUARDS)
    if duties is not None:
        made = [
            {
                Role.NAME: name, Role.RESPONSIBILITY: text, Role.DUTY_GOAL: f"1、健全{name}制度；2、完成全年任务。",
                Role.PERFORMANCE_GOAL: f"{name}水平稳步提高，居民更加满意。", Role.DUTY_INDICATOR: indicator,
                Role.STANDARD: "完成95%以上为优，90%以上为良，80%以上为中，其余为差。",
            }
            for name, text, indicator in rng.sample(DUTIES, rng.randint(1, 5))
        ]  # fmt: skip
        record = factories.with_rows(record, duties, made)
    if safeguards is not None:
        numbered = rng.random() < 0.5
        titles = ("加强组织领导", "强化资金监管", "严格绩效考核")[: rng.randint(1, 3)]
        made = [
            {
                Role.TITLE: f"{'一二三'[index]}是{title}" if numbered else title,
                Role.TEXT: "一是明确责任人。二是定期检查和通报。"
                if rng.random() < 0.5
                else f"{title}，每季度检查1次。",
            }
            for index, title in enumerate(titles)
        ]
        record = factories.with_rows(record, safeguards, made)
    return record


def _project(rng: random.Random, form: Form, number: int) -> Record:
    spec, who, matter = form.project, rng.choice(SUBJECTS), rng.choice(MATTERS)
    words = {"who": who, "matter": matter, "n": str(rng.randint(11, 99)), "k": str(rng.randint(2, 9))}
    record = factories.project(form.id, number).with_value((ORDER,), 1000 * number)
    for role, text in ((Role.NAME, f"{who}{matter}"), (Role.PURPOSE, f"用于{who}的{matter}支出")):
        path = spec.path_of(role)
        record = record if path is None else record.with_value(path, text)
    record = _with_money(rng, record, spec)
    for goals in (group for group in spec.groups if group.role is GroupRole.GOALS):
        texts = [GOALS[0].format(**words), *(text.format(**words) for text in rng.sample(GOALS[1:], rng.randint(0, 3)))]
        record = factories.with_rows(record, goals, ["；\n".join(texts) + "。"] if goals.single else texts)
    return _with_indicators(rng, record, form, words)


def _split(rng: random.Random, record: Record, group: AmountGroup, part: Part, fen: int) -> Record:
    """An amount and its parts, which add up to it; the first has most. What the form computes is not typed."""
    if part.field.formula is None:
        record = record.with_value(group.path(part.field), f"{fen // 100}.{fen % 100:02d}")
    shares = [rng.randint(0, fen // (2 * len(part.parts))) for _part in part.parts[1:]]
    for one, share in zip(part.parts, [fen - sum(shares), *shares], strict=False):
        record = _split(rng, record, group, one, share)
    return record


def _with_money(rng: random.Random, record: Record, spec: RecordSpec) -> Record:
    for group in spec.amounts:
        total = group.path(group.total.field)
        said = computed(spec, record, total) if group.total.field.formula else ""
        fen = int(Decimal(said) * 100) if said else rng.randint(10_000_00, 99_999_99)
        record = _split(rng, record, group, group.total, fen)
    if spec.plan is not None:
        choices = [Decimal(share) for share in ("0", "10", "25", "33.33", "50", "60", "75", "90", "100")]
        shares = [*sorted(rng.choice(choices) for _point in spec.plan.points[1:]), Decimal(100)]
        if not spec.plan.cumulative:
            shares = [share - before for before, share in pairwise([Decimal(0), *shares])]
        for point, share in zip(spec.plan.points, shares, strict=True):
            record = record.with_value(spec.plan.path(point), str(share))
    return record


def _with_indicators(rng: random.Random, record: Record, form: Form, words: Mapping[str, str]) -> Record:
    for group in (group for group in form.project.groups if group.role is GroupRole.INDICATORS):
        record = _with_rows(rng, record, form, group, words)
    return record


def _with_rows(rng: random.Random, record: Record, form: Form, group: Group, words: Mapping[str, str]) -> Record:
    needed = ("数量", "满意度", "社会效益", "成本")
    weighed = form.weights.categories if form.weights else {}
    rows: list[dict[Role, str]] = []
    for category in form.project.taxonomy.categories:
        for level2 in category.classes:
            is_needed = any(word in level2 for word in needed) or level2 in ("产出指标", "效益指标")
            is_needed |= category.name in weighed and level2 == category.classes[0]
            used = {row[Role.NAME] for row in rows}
            left = [one for one in ROWS[_kind_of(level2)] if one[0].format(**words) not in used]
            rows += [
                {
                    Role.LEVEL1: category.name, Role.LEVEL2: level2, Role.NAME: name.format(**words),
                    Role.DESCRIPTION: description.format(**words), Role.VALUE: value.format(**words),
                    Role.BASIS: rng.choice(BASES),
                }
                for name, description, value in rng.sample(left, min(rng.randint(int(is_needed), 2), len(left)))
            ]  # fmt: skip
    if rng.random() < 0.3:
        rng.shuffle(rows)
    return factories.with_rows(record, group, factories.in_columns(form, group, rows))


def _kind_of(level2: str) -> str:
    """The kind of rows that a class has: its own, else what many classes are measured by."""
    if level2 == "经济成本指标":
        return "成本"
    own = [key for key in ROWS if key in level2 or key.removesuffix("效益") == level2.removesuffix("效益指标")]
    other = {"产出": "数量", "效益": "社会", "环境": "生态"}
    return max(own, key=len, default="") or next((key for word, key in other.items() if word in level2), "质量")
