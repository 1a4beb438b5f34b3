"""A sequence whose items are made when they are looked at: of ten thousand a window shows twenty."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

_Item = TypeVar("_Item", covariant=True)


class LazySequence(Sequence[_Item]):
    """Items that are made by their numbers."""

    @overload
    def __getitem__(self, index: int) -> _Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[_Item]: ...
    def __getitem__(self, index: int | slice) -> _Item | Sequence[_Item]:
        if isinstance(index, slice):
            numbers = range(*index.indices(len(self)))
            return [self[number] for number in numbers if number < len(self)]  # they may become fewer as they are made
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        return self._item(number)

    @abstractmethod
    def _item(self, number: int) -> _Item:
        """The item with a number that is one of theirs."""
