"""The page of an office's Word file: paper, margins and the lines of its grid. Lengths are twips, a twentieth point."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.page import LANDSCAPE_WIDTH, TEXT_WIDTH
from perftui.locale import _

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A4 = {"w": 11906, "h": 16838}
_USUAL = {"top": 1440, "right": 1800, "bottom": 1440, "left": 1800, "header": 851, "footer": 992, "gutter": 0}
"""What Word takes for an A4 page that says nothing."""
_TWIPS_IN_MM = 1440 / 25.4
_MOST = 31_681
"""No paper of Word's is so long."""
_LEAST = 100.0
"""The narrowest text in which our tables can be read, mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePage:
    """A page that stands on its short side."""

    width: int
    height: int
    margins: Mapping[str, int]
    """By Word's names: top, right, bottom, left, and header and footer."""
    grid: str = ""
    """The markup of its grid of lines."""

    def text_width(self, *, landscape: bool = False) -> int:
        """Between the margins, of the page as it lies."""
        if landscape:
            return self.height - self.margins["top"] - self.margins["bottom"]
        return self.width - self.margins["left"] - self.margins["right"]

    def scale(self, *, landscape: bool) -> float:
        """By what the columns of our tables are wider, so that they fill the text's width."""
        return self.text_width(landscape=landscape) / _TWIPS_IN_MM / (LANDSCAPE_WIDTH if landscape else TEXT_WIDTH)

    def markup(self, *, landscape: bool) -> str:
        """Paper and margins; a page that lies on its long side is turned with them."""
        said = dict(self.margins)
        paper = f'<w:pgSz w:w="{self.width}" w:h="{self.height}"/>'
        if landscape:
            paper = f'<w:pgSz w:w="{self.height}" w:h="{self.width}" w:orient="landscape"/>'
            said = {**said, **_turned(self.margins)}
        margins = "".join(f' w:{name}="{said[name]}"' for name in _USUAL)
        return f"{paper}<w:pgMar{margins}/>"


def _turned(margins: Mapping[str, int]) -> dict[str, int]:
    return {"top": margins["left"], "right": margins["top"], "bottom": margins["right"], "left": margins["bottom"]}


def read_page(document: etree._Element) -> OfficePage:
    """The page of the last section that stands upright, else the last, turned. Raises ImportRefused."""
    sections = list(document.iter(f"{_W}sectPr"))
    pages = [(_lengths(one, "pgSz", _A4), one) for one in sections]
    upright = [one for size, one in pages if size["w"] <= size["h"]]
    section = (upright or sections or [etree.Element(f"{_W}sectPr")])[-1]
    size, margins = _lengths(section, "pgSz", _A4), _lengths(section, "pgMar", _USUAL)
    margins |= {"left": margins["left"] + margins["gutter"], "gutter": 0}
    if size["w"] > size["h"]:
        for _quarter in range(3):
            margins |= _turned(margins)
    page = OfficePage(width=min(size.values()), height=max(size.values()), margins=margins, grid=_grid(section))
    narrow = min(page.text_width(), page.text_width(landscape=True)) / _TWIPS_IN_MM
    if narrow < _LEAST:
        raise ImportRefused(_("纸太小或页边距太大，正文只有 {width} 毫米宽，放不下表格").format(width=round(narrow)))
    return page


def _lengths(section: etree._Element, name: str, usual: Mapping[str, int]) -> dict[str, int]:
    """What an element of a section says, without a sign: less than 0 means that a margin never gives way."""
    found = section.find(f"{_W}{name}")
    said = {} if found is None else {key: found.get(f"{_W}{key}", "").lstrip("-") for key in usual}
    numbers = {key: int(text) for key, text in said.items() if text.isdecimal() and len(text) < len(str(_MOST)) + 1}
    return {key: numbers[key] if numbers.get(key, _MOST) < _MOST else value for key, value in usual.items()}


def _grid(section: etree._Element) -> str:
    """Lines alone: LibreOffice sets too few characters in a line with a grid of characters."""
    found = section.find(f"{_W}docGrid")
    pitch = "" if found is None else found.get(f"{_W}linePitch", "")
    if found is None or found.get(f"{_W}type") in (None, "default") or not pitch.isdecimal():
        return ""
    return f'<w:docGrid w:type="lines" w:linePitch="{pitch}"/>'
