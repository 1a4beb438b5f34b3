"""Text into XML: the one function that data passes through on its way into a DOCX."""

import re
from collections.abc import Sequence

from perftui.locale import _
from perftui.model.record import FieldPath, format_path
from perftui.model.text import xml_problem

_SPECIAL = re.compile("[&<>\\s\x00-\x1f\ud800-\udfff\ufffe\uffff]")
"""What keeps a text from being written as it stands; blanks among it, which Word would trim."""
_BETWEEN = "\x01"
_NOT_PLAIN = re.compile("[&<>\\s\x00\x02-\x1f\ud800-\udfff\ufffe\uffff]")
"""The same, but for what stands between texts that are looked at together."""
_PIECES = re.compile("(\t|\r\n|\r|\n)")


class UnprintableError(ValueError):
    """A text has a character that a DOCX cannot hold. The message names the field and the character."""

    def __init__(self, problem: str, *, path: FieldPath | None = None, record: str = "") -> None:
        place = format_path(path) if path else _("固定文字")
        where = f"{record} {place}" if record else place
        super().__init__(_("{place}：{problem}").format(place=where, problem=problem))
        self.problem = problem
        self.path = path
        self.record = record


def escape(text: str, *, path: FieldPath | None = None, record: str = "") -> str:
    """``text`` as character data. Raises UnprintableError."""
    problem = xml_problem(text)
    if problem is not None:
        raise UnprintableError(problem, path=path, record=record)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """``text`` as the value of an attribute in double quotes. Raises UnprintableError."""
    return escape(text).replace('"', "&quot;")


def plain_runs(texts: Sequence[str]) -> list[bytes] | None:
    """Texts of which each is written as it stands, a run each; ``None`` where one is not. Several times faster."""
    joined = _BETWEEN.join(texts)
    if _NOT_PLAIN.search(joined):
        return None
    return [b"<w:r><w:t>%b</w:t></w:r>" % text if text else b"" for text in joined.encode().split(_BETWEEN.encode())]


def run(text: str, *, path: FieldPath | None = None, record: str = "") -> str:
    """``text`` as one run, its tabs and line breaks as Word's own; nothing for no text. Raises UnprintableError."""
    if not _SPECIAL.search(text):
        return f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    pieces = []
    for piece in _PIECES.split(escape(text, path=path, record=record)):
        if piece == "\t":
            pieces.append("<w:tab/>")
        elif piece in ("\r\n", "\r", "\n"):
            pieces.append("<w:br/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{piece}</w:t>')
    return f"<w:r>{''.join(pieces)}</w:r>"
