"""The package of an office's form: one part is written anew, all others are the same bytes."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.package import Package
from perftui.exchange.importer.xml import parse_small
from perftui.locale import _

_MOST_PART = 32 * 1024 * 1024
_MACROS = b"macroEnabled"


class OfficePackage:
    """A .docx or .xlsx that is filled."""

    def __init__(self, data: bytes) -> None:
        """Raises ImportRefused for what is no whole, harmless office document, or may not be changed."""
        self._data = data
        self._parts = Package(BytesIO(data))
        types = "[content_types].xml"
        if types in self and _MACROS in self._parts.read(types, _MOST_PART):
            raise ImportRefused(_("文件带有宏，请在 Word 或 WPS 里另存为不带宏的格式"))
        if any(name.startswith("_xmlsignatures/") for name in self._parts.names):
            raise ImportRefused(_("表样有数字签名，填写会使签名失效，没有填；请用没有签名的表样"))

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def xml(self, name: str) -> etree._Element:
        """A part as a tree. Raises ImportRefused where it is missing or damaged."""
        if name not in self._parts:
            raise ImportRefused(_("文件里没有 {part}，不像是 Word 或 WPS 存的").format(part=name))
        return parse_small(self._parts.read(name, _MOST_PART))

    def with_part(self, name: str, root: etree._Element) -> bytes:
        """The package with one part written anew: entries, their order and times stay."""
        made = BytesIO()
        part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        with ZipFile(BytesIO(self._data)) as source, ZipFile(made, "w", ZIP_DEFLATED) as target:
            for entry in source.infolist():
                data = part if entry.filename.lower() == name.lower() else source.read(entry)
                target.writestr(entry, data)
        return made.getvalue()
