"""The preview's contents get their page numbers when the pages were counted, behind the screen."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perftui.tui.screens.document_screen import DocumentScreen


def count_behind(screen: "DocumentScreen") -> None:
    """Count the pages of the document that is shown, unless that is done or being done."""
    from perftui.viewmodel.preview import count_pages  # loaded behind the first screen

    shown, stop = screen.state.shown, screen.state.live_review.stop
    if shown.pages.begin_count(shown.document):
        screen.background("pages", lambda: count_pages(shown, stop), lambda _none: screen.show_again())
