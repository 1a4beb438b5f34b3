"""Escape sequences as keys: xterm, PuTTY, rxvt, the Linux console, screen, kitty's protocol and modifyOtherKeys.

Names of keys are Textual's. Modes that change what keys send are switched off at the start; what a terminal sends in
them is understood all the same, as another program may have switched them on.
"""

import re
from functools import lru_cache

from perftui.tui.terminal.tokens import Answer, Key, Token, TypedText, Unknown

_CSI = re.compile(rb"\x1b\[([<=>?]?)([0-9;:]*)([ -/]*)([@-~])")
_SS3 = re.compile(rb"\x1bO([0-9;]*)([ -~])")
_CONSOLE = re.compile(rb"\x1b\[\[([A-E])")
_RXVT = re.compile(rb"\x1b\[([0-9]+)([$^@])")

_FINALS = {
    "A": "up", "B": "down", "C": "right", "D": "left", "F": "end", "H": "home",
    "P": "f1", "Q": "f2", "R": "f3", "S": "f4",
}  # fmt: skip
_NUMBERS = {
    1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end",
    11: "f1", 12: "f2", 13: "f3", 14: "f4", 15: "f5", 17: "f6", 18: "f7", 19: "f8", 20: "f9", 21: "f10",
    23: "f11", 24: "f12", 25: "f13", 26: "f14", 28: "f15", 29: "f16", 31: "f17", 32: "f18", 33: "f19", 34: "f20",
}  # fmt: skip
_CONSOLE_KEYS = {"A": "f1", "B": "f2", "C": "f3", "D": "f4", "E": "f5"}
_PUTTY_KEYS = {"T": "f5", "U": "f6", "V": "f7", "W": "f8", "X": "f9", "Y": "f10", "Z": "f11", "[": "f12"}
_RXVT_ENDS = {b"$": "shift+", b"^": "ctrl+", b"@": "ctrl+shift+"}
_ANSWERS = "cnRtyIOmM"
"""Letters at the end of what terminals answer and report."""
_KEYPAD = {"M": "\r", "I": "\t", " ": " "} | dict(zip("jklmnopqrstuvwxy", "*+,-./0123456789", strict=True))
_ARROWS = {"a": "up", "b": "down", "c": "right", "d": "left"}
_KITTY_CHARACTERS = {57399 + place: sign for place, sign in enumerate("0123456789./*-+\r=,")}
_KITTY_KEYS = {
    57417: "left", 57418: "right", 57419: "up", 57420: "down", 57421: "pageup", 57422: "pagedown", 57423: "home",
    57424: "end", 57425: "insert", 57426: "delete", **{57376 + place: f"f{13 + place}" for place in range(23)},
}  # fmt: skip
_CONTROLS = {9: "tab", 13: "enter", 27: "escape", 127: "backspace", 8: "backspace"}
_SHIFT, _ALT, _CTRL, _CAPS = 1, 2, 4, 64
_FAR = 8 | 16 | 32
"""Super, hyper and meta: nothing of ours is on them."""
_RELEASE = 3  # kitty's event type of a key let go
_MODIFIED = ((_ALT, "alt+"), (_CTRL, "ctrl+"), (_SHIFT, "shift+"))  # in the order of Textual's names


@lru_cache(maxsize=1024)
def meaning(raw: bytes) -> tuple[Token, ...]:
    """The tokens that a whole escape sequence stands for."""
    if raw.startswith((b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b^", b"\x1bX")):
        return (Answer(raw.decode("utf-8", "replace"), raw),)
    found = _of_console(raw) or _of_rxvt(raw) or _of_ss3(raw) or _of_csi(raw)
    return found or (Unknown(raw),)


def alt(character: str, raw: bytes) -> Key:
    """The key that a character is with Alt."""
    if character == "\x7f":
        return Key("alt+backspace", raw)
    name = f"shift+{character.lower()}" if character.isupper() else "space" if character == " " else character
    return Key(f"alt+{name}", raw)


def _of_console(raw: bytes) -> tuple[Token, ...]:
    match = _CONSOLE.fullmatch(raw)
    return (Key(_CONSOLE_KEYS[match[1].decode()], raw),) if match else ()


def _of_rxvt(raw: bytes) -> tuple[Token, ...]:
    match = _RXVT.fullmatch(raw)
    name = _NUMBERS.get(_number(match[1].decode())) if match else None
    return (Key(_RXVT_ENDS[match[2]] + name, raw),) if match and name else ()


def _of_ss3(raw: bytes) -> tuple[Token, ...]:
    match = _SS3.fullmatch(raw)
    if match is None:
        return ()
    modifiers, final = _modifiers(match[1].decode()), match[2].decode()
    if final in _KEYPAD and not modifiers:
        return (TypedText(_KEYPAD[final], raw),)
    if final in _ARROWS:  # rxvt
        return (Key(f"ctrl+{_ARROWS[final]}", raw),)
    name = _FINALS.get(final) or _PUTTY_KEYS.get(final)
    return (Key(_named(name, modifiers), raw),) if name else ()


def _of_csi(raw: bytes) -> tuple[Token, ...]:
    match = _CSI.fullmatch(raw)
    if match is None:
        return ()
    mark, numbers, middle, final = (part.decode() for part in match.groups())
    if not mark and not middle:
        key = _of_plain_csi(raw, numbers, final)
        if key or final not in _ANSWERS:
            return key
    return (Answer(raw.decode(), raw),)


def _of_plain_csi(raw: bytes, numbers: str, final: str) -> tuple[Token, ...]:
    fields = [[_number(part) for part in field.split(":")] for field in numbers.split(";")]
    if final == "u":
        return _of_kitty(raw, fields)
    if final == "~" and fields[0][0] == 27 and len(fields) == 3:
        return _of_code(raw, fields[2][:1], _bits(fields[1]), "")
    if final == "~":
        return _pressed(raw, _NUMBERS.get(fields[0][0]), fields[1:])
    if final == "Z":
        return (Key("shift+tab", raw),)
    if final in _ARROWS and not numbers:  # rxvt
        return (Key(f"shift+{_ARROWS[final]}", raw),)
    if final in _FINALS and (fields[0][0] == 1 or not numbers or len(fields) == 1):
        return _pressed(raw, _FINALS[final], fields[1:])
    return ()


def _pressed(raw: bytes, name: str | None, fields: list[list[int]]) -> tuple[Token, ...]:
    if name is None:
        return ()
    if fields and fields[0][1:2] == [_RELEASE]:
        return (Answer(raw.decode(), raw),)
    return (Key(_named(name, _bits(fields[0]) if fields else 0), raw),)


def _of_kitty(raw: bytes, fields: list[list[int]]) -> tuple[Token, ...]:
    """``CSI code:shifted:base ; modifiers:event ; text u``."""
    modifiers = fields[1] if len(fields) > 1 else [1]
    if modifiers[1:2] == [_RELEASE]:
        return (Answer(raw.decode(), raw),)
    text = "".join(chr(code) for code in fields[2] if 32 <= code < 0x110000) if len(fields) > 2 else ""
    return _of_code(raw, fields[0], _bits(modifiers), text)


def _of_code(raw: bytes, codes: list[int], bits: int, text: str) -> tuple[Token, ...]:
    """A key by its character's code (and that of it with Shift), the modifiers, and the text it has typed."""
    code = codes[0]
    if code in _KITTY_KEYS:
        return (Key(_named(_KITTY_KEYS[code], bits), raw),)
    if 57344 <= code < 63744 and code not in _KITTY_CHARACTERS:  # Shift and its like, volume keys
        return (Answer(raw.decode(), raw),)
    if bits & _FAR or code >= 0x110000 or 0xD800 <= code < 0xE000:
        return (Unknown(raw),)
    if text and not bits & (_ALT | _CTRL):
        return tuple(TypedText(sign, raw if place == 0 else b"") for place, sign in enumerate(text))
    character = _KITTY_CHARACTERS.get(code) or chr(code)
    return (_of_character(raw, character, codes[1:2], bits),)


def _of_character(raw: bytes, character: str, shifted: list[int], bits: int) -> Token:
    code, held = ord(character), bits & (_SHIFT | _ALT | _CTRL)
    if code in _CONTROLS:
        if not held or (held == _SHIFT and code in (27, 127, 8)):
            return TypedText(character, raw)
        return Key(_named(_CONTROLS[code], bits), raw)
    if code < 32:
        return TypedText(character, raw)
    if held & _CTRL:
        return _with_control(raw, character, bits)
    if held & _SHIFT:
        character = chr(shifted[0]) if shifted and shifted[0] > 32 else character.upper()
    if bits & _CAPS and character.isalpha():
        character = character.swapcase()
    return alt(character, raw) if held & _ALT else TypedText(character[:1], raw)


def _with_control(raw: bytes, character: str, bits: int) -> Token:
    if bits & (_SHIFT | _ALT) or not ("a" <= character.lower() <= "z" or character in "@[\\]^_ "):
        return Key(_named(character.lower(), bits), raw)
    return TypedText("\x00" if character == " " else chr(ord(character.upper()) & 0x1F), raw)


def _named(name: str, bits: int) -> str:
    return "".join(word for bit, word in _MODIFIED if bits & bit) + name


def _modifiers(numbers: str) -> int:
    last = numbers.rpartition(";")[2]
    return _bits([_number(last)]) if last else 0


def _bits(field: list[int]) -> int:
    """The modifiers' bits; nothing is said by 0 or no number."""
    return max(field[0] - 1, 0) if field else 0


def _number(text: str) -> int:
    return int(text[:8]) if text else 0
