"""``perftui rollover``: next year's document from this year's."""

from dataclasses import replace

from perftui.cli.arguments import Parser, add_document_options
from perftui.cli.commands import Arguments
from perftui.cli.exits import CommandError, Exit
from perftui.cli.new_document import free_folder, write_document
from perftui.cli.opening import open_chosen
from perftui.cli.output import put, say
from perftui.forms import Form, RecordSpec, Role
from perftui.locale import _
from perftui.model.document import Document, in_reading_order, project_file
from perftui.model.ids import derived_id
from perftui.model.record import CONFLICTS, Plain, Record
from perftui.store.creating import NEW
from perftui.store.folder import is_year


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    parser.add_argument("to", metavar="YEAR", type=int, help=_("新的年度，如 2022"))


def run(args: Arguments) -> Exit:
    """Make the document and print its folder."""
    opened = open_chosen(args)
    if opened.problems:
        raise CommandError(Exit.REFUSED, _("有不能读取的文件，没有生成新年度的文本"))
    if not is_year(str(args.to)) or args.to == opened.folder.year:
        raise CommandError(Exit.USAGE, _("年度 {year} 不对，要是四位数字，如 2021").format(year=args.to))
    folder = free_folder(opened.folder.data, args.to, opened.folder.unit)
    document = rolled_over(opened.document, opened.form, args.to)
    write_document(folder, document)
    put(str(folder.folder))
    say(
        _("已从 {year} 年带来 {count} 个项目，编码要重新填写").format(
            year=opened.folder.year, count=len(document.projects)
        )
    )
    return Exit.DONE


def rolled_over(document: Document, form: Form, year: int) -> Document:
    """The document as the next year's begins: codes blank, the status as at first, all else as it was.

    Rows keep their ids, so that the years can be compared; a project names the file that it comes from.
    """
    status = next((one.choices[0] for one in form.department.head if one.role is Role.STATUS and one.choices), None)
    changes: dict[Role, Plain] = {Role.YEAR: year, Role.STATUS: status, Role.APPROVED_TOTAL: None}
    projects: dict[str, Record] = {}
    names: set[str] = set()
    for index, (file, record) in enumerate(document.projects.items()):
        name = derived_id(index, f"{year} {file}", names)
        names.add(name)
        projects[project_file(f"{NEW}{name}")] = _with(record, form.project, {Role.CODE: None, Role.ORIGIN: file})
    department = _with(document.department, form.department, changes)
    return replace(document, year=year, department=department, projects=in_reading_order(projects))


def _with(record: Record, spec: RecordSpec, changes: dict[Role, Plain]) -> Record:
    for role, value in changes.items():
        path = spec.path_of(role)
        record = record if path is None else record.with_value(path, value)
    return replace(record, groups={key: rows for key, rows in record.groups.items() if key != CONFLICTS})
