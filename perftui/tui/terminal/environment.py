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


def mouse_wanted(environ: Mapping[str, str]) -> bool:
    """Shall the mouse be reported? Not over SSH, where each hover costs kilobytes; ``PERFTUI_MOUSE`` 0 or 1 decides."""
    chosen = environ.get("PERFTUI_MOUSE", "")
    if chosen in ("0", "1"):
        return chosen == "1"
    return not environ.get("SSH_CONNECTION")


def marks_pastes(environ: Mapping[str, str]) -> bool:
    """Does the terminal say where a paste begins and ends? Consoles, old terminals and GNU screen do not.

    For any other a lot of text that comes at once is what was typed while the line stood still.
    """
    term = environ.get("TERM", "")
    unmarked = ("linux", "vt", "ansi", "cons", "dumb", "screen")
    return bool(environ.get("TMUX")) or not (term.startswith(unmarked) or environ.get("STY"))
