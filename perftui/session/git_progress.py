"""What git says while it works, in few Chinese words: how far it is. Its own words are never shown."""

from perftui.locale import N_, _
from perftui.model.lazy_regex import lazily

_STEP = lazily(r"(?P<what>Counting|Compressing|Writing|Receiving|Resolving|Updating|Enumerating)\D*(?P<part>\d+)%")
_WORDS = {
    "Counting": N_("正在清点"), "Enumerating": N_("正在清点"), "Compressing": N_("正在压缩"),
    "Writing": N_("正在送出"), "Receiving": N_("正在取回"), "Resolving": N_("正在整理"), "Updating": N_("正在写文件"),
}  # fmt: skip


def progress_in_words(line: str) -> str:
    """How far git is, as a short sentence; "" for what says nothing of it."""
    match = _STEP.search(line)
    return _("{what} {part}%").format(what=_(_WORDS[match["what"]]), part=match["part"]) if match else ""
