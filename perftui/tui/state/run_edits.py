"""Running edits, and saying what came of them."""

from collections.abc import Sequence

from perftui.editing.edits import CannotApply, Edit
from perftui.editing.stale_edits import StaleEdit
from perftui.locale import _
from perftui.model.document import Location
from perftui.session.open_document import FileLocked
from perftui.tui.state.app_state import AppState


def make(state: AppState, edits: Sequence[Edit], label: str, place: Location | None, sentence: str = "") -> bool:
    """Make edits as one step and say what they are, or ``sentence``; False, and why, where nothing was changed."""
    try:
        disputed = state.run(edits, label, place)
    except (FileLocked, CannotApply) as error:
        state.say(refusal(error))
        return False
    state.say(disputed or (sentence or label if edits else _("没有要改的")))
    return bool(edits)


def run_edits(state: AppState, edits: Sequence[Edit], label: str, place: Location | None) -> bool:
    """Make edits as one step; say what they are and how to take them back."""
    return make(state, edits, label, place, _("{label}（Ctrl+Z 撤销）").format(label=label))


def refusal(error: FileLocked | CannotApply) -> str:
    """Why edits were not made, as a sentence."""
    if isinstance(error, StaleEdit):
        return _("别人刚刚改过这里，没有删除：请看一下再删")
    return str(error) if isinstance(error, FileLocked) else place_is_gone()


def place_is_gone() -> str:
    """What is said where nothing can be changed any more."""
    return _("这一处已经不在了，可能被别人删除了")


def only_read() -> str:
    """Why nothing can be typed, taken or cleared in a list."""
    return _("这里只能看：回车打开以后再改")
