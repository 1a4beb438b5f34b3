"""What a change from outside takes out of a document: rows, projects, many fields. It is kept first, and told."""

from collections.abc import Sequence
from contextlib import suppress

from perftui.editing.history import History
from perftui.files.errors import FileError
from perftui.locale import _
from perftui.model.diff import FieldChange, RowRemoved, diff
from perftui.model.frozen import frozen
from perftui.model.record import CONFLICTS, UNREVIEWED, Record
from perftui.store.file_state import FileState
from perftui.store.folder import DocumentFolder
from perftui.store.trash import keep_deleted, keep_replaced

_APART = (CONFLICTS, UNREVIEWED)
"""What holds nothing that somebody typed."""

FEW = 3
"""So many fields may be another in one change from outside without the version before being kept."""


@frozen
class Loss:
    """What a change from outside took, or changed, in one file; the version before is kept."""

    file: str
    rows: int = 0
    fields: int = 0
    """Fields that are blank or another now; counted where no row went."""
    project: bool = False
    """The whole project is gone."""
    own: int = 0
    """Fields in which what was written here has made room again for what was there before."""


def loss_of(file: str, before: Record, now: Record, history: History | None = None) -> Loss | None:
    """What a new version takes from the one before; ``None`` where it takes little. ``history``: what was done here."""
    changes = diff(before, now)
    rows = sum(isinstance(one, RowRemoved) and one.group != CONFLICTS for one in changes)
    fields = sum(isinstance(one, FieldChange) and one.old is not None and one.path[0] not in _APART for one in changes)
    own = history.taken_back(file, before, now) if history is not None else 0
    return Loss(file=file, rows=rows, fields=fields, own=own) if rows or fields > FEW or own else None


def keep_version(folder: DocumentFolder, loss: Loss, before: FileState) -> bool:
    """Put the version before into the bin; False where that could not be."""
    with suppress(FileError):
        (keep_deleted if loss.project else keep_replaced)(folder.folder, loss.file, before.text.encode())
        return True
    return False


def losses_in_words(losses: Sequence[Loss]) -> str:
    """What went, and that it can be had again; "" where nothing went."""
    projects, rows = sum(one.project for one in losses), sum(one.rows for one in losses)
    fields = sum(one.fields for one in losses if not one.rows and one.fields > FEW)
    own = sum(one.own for one in losses)
    parts = [_("少了 {count} 个项目").format(count=projects)] if projects else []
    parts += [_("少了 {count} 行").format(count=rows)] if rows else []
    parts += [_("有 {count} 栏变了").format(count=fields)] if fields else []
    parts += [_("您写的 {count} 栏变回了原来的").format(count=own)] if own else []
    return _("{what}，可以取回").format(what=_("、").join(parts)) if parts else ""
