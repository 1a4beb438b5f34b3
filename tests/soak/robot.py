"""A clerk who never tires: types, pastes, moves and undoes on every screen of the real program in a pty."""

import random
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.pty.terminal import Terminal, TerminalError
from tests.soak.place import python, surroundings

READY = "F6换屏"
"""Is on the screen once the document is."""
SAVED = "所有改动都已写好"
"""What Ctrl+S says when everything is on the disk."""
FILTER = "筛选："

_UNIQUE = 6
"""Characters at the end of a text that tell it from all others; a narrow cell shows no more of it."""
_numbers = count(1)
_WORDS = ("街道", "补助", "社区", "培训", "及时率", "人员", "发放", "保障")


@dataclass
class Typed:
    """A text that was being typed, as far as it was seen on the screen."""

    text: str
    seen: list[tuple[float, str]] = field(default_factory=list)
    """When how much of it was there."""


class Robot:
    """Works on a document until it is told to stop or the program is gone."""

    def __init__(self, data: Path, home: Path, rng: random.Random) -> None:
        self.rng = rng
        self.terminal = Terminal(python("-m", "perftui", str(data)), cols=100, rows=30, env=surroundings(home))
        self.acknowledged: list[str] = []
        """Texts of cells that were said to be saved."""
        self.typed: Typed | None = None
        self.pane = 0
        self.diary: list[str] = []
        """What was done, and the screen at each acknowledgement: to be told with a failure."""

    def begin(self) -> None:
        """Wait for the first screen, give up what was half typed, and go to a screen by chance."""
        self.terminal.wait_for(READY)
        for _again in range(4):  # out of a half-typed cell, out of a filter, out of a screen
            self.terminal.press("escape")
            self.terminal.wait_idle(0.03)
        self.terminal.wait_for("项目编码")
        self.pane = 0
        if self.rng.random() < 0.5:
            self.terminal.press(*["down"] * self.rng.randrange(3), "enter")
        else:
            self.pane = self.rng.randrange(1, 5)
            self.terminal.press(*["f6"] * self.pane)
        self.terminal.press(*["tab"] * self.rng.randrange(1, 12))
        self.terminal.wait_idle(0.03)

    def work(self, seconds: float) -> None:
        """Do one thing after another for so many seconds, or until the program is gone."""
        end = time.monotonic() + seconds
        try:
            self.begin()
            while time.monotonic() < end and not self.terminal.eof:
                self.step()
        except TerminalError:
            if not self.terminal.eof and self.terminal.status is None and _is_alive(self.terminal.pid):
                raise

    def step(self) -> None:
        """One thing that a clerk does."""
        deeds = (self._type, self._type, self._type, self._move, self._paste, self._undo, self._block, self._row)
        deed = self.rng.choices(deeds, (30, 30, 30, 20, 10, 8, 6, 6))[0]
        self.diary.append(deed.__name__)
        deed()

    def token(self) -> str:
        """A text that was never typed before and is not on the screen; in the screens of figures, a figure."""
        screen = self.terminal.text()
        return next(text for text in iter(self._any_token, None) if text[-_UNIQUE:] not in screen)

    def _any_token(self) -> str:
        number = int(time.time() * 1000) % 10**6 * 1000 + next(_numbers) % 1000
        if self.pane == 1 and self.rng.random() < 0.8:
            return f"{number}.{self.rng.randrange(11, 99)}"
        if self.pane == 2:
            return f"{self.rng.randrange(10, 99)}.{self.rng.randrange(1, 9)}{self.rng.randrange(1, 9)}"
        return f"{self.rng.choice(_WORDS)}{number}"

    def _type(self) -> None:
        text = self.token()
        self.typed = Typed(text)
        for end in range(1, len(text) + 1):
            self.terminal.send(text[end - 1])
            looked = end == len(text) or (end > _UNIQUE and self.rng.random() < 0.5)
            if looked and not self._see(text[:end]):
                return
        if self.rng.random() < 0.15:  # a thought in the middle of a cell
            time.sleep(self.rng.random() * 2)
        self._leave(text, self.rng.choice(("enter", "tab", "down")))

    def _see(self, text: str) -> bool:
        """Wait until what was typed is there; where it is not taken (a list, a figure), go somewhere else."""
        try:
            self.terminal.wait_for(text[-_UNIQUE:], limit=3 if self.typed and not self.typed.seen else 10)
        except TerminalError:
            if self.terminal.eof or not _is_alive(self.terminal.pid):
                raise
            self.typed = None
            self.terminal.press("escape", "tab")
            return False
        if self._in_list():
            self.begin()
            return False
        if self.typed:
            self.typed.seen.append((time.monotonic(), text))
        return True

    def _in_list(self) -> bool:
        """Whether what was typed went into the filter of a list: nothing is entered there."""
        filtering = FILTER in self.terminal.text()
        if filtering:
            self.typed = None
        return filtering

    def _leave(self, text: str, key: str) -> None:
        """Commit the cell, and in some cases ask whether it is saved."""
        self.diary.append(f"{text} {key}\n{self.terminal.text()}")
        self.terminal.press(key)
        if self.rng.random() < 0.6 and SAVED not in self.terminal.text():
            self.terminal.press("ctrl+s")
            try:
                self.terminal.wait_for(SAVED, limit=3)
                if self._in_list():
                    return
                self.acknowledged.append(text)
                self.diary.append(f"{text} acknowledged, screen {self.pane}\n{self.terminal.text()}")
            except TerminalError:
                if self.terminal.eof or not _is_alive(self.terminal.pid):
                    raise
                self.terminal.press("escape")  # it was refused
        else:
            self.terminal.press("escape") if self.rng.random() < 0.2 else None
        self.typed = None

    def _paste(self) -> None:
        text = ("每月按时发放" if self.pane not in (1, 2) else "") + self.token()
        self.typed = Typed(text)
        self.terminal.paste(text)
        if self._see(text):
            self._leave(text, "enter")

    def _block(self) -> None:
        self.terminal.paste("\n".join(f"{self.token()}\t{self.token()}" for _line in range(2)))
        self.terminal.wait_idle(0.05, 0.5)
        self.terminal.press("enter")  # where it asks
        self.terminal.wait_idle(0.05, 0.5)
        self.begin()

    def _row(self) -> None:
        self.terminal.press(self.rng.choice(("insert", "ctrl+k", "alt+up", "alt+down", "ctrl+d")))
        self.terminal.wait_idle(0.05, 0.5)
        self.begin()

    def _undo(self) -> None:
        del self.acknowledged[-3:]  # what is taken back, and something typed after it, is in no history
        self.terminal.press(*self.rng.choice((("ctrl+z",), ("ctrl+z", "ctrl+z"), ("ctrl+z", "ctrl+y"))))

    def _move(self) -> None:
        keys = ("up", "down", "left", "right", "tab", "shift+tab", "pagedown", "end")
        self.terminal.press(*(self.rng.choice(keys) for _key in range(self.rng.randrange(1, 4))))
        self.terminal.wait_idle(0.02, 0.2)


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
