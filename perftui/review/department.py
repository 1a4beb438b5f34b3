"""D: the department's part: duties, safeguards, the overall goal."""

import re
from collections.abc import Iterator

from perftui.forms import Field, Group, GroupRole, Kind, Role
from perftui.locale import N_, _
from perftui.review.compare import fold
from perftui.review.example import Example
from perftui.review.finding import Severity
from perftui.review.rule import Hit, Page, Rule, Source
from perftui.review.subject import Cell, Subject
from perftui.review.wording import quoted


def _groups(subject: Subject) -> list[Group]:
    """Duties and safeguards, as far as the form has them."""
    return [group for group in subject.spec.groups if group.role in (GroupRole.DUTIES, GroupRole.SAFEGUARDS)]


def _texts(subject: Subject, groups: list[Group]) -> Iterator[tuple[Field, Cell]]:
    """The filled long texts of groups, row by row."""
    for group in groups:
        columns = [column for column in group.columns if column.kind is Kind.LONG_TEXT]
        for row in subject.rows(group):
            for column in columns:
                text = row.text(column.key).strip()
                if text:
                    yield column, Cell(path=(group.key, row.id, column.key), text=text)


def prose(subject: Subject) -> Iterator[tuple[Field, Cell]]:
    """The running texts of duties and safeguards."""
    return _texts(subject, _groups(subject))


def _missing_part(subject: Subject) -> Iterator[Hit]:
    yield from _missing(subject, GroupRole.DUTIES, _("补写这一部分；几项职责不要共用一段"))


def _missing_safeguard(subject: Subject) -> Iterator[Hit]:
    yield from _missing(subject, GroupRole.SAFEGUARDS, _("补写这一部分"))


def _missing(subject: Subject, role: GroupRole, advice: str) -> Iterator[Hit]:
    group = subject.spec.group_of(role)
    if group is None:
        return
    head = next((column.key for column in group.columns if column.role in (Role.NAME, Role.TITLE)), "")
    for row in subject.rows(group):
        for column in subject.parts(group):
            if not row.text(column.key).strip():
                title = row.text(head).strip()
                message = _("{row}“{title}”没有{part}").format(row=group.label, title=title, part=column.label)
                if not title:
                    message = _("这一条{row}没有{part}").format(row=group.label, part=column.label)
                yield Hit(path=(group.key, row.id, column.key), message=message, advice=advice)


_NUMBER = re.compile(r"(?:^|[。；\n])\s*([0-9]{1,2})、")
_HAN = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"(?:^|[。；\n])\s*([{_HAN}]{{1,3}})是")


def _from_han(word: str) -> int:
    """一 is 1, 十 10, 十二 12, 二十一 21."""
    tens, ten, ones = word.rpartition("十")
    value = (_HAN.find(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_HAN.find(ones) + 1 if ones else 0)


def _numbers(subject: Subject) -> Iterator[Hit]:
    for column, cell in _texts(subject, [group for group in _groups(subject) if group.role is GroupRole.DUTIES]):
        found = [(int(match[1]), match.span(1)) for match in _NUMBER.finditer(cell.text)]
        wrong = _first_wrong([number for number, _span in found])
        if wrong is not None:
            number, span = found[wrong]
            message = _jump(column.label, f"{number}、", "" if wrong == 0 else f"{found[wrong - 1][0]}、")
            advice = _("看中间是否漏了一条；没有漏的，把序号改成连续的")
            yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text, span=span)


def _first_wrong(numbers: list[int]) -> int | None:
    """The index of the first number that is not one more than the one before."""
    return next((index for index, number in enumerate(numbers) if number != index + 1), None)


def _jump(label: str, found: str, before: str) -> str:
    if before:
        return _("{label}里的序号不连续，“{before}”后面是“{found}”").format(label=label, before=before, found=found)
    return _("{label}里的序号不连续，第一个就是“{found}”").format(label=label, found=found)


def _ordinals(subject: Subject) -> Iterator[Hit]:
    """一是, 二是 … in each text, and over the titles together."""
    group = subject.spec.group_of(GroupRole.SAFEGUARDS)
    if group is None:
        return
    advice = _("补上漏掉的序号，或者把序号改成连续的")
    title = group.column(Role.TITLE)
    if title is not None:
        cells = [cell for cell in subject.cells(GroupRole.SAFEGUARDS, Role.TITLE) if _ORDINAL.match(cell.text)]
        words = [found[1] for cell in cells if (found := _ORDINAL.match(cell.text))]
        wrong = _first_wrong([_from_han(word) for word in words])
        if wrong is not None:
            before = "" if wrong == 0 else f"{words[wrong - 1]}是"
            message = _jump(title.label, f"{words[wrong]}是", before)
            yield Hit(
                path=cells[wrong].path, message=message, advice=advice, quote=cells[wrong].text,
                span=(0, len(words[wrong]) + 1),
            )  # fmt: skip
    for column, cell in _texts(subject, [group]):
        found_all = list(_ORDINAL.finditer(cell.text))
        wrong = _first_wrong([_from_han(found[1]) for found in found_all])
        if wrong is not None:
            before = "" if wrong == 0 else f"{found_all[wrong - 1][1]}是"
            message = _jump(column.label, f"{found_all[wrong][1]}是", before)
            start, end = found_all[wrong].span(1)
            yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text, span=(start, end + 1))


def _same(subject: Subject) -> Iterator[Hit]:
    group = subject.spec.group_of(GroupRole.DUTIES)
    for role in (Role.PERFORMANCE_GOAL, Role.DUTY_INDICATOR):
        column = group.column(role) if group else None
        first: dict[str, int] = {}
        for number, cell in enumerate(subject.cells(GroupRole.DUTIES, role), start=1):
            key = fold(cell.text)
            if column is not None and key and first.setdefault(key, number) != number:
                message = _("{label}与第 {earlier} 项职责的一字不差").format(label=column.label, earlier=first[key])
                advice = _("多半是复制时没有改，按本项职责重写")
                yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text)


_LOW = re.compile("街道|[镇乡](?=人民政府|政府|党委|党政|人大|机关|部门|本级|财政|办|所|（|\\(|$)")
_HIGHER = re.compile(
    "地方性法规|政府规章|立法规划|立法计划|立法调研|立法后评估|法规质量|省人大常委会|市人大常委会|市代会|市本级预算|一府两院"
)


def _higher_body(subject: Subject) -> Iterator[Hit]:
    if not _LOW.search(subject.context.unit_name):
        return
    for column, cell in prose(subject):
        found = list(_HIGHER.finditer(cell.text))
        if found:
            words = dict.fromkeys(match[0] for match in found)
            message = _("{label}里写了{words}，这是上级机关的工作").format(label=column.label, words=quoted(words))
            advice = _("多半抄自上级机关的文本，改成本单位自己的工作")
            yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text, span=found[0].span())


_STRAY = re.compile("(?<=。)[0-9０-９.．%％]+$")
_DIGIT = re.compile("[0-9０-９]")


def _unmeasured(subject: Subject) -> Iterator[Hit]:
    standards = {
        cell.path[1]: _STRAY.sub("", cell.text) for cell in subject.cells(GroupRole.DUTIES, Role.STANDARD)
    }  # fmt: skip
    for cell in subject.cells(GroupRole.DUTIES, Role.DUTY_INDICATOR):
        told = _STRAY.sub("", cell.text) + standards.get(cell.path[1], "")
        if cell.text and not _DIGIT.search(told):
            message = _("{label}没有数字，绩效标准里也没有").format(label=subject.spec.label(cell.path))
            advice = _("写明要达到多少，例如“政策落实率达到95%以上”，标准按数字分档")
            yield Hit(path=cell.path, message=message, advice=advice, quote=cell.text)


def _part_missing(subject: Subject) -> Iterator[Hit]:
    path = subject.spec.path_of(Role.OVERALL_GOAL)
    if path is not None and not subject.text(Role.OVERALL_GOAL):
        message = _("没有填{label}").format(label=subject.spec.label(path))
        yield Hit(path=path, message=message, advice=_("写明本部门全年要达到的总目标，一段即可"))
    for group in _groups(subject):
        if not subject.rows(group):
            message = _("一条{label}也没有").format(label=group.label)
            yield Hit(path=(group.key,), message=message, advice=_("至少写一条"))


_CLEAN = {Role.DUTY_INDICATOR: "政策落实率达到95%以上。"}

RULES = (
    Rule(
        id="D001", severity=Severity.ERROR, title=N_("职责缺一部分"), check=_missing_part,
        page=Page(
            what=N_("一项职责应当有名称和五段：主要职责、职责目标、绩效目标、绩效指标、绩效标准。"),
            why=N_("表样规定五段齐全，缺一段就不能考核。"), source=Source.FORM, mend=N_("补写缺的一段。"),
            bad=Example(duties=({Role.STANDARD: ""},)), good=Example(duties=(_CLEAN,)),
        ),
    ),
    Rule(
        id="D002", severity=Severity.ERROR, title=N_("职责里的序号不连续"), check=_numbers,
        page=Page(
            what=N_("一段文字里的 1、2、3、 跳号或重号。"), why=N_("跳号说明删了一条，或者漏了一条。"),
            source=Source.FORM,
            mend=N_("先看内容有没有漏，再把序号改成连续的。"),
            bad=Example(duties=({Role.DUTY_GOAL: "1、完善制度。2、开展调研。4、做好党建工作。"},)),
            good=Example(duties=({Role.DUTY_GOAL: "1、完善制度。2、开展调研。3、做好党建工作。"},)),
        ),
    ),
    Rule(
        id="D003", severity=Severity.WARNING, title=N_("保障措施的“一是、二是”不连续"), check=_ordinals,
        page=Page(
            what=N_("措施的标题或内容里，一是、二是、三是 跳号或重号。"), why=N_("读的人会以为漏了一条。"),
            source=Source.STYLE, mend=N_("补上漏掉的序号，或者改成连续的。"),
            bad=Example(
                safeguards=({Role.TITLE: "关注民生，推动社会事业发展"}, {Role.TITLE: "二是精细管理，提升城市面貌"}),
            ),
            good=Example(
                safeguards=({Role.TITLE: "一是关注民生，推动社会事业发展"}, {Role.TITLE: "二是精细管理，提升城市面貌"}),
            ),
        ),
    ),
    Rule(
        id="D004", severity=Severity.WARNING, title=N_("两项职责的目标或指标相同"), check=_same,
        page=Page(
            what=N_("两项职责的绩效目标或绩效指标一字不差。"), why=N_("不同的职责不会有相同的指标，是复制没有改。"),
            source=Source.SEEN, mend=N_("按本项职责重写。"),
            bad=Example(
                duties=({Role.DUTY_INDICATOR: "培训党员40人次。"}, {Role.DUTY_INDICATOR: "培训党员40人次。"}),
            ),
            good=Example(
                duties=({Role.DUTY_INDICATOR: "培训党员40人次。"}, {Role.DUTY_INDICATOR: "视察2次。"})
            ),
        ),
    ),
    Rule(
        id="D005", severity=Severity.WARNING, title=N_("写的是上级机关的工作"), check=_higher_body,
        page=Page(
            what=N_("街道、乡镇的文本里写了立法、市人大常委会、市本级预算等上级机关的工作。"),
            why=N_("多半整段抄自上级机关的文本。"), source=Source.SEEN, mend=N_("改成本单位自己的工作。"),
            bad=Example(duties=({Role.RESPONSIBILITY: "组织起草地方性法规。"},)),
            good=Example(duties=({Role.RESPONSIBILITY: "组织人大代表视察辖区工作。"},)),
        ),
    ),
    Rule(
        id="D006", severity=Severity.WARNING, title=N_("职责的指标不能计量"), check=_unmeasured,
        page=Page(
            what=N_("绩效指标和绩效标准里都没有一个数字。"),
            why=N_("“充分保障的为优”没有说怎样算充分。"), source=Source.TARGETS,
            mend=N_("指标写出要达到的数，标准按数字分优、良、中、差。"),
            bad=Example(
                duties=({Role.DUTY_INDICATOR: "机关职能运转率。", Role.STANDARD: "充分保障的为优；不能保障的为差。"},),
            ),
            good=Example(duties=(_CLEAN,)),
        ),
    ),
    Rule(
        id="D007", severity=Severity.WARNING, title=N_("缺总体目标、职责或保障措施"), check=_part_missing,
        page=Page(
            what=N_("没有填总体绩效目标，或者一项职责、一条保障措施也没有。"), why=N_("这三部分表样都要求有。"),
            source=Source.FORM, mend=N_("补写缺的一部分。"),
            bad=Example(department={Role.OVERALL_GOAL: ""}),
            good=Example(department={Role.OVERALL_GOAL: "为辖区3万居民提供便捷的政务服务。"}),
        ),
    ),
    Rule(
        id="D008", severity=Severity.WARNING, title=N_("保障措施缺标题或内容"), check=_missing_safeguard,
        page=Page(
            what=N_("一条保障措施只有标题，或者只有内容。"), why=N_("打印出来会少一段。"), source=Source.FORM,
            mend=N_("补写缺的一部分，或者删去这一条。"),
            bad=Example(safeguards=({Role.TITLE: "一是加强领导", Role.TEXT: ""},)),
            good=Example(safeguards=({Role.TITLE: "一是加强领导", Role.TEXT: "成立领导小组。"},)),
        ),
    ),
)  # fmt: skip
