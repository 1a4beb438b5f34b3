"""What an export carries for its way back from Word: a hidden bookmark at each row, and the values it was made from.

The bookmarks are ``_pf2_3f9abk``: the second record that is printed, and the row's id. The values stand in a custom XML
part of the package, a record each, without what is not printed: plain data in JSON, as the document in plain data has
a record.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from perftui.exchange.docx_xml import attribute, escape
from perftui.exchange.listed_columns import listed_columns
from perftui.exchange.project_tables import is_printed
from perftui.forms import Form, PrintTable, RecordSpec, Role
from perftui.model.document import PROJECTS
from perftui.model.record import ORDER, FieldPath, Record, Row

NAMESPACE = "urn:perftui:printed"
MARK = re.compile(r"_pf([0-9]{1,6})_([0-9A-Za-z]{1,24})_?")
_ROW_ID = re.compile(r"[0-9A-Za-z]{1,24}")
_FIRST_NUMBER = 1_000_000  # of bookmarks; those of headings are counted from 0
ROW_PARTS = 3
"""In the path of a row's field."""


class RowMarks:
    """The bookmarks of a document's rows while it is written, each once."""

    def __init__(self, text_of: Callable[[str], str] | None) -> None:
        self._text_of = text_of
        self._records: dict[str, int] = {}
        self._count = 0
        self._given: set[tuple[str, FieldPath]] = set()

    @property
    def wanted(self) -> bool:
        """Are there any?"""
        return self._text_of is not None

    def see(self, record: str) -> None:
        """A record is printed."""
        self._records.setdefault(record, len(self._records))

    def of(self, record: str, source: FieldPath | None, *, last: bool = False) -> str:
        """A bookmark of the row that a field is of: before its first field, and another before its ``last``."""
        if source is None or len(source) != ROW_PARTS or not self.wanted:
            return ""
        place = (record, source[:2])
        given = place in self._given
        if (given and not last) or not _ROW_ID.fullmatch(source[1]):
            return ""
        self.see(record)
        self._given.add(place)
        self._count += 1
        number, behind = _FIRST_NUMBER + self._count, "_" * given
        name = f"_pf{self._records[record]}_{source[1]}{behind}"
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'

    def part(self) -> Iterator[bytes]:
        """The custom XML part, in pieces."""
        if self._text_of is None:
            return
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<printed xmlns="{NAMESPACE}">\n'.encode()
        for record in self._records:
            yield f'<file name="{attribute(_name(record))}">{escape(self._text_of(record))}</file>\n'.encode()
        yield b"</printed>\n"


def _name(record: str) -> str:
    """A record's name in the part: a project's file without its folder and ending, "" the department."""
    return record.removeprefix(f"{PROJECTS}/").removesuffix(".toml")


def printed_record(form: Form, record: Record, *, department: bool) -> Record:
    """A record with nothing but what is printed of it, and the places of its rows."""
    fields, columns = _printed(form, department=department)
    head = {key: value for key, value in record.head.items() if (key,) in fields}
    tables = {
        table: {key: value for key, value in values.items() if (table, key) in fields}
        for table, values in record.tables.items()
        if table in (form.department if department else form.project).tables
    }
    spec = form.department if department else form.project
    groups = {}
    for key, wanted in columns.items():
        group = spec.group(key)
        kept = [_row(row, wanted) for row in record.rows(key) if group is not None and is_printed(row, group)]
        if kept:
            groups[key] = tuple(kept)
    return Record(head=head, tables=tables, groups=groups)


def record_text(record: Record) -> str:
    """A printed record as it stands in the part: its fields are texts, its rows' places whole numbers."""
    groups = {key: {row.id: row.values for row in rows} for key, rows in record.groups.items()}
    return json.dumps({**record.head, **record.tables, **groups}, ensure_ascii=False, separators=(",", ":"))


def _row(row: Row, wanted: set[str]) -> Row:
    return replace(row, values={key: value for key, value in row.values.items() if key in wanted or key == ORDER})


@cache
def _printed(form: Form, *, department: bool) -> tuple[set[FieldPath], Mapping[str, set[str]]]:
    """The fields that a form prints of a record, and the columns of its rows."""
    spec = form.department if department else form.project
    roles = (Role.UNIT_CODE, Role.UNIT_NAME, Role.DEPARTMENT_NAME, Role.YEAR, Role.NAME, Role.TITLE)
    fields = {path for role in roles if (path := spec.path_of(role)) is not None and len(path) < ROW_PARTS}
    columns: dict[str, set[str]] = {}
    if department:
        for block in form.layout.department:
            fields |= {block.field} if block.field else set()
            if (group := spec.group(block.group)) is not None:
                columns.setdefault(group.key, set()).update(one.key for one in group.columns)
    own = () if department else form.layout.tables
    for table in (*own, *(one for one in form.layout.department_tables if one.projects is not department)):
        _add_table(form, spec, table, fields, columns)
    return fields, columns


def _add_table(
    form: Form, spec: RecordSpec, table: PrintTable, fields: set[FieldPath], columns: dict[str, set[str]]
) -> None:
    for cell in (cell for row in table.rows for cell in row.cells):
        fields |= {cell.field} if cell.field else set()
        group = spec.group(cell.goals)
        if group is not None:
            columns.setdefault(group.key, set()).update(one.key for one in group.columns)
    for one in listed_columns(form, spec, table) if table.columns else ():
        if one.of_rows:
            keys = {key for key, _field in one.pattern.fields} if one.pattern is not None else {one.field.key}
            columns.setdefault(one.path[0], set()).update(keys)
        else:
            fields.add(one.path)
