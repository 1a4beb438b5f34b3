"""The preview's contents get their page numbers when the pages were counted, behind the screen."""

from collections.abc import Callable

from perftui.tui.state.app_state import AppState


def count_behind(state: AppState, background: Callable[..., None], show_again: Callable[[], None]) -> None:
    """Count the pages of the document that is shown, unless that is done or being done."""
    from perftui.viewmodel.preview import count_pages  # loaded behind the first screen

    shown, stop = state.shown, state.live_review.stop
    if shown.pages.begin_count(shown.document):
        background("pages", lambda: count_pages(shown, stop), lambda _none: show_again())
