"""``perftui check``: the review rules asked about a document, or about some of its files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from perftui.cli.arguments import Parser, add_document_options
from perftui.cli.check_formats import FORMATS, Checked, write_findings
from perftui.cli.commands import Arguments
from perftui.cli.exits import CommandError, Exit
from perftui.cli.opening import document_folder, find_file, tell_problems
from perftui.cli.output import say
from perftui.cli.reviewing import review_of
from perftui.forms import load_form
from perftui.locale import _
from perftui.model.document import DEPARTMENT, PROJECTS
from perftui.review.engine import review
from perftui.review.finding import Finding, Severity
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.opening import open_document


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    help_text = _("只检查这些：项目（编码、文件名、'#3'、名称的一部分）、文件或目录；平时检查整份文本")
    parser.add_argument("path", metavar="PATH", nargs="*", help=help_text)
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help=_("结果的格式"))
    words = [severity.word for severity in sorted(Severity, reverse=True)]
    parser.add_argument("--severity", choices=words, default=words[-1], help=_("只列这一级和更重的问题"))
    parser.add_argument("--since", metavar="REV", help=_("只检查这个 git 版本以后改过的文件"))
    parser.add_argument("--select", metavar="IDS", default="", help=_("只用这些规则，如 F,I01（编号的开头也可以）"))


def run(args: Arguments) -> Exit:
    """Print the findings. Errors and warnings are an exit code of 1, files that cannot be read one of 3."""
    words = [word for word in args.path if word.lower().endswith(".docx")]
    checked = [_checked_word(args, word) for word in words]
    if len(words) < len(args.path) or not words:
        rest = [word for word in args.path if word not in words]
        checked += [_checked(args, part) for part in _wanted(args, rest)]
    write_findings(args.format, checked)
    if any(one.opened and one.opened.problems for one in checked):
        return Exit.REFUSED
    found = [finding for one in checked for finding in one.findings if finding.is_open]
    return Exit.FINDINGS if any(finding.severity > Severity.HINT for finding in found) else Exit.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A document, or some files of it, that is to be checked."""

    folder: DocumentFolder
    files: frozenset[str] | None = None


def _checked(args: Arguments, part: _Part) -> Checked:
    opened = open_document(part.folder)
    tell_problems(opened)
    files = part.files
    if args.since:
        from perftui.cli.repository import changed_since  # git is loaded when it is asked

        changed = changed_since(args.since, part.folder)
        files = changed if files is None else files & changed
    reviewed = review_of(opened)
    findings = _chosen(args, reviewed.findings, files)
    return Checked(
        document=opened.document, form=opened.form, findings=findings, opened=opened, settings=reviewed.settings
    )


def _checked_word(args: Arguments, word: str) -> Checked:
    """A document of Word: what was not understood is told on stderr, the rest is checked."""
    from perftui.cli.word_document import read_document  # lxml is loaded for documents of Word only
    from perftui.desk.importing import report_lines

    imported = read_document(word)
    for line in report_lines(imported, certain=False):
        say(line)
    form = load_form(imported.document.form)
    findings = _chosen(args, review(imported.document, form), None)
    return Checked(document=imported.document, form=form, findings=findings)


def _wanted(args: Arguments, words: Sequence[str]) -> list[_Part]:
    if not words:
        return [_Part(folder=document_folder(args))]
    parts = [part for word in words for part in _parts(args, word)]
    merged: dict[Path, _Part] = {}
    for part in parts:
        before = merged.get(part.folder.folder)
        files = None if before is None or before.files is None or part.files is None else before.files | part.files
        merged[part.folder.folder] = part if before is None else _Part(folder=part.folder, files=files)
    return list(merged.values())


def _parts(args: Arguments, word: str) -> list[_Part]:
    """What a word means: a data folder, a document's folder, one of its files, or a project of the chosen document."""
    path = Path(word)
    if path.is_dir():
        if (path / DEPARTMENT).exists() or (path / PROJECTS).is_dir():
            return [_Part(folder=_folder_at(path))]
        found = [_Part(folder=folder) for folder in find_documents(path)]
        if not found:
            raise CommandError(Exit.USAGE, _("目录 {data} 里没有绩效文本，新建用 perftui init").format(data=word))
        return found
    if path.suffix == ".toml" and path.exists():
        of_project = path.absolute().parent.name == PROJECTS
        folder = path.absolute().parent.parent if of_project else path.absolute().parent
        file = f"{PROJECTS}/{path.name}" if of_project else path.name
        return [_Part(folder=_folder_at(folder), files=frozenset([file]))]
    folder_of_document = document_folder(args)
    file = find_file(open_document(folder_of_document), word)
    return [_Part(folder=folder_of_document, files=frozenset([file]))]


def _folder_at(path: Path) -> DocumentFolder:
    folder = path.absolute()
    year = folder.parent.name
    if not year.isdecimal():
        raise CommandError(Exit.USAGE, _("{path} 不是 年度/单位 这样的目录").format(path=path))
    return DocumentFolder(year=int(year), unit=folder.name, folder=folder)


def _chosen(args: Arguments, findings: Iterable[Finding], files: frozenset[str] | None) -> tuple[Finding, ...]:
    rules = _rules(args.select)
    least = next(severity for severity in Severity if severity.word == args.severity)
    return tuple(
        finding
        for finding in findings
        if finding.severity >= least
        and (rules is None or finding.rule in rules)
        and (files is None or finding.location.file in files)
    )


def _rules(select: str) -> frozenset[str] | None:
    prefixes = tuple(word.strip().upper() for word in select.split(",") if word.strip())
    if not prefixes:
        return None
    from perftui.review.catalogue import chosen

    for prefix in prefixes:
        if not chosen((prefix,)):
            raise CommandError(Exit.USAGE, _("没有规则“{id}”，有哪些规则见 perftui rules").format(id=prefix))
    return chosen(prefixes)
