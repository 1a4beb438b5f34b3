"""X004, X005: the document as a whole."""

from collections.abc import Iterator

from perftui.forms import Role
from perftui.locale import N_, _
from perftui.model.conflicts import OURS, THEIRS, THEIRS_BY, conflict_rows
from perftui.model.document import DEPARTMENT
from perftui.review.example import Example
from perftui.review.facts import Survey
from perftui.review.finding import Severity
from perftui.review.rule import Hit, Page, Rule, Source
from perftui.review.subject import Subject


def _no_project(survey: Survey) -> Iterator[Hit]:
    if not survey.projects:
        message, advice = _("一个项目也没有"), _("按 Ins 新建项目，或者从上年结转")
        yield Hit(file=DEPARTMENT, path=(), message=message, advice=advice)


def _conflicts(subject: Subject) -> Iterator[Hit]:
    for path, rows in conflict_rows(subject.record).items():
        ours = rows[0].text(OURS)
        others = _("；").join(
            _("{by}改成了“{theirs}”").format(
                by=row.text(THEIRS_BY) or _("别人"), theirs=row.text(THEIRS) or _("（空）")
            )
            for row in rows
        )
        message = _("合并时有冲突没有处理：这里是“{ours}”，{others}").format(ours=ours or _("（空）"), others=others)
        yield Hit(path=path, message=message, advice=_("按 F4 选用哪一个，或者重新填写"), quote=ours)


RULES = (
    Rule(
        id="X004", severity=Severity.WARNING, title=N_("没有项目"), survey=_no_project, compared=lambda facts: None,
        page=Page(
            what=N_("文本里一个项目也没有。"), why=N_("第二部分会是空的。"), source=Source.FORM,
            mend=N_("新建项目，或者从上年结转。"), bad=Example(empty=True), good=Example(),
        ),
    ),
    Rule(
        id="X005", severity=Severity.ERROR, title=N_("合并的冲突没有处理"), check=_conflicts,
        page=Page(
            what=N_("两个人改了同一栏，合并后等人选用哪一个。"), why=N_("不处理就定稿，可能丢掉别人的修改。"),
            source=Source.FORM, mend=N_("到那一栏按 F4 选一个，或者重新填写。"),
            bad=Example(conflict=Role.NAME), good=Example(),
        ),
    ),
)  # fmt: skip
