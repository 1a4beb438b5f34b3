"""``perftui export``: the document as a DOCX, a PDF or a workbook; its path is printed."""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from perftui.cli.arguments import Arguments, Parser, add_all_option, add_code, add_document_options
from perftui.cli.document_arguments import (
    chosen_folders,
    document_folder,
    find_project,
    open_told,
    outcome,
    require_form,
)
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put, put_bytes, put_json, say
from perftui.cli.review_output import review_of, say_settings
from perftui.exchange.office import OfficeError
from perftui.locale import _
from perftui.model.text import size_in_words, visible
from perftui.review.finding import Finding
from perftui.session.amount_rounding import rounded_lines
from perftui.session.data_out import plain_document
from perftui.session.export import (
    DOCX,
    PDF,
    XLSX,
    ExportRequest,
    NotExported,
    docx_digest,
    export_document,
    export_workbook,
    fonts_in_words,
    lying,
    office_style,
    pages_saved,
    pdf_of,
    proven_docx,
    proven_workbook,
    put_file,
)
from perftui.session.export_target import export_name, exports_folder, ways_home
from perftui.session.final_check import NotFinal, as_final, counted, notes_of, open_findings, remarks_of, require_final
from perftui.session.remaining import left_in
from perftui.store.folder import DocumentFolder
from perftui.store.open import LoadedDocument

_STDOUT = "-"
_OTHER_KIND = re.compile(r"\.[A-Za-z]{1,5}[A-Za-z0-9]?")


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_all_option(parser)
    add_code(parser, many=True)
    help_text = _("写到这个文件（.docx、.pdf 或 .xlsx）或目录，- 是标准输出；平时写到数据目录旁边的 exports/")
    parser.add_argument("-o", "--output", metavar="PATH", help=help_text)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--draft", action="store_true", help=_("草稿：封面上注明，审核发现的问题列在最后"))
    kind.add_argument("--final", action="store_true", help=_("定稿：有没处理或接受的错误、不能读取的文件时不导出"))
    parser.add_argument("--pdf", action="store_true", help=_("另存一份 PDF（要安装 LibreOffice）"))
    parser.add_argument("--stamp", action="store_true", help=_("页脚印上 git 版本和文档的校验码"))
    parser.add_argument("--remarks", action="store_true", help=_("审核发现的问题写成 Word 批注，每条在它那一格旁边"))
    parser.add_argument("--landscape", action="store_true", help=_("横向排：列多、字多的表省纸"))
    parser.add_argument("--no-front", action="store_true", help=_("不要封面和目录：要贴进更大的文档里"))
    help_text = _("照单位自己的 Word 文件（.docx）排：样式、字体、页边距、页眉页脚用它的，文字和表格还是这份文本的")
    parser.add_argument("--style", metavar="DOCX", help=help_text)
    help_text = _("不带隐藏的书签和导出时的数值：在 Word 里改过再读入时，凭它们认出改了哪里")
    parser.add_argument("--no-marks", action="store_true", help=help_text)
    parser.add_argument(
        "--json", action="store_true", help=_("把整份文档的数据按 JSON 打印出来，不写文件（格式见 schema --document）")
    )
    parser.add_argument(
        "--xlsx",
        action="store_true",
        help=_("写成 Excel：一个项目一个工作表，照打印的样子；最后一个工作表列出全部指标"),
    )
    parser.add_argument("--digest", action="store_true", help=_("只打印文档的校验码，不写文件"))


def run(args: Arguments) -> Exit:
    """Write the document, or only the projects named; with ``--all`` every document of the data folder."""
    if args.all and (args.code or args.output):
        raise CommandError(Exit.USAGE, _("--all 导出每一份文本，不能再写项目或 -o"))
    if args.style and (args.json or _is_workbook(args)):
        raise CommandError(Exit.USAGE, _("--style 是 Word 和 PDF 的样式，不能和 --json、--xlsx 一起用"))
    if not args.all:
        return _export_one(open_told(document_folder(args)), args)
    folders = chosen_folders(args)
    code = max(_export_told(folder, args) for folder in folders)
    if not args.json and not args.digest:
        _say_ways_home(exports_folder(folders[0].data))
    return code


def _export_told(folder: DocumentFolder, args: Arguments) -> Exit:
    """Write one of many documents; what is said of it stands below its name."""
    say(f"{folder.year} {folder.unit}")
    return _export_one(open_told(folder), args)


def _export_one(opened: LoadedDocument, args: Arguments) -> Exit:
    require_form(opened)
    if args.landscape:
        opened = replace(opened, form=lying(opened.form))
    files = frozenset(find_project(opened, code) for code in args.code) or None
    for line in rounded_lines(opened.document, opened.form, files):
        say(line)
    if args.json:
        put_json(plain_document(opened.document, opened.form, files))
        return outcome(opened)
    if _is_workbook(args):
        return _export_workbook(opened, files, args)
    review = review_of(opened)
    findings = open_findings(review.findings, files)
    if args.final:
        findings = as_final(findings)
        _require_final(opened, findings)
    try:
        wanted = _request(opened, args, files, findings)
        if args.digest:
            put(proven_docx(opened.document, opened.form, wanted).digest)
            return outcome(opened)
        _write(opened, replace(wanted, stamp=_stamp(opened, wanted)) if args.stamp else wanted, args)
    except (NotExported, OfficeError) as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    _say_contents(wanted, landscape=args.landscape)
    say_settings(review)
    if left := left_in(opened.form, opened.document, review.findings, files):
        say(_("还差 {count} 处没有填好").format(count=left))
    if findings:
        say(_("还有问题没有处理：{counts}，有哪些见 perftui check").format(counts=counted(findings)))
    return outcome(opened)


def _request(
    opened: LoadedDocument, args: Arguments, files: frozenset[str] | None, findings: Sequence[Finding]
) -> ExportRequest:
    """What is asked for. Raises NotExported or a FileError where the style cannot serve."""
    style = None
    if args.style:
        cover = files is None and not args.no_front
        style = office_style(Path(args.style), opened.document, opened.form, cover=cover, draft=args.draft)
    return ExportRequest(
        files=files,
        remarks=remarks_of(opened.document, opened.form, findings) if args.draft else None,
        front=not args.no_front,
        notes=notes_of(opened.document, findings) if args.remarks else (),
        returns=not args.no_marks,
        style=style,
        style_file=Path(args.style) if args.style else None,
    )


def _is_workbook(args: Arguments) -> bool:
    return args.xlsx or Path(args.output or "").suffix.lower() == f".{XLSX}"


def _export_workbook(opened: LoadedDocument, files: frozenset[str] | None, args: Arguments) -> Exit:
    """Write the workbook, or print it on stdout. Raises CommandError or a FileError."""
    try:
        if args.output == _STDOUT:
            _require_pipe(opened, files)
            put_bytes(proven_workbook(opened.document, opened.form, files))
            return outcome(opened)
        _require_document(args.output, XLSX)
        target = Path(args.output) if args.output else exports_folder(opened.folder.data)
        result = export_workbook(opened.document, opened.form, target, files)
    except NotExported as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    put(str(result.path))
    _say_exported(result.path, result.projects)
    if not args.all:
        _say_ways_home(result.path)
    return outcome(opened)


def _write(opened: LoadedDocument, wanted: ExportRequest, args: Arguments) -> None:
    """Write what is asked for. Raises CommandError, NotExported, OfficeError or a FileError."""
    if args.output == _STDOUT:
        _write_out(opened, wanted, pdf=args.pdf)
    elif Path(args.output or "").suffix.lower() == f".{PDF}":
        _write_pdf(opened, wanted, Path(os.path.abspath(args.output)))
    else:
        _require_document(args.output)
        _export(opened, wanted, args)


def _require_document(output: str | None, kind: str = DOCX) -> None:
    """Refuse the name of a file of another kind, where it is not a folder's: a folder would be made of it."""
    path = Path(output or "")
    if _OTHER_KIND.fullmatch(path.suffix) and path.suffix.lower() != f".{kind}" and not path.is_dir():
        sentence = _("{name} 不是 .docx、.pdf 或 .xlsx，没有导出；目录要先建好，或者名字里不带扩展名")
        raise CommandError(Exit.USAGE, sentence.format(name=visible(path.name)))


def _export(opened: LoadedDocument, wanted: ExportRequest, args: Arguments) -> None:
    target = Path(args.output) if args.output else exports_folder(opened.folder.data)
    result = export_document(opened.document, opened.form, target, wanted)
    put(str(result.path))
    made = result.path
    if args.pdf:
        made = result.path.with_suffix(f".{PDF}")
        put_file(made, pdf_of(result.path.read_bytes(), wanted.style))
        put(str(made))
        _say_fonts(wanted)
    for place in result.doubts:
        say(_("这一处印得对，但读入这份文档时会被当作别的栏：{place}").format(place=place))
    _say_exported(made, result.projects)
    if not args.all:
        _say_ways_home(made)
    if pages := pages_saved(opened.document, opened.form, wanted):
        say(
            _("现在是 {upright} 页，横向排是 {lying} 页：要横向排，加 --landscape").format(
                upright=pages[0], lying=pages[1]
            )
        )


def _say_exported(path: Path, projects: int) -> None:
    size = size_in_words(path.stat().st_size)
    told = _("已导出 {count} 个项目（{size}）") if projects else _("已导出部门的表（{size}）")
    say(told.format(count=projects, size=size))


def _write_pdf(opened: LoadedDocument, wanted: ExportRequest, path: Path) -> None:
    put_file(path, pdf_of(proven_docx(opened.document, opened.form, wanted).data, wanted.style))
    put(str(path))
    _say_fonts(wanted)
    _say_ways_home(path)


def _say_contents(wanted: ExportRequest, *, landscape: bool) -> None:
    """What is to be looked at in the pages before the text."""
    if not wanted.front or wanted.files is not None:
        return
    if wanted.style is not None:
        for line in wanted.style.said:
            say(line)
        say(_("目录里的页码是照通用样式算的；换了样式，请在 Word 里点目录，按 F9 更新页码，PDF 也请更新后由 Word 另存"))
    elif landscape:
        say(_("横排时，很长的一格要跨页的，目录里的页码可能差一两页：请在 Word 里点目录，按 F9 更新页码"))


def _say_fonts(wanted: ExportRequest) -> None:
    if sentence := fonts_in_words(wanted.style):
        say(sentence)


def _say_ways_home(path: Path) -> None:
    """How what was made, a file or the folder of all, gets to the person's own machine."""
    say(_("复制到自己的电脑："))
    for way in ways_home(path, os.environ):
        say(f"  {way}")


def _write_out(opened: LoadedDocument, wanted: ExportRequest, *, pdf: bool) -> None:
    _require_pipe(opened, wanted.files)
    data = proven_docx(opened.document, opened.form, wanted).data
    put_bytes(pdf_of(data, wanted.style) if pdf else data)


def _require_pipe(opened: LoadedDocument, files: frozenset[str] | None) -> None:
    if sys.stdout.isatty():
        name = export_name(opened.document, opened.form, files)
        sentence = _("文档不能打印在终端上，请重定向到文件：perftui export -o - > {name}")
        raise CommandError(Exit.USAGE, sentence.format(name=name))


def _require_final(opened: LoadedDocument, findings: Sequence[Finding]) -> None:
    try:
        require_final(findings, len(opened.problems))
    except NotFinal as error:
        if error.unreadable:
            raise CommandError(Exit.REFUSED, str(error)) from error
        hint = _("有哪些见 perftui check --severity error")
        raise CommandError(Exit.FINDINGS, f"{error}\n{hint}") from error


def _stamp(opened: LoadedDocument, wanted: ExportRequest) -> str:
    from perftui.session.export_stamp import stamp_of  # git is loaded when it is asked
    from perftui.store.git.repository import GitFailed

    try:
        return stamp_of(docx_digest(opened.document, opened.form, wanted), opened.folder)
    except GitFailed as error:
        raise CommandError(Exit.GIT, str(error)) from error
