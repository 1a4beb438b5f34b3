"""git for people who do not know it: commit, pull, and what is not set up. Nothing is done without being asked."""

import os

from perftui.locale import _
from perftui.model.document import Document
from perftui.session.conflicts import conflicts_of
from perftui.session.user import VARIABLE, person
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import Repository, find_repository
from perftui.store.git.setup import has_attributes, setup_of


class NoRepository(Exception):  # noqa: N818 - named for what it says
    """The document lies in no git working copy; ``str()`` of it is a sentence for the person."""

    def __init__(self) -> None:
        super().__init__(_("这个文件夹不在 git 仓库里"))


def keep_version(folder: DocumentFolder, document: Document, message: str) -> str:
    """Commit everything of a document; the sentence about it. Raises NoRepository and GitFailed.

    While git stands in a merge the whole merge is committed, and only when no conflict is left.
    """
    repository = repository_of(folder)
    waiting = sum(len(conflicts_of(file, record)) for file, record in document.files())
    if waiting:
        return _("还有 {count} 处冲突没有处理，先用 F4 选好再存版本").format(count=waiting)
    name = repository.name(folder.folder)
    repository.write("add", "--all", "--", name)
    merging = (repository.folder / "MERGE_HEAD").exists()
    if not merging and not repository.run("diff", "--cached", "--name-only", "-z", "--", name):
        return _("没有新的改动，不用存版本")
    who = ["--author", f"{person()} <{person()}@localhost>"] if os.environ.get(VARIABLE) else []
    repository.write("commit", "--quiet", "-m", message, *who, *([] if merging else ["--", name]))
    return _("存了一个版本：{message}").format(message=message)


def fetch_others(folder: DocumentFolder) -> str:
    """Pull what the others committed; the sentence about it. Raises NoRepository and GitFailed."""
    repository = repository_of(folder)
    before = repository.text("rev-parse", "HEAD")
    repository.talk("pull", "--quiet", "--no-rebase", "--no-edit")
    if repository.text("rev-parse", "HEAD") == before:
        return _("没有别人的新改动")
    return _("取回了别人的改动，已合并")


def advice(folder: DocumentFolder) -> str:
    """What a clone lacks for merging by field, as a sentence; "" where nothing, or no git, is there."""
    repository = find_repository(folder.folder) if has_attributes(folder.data) else None
    if repository is None or setup_of(repository).merge:
        return ""
    return _("这个克隆还没有设好按字段合并：在命令行运行一次 perftui git-setup")


def repository_of(folder: DocumentFolder) -> Repository:
    """The working copy that a document lies in. Raises NoRepository."""
    repository = find_repository(folder.folder)
    if repository is None:
        raise NoRepository
    return repository
