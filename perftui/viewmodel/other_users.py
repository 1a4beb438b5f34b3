"""Who else has the document open, in a few words."""

import time
from collections.abc import Callable, Sequence

from perftui.locale import _
from perftui.session.presence import PresentUser


def others_text(others: Sequence[PresentUser], name: Callable[[str], str]) -> str:
    """``另有 王芳 09:12 起（社区工作经费）``; what is not certain is said so."""
    return "  ".join(_other(one, name) for one in others)


def _other(one: PresentUser, name: Callable[[str], str]) -> str:
    since = time.strftime("%H:%M", time.localtime(one.since))
    who = one.person if one.here else f"{one.person}@{one.host}"
    sentence = _("另有 {who} {since} 起").format(who=who, since=since)
    sentence += _("（{project}）").format(project=name(one.file)) if one.file else ""
    return sentence if one.certain else sentence + _("（可能已离开）")
