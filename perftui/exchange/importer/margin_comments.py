"""The comments in the margin of a DOCX: what each says, who made it, and where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from perftui.exchange.importer.source import SourceComment
from perftui.exchange.importer.word import PARAGRAPH, TEXT, names

_COMMENT = names("comment")
_ID, _AUTHOR, _DATE = names("id"), names("author"), names("date")
_WORD_2010, _WORD_2012 = (f"http://schemas.microsoft.com/office/word/{year}/wordml" for year in ("2010", "2012"))
_PARA, _OWN_PARA = f"{{{_WORD_2010}}}paraId", f"{{{_WORD_2012}}}paraId"
_PARENT, _DONE = f"{{{_WORD_2012}}}paraIdParent", f"{{{_WORD_2012}}}done"
_TRUE = ("1", "true", "on")


class Anchor(NamedTuple):
    """Where a comment stands in the text."""

    place: str
    near: str
    """The whole text of the paragraph or cell."""
    alike: int = 0
    """How many cells of its row before it say the same."""


class Anchors:
    """The places of a document's comments, found while its text is read."""

    def __init__(self) -> None:
        self._waiting: list[str] = []
        self._begun: dict[str, tuple[int, int]] = {}
        self.quotes: dict[str, str] = {}
        """The words that a comment is about, where they were marked."""
        self.found: dict[str, Anchor] = {}

    def meet(self, element: etree._Element, pieces: Sequence[str]) -> None:
        """A mark of a comment, behind the ``pieces`` of its paragraph."""
        number = _attribute(element, _ID)
        if element.tag.endswith("RangeStart"):
            self._begun[number] = id(pieces), len(pieces)
        elif element.tag.endswith("RangeEnd"):
            pieces_id, start = self._begun.get(number, (0, 0))
            if pieces_id == id(pieces):
                self.quotes[number] = "".join(pieces[start:]).strip()
        self.point(number)

    def point(self, number: str) -> None:
        """A comment belongs to what is being read."""
        if number not in self.found:
            self._waiting.append(number)

    def settle(self, place: str, near: str, alike: int = 0) -> None:
        """What was met stood in a paragraph or cell that has been read, behind ``alike`` cells of the same text."""
        for number in self._waiting:
            self.found.setdefault(number, Anchor(place, near, alike))
        self._waiting.clear()


class _Said(NamedTuple):
    """A comment as its part has it."""

    number: str
    text: str
    by: str
    date: str
    mark: str
    """The id of its last paragraph, by which others answer it."""


def margin_comments(
    part: etree._Element | None, extended: etree._Element | None, anchors: Anchors
) -> tuple[SourceComment, ...]:
    """All comments in the order of their part; ``extended`` says which were settled, and which answer which."""
    said = [] if part is None else [_said(one) for one in part.iterchildren(*_COMMENT)]
    states = {one.get(_OWN_PARA, ""): one for one in extended} if extended is not None else {}
    answers = _answers(said, states)
    numbers = {one.number for replies in answers.values() for one in replies}
    return tuple(
        _comment(one, states, answers.get(one.mark, ()), anchors)
        for one in said
        if one.text.strip() and one.number not in numbers
    )


def _answers(said: Iterable[_Said], states: Mapping[str, etree._Element]) -> dict[str, list[_Said]]:
    """The comments that answer another, by what that one is answered by."""
    marks = {one.mark for one in said if one.mark}
    found: dict[str, list[_Said]] = {}
    for one in said:
        parent = states[one.mark].get(_PARENT, "") if one.mark in states else ""
        if parent in marks and parent != one.mark:
            found.setdefault(parent, []).append(one)
    return found


def _comment(
    said: _Said, states: Mapping[str, etree._Element], replies: Iterable[_Said], anchors: Anchors
) -> SourceComment:
    anchor = anchors.found.get(said.number, Anchor("", ""))
    answer = "\n".join(f"{one.by}：{one.text}" if one.by else one.text for one in replies)
    return SourceComment(
        place=anchor.place,
        near=anchor.near,
        alike=anchor.alike,
        quote=anchors.quotes.get(said.number, ""),
        text=said.text,
        by=said.by,
        date=said.date,
        answer=answer,
        settled=said.mark in states and states[said.mark].get(_DONE, "") in _TRUE,
    )


def _said(element: etree._Element) -> _Said:
    paragraphs = list(element.iter(*PARAGRAPH))
    text = "\n".join(_text(one) for one in paragraphs).strip()
    own = {name: _attribute(element, tags) for name, tags in (("id", _ID), ("by", _AUTHOR), ("date", _DATE))}
    mark = paragraphs[-1].get(_PARA, "") if paragraphs else ""
    return _Said(own["id"], text, own["by"].strip(), own["date"][:10], mark)


def _text(paragraph: etree._Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(*TEXT))


def _attribute(element: etree._Element, tags: Iterable[str]) -> str:
    return next((text for name in tags if (text := element.get(name)) is not None), "")
