"""``perftui format``: files in canonical form, comments kept; ``--names`` gives new files their codes as names."""

from perftui.cli.arguments import Arguments, Parser, add_document_options
from perftui.cli.document_arguments import open_chosen, outcome, require_form
from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import put, say
from perftui.files.locks import writing_lock
from perftui.files.reading import read_file
from perftui.files.writing import write_file
from perftui.forms import RecordSpec
from perftui.locale import _
from perftui.model.diff import same
from perftui.store.create import format_names
from perftui.store.file_state import FileState
from perftui.store.open import LoadedDocument
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    parser.add_argument("--check", action="store_true", help=_("只列出不标准的文件，不改动"))
    parser.add_argument("--names", action="store_true", help=_("new-… 文件改用项目编码作文件名"))


def run(args: Arguments) -> Exit:
    """Print the files that are not canonical, and make them so."""
    opened = open_chosen(args)
    require_form(opened)
    loose = [file for file, state in opened.states.items() if not _is_canonical(opened, file, state)]
    for file in loose:
        put(file)
        if not args.check:
            _rewrite(opened, file)
    if args.check:
        return outcome(opened, Exit.FINDINGS if loose else Exit.DONE)
    if args.names:
        for old, new in format_names(opened).items():
            put(f"{old} → {new}")
    if not loose:
        say(_("文件都是标准格式"))
    return outcome(opened)


def _is_canonical(opened: LoadedDocument, file: str, state: FileState) -> bool:
    data = read_file(opened.folder.path(file)).data
    return data == canonical(state.record, opened.form.spec_of(file)).encode()


def _rewrite(opened: LoadedDocument, file: str) -> None:
    """Replace a file by its canonical text, once that was found to hold the same, comments and all."""
    spec, state, path = opened.form.spec_of(file), opened.states[file], opened.folder.path(file)

    def verify(data: bytes) -> None:
        if not _holds(data, spec, state):
            raise CommandError(Exit.REFUSED, _("没有整理 {file}：写出的内容读回来不一样").format(file=file))

    with writing_lock(path):  # number 2 in the order of locks (session/sync)
        write_file(path, canonical(state.record, spec).encode(), state.digest, verify)


def _holds(data: bytes, spec: RecordSpec, state: FileState) -> bool:
    return same(decode(data, spec), state.record)
