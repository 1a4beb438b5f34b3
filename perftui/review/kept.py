"""What was found in files before, kept as bytes: decoded when somebody looks at it, and not before."""

import marshal
from collections.abc import Callable
from typing import Any

from perftui.model.record import Record
from perftui.review.engine import Reviewed
from perftui.review.facts import Facts
from perftui.review.finding import Finding


class KeptReviewed(Reviewed):
    """What was found in a file, like any other. Most files have no findings, and facts are asked for after edits."""

    __slots__ = ("_facts", "_findings")
    _findings: bytes
    _facts: Callable[[], bytes]

    @classmethod
    def of(cls, findings: bytes, facts: Callable[[], bytes], record: Record | None) -> Reviewed:
        """What ``keep`` made bytes of (``facts`` answers with the second part when it is asked for), and the record
        that it is still true of."""
        reviewed = cls.__new__(cls)
        put = object.__setattr__
        put(reviewed, "record", record)
        put(reviewed, "_findings", findings)
        put(reviewed, "_facts", facts)
        if not findings:
            put(reviewed, "findings", ())
        return reviewed

    def __getattr__(self, name: str) -> Any:
        """Decode the part that is asked for; Python asks here only for what is not there yet."""
        if name == "findings":
            value: Any = tuple(Finding.from_plain(one) for one in marshal.loads(self._findings))
        elif name == "facts":
            value = Facts.from_plain(marshal.loads(self._facts()))
        else:
            raise AttributeError(name)
        object.__setattr__(self, name, value)
        return value

    @property
    def kept(self) -> tuple[bytes, bytes]:
        """The bytes that it came from."""
        return self._findings, self._facts()


def keep(reviewed: Reviewed) -> tuple[bytes, bytes]:
    """What was found in a file as bytes for ``KeptReviewed.of``: the findings, and the facts."""
    if isinstance(reviewed, KeptReviewed):
        return reviewed.kept
    findings, facts = reviewed.to_plain()
    return marshal.dumps(findings) if findings else b"", marshal.dumps(facts)
