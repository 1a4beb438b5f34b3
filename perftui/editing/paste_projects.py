"""A block pasted into a sheet that has a project a row: amounts, plans."""

from collections.abc import Sequence

from perftui.editing.edits import AddFile, Edit, apply_all
from perftui.editing.paste import (
    Block,
    FormWords,
    PasteBuilder,
    PastePlan,
    filled,
    is_numbered,
    joined,
    without_blank_rows,
    worth_telling,
)
from perftui.editing.record_builder import RecordBuilder
from perftui.editing.rows import blank_project
from perftui.forms import Form, Role
from perftui.model.document import Document, project_file
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath

_SUMS = ("合计", "总计", "小计")

NEW_PROJECT = "+paste"
"""The name of the file of a project that a plan adds begins with this; who runs the plan gives it a real one."""


@frozen
class _Columns:
    paths: Sequence[FieldPath | None]
    titles: Sequence[str]
    rows: list[list[str]]
    has_header: bool = False

    def text(self, row: Sequence[str], path: FieldPath | None) -> str:
        return next((text.strip() for one, text in zip(self.paths, row, strict=False) if one and one == path), "")

    def unused(self) -> tuple[str, ...]:
        """The titles of columns that have no field and in which something stands."""
        said = {at for row in self.rows if not _is_sum(row) for at, _text in self.without_field(row)}
        return tuple(self.titles[at] for at in sorted(said))

    def without_field(self, row: Sequence[str]) -> list[tuple[int, str]]:
        """The texts of a row that have no field, by their columns, without the row's number."""
        first = is_numbered(row)
        return [(at, text) for at, text in enumerate(row) if at >= first and text.strip() and self.paths[at] is None]


def plan_projects(
    document: Document, form: Form, files: Sequence[str], paths: Sequence[FieldPath], at: tuple[int, int],
    block: Block, labels: FormWords, unit: str, *, matched: bool = True,
) -> PastePlan:  # fmt: skip
    """Plan a block pasted at a project (an index of ``files``) and a column (an index of ``paths``).

    ``matched``: columns go by header, rows by code or name where the block has them; a name that is new is a new
    project. Else every cell goes where it falls.
    """
    columns = _columns(document, form, block, labels) if matched else None
    name, code = form.project.path_of(Role.NAME), form.project.path_of(Role.CODE)
    if columns is not None and (name in columns.paths or code in columns.paths):
        return _by_name(document, form, columns, unit)
    rows = columns.rows if columns else ([list(row) for row in block] if not matched else without_blank_rows(block))
    found: Sequence[FieldPath | None] = columns.paths if columns else list(paths[at[1] :])
    plans = []
    for offset, row in enumerate(rows):
        if _is_sum(row):
            plans.append(_sum(row))
            continue
        if at[0] + offset >= len(files):
            plans.append(PastePlan(outside=tuple(filled(row))))
            continue
        texts = [(path, text) for path, text in zip(found, row, strict=False) if path and (text.strip() or not matched)]
        plan = _one(document, form, files[at[0] + offset], texts, unit)
        plans += [plan, PastePlan(outside=tuple(filled(row[len(found) :])))]
    unused = columns.unused() if columns else ()
    return joined([*plans, PastePlan(has_header=columns is not None and columns.has_header, unused=unused)])


def _columns(document: Document, form: Form, block: Block, labels: FormWords) -> _Columns | None:
    """Columns by a header row, else the one that holds names or codes of projects followed by the sheet's own."""
    rows = without_blank_rows(block)
    if not rows:
        return None
    paths = [labels.field(text) for text in rows[0]]
    known = sum(path is not None for path in paths)
    if known >= 2 and known * 2 >= sum(bool(text.strip()) for text in rows[0]):
        return _Columns(paths=paths, titles=rows[0], rows=[row for row in rows[1:] if row != rows[0]], has_header=True)
    return None


def _by_name(document: Document, form: Form, columns: _Columns, unit: str) -> PastePlan:
    """Each row goes to the project of its code or name."""
    spec = form.project
    name, code = spec.path_of(Role.NAME), spec.path_of(Role.CODE)
    by_code = {text: file for file, one in document.projects.items() if (text := spec.text_of(one, Role.CODE))}
    by_name = {text: file for file, one in document.projects.items() if (text := spec.text_of(one, Role.NAME))}
    plans: list[PastePlan] = []
    for number, row in enumerate(columns.rows):
        if _is_sum(row):
            plans.append(_sum(row))
            continue
        file = by_code.get(columns.text(row, code)) or by_name.get(columns.text(row, name))
        texts = [(path, text) for path, text in zip(columns.paths, row, strict=False) if path and text.strip()]
        lost = PastePlan(outside=tuple(text for _at, text in columns.without_field(row)))
        if file is not None:
            plans += [_one(document, form, file, texts, unit), lost]
        elif columns.text(row, name):
            plan = _new(document, form, number, texts, unit)
            document = apply_all(document, plan.edits)[0]
            plans += [plan, lost]
        else:
            plans.append(PastePlan(outside=tuple(worth_telling(row))))
    return joined([*plans, PastePlan(has_header=columns.has_header, unused=columns.unused())])


def _one(document: Document, form: Form, file: str, texts: Sequence[tuple[FieldPath, str]], unit: str) -> PastePlan:
    record = document.record(file)
    builder = PasteBuilder(form=form, spec=form.project, draft=RecordBuilder(file, record), unit=unit)
    name = form.project.text_of(record, Role.NAME)
    for path, text in texts:
        builder.put(path, text, name)
    return builder.plan()


def _new(document: Document, form: Form, number: int, texts: Sequence[tuple[FieldPath, str]], unit: str) -> PastePlan:
    file = project_file(f"{NEW_PROJECT}{number}")
    builder = PasteBuilder(
        form=form, spec=form.project, draft=RecordBuilder(file, blank_project(document, form)), unit=unit
    )
    name = next((text.strip() for path, text in texts if path == form.project.path_of(Role.NAME)), "")
    for path, text in texts:
        builder.put(path, text, name)
    added: Edit = AddFile(file=file, record=builder.draft.record)
    return PastePlan(edits=(added,), cells=tuple(builder.cells), new_projects=1)


def _is_sum(row: Sequence[str]) -> bool:
    return any("".join(text.split()).rstrip(":：") in _SUMS for text in row)


def _sum(row: Sequence[str]) -> PastePlan:
    """A row of sums, which is nobody's."""
    return PastePlan(around=(" | ".join(filled(row)),))
