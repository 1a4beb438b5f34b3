"""Files that are no document or workbook: what each is, and what to do with it."""

import re

from perftui.exchange.importer.package import Package
from perftui.locale import N_, _

_ENCRYPTION = b"encryption-data"
_MANIFEST, _LONGEST_MANIFEST = "meta-inf/manifest.xml", 1_000_000
_OFFICE_FILE = re.compile(r".*\.(?:docx?|xlsx?|wps|et|odt|ods|rtf|csv|html?|mht)")
_BY_PART = {
    "ofd.xml": N_("文件是 OFD，里面没有表格的结构：请向对方要 Word 或 Excel 文件，或用 WPS 转成 Word 再读入"),
    "ppt/presentation.xml": N_("文件是演示文稿，不是文档或表格：请把里面的表复制到 Word 里再读入"),
    "xl/workbook.bin": N_("文件是二进制的工作簿（.xlsb）：请在 Excel 或 WPS 里打开，另存为 .xlsx 再读入"),
}
"""By the part that only such a file has."""
_OFFICE_PARTS = ("[content_types].xml", "mimetype", "word/document.xml", "xl/workbook.xml")
PACKED = N_("文件是压缩包：请先解压，再读入里面的 Word 或 Excel 文件")
LEFT_BY_WORD = N_("这是正在打开的文件旁边的临时文件，里面没有内容：请读入名字里没有“~$”的那一个")
UNKNOWN = N_("认不出是什么文件：请用做这个文件的程序打开，另存为 .docx 或 .xlsx 再读入")


def why_not_office(package: Package) -> str | None:
    """Why a zip cannot be read, and what to do; ``None`` where it holds a document or workbook."""
    for part, sentence in _BY_PART.items():
        if part in package:
            return _(sentence)
    if "mimetype" in package and _is_encrypted(package):
        return _("文件加了密码：请在 Word、Excel 或 WPS 里打开，去掉密码另存后再读入")
    if any(part in package for part in _OFFICE_PARTS):
        return None
    files = [name for name in package.names if _OFFICE_FILE.fullmatch(name)]
    if files:
        sentence = _("文件是压缩包，里面有 {count} 个 Word、Excel 文件：请先解压，再逐个读入")
        return sentence.format(count=len(files))
    return _("文件里没有 Word 或 Excel 的内容：请用做这个文件的程序打开，另存为 .docx 或 .xlsx 再读入")


def _is_encrypted(package: Package) -> bool:
    return _MANIFEST in package and _ENCRYPTION in package.read(_MANIFEST, _LONGEST_MANIFEST)
