"""The order of the fields of a file, in which its findings are listed: that of the form."""

from collections.abc import Mapping, Sequence

from perftui.forms import RecordSpec
from perftui.model.record import FieldPath, Record
from perftui.review.facts import RecordFacts

FieldPosition = tuple[int, int, int]
"""Section, row and column; a table stands before its fields, what the form does not know at the end."""


class FieldOrder:
    """The place of each path of a record in the form's order."""

    def __init__(self, spec: RecordSpec, rows: Mapping[str, Sequence[str]]) -> None:
        self._starts, self._columns = spec.places
        self._rows = {key: {row_id: index for index, row_id in enumerate(ids)} for key, ids in rows.items()}
        self._unknown = {group.key for group in spec.groups} - rows.keys()

    @classmethod
    def of_record(cls, spec: RecordSpec, record: Record) -> "FieldOrder":
        """The places of every path of a record."""
        return cls(spec, {group.key: [row.id for row in record.rows(group.key)] for group in spec.groups})

    @classmethod
    def of_facts(cls, spec: RecordSpec, facts: RecordFacts) -> "FieldOrder":
        """The places that facts suffice for: of the head, the tables and the indicators, not of other groups' rows."""
        return cls(spec, {facts.table[0]: facts.order} if facts.table else {})

    def __call__(self, path: FieldPath) -> FieldPosition:
        """The place of a path; all of a group whose rows are not known have the same."""
        if not path or path[0] not in self._starts:
            return len(self._starts), 0, 0
        start = self._starts[path[0]]
        if len(path) == 1 or path[0] in self._unknown:
            return start, -1, -1
        rows = self._rows.get(path[0])
        row = rows.get(path[1], -1) if rows is not None else -1
        return start, row, self._columns.get(path[0], {}).get(path[-1], -1)

    def knows(self, path: FieldPath) -> bool:
        """Is the place of a path exact?"""
        return not path or path[0] not in self._unknown
