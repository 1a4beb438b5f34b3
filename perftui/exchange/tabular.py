"""Blocks of cells as text: what Excel, WPS and LibreOffice put into the clipboard, and give back from it."""

from collections.abc import Iterable, Sequence

Block = tuple[tuple[str, ...], ...]

_QUOTE = '"'


def parse_block(text: str) -> Block:
    """The rows and cells of a copied block: tabs between cells, a line a row, one line end behind the last dropped.

    A cell with tabs or line breaks stands in quotes, its own quotes doubled; its line breaks become ``\\n``. Quotes
    around anything else are the person's own and stay, as does one that nothing closes. Rows may differ in length.
    """
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    at = 0
    while at < len(text):
        cell, at = _cell(text, at)
        cells.append(cell)
        if at < len(text) and text[at] == "\t":
            at += 1
            if at == len(text):
                cells.append("")
            continue
        rows.append(tuple(cells))
        cells = []
        at += 2 if text.startswith("\r\n", at) else 1
    if cells:
        rows.append(tuple(cells))
    return tuple(rows)


def format_block(rows: Iterable[Sequence[str]]) -> str:
    """A block as text that Excel and WPS paste into the same cells, and ``parse_block`` reads back."""
    lines = ["\t".join(_formatted(cell) for cell in row) for row in rows]
    end = "\r\n" if lines and not lines[-1] else ""  # a last row of one blank cell must have its line
    return "\r\n".join(lines) + end


def as_one_text(text: str) -> str:
    """What was copied as one text: cells of several lines, which stand in quotes, without these."""
    cells = [cell for row in parse_block(text) for cell in row]
    return ("\n".join(cells) if any("\n" in cell for cell in cells) else text).rstrip("\r\n")


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at a place, and where the tab or line end behind it stands."""
    if text.startswith(_QUOTE, at):
        quoted = _quoted(text, at)
        if quoted is not None:
            return quoted
    end = at
    while end < len(text) and text[end] not in "\t\r\n":
        end += 1
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """The cell in quotes that begins at a place; ``None`` where the quotes are the text's own."""
    end = at + 1
    while True:
        end = text.find(_QUOTE, end)
        if end < 0:
            return None
        if not text.startswith(_QUOTE, end + 1):
            break
        end += 2
    inside = text[at + 1 : end]
    if end + 1 < len(text) and text[end + 1] not in "\t\r\n":
        return None
    if not any(sign in inside for sign in ("\t", "\r", "\n", _QUOTE)):
        return None
    return inside.replace(_QUOTE * 2, _QUOTE).replace("\r\n", "\n").replace("\r", "\n"), end + 1


def _formatted(cell: str) -> str:
    """In quotes where a tab or line break asks for it, or a quote at its beginning would be taken for one of these."""
    if cell.startswith(_QUOTE) or any(sign in cell for sign in ("\t", "\r", "\n")):
        return f'"{cell.replace(_QUOTE, _QUOTE * 2)}"'
    return cell
