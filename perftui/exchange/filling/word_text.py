"""The text of some of Word's paragraphs, of which a part is written anew in the runs where it stands."""

from collections.abc import Iterator, Sequence

from lxml import etree

from perftui.exchange.importer.paragraphs import as_seen, symbol_sign

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TICKED = {0xF0A8: 0xF0FE, 0xF06F: 0xF0FE, 0xF02A: 0xF0FE, 0xF0A3: 0xF052}
"""Boxes of Wingdings, and the same ones ticked."""
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class WordText:
    """The text of paragraphs, a line each, as far as it is plain."""

    def __init__(self, paragraphs: Sequence[etree._Element], word: str) -> None:
        """``word`` is the namespace of their elements, in braces."""
        self._w = word
        self._pieces: list[tuple[etree._Element | None, str]] = []
        for at, paragraph in enumerate(paragraphs):
            self._pieces += [(None, "\n")] if at else []
            self._pieces += self._read(paragraph)

    def __str__(self) -> str:
        return "".join(text for _element, text in self._pieces)

    def put(self, start: int, end: int, text: str) -> None:
        """Write a text where another stands; nothing where that is in no run."""
        at = 0
        for element, old in self._pieces:
            first, last = max(start - at, 0), min(end - at, len(old))
            begins = 0 <= start - at < len(old) or (start == end and start - at == len(old))
            at += len(old)
            if element is None or (first >= last and not begins):
                continue
            self._set(element, first, max(first, last), text if begins else "")
            if start == end:
                return

    def _read(self, paragraph: etree._Element) -> Iterator[tuple[etree._Element | None, str]]:
        for run in paragraph.iter(f"{self._w}r"):
            if next(run.iterancestors(f"{self._w}p")) is not paragraph:
                continue  # of a text box
            properties = run.find(f"{self._w}rPr")
            for one in run:
                name = etree.QName(one).localname
                if name == "t":
                    text = one.text or ""
                    yield one, text if properties is None else as_seen(text, properties)
                elif name == "sym":
                    yield one, symbol_sign(self._code(one), one.get(f"{self._w}font", "")) or "\ufffd"
                elif name in _BREAKS and one.get(f"{self._w}type") not in ("page", "column"):
                    yield one, _BREAKS[name]

    def _code(self, symbol: etree._Element) -> int:
        try:
            return int(symbol.get(f"{self._w}char", "0"), 16)
        except ValueError:
            return 0

    def _set(self, element: etree._Element, first: int, last: int, text: str) -> None:
        """Write a text over a part of one piece; a box of a symbol font is ticked with a sign of that font."""
        if element.tag == f"{self._w}sym":
            element.set(f"{self._w}char", f"{_TICKED.get(self._code(element), 0):04X}")
            return
        if element.tag != f"{self._w}t":
            element.tag, element.text = f"{self._w}t", ""
            element.attrib.clear()
            last = first
        old = element.text or ""
        ticked = _TICKED.get(ord(old[first])) if last - first == 1 else None
        element.text = old[:first] + (chr(ticked) if ticked else text) + old[last:]
        element.set(_SPACE, "preserve")
