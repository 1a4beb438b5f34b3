"""What is said to the person under the sheet."""

import time
from collections.abc import Callable

from perftui.locale import _

_READ = 3.0
"""Seconds in which a sentence that nobody waits for can be read."""


class Messages:
    """The sentence that stands now, what was told beside it, and the one about the cell that was left."""

    def __init__(self, notice: str = "", clock: Callable[[], float] = time.monotonic) -> None:
        self._said = ""
        self._told = ""
        self._told_at = 0.0
        self._clock = clock
        self.tell(notice)
        self.lasting = ""
        """What is to be said of the cell that was left, also when the cursor has gone on from it."""
        self._warned = ""
        self._said_once: set[str] = set()

    @property
    def notice(self) -> str:
        """What stands under the sheet: the last thing worth saying, and what was told and could not be read yet."""
        told = "" if self._told in self._said else self._told
        return _("；").join(filter(None, (self._said, told)))

    def say(self, sentence: str) -> None:
        """Say something; it stands until something else is said."""
        self._said = sentence

    def tell(self, sentence: str) -> None:
        """Say what no key asked for: it stands beside all else until a key comes after the time to read it."""
        told = "" if sentence in self._told else sentence
        self._told = _("；").join(filter(None, (self._told, told)))
        self._told_at = self._clock()

    def key_came(self) -> None:
        """A key: what was told long enough ago has been read."""
        if self._clock() - self._told_at >= _READ:
            self._told = ""

    def say_lasting(self, sentence: str) -> None:
        """Say something about the cell that was left; it stands also when the cursor goes on from there."""
        self._said = self.lasting = sentence

    def repeat_lasting(self) -> None:
        """The cursor has gone on: nothing else stands any more."""
        self._said = self.lasting

    def forget_lasting(self) -> None:
        """The key that left the cell has done its work: the next one is about something else."""
        self.lasting = ""

    def once(self, sentence: str) -> str:
        """A sentence that is said once a session; "" from then on."""
        if sentence in self._said_once:
            return ""
        self._said_once.add(sentence)
        return sentence

    def warn(self, sentence: str) -> bool:
        """Say what leaving would lose; False where just that was said before."""
        if sentence == self._warned:
            return False
        self._warned = sentence
        self.say(sentence)
        return True
