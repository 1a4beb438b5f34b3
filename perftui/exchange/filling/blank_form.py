"""What filling asks of an office's file, be it of Word or Excel."""

from collections.abc import Set
from typing import Protocol

from perftui.exchange.filling.place import Place
from perftui.exchange.importer.source import SourceDocument


class BlankForm(Protocol):
    """An office's file, its cells by the reader's places."""

    def content(self) -> SourceDocument:
        """What the importer reads of it now. Raises ImportRefused."""

    def write(self, place: Place, text: str, *, number: bool) -> None:
        """Write a text into a blank cell."""

    def add_row(self, table: int, row: int, own: Set[int], *, listed: bool) -> None:
        """Put a blank copy of a row under it, with ``own`` cells; what is printed elsewhere goes on over them.

        ``listed``: the row is one of a project in a list, whose other cells go on over it too. Raises ImportRefused.
        """

    def add_rows(self, table: int, first: int, last: int) -> None:
        """Put a copy of some rows under them. Raises ImportRefused."""

    def add_copy(self) -> None:
        """Put the whole form once more behind itself. Raises ImportRefused."""

    def data(self) -> bytes:
        """The file."""
