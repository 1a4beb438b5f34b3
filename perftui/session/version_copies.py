"""Versions in a folder without git: git is set up there, or copies with the date in their name are kept."""

import time

from perftui.files.errors import FileError
from perftui.locale import _
from perftui.session.open_document import OpenDocument, write_copy
from perftui.session.versions import repository_of
from perftui.store.create import prepare_for_git
from perftui.store.folder import DocumentFolder
from perftui.store.git.repository import WRITING, run_git
from perftui.store.git.setup import program_line, set_up


def begin_versions(folder: DocumentFolder) -> None:
    """Make the data folder a repository of its own, set up for merging by field. Raises GitFailed, a FileError."""
    prepare_for_git(folder.data)
    run_git(folder.data, "init", "--quiet", "--initial-branch=main", watch=WRITING)
    set_up(repository_of(folder), program_line())


def keep_copy(session: OpenDocument, now: time.struct_time) -> str:
    """Copy the document into a folder beside the data that is named after the time; the sentence about it."""
    data = session.folder.data.absolute()
    target = data.with_name(_("{data}-副本").format(data=data.name)) / time.strftime("%Y%m%d-%H%M%S", now)
    try:
        write_copy(session, target)
    except FileError as error:
        return _("没有存到 {folder}：{why}").format(folder=target, why=error)
    return _("存了一份副本：{folder}").format(folder=target)
