"""What of a document is looked at: the screen, the project at hand, the filter of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perftui.forms import Form, RecordSpec
from perftui.model.document import DEPARTMENT, Location
from perftui.model.frozen import frozen
from perftui.tui.panes import FORM, NUMBER_SHEETS, OF_ONE_PROJECT, PANES, pane_key


def first_viewpoint(form: Form, file: str) -> "Viewpoint":
    """Where a document opens: on its projects, or on the department's page where the form has none."""
    return Viewpoint(pane=PANES[0] if form.has_projects else "department", file=file)


@frozen
class Viewpoint:
    """Where a person is; every move gives another viewpoint."""

    pane: str = PANES[0]
    file: str
    """The project at hand."""
    filter: str = ""
    """What the lists are filtered by."""

    def to_pane(self, pane: str, files: Sequence[str]) -> "Viewpoint":
        """Another screen; one of a single project shows the one at hand, else the first of ``files``."""
        file = files[0] if pane in OF_ONE_PROJECT and files and self.file not in files else self.file
        return Viewpoint(pane=pane, file=file)

    def to_project(self, file: str, pane: str = FORM) -> "Viewpoint":
        """One project. No filter stays: Esc in the form would end one that nobody sees."""
        return Viewpoint(pane=pane, file=file)

    def to_place(self, place: Location, files: Sequence[str], spec: RecordSpec) -> "Viewpoint":
        """The screen on which a place can be edited; the same where it shows it. ``spec``: that of the projects."""
        if place.file == DEPARTMENT:
            return self.to_pane("department", files)
        return self.to_project(place.file) if place.file in files and not self._shows(place, spec) else self

    def _shows(self, place: Location, spec: RecordSpec) -> bool:
        if self.pane in NUMBER_SHEETS and len(place.path) == 2:
            amounts = [group.key for group in spec.amounts]
            others = [key for key in spec.tables if key not in amounts]
            return place.path[0] in (amounts if self.pane == "funds" else others)
        in_indicators = self.pane == "indicators" and len(place.path) == 3
        return self.file == place.file and (self.pane == FORM or in_indicators)

    def to_neighbour(self, step: int, files: Sequence[str]) -> "Viewpoint | None":
        """The next or previous project; ``None`` at the list's end."""
        at = files.index(self.file) + step if self.file in files else -1
        return self.to_project(files[at], self.pane) if 0 <= at < len(files) else None

    def after_loss(self, file: str) -> "Viewpoint":
        """The project at hand is gone: another one, and no screen of a single project."""
        return replace(self, file=file, pane=PANES[0] if self.pane in OF_ONE_PROJECT else self.pane)


def renamed_places(places: Mapping[str, Location], names: Mapping[str, str]) -> dict[str, Location]:
    """Where the cursor was on screens, by their keys, of those in files that have other names now."""
    moved = ((key, place, names[place.file]) for key, place in places.items() if place.file in names)
    return {pane_key(key.partition(":")[0], file): replace(place, file=file) for key, place, file in moved}
