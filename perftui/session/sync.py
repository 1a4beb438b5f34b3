"""The document as the screens change it and as others change it on disk: one place where both meet and are merged.

The order of locks, here and in ``store``. Who holds one takes only those that stand below it:

1. ``SyncedDocument._disk``: what is known of the files, for the whole of a write or of a look at the disk.
   Taken by the saver's thread (``write``) and by the worker that looks for changes (``poll``).
2. The lock of a data file's writers (``files.locks.writing_lock``), for one guarded write, rename or removal;
   a rename takes the lock of the old name before that of the new one. Never held together with 3.
3. ``SyncedDocument.lock``: the document in memory, its history and what the journal is to get. Taken by every thread,
   by the screens' too, so nobody waits for git or writes a data file under it. The disk is touched under it by the
   question who owns a file, and by the journal's being written anew once it has grown: no step may come in between.
4. ``Saver._lock`` and ``JournalLog._guard``, the innermost: they guard lists, and no other lock is taken under them.

The lock files of journals and of presence are no part of this: a process holds its own as long as it lives, and waits
for no other's.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from perftui.editing.editor import DocumentEditor
from perftui.editing.edits import Edit
from perftui.editing.stale_edits import with_conflicts
from perftui.files.directory_entries import drop
from perftui.files.errors import ChangedOnDisk
from perftui.files.filesystem import DISK
from perftui.locale import _
from perftui.model.diff import FieldChange, diff, same, same_values
from perftui.model.document import DEPARTMENT, PROJECTS, Document, Location
from perftui.model.merge import merge
from perftui.model.record import Record
from perftui.session.document_files import DocumentFiles, FileUnusable
from perftui.session.journal.recovery import to_edits
from perftui.session.last_seen import SeenTexts, lost_since, renamed_since
from perftui.session.losses import Loss, keep_version, loss_of
from perftui.session.renamed_files import RenamedFiles
from perftui.session.user import person
from perftui.store.file_state import FileState
from perftui.store.open import LoadedDocument
from perftui.store.sync_copies import original_of

_ATTEMPTS = 50


class SyncedDocument:
    """A document in memory and on disk. ``lock`` guards what is in memory."""

    def __init__(
        self,
        opened: LoadedDocument,
        save: Callable[[Iterable[str]], None],
        journal: Callable[[], None],
        renamed: Callable[[Mapping[str, str]], None],
    ) -> None:
        """``save`` is asked to have files written when a merge made something that the disk does not have.

        ``journal`` puts every step made so far into the journal on the disk: it comes before the file that has them.
        ``renamed`` notes there that files have other names.
        """
        self.editor = DocumentEditor(opened.document)
        self.files = DocumentFiles(opened)
        self.lock = threading.RLock()  # number 3 in the order of locks above
        self._disk = threading.RLock()  # number 1
        self._save = save
        self._journal = journal
        self._note_renamed = renamed
        self._outside: list[Location] = []
        self._losses: list[Loss] = []
        self.names = RenamedFiles(opened.form)
        self._looked_for_cut = False

    def record(self, file: str) -> Record | None:
        """The record of a file as it is now; ``None`` where there is none."""
        document = self.editor.document
        return document.record(file) if document.has(file) else None

    def beside_others(self, edits: Sequence[Edit], seen: Document | None) -> list[Edit]:
        """Edits made on the version ``seen``, with a conflict for each field changed since. Raises StaleEdit."""
        now = self.editor.document
        if seen is None or seen is now:
            return list(edits)
        seen = self.names.as_now(seen, now)
        who = self.files.author(edits[0].file) if edits else ""
        return with_conflicts(seen, now, edits, who, person())

    def write(self, file: str) -> str:
        """Write the newest version of a file, merged with what somebody else wrote meanwhile. Raises a FileError."""
        with self._disk:
            for _attempt in range(_ATTEMPTS):
                try:
                    return self._write_newest(file)
                except ChangedOnDisk as error:
                    base = self.files.states.get(file)
                    self._changed()  # is it there under another name?
                    # Merge what is there now and write again, with that as the base.
                    self._take_in(file, self.files.read(file))
                    if error.kept is not None:
                        self._take_kept(file, base, error.kept)
            return self._write_newest(file)

    def poll(self) -> tuple[Location, ...]:
        """Merge in what others changed on disk; the places that changed since the last call, by a save's merge too."""
        with self._disk:
            broken = {one.file for one in self.files.problems}
            self.merge_unmerged()
            self._show_what_was_cut()
            for file in self._changed():
                try:
                    self._take_in(file, self.files.read(file))
                except FileUnusable:
                    self._note([Location(file=file)])
            self._note(Location(file=one.file) for one in self.files.appeared)
            self.files.appeared.clear()
            self._note(Location(file=file) for file in sorted(broken - {one.file for one in self.files.problems}))
        with self.lock:
            places, self._outside = tuple(dict.fromkeys(self._outside)), []
        return places

    def write_back(self, file: str) -> bool:
        """Put the record that is held here, else the last good version, over a file that cannot be read.

        False where there is neither. Raises a FileError.
        """
        from perftui.session.last_good import last_good  # git is loaded where it may be asked

        with self._disk:
            held = self.record(file) if file in self.files.states else None
            record = held or last_good(self.files.folder, file, self.files.form, self.editor.history)
            if record is None or self.files.problem(file) is None:
                return False
            self.files.write_back(file, record)
            if held is None:
                with self.lock:
                    self.editor.adopt(self.editor.document.with_record(file, record))  # by a person's own key
            return True

    def copy_merged(self, copy: str) -> tuple[str, list[Edit]]:
        """The file that a copy is one of, and the edits that merge the copy into it. Raises a FileError.

        There is no common base: what differs is a conflict, and what only one of them has stays.
        """
        file = f"{PROJECTS}/{original_of(copy.rpartition('/')[2])}"
        theirs, ours = self.files.read_aside(file, self.files.folder.path(copy)), self.record(file)
        if theirs is None or ours is None:
            raise FileUnusable(self.files.folder.path(copy), _("{file} 读不出来，没有合并").format(file=copy))
        return file, to_edits(file, ours, merge(Record(), ours, theirs, _("副本"), person()).record)

    def merge_unmerged(self) -> None:
        """Take in what git could not merge, and have written what was merged already but is not on disk."""
        with self._disk:
            for file, state in tuple(self.files.unmerged()):
                self._take_in(file, state)
            self._save([file for file, state in self.files.states.items() if state.merged is not None])

    def _changed(self) -> list[str]:
        """The files that others changed, once what only has another name is followed."""
        changed = self.files.settled_changes()
        names = self.files.renamed(changed)
        self._follow(names)
        return [file for file in changed if file not in names or file in names.values()]

    def _follow(self, names: Mapping[str, str]) -> None:
        """Projects are in other files: what was done in them here goes on there."""
        if not names:
            return
        with self.lock:
            bases, before = self.files.rename(names), self.editor.document
            self.editor.rename(names)
            self._note_renamed(names)
            for old, new in names.items():
                if old in bases and before.has(old) and before.has(new) and new not in names:
                    self._join(old, new, bases[old].merged_record)
            self._save([names[old] for old in bases])  # after it was taken in: what was not yet saved before
            self.names.add(names)
            self._note(Location(file=new) for new in names.values())

    def _join(self, old: str, new: str, base: Record) -> None:
        """A project was copied into another file, then taken away from its own."""
        ours, other = self.editor.document.record(old), self.editor.document.record(new)
        self.editor.adopt(self.editor.document.without(old))
        self._adopt(new, merge(base, ours, other, self.files.author(new), person()).record)

    def _follow_loaded(self, names: Mapping[str, str]) -> None:
        """The same where the files were read under the names of now: what was done before goes on there."""
        if names:
            with self.lock:
                self.editor.history = self.editor.history.in_files(names)
                self._note_renamed(names)
                self.names.add(names)
                self._note(Location(file=new) for new in names.values())

    def _show_what_was_cut(self) -> None:
        """At the first look: a file that was cut before the start is shown as it was, and can be written back.

        What else went from files while they were not open is kept and told, where no git has it.
        """
        if self._looked_for_cut:
            return
        self._looked_for_cut = True
        read = {file: state.record for file, state in self.files.states.items()}
        seen = SeenTexts(self.files.folder)
        differing = seen.differing(self.files.states)
        for file, record in self.files.cut_before(differing):
            with self.lock:
                if self.record(file) is read[file]:  # else somebody works on what is left
                    self._adopt(file, record)
        unreadable = frozenset(one.file for one in self.files.problems)
        renamed = renamed_since(seen.files, differing, self.files.states, self.files.form)
        self._follow_loaded(renamed)
        for loss, before in lost_since(differing, self.files.states, self.files.form, unreadable, renamed):
            self._keep_loss(before, loss)
            self._note([Location(file=loss.file)])

    def _write_newest(self, file: str) -> str:
        record = self.record(file)
        self._journal()  # a step may have come since the saver wrote the journal, and is in this record
        return self.files.save(file, record)

    def _take_in(self, file: str, found: FileState | None) -> None:
        """Merge a file that was read anew into the document."""
        with self.lock:
            base = self.files.replace_state(file, found)
            self.files.changed_elsewhere[file] = found.changed_at if found is not None else None
            ours = self.record(file)
            if found is None:
                self._take_out(file, base, ours)
            elif ours is None:
                self._adopt(file, found.merged_record)
            else:
                if base is not None:
                    records = base.merged_record, found.merged_record
                    self._keep_loss(base, loss_of(file, *records, self.editor.history))
                merged = self._merged(file, base, ours, found.merged_record)
                if not same(merged, ours):
                    self._adopt(file, merged)
                if found.merged is not None or not same_values(merged, found.record):
                    self._save([file])

    def _take_kept(self, file: str, base: FileState | None, kept: Path) -> None:
        """Merge in the foreign version that a save moved aside; where it cannot be read, its file is kept."""
        theirs = self.files.read_aside(file, kept)
        with self.lock:
            ours = self.record(file)
            if theirs is None or ours is None:
                return
            self._adopt(file, self._merged(file, base, ours, theirs))
        drop(kept, DISK)

    def _merged(self, file: str, base: FileState | None, ours: Record, theirs: Record) -> Record:
        before = base.record if base else Record()
        return merge(before, ours, theirs, self.files.author(file), person()).record

    def _take_out(self, file: str, base: FileState | None, ours: Record | None) -> None:
        """A file is gone from the disk: its project goes as well, unless it was changed here."""
        if base is None or ours is None or file == DEPARTMENT:
            return
        if same_values(base.record, ours):
            self._keep_loss(base, Loss(file=file, project=True))
            self._change(self.editor.document.without(file), [Location(file=file)])
        else:
            self._save([file])

    def _keep_loss(self, base: FileState | None, loss: Loss | None) -> None:
        """Before a change from outside that takes much is taken in, the version before goes to the bin."""
        if base is not None and loss is not None and keep_version(self.files.folder, loss, base):
            self._losses.append(loss)

    def losses(self) -> tuple[Loss, ...]:
        """What changes from outside took since the last call; the versions before are in the bin."""
        with self.lock:
            losses, self._losses = tuple(self._losses), []
        return losses

    def renames(self) -> dict[str, str]:
        """The files that others gave another name since the last call, each with that."""
        with self.lock:
            return self.names.taken()

    def _adopt(self, file: str, record: Record) -> None:
        """Put a record that came from outside into the document."""
        old = self.record(file)
        places = [Location(file=file)] if old is None else places_of(file, old, record)
        self._change(self.editor.document.with_record(file, record), places)

    def _change(self, document: Document, places: Iterable[Location]) -> None:
        self.editor.adopt(document)
        self._note(places)

    def _note(self, places: Iterable[Location]) -> None:
        with self.lock:
            self._outside += places


def places_of(file: str, old: Record, new: Record) -> list[Location]:
    """Where two versions of a file differ."""
    return [
        Location(file=file, path=change.path if isinstance(change, FieldChange) else (change.group, change.row.id))
        for change in diff(old, new)
    ]
