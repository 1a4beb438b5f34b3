"""Comments as Word and Excel write them into web pages: a link at their place, their text in a list at the end."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from perftui.exchange.importer.margin_comments import Anchor, Anchors
from perftui.exchange.importer.source import SourceComment

_TEXT = re.compile(r"mso-element\s*:\s*comment(?!-)", re.I)
_LIST = re.compile(r"mso-element\s*:\s*comment-list", re.I)
_ABOUT = re.compile(r"mso-comment-reference\s*:[^;]*?([0-9]+)[\"']?\s*(?:;|$)", re.I)
_DATE = re.compile(r"mso-comment-date\s*:\s*[\"']?([0-9]{4})([0-9]{2})([0-9]{2})", re.I)
_AUTHOR = re.compile(r"mso-comment-author\s*:\s*[\"']?([^\"';]+)", re.I)
_LINK, _TARGET = re.compile(r"_msoanchor_([0-9]+)"), re.compile(r"_(?:mso)?com_([0-9]+)")


class _Said(NamedTuple):
    number: str
    text: str
    by: str


class WebComments:
    """The comments of a page, found while it is read."""

    def __init__(self) -> None:
        self.anchors = Anchors()
        self._said: list[_Said] = []
        self._dates: dict[str, str] = {}

    def meet(self, element: etree._Element) -> bool:
        """Takes in what an element says of comments; true where it shows nothing else."""
        style = element.get("style", "")
        if _LIST.search(style) or _TEXT.search(style):
            self._said += [_said(one) for one in element.iter() if _TEXT.search(one.get("style", ""))]
            return True
        if element.tag != "a":
            return False
        if about := _ABOUT.search(style):
            self.anchors.point(about[1])
            self.anchors.quotes[about[1]] = "".join(map(str, element.itertext())).strip()
            date = _DATE.search(style)
            self._dates[about[1]] = "-".join(date.groups()) if date else ""
        link = _LINK.fullmatch(element.get("name", ""))
        if link is not None:
            self.anchors.point(link[1])
        return link is not None

    def found(self) -> Iterator[SourceComment]:
        """All comments that say anything."""
        for one in self._said:
            anchor = self.anchors.found.get(one.number, Anchor("", ""))
            if one.text:
                yield SourceComment(
                    place=anchor.place, near=anchor.near, alike=anchor.alike,
                    quote=self.anchors.quotes.get(one.number, ""), text=one.text, by=one.by,
                    date=self._dates.get(one.number, ""), answer="", settled=False,
                )  # fmt: skip


def _said(element: etree._Element) -> _Said:
    """A comment in the list: which one it is, its text without the link back, who made it."""
    marks = [one.get(name, "") for one in element.iter() for name in ("id", "name")]
    number = next((match[1] for mark in marks if (match := _TARGET.fullmatch(mark))), "")
    by = next((match[1].strip() for one in element.iter() if (match := _AUTHOR.search(one.get("style", "")))), "")
    back = [one for one in element.iter("a") if _LINK.search(one.get("href", ""))]
    number = number or next((match[1] for one in back if (match := _LINK.search(one.get("href", "")))), "")
    for one in back:
        one.text = None
    lines = [" ".join("".join(map(str, one.itertext())).split()) for one in element.iter("p")]
    text = "\n".join(line for line in lines if line) or " ".join("".join(map(str, element.itertext())).split())
    return _Said(number, text, by)
