"""Adds and removes keys and rows in a TOML text by whole lines, each at its place in the form's order."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

from perftui.forms import RecordSpec
from perftui.model.conflicts import KEYS as CONFLICT_KEYS
from perftui.model.frozen import frozen
from perftui.model.record import CONFLICTS, ORDER, REMARKS, UNREVIEWED, Comment, FieldPath, Plain, Row
from perftui.model.remarks import KEYS as REMARK_KEYS
from perftui.store.toml.canonical import encode_key, encode_value, header_name, key_lines, row_keys
from perftui.store.toml.scan import TomlEntry, record_path, scan

WithValue = Callable[[str, FieldPath, Plain], str]
"""Gives the lines of one key another value at a path in them, and leaves their spacing and comments alone."""

_Rank = tuple[int, str, str, int]
"""Where a header or key stands in the form's order: section, its name where it is unknown, row, key."""

_LAST = 10_000
_HEADER = -1


@frozen
class _RankedEntry:
    """An entry of the text with its rank and the header that it stands below."""

    entry: TomlEntry
    rank: _Rank
    table: FieldPath


@dataclass(slots=True, kw_only=True)
class _Section:
    """A table that the text does not have yet."""

    note: Comment | None = None
    keys: list[tuple[_Rank, list[str]]] = field(default_factory=list)


class LineSplicer:
    """The lines of a text, and what is to be taken out of and put between them."""

    def __init__(self, text: str, spec: RecordSpec, with_value: WithValue, nested: Collection[str] = ()) -> None:
        """``nested``: the dotted names of tables that stand in tables."""
        self._with_value = with_value
        self._nested = nested
        self._lines = text.removesuffix("\n").split("\n") if text else []
        self._order = _Order(spec)
        self._placed = self._place(scan(text))
        self._keys = {one.entry.path: one for one in self._placed if not one.entry.header}
        self._headers = {one.entry.path: number for number, one in enumerate(self._placed) if one.entry.header}
        self._changed: dict[int, str] = {}
        self._dropped: set[int] = set()
        self._inserted: dict[int, list[tuple[_Rank, list[str]]]] = {}
        self._sections: dict[FieldPath, _Section] = {}

    def text(self) -> str:
        """The text with everything taken out and put in."""
        for path, section in self._sections.items():
            self._insert_section(path, section)
        result: list[str] = []
        for number in range(len(self._lines) + 1):
            for _rank, lines in sorted(self._inserted.get(number, ()), key=lambda item: item[0]):
                result += lines if result else lines[lines[0] == "" :]
            if number in self._changed:
                result += self._changed[number].split("\n")
            elif number < len(self._lines) and number not in self._dropped:
                result.append(self._lines[number])
        return "\n".join(result) + "\n"

    def drop_row(self, path: FieldPath) -> None:
        """Take out a row with its comments and the blank lines above it. Raises LookupError."""
        found = [one.entry for one in self._placed if one.entry.path[: len(path)] == path]
        if not found:
            raise LookupError(path)
        for entry in found:
            self._dropped.update(range(entry.before, entry.last + 1))
            if entry.header:
                self._drop_blank_lines(entry.before)

    def change_key(self, path: FieldPath, value: Plain) -> None:
        """Give a key, or one in the inline table that a key holds, another value. Raises LookupError."""
        placed = next((self._keys[path[:size]] for size in range(len(path), 0, -1) if path[:size] in self._keys), None)
        if placed is None:
            raise LookupError(path)
        entry = placed.entry
        now = self._changed.get(entry.first, "\n".join(self._lines[entry.first : entry.last + 1]))
        self._changed[entry.first] = self._with_value(now, path[len(placed.table) :], value)
        self._dropped.update(range(entry.first, entry.last + 1))

    def drop_key(self, path: FieldPath) -> None:
        """Take out a key; the comments that people wrote at it stay. Raises LookupError."""
        placed = self._keys[path]
        entry = placed.entry
        self._dropped.update(range(entry.first, entry.last + 1))
        note = entry.behind.strip()
        if note:
            self._insert(entry.first, placed.rank, [note])
        elif entry.before == entry.first and self._is_apart(entry):
            self._drop_blank_lines(entry.first)

    def add_key(self, path: FieldPath, value: Plain) -> None:
        """Place a key after the one that the form's order has before it. Raises LookupError."""
        if path in self._keys:  # it is there as "", which reads as blank
            self.change_key(path, value)
            return
        rank = self._order.rank(path)
        siblings = [one for one in self._keys.values() if one.entry.path[:-1] == path[:-1]]
        before = max((one for one in siblings if one.rank < rank), key=lambda one: one.rank, default=None)
        if before is not None:
            blank = [""] if self._order.is_apart(path) and self._ends_apart(before.entry) else []
            self._insert(before.entry.last + 1, rank, blank + self._key_lines(path, value, before))
        elif path[:-1] in self._headers:
            header = self._placed[self._headers[path[:-1]]].entry
            self._insert(header.last + 1, rank, key_lines(path[-1], value))
        elif siblings:
            blank = [""] if self._order.is_apart(siblings[0].entry.path) else []
            self._insert(siblings[0].entry.before, rank, self._key_lines(path, value, siblings[0]) + blank)
        elif len(path) == 1:
            self._insert(0, rank, [*key_lines(path[0], value), ""])
        else:
            section = self._sections.setdefault(path[:-1], _Section())
            section.keys.append((rank, key_lines(path[-1], value)))

    def add_row(self, group: str, row: Row, notes: Mapping[FieldPath, Comment]) -> None:
        """Place a row between its neighbours by id, behind what the form has before its group."""
        path = (group, row.id)
        section = self._sections[path] = _Section(note=notes.get(path))
        for key in row_keys(row, self._order.columns(group)):
            lines = key_lines(key, row.values[key], notes.get((*path, key)))
            section.keys.append((self._order.rank((*path, key)), lines))

    def _insert_section(self, path: FieldPath, section: _Section) -> None:
        """Put a header with its keys behind the last line of the section that comes before it."""
        rank = self._order.rank(path)
        note = section.note or Comment()
        name = header_name(path)
        lines = ["", *note.before, f"[{name}]{note.behind}"]
        for _rank, key in sorted(section.keys, key=lambda item: item[0]):
            lines += key
        earlier = [number for number, one in enumerate(self._placed) if one.rank < rank]
        at = max(earlier, key=lambda number: (self._placed[number].rank, number), default=-1)
        while at + 1 < len(self._placed) and not self._placed[at + 1].entry.header:
            at += 1
        self._insert(self._placed[at].entry.last + 1 if at >= 0 else 0, rank, lines)

    def _key_lines(self, path: FieldPath, value: Plain, neighbour: _RankedEntry) -> list[str]:
        """The lines of a key, named as its neighbour is: below its header, or dotted."""
        name = ".".join(encode_key(part) for part in path[len(neighbour.table) :])
        return f"{name} = {encode_value(value)}".split("\n")

    def _place(self, entries: tuple[TomlEntry, ...]) -> list[_RankedEntry]:
        placed: list[_RankedEntry] = []
        table: FieldPath = ()
        for found in entries:
            entry = replace(found, path=record_path(found.path, self._nested)) if self._nested else found
            table = entry.path if entry.header else table
            placed.append(_RankedEntry(entry=entry, rank=self._order.rank(entry.path), table=table))
        return placed

    def _is_apart(self, entry: TomlEntry) -> bool:
        above = entry.first == 0 or not self._lines[entry.first - 1].strip()
        return above and self._ends_apart(entry)

    def _ends_apart(self, entry: TomlEntry) -> bool:
        return entry.last + 1 >= len(self._lines) or not self._lines[entry.last + 1].strip()

    def _drop_blank_lines(self, number: int) -> None:
        while number > 0 and not self._lines[number - 1].strip():
            number -= 1
            self._dropped.add(number)

    def _insert(self, number: int, rank: _Rank, lines: list[str]) -> None:
        self._inserted.setdefault(number, []).append((rank, lines))


class _Order:
    """The order that the form gives to sections, rows and keys; what it does not know comes last."""

    def __init__(self, spec: RecordSpec) -> None:
        self._spec = spec
        self._head = {one.key: number for number, one in enumerate(spec.head)}
        moments = (
            name
            for moment in spec.moments
            for one in moment.names
            for name in (one, *(f"{one}.{rows.key}" for rows in moment.rows))
        )
        names = [*spec.tables, *(group.key for group in spec.groups), *moments, UNREVIEWED, REMARKS, CONFLICTS]
        self._sections = {name: number for number, name in enumerate(names)}
        self._tables = {
            table: {one.key: number for number, one in enumerate(fields)}
            for table, fields in {**spec.tables, **spec.moment_tables}.items()
        }

    def rank(self, path: FieldPath) -> _Rank:
        """The rank of a header or key."""
        name = path[0]
        section = self._sections.get(name)
        if section is None and len(path) == 1:
            return (_HEADER, "", "", self._head.get(name, _LAST))
        if name in self._tables:
            return (section or 0, "", "", self._tables[name].get(path[1], _LAST) if len(path) > 1 else _HEADER)
        place = _HEADER if len(path) < 3 else self._column(name, path[2])
        row = path[1] if len(path) > 1 else ""
        return (_LAST, name, row, place) if section is None else (section, "", row, place)

    def columns(self, group: str) -> tuple[str, ...]:
        """The keys of a group's rows in their order, without the place."""
        if group == CONFLICTS:
            return CONFLICT_KEYS
        if group == REMARKS:
            return REMARK_KEYS
        known = self._spec.group(group)
        columns = known.columns if known else self._spec.moment_rows.get(group, ())
        return tuple(one.key for one in columns)

    def is_apart(self, path: FieldPath) -> bool:
        """Does a blank line stand before this key?"""
        if len(path) == 1:
            return True
        one = self._spec.field(path)
        return len(path) == 2 and one is not None and not one.kind.is_number

    def _column(self, group: str, key: str) -> int:
        keys = (ORDER, *self.columns(group))
        return keys.index(key) if key in keys else _LAST
