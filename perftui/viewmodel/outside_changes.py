"""The sentence about what somebody else changed while a document was open."""

from collections.abc import Collection, Mapping, Sequence

from perftui.locale import _
from perftui.model.conflicts import FIELD
from perftui.model.document import Document, Location
from perftui.model.record import CONFLICTS
from perftui.session.renamed_files import renames_in_words
from perftui.store.sync_copies import original_of


def changes_in_words(
    changed: Sequence[Location],
    conflicts: int,
    unreadable: Collection[str] = (),
    were_unreadable: Collection[str] = (),
    renames: Mapping[str, str] = {},
) -> str:
    """How many places somebody else changed, how many wait for a decision, and which files cannot be read.

    ``conflicts`` are those that came with the changes, ``unreadable`` the files that have a problem now,
    ``were_unreadable`` those that had one before, ``renames`` those that have another name, each with that.
    """
    changed = [place for place in changed if place.path or place.file not in renames.values()]
    whole = [place for place in changed if not place.path]
    broken = [place.file for place in whole if place.file in unreadable]
    again = [place.file for place in whole if place.file in were_unreadable and place.file not in unreadable]
    merged = sum(
        1 for place in changed if place.path[:1] != (CONFLICTS,) and (place.path or place.file not in broken + again)
    )
    sentences = list(renames_in_words(renames))
    if merged:
        sentences.append(_("别人改动了 {count} 处，已合并").format(count=merged))
    if conflicts:
        sentences.append(_("有 {count} 处两边都改了，两个都留着：按 F7 去看，F4 选定").format(count=conflicts))
    copies = [file for file in broken if original_of(file.rpartition("/")[2])]
    if copies:
        sentences.append(_("来了副本 {file}，没有当作项目：命令“修好文件”按字段合并").format(file=_("、").join(copies)))
    sentences += [
        _("{file} 被改得读不出来，命令“修好文件”写回最后的好内容").format(file=file)
        for file in broken
        if file not in copies
    ]
    sentences += [_("{file} 没有问题了").format(file=file) for file in again]
    return _("；").join(sentences) or _("别人处理了合并的冲突")


def conflicts_in(changed: Sequence[Location], document: Document) -> tuple[Location, ...]:
    """The fields that both sides changed: where there is something to be decided now."""
    found: dict[Location, None] = {}
    for place in changed:
        if place.path[:1] != (CONFLICTS,) or not document.has(place.file):
            continue
        record = document.record(place.file)
        row = record.row(*place.path[:2])
        if row is not None:
            found[Location(file=place.file, path=record.path_named(row.text(FIELD)))] = None
    return tuple(found)
