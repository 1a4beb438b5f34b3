"""``perftui set``: fields changed by their TOML names, read as kindly as in the screens."""

import re

from perftui.cli.arguments import Arguments, Parser, add_code, add_document_options
from perftui.cli.document_arguments import document_folder, find_file, outcome, require_form, tell_problems
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put, say
from perftui.editing.edits import CannotApply, Edit, SetValue, apply_all
from perftui.editing.entry import EntryRefused, read_at
from perftui.editing.rows import add_row
from perftui.exchange.project_tables import printed_rows
from perftui.files.errors import FileError
from perftui.forms import Form, Group, RecordSpec, Role
from perftui.forms.glosses import glossed
from perftui.locale import _
from perftui.model.conflicts import FIELD, THEIRS, THEIRS_BY
from perftui.model.diff import FieldChange, RowAdded, RowRemoved, diff
from perftui.model.document import Document
from perftui.model.record import CONFLICTS, FieldPath, Record, Row, format_path, parse_path, plain_text
from perftui.session.locked_change import change_at_once
from perftui.store.open import open_document
from perftui.store.problem import BadFile

_NUMBERED = re.compile(r"(?P<group>[^:.]+):(?P<number>[0-9]{1,4})(?:\.(?P<key>[^.]+))?")
_KEPT = (Role.SCHEMA, Role.FORM, Role.YEAR)
"""Fields that say what the file is: changing them is no edit."""


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_code(parser)
    help_text = _("字段=内容，如 budget.fiscal=12万、goals:2.text=…；等号后面空着就是清空")
    parser.add_argument("fields", metavar="FIELD=VALUE", nargs="+", help=help_text)


def run(args: Arguments) -> Exit:
    """Change the fields as one step, and print what changed."""
    opened = open_document(document_folder(args))
    tell_problems(opened)
    require_form(opened)
    file = find_file(opened, args.code)
    try:
        changed = change_at_once(opened, file, lambda document: _edits(document, opened.form, file, args.fields))
    except (FileError, CannotApply) as error:
        raise CommandError(Exit.REFUSED, _("没有修改：{reason}").format(reason=error)) from error
    except BadFile as error:
        raise CommandError(Exit.REFUSED, _("没有修改：{reason}").format(reason=error.problem(file))) from error
    if changed.doubt:
        say(changed.doubt)
    changes = _described(opened.form, file, changed.before, changed.after)
    for change in changes:
        put(change)
    if not changes:
        say(_("没有改动"))
    return outcome(opened)


def _edits(document: Document, form: Form, file: str, words: list[str]) -> list[Edit]:
    """The edits of all words, each made on the document as the earlier ones leave it."""
    edits: list[Edit] = []
    for word in words:
        name, sign, typed = word.partition("=")
        if not sign:
            raise CommandError(Exit.USAGE, _("“{word}”里没有等号，要写成 字段=内容").format(word=word))
        made = _edits_of(document, form, file, name.strip(), typed)
        document, _inverses = apply_all(document, tuple(made))
        edits += made
    return edits


def _edits_of(document: Document, form: Form, file: str, name: str, typed: str) -> list[Edit]:
    spec, record = form.spec_of(file), document.record(file)
    path, edits = _place(spec, record, file, name)
    field = spec.field(path)
    if field is None or field.role in _KEPT:
        raise CommandError(Exit.USAGE, _unknown(spec, name))
    try:
        read = read_at(form, spec, path, typed, form.amount_unit_of(document.department))
    except EntryRefused as error:
        raise CommandError(Exit.USAGE, f"{name}: {error}") from error
    if read.note:
        say(f"{name}: {read.note}")
    return [*edits, SetValue(file=file, path=path, value=read.value)]


def _place(spec: RecordSpec, record: Record, file: str, name: str) -> tuple[FieldPath, list[Edit]]:
    """The path that a name means, and the edits that make its row where it is the one behind the last."""
    match = _NUMBERED.fullmatch(name)
    if match is None:
        path = parse_path(name)
        if len(path) == 3 and spec.group(path[0]) and record.row(path[0], path[1]) is None:
            raise CommandError(Exit.USAGE, _("没有行 {name}").format(name=format_path(path[:2])))
        return path, []
    group = spec.group(match["group"])
    key = match["key"] or (group.columns[0].key if group and len(group.columns) == 1 else "")
    if group is None or not key:
        raise CommandError(Exit.USAGE, _unknown(spec, name))
    number = int(match["number"])
    row_id, edits = _row(record, file, group, number)
    return (group.key, row_id, key), edits


def _row(record: Record, file: str, group: Group, number: int) -> tuple[str, list[Edit]]:
    """The row with a number as printed; the number behind the last one is a row begun there, else makes a new one."""
    rows, stored = printed_rows(record, group), record.rows(group.key)
    if 1 <= number <= len(rows):
        return rows[number - 1].id, []
    if number == len(rows) + 1:
        if stored and (not rows or stored[-1].id != rows[-1].id):
            return stored[-1].id, []  # it has no more than its levels yet, and is not printed
        edits, row_id = add_row(record, file, group.key, {}, len(stored))
        return row_id, [*edits]
    sentence = _("{label}只有 {count} 行，没有第 {number} 行")
    raise CommandError(Exit.USAGE, sentence.format(label=group.label, count=len(rows), number=number))


def _unknown(spec: RecordSpec, name: str) -> str:
    names = [one.key for one in spec.head if not one.hidden]
    names += [f"{table}.{one.key}" for table, fields in spec.tables.items() for one in fields]
    names += [f"{group.key}:1.{column.key}" for group in spec.groups for column in group.columns]
    return _("不能修改“{name}”，可以写：{names}").format(name=name, names=" ".join(names))


def _described(form: Form, file: str, before: Record, after: Record) -> list[str]:
    """A line a change: the field, what it was, what it is; and the values of others that went with a conflict."""
    lines, spec = [], form.spec_of(file)
    for change in diff(before, after):
        match change:
            case FieldChange():
                old, new = plain_text(change.old) or _("（空）"), plain_text(change.new) or _("（空）")
                lines.append(f"{format_path(change.path)} {glossed(form, spec.label(change.path))}: {old} → {new}")
            case RowAdded():
                paths = [((change.group, change.row.id, key), value) for key, value in change.row.values.items()]
                lines += [
                    f"{format_path(path)} {glossed(form, spec.label(path))}: {value}"
                    for path, value in paths
                    if spec.field(path)
                ]
            case RowRemoved(group=group, row=row) if group == CONFLICTS:
                lines.append(_settled(spec, row))
    return lines


def _settled(spec: RecordSpec, row: Row) -> str:
    path = parse_path(row.text(FIELD))
    sentence = _("{field} {label}: 冲突已按您写的定下，不用{by}的“{theirs}”")
    by, theirs = row.text(THEIRS_BY) or _("别人"), row.text(THEIRS) or _("（空）")
    return sentence.format(field=row.text(FIELD), label=spec.label(path), by=by, theirs=theirs)
