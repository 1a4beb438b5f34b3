"""Replacing a text in the whole document: planned first, shown, then done as one step."""

from collections.abc import Iterator

from perftui.editing.edits import SetValue
from perftui.editing.entry import EntryRefused, read_at
from perftui.forms import Kind
from perftui.locale import _
from perftui.model.conflicts import conflict_rows
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.record import Plain
from perftui.model.unreviewed import mark_at
from perftui.tui.state.app_state import AppState
from perftui.tui.state.run_edits import run_edits

_TEXTS = (Kind.TEXT, Kind.LONG_TEXT)
"""Numbers, codes and dates are entered each by itself."""


@frozen
class Replacement:
    """A field that holds the text, and what it will hold."""

    place: Location
    old: str
    new: Plain | None = None
    refusal: str = ""
    """Why it stays as it is; "" where it will be replaced."""


def plan_replacing(state: AppState, wanted: str, by: str) -> tuple[Replacement, ...]:
    """Every field of the document in which a text stands, as it is written."""
    return tuple(_planned(state, place, old, wanted, by) for place, old in _fields_with(state, wanted))


def _fields_with(state: AppState, wanted: str) -> Iterator[tuple[Location, str]]:
    for file, record in state.document.files():
        for path, field in state.session.form.spec_of(file).fields(record):
            text = record.text(path)
            if wanted in text and field.kind in _TEXTS and not field.hidden:
                yield Location(file=file, path=path), text


def _planned(state: AppState, place: Location, old: str, wanted: str, by: str) -> Replacement:
    spec = state.session.form.spec_of(place.file)
    if any(place.path[: len(path)] == path for path in conflict_rows(state.document.record(place.file))):
        return Replacement(place=place, old=old, refusal=_("两边都改了，先按 F4 选定"))
    try:
        typed = read_at(state.session.form, spec, place.path, old.replace(wanted, by), state.shown.unit)
    except EntryRefused as refused:
        return Replacement(place=place, old=old, refusal=str(refused))
    return Replacement(place=place, old=old, new=typed.value)


def replacing_lines(state: AppState, plan: tuple[Replacement, ...]) -> list[str]:
    """What will be done, to be read before it is."""
    changed = sum(not one.refusal for one in plan)
    lines = [_("替换 {count} 处（一次 Ctrl+Z 全部撤销）").format(count=changed)]
    for one in plan:
        where = f"{state.shown.name(one.place.file)} {state.shown.short_place(one.place)}"
        if one.refusal:
            lines.append(_("× {where}：{why}").format(where=where, why=one.refusal))
        else:
            new = _("（空白）") if one.new is None else str(one.new)
            lines.append(_("{where}：{old} → {new}").format(where=where, old=one.old, new=new))
    return [" ".join(line.split()) for line in lines]


def run_replacing(state: AppState, plan: tuple[Replacement, ...], wanted: str, by: str) -> Location | None:
    """Do it as one step; where the first replacement is."""
    edits = [SetValue(file=one.place.file, path=one.place.path, value=one.new) for one in plan if not one.refusal]
    count = len(edits)
    edits += list(dict.fromkeys(mark for edit in edits for mark in _marks_kept(state, edit)))
    place = next((one.place for one in plan if not one.refusal), None)
    label = _("把“{wanted}”替换为“{by}” {count} 处").format(wanted=wanted, by=by, count=count)
    return place if run_edits(state, edits, label, place) else None


def _marks_kept(state: AppState, edit: SetValue) -> Iterator[SetValue]:
    """Of a copied text that its mark stays: many were replaced at once, and none was looked at."""
    record = state.document.record(edit.file)
    if mark := mark_at(record, edit.path):
        yield SetValue(file=edit.file, path=mark, value=record.value(mark))
