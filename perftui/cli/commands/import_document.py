"""``perftui import``: a document of Word becomes a new document, or goes into the one that is there, with a report.

The indicator rows of a table go into one project with ``--into``.
"""

from pathlib import Path

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.document_arguments import document_folder, find_project, outcome, require_form, tell_problems
from perftui.cli.edit_once import save_edits
from perftui.cli.exits import CommandError, Exit
from perftui.cli.foreign_file import file_bytes, understood
from perftui.cli.form_arguments import add_form_option, chosen_form
from perftui.cli.output import put, say
from perftui.editing.edits import AddFile
from perftui.exchange.importer.imported import ImportResult
from perftui.forms import look_in
from perftui.locale import _
from perftui.session.foreign_document import (
    TABLES,
    CannotImport,
    existing,
    new_document,
    only_rows,
    read_rows,
    report_lines,
    summary,
    write_new,
)
from perftui.session.import_plan import ImportPlan, plan_lines, plan_of, rows_plan
from perftui.session.new_document import AlreadyThere
from perftui.session.open_document import OpenDocument
from perftui.session.word_return import printed_from
from perftui.store.folder import DocumentFolder
from perftui.store.open import LoadedDocument, open_document


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    parser.add_argument(
        "file", metavar="FILE", help=_("Word、WPS 文档，Excel 表格，网页（.html .mht），文本，.csv；- 是标准输入")
    )
    parser.add_argument(
        "--as", dest="year", metavar="YEAR", type=int, help=_("作为这一年度的文本；表格：放进这一年度的")
    )
    parser.add_argument("--unit", help=_("单位编码，文档里没有时才需要"))
    add_form_option(parser, guessed=True)
    parser.add_argument("--dry-run", action="store_true", help=_("只报告读到了什么，不写文件"))
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--merge", action="store_true", help=_("已有这份文本时：新项目加进去，不同的栏改成文档里的"))
    parser.add_argument(
        "--as-file", action="store_true", help=_("导出的文本传回来时：不是在 Word 里改的不同之处，也照文件改")
    )
    kind.add_argument("--add", action="store_true", help=_("已有这份文本时：只加进新项目，不改已有的"))
    parser.add_argument("--into", metavar="CODE", help=_("文件里的指标行放进这个项目，Word 里的表也可以"))


def run(args: Arguments) -> Exit:
    """Read the document, report, and write it unless it is a dry run."""
    look_in(Path(args.data))
    if args.form:
        chosen_form(args)
    data = file_bytes(args.file)
    if args.into:
        return _rows(args, data)
    imported = understood(data, args.file, args.form, args.year)
    if only_rows(imported) and args.file.lower().endswith(TABLES):
        raise CommandError(Exit.USAGE, _("表格里是指标行：请用 --into 指明放进哪个项目"))
    unit = args.unit or imported.document.unit
    there = existing(Path(args.data), imported.document.year, unit)
    if there is not None and (args.merge or args.add):
        for line in report_lines(imported, certain=False):
            put(line)
        return _merge(args, data, there)
    for line in report_lines(imported):
        put(line)
    say(summary(imported))
    if there is not None:
        opened = open_document(there)
        _show(_plan(args, data, opened), opened)
    return Exit.DONE if args.dry_run else _write(args, imported)


def _write(args: Arguments, imported: ImportResult) -> Exit:
    """Make it a new document. Raises CommandError where there is one, or where it does not say whose it is."""
    try:
        new = new_document(Path(args.data), imported, args.unit or "")
        write_new(new)
    except AlreadyThere as error:
        hint = _("加 --merge 读入上面列出的新增和改动，加 --add 只读入新项目")
        raise CommandError(Exit.USAGE, f"{error}\n{hint}") from error
    except CannotImport as error:
        hint = _("用 --as 指明年度，用 --unit 指明单位编码")
        raise CommandError(Exit.USAGE, f"{error}\n{hint}") from error
    put(str(new.folder.folder))
    return Exit.DONE


def _merge(args: Arguments, data: bytes, there: DocumentFolder) -> Exit:
    """Take a document into the one that is there, as one step that can be undone in the screens."""
    opened = open_document(there)
    tell_problems(opened)
    require_form(opened)
    plan = _plan(args, data, opened)
    _show(plan, opened)
    return _take(args, opened, plan, _("读入 {file}").format(file=Path(args.file).name))


def _rows(args: Arguments, data: bytes) -> Exit:
    """The rows of a table into one project."""
    opened = open_document(document_folder(args))
    tell_problems(opened)
    require_form(opened)
    file = find_project(opened, args.into)
    try:
        table = read_rows(data, args.file, opened.form)
    except CannotImport as error:
        raise CommandError(Exit.REFUSED, f"{args.file}: {error}") from error
    for note in table.notes:
        put(": ".join(part for part in (note.place, note.message) if part))
    plan = rows_plan(opened.document, opened.form, file, table)
    _show(plan, opened)
    return _take(args, opened, plan, _("读入指标行"))


def _plan(args: Arguments, data: bytes, opened: LoadedDocument) -> ImportPlan:
    """What a document, read by the form of the one that is there, would add and change."""
    imported = understood(data, args.file, opened.form.id, args.year)
    unreadable = tuple(problem.file for problem in opened.problems)
    came = printed_from(imported, opened.document, opened.form)
    return plan_of(opened.document, opened.form, imported.document, unreadable, came)


def _show(plan: ImportPlan, opened: LoadedDocument) -> None:
    for line in plan_lines(plan, opened.document, opened.form):
        put(line)


def _take(args: Arguments, opened: LoadedDocument, plan: ImportPlan, label: str) -> Exit:
    edits = plan.edits(changing=not args.add, as_file=args.as_file)
    if args.dry_run:
        return Exit.DONE
    if edits:
        save_edits(OpenDocument(opened), edits, label)
        added = sum(isinstance(one, AddFile) for one in edits)
        changed = (0 if args.add else len(plan.changes)) + (len(plan.aside) if args.as_file else 0)
        say(_("已读入：新增 {added} 个项目，改动 {changed} 处").format(added=added, changed=changed))
    else:
        say(_("没有改动"))
    if plan.asides and not args.as_file:
        say(_("不是在 Word 里改的 {count} 处没有读入，保持这里的；要照文件改，加 --as-file").format(count=plan.asides))
    return outcome(opened)
