"""Which document, and which of its projects, a command line means."""

from collections.abc import Iterable
from pathlib import Path

from perftui.cli.arguments import Arguments
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import say
from perftui.files.worktree import is_sparse
from perftui.forms import Role
from perftui.locale import _
from perftui.model.document import DEPARTMENT, file_stem
from perftui.session.doubled_codes import DoubledCodes
from perftui.store.folder import DocumentFolder, NoFolder, find_documents
from perftui.store.open import LoadedDocument, open_document

DEPARTMENT_WORDS = (file_stem(DEPARTMENT), "部门")
"""How the department's file is named where a project could be."""


def document_folder(args: Arguments) -> DocumentFolder:
    """The folder of the document that ``--data``, ``--year`` and ``--unit`` mean."""
    fitting, found = _fitting_folders(args)
    if len(fitting) == 1:
        return fitting[0]
    choices = "\n".join(f"  --year {one.year} --unit {one.unit}" for one in fitting or found)
    sentence = _("有几份绩效文本，请指明是哪一份：") if fitting else _("没有这一份绩效文本，有的是：")
    raise CommandError(Exit.USAGE, f"{sentence}\n{choices}")


def chosen_folders(args: Arguments) -> tuple[DocumentFolder, ...]:
    """The folders of all documents that are meant: with ``--all`` every one that fits, else the one."""
    if not args.all:
        return (document_folder(args),)
    fitting, _found = _fitting_folders(args)
    if not fitting:
        return (document_folder(args),)  # which says what there is
    return tuple(fitting)


def _fitting_folders(args: Arguments) -> tuple[list[DocumentFolder], tuple[DocumentFolder, ...]]:
    """The documents that the options fit, and all there are. Raises CommandError where there is none."""
    try:
        found = find_documents(Path(args.data))
    except NoFolder as error:
        raise CommandError(Exit.USAGE, str(error)) from error
    if not found:
        sentence = _("目录 {data} 里没有绩效文本，新建用 perftui init").format(data=args.data)
        raise CommandError(Exit.USAGE, sentence)
    return [one for one in found if args.year in (None, one.year) and args.unit in (None, one.unit)], found


def open_chosen(args: Arguments) -> LoadedDocument:
    """Open the document that is meant, and name the files that cannot be read on stderr."""
    return open_told(document_folder(args))


def open_told(folder: DocumentFolder) -> LoadedDocument:
    """Open a document, and name the files that cannot be read on stderr."""
    opened = open_document(folder)
    tell_problems(opened)
    return opened


def tell_problems(opened: LoadedDocument) -> None:
    """Name the files that cannot be read on stderr."""
    for problem in opened.problems:
        say(_("不能读取 {problem}").format(problem=problem))


def tell_apart(folders: Iterable[DocumentFolder]) -> None:
    """Name the files on stderr that a sparse clone keeps out of the folder: what is printed has nothing of them."""
    for folder in folders:
        if not is_sparse(folder.folder):
            continue
        from perftui.cli.git_failures import reporting_git_failures  # git is loaded where it is asked
        from perftui.session.revisions import apart_in_words

        with reporting_git_failures():
            told = apart_in_words(folder)
        if told:
            say(told)


def tell_doubled(documents: Iterable[LoadedDocument]) -> None:
    """Name the documents on stderr whose projects a sum over all of them counts twice."""
    doubled = DoubledCodes()
    for opened in documents:
        doubled.add(opened.document, opened.form)
    for sentence in doubled.sentences():
        say(sentence)


def require_form(opened: LoadedDocument) -> None:
    """Go no further where the definition of the document's form is not here. Raises CommandError."""
    if not opened.form.is_known:
        sentence = _("{missing}，这份文本不能改也不能打印。有哪些表样见 perftui forms")
        raise CommandError(Exit.REFUSED, sentence.format(missing=opened.form.missing))


def outcome(opened: LoadedDocument, code: Exit = Exit.DONE) -> Exit:
    """The exit code of a command that did its work: files that cannot be read weigh more than findings."""
    return Exit.REFUSED if opened.problems else code


def find_file(opened: LoadedDocument, code: str) -> str:
    """The file of the project that CODE means, or the department's. Raises CommandError."""
    if code in DEPARTMENT_WORDS:
        if DEPARTMENT in opened.states:
            return DEPARTMENT
        raise CommandError(Exit.REFUSED, _("{file} 不能读取").format(file=DEPARTMENT))
    return find_project(opened, code)


def find_project(opened: LoadedDocument, code: str) -> str:
    """The file of the project that CODE means: code, file name, ``#3`` or part of the name. Raises CommandError."""
    found = _fitting(opened, code.strip())
    if len(found) == 1:
        return found[0]
    if found:
        names = "\n".join(f"  {_described(opened, file)}" for file in found)
        raise CommandError(Exit.USAGE, _("“{code}”指的可能是：").format(code=code) + f"\n{names}")
    stem = file_stem(code)
    if any(file_stem(problem.file) == stem for problem in opened.problems):
        raise CommandError(Exit.REFUSED, _("{file} 不能读取").format(file=stem))
    raise CommandError(Exit.USAGE, _("没有项目“{code}”，有哪些项目见 perftui list").format(code=code))


def _fitting(opened: LoadedDocument, code: str) -> list[str]:
    projects = opened.document.projects
    files = list(projects)
    if code[:1] in ("#", "＃") and code[1:].isdecimal():
        number = int(code[1:])
        return files[number - 1 : number] if number else []
    named = [file for file in files if file_stem(file) == file_stem(code)]
    spec = opened.form.project
    coded = [file for file in files if code and spec.text_of(projects[file], Role.CODE) == code]
    partly = [file for file in files if code and code in spec.text_of(projects[file], Role.NAME)]
    return coded if len(coded) == 1 else named or coded or partly


def _described(opened: LoadedDocument, file: str) -> str:
    number = list(opened.document.projects).index(file) + 1
    name = opened.form.project.text_of(opened.document.projects[file], Role.NAME)
    return f"#{number} {file_stem(file)} {name}".rstrip()
