"""``perftui share``: keep a version, fetch what others sent and merge it by field, send one's own."""

import sys
from collections.abc import Callable, Collection, Iterator

from perftui.cli.arguments import Arguments, Parser, add_document_options
from perftui.cli.document_arguments import open_chosen, outcome
from perftui.cli.exits import CommandError, Exit
from perftui.cli.git_failures import reporting_git_failures
from perftui.cli.output import put, say
from perftui.locale import _
from perftui.model.text import visible
from perftui.session.git_progress import progress_in_words
from perftui.session.open_document import OpenDocument
from perftui.session.own_changes import last_version
from perftui.session.sharing import ShareOutcome, Sharing, VersionMessage
from perftui.session.unmerged_files import BOTH, OURS, THEIRS, FilesUnmerged, question_in_words, side_in_words
from perftui.session.user import person
from perftui.session.versions import repository_of
from perftui.store.git.failures import IDENTITY, LOCKED, UPSTREAM, GitFailed
from perftui.store.git.identity import set_identity
from perftui.store.git.stale_lock import stale_locks, take_away
from perftui.store.open import LoadedDocument
from perftui.viewmodel.version_message import version_message

KEEP, FETCH, SEND = PARTS = ("keep", "fetch", "send")


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    add_document_options(parser)
    help_text = _("只做一步：keep 存为版本，fetch 取回（先存为版本），send 送出；不写就是三步都做")
    parser.add_argument("part", nargs="?", choices=PARTS, help=help_text)
    parser.add_argument("-m", "--message", default="", help=_("这个版本做了什么；不写就按改动的内容写"))
    parser.add_argument("--remote", default="", help=_("第一次送出时，送到哪个远程"))
    parser.add_argument("--name", default="", help=_("第一次存版本时，您的名字"))
    help_text = _("别的文件两边都改了时用哪一边的：文件=ours（这里的）、theirs（取回的）或 both（都留）")
    parser.add_argument("--take", metavar="FILE=SIDE", action="append", default=[], help=help_text)
    parser.add_argument("--unlock", action="store_true", help=_("先拿掉中断的 git 留下的锁文件"))


@reporting_git_failures()
def run(args: Arguments) -> Exit:
    """Share the document, and print what came of it."""
    opened = open_chosen(args)
    broken = {problem.file for problem in opened.problems}
    sharing = Sharing(
        opened.folder, broken=broken, progress=lambda line: _tell(progress_in_words(line)), answers=_answers(args.take)
    )
    if args.unlock:
        take_away(stale_locks(sharing.repository))
    if args.name:
        set_identity(sharing.repository, args.name)
    _merge_what_git_left(opened)
    put(_answered(args, sharing, lambda: _done(args, sharing, opened)).sentence)
    not_here = sharing.state().not_here
    if not_here:
        say(not_here)
    return outcome(opened)


def _answers(words: list[str]) -> dict[str, str]:
    """The side that counts, by file. Raises CommandError."""
    found = {name: side for name, _sign, side in (word.rpartition("=") for word in words)}
    if "" in found or not set(found.values()) <= {OURS, THEIRS, BOTH}:
        raise CommandError(Exit.USAGE, _("--take 要写成 文件=ours、文件=theirs 或 文件=both"))
    return found


def _done(args: Arguments, sharing: Sharing, opened: LoadedDocument) -> ShareOutcome:
    if args.part == SEND:
        return sharing.send(args.remote)
    found = version_message(last_version(opened.folder, opened.form), opened.document, opened.form)
    message = VersionMessage(subject=args.message.strip() or found.subject, body=found.body)
    if args.part == KEEP:
        return sharing.keep(message)
    return sharing.fetch(message, args.remote) if args.part == FETCH else sharing.share(message, args.remote)


def _answered(args: Arguments, sharing: Sharing, work: Callable[[], ShareOutcome]) -> ShareOutcome:
    """Do the work; what git needs to know is asked once at the terminal, and kept for this clone."""
    try:
        return work()
    except GitFailed as error:
        if error.kind == LOCKED and stale_locks(sharing.repository):
            raise CommandError(
                Exit.GIT, _("{why}。没有 git 在运行，可以拿掉：perftui share --unlock").format(why=error)
            ) from error
        if isinstance(error, FilesUnmerged):
            raise CommandError(Exit.GIT, "\n".join(_questions(error, sharing.own_names))) from error
        if error.kind not in (IDENTITY, UPSTREAM) or not sys.stdin.isatty():
            raise _with_option(error) from error
        if error.kind == IDENTITY:
            set_identity(sharing.repository, _asked(_("您的名字"), person()))
        else:
            args.remote = _asked(str(error), next(iter(sharing.state().remotes)))
    return _answered(args, sharing, work)


def _questions(error: FilesUnmerged, me: Collection[str]) -> Iterator[str]:
    """What is to be said of each file, with the words that say it."""
    for file in error.files:
        yield question_in_words(file)
        for side in file.sides:
            sentence = f"  --take {file.name}={side}  {side_in_words(file, side, me)}  {file.lines.get(side, '')}"
            yield visible(sentence.rstrip())


def _with_option(error: GitFailed) -> GitFailed:
    """The refusal, with the option that answers it."""
    option = {IDENTITY: "--name", UPSTREAM: "--remote"}.get(error.kind)
    if option is None:
        return error
    sentence = _("{why}（用 {option} 写明）").format(why=error, option=option)
    return GitFailed(sentence, error.details, error.kind)


def _asked(question: str, usual: str) -> str:
    sys.stderr.write(_("{question}（回车就是 {usual}）：").format(question=question, usual=usual))
    sys.stderr.flush()
    answer = sys.stdin.readline()
    if not answer:
        raise CommandError(Exit.USAGE, _("没有回答，什么也没有做"))
    return answer.strip() or usual


def _merge_what_git_left(opened: LoadedDocument) -> None:
    """Files in a conflict of git are merged by field and written, before a version holds them."""
    if repository_of(opened.folder).conflicted(opened.folder.folder):
        session = OpenDocument(opened, journal=False)
        session.poll()
        session.close()


def _tell(sentence: str) -> None:
    if sentence and sys.stderr.isatty():
        say(sentence)
