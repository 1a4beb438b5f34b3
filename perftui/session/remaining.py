"""What is left to do in a document: one list, of which the keys, the foot, the list and the export are views.

A stop is a place that somebody has to go to: a required field that is blank, the plan that is blank or wrong, a
category that the rules demand and no row has, an open error, a conflict, a copied text nobody has looked at. A row of
the form's skeleton that nothing is written in is offered as a stop, and not counted. Stops stand in the page's order.
"""

from collections.abc import Collection, Mapping, Sequence, Set
from copy import copy
from enum import Enum, auto

from perftui.editing.rows import NEW_ROW, is_untouched, page_rows
from perftui.forms import Field, Form, Group, GroupRole, Kind
from perftui.model.conflicts import conflict_rows
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record, Row
from perftui.model.unreviewed import marked_paths
from perftui.review.finding import Finding, Severity
from perftui.session.unreviewed import thing_of

Fault = tuple[FieldPath, str]
"""What a finding says of a file: the path of an error, or of a table of rows and the category that it demands there."""

ANY_ROW = NEW_ROW
"""What is demanded where a table of rows is warned of as a whole: one row, where there is none."""


class Need(Enum):
    """Why somebody has to go to a place."""

    BLANK = auto()
    """It is required, and nothing stands there."""
    MISSING = auto()
    """The rules demand a row of this category."""
    WRONG = auto()
    """An error that nobody accepted, or a conflict."""
    COPIED = auto()
    """It was copied, and nobody has looked at it."""


@frozen
class Stop:
    """A place to go to."""

    place: Location
    need: Need | None
    """``None``: an unwritten row of the skeleton, which is only offered."""


@frozen
class FileStops:
    """The stops of one file."""

    stops: tuple[Stop, ...]
    paths: tuple[FieldPath, ...]
    """Every place of the page, in its order."""
    whole: int
    """How many places there are to be filled and right, those that are so already included."""

    @property
    def left(self) -> int:
        """How many places somebody has to go to."""
        return sum([stop.need is not None for stop in self.stops])

    @property
    def done(self) -> int:
        """How many of the whole are as they should be."""
        return self.whole - self.left


_RowStops = tuple[Row, Set[FieldPath], Mapping[FieldPath, Need | None], Set[FieldPath], Sequence[FieldPath]]
"""A row, what is wrong in it, and what it then adds to the stops, the whole and the paths."""


def stops_of(
    form: Form, file: str, record: Record, faults: Sequence[Fault] = (), rows: dict[FieldPath, _RowStops] | None = None
) -> FileStops:
    """The stops of a file; ``faults``: what open findings say of it; ``rows``: what is known of them from before."""
    return _PageWalk(form, file, record, faults, {} if rows is None else rows).run()


class _PageWalk:
    """One way down the page."""

    def __init__(
        self, form: Form, file: str, record: Record, faults: Sequence[Fault], rows: dict[FieldPath, _RowStops]
    ) -> None:
        self._form, self._file, self._record = form, file, record
        self._spec = form.spec_of(file)
        self._faults = set(faults)
        self._wrong = {path for path, demanded in faults if not demanded} | set(conflict_rows(record))
        self._copied = set(marked_paths(record))
        self._things: set[FieldPath] = set()
        self._demanded = {demanded for _path, demanded in faults if demanded}
        self._found: dict[FieldPath, Need | None] = {}
        self._whole: set[FieldPath] = set()
        self._paths: list[FieldPath] = []
        self._rows = rows
        self._wrong_in: dict[FieldPath, set[FieldPath]] = {}
        for path in self._wrong:
            self._wrong_in.setdefault(path[:2], set()).add(path)

    def run(self) -> FileStops:
        head = [one for one in self._spec.head if not one.hidden]
        if self._file == DEPARTMENT:
            head.sort(key=lambda one: one.kind is Kind.LONG_TEXT)  # as its page has them
        for one in head:
            self._field((one.key,), one)
        for table, fields in self._spec.tables.items():
            if self._spec.plan is not None and table == self._spec.plan.key:
                self._plan(table, fields)
            else:
                self._table(table, fields)
        for group in self._spec.groups:
            self._group(group)
        if () in self._wrong and not any(self._found.values()) and head:
            self._found = {(head[0].key,): Need.WRONG, **self._found}
        stops = [Stop(place=Location(file=self._file, path=path), need=need) for path, need in self._found.items()]
        counted = {stop.place.path for stop in stops if stop.need is not None}
        return FileStops(stops=tuple(stops), paths=tuple(self._paths), whole=len(self._whole | counted))

    def _stop(self, path: FieldPath, need: Need | None) -> None:
        self._found[path] = self._found.get(path) or need

    def _field(self, path: FieldPath, field: Field, *also: FieldPath) -> None:
        """A field; ``also``: wholes whose errors and marks are gone to here."""
        self._paths.append(path)
        places = (path, *also)
        if field.required:
            self._whole.add(path)
        if not self._wrong.isdisjoint(places):
            self._stop(path, Need.WRONG)
        elif self._is_blank(path, field):
            self._stop(path, Need.BLANK)
        elif not self._copied.isdisjoint(places) and (thing := thing_of(self._spec, path)) not in self._things:
            self._things.add(thing)
            self._whole.add(path)
            self._stop(path, Need.COPIED)

    def _is_blank(self, path: FieldPath, field: Field) -> bool:
        return field.required and field.formula is None and not self._record.text(path)

    def _is_amiss(self, path: FieldPath, field: Field) -> bool:
        return path in self._wrong or self._is_blank(path, field)

    def _table(self, table: str, fields: Sequence[Field]) -> None:
        whole: tuple[FieldPath, ...] = ((table,),)
        for one in fields:
            if not one.hidden:
                self._field((table, one.key), one, *whole)
                whole = ()

    def _plan(self, table: str, fields: Sequence[Field]) -> None:
        """The plan is one place, gone to where it is wrong first."""
        paths = [(table, one.key) for one in fields]
        self._paths += paths
        wrong = [path for path in paths if path in self._wrong]
        blank = [path for path in paths if not self._record.text(path)]
        first = min(wrong or blank or paths, key=paths.index)
        self._whole.add(first)
        if blank:
            self._stop(first, Need.BLANK)
        elif wrong or (table,) in self._wrong:
            self._stop(first, Need.WRONG)
        elif (table,) in self._copied:
            self._stop(first, Need.COPIED)

    def _group(self, group: Group) -> None:
        """The rows as the page has them. One that is the same as before adds the same, without a call: a table may have
        a thousand."""
        rows = self._record.rows(group.key)
        known = {row.id for row in rows}
        lost = not {path[1] for path in self._wrong_in if len(path) > 1 and path[0] == group.key} <= known
        before = len(self._found)
        begun: set[str] = set()
        for entry in page_rows(self._spec, group, rows):
            if isinstance(entry, Row):
                wrong = self._wrong_in.get((group.key, entry.id), _NOTHING)
                kept = self._rows.get((group.key, entry.id))
                if kept is None or kept[0] is not entry or kept[1] != wrong or self._copied:
                    kept = self._look(group, entry, wrong)
                self._found |= kept[2]
                self._whole |= kept[3]
                self._paths += kept[4]
            else:
                self._missing(group, *entry, begins=not rows and entry[0] not in begun)
                begun.add(entry[0])
        new = (group.key, NEW_ROW, group.entry.key)
        self._paths.append(new)
        if not rows and group.role is GroupRole.GOALS:
            self._whole.add(new)
            self._stop(new, Need.BLANK)
        elif not rows and ((group.key,), ANY_ROW) in self._faults:
            self._whole.add(new)
            self._stop(new, Need.MISSING)
        elif lost or ((group.key,) in self._wrong and len(self._found) == before):
            self._stop((group.key, rows[0].id, group.entry.key) if rows else new, Need.WRONG)

    def _look(self, group: Group, row: Row, wrong: Set[FieldPath]) -> _RowStops:
        """What a row adds, which is kept but where things were copied: of some copied rows only the first is a stop."""
        apart = copy(self)
        apart._found, apart._whole, apart._paths = {}, set(), []
        apart._row(group, row)
        found = row, wrong, apart._found, apart._whole, apart._paths
        if not self._copied:
            self._rows[(group.key, row.id)] = found
        return found

    def _row(self, group: Group, row: Row) -> None:
        name = group.entry.key
        if group.role is GroupRole.INDICATORS and is_untouched(self._spec, row):
            self._paths.append((group.key, row.id, name))
            self._stop((group.key, row.id, name), None)
            return
        whole = (group.key, row.id)
        if whole in self._copied and any(self._is_amiss((*whole, one.key), one) for one in group.columns):
            self._copied.discard(whole)  # who mends it looks at the row
        for column in group.columns:
            self._field((*whole, column.key), column, *([whole] if column.key == name else []))

    def _missing(self, group: Group, category: str, class_name: str, *, begins: bool) -> None:
        """A row of the skeleton that is not there; demanded where it is the first of a category that is.

        ``begins``: there are no rows yet, and it is the first of its category.
        """
        path = (group.key, f"{NEW_ROW}{class_name}", group.entry.key)
        self._paths.append(path)
        wanted = self._demanded & {category, class_name}
        self._demanded -= wanted
        self._stop(path, Need.MISSING if wanted or begins else None)


def faults_of(findings: Sequence[Finding]) -> dict[str, list[Fault]]:
    """The faults that open findings name in each file. Without calls: it is asked at every edit."""
    found: dict[str, list[Fault]] = {}
    for one in findings:
        demands = one.key if len(one.location.path) == 1 else ""
        if len(one.location.path) == 1 and one.severity is Severity.WARNING:
            demands = demands or ANY_ROW
        if one.accepted is None and (one.severity is Severity.ERROR or (demands and one.severity is Severity.WARNING)):
            for place in one.places or (one.location,):
                found.setdefault(place.file, []).append((place.path, demands))
    return found


_NO_FAULTS: list[Fault] = []
_NOTHING: Set[FieldPath] = frozenset()


class Remaining:
    """The stops of one document, kept up with it: only files that changed are walked again."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Record, Sequence[Fault], FileStops, int, int]] = {}
        self._whole: tuple[Document, Mapping[str, list[Fault]], tuple[int, int]] | None = None
        self._rows: tuple[str, dict[FieldPath, _RowStops]] = "", {}
        """What is known of the rows of the file that was walked last."""

    def of(self, form: Form, file: str, record: Record, faults: Sequence[Fault] = ()) -> FileStops:
        """The stops of a file."""
        known = self._known.get(file)
        if known is None or known[0] is not record or known[1] != faults:
            return self._walked(form, file, record, faults)[2]
        return known[2]

    def left_of_whole(self, form: Form, document: Document, faults: Mapping[str, list[Fault]]) -> tuple[int, int]:
        """How many places are left in a document, and how many are to be filled and right.

        It is asked at every key; after an edit only the files that changed cost a call.
        """
        if self._whole is not None and self._whole[0] is document and self._whole[1] is faults:
            return self._whole[2]
        left = whole = 0
        for file, record in document.files():
            known, wrong = self._known.get(file), faults.get(file, _NO_FAULTS)
            if known is None or known[0] is not record or known[1] != wrong:
                known = self._walked(form, file, record, wrong)
            left += known[3]
            whole += known[4]
        self._whole = document, faults, (left, whole)
        return left, whole

    def _walked(
        self, form: Form, file: str, record: Record, faults: Sequence[Fault]
    ) -> tuple[Record, Sequence[Fault], FileStops, int, int]:
        if self._rows[0] != file:
            self._rows = file, {}
        stops = stops_of(form, file, record, faults, self._rows[1])
        known = self._known[file] = record, faults, stops, stops.left, stops.whole
        return known


def left_in(form: Form, document: Document, findings: Sequence[Finding], files: Collection[str] | None = None) -> int:
    """How many places are left in a document, or in some of its files."""
    faults = faults_of(findings)
    return sum(
        stops_of(form, file, record, faults.get(file, ())).left
        for file, record in document.files()
        if files is None or file in files
    )
