"""Documents whose body says nothing: where what they should say stands instead, looked at before forms are."""

from perftui.exchange.importer.paragraphs import EMBEDDED, PICTURES
from perftui.exchange.importer.source import SourceDocument, SourceParagraph
from perftui.locale import _

_LITTLE = 200
"""A body of so few characters and no table may be a heading over what stands elsewhere."""


def why_without_text(content: SourceDocument) -> str | None:
    """Why there is nothing to read, and what to do; ``None`` where a body is there."""
    if next(content.tables(), None) is not None:
        return None
    said = sum(len(one.text.strip()) for one in content.blocks if isinstance(one, SourceParagraph))
    if said > _LITTLE:
        return None
    if _(EMBEDDED) in content.left_out:
        return _("文件里只有嵌入的另一个文件：请双击打开它，另存出来再读入")
    if _(PICTURES) in content.left_out:
        return _("文件里只有图片，没有文字：请向对方要 Word 或 Excel 文件，或用文字识别转成 Word 再读入")
    return None if said else _("文件里没有文字")
