"""A block pasted into the form of a project: labels with their values beside or below them, then the indicators."""

from collections.abc import Sequence

from perftui.editing.paste import Block, FormWords, PasteBuilder, PastePlan, joined, without_blank_rows, worth_telling
from perftui.editing.paste_rows import header_of, plan_rows
from perftui.editing.record_builder import RecordBuilder
from perftui.forms import Form, GroupRole, Role
from perftui.model.record import FieldPath, Record

_LEAST = 2
"""The labels that a block must have to be taken for a form; a single one may be an ordinary word."""


def plan_form(form: Form, file: str, record: Record, block: Block, labels: FormWords, unit: str) -> PastePlan | None:
    """Plan a block that brings its labels along; ``None`` where it does not."""
    rows = without_blank_rows(block)
    start = next((number for number, row in enumerate(rows) if header_of(row, labels) is not None), len(rows))
    found = sum(bool(labels.field(text) or labels.goals(text)) for row in rows[:start] for text in row)
    if found < _LEAST:
        return None
    builder = PasteBuilder(form=form, spec=form.project, draft=RecordBuilder(file, record), unit=unit)
    _pairs(builder, rows[:start], labels)
    plans = [builder.plan()]
    group = form.project.group_of(GroupRole.INDICATORS)
    if group is not None and start < len(rows):
        after = builder.draft.record
        plans.append(plan_rows(form, file, after, group, (), (0, 0), rows[start:], labels, unit))
    return joined(plans)


def _pairs(builder: PasteBuilder, rows: Sequence[Sequence[str]], labels: FormWords) -> None:
    """Values stand at the right of their labels, or, where labels follow each other, in the row below."""
    waiting: list[FieldPath] = []
    for row in rows:
        paths = [labels.field(text) for text in row]
        texts = [text.strip() for text in row]
        if waiting and not any(paths):
            values = [text for text in texts if text and not labels.is_heading(text)]
            for path, text in zip(waiting, values, strict=False):
                builder.put(path, text)
            builder.outside += worth_telling(values[len(waiting) :])
            waiting = []
            continue
        waiting = _beside(builder, paths, texts, labels)


def _beside(
    builder: PasteBuilder, paths: Sequence[FieldPath | None], texts: Sequence[str], labels: FormWords
) -> list[FieldPath]:
    """Put the values of one row; the labels that had none beside them."""
    waiting: list[FieldPath] = []
    at = 0
    while at < len(texts):
        path, text = paths[at], texts[at]
        value_at = next((number for number in range(at + 1, len(texts)) if texts[number]), len(texts))
        value = texts[value_at] if value_at < len(texts) and paths[value_at] is None else ""
        goals = labels.goals(text)
        if goals and value:
            _goals(builder, goals, value)
            at = value_at
        elif path is not None and value and not labels.is_heading(value):
            builder.put(path, value)
            at = value_at
        elif path is not None:
            waiting.append(path)
        elif text and not labels.is_heading(text) and not labels.is_unit_line(text) and not goals:
            _without_label(builder, text, alone=sum(bool(one) for one in texts) == 1)
        at += 1
    return waiting


def _without_label(builder: PasteBuilder, text: str, *, alone: bool) -> None:
    """The text alone in the row below the amounts is the purpose, which the printed form has without a label."""
    path = builder.spec.path_of(Role.PURPOSE)
    amounts = {cell.place.path[0] for cell in builder.cells if cell.place and len(cell.place.path) == 2}
    if alone and path and path[0] in amounts and not builder.draft.record.text(path):
        builder.put(path, text)
    else:
        builder.outside += worth_telling([text])


def _goals(builder: PasteBuilder, key: str, text: str) -> None:
    """Each line is a goal; what is there already is not put twice."""
    group = builder.spec.group(key)
    if group is None:
        return
    column = group.columns[0]
    texts = [text] if group.single else [line.strip() for line in text.split("\n") if line.strip()]
    rows = builder.draft.record.rows(key)
    for number, line in enumerate(texts):
        if number < len(rows):
            builder.put((key, rows[number].id, column.key), line, f"{group.label}{number + 1}")
        else:
            builder.add(key, {column.key: line}, {}, number, f"{group.label}{number + 1}")
