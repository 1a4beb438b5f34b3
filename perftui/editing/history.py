"""Undo and redo: the steps made so far. They outlast saves and, through the journal, restarts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from perftui.editing.edits import Edit, SetValue, from_plain, in_file, to_plain
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Plain, Record

MOST_STEPS = 200  # steps that can be undone; older ones are let go of


@frozen
class Step:
    """The edits that one undo takes back together."""

    label: str
    """What was done, in words."""
    edits: tuple[Edit, ...]
    inverses: tuple[Edit, ...]
    """What takes the edits back, in the order to be applied."""
    place: Location | None = None
    """Where it was done: undo brings the cursor there."""
    at: float = 0.0
    """Seconds since 1970."""

    def plain(self) -> dict[str, Any]:
        """The step as plain values that JSON can hold."""
        return {
            "label": self.label,
            "edits": [to_plain(edit) for edit in self.edits],
            "inverses": [to_plain(edit) for edit in self.inverses],
            "place": None if self.place is None else [self.place.file, list(self.place.path)],
            "at": self.at,
        }

    @staticmethod
    def of_plain(plain: Mapping[str, Any]) -> "Step":
        """The step that ``plain`` gave. Raises KeyError, TypeError or ValueError for anything else."""
        place = plain["place"]
        return Step(
            label=plain["label"],
            edits=tuple(from_plain(edit) for edit in plain["edits"]),
            inverses=tuple(from_plain(edit) for edit in plain["inverses"]),
            place=None if place is None else Location(file=place[0], path=tuple(place[1])),
            at=plain["at"],
        )

    def in_files(self, names: Mapping[str, str]) -> "Step":
        """The step in the files that its own have become."""
        edits, inverses = (tuple(in_file(edit, names) for edit in lot) for lot in (self.edits, self.inverses))
        at = self.place
        place = replace(at, file=names[at.file]) if at is not None and at.file in names else at
        return replace(self, edits=edits, inverses=inverses, place=place)


@frozen
class History:
    """The steps that can be undone, and those that can be done again."""

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def with_step(self, step: Step) -> "History":
        """The history after a new step: what was undone before it is gone."""
        return History(done=(*self.done, step)[-MOST_STEPS:])

    def after_undo(self) -> "History":
        """The last step moves to those that can be done again."""
        return replace(self, done=self.done[:-1], undone=(*self.undone, self.done[-1]))

    def after_redo(self) -> "History":
        """The step undone last moves back."""
        return replace(self, done=(*self.done, self.undone[-1]), undone=self.undone[:-1])

    def in_files(self, names: Mapping[str, str]) -> "History":
        """The history of files that have other names now: what was done in them can still be taken back."""
        done, undone = (tuple(step.in_files(names) for step in steps) for steps in (self.done, self.undone))
        return History(done=done, undone=undone)

    def taken_back(self, file: str, before: Record, now: Record) -> int:
        """How many fields held what one of the steps put there, and hold again what one of them replaced."""
        put: dict[FieldPath, list[Plain | None]] = {}
        replaced: dict[FieldPath, list[Plain | None]] = {}
        for step in self.done:
            for edit, inverse in zip(step.edits, reversed(step.inverses), strict=True):
                if isinstance(edit, SetValue) and isinstance(inverse, SetValue) and edit.file == file:
                    put.setdefault(edit.path, []).append(edit.value)
                    replaced.setdefault(edit.path, []).append(inverse.value)
        others = (path for path in put if before.value(path) != now.value(path))
        return sum(before.value(path) == put[path][-1] and now.value(path) in replaced[path] for path in others)
