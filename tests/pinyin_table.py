"""Makes the table of pinyin initials again: ``python -m tests.pinyin_table`` in an environment with pypinyin 0.55.0.

The program does not need that library; the table is compared with what is in the repository by ``git diff``.
"""

from collections import defaultdict
from pathlib import Path

TABLE = Path(__file__).parents[1] / "perftui/viewmodel/pinyin_initials.txt"
HEAD = "# GB2312 的汉字，按拼音首字母；多音字列在每个字母下。由 pypinyin 0.55（MIT 许可，数据来自 Unihan）生成。"
ZERO = "〇"
"""Of years in words (二〇二一), and no character of GB2312."""


def characters() -> list[str]:
    """The 6,763 characters of GB2312, and the zero of dates."""
    cells = (bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [*filter(None, cells), ZERO]


def table() -> str:
    """The text of the table: a line a letter, the characters sorted by code point."""
    from pypinyin import Style, pinyin  # in the environment of whoever makes the table, and in no other

    found: defaultdict[str, set[str]] = defaultdict(set)
    for char in characters():
        for reading in pinyin(char, style=Style.NORMAL, heteronym=True)[0]:
            found[reading[0]].add(char)
    return "\n".join([HEAD, *(letter + "".join(sorted(found[letter])) for letter in sorted(found)), ""])


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
