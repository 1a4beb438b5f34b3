"""Where suggestions come from: last year's files, the library of templates, the words used in the document."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from perftui.editing.offers import ProjectOffers, last_year_offers, number_offers
from perftui.editing.suggestions import Suggestion, SuggestionOrigin, SuggestionSources, suggestions_at
from perftui.editing.usage import Usage
from perftui.files.errors import FileError
from perftui.files.reading import read_file
from perftui.forms.project_templates import (
    LIBRARY,
    LIBRARY_BYTES,
    ProjectTemplate,
    TemplateError,
    read_template,
    shipped_templates,
)
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import FieldPath, Record, Row
from perftui.review.finding import Severity
from perftui.session.last_year import LastYear
from perftui.session.open_document import OpenDocument
from perftui.tui.panes import NUMBER_SHEETS, OF_ONE_PROJECT
from perftui.viewmodel.grid import CellView
from perftui.viewmodel.tally import changed

if TYPE_CHECKING:
    from perftui.review.engine import Review


class SuggestionSource:
    """Suggestions for one document. Files are read when they are needed."""

    def __init__(
        self,
        session: OpenDocument,
        review: "Callable[[], Review | None]",
        last_year: Callable[[], LastYear | None],
    ) -> None:
        self._session = session
        self._last_year = last_year
        self._judged = False
        self._review = review
        self._usage = Usage(session.form)
        self._numbered: Mapping[str, Record] = {}
        self._numbers: dict[Location, str] = {}
        self._places: dict[str, tuple[Location, ...]] = {}

    def sources(self, record: Record) -> SuggestionSources:
        """What suggestions for a project are made of."""
        judged = self._review() is not None
        if judged is not self._judged:
            self._judged, self._usage = judged, Usage(self._session.form)
        self._usage.look_at(self._session.document, self._blamed)
        return SuggestionSources(
            form=self._session.form, usage=self._usage, templates=self.templates, origin=self.origin_of(record)
        )

    def prepare(self, review: "Review", document: Document) -> None:
        """Count a whole document's words and offers, in a thread that nobody waits for."""
        self._judged = True
        self._usage.look_at(document, lambda file: self._blamed(file, review))
        self.for_numbers(document.projects)

    def _blamed(self, file: str, review: "Review | None" = None) -> set[FieldPath] | None:
        """The fields with errors or warnings: their texts are not suggested elsewhere. None before the first review.

        ``None`` of a file that a worker still looks at.
        """
        review = review or self._review()
        if review is None:
            return set()
        reviewed = review.files.get(file)
        if reviewed is None or reviewed.record is not self._session.document.projects.get(file):
            return None
        return {one.location.path for one in reviewed.findings if one.severity is not Severity.HINT}

    # ---- offers

    def for_pane(self, pane: str, file: str, record: Record, document: Document) -> Mapping[Location, str]:
        """The dim texts of a screen; ``file`` and ``record``: the project at hand."""
        if pane in OF_ONE_PROJECT:
            return ProjectOffers(self.sources(record), file, record)
        if pane in NUMBER_SHEETS:
            return self.for_numbers(document.projects)
        return self.for_department(document.department) if pane == "department" else {}

    def for_numbers(self, projects: Mapping[str, Record]) -> dict[Location, str]:
        """The dim texts of all projects' amounts and plans; made again for the projects that changed."""
        files = changed(self._numbered, projects)
        found = {} if files is None else dict(self._numbers)
        for file in projects if files is None else files:
            for place in self._places.get(file, ()):
                found.pop(place, None)
            offers = number_offers(self._session.form, file, projects[file], self.origin_of(projects[file]))
            self._places[file] = tuple(offers)
            found.update(offers)
        self._numbered, self._numbers = projects, found
        return found

    def for_department(self, department: Record) -> dict[Location, str]:
        """The dim texts of the department's page."""
        last = self._last_year()
        before = last.document.department if last else None
        return last_year_offers(self._session.form.department, department, before)

    def told_source(self, record: Record, document: Document, cell: CellView) -> str:
        """Where the dim text of a cell comes from, in a few words; "" of a number that follows from others."""
        place = cell.place
        if place is None or not cell.offer:
            return ""
        if place.file == DEPARTMENT:
            return _("去年")
        if len(self._session.form.project.line_of(place.path)) > 1:
            return self._of_line(record, place)
        row = Row(id=place.path[1], values=dict(cell.ghost.values)) if cell.ghost else None
        found = suggestions_at(self.sources(record), record, place.path, row)
        best = next((one for one in found if one.text == cell.offer), None)
        return "" if best is None else source_label(best, list(document.projects))

    def _of_line(self, record: Record, place: Location) -> str:
        plan = self._session.form.project.plan
        if plan is not None and place.path[0] == plan.key:
            return _("各期一次填好")
        origin = self.origin_of(record)
        offers = number_offers(self._session.form, place.file, record, origin)
        line = [Location(file=place.file, path=path) for path in self._session.form.project.line_of(place.path)]
        is_last = origin is not None and not any(record.text(one.path) for one in line)
        sentences = [_("去年")] if is_last else []
        sentences += [_("这一行金额一次填好")] if sum(one in offers for one in line) > 1 else []
        return _("，").join(sentences)

    def origin_of(self, record: Record) -> Record | None:
        """The record of the year before that a project goes on from."""
        last = self._last_year()
        return last.of_project(record) if last else None

    # ---- the library

    @property
    def templates(self) -> tuple[ProjectTemplate, ...]:
        """The data folder's templates, then the shipped ones."""
        return self._library[0]

    @property
    def problems(self) -> tuple[str, ...]:
        """The files of the data folder's library that cannot be used, with the reason."""
        return self._library[1]

    @cached_property
    def _library(self) -> tuple[tuple[ProjectTemplate, ...], tuple[str, ...]]:
        own: list[ProjectTemplate] = []
        problems: list[str] = []
        for path in _library_files(self._session.folder.data / LIBRARY):
            try:
                own.append(read_template(read_file(path, LIBRARY_BYTES).data.decode("utf-8-sig")))
            except (FileError, TemplateError, UnicodeDecodeError) as error:
                why = _("不是 UTF-8") if isinstance(error, UnicodeDecodeError) else str(error)
                problems.append(_("样板 {file} 不能用：{why}").format(file=path.name, why=why))
        return (*own, *shipped_templates(self._session.form.id)), tuple(problems)


def source_label(one: Suggestion, files: Sequence[str]) -> str:
    """Where a suggestion comes from, in a few words; ``files``: the projects in the document's order."""
    match one.source:
        case SuggestionOrigin.ORIGIN:
            return _("去年")
        case SuggestionOrigin.LIKE:
            return _("照项目 {number}").format(number=files.index(one.detail) + 1)
        case SuggestionOrigin.OTHERS:
            return _("本文本用过 {count} 次").format(count=one.detail)
        case SuggestionOrigin.LIBRARY:
            return _("样板：{name}").format(name=one.detail)
        case SuggestionOrigin.ABOVE:
            return _("上一行")
        case SuggestionOrigin.TEXTS:
            return _("目标或用途里的人数")


def _library_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and not path.name.startswith("."))
    except OSError:
        return []
