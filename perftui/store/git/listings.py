"""What git lists with ``-z``: its entries, and what those of the index, a tree and two versions tell."""

from collections.abc import Iterable, Iterator

from perftui.model.frozen import frozen

_NO_CONTENT = ("000000", "160000")
"""The modes of no file, and of a submodule: that one's content is another repository's."""


@frozen
class RawChange:
    """A file that differs between two versions, or has another name."""

    name_before: str
    name: str
    before: str
    """The object of its content; "" where there is none."""
    after: str


def entries(output: bytes) -> list[str]:
    """The entries, each ended by a zero byte; of names that are no text every byte is kept."""
    return [entry for entry in output.decode("utf-8", "surrogateescape").split("\0") if entry]


def index_entries(listed: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """What ``ls-files --stage`` lists: name, stage, and the object of the content; "" of a submodule."""
    for entry in listed:
        head, _tab, name = entry.partition("\t")
        mode, blob, stage = head.split(" ")
        yield name, int(stage), _content(mode, blob)


def tree_entries(listed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The files that ``ls-tree -r`` lists: name, and the object of the content."""
    for entry in listed:
        head, _tab, name = entry.partition("\t")
        mode, _kind, blob = head.split(" ")
        if _content(mode, blob):
            yield name, blob


def raw_changes(listed: Iterable[str]) -> Iterator[RawChange]:
    """What ``--raw`` lists, of two versions or of each version of a log without words of its own."""
    parts = iter(listed)
    for head in parts:
        mode_before, mode, before, after, status = head.removeprefix(":").split(" ")
        name = next(parts)
        yield RawChange(
            name_before=name,
            name=next(parts) if status[0] in "RC" else name,
            before=_content(mode_before, before),
            after=_content(mode, after),
        )


def _content(mode: str, blob: str) -> str:
    return "" if mode in _NO_CONTENT else blob
