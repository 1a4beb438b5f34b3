"""A file as it was last read or written: the base of the next save and of its merge."""

from dataclasses import field

from perftui.files.errors import Digest
from perftui.files.reading import FileBytes, Stamp
from perftui.forms import RecordSpec
from perftui.locale import _
from perftui.model.frozen import frozen
from perftui.model.record import Record
from perftui.store.problem import BadFile
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode_text, is_crlf, text_of


@frozen
class FileState:
    """A file as it was last read or written."""

    digest: Digest
    record: Record
    """What its text holds."""
    spec: RecordSpec = field(compare=False, repr=False)
    own: str = ""
    """Its text, where that is not the canonical one of its record."""
    crlf: bool = False
    """Its lines end with CRLF, and are written so again."""
    stamp: Stamp | None = None
    first_read: "FileState | None" = None
    """As it was first read: when every change is taken back, the same bytes are written again."""
    merged: Record | None = None
    """What git's three versions of it merge to, where it stands in a conflict; not yet written."""
    doubt: str = ""
    """The sentence about a write that is in place, but which the disk did not confirm."""

    @property
    def text(self) -> str:
        """Its text, line ends as LF."""
        return self.own or canonical(self.record, self.spec)

    @property
    def merged_record(self) -> Record:
        """The record that the document uses: the merged one of a file in a git conflict, else the one in the file."""
        return self.record if self.merged is None else self.merged

    @property
    def changed_at(self) -> float | None:
        """When it was last changed on disk, seconds since 1970; ``None`` where it is not there yet."""
        return None if self.stamp is None else self.stamp.mtime_ns / 1e9


def is_cut(before: str, now: str) -> bool:
    """Is a text the beginning of the one before, and ends amid a table? Whole tables a person may have taken out."""
    rest = before.removeprefix(now)
    if not now or len(rest) == len(before):
        return False
    return bool(rest.strip()) and not rest.lstrip("\n").startswith("[")


def is_surely_cut(before: str, now: str) -> bool:
    """Is a text cut, and are whole tables gone behind the cut? A person may have cleared the last fields of a file."""
    return is_cut(before, now) and "\n[" in before.removeprefix(now)


def state_of(found: FileBytes, spec: RecordSpec) -> FileState:
    """The state of a file whose bytes were read. Raises BadFile, also for one that was emptied."""
    state = state_with(found.data, spec, found.digest, found.stamp)
    if not (state.record.head or state.record.tables or state.record.groups):
        raise BadFile(_("文件是空的，像是被别的程序清空或者没有写完"))
    return state


def state_with(data: bytes, spec: RecordSpec, digest: Digest, stamp: Stamp | None = None) -> FileState:
    """The state of a file with these bytes, which need not lie on disk. Raises BadFile."""
    text = text_of(data)
    record, is_canonical = decode_text(text, spec)
    own = "" if is_canonical else own_text(text, record, spec)
    return FileState(digest=digest, record=record, spec=spec, own=own, crlf=is_crlf(data), stamp=stamp)


def own_text(text: str, record: Record, spec: RecordSpec) -> str:
    """The text of a file that holds a record; "" where it is the canonical one."""
    return "" if text == canonical(record, spec) else text
