"""The environment that Textual reads when it is first imported, and what we want of it."""

from collections.abc import Mapping, MutableMapping

WANTED = {
    # The "report all keys" mode makes some terminals drop what a Chinese input method commits.
    "TEXTUAL_DISABLE_KITTY_KEY": "1",
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    # Milliseconds. A slow line splits sequences; with less, the rest of one is typed into the field.
    "ESCDELAY": "250",
}


def prepare(environ: MutableMapping[str, str]) -> None:
    """Set what Textual shall find, never over the person's own value. Call before anything imports Textual."""
    for name, value in WANTED.items():
        environ.setdefault(name, value)
    if environ.get("NO_COLOR") == "":  # by its rule that says nothing, but Textual takes it for a wish
        del environ["NO_COLOR"]


def mouse_wanted(environ: Mapping[str, str]) -> bool:
    """Shall the mouse be reported? Only where it is wanted: that takes selection and paste away from the terminal."""
    return environ.get("PERFTUI_MOUSE", "") == "1"
