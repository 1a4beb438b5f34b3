"""How the report names places in the document that was read, and quotes its texts."""

from perftui.locale import _

_SHOWN = 40  # characters of a text that is quoted


def shown(text: str) -> str:
    """A text short enough for a line of the report."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def in_table(number: int, row: int | None = None) -> str:
    """A place in a table, rows from 0."""
    if row is None:
        return _("第 {table} 个表格").format(table=number)
    return _("第 {table} 个表格第 {row} 行").format(table=number, row=row + 1)


def in_text(number: int) -> str:
    """A place in the text outside of tables."""
    return _("正文第 {number} 段").format(number=number)
