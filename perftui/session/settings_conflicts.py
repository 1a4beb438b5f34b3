"""Conflicts in the files about the review: found, told as findings, and settled like those of a document."""

from dataclasses import replace
from pathlib import Path

from perftui.editing.edits import AddFile, DropFile, apply_to_record
from perftui.files.reading import Stamp, read_file, stamp
from perftui.forms import RecordSpec
from perftui.locale import _
from perftui.model.conflicts import OURS
from perftui.model.document import DEPARTMENT, Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, format_path
from perftui.review.conflict_sides import sides_in_words
from perftui.review.finding import Finding, Severity
from perftui.session.conflicts import Conflict, conflicts_of, settling
from perftui.session.user import person
from perftui.store.file_state import state_of
from perftui.store.folder import REVIEW_FILE, DocumentFolder
from perftui.store.save import save_file

ACCEPTED = "accepted"
"""The table of acceptances."""

_CONFLICT = "X005"
_ANY = RecordSpec(head=())


def settings_files(folder: DocumentFolder) -> tuple[Path, Path]:
    """The files that hold for a document: that of the data folder, and its own."""
    return folder.data / REVIEW_FILE, folder.path(REVIEW_FILE)


def settings_stamps(folder: DocumentFolder) -> tuple[Stamp | None, ...]:
    """One look at each of the files: where it is another, they were changed."""
    return tuple(stamp(path) for path in settings_files(folder))


@frozen
class SettingsConflict:
    """An acceptance, or another setting, to which two people gave different values."""

    file: Path
    whole: FieldPath
    """The row of an acceptance, whose fields are settled together; else the one field."""
    conflicts: tuple[Conflict, ...]

    @property
    def finding(self) -> Finding:
        """It as what has to be settled before the document is final."""
        first = self.told
        sides = sides_in_words(first.ours, first.others, first.base, is_row=first.is_row, me=(person(),))
        message = _("审核设置里的 {name} 两边都改了：{sides}").format(name=self.name, sides=sides)
        return Finding(
            rule=_CONFLICT, severity=Severity.ERROR, location=Location(file=DEPARTMENT), message=message,
            advice=_("到“审核”一屏（Alt+6），在这一行按 F4 选用哪一个"), key=self.key,
        )  # fmt: skip

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.file}\0{format_path(self.whole)}"

    @property
    def told(self) -> Conflict:
        """The conflict whose values tell the sides apart best: why something was accepted, else the first."""
        return next((one for one in self.conflicts if one.place.path[-1] == "reason"), self.conflicts[0])

    @property
    def name(self) -> str:
        """What it is about, in words."""
        if self.whole[0] != ACCEPTED:
            return format_path(self.whole)
        record = state_of(read_file(self.file), _ANY).record
        return _("接受 {rule}").format(rule=record.text((*self.whole, "rule")) or self.whole[-1])


def settings_conflicts(folder: DocumentFolder) -> tuple[SettingsConflict, ...]:
    """What nobody has settled in the files about the review. Raises a FileError or BadFile."""
    found: list[SettingsConflict] = []
    for path in filter(Path.exists, settings_files(folder)):
        groups: dict[FieldPath, list[Conflict]] = {}
        for one in conflicts_of(REVIEW_FILE, state_of(read_file(path), _ANY).record):
            groups.setdefault(_whole(one), []).append(one)
        found += [SettingsConflict(file=path, whole=whole, conflicts=tuple(ones)) for whole, ones in groups.items()]
    return tuple(found)


def settle_settings(folder: DocumentFolder, conflict: SettingsConflict, side: str) -> None:
    """Settle a conflict of the settings for one side, by name. Raises a FileError or BadFile."""
    state = state_of(read_file(conflict.file), _ANY)
    record = state.record
    for one in conflicts_of(REVIEW_FILE, record):
        if _whole(one) == conflict.whole:
            for edit in settling(record, one, side if side in one.sides else OURS):
                if not isinstance(edit, AddFile | DropFile):
                    record = apply_to_record(record, edit)
    save_file(replace(folder, folder=conflict.file.parent), REVIEW_FILE, record, _ANY, state)


def _whole(conflict: Conflict) -> FieldPath:
    path = conflict.place.path
    return path[:2] if path[0] == ACCEPTED else path
