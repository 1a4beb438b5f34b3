"""The order of findings in a file: that of the form."""

from perftui.forms import RecordSpec
from perftui.model.record import Path, Record


class Places:
    """Where the paths of a record stand in the form's order, tables and rows included."""

    def __init__(self, spec: RecordSpec, record: Record) -> None:
        self._starts: dict[str, int] = {one.key: index for index, one in enumerate(spec.head)}
        later = [*spec.tables, *(group.key for group in spec.groups)]
        self._starts |= {key: len(spec.head) + index for index, key in enumerate(later)}
        self._columns = {
            key: {one.key: index for index, one in enumerate(fields)} for key, fields in spec.tables.items()
        }
        self._columns |= {
            group.key: {one.key: index for index, one in enumerate(group.columns)} for group in spec.groups
        }
        self._rows = {
            group.key: {row.id: index for index, row in enumerate(record.rows(group.key))} for group in spec.groups
        }

    def __call__(self, path: Path) -> tuple[int, int, int]:
        """Section, row and column; a table stands before its fields, what the form does not know at the end."""
        if not path or path[0] not in self._starts:
            return len(self._starts), 0, 0
        rows = self._rows.get(path[0])
        row = rows.get(path[1], -1) if rows is not None and len(path) > 1 else -1
        column = self._columns.get(path[0], {}).get(path[-1], -1) if len(path) > 1 else -1
        return self._starts[path[0]], row, column
