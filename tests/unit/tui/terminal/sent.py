"""What terminals send: keys by their names, characters, and what is neither."""

SEQUENCES = {
    # xterm, and most others
    "\x1b[A": "up", "\x1b[D": "left", "\x1bOA": "up", "\x1b[H": "home", "\x1b[F": "end", "\x1bOH": "home",
    "\x1b[1;2A": "shift+up", "\x1b[1;5D": "ctrl+left", "\x1b[1;3D": "alt+left", "\x1b[1;6H": "ctrl+shift+home",
    "\x1b[1~": "home", "\x1b[2~": "insert", "\x1b[3~": "delete", "\x1b[4~": "end", "\x1b[5~": "pageup",
    "\x1b[6~": "pagedown", "\x1b[3;5~": "ctrl+delete", "\x1b[Z": "shift+tab",
    "\x1bOP": "f1", "\x1bOS": "f4", "\x1b[15~": "f5", "\x1b[17~": "f6", "\x1b[24~": "f12",
    "\x1b[1;2P": "shift+f1", "\x1b[1;5R": "ctrl+f3", "\x1b[15;2~": "shift+f5", "\x1b[24;5~": "ctrl+f12",
    "\x1bO2P": "shift+f1",
    # the Linux console
    "\x1b[[A": "f1", "\x1b[[E": "f5", "\x1b[25~": "f13",
    # PuTTY
    "\x1b[11~": "f1", "\x1b[14~": "f4", "\x1bOT": "f5", "\x1bOX": "f9", "\x1bO[": "f12", "\x1b\x1b[D": "alt+left",
    "\x1b\x1bOA": "alt+up",
    # rxvt
    "\x1b[7~": "home", "\x1b[8~": "end", "\x1b[7$": "shift+home", "\x1b[7^": "ctrl+home",
    "\x1b[3@": "ctrl+shift+delete", "\x1b[23$": "shift+f11", "\x1b[a": "shift+up", "\x1bOa": "ctrl+up",
    "\x1bOd": "ctrl+left",
    # kitty's protocol, with lock bits too, and modifyOtherKeys
    "\x1b[1;129A": "up", "\x1b[1;1:1B": "down", "\x1b[57417u": "left", "\x1b[57376u": "f13",
    "\x1b[9;2u": "shift+tab", "\x1b[98;3u": "alt+b", "\x1b[13;5u": "ctrl+enter", "\x1b[127;3u": "alt+backspace",
    "\x1b[27;5;13~": "ctrl+enter", "\x1b[27;3;98~": "alt+b",
}  # fmt: skip
CHARACTERS = {
    "\x1b[113;5u": "\x11", "\x1b[27u": "\x1b", "\x1b[13u": "\r", "\x1b[9u": "\t", "\x1b[127u": "\x7f",
    "\x1b[97;2u": "A", "\x1b[49:33;2u": "!", "\x1b[97;65u": "A", "\x1b[97;;97u": "a", "\x1b[0;;22521:35757u": "培训",
    "\x1b[113;69u": "\x11", "\x1b[113;133u": "\x11", "\x1b[57414u": "\r", "\x1b[57404u": "5", "\x1b[57409u": ".",
    "\x1b[27;5;113~": "\x11", "\x1b[27;2;65~": "A", "\x1bOM": "\r", "\x1bOu": "5", "\x1bOj": "*", "\x1b[32;5u": "\x00",
}  # fmt: skip
SILENT = ["\x1b[113;5:3u", "\x1b[57441u", "\x1b[1;1:3A", "\x1b[3;1:3~", "\x1b[I", "\x1b[O", "\x1b[?2026;2$y",
          "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b]11;rgb:00/00/00\x07", "\x1bP1$r0m\x1b\\", "\x1b[?64;1c",
          "\x1b[2;3R", "\x1b[<35;10;3M", "\x1b[>41;379;0c", "\x1b_Gi=1;OK\x1b\\"]  # fmt: skip

LINES = "第一行\r第二行\r第三行\r"
"""Three lines that a terminal sends for a paste that it does not mark."""
