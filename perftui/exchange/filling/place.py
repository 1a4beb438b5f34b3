"""The place of a cell in a document, as the reader counts."""

from typing import NamedTuple


class Place(NamedTuple):
    """A cell by the number of its table and its places there, all as the reader counts them."""

    table: int
    """From 1."""
    row: int
    cell: int
