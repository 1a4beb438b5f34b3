"""``perftui schema``: the files of a form as JSON Schema, for editors that check TOML while it is typed."""

from typing import Any

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.exits import Exit
from perftui.cli.form_arguments import add_form_option, chosen_form
from perftui.cli.output import put_json
from perftui.forms import Field, Form, Group, Kind, Moment, RecordSpec
from perftui.locale import _
from perftui.model.record import CONFLICTS, ORDER, REMARKS, UNREVIEWED
from perftui.model.remarks import KEYS as REMARK_KEYS
from perftui.session.data_out import VERSION

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_AMOUNT = r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$"
_ROW_ID = r"^[A-Za-z0-9_-]+$"
_DATE = r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?"
_PATTERNS = {
    Kind.AMOUNT: _AMOUNT, Kind.PERCENT: _AMOUNT, Kind.DATE: f"^{_DATE}$", Kind.PERIOD: f"^{_DATE}/{_DATE}$",
}  # fmt: skip
_INTEGER = {"type": "integer"}


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_form_option(parser)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--department", action="store_true", help=_("部门文件的，平时是项目文件的"))
    kind.add_argument("--document", action="store_true", help=_("export --json 写出的整份文档的"))


def run(args: Arguments) -> Exit:
    """Print the schema."""
    form = chosen_form(args)
    if args.document:
        put_json(document_schema(form))
        return Exit.DONE
    title = f"{form.title}：{_('部门') if args.department else _('项目')}"
    spec = form.department if args.department else form.project
    put_json({"$schema": _DRAFT, "title": title, **record_schema(spec)})
    return Exit.DONE


def document_schema(form: Form) -> dict[str, Any]:
    """The schema of a whole document as ``export --json`` writes it."""
    project = record_schema(form.project)
    project["properties"]["file"] = {"title": _("文件名"), "type": "string"}
    properties = {
        "version": {"const": VERSION},
        "form": {"const": form.id},
        "year": _INTEGER,
        "unit": {"title": _("单位编码"), "type": "string"},
        "department": record_schema(form.department),
        "projects": {"type": "array", "items": {**project, "required": ["file"]}},
    }
    return {
        "$schema": _DRAFT,
        "title": form.title,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def record_schema(spec: RecordSpec) -> dict[str, Any]:
    """The schema of one kind of file. Unknown keys and blank fields are allowed: that is for review to say."""
    properties = {field.key: _field(field) for field in spec.head}
    for table, fields in spec.tables.items():
        properties[table] = _table(fields)
    for group in spec.groups:
        properties[group.key] = _rows(group)
    for moment in spec.moments:
        properties[moment.key] = _moment(moment)
    properties[CONFLICTS] = {"type": "object"}
    remark = {"type": "object", "properties": {key: {"type": "string"} for key in REMARK_KEYS}}
    properties[REMARKS] = {"title": _("批注"), **_by_id(remark)}
    properties[UNREVIEWED] = {"type": "object", "additionalProperties": {"type": "string"}}
    return {"type": "object", "properties": properties}


def _field(field: Field) -> dict[str, Any]:
    if field.kind is Kind.INTEGER:
        return {"title": field.label, **_INTEGER}
    found: dict[str, Any] = {"title": field.label, "type": "string", "maxLength": field.limit}
    if field.kind in _PATTERNS:
        found["pattern"] = _PATTERNS[field.kind]
    if field.choices and not field.free:
        found["enum"] = list(field.choices)
    return found


def _table(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {"type": "object", "properties": {field.key: _field(field) for field in fields}}


def _rows(group: Group) -> dict[str, Any]:
    row = _table(group.columns)
    row["properties"][ORDER] = _INTEGER
    return {"title": group.label, **_by_id(row)}


def _by_id(row: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "patternProperties": {_ROW_ID: row}, "additionalProperties": False}


def _moment(moment: Moment) -> dict[str, Any]:
    """The table of a moment; of one that is done several times a table a time."""
    once = _table(moment.fields)
    once["properties"] |= {rows.key: _by_id(_table(rows.columns)) for rows in moment.rows}
    if moment.points:
        once = {"type": "object", "properties": {key: {"title": label, **once} for key, label in moment.points}}
    return {"title": moment.label, **once}
