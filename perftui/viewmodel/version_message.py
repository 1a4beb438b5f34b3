"""What a version says of itself: made from what changed, in the form's words; a person may change it."""

from collections.abc import Sequence

from perftui.forms import Form
from perftui.locale import _, labelled
from perftui.model.diff import FieldChange, diff, same_values
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import CONFLICTS, ORDER, RESERVED, UNREVIEWED, Record
from perftui.review.location_names import LocationNames
from perftui.session.renamed_files import renamed_between
from perftui.session.sharing import VersionMessage
from perftui.viewmodel.changes import document_changes

_MOST_NAMED = 3
_MOST_LINES = 60


def version_message(old: Document, new: Document, form: Form) -> VersionMessage:
    """The message of a version that leads from one document to another; its body lists every change."""
    lines = list(document_changes(old, new, form))
    more = len(lines) - _MOST_LINES
    body = [*lines[:_MOST_LINES], *([_("……还有 {count} 行").format(count=more)] if more > 0 else [])]
    return VersionMessage(subject=_subject(old, new, form), body="\n".join(body))


def _subject(old: Document, new: Document, form: Form) -> str:
    """``新增 A；删除 B；D 改了文件名；C：财政资金、其他资金``."""
    renamed = renamed_between(form, old, new)
    old = old.renamed(renamed)
    before, after = LocationNames(old, form), LocationNames(new, form)
    added = [after.file(file) for file in new.projects if not old.has(file)]
    removed = [before.file(file) for file in old.projects if not new.has(file)]
    changed = [file for file, record in new.files() if old.has(file) and not same_values(old.record(file), record)]
    if old.department == Record():  # the first version: the department is as new as the projects
        changed = [file for file in changed if file != DEPARTMENT]
    sentences = [_("新增 {name}").format(name=_listed(added))] if added else []
    sentences += [_("删除 {name}").format(name=_listed(removed))] if removed else []
    if renamed:
        names = _listed([after.file(file) for file in renamed.values()])
        sentences.append(_("{names} 改了文件名").format(names=names))
    if len(changed) == 1:
        fields = _fields(old, new, changed[0], after)
        sentences.append(labelled(after.file(changed[0]), _listed(fields)))
    elif changed:
        sentences.append(_("修改 {name}").format(name=_listed([after.file(file) for file in changed])))
    return _("；").join(sentences) or _("填写 {year} 年绩效文本").format(year=new.year)


def _fields(old: Document, new: Document, file: str, names: LocationNames) -> list[str]:
    """The names of the fields and rows of a file that differ."""
    paths = [
        one.path if isinstance(one, FieldChange) else (one.group, one.row.id)
        for one in diff(old.record(file), new.record(file))
    ]
    shown = [path for path in paths if path[0] not in RESERVED and path[-1] != ORDER]
    if paths and all(path[0] == UNREVIEWED for path in paths):
        return [_("核对的标记")]
    names_of_fields = dict.fromkeys(names.field(Location(file=file, path=path)) for path in shown)
    if names_of_fields or all(path[0] != CONFLICTS for path in paths):
        return list(names_of_fields) or [_("次序")]
    more = len(new.record(file).rows(CONFLICTS)) > len(old.record(file).rows(CONFLICTS))
    return [_("两边都改了，待选") if more else _("处理冲突")]


def _listed(names: Sequence[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return _("、").join(names)
    return _("{names} 等 {count} 处").format(names=_("、").join(names[:_MOST_NAMED]), count=len(names))
