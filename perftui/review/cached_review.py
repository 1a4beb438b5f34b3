"""Reviews of files from the cache: they stay bytes until somebody asks for their findings or facts."""

import marshal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from perftui.model.record import Record
from perftui.review.engine import FileReview
from perftui.review.facts import RecordFacts
from perftui.review.finding import Finding


class CachedFileReview(FileReview):
    """A ``FileReview`` that is decoded at its first use: most files have no findings; facts are needed after edits."""

    __slots__ = ("_facts", "_findings")
    _findings: bytes
    _facts: Callable[[], bytes]

    @classmethod
    def of(cls, findings: bytes, facts: Callable[[], bytes], record: Record | None) -> FileReview:
        """The review whose bytes ``encode_review`` made. ``findings``: the first part. ``facts``: called for the second
        part when it is needed. ``record``: the record that it is still true of."""
        reviewed = cls.__new__(cls)
        put = object.__setattr__
        put(reviewed, "record", record)
        put(reviewed, "_findings", findings)
        put(reviewed, "_facts", facts)
        if not findings:
            put(reviewed, "findings", ())
        return reviewed

    def let_go(self) -> None:
        """Be bytes again: decoded, the facts of ten thousand projects hold 70 MiB."""
        with suppress(AttributeError):
            object.__delattr__(self, "facts")

    def __getattr__(self, name: str) -> Any:
        """Decode findings or facts at their first use: Python calls this only for an attribute that is not set yet."""
        if name == "findings":
            value: Any = tuple(Finding.from_plain(one) for one in marshal.loads(self._findings))
        elif name == "facts":
            value = RecordFacts.from_plain(marshal.loads(self._facts()))
        else:
            raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value

    @property
    def kept(self) -> tuple[bytes, bytes]:
        """The bytes that it came from."""
        return self._findings, self._facts()


def encode_review(reviewed: FileReview) -> tuple[bytes, bytes]:
    """The findings and the facts of a review as bytes, for ``CachedFileReview.of``."""
    if isinstance(reviewed, CachedFileReview):
        return reviewed.kept
    findings, facts = reviewed.to_plain()
    return marshal.dumps(findings) if findings else b"", marshal.dumps(facts)
