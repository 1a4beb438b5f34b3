"""Asking the terminal, by where its cursor ends up, whether it reads UTF-8 and how wide ambiguous characters are."""

import re

from perftui.model.frozen import frozen

SET_UTF8 = (
    "Terminal is not UTF-8, text refused. Set it: PuTTY: Window > Translation: UTF-8; Xshell: File > Properties > "
    "Terminal > Encoding: UTF-8; screen: start as screen -U"
)
"""Plain ASCII in every language: where it is needed nothing else can be read."""

AUTO = "auto"
"""The setting that believes the terminal; the others are ``1`` and ``2``."""

# Not in row 1: ``ESC[1;2R`` is also Shift+F3. 中 is 2 cells in UTF-8 (1 where no character is wide), more in others.
_ROW = 2
QUESTION = f"\x1b[{_ROW};1H中\x1b[6n\x1b[{_ROW};1H“\x1b[6n"
_ANSWER = re.compile(r"\x1b\[(\d+);(\d+)R")


@frozen
class Probe:
    """What is known of the terminal: does it read UTF-8, and in how many cells (1 or 2) it draws ``“≥—``."""

    utf8: bool
    ambiguous: int


class Prober:
    """Collects the two answers to ``QUESTION``. ``setting`` (``auto``, ``1``, ``2``) overrides the measured width."""

    def __init__(self, setting: str = AUTO) -> None:
        self._setting = setting
        self._columns: list[int] = []

    def answer(self, sequence: str) -> bool:
        """Is this an answer to a question that is open? Then it is taken, and is no key."""
        match = _ANSWER.fullmatch(sequence)
        if match is None or int(match[1]) != _ROW or self.result is not None:
            return False
        self._columns.append(int(match[2]) - 1)
        return True

    @property
    def result(self) -> Probe | None:
        """The answers, once both have come."""
        if len(self._columns) < 2:
            return None
        measured = 2 if self._columns[1] == 2 else 1
        return Probe(utf8=self._columns[0] <= 2, ambiguous=int(self._setting) if self._setting != AUTO else measured)
