"""``perftui export``: the document as a DOCX; its path is printed."""

import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path

from perftui.cli.arguments import Parser, add_code, add_document_options
from perftui.cli.commands import Arguments
from perftui.cli.exits import CommandError, Exit
from perftui.cli.opening import find_project, open_chosen, outcome
from perftui.cli.output import put, say
from perftui.cli.reviewing import review_of
from perftui.desk.export import copy_line, docx_of, export_document, exports_folder
from perftui.exchange.docx_xml import UnprintableError
from perftui.locale import _
from perftui.model.text import visible
from perftui.review.finding import Finding, Severity
from perftui.review.places import PlaceNames
from perftui.review.report.entries import counts
from perftui.store.opening import Opened

_STDOUT = "-"


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_code(parser, many=True)
    help_text = _("写到这个文件或目录，- 是标准输出；平时写到数据目录旁边的 exports/")
    parser.add_argument("-o", "--output", metavar="PATH", help=help_text)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--draft", action="store_true", help=_("草稿：封面上注明，审核发现的问题列在最后"))
    kind.add_argument("--final", action="store_true", help=_("定稿：有错误或不能读取的文件时不导出"))


def run(args: Arguments) -> Exit:
    """Write the document, or only the projects named."""
    opened = open_chosen(args)
    files = tuple(find_project(opened, code) for code in args.code) or None
    findings = _open_findings(opened, files)
    if args.final:
        _require_final(opened, findings)
    remarks = _remarks(opened, findings) if args.draft else None
    try:
        if args.output == _STDOUT:
            _write_out(opened, files, remarks)
        else:
            _export(opened, files, remarks, args.output)
    except UnprintableError as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    if findings:
        say(_("还有问题没有处理：{counts}，有哪些见 perftui check").format(counts=_counted(findings)))
    return outcome(opened)


def _export(opened: Opened, files: Collection[str] | None, remarks: Sequence[str] | None, output: str | None) -> None:
    target = Path(output) if output else exports_folder(opened.folder.data)
    result = export_document(opened.document, opened.form, target, files, remarks=remarks)
    put(str(result.path))
    say(_("已导出 {count} 个项目。复制到自己的电脑：").format(count=result.projects))
    say(f"  {copy_line(result.path, os.environ)}")


def _write_out(opened: Opened, files: Collection[str] | None, remarks: Sequence[str] | None) -> None:
    if sys.stdout.isatty():
        raise CommandError(Exit.USAGE, _("文档不能打印在终端上，请重定向到文件：perftui export -o - > 文件.docx"))
    sys.stdout.buffer.write(docx_of(opened.document, opened.form, files, remarks=remarks))


def _open_findings(opened: Opened, files: Collection[str] | None) -> list[Finding]:
    return [
        finding
        for finding in review_of(opened).findings
        if finding.is_open and (files is None or finding.location.file in files)
    ]


def _require_final(opened: Opened, findings: Sequence[Finding]) -> None:
    """Refuse a final document where a file cannot be read or an error is open."""
    if opened.problems:
        raise CommandError(Exit.REFUSED, _("有不能读取的文件，没有导出定稿"))
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors:
        sentence = _("有 {count} 个错误，没有导出定稿；有哪些见 perftui check --severity error")
        raise CommandError(Exit.FINDINGS, sentence.format(count=errors))


def _remarks(opened: Opened, findings: Sequence[Finding]) -> list[str]:
    """What a draft lists at its end: each finding with its place."""
    names = PlaceNames(opened.document, opened.form)
    return [
        f"{finding.severity.label} {finding.rule} {visible(names.of(finding.location))}：{visible(finding.message)}"
        for finding in findings
    ] or [_("没有发现问题")]


def _counted(findings: Sequence[Finding]) -> str:
    return " · ".join(f"{severity.label} {count}" for severity, count in counts(findings).items() if count)
