"""``perftui check``: the review rules asked about a document, or about some of its files."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from perftui.cli.arguments import Arguments, Parser, add_all_option, add_document_options
from perftui.cli.check_formats import FORMATS, CheckedDocument, write_findings
from perftui.cli.document_arguments import (
    chosen_folders,
    document_folder,
    find_file,
    tell_apart,
    tell_doubled,
    tell_problems,
)
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import say
from perftui.cli.review_output import lapsed_of, review_of, settings_of
from perftui.forms import Form, Role, load_form, look_in
from perftui.locale import _
from perftui.model.document import DEPARTMENT, PROJECTS, Document
from perftui.model.frozen import frozen
from perftui.review.engine import Review, review
from perftui.review.finding import Finding, Severity
from perftui.session.final_check import as_final
from perftui.session.foreign_document import TABLES, WORDS
from perftui.store.folder import DocumentFolder, documents_at, is_document
from perftui.store.git.stages import may_be_unmerged
from perftui.store.open import LoadedDocument, open_document


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    add_all_option(parser)
    help_text = _(
        "只检查这些：项目（编码、文件名、'#3'、名称的一部分）、文件或目录，外来的 Word、Excel 等文件；平时检查整份文本"
    )
    parser.add_argument("path", metavar="PATH", nargs="*", help=help_text)
    parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help=_("结果的格式"))
    words = [severity.word for severity in sorted(Severity, reverse=True)]
    parser.add_argument("--severity", choices=words, default=words[-1], help=_("只列这一级和更重的问题"))
    parser.add_argument("--since", metavar="REV", help=_("只检查这个 git 版本以后改过的文件"))
    parser.add_argument("--final", action="store_true", help=_("照定稿的要求：照抄来没有核对的内容算警告"))
    help_text = _("检查 git 暂存的内容：只管改过的地方，没填的和冲突不拦；提交前的检查用它")
    parser.add_argument("--staged", action="store_true", help=help_text)
    parser.add_argument("--select", metavar="IDS", default="", help=_("只用这些规则，如 F,I01（编号的开头也可以）"))
    help_text = _("接受列出的问题并写明理由，记在 review.toml 里；要用 --select 说明是哪些规则")
    parser.add_argument("--accept", metavar="REASON", default=None, help=help_text)
    parser.add_argument("--reopen", action="store_true", help=_("收回列出的接受，失效的也收回；要用 --select"))


def run(args: Arguments) -> Exit:
    """Print the findings. Errors and warnings are an exit code of 1, files that cannot be read one of 3."""
    _refuse_too_much(args)
    words = [word for word in args.path if word.lower().endswith((*WORDS, *TABLES))]
    checked = [_checked_word(args, word) for word in words]
    if len(words) < len(args.path) or not words:
        rest = [word for word in args.path if word not in words]
        checked += [_checked(args, part) for part in _wanted(args, rest)]
    write_findings(args.format, checked, many=args.all or len(checked) > 1)
    tell_doubled(one.opened for one in checked if one.opened)
    tell_apart(one.opened.folder for one in checked if one.opened)
    if any(one.opened and one.opened.problems for one in checked):
        return Exit.REFUSED
    found = [finding for one in checked for finding in one.findings if finding.is_open]
    is_unmerged = _say_unmerged([one.opened.folder for one in checked if one.opened])
    return Exit.FINDINGS if is_unmerged or any(one.severity > Severity.HINT for one in found) else Exit.DONE


def _say_unmerged(folders: Sequence[DocumentFolder]) -> bool:
    """Name the files beside the documents that git has left in a conflict; are there any?"""
    if not any(may_be_unmerged(folder) for folder in folders):
        return False
    from perftui.session.unmerged_files import other_files_in_conflict  # git is loaded when it is asked

    names = other_files_in_conflict(folders[0])
    for name in names:
        say(_("{name} 两边都改了，还没有说用哪一边的：perftui share 会问").format(name=name))
    return bool(names)


@frozen
class _Part:
    """A document, or some files of it, that is to be checked."""

    folder: DocumentFolder
    files: frozenset[str] | None = None


def _checked(args: Arguments, part: _Part) -> CheckedDocument:
    if args.staged:
        return _checked_staged(args, part)
    opened = open_document(part.folder)
    tell_problems(opened)
    files = part.files
    if args.since is not None:
        from perftui.cli.git_failures import reporting_git_failures
        from perftui.session.revisions import changed_since  # git is loaded when it is asked

        with reporting_git_failures():
            changed = changed_since(args.since, part.folder)
        if not changed:
            say(_("{revision} 以后没有改过的文件").format(revision=args.since))
        files = changed if files is None else files & changed
    selection = _selection(args, files)
    reviewed = review_of(opened)
    if args.accept is not None or args.reopen:
        reviewed = _judged(args, opened, reviewed, selection)
    lapsed = lapsed_of(opened, reviewed)
    return CheckedDocument(
        document=opened.document, form=opened.form, findings=selection.of(reviewed.findings), opened=opened,
        settings=reviewed.settings, lapsed=tuple(one for one in lapsed if selection.is_about(one.rule, one.file)),
    )  # fmt: skip


def _checked_staged(args: Arguments, part: _Part) -> CheckedDocument:
    """What the next version would bring in; what it is not to answer for is told on stderr."""
    from perftui.cli.git_failures import reporting_git_failures
    from perftui.session.staged import judged, staged_change, staged_document
    from perftui.session.versions import repository_of

    with reporting_git_failures():
        repository = repository_of(part.folder)
        opened = staged_document(repository, part.folder)
        change = staged_change(repository, part.folder, opened.document)
    tell_problems(opened)
    settings = settings_of(part.folder)
    selection = _selection(args, part.files)
    now, before = (
        selection.of(review(document, opened.form, settings)) for document in (opened.document, change.before)
    )
    found = judged((one for one in now if one.is_open), before, change)
    for count, sentence in (
        (found.blank, _("还没填的 {count} 处没有拦")),
        (found.conflicts, _("没有处理的冲突 {count} 处没有拦：两个值都在")),
        (found.elsewhere, _("没改过的地方原有 {count} 处问题没有拦")),
    ):
        if count:
            say(sentence.format(count=count))
    return CheckedDocument(
        document=opened.document, form=opened.form, findings=found.judged, opened=opened, settings=settings
    )  # fmt: skip


def _checked_word(args: Arguments, word: str) -> CheckedDocument:
    """A foreign document: what was not understood is told on stderr, the rest is checked."""
    if args.accept is not None or args.reopen:
        raise CommandError(Exit.USAGE, _("外来文件里的问题不能接受，先用 perftui import 读入"))
    from perftui.cli.foreign_file import read_document  # lxml is loaded for documents of Word only
    from perftui.session.foreign_document import report_lines

    look_in(Path(args.data))
    imported = read_document(word)
    for line in report_lines(imported, certain=False):
        say(line)
    document = imported.document
    form = load_form(document.form)
    findings = _selection(args, None).of(review(document, form))
    if document.projects and not _has_department(document, form):
        say(_("这份文档里只有项目，没有部门的部分，只审核项目"))
        findings = tuple(one for one in findings if one.files - {DEPARTMENT})
    return CheckedDocument(document=document, form=form, findings=findings)


def _has_department(document: Document, form: Form) -> bool:
    """Does it tell of the department's duties, goals or safeguards? Somebody may send the tables of projects alone."""
    spec, record = form.department, document.department
    groups = any(not row.is_blank for group in spec.groups for row in record.rows(group.key))
    return groups or bool(spec.text_of(record, Role.OVERALL_GOAL))


def _wanted(args: Arguments, words: Sequence[str]) -> list[_Part]:
    if not words:
        return [_Part(folder=folder) for folder in chosen_folders(args)]
    parts = [part for word in words for part in _parts(args, word)]
    merged: dict[Path, _Part] = {}
    for part in parts:
        before = merged.get(part.folder.folder)
        files = None if before is None or before.files is None or part.files is None else before.files | part.files
        merged[part.folder.folder] = part if before is None else _Part(folder=part.folder, files=files)
    return list(merged.values())


def _parts(args: Arguments, word: str) -> list[_Part]:
    """What a word means: a folder of documents, one of their files, or a project of the chosen document."""
    path = Path(word)
    if path.is_dir():
        found = [_Part(folder=folder) for folder in documents_at(path)]
        if not found and is_document(path):
            raise _no_place(path)
        if not found:
            raise CommandError(Exit.USAGE, _("目录 {data} 里没有绩效文本，新建用 perftui init").format(data=word))
        return found
    if path.suffix == ".toml" and path.exists():
        of_project = path.absolute().parent.name == PROJECTS
        folder = path.absolute().parent.parent if of_project else path.absolute().parent
        file = f"{PROJECTS}/{path.name}" if of_project else path.name
        found = [_Part(folder=one, files=frozenset([file])) for one in documents_at(folder) if one.folder == folder]
        if not found:
            raise _no_place(folder)
        return found
    folder_of_document = document_folder(args)
    file = find_file(open_document(folder_of_document), word)
    return [_Part(folder=folder_of_document, files=frozenset([file]))]


def _no_place(path: Path) -> CommandError:
    return CommandError(Exit.USAGE, _("{path} 不是 年度/单位 这样的目录").format(path=path))


@frozen
class _Selection:
    """Which findings are asked for."""

    rules: frozenset[str] | None
    least: Severity
    files: frozenset[str] | None
    final: bool = False
    """They weigh as in a final document."""

    def is_about(self, rule: str, *files: str) -> bool:
        """Is it of one of the rules, in one of the files?"""
        return (self.rules is None or rule in self.rules) and (self.files is None or bool(self.files & {*files}))

    def of(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Those of the findings that are asked for; one about several files where one of them is."""
        weighed = as_final(tuple(findings)) if self.final else findings
        return tuple(one for one in weighed if one.severity >= self.least and self.is_about(one.rule, *one.files))


def _selection(args: Arguments, files: frozenset[str] | None) -> _Selection:
    least = next(severity for severity in Severity if severity.word == args.severity)
    return _Selection(rules=_rules(args.select), least=least, files=files, final=args.final)


def _refuse_too_much(args: Arguments) -> None:
    """Accepting, and taking back, is for what somebody named."""
    if args.staged and (args.accept is not None or args.reopen or args.since is not None):
        raise CommandError(Exit.USAGE, _("--staged 不能和 --since、--accept、--reopen 一起用"))
    if args.since is not None and not args.since.strip():
        raise CommandError(Exit.USAGE, _("--since 要写一个版本，如 HEAD 或 origin/main"))
    if (args.accept is not None or args.reopen) and not args.select:
        raise CommandError(Exit.USAGE, _("--accept 和 --reopen 要用 --select 说明是哪些规则，如 --select C001"))
    if args.accept is not None and args.reopen:
        raise CommandError(Exit.USAGE, _("--accept 和 --reopen 不能一起用"))
    if args.accept is not None and not args.accept.strip():
        raise CommandError(Exit.USAGE, _("接受问题要写明理由：--accept 理由"))


def _judged(args: Arguments, opened: LoadedDocument, reviewed: Review, selection: _Selection) -> Review:
    """The review once what is asked for was accepted or taken back."""
    from perftui.cli.edit_once import save_edits
    from perftui.session.open_document import OpenDocument
    from perftui.session.returned_remarks import of_remarks, settling
    from perftui.session.review_settings import accept_findings, take_back
    from perftui.session.user import person

    settings = reviewed.settings
    chosen_now = selection.of(reviewed.findings)
    if args.accept is not None:
        remarks, found = of_remarks(one for one in chosen_now if one.is_open)
        if remarks:
            edits = settling(opened.document, remarks, args.accept.strip(), person())
            save_edits(OpenDocument(opened), edits, _("处理批注"))
            reviewed = review_of(open_document(opened.folder))
        settings = accept_findings(opened.folder, settings, found, args.accept.strip(), person()) if found else settings
        say(_("接受了 {count} 条").format(count=len(found) + len(remarks)))
    else:
        back = {one.accepted for one in chosen_now if one.accepted is not None}
        back |= {one for one in lapsed_of(opened, reviewed) if selection.is_about(one.rule, one.file)}
        settings = take_back(opened.folder, settings, back) if back else settings
        taken = len(reviewed.settings.acceptances) - len(settings.acceptances)
        say(_("收回了 {count} 条接受").format(count=taken))
        if taken < len(back):
            say(_("另有 {count} 条记在数据文件夹的 review.toml 里，请到那里删去").format(count=len(back) - taken))
    return replace(reviewed, settings=settings)


def _rules(select: str) -> frozenset[str] | None:
    prefixes = tuple(word.strip().upper() for word in select.split(",") if word.strip())
    if not prefixes:
        return None
    from perftui.review.catalogue import ids_beginning_with

    for prefix in prefixes:
        if not ids_beginning_with((prefix,)):
            raise CommandError(Exit.USAGE, _("没有规则“{id}”，有哪些规则见 perftui rules").format(id=prefix))
    return ids_beginning_with(prefixes)
