"""The working copy that a document lies in, and what a clone lacks for merging by field."""

from perftui.locale import _
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import Repository, find_repository
from perftui.store.git.setup import has_attributes, setup_of


class NoRepository(Exception):  # noqa: N818 - named for what it says
    """The document lies in no git working copy; ``str()`` of it is a sentence for the person."""

    def __init__(self) -> None:
        super().__init__(_("这个文件夹不在 git 仓库里"))


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
