"""Bytes as tokens, whatever arrives and however it is cut. Pure: a state and bytes give a new state and tokens.

Three things happen to a state: bytes come (:func:`fed`), the line was quiet for a moment, so that a read is over
(:func:`paused`), and the time that was waited for something is up (:func:`given_up`). Times are seconds of the
caller's clock.
"""

import re
from dataclasses import replace

from perftui.model.frozen import frozen
from perftui.tui.terminal.sequences import alt, meaning
from perftui.tui.terminal.tokens import (
    Answer,
    Key,
    Pasted,
    StalledPaste,
    Token,
    TypedText,
    Undecodable,
    Unfinished,
    Unknown,
    lines,
)

PASTE_START, PASTE_END = b"\x1b[200~", b"\x1b[201~"

TAKEN_BACK = 2.0
"""Seconds in which the rest of a sequence takes back the Esc that its first byte was taken for."""
_SEQUENCE_WAITS = 5.0
"""Seconds for the rest of a sequence, or of an answer of the terminal."""
_PASTE_WAITS = 1.0
"""Seconds of silence after which a paste without its end is spoken of."""
_ADRIFT = 5.0
"""Seconds of silence after which what comes is no more the rest of a paste that was ended by hand."""
_LONGEST_KEY, _LONGEST_ANSWER = 64, 8192
"""Bytes; what is longer is no key, and no answer."""

_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[M..."  # X10 mouse report
    rb"|\[\[[A-E]"  # Linux console, F1 to F5
    rb"|\[[0-9]+\$"  # rxvt, with Shift
    rb"|\[(?![M\[])[0-?]*[ -/]*[@-~]"  # CSI
    rb"|O[0-9;]*[ -/:<-~]"  # SS3
    rb"|[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC, DCS, APC, PM, SOS
    rb")",
    re.S,
)
_BEGUN = re.compile(rb"\x1b(?:\x1b?(?:\[M.{0,2}|\[\[?|\[[0-?]*[ -/]*|O[0-9;]*)|[\]P_^X][^\x07\x1b]*\x1b?|\x1b)?", re.S)
_STRING = re.compile(rb"\x1b[\]P_^X]")
_ANSWER_GOES_ON = re.compile(rb"\x1b(?:\][0-9LlI]|P[0-9>!$+]|_G)")
"""How answers of terminals begin; another letter after ``ESC ]`` in a later read is a letter."""
_ANSWER_BEGUN = re.compile(rb"\x1b\][0-9]+;")
_RUN = re.compile(rb"[^\x00-\x1f\x7f]+")
_ENDS_A_PASTE = (b"\x1b", b"\x03", b"\x11")
"""Esc, Ctrl+C, Ctrl+Q."""
_MOVING = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete")
_GOES_ON = re.compile(rb"\[\[?|\[[0-?]+|\[\?[0-?]+\$|\][0-?]*")
"""What may be followed, behind an ESC that time gave up, by more of a sequence in a later read."""
_FRAGMENT = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|O[0-9;]*|[\]P_^X][^\x07\x1b]*)")
"""What has come of a sequence."""
_SKIPPED = {
    b"[": re.compile(rb"[0-?]*[ -/]*(?P<end>[^ -?])?", re.S),
    b"]": re.compile(rb"[^\x07\x1b]*(?P<end>\x07|\x1b\\|(?=\x1b[^\\]))?"),
}
"""What is left of a sequence, or of an answer, that is too long, with its end where that has come."""


@frozen
class Lexer:
    """The state: what has begun and is not finished, and what the terminal has shown of itself."""

    escape_delay: float = 0.25
    """Seconds after which ESC alone is the Esc key."""
    escape_tab: bool = False
    """Is ESC TAB Shift+Tab (the Linux console), and not two keys?"""
    rest: bytes = b""
    """A character or a sequence that is not whole."""
    split: int = 0
    """How much of ``rest`` came in reads before this one."""
    apart: bool = False
    """Was the ESC at its begin the last of its read? Then it is no Alt with what follows."""
    at: float = 0.0
    """When the last byte came."""
    escaped: bool = False
    """Was the last that came an ESC that time gave up?"""
    held: bytes = b""
    """What may be the rest of such a sequence, or the key that ends a paste; known when the read is over."""
    skipping: bytes = b""
    """What is passed over: the rest of a sequence (``[``) or of an answer (``]``) that is too long."""
    paste: tuple[bytes, ...] | None = None
    """The pieces of the paste that is coming."""
    ended: bool = False
    """Has an end of the paste come? The last one in the read counts: the first may be part of what was pasted."""
    told: bool = False
    """Was it said that the paste stands still, and has nothing come since?"""
    adrift: bool = False
    """Is what comes still the rest of a paste that was ended by hand?"""
    marks: bool = False
    """Has the terminal marked a paste?"""
    ascii_only: bool = False
    """Is it known that the terminal is not UTF-8? Then its Hanzi may look like letters of UTF-8, and are none."""

    @property
    def deadline(self) -> float | None:
        """When ``given_up`` is due if nothing comes; ``None``: nothing is waited for."""
        wait = self._wait()
        return None if wait is None else self.at + wait

    def _wait(self) -> float | None:
        if self.paste is not None:
            return None if self.told or self.ended else _PASTE_WAITS
        if self.held:
            return TAKEN_BACK
        if self.skipping:
            return _SEQUENCE_WAITS
        if self.rest[:1] == b"\x1b":
            return _SEQUENCE_WAITS if self.rest.strip(b"\x1b") else self.escape_delay
        return _ADRIFT if self.adrift else None


Step = tuple[Lexer, list[Token]]


def fed(state: Lexer, data: bytes, now: float) -> Step:
    """Bytes came."""
    if state.escaped and not state.held:
        in_time = now - state.at <= TAKEN_BACK and data[:1] in (b"[", b"O", b"]")
        state = replace(state, escaped=in_time or data.startswith(PASTE_START[1:]))
    state = replace(state, at=now)
    if state.escaped or (state.told and state.paste is not None):
        return replace(state, held=state.held + data), []
    return _lexed(state, data)


def paused(state: Lexer) -> Step:
    """The line is quiet: a read is over."""
    tokens: list[Token] = []
    if state.held and state.paste is None and _GOES_ON.fullmatch(state.held):
        return replace(state, split=len(state.held)), []
    if state.held:
        state, tokens = _paste_goes_on(state) if state.paste is not None else _rest_of_escape(state)
    while state.paste is not None and state.ended:
        state, more = _pasted(state)
        tokens += more
    apart = state.apart or state.rest in (b"\x1b", b"\x1b\x1b")
    return replace(state, split=len(state.rest), apart=apart), tokens


def given_up(state: Lexer) -> Step:
    """Nothing has come until the deadline."""
    if state.paste is not None:
        return replace(state, told=True), [StalledPaste(len(_text(b"".join(state.paste), ascii_only=False) or ""))]
    if state.held:
        return _lexed(replace(state, held=b"", escaped=False, split=0), state.held)
    if state.skipping:
        return replace(state, skipping=b""), []
    if state.rest[:1] == b"\x1b":
        escapes = len(state.rest) - len(state.rest.lstrip(b"\x1b"))
        rest = state.rest.lstrip(b"\x1b")
        after = replace(state, rest=b"", split=0, apart=False, escaped=not rest)
        return after, _given_up(escapes, rest, apart=state.apart)
    return replace(state, adrift=False), []


def _given_up(escapes: int, rest: bytes, *, apart: bool) -> list[Token]:
    """ESC once or more, and what has begun behind it; ``apart``: it came in another read."""
    if len(rest) > 1:
        return [*[_ESCAPE] * (escapes - 1), Unknown(b"\x1b" + rest)]
    if not rest:
        return [_ESCAPE] * escapes
    letter = rest.decode()
    if apart:
        return [*[_ESCAPE] * escapes, TypedText(letter, rest)]
    return [*[_ESCAPE] * (escapes - 1), alt(letter, b"\x1b" + rest)]


_ESCAPE = TypedText("\x1b", b"\x1b")
_TAKEN_BACK = Key("", b"", takes_back=True)


# ---- what is no paste


def _lexed(state: Lexer, data: bytes) -> Step:
    if state.paste is not None:
        return _in_paste(state, data), []
    buffer, split, at = state.rest + data, state.split, 0
    state = replace(state, rest=b"", split=0)
    tokens: list[Token] = []
    while at < len(buffer):
        length, found, state = _next(state, buffer, at, split - at)
        if not length:
            break
        tokens += found
        at += length
        if state.paste is not None:
            return _in_paste(state, buffer[at:]), tokens
    return replace(state, rest=buffer[at:], split=max(split - at, 0), apart=state.apart and at == 0), tokens


def _next(state: Lexer, buffer: bytes, at: int, split: int) -> tuple[int, list[Token], Lexer]:
    """The tokens that begin at a place and their bytes; none where more must come first.

    So many bytes from there as ``split`` says came in reads before.
    """
    if state.skipping:
        return _skipped(state, buffer, at)
    if buffer[at] == 0x1B:
        return _escape(state, buffer, at, split)
    if buffer[at] < 0x20 or buffer[at] == 0x7F:
        return 1, [TypedText(chr(buffer[at]), buffer[at : at + 1])], state
    return (*_run(buffer, at, split, ascii_only=state.ascii_only), state)


def _run(buffer: bytes, at: int, split: int, *, ascii_only: bool) -> tuple[int, list[Token]]:
    """Text up to the next control character. Where it is not UTF-8 all of it is refused: its letters may be halves."""
    match = _RUN.match(buffer, at)
    assert match is not None
    run = match[0]
    half = _half_character(run) if match.end() == len(buffer) and not ascii_only else 0
    try:
        text = run[: len(run) - half].decode("ascii" if ascii_only else "utf-8")
    except UnicodeDecodeError:
        refused = run[:split] if split > 0 else run
        return len(refused), [Undecodable(refused)]
    return len(run) - half, [TypedText(character, character.encode()) for character in text]


def _escape(state: Lexer, buffer: bytes, at: int, split: int) -> tuple[int, list[Token], Lexer]:
    match = _SEQUENCE.match(buffer, at)
    if match is not None and not _letter_after_all(buffer, at, split):
        return len(match[0]), *_sequence(state, match[0])
    if match is None and buffer[at + 1 : at + 2] == b"\x1b":
        match = _SEQUENCE.match(buffer, at + 1)
        if match is not None:
            return _escape_and_sequence(state, match[0], apart=state.apart and split == 1)
    if _BEGUN.fullmatch(buffer, at) and not _letter_after_all(buffer, at, split):
        return _begun(state, buffer, at)
    return _no_sequence(state, buffer, at, split)


def _letter_after_all(buffer: bytes, at: int, split: int) -> bool:
    """Is the letter of ``ESC ]`` or its like, which came some time ago, no begin of an answer?"""
    waited = split == 2 and len(buffer) - at > 2 and _STRING.match(buffer, at) is not None
    return waited and not _ANSWER_GOES_ON.match(buffer, at)


def _sequence(state: Lexer, raw: bytes) -> tuple[list[Token], Lexer]:
    if raw == PASTE_START:
        return [Answer("", raw)], replace(
            state, paste=(), ended=False, told=False, marks=True, adrift=False, apart=False
        )
    if raw == PASTE_END:
        state = replace(state, adrift=False)
        return [Answer(raw.decode(), raw)], state
    if raw.startswith(b"\x1b[M"):
        return [Answer("", raw)], state
    if len(raw) > _LONGEST_KEY and raw[1:2] in (b"[", b"O"):
        return [Unknown(raw)], state
    return list(meaning(raw)), state


def _escape_and_sequence(state: Lexer, raw: bytes, *, apart: bool) -> tuple[int, list[Token], Lexer]:
    """ESC before a whole sequence: Alt with its key, if they came together."""
    key = meaning(raw)[0]
    if apart or not isinstance(key, Key) or key.name not in _MOVING:
        return 1, [_ESCAPE], state
    return len(raw) + 1, [Key(f"alt+{key.name}", b"\x1b" + raw, after_escape=True)], state


def _begun(state: Lexer, buffer: bytes, at: int) -> tuple[int, list[Token], Lexer]:
    """A sequence that is not whole waits for its rest, unless it is too long for any."""
    if len(buffer) - at <= _LONGEST_ANSWER:
        return 0, [], state
    kind = b"]" if _STRING.match(buffer, at) else b"["
    return len(buffer) - at, [Unknown(buffer[at:])], replace(state, skipping=kind)


def _no_sequence(state: Lexer, buffer: bytes, at: int, split: int) -> tuple[int, list[Token], Lexer]:
    """ESC before something else."""
    following = buffer[at + 1 : at + 2]
    if state.apart and split > 0:
        return 1, [_ESCAPE], state
    fragment = _FRAGMENT.match(buffer, at)
    if fragment is not None and len(fragment[0]) > 2 and not _letter_after_all(buffer, at, split):
        return len(fragment[0]), [Unknown(fragment[0])], state
    if following == b"\t" and state.escape_tab:
        return 2, [Key("shift+tab", b"\x1b\t")], state
    if b" " <= following <= b"\x7f":
        return 2, [alt(following.decode(), b"\x1b" + following)], state
    return 1, [_ESCAPE], state


def _skipped(state: Lexer, buffer: bytes, at: int) -> tuple[int, list[Token], Lexer]:
    match = _SKIPPED[state.skipping].match(buffer, at)
    assert match is not None
    if match["end"] is None and match.end() < len(buffer) and buffer[match.end()] == 0x1B:
        return 0, [], state  # the begin of its end, or of a key
    after = state if match["end"] is None else replace(state, skipping=b"")
    return len(match[0]), [Unknown(match[0])], after


def _rest_of_escape(state: Lexer) -> Step:
    """What came behind an ESC that time gave up: the rest of its sequence takes the Esc back."""
    raw, after = b"\x1b" + state.held, replace(state, held=b"", escaped=False, split=0)
    if raw.startswith(PASTE_START) and not state.adrift:
        back = _TAKEN_BACK._replace(raw=PASTE_START[1:])
        after, tokens = _lexed(replace(after, paste=(), marks=True), raw[len(PASTE_START) :])
        return after, [back, *tokens]
    if raw == PASTE_END:
        return replace(after, adrift=False), [Answer("", state.held)]
    if _ANSWER_BEGUN.match(raw):  # is never text, also where more of it is to come
        after, tokens = _lexed(replace(after, skipping=b"]"), state.held)
        return after, [_TAKEN_BACK, *tokens]
    two_keys = state.split == 1 and len(state.held) == 2
    found = meaning(raw) if _SEQUENCE.fullmatch(raw) and not two_keys else ()
    if found and isinstance(found[0], Key):
        return after, [found[0]._replace(raw=state.held, takes_back=True)]
    if found and not isinstance(found[0], Unknown) and state.held[:1] == b"[":
        return after, [_TAKEN_BACK, found[0]._replace(raw=state.held), *found[1:]]
    return _lexed(after, state.held)


# ---- pastes


def _in_paste(state: Lexer, data: bytes) -> Lexer:
    if not data:
        return state
    pieces = state.paste or ()
    if pieces and len(pieces[-1]) < len(PASTE_END):  # so that a mark in many pieces is found
        pieces, data = pieces[:-1], pieces[-1] + data
    tail = pieces[-1][-len(PASTE_END) :] if pieces else b""
    ended = state.ended or PASTE_END in tail + data
    return replace(state, paste=(*pieces, data), ended=ended, told=False)


def _paste_goes_on(state: Lexer) -> Step:
    """Something came after it was said that a paste stands still: one key alone that ends it, or more of it."""
    held, after = state.held, replace(state, held=b"", told=False)
    if held not in _ENDS_A_PASTE:
        return _lexed(after, held)
    whole = b"".join(state.paste or ())
    text = _text(whole, ascii_only=state.ascii_only)
    raw = whole + held
    ended = replace(after, paste=None, adrift=True, escaped=held == b"\x1b")
    return ended, [Undecodable(raw) if text is None else Unfinished(text, raw)]


def _pasted(state: Lexer) -> Step:
    """The paste that has ended, and what came behind it."""
    whole = b"".join(state.paste or ())
    first = whole.find(PASTE_END)
    following = whole.find(PASTE_START, first)
    last = whole.rfind(PASTE_END, first, following if following >= 0 else len(whole))
    end = last + len(PASTE_END)
    text, raw = _text(whole[:last], ascii_only=state.ascii_only), whole[:end]
    after, tokens = _lexed(replace(state, paste=None, ended=False, told=False), whole[end:])
    return after, [Undecodable(raw) if text is None else Pasted(text, raw), *tokens]


def _text(data: bytes, *, ascii_only: bool) -> str | None:
    """What was pasted; ``None`` where it is not UTF-8."""
    try:
        text = data.replace(PASTE_START, b"").replace(PASTE_END, b"").decode("ascii" if ascii_only else "utf-8")
        return lines(text)
    except UnicodeDecodeError:
        return None


def _half_character(data: bytes) -> int:
    """Number of bytes at the end that begin a character of UTF-8 and do not finish it."""
    for back in range(1, min(4, len(data) + 1)):
        byte = data[-back]
        if byte & 0xC0 == 0x80:
            continue
        needed = 2 if 0xC2 <= byte <= 0xDF else 3 if 0xE0 <= byte <= 0xEF else 4 if 0xF0 <= byte <= 0xF4 else 1
        return back if needed > back else 0
    return 0
