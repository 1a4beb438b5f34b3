"""A blank form of Word: its cells by the reader's places, and its text part alone written anew."""

from collections.abc import Iterator, Set
from copy import deepcopy

from lxml import etree

from perftui.exchange.elements import drop
from perftui.exchange.filling.gaps import filler, gaps
from perftui.exchange.filling.office_package import OfficePackage
from perftui.exchange.filling.place import Place
from perftui.exchange.filling.word_text import WordText
from perftui.exchange.importer.docx import read_docx
from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.source import SourceDocument, SourceParagraph
from perftui.exchange.importer.word import NAMESPACES
from perftui.locale import _

_MAIN, _SETTINGS = "word/document.xml", "word/settings.xml"
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "rPrChange", "pPrChange")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class WordForm:
    """A .docx that is filled."""

    def __init__(self, data: bytes) -> None:
        """Raises ImportRefused with the reason why a form cannot be filled."""
        self._package = OfficePackage(data)
        self._source = data
        self._root = self._package.xml(_MAIN)
        space = etree.QName(self._root).namespace or ""
        if space not in NAMESPACES:
            raise ImportRefused(_("文件里没有 Word 正文，不是 .docx"))
        self._w = f"{{{space}}}"
        self._body = self._root[0]
        self._check()
        self._all_tables = list(self._tables(self._body))
        self._paragraphs: dict[int, list[etree._Element]] = {}
        ends = self._body.find(f"{self._w}sectPr")
        self._blank = [self._copied(one) for one in self._body if one is not ends]

    def content(self) -> SourceDocument:
        """What the importer reads. Raises ImportRefused where its tables are built oddly."""
        content = read_docx(self.data())
        if content.literal:
            raise ImportRefused(_("这份文档是本程序导出的，不是空表；要改内容请改数据再导出"))
        tables = self._all_tables
        read = list(content.tables())
        shapes = [[len(self._cells(row)) for row in self._rows(table)] for table in tables]
        if shapes != [[len(row) for row in table.rows] for table in read]:
            raise ImportRefused(
                _("表格的合并方式特殊（或表格外包着别的东西），没有填；请在 Word 里把它重新画成普通表格")
            )
        self._paragraphs = self._by_number(content)
        return content

    def _by_number(self, content: SourceDocument) -> dict[int, list[etree._Element]]:
        """The paragraphs outside of tables by the reader's numbers, told by their texts."""
        by_text: dict[str, list[etree._Element]] = {}
        for one in self._body.iterchildren(f"{self._w}p"):
            by_text.setdefault(str(WordText([one], self._w)), []).append(one)
        read = (block for block in content.blocks if isinstance(block, SourceParagraph))
        return {one.number: [by_text[one.text].pop(0)] for one in read if by_text.get(one.text)}

    def write(self, place: Place, text: str, *, number: bool) -> None:
        """Write a text into a blank cell, or a blank in a text, in the style that it has there."""
        del number
        if place.gap >= 0:
            paragraphs = self._in_cell(place) if place.table else self._paragraphs.get(place.row, [])
            self._write_between(paragraphs, place.gap, text)
            return
        paragraphs = self._in_cell(place)
        for other in [one for one in paragraphs[1:] if str(WordText([one], self._w)).strip()]:
            self._at(place).remove(other)
        paragraph = paragraphs[0] if paragraphs else etree.SubElement(self._at(place), f"{self._w}p")
        style = self._run_style(paragraph)
        for run in paragraph.findall(f"{self._w}r"):
            paragraph.remove(run)
        paragraph.append(self._run(text, style))

    def _write_between(self, paragraphs: list[etree._Element], gap: int, text: str) -> None:
        """Write a text into a blank; what the reader has otherwise than the file shows when it is read again."""
        said = WordText(paragraphs, self._w)
        found = gaps(str(said))
        if gap < len(found):
            said.put(found[gap].start, found[gap].end, filler(str(said), found[gap], text))

    def _at(self, place: Place) -> etree._Element:
        return self._cells(self._rows(self._all_tables[place.table - 1])[place.row])[place.cell]

    def _in_cell(self, place: Place) -> list[etree._Element]:
        return self._at(place).findall(f"{self._w}p")

    def add_row(self, table: int, row: int, own: Set[int], *, listed: bool) -> None:
        """Put a blank copy of a row under it; what is not its own goes on over the copy."""
        element = self._all_tables[table - 1]
        above = self._rows(element)[row]
        below = self._copied(above)
        above.addnext(below)
        if not listed and element.find(f".//{self._w}vMerge") is None:
            return  # a form that merges nothing repeats its words
        for at, (one, other) in enumerate(zip(self._cells(above), self._cells(below), strict=True)):
            if at not in own and (listed or "".join(map(str, one.itertext())).strip()):
                self._merge(one, other)

    def add_rows(self, table: int, first: int, last: int) -> None:
        """Put a copy of some rows under the last of them."""
        rows = self._rows(self._all_tables[table - 1])
        for row in reversed(rows[first : last + 1]):
            rows[last].addnext(self._copied(row))

    def add_copy(self) -> None:
        """Put the whole form once more behind itself, on a page of its own."""
        page = etree.fromstring(f'<w:p xmlns:w="{self._w[1:-1]}"><w:r><w:br w:type="page"/></w:r></w:p>')
        ends = self._body.find(f"{self._w}sectPr")
        at = len(self._body) if ends is None else self._body.index(ends)
        for number, one in enumerate([page, *map(deepcopy, self._blank)]):
            self._body.insert(at + number, one)
        self._all_tables = list(self._tables(self._body))

    def data(self) -> bytes:
        """The package, its other parts as they were."""
        return self._package.with_part(_MAIN, self._root)

    # ---- inside

    def _check(self) -> None:
        if any(next(self._root.iter(f"{self._w}{name}"), None) is not None for name in _TRACKED):
            raise ImportRefused(_("表样里有没有处理的修订，没有填；请在 Word 里接受或拒绝全部修订，再填"))
        if any(self._in_table(one) for one in self._root.iter(f"{self._w}sdt")):
            raise ImportRefused(_("表样的表格里有内容控件，没有填；请在 Word 里删除内容控件（保留文字），再填"))
        settings = self._package.xml(_SETTINGS) if _SETTINGS in self._package else None
        protected = None if settings is None else settings.find(f"{self._w}documentProtection")
        if protected is not None and protected.get(f"{self._w}enforcement") in ("1", "true", "on"):
            raise ImportRefused(_("表样限制了编辑，没有填；请在 Word 的“审阅”里停止保护，再填"))

    def _in_table(self, control: etree._Element) -> bool:
        table = f"{self._w}tbl"
        return next(control.iterancestors(table), None) is not None or next(control.iter(table), None) is not None

    def _tables(self, element: etree._Element) -> Iterator[etree._Element]:
        """The tables in the reader's order: one, then those nested in it."""
        for child in element:
            if child.tag == f"{self._w}tbl":
                yield child
                for cell in child.iter(f"{self._w}tc"):
                    if next(cell.iterancestors(f"{self._w}tbl")) is child:
                        yield from self._tables(cell)

    def _rows(self, table: etree._Element) -> list[etree._Element]:
        return table.findall(f"{self._w}tr")

    def _cells(self, row: etree._Element) -> list[etree._Element]:
        return row.findall(f"{self._w}tc")

    def _run_style(self, paragraph: etree._Element) -> etree._Element | None:
        """How the blank cell is written in: as its first run, else as its paragraph's mark."""
        for path in (f"{self._w}r/{self._w}rPr", f"{self._w}pPr/{self._w}rPr"):
            if (found := paragraph.find(path)) is not None:
                return deepcopy(found)
        return None

    def _run(self, text: str, style: etree._Element | None) -> etree._Element:
        run = etree.Element(f"{self._w}r", nsmap=None)
        if style is not None:
            run.append(style)
        for at, line in enumerate(text.split("\n")):
            if at:
                etree.SubElement(run, f"{self._w}br")
            one = etree.SubElement(run, f"{self._w}t")
            one.text = line
            one.set(_SPACE, "preserve")
        return run

    def _copied(self, element: etree._Element) -> etree._Element:
        """A copy without what a document has only once."""
        copy = deepcopy(element)
        copy.tail = None
        for one in list(copy.iter(f"{self._w}bookmarkStart", f"{self._w}bookmarkEnd")):
            drop(one)
        for one in copy.iter():
            for name in [key for key in one.attrib if str(key).endswith(("}paraId", "}textId"))]:
                del one.attrib[name]
        return copy

    def _merge(self, above: etree._Element, below: etree._Element) -> None:
        """Make the copy of a printed cell go on with it."""
        self._set_merge(above, begins=True)
        self._set_merge(below, begins=False)
        paragraphs = below.findall(f"{self._w}p")
        for one in paragraphs[1:]:
            below.remove(one)
        for run in paragraphs[0].findall(f"{self._w}r") if paragraphs else ():
            paragraphs[0].remove(run)

    def _set_merge(self, cell: etree._Element, *, begins: bool) -> None:
        properties = cell.find(f"{self._w}tcPr")
        if properties is None:
            properties = etree.Element(f"{self._w}tcPr")
            cell.insert(0, properties)
        merge = properties.find(f"{self._w}vMerge")
        if merge is None:
            merge = etree.Element(f"{self._w}vMerge")
            before = [
                one for one in properties if etree.QName(one).localname in ("cnfStyle", "tcW", "gridSpan", "hMerge")
            ]
            properties.insert(len(before), merge)
        elif begins:
            return  # it begins a merge, or goes on with one, already
        merge.attrib.pop(f"{self._w}val", "")
        if begins:
            merge.set(f"{self._w}val", "restart")
