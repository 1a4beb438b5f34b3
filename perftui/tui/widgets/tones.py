"""The look of each tone: the terminal's own colours, so that light, dark and 16-colour terminals all stay legible."""

from rich.style import Style

from perftui.viewmodel.grid import Tone

STYLES: dict[Tone, Style] = {
    Tone.PLAIN: Style.null(),
    Tone.LABEL: Style(color="cyan"),
    Tone.HEAD: Style(bold=True, underline=True),
    Tone.GROUP: Style(bold=True, color="cyan"),
    Tone.DIM: Style(dim=True),
    Tone.LOCKED: Style(dim=True),
    Tone.TOTAL: Style(bold=True),
    Tone.ACCENT: Style(color="cyan"),
    Tone.ERROR: Style(color="red"),
    Tone.WARNING: Style(color="yellow"),
    Tone.HINT: Style(color="blue"),
    Tone.GOOD: Style(color="green"),
}
OFFER = Style(dim=True, italic=True)
CURSOR = Style(reverse=True)
SELECTED = Style(reverse=True, dim=True)
EDITED = Style(underline=True, bold=True)
CHOSEN = Style(reverse=True)
BAR = Style(reverse=True)
