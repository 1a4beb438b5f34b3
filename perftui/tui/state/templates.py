"""The lists of F4, and filling a project from a template or from another project."""

from perftui.editing.edits import AddFile, apply_all
from perftui.editing.entry import choices_for
from perftui.editing.rows import blank_project, is_untouched
from perftui.editing.suggestions import suggestions_at
from perftui.editing.template_edits import fill_edits, pattern_of
from perftui.forms import GroupRole, Role
from perftui.forms.glosses import english_of
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record, Row
from perftui.session.unreviewed import marking
from perftui.tui.panes import FORM
from perftui.tui.state.app_state import PENDING, AppState
from perftui.tui.state.cell_entry import is_ghost
from perftui.tui.state.run_edits import run_edits
from perftui.tui.state.suggestion_source import source_label
from perftui.viewmodel.grid import CellView
from perftui.viewmodel.search import matching, ranked

_MOST = 30
"""Suggestions that are listed for one field as long as nothing is typed."""
_TEMPLATE, _PROJECT, _TEXT = "template:", "project:", "text:"


@frozen
class Choice:
    """One thing that may be put into a cell, or into the whole project."""

    id: str
    text: str
    why: str = ""
    """Where it comes from."""


def choices_at(state: AppState, cell: CellView, category: str) -> list[Choice]:
    """What F4 lists for a cell: the form's words, the suggestions, and for the name of a bare project the templates."""
    place = cell.place
    field = state.shown.form.spec_of(place.file).field(place.path) if place else None
    if place is None or field is None or not cell.editable:
        return []
    form = state.session.form
    words = choices_for(form.spec_of(place.file), field, category)
    found = [Choice(id=_TEXT + word, text=word, why=english_of(form, word)) for word in words]
    if words or place.file == DEPARTMENT:
        return found
    found = [Choice(id=_TEXT + text, text=text, why=why) for text, why in suggested(state, cell)]
    if field.role is Role.NAME and len(place.path) == 1 and _is_bare(state, state.record_of(place.file)):
        found += available_templates(state, place.file)
    return found


def suggested(state: AppState, cell: CellView, typed: str = "") -> list[tuple[str, str]]:
    """The texts that may be taken into a cell and match what was typed, with where each comes from."""
    place = cell.place
    if place is None or not cell.editable:
        return []
    offered = [(cell.offer, "")] if cell.offer else []
    if cell.number:
        return [one for one in offered if is_still_offered(cell, typed, one[0])]
    found = [] if place.file == DEPARTMENT else _of_project(state, cell, place, most=None if typed else _MOST)
    return ranked(typed, found or offered, lambda one: (one[0],))


def _of_project(state: AppState, cell: CellView, place: Location, most: int | None) -> list[tuple[str, str]]:
    record = state.record_of(place.file)
    ghost = Row(id=place.path[1], values=dict(cell.ghost.values)) if cell.ghost and is_ghost(place) else None
    found = suggestions_at(state.suggestions.sources(record), record, place.path, ghost)[:most]
    files = list(state.document.projects)
    return [(one.text, source_label(one, files)) for one in found]


def first_offered(state: AppState, cell: CellView, typed: str) -> str:
    """What is taken while a text is typed: the best that matches it; "" where nothing does."""
    return next((text for text, _why in suggested(state, cell, typed) if text != typed), "")


def is_still_offered(cell: CellView, typed: str, offered: str) -> bool:
    """Does a suggestion match what was typed? A number that begins otherwise is another, and never replaced."""
    matches = offered.startswith(typed) if cell.number else bool(matching(typed, [offered], lambda one: (one,)))
    return offered != typed and matches


def available_templates(state: AppState, file: str = PENDING) -> list[Choice]:
    """The templates, then the other projects, that a project may be filled from."""
    found = [
        Choice(id=f"{_TEMPLATE}{number}", text=_("样板：{name}").format(name=one.name), why=one.about)
        for number, one in enumerate(state.suggestions.templates)
        if not one.only_rows
    ]
    found += [
        Choice(id=_PROJECT + other, text=_("照抄：{name}").format(name=state.shown.name(other)), why=_("本文本的项目"))
        for other in state.document.projects
        if other != file
    ]
    return found


def text_of(choice_id: str) -> str | None:
    """The text that a choice puts into the cell; ``None`` for a template of a whole project."""
    return choice_id.removeprefix(_TEXT) if choice_id.startswith(_TEXT) else None


def fill_from(state: AppState, file: str, choice_id: str) -> Location | None:
    """Fill a project's blank fields from a template; a new one is stored with them. Where the cursor goes."""
    form = state.session.form
    pattern, source = _template(state, choice_id)
    is_new = file == PENDING
    record = blank_project(state.document, form) if is_new else state.document.record(file)
    edits, paths = fill_edits(form, file, record, pattern)
    edits += marking(form, file, paths, source)
    if is_new:
        document, _inverses = apply_all(state.document.with_record(PENDING, record), tuple(edits))
        record = document.record(PENDING)
        file = state.session.new_file(record)
        edits = [AddFile(file=file, record=record)]
    after = Location(file=file, path=_name_path(state))
    if not run_edits(state, edits, _("从{source}填写").format(source=source), after):
        return None
    state.open_project(file, FORM)
    problems = state.suggestions.problems
    sentence = _("填了 {count} 栏，都还没有核对：按 Ctrl+G 一处一处看，没问题按 F3").format(count=len(paths))
    state.say("\n".join((sentence, *problems[:1])))
    return after


def _template(state: AppState, choice_id: str) -> tuple[Record, str]:
    if choice_id.startswith(_PROJECT):
        other = choice_id.removeprefix(_PROJECT)
        return state.document.record(other), state.shown.name(other)
    template = state.suggestions.templates[int(choice_id.removeprefix(_TEMPLATE))]
    return pattern_of(state.session.form, template), _("样板：{name}").format(name=template.name)


def _name_path(state: AppState) -> FieldPath:
    return state.session.form.project.path_of(Role.NAME) or ()


def _is_bare(state: AppState, record: Record) -> bool:
    """No goal and no indicator was typed yet."""
    return all(
        is_untouched(state.session.form.project, row) if group.role is GroupRole.INDICATORS else row.is_blank
        for group in state.session.form.project.groups
        for row in record.rows(group.key)
    )
