"""The commands for git: keep a version, fetch what others sent, send one's own, and all three at once."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from perftui.files.errors import FileError
from perftui.files.worktree import working_copy
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen
from perftui.programs.runner import Cancel
from perftui.session.conflicts import conflicts_of
from perftui.session.git_progress import progress_in_words
from perftui.session.own_changes import last_version
from perftui.session.revisions import UnreadableRevision
from perftui.session.sharing import ShareOutcome, Sharing, VersionMessage
from perftui.session.unmerged_files import FilesUnmerged, UnmergedFile, question_in_words, side_in_words
from perftui.session.user import VARIABLE
from perftui.session.version_copies import begin_versions, keep_copy
from perftui.session.versions import NoRepository
from perftui.store.folder import DocumentFolder
from perftui.store.git.failures import IDENTITY, LOCKED, UPSTREAM, GitFailed
from perftui.store.git.identity import set_identity
from perftui.store.git.stale_lock import stale_locks, take_away
from perftui.tui.actions.context import ActionContext, Result
from perftui.tui.widgets.picker_lines import Item, numbered
from perftui.viewmodel.version_message import version_message

Do = Callable[[Sharing, VersionMessage, str], ShareOutcome]
"""A part of sharing: done with the message of a version, and the remote where one was chosen."""


@frozen
class _GitRequest:
    """What is to be done with git, and what was answered so far."""

    do: Do
    keeps: bool = True
    """Does it keep a version first, whose message a person sees?"""
    message: VersionMessage | None = None
    remote: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    """The side that counts of files that are none of a document's, by name."""


_KEEP = _GitRequest(do=lambda sharing, message, _remote: sharing.keep(message))


def share(context: ActionContext) -> None:
    """Keep a version, fetch and merge, send."""
    _begin(context, _GitRequest(do=lambda sharing, message, remote: sharing.share(message, remote)))


def keep(context: ActionContext) -> None:
    """Keep a version; in a folder without git say what can be done."""
    if in_repository(context.state.session.folder):
        _begin(context, _KEEP)
    else:
        _keep_without_git(context)


def fetch(context: ActionContext) -> None:
    """Fetch and merge; the next poll of the files shows what came."""
    _begin(context, _GitRequest(do=lambda sharing, message, remote: sharing.fetch(message, remote)))


def send(context: ActionContext) -> None:
    """Send the versions that are kept."""
    _begin(context, _GitRequest(do=lambda sharing, _message, remote: sharing.send(remote), keeps=False))


def cancel(context: ActionContext) -> None:
    """Ask what git is doing to end; it is waited for, so that it leaves no lock."""
    running = context.state.git_job.cancel
    if running is None:
        context.say(_("git 没有在做什么"))
    else:
        running.tell()
        context.say(_("正在停下…"))


def details(context: ActionContext) -> None:
    """Show what git itself said when it failed last."""
    said = context.state.git_job.details
    if said:
        context.picker.read(_("git 的原话"), said.splitlines())
    else:
        context.say(_("git 没有说别的"))


def offer_version(context: ActionContext) -> None:
    """All is written: say how to keep a version, and keep one where the same is asked for again."""
    job, document = context.state.git_job, context.state.session.document
    if job.offered is document:
        job.offered = None
        keep(context)
    else:
        job.offered = document
        context.say(_("所有改动都已写好；再按一次 Ctrl+S 存为版本"))


def in_repository(folder: DocumentFolder) -> bool:
    """Does a document lie in a git working copy?"""
    return working_copy(folder.folder) is not None


def _begin(context: ActionContext, wish: _GitRequest) -> None:
    if context.state.git_job.cancel is not None:
        context.say(_("git 还在做上一件事；命令“停下 git”可以不等它"))
        return
    session = context.state.session

    def found() -> tuple[Document, VersionMessage]:
        session.flush(5.0)
        before = last_version(session.folder, session.form)
        return before, version_message(before, session.document, session.form)

    def ask(proposed: tuple[Document, VersionMessage]) -> None:
        before, message = proposed
        context.say("")
        if not message.body:  # nothing of this document is new
            _start(context, replace(wish, message=message))
            return
        if session.is_typing:  # a question would take the keys that are meant for the cell
            context.say(_("正在填写一格：填完再存为版本"))
            return
        context.picker.ask(
            _("存一个版本：写明做了什么"), [],
            lambda text: _written(context, wish, message, text.strip(), before),
            text=context.state.git_job.subject(before) or message.subject,
        )  # fmt: skip

    if wish.keeps:
        _in_background(context, found, ask, wish)
    else:
        _start(context, replace(wish, message=VersionMessage(subject="")))


def _written(context: ActionContext, wish: _GitRequest, message: VersionMessage, text: str, before: Document) -> None:
    """A person has seen the message, and may have written another."""
    subject = text or message.subject
    context.state.git_job.write_subject(subject if subject != message.subject else "", before)
    _start(context, replace(wish, message=replace(message, subject=subject)))


def _start(context: ActionContext, wish: _GitRequest) -> None:
    """Do what is wanted; what git needs to know is asked, and it is done then."""
    message = wish.message
    assert message is not None
    session, stop = context.state.session, Cancel()

    def tell(line: str) -> None:
        if sentence := progress_in_words(line):
            context.app.call_from_thread(context.say, sentence)

    def work() -> ShareOutcome:
        session.flush(5.0)
        broken = {problem.file for problem in session.problems}
        sharing = Sharing(session.folder, broken=broken, cancel=stop, progress=tell, answers=wish.answers)
        return wish.do(sharing, message, wish.remote)

    def done(outcome: ShareOutcome) -> None:
        context.state.route.add_undecided(_undecided(session.document) if outcome.waiting else ())
        context.say(outcome.sentence)

    context.state.git_job.cancel = stop
    _in_background(context, work, done, wish)


def _undecided(document: Document) -> list[Location]:
    """Where a conflict waits to be settled."""
    return [one.place for file, record in document.files() for one in conflicts_of(file, record)]


def _in_background(
    context: ActionContext, work: Callable[[], Result], done: Callable[[Result], None], wish: _GitRequest
) -> None:
    """Do something with git; where it fails, say why, and ask what can be answered."""

    session = context.state.session

    def guarded() -> tuple[Result | Exception, tuple[Location, ...]]:
        try:
            return work(), session.poll()
        except (NoRepository, GitFailed, UnreadableRevision, FileError) as error:
            return error, session.poll()

    def finished(ended: tuple[Result | Exception, tuple[Location, ...]]) -> None:
        result, changed = ended
        context.state.git_job.cancel = None
        context.state.git_job.ended += 1
        if changed:
            context.changed_outside(changed)  # shown first: what is said of git stays
        if isinstance(result, Exception):
            _failed(context, result, wish)
        else:
            done(result)

    context.say(_("正在等 git…（命令“停下 git”可以不等它）"))
    context.background("git", guarded, finished)


def _failed(context: ActionContext, error: Exception, wish: _GitRequest) -> None:
    job = context.state.git_job
    job.details = error.details if isinstance(error, GitFailed) else ""
    context.say(str(error) + (_("（命令“git 详情”有它的原话）") if job.details else ""))
    kind = error.kind if isinstance(error, GitFailed) else ""
    if kind == IDENTITY:
        context.picker.ask(
            _("git 还不知道您是谁，写上名字"),
            [],
            lambda name: _named(context, name, wish),
            text=os.environ.get(VARIABLE, ""),
        )
    elif kind == UPSTREAM and wish.message is not None:
        _choose_remote(context, wish)
    elif kind == LOCKED:
        _offer_unlock(context, wish)
    elif isinstance(error, FilesUnmerged):
        _choose_side(context, error.files, wish)


def _named(context: ActionContext, name: str, wish: _GitRequest) -> None:
    if not name.strip():
        context.say(_("没有写名字，没有存版本"))
        return
    set_identity(Sharing(context.state.session.folder).repository, name)
    _start(context, wish)


def _choose_remote(context: ActionContext, wish: _GitRequest) -> None:
    remotes = Sharing(context.state.session.folder).state().remotes
    items = [Item(id=name, label=name, hint=address) for name, address in remotes.items()]
    context.picker.ask(
        _("和哪个远程来往？只问这一次"), items, lambda name: _start(context, replace(wish, remote=name)),
        digits=numbered(items),
    )  # fmt: skip


def _choose_side(context: ActionContext, files: Sequence[UnmergedFile], wish: _GitRequest) -> None:
    """Of each file that is none of a document's: whose changes count where both changed the same."""
    first, rest = files[0], files[1:]
    items = [
        Item(id=side, label=side_in_words(first, side, context.state.views.own_names), hint=first.lines.get(side, ""))
        for side in first.sides
    ]

    def chosen(side: str) -> None:
        answered = replace(wish, answers={**wish.answers, first.name: side})
        if rest:
            _choose_side(context, rest, answered)
        elif wish.message is not None:
            _start(context, answered)

    context.picker.ask(question_in_words(first), items, chosen, digits=numbered(items))


def _offer_unlock(context: ActionContext, wish: _GitRequest) -> None:
    """A lock that an interrupted git left is taken away when a person says so."""
    locks = stale_locks(Sharing(context.state.session.folder).repository)
    if not locks:
        return
    found = [_("{name}，{minutes} 分钟前").format(name=lock.path.name, minutes=int(lock.age // 60)) for lock in locks]

    def unlocked() -> None:
        take_away(locks)
        if wish.message is not None:
            _start(context, wish)

    title = _("没有 git 在运行，这些锁文件是中断后留下的。回车拿掉，Esc 不动")
    context.picker.confirm(title, found, unlocked, lambda: None)


def _keep_without_git(context: ActionContext) -> None:
    """No git here: set it up, or keep a copy with the date in its name."""
    session = context.state.session
    items = [
        Item(id="git", label=_("在数据文件夹里用 git 记版本（只在这台机器上）")),
        Item(id="copy", label=_("另存一份带日期的副本")),
    ]

    def chosen(way: str) -> None:
        if way == "git":
            _in_background(context, lambda: begin_versions(session.folder), lambda _none: keep(context), _KEEP)
        else:
            context.background("git", lambda: keep_copy(session, time.localtime()), context.tell)

    context.picker.ask(_("这个文件夹不在 git 仓库里，怎么存？"), items, chosen, digits=numbered(items))
