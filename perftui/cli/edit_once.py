"""Edits of a command, made as one step and written before it ends."""

from collections.abc import Sequence

from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import say
from perftui.editing.edits import CannotApply, Edit
from perftui.locale import _
from perftui.session.open_document import FileLocked, OpenDocument
from perftui.store.saver import SaveState


def save_edits(session: OpenDocument, edits: Sequence[Edit], label: str) -> None:
    """Make the edits on an open document and close it. Raises CommandError where they could not be made or written."""
    if session.recovered.edits:
        say(_("上次没有保存的修改已恢复"))
    try:
        session.run(edits, label)
    except (FileLocked, CannotApply) as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
    finally:
        status = session.close()
    if status.state is SaveState.FAILED:
        raise CommandError(Exit.REFUSED, status.message)
    if status.state is SaveState.UNCONFIRMED:
        say(status.message)
