"""Escape sequences of keys that Textual's table leaves out or has wrong."""

# Sequence -> Textual's name of the key.
KEYS = {
    # PuTTY, "VT100+"
    "\x1bOT": "f5", "\x1bOU": "f6", "\x1bOV": "f7", "\x1bOW": "f8",
    "\x1bOX": "f9", "\x1bOY": "f10", "\x1bOZ": "f11", "\x1bO[": "f12",
    # xterm with modified Insert, Home and End
    "\x1b[2;2~": "shift+insert", "\x1b[2;5~": "ctrl+insert",
    "\x1b[1;2~": "shift+home", "\x1b[1;5~": "ctrl+home", "\x1b[4;2~": "shift+end", "\x1b[4;5~": "ctrl+end",
    # rxvt; Textual has Ctrl+Home and Ctrl+End, Ctrl+Up and Ctrl+Down the wrong way round
    "\x1b[2$": "shift+insert", "\x1b[2^": "ctrl+insert", "\x1b[5$": "shift+pageup", "\x1b[6$": "shift+pagedown",
    "\x1b[7^": "ctrl+home", "\x1b[8^": "ctrl+end", "\x1bOa": "ctrl+up", "\x1bOb": "ctrl+down",
}  # fmt: skip
