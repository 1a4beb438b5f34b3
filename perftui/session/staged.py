"""The document as git's index holds it: what the next version will be, whatever lies in the folder."""

from collections.abc import Iterable, Mapping

from perftui.files.reading import digest
from perftui.forms import form_or_unknown, look_in
from perftui.model.diff import FieldChange, diff
from perftui.model.document import DEPARTMENT, Document, Location, in_reading_order, is_record_file
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record
from perftui.review.finding import Finding
from perftui.session.renamed_files import with_names_of
from perftui.store.file_state import FileState, state_with
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import Repository
from perftui.store.open import LoadedDocument
from perftui.store.problem import BadFile, Problem
from perftui.store.toml.decode import form_named

_LAST = "HEAD"
_CONFLICTS = "X005"


@frozen
class StagedChange:
    """What the next version changes of a document."""

    before: Document
    """The document in the last version, as far as it can be read."""
    places: Mapping[str, frozenset[FieldPath]]
    """The fields and rows that are another, by file; the path of nothing for a file that is new."""

    def concerns(self, finding: Finding) -> bool:
        """Is one of a finding's places among those that are changed?"""
        return any(self._is_changed(place) for place in (finding.location, *finding.places))

    def _is_changed(self, place: Location) -> bool:
        changed = self.places.get(place.file, frozenset())
        return any(path == place.path[: len(path)] or place.path == path[: len(place.path)] for path in changed)


@frozen
class StagedFindings:
    """What the rules say of a staged change."""

    judged: tuple[Finding, ...]
    """Of what is changed."""
    blank: int
    """Findings that are let pass because nothing is filled in there yet: a draft may be kept."""
    conflicts: int
    """Conflicts that are let pass: both values are in the version."""
    elsewhere: int
    """Findings that were there before."""


def staged_document(repository: Repository, folder: DocumentFolder) -> LoadedDocument:
    """The document in the index. Raises GitFailed; a file that cannot be read is a problem."""
    return _loaded(folder, repository.staged(folder.folder))


def staged_change(repository: Repository, folder: DocumentFolder, now: Document) -> StagedChange:
    """What the index changes of the last version. Raises GitFailed."""
    files = repository.files(_LAST, folder.folder) if repository.known(_LAST) else {}
    prefix = f"{repository.name(folder.folder)}/"
    loaded = _loaded(folder, {name.removeprefix(prefix): data for name, data in files.items()})
    before = with_names_of(now, loaded.document, loaded.form)
    places = {file: _places(before.record(file) if before.has(file) else None, record) for file, record in now.files()}
    return StagedChange(before=before, places=places)


def judged(findings: Iterable[Finding], before: Iterable[Finding], change: StagedChange) -> StagedFindings:
    """Sort findings: what the change is to answer for, what is blank, and what was there before."""
    known = {_sign(one) for one in before}
    own, blank, conflicts, elsewhere = [], 0, 0, 0
    for one in findings:
        if _sign(one) in known and not change.concerns(one):
            elsewhere += 1
        elif one.rule == _CONFLICTS:
            conflicts += 1
        elif not one.quote.strip():
            blank += 1
        else:
            own.append(one)
    return StagedFindings(judged=tuple(own), blank=blank, conflicts=conflicts, elsewhere=elsewhere)


def _sign(finding: Finding) -> tuple[str, Location, str]:
    return finding.rule, finding.location, finding.message


def _places(before: Record | None, now: Record) -> frozenset[FieldPath]:
    if before is None:
        return frozenset([()])
    changes = diff(before, now)
    return frozenset(one.path if isinstance(one, FieldChange) else (one.group, one.row.id) for one in changes)


def _loaded(folder: DocumentFolder, files: Mapping[str, bytes]) -> LoadedDocument:
    look_in(folder.data)
    form, _why = form_or_unknown(form_named(files.get(DEPARTMENT, b"")))
    states: dict[str, FileState] = {}
    problems: list[Problem] = []
    for file in filter(is_record_file, files):
        try:
            states[file] = state_with(files[file], form.spec_of(file), digest(files[file]))
        except BadFile as error:
            problems.append(error.problem(file))
    projects = {file: state.record for file, state in states.items() if file != DEPARTMENT}
    department = states[DEPARTMENT].record if DEPARTMENT in states else Record()
    document = Document(
        year=folder.year, unit=folder.unit, form=form.id, department=department, projects=in_reading_order(projects)
    )
    return LoadedDocument(folder=folder, form=form, document=document, states=states, problems=tuple(problems))
