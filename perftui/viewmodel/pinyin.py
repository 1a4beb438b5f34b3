"""The initials of Chinese characters' readings, so that ``pxcs`` finds 培训场次.

A table of the 6,763 characters of GB2312 is shipped (25 KB, read in 1 ms when it is first asked). It was made by
``tests/pinyin_table.py``: pypinyin, the library that knows readings, takes most of a second to import, for the one
letter used here.
"""

from functools import cache
from pathlib import Path


@cache
def readings() -> dict[str, str]:
    """For each letter the characters of which a reading begins with it; one with several readings stands in each."""
    table = (Path(__file__).parent / "pinyin_initials.txt").read_text(encoding="utf-8")
    return {line[0]: line[1:] for line in table.splitlines() if not line.startswith("#")}
