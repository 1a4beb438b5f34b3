"""Mistakes of a form definition: where they are, what is wrong, what was probably meant."""

from collections.abc import Iterable
from contextlib import suppress
from difflib import get_close_matches

from perftui.forms.toml_positions import Way, positions
from perftui.locale import _
from perftui.model.frozen import frozen

MOST = 100
"""So many mistakes of one file are told."""


@frozen
class Mistake:
    """One mistake of a definition."""

    line: int
    """From 1."""
    column: int
    sentence: str

    def __str__(self) -> str:
        return _("第 {line} 行第 {column} 列：{sentence}").format(
            line=self.line, column=self.column, sentence=self.sentence
        )


class BadForm(Exception):  # noqa: N818 - named for what it says
    """A text is no form definition; ``str()`` of it is its first mistake."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(str(mistakes[0]))
        self.mistakes = mistakes


class MistakeText:
    """What was found wrong with a definition, by the way that leads there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[Way, str], None] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def say(self, way: Way, sentence: str) -> None:
        """Note a mistake at a key or an element; what the file says is shown without what a terminal would obey."""
        self._found[way, "".join(char if char.isprintable() else "?" for char in sentence)] = None

    def mistakes(self) -> tuple[Mistake, ...]:
        """The mistakes in the order of the text."""
        places: dict[Way, tuple[int, int]] = {}
        with suppress(ValueError, LookupError, RecursionError):  # an odd layout costs the place, never the sentence
            places.update(positions(self._text))
        found = [(_nearest(places, way), sentence) for way, sentence in self._found]
        found.sort(key=lambda one: one[0])
        return tuple(Mistake(line=line, column=column, sentence=said) for (line, column), said in found[:MOST])


def _nearest(places: dict[Way, tuple[int, int]], way: Way) -> tuple[int, int]:
    """The place of a way, or of what holds it."""
    return next((places[way[:size]] for size in range(len(way), 0, -1) if way[:size] in places), (1, 1))


def meant(word: str, known: Iterable[str]) -> str:
    """The half sentence that offers the known word nearest to one that is not known."""
    choices = list(dict.fromkeys(known))
    near = nearest(word, choices)
    if near:
        return _("，是不是“{near}”？").format(near=near[0])
    if 0 < len(choices) <= _FEW:
        return _("，可以是 {choices}").format(choices=" ".join(choices))
    return ""


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known word that is most like another, if any is."""
    return get_close_matches(word[:_LONG], list(known), 1, 0.5)


_FEW = 12
_LONG = 80
