"""An office's own empty form, filled with projects of the document: proven first, then put into its place at once."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from perftui.exchange.filling.blank_form import BlankForm
from perftui.exchange.filling.place import FormOwner
from perftui.exchange.filling.plan import UnplacedValue
from perftui.exchange.importer.imported import ImportRefused
from perftui.files.names import safe_name
from perftui.forms import Form, Role
from perftui.locale import _, labelled
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.text import size_in_words, visible
from perftui.session.amount_rounding import missed_sums
from perftui.session.export import put_file
from perftui.session.export_target import require_free
from perftui.session.foreign_document import CannotImport, read_bytes

FORMS = (".docx", ".xlsx")
"""The endings of the files that are filled."""
_SHORT = 30
_MOST_NAMED = 12
_MOST_EXAMPLES = 4


class NotFilled(Exception):  # noqa: N818 - named for what it says
    """Nothing was written; ``str()`` is the sentence for the person."""


@frozen
class FillResult:
    """A form that was filled."""

    path: Path
    """Absolute."""
    projects: int
    """0 where the form has none, and it is the department's."""
    cells: int
    """How many cells were written; each was read back equal."""
    missing: tuple[str, ...]
    """Values that the form has no place for, a line for each label."""
    blank: tuple[str, ...]
    """The labels of the form's cells that stayed blank."""
    years: tuple[int, int]
    """The year that the form says (0 for none), and the document's."""
    missed: tuple[str, ...] = ()
    """Sums that their parts miss when they are rounded."""
    ends_full: bool = False
    """It is a sheet that a system gave out, filled to its last row."""


def fill_form(
    source: Path, document: Document, form: Form, target: Path, files: Collection[str] | None = None
) -> FillResult:
    """Fill ``source`` with the projects ``files`` (``None``: all) into ``target``: a folder, or the path of a file.

    Raises NotFilled or a FileError; then nothing was written.
    """
    chosen = [file for file in document.projects if files is None or file in files]
    if form.has_projects and not chosen:
        raise NotFilled(_("没有项目可以填"))
    if source.suffix.lower() not in FORMS:
        raise NotFilled(_("只能填 .docx 和 .xlsx 的空表，请在 Word、Excel 或 WPS 里另存为这两种格式"))
    path = _path(source, document, form, chosen, target)
    require_free(path)
    from perftui.exchange.filling.proven_fill import fill  # loaded when a form is filled

    records = [document.projects[file] for file in chosen] if form.has_projects else [document.department]
    owner = FormOwner(form.department.text_of(document.department, Role.UNIT_NAME), document.year)
    try:
        filled = fill(_opener(source), records, form, owner)
    except (ImportRefused, CannotImport) as error:
        raise NotFilled(_("{name}：{why}").format(name=visible(source.name), why=error)) from error
    put_file(path, filled.data)
    return FillResult(
        path=path, projects=len(chosen), cells=filled.written, missing=tuple(_by_label(filled.missing)),
        blank=tuple(map(visible, filled.blank)),
        years=(filled.year, document.year),
        missed=tuple(missed_sums(document, form, chosen)) if filled.in_ten_thousands else (),
        ends_full=filled.ends_full and path.suffix.lower() == FORMS[1],
    )  # fmt: skip


def _by_label(missing: Sequence[UnplacedValue]) -> Iterator[str]:
    """The values without a place, a line for each label."""
    found: dict[str, list[str]] = {}
    for one in missing:
        found.setdefault(one.label, []).append(_short(one.text))
    for label, texts in found.items():
        said = _("；").join(texts[:_MOST_EXAMPLES])
        more = _("；…共 {count} 处").format(count=len(texts)) if len(texts) > _MOST_EXAMPLES else ""
        yield visible(labelled(label, said + more))


def fill_report(result: FillResult) -> list[str]:
    """What was written, what had no place, and what in the form stayed blank."""
    sentence = _("已填 {projects} 个项目、{cells} 格，读回来逐格相同（{size}）")
    if not result.projects:
        sentence = _("已填部门的表 {cells} 格，读回来逐格相同（{size}）")
    size = size_in_words(result.path.stat().st_size)
    lines = [sentence.format(projects=result.projects, cells=result.cells, size=size)]
    form_year, year = result.years
    if form_year not in (0, year):
        lines.append(
            _("请核对：表上写的是 {form_year} 年，这份文本是 {year} 年的").format(form_year=form_year, year=year)
        )
    lines += [_("表里没有地方填：{text}").format(text=text) for text in result.missing]
    lines += result.missed
    if result.ends_full:
        lines.append(
            _(
                "表上的指标都印好了，像是系统导出的：没有列在表上的指标系统不认；有的系统导入时丢掉最后一行，导入后请核对"
            )
        )
    if result.blank:
        labels = _("、").join(_short(one) for one in result.blank[:_MOST_NAMED])
        more = _("等 {count} 处").format(count=len(result.blank)) if len(result.blank) > _MOST_NAMED else ""
        lines.append(_("表里还空着：{labels}{more}").format(labels=labels, more=more))
    return lines


def _opener(source: Path) -> Callable[[], BlankForm]:
    """What opens the office's file. Raises CannotImport or a FileError, and where it opens ImportRefused."""
    from perftui.exchange.filling.sheet_form import SheetForm
    from perftui.exchange.filling.word_form import WordForm

    data, kind = read_bytes(source), WordForm if source.suffix.lower() == FORMS[0] else SheetForm
    return lambda: kind(data)


def _path(source: Path, document: Document, form: Form, chosen: list[str], target: Path) -> Path:
    """Where the filled form goes; never over the empty one."""
    path, ending = Path(os.path.abspath(target)), source.suffix.lower()
    if path.suffix.lower() not in FORMS:
        name = form.project.text_of(document.projects[chosen[0]], Role.NAME) if chosen else ""
        if not form.has_projects:
            name = form.department.text_of(document.department, Role.UNIT_NAME) or document.unit
        whose = name if len(chosen) <= 1 and name else _("{count}个项目").format(count=len(chosen))
        path = path / (safe_name(f"{source.stem}-{whose}", source.stem) + ending)
    if path.suffix.lower() != ending:
        raise NotFilled(_("空表是 {source}，填好的也要是 {source}，不能写成 {name}").format(
            source=ending, name=visible(path.name)))  # fmt: skip
    if path.exists() and source.exists() and path.samefile(source):
        raise NotFilled(_("填好的表不能盖掉空表，请换一个文件名（-o）"))
    return path


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[:_SHORT]}…"
