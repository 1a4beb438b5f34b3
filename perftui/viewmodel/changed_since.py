"""What has changed in a document since a person left it, and by whom, in a sentence."""

import time
from collections.abc import Sequence

from perftui.locale import _
from perftui.model.text import visible
from perftui.session.changed_files import ChangedFile

_NAMED = 3
"""So many changed files are named."""


def changed_since(changed: Sequence[ChangedFile], since: float) -> str:
    """The sentence about the files that were changed since a moment, the latest first."""
    at = date_text(since, time.time())
    if not changed:
        return _("您 {at} 离开以后没有改动").format(at=at)
    more = "…" if len(changed) > _NAMED else ""
    sentence = _("您 {at} 离开以后改了 {count} 份：{names}")
    return sentence.format(at=at, count=len(changed), names=_("、").join(map(changed_file, changed[:_NAMED]))) + more


def changed_file(one: ChangedFile) -> str:
    """A file that was changed, and who is known to have changed it."""
    return " ".join(filter(None, (visible(one.name), visible(one.who))))


def date_text(at: float, now: float) -> str:
    """A moment as short as it can be told from another: ``14:03`` of today, ``11-24`` of this year, ``2025-12``."""
    then, today = time.localtime(at), time.localtime(now)
    if then[:3] == today[:3]:
        return time.strftime("%H:%M", then)
    return time.strftime("%m-%d" if then.tm_year == today.tm_year else "%Y-%m", then)
