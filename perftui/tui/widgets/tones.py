"""The look of each tone: the terminal's own colours, so that light, dark and 16-colour terminals all stay legible."""

from rich.style import Style

from perftui.viewmodel.grid import Tone

_DARK: dict[Tone, Style] = {
    Tone.PLAIN: Style.null(),
    Tone.LABEL: Style(color="cyan"),
    Tone.HEAD: Style(underline=True),
    Tone.RULE: Style(dim=True),
    Tone.GROUP: Style(bold=True, color="cyan"),
    Tone.DIM: Style(dim=True),
    Tone.LOCKED: Style(dim=True),
    Tone.TOTAL: Style(bold=True),
    Tone.ACCENT: Style(color="cyan"),
    Tone.ERROR: Style(color="red"),
    Tone.WARNING: Style(color="yellow"),
    Tone.HINT: Style(color="bright_blue"),
    Tone.GOOD: Style(color="green"),
}
_ON_LIGHT = {"cyan": "blue", "yellow": "magenta", "bright_blue": "blue"}
"""Colours that cannot be read on a light ground, and what stands for them there."""
_DOUBTFUL = (Tone.ERROR, Tone.WARNING)
"""Bold where there are no colours: a cell of a form has no sign beside it."""

STYLES: dict[Tone, Style] = dict(_DARK)


def choose_theme(name: str) -> None:
    """Choose the colours of all that is painted from now on: ``dark``, ``light`` or ``mono``."""
    for tone, style in _DARK.items():
        colour, bold = style.color.name if style.color else None, style.bold
        if name == "mono":
            colour, bold = None, bold or tone in _DOUBTFUL
        elif name == "light" and colour:
            colour = _ON_LIGHT.get(colour, colour)
        STYLES[tone] = Style(color=colour, bold=bold, dim=style.dim, underline=style.underline)


OFFER = Style(dim=True, italic=True)
CURSOR = Style(color="default", reverse=True, dim=False)
SELECTED = Style(reverse=True, dim=True, underline=True)
EDITED = Style(underline=True, bold=True)
CHOSEN = Style(reverse=True)
BAR = Style(reverse=True)
RULED = Style(underline=True)
"""A line with a thin rule below it, over the whole width of the window: the title, and the foot."""
