"""The heading over a project's table: which paragraph it is, and what of it is the project's own title."""

import re
from collections.abc import Sequence

from perftui.exchange.importer.labels import without_number
from perftui.exchange.importer.source import SourceParagraph
from perftui.forms import Form

_ENDING = re.compile(
    r"(?:项目)?(?:支出)?(?:预算)?(?:绩效目标(?:申报|填报|情况|审核|批复|自评|监控)?表?|绩效(?:自评|评价|监控|运行监控)表|申报书)"
    r"(?:[（(][^（）()]{0,12}[)）])?$"
)
_OFFICE = r"(?:[^\d]{2,20}(?:[局委办厅部院处站所会镇乡县市区]|中心|街道|政府|学校|单位|部门))?"
_GENERIC = re.compile(
    rf"(?:{_OFFICE}[（(]?\d{{4}}年?度?[)）]?)?(?:[县市省区本]级)?(?:部门|单位)?(?:[（(](?:部门|单位)[)）])?(?:整体)?(?:预算)?(?:项目)?(?:支出)?(?:预算)?$"
)
_ATTACHED = re.compile(r"附[表件]\s*[\d一二三四五六七八九十]*\s*(?:[-—]\d+)?\s*[:：、.．]?\s*(?=\S{4})")
_SEARCHED = 4  # paragraphs above a table; the nearest that looks like its heading is taken
_LONGEST = 200  # characters; no heading is longer


def is_title(text: str) -> bool:
    """Does a text end as the headings of these tables do?"""
    return len(text) <= _LONGEST and _ENDING.search("".join(text.split())) is not None


def find_title(before: Sequence[SourceParagraph], name: str, *, literal: bool) -> int | None:
    """The index of the paragraph that is the heading of the table after ``before``; ``None`` where there is none."""
    for back, para in enumerate(reversed(before[-_SEARCHED:]), 1):
        text = para.text.strip()
        if len(text) > _LONGEST:
            return None
        if para.level and literal:
            return len(before) - back
        bare = without_number(text)[1]
        if _ENDING.search(text) or (name and bare.startswith(name) and len(bare) < len(name) + 20):
            return len(before) - back
    return None


def own_title(form: Form, heading: str, name: str, *, literal: bool) -> str:
    """The title that a heading gives a project; "" where it is name and usual ending, or speaks of no project."""
    bare = _after_count(heading) if literal else _bare(heading)
    usual = form.layout.title.format(name=name)
    if bare == usual:
        return ""
    if literal:
        return bare
    plain = "".join(bare.split())
    match = _ENDING.search(plain)
    stem = plain[: match.start()] if match else plain
    if stem == "".join(name.split()) or _GENERIC.fullmatch(stem) or plain == "".join(usual.split()):
        return ""
    return bare


def _bare(heading: str) -> str:
    """A heading without the number of an attachment, and without its own."""
    return without_number(_ATTACHED.sub("", heading.lstrip(), count=1))[1]


def name_in(heading: str) -> str:
    """The project's name as its heading says it, for a table that does not: the heading without number and ending."""
    bare = _bare(heading)
    match = _ENDING.search(bare)
    stem = bare[: match.start()] if match else bare
    return "" if _GENERIC.fullmatch(stem) else stem.strip()


def _after_count(heading: str) -> str:
    """A printed heading without its count ``12、``."""
    return re.sub(r"^\d+、", "", heading, count=1)
