"""The shadow screen against a terminal: whatever happened, the terminal shows what a full repaint would show."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyte.screens import Char

from perftui.tui.terminal.shadow import Shadow, erases_in_colour, scrolls_regions
from tests.pty.emulator import Emulator

STYLES = ["", "1", "38;5;253;48;5;233", "38;5;200;48;5;233", "48;5;233", "4;38;2;1;2;3", "7", "31;44", "3;9;48;2;9;9;9"]
PLAIN_TEXTS = ["a", "xyz", "  ", "项目", "，", "“≥—×", "│", "      ", "ｗ", "培训人次数", "12.50"]
ODD_TEXTS = ["e\u0301", "👍", "👨\u200d👩\u200d👧", "❤\ufe0f", "☕", "🇨🇳", "\u0301", "\u200b"]


def frame(y: int, x: int, parts: list[tuple[str, str]]) -> str:
    """A frame as Textual writes it."""
    drawn = "".join(f"\x1b[{style}m{text}\x1b[0m" if style else text for text, style in parts)
    return f"\x1b[{y + 1};{x + 1}H{drawn}\n\x1b[1;1H"


def seen(cell: Char) -> tuple[object, ...]:
    """What a person sees of a cell."""
    marks = (cell.underscore, cell.strikethrough, cell.reverse)
    if cell.data == " ":
        return (" ", cell.bg, *marks, cell.fg if any(marks) else "")
    return (cell.data, cell.bg, *marks, cell.fg, cell.bold, cell.italics)


def shown(emulator: Emulator) -> list[list[tuple[object, ...]]]:
    return [[seen(cell) for cell in row] for row in emulator.cells()]


def blank_screen(cols: int, rows: int) -> str:
    return "".join(frame(y, 0, [(" " * cols, "48;5;233")]) for y in range(rows))


@dataclass
class Watched:
    """A shadow, the terminal it writes to, and all frames that make its present screen."""

    cols: int
    rows: int
    scroll: bool = True
    colour_erase: bool = True
    frames: list[str] = field(default_factory=list)
    lines: list[list[tuple[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.shadow = Shadow(self.cols, self.rows, scroll=self.scroll, colour_erase=self.colour_erase)
        self.terminal = Emulator(self.cols, self.rows)
        self.terminal.feed(b"\x1b[?7l")
        self.read(blank_screen(self.cols, self.rows))

    def read(self, data: str) -> None:
        self.frames.append(data)
        assert self.shadow.read(data)

    def render(self) -> str:
        written = self.shadow.render()
        self.terminal.feed(written.encode())
        return written

    def full_repaint(self) -> Emulator:
        fresh = Shadow(self.cols, self.rows, colour_erase=False, scroll=False)
        for data in self.frames:
            assert fresh.read(data)
        emulator = Emulator(self.cols, self.rows)
        emulator.feed(b"\x1b[?7l" + fresh.render().encode())
        return emulator

    def check(self) -> None:
        self.render()
        assert shown(self.terminal) == shown(self.full_repaint())
        assert self.terminal.cursor == self.full_repaint().cursor
        assert self.shadow.render() == ""


def parts(texts: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.lists(st.tuples(st.sampled_from(texts), st.sampled_from(STYLES)), min_size=1, max_size=6)


def steps(texts: list[str]) -> st.SearchStrategy[list[tuple[str, tuple[int, int, list[tuple[str, str]]]]]]:
    kinds = st.sampled_from(
        ["paint", "paint", "paint", "list", "scroll", "render", "render", "storm", "unread", "grow"]
    )
    return st.lists(st.tuples(kinds, st.tuples(st.integers(0, 5), st.integers(0, 15), parts(texts))), max_size=25)


def play(watched: Watched, plan: list[tuple[str, tuple[int, int, list[tuple[str, str]]]]]) -> None:
    for kind, (y, x, drawn) in plan:
        if kind == "paint":
            watched.read(frame(min(y, watched.rows - 1), min(x, watched.cols - 1), drawn))
        elif kind == "list":  # a list in the upper rows
            watched.lines = [[(f"{number:<3}", "1"), *drawn, (" " * 16, "")] for number in range(watched.rows - 1)]
            watched.read("".join(frame(row, 0, line) for row, line in enumerate(watched.lines)))
        elif kind == "scroll":
            count = x % 5 - 2
            watched.lines = watched.lines[count:] + watched.lines[:count]
            if watched.lines:
                lines = watched.lines[: watched.rows]
                watched.read("".join(frame(row, 0, line) for row, line in enumerate(lines)))
        elif kind == "render":
            watched.render()
        elif kind == "storm":  # the window is changed and changed back
            watched.terminal.resize(max(2, watched.cols + x - 8), max(2, watched.rows + y - 3))
            watched.terminal.resize(watched.cols, watched.rows)
            watched.shadow.invalidate()
        elif kind == "unread":
            watched.terminal.feed(watched.render().encode() + b"\x1b[2;2H\x1b[7mforeign\x1b[0m")
            watched.shadow.forget()
            watched.read(blank_screen(watched.cols, watched.rows))
        else:
            watched.cols, watched.rows = watched.cols + y - 2, max(3, watched.rows + x % 3 - 1)
            watched.terminal.resize(watched.cols, watched.rows)
            watched.shadow.resize(watched.cols, watched.rows)
            watched.lines = []
            watched.frames.clear()
            watched.read(blank_screen(watched.cols, watched.rows))


@pytest.mark.parametrize(("scroll", "colour_erase"), [(True, True), (False, False), (True, False)])
@given(plan=steps(PLAIN_TEXTS))
@settings(max_examples=80, deadline=None)
def test_the_terminal_shows_what_a_full_repaint_shows(plan, scroll, colour_erase):
    watched = Watched(16, 6, scroll=scroll, colour_erase=colour_erase)
    play(watched, plan)
    watched.check()


@given(plan=steps(PLAIN_TEXTS + ODD_TEXTS))
@settings(max_examples=150, deadline=None)
def test_the_same_with_characters_of_doubtful_width(plan):
    watched = Watched(16, 6)
    play(watched, plan)
    watched.check()


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 19), parts(PLAIN_TEXTS)), max_size=20))
@settings(max_examples=100, deadline=None)
def test_ordinary_text_looks_as_if_the_frames_had_been_written_unchanged(painted):
    direct = Emulator(20, 6)
    direct.feed(b"\x1b[?7l")
    watched = Watched(20, 6)
    direct.feed(blank_screen(20, 6).replace("\n", "").encode())
    for y, x, drawn in painted:
        text = "".join(part for part, _ in drawn)
        data = frame(y, x, drawn if x + 2 * len(text) <= 20 else [("!", "")])
        watched.read(data)
        direct.feed(data.replace("\n", "").encode())
    watched.render()
    assert shown(watched.terminal) == shown(direct)


def listing(first: int, rows: int = 20) -> str:
    return "".join(
        frame(
            y, 0, [(f"{first + y:<4}名称{(first + y) * 7919 % 10007:<6}", "38;5;253;48;5;233"), (" " * 40, "48;5;233")]
        )
        for y in range(rows)
    )


def rendered_after(before: list[str], after: list[str], **options: bool) -> str:
    shadow = Shadow(80, 24, **options)
    for data in before:
        assert shadow.read(data)
    shadow.render()
    for data in after:
        assert shadow.read(data)
    return shadow.render()


def test_a_typed_character_at_the_cursor_is_one_character():
    typed = "\x1b[3;1H\x1b[1m金额 1\x1b[0m\x1b[3;7H"
    assert rendered_after([blank_screen(80, 24), "\x1b[3;1H\x1b[1m金额 \x1b[0m\x1b[3;6H"], [typed]) == "1"


def test_nothing_changed_is_nothing_sent():
    screen = blank_screen(80, 24) + listing(0)
    assert rendered_after([screen], [screen, listing(0)]) == ""


def test_a_moved_cursor_is_a_cursor_movement():
    assert rendered_after([blank_screen(80, 24)], ["\x1b[1;2H"]) == "\x1b[C"


def test_a_list_scrolled_by_one_line_sends_the_new_line_only():
    scrolled = rendered_after([blank_screen(80, 24), listing(0)], [listing(1)])
    assert "\x1b[1S" in scrolled
    assert len(scrolled.encode()) < 110


def marked(first: int, at: int) -> str:
    """A list with the line at hand marked at its edge."""
    return listing(first) + frame(at, 3, [(" ", "7")]) + f"\x1b[{at + 1};5H"


def test_the_line_that_the_cursor_left_scrolls_along():
    for first, after, at in ((5, 6, 19), (5, 4, 0)):
        shadow, terminal = Shadow(80, 24), Emulator(80, 24)
        for data in (blank_screen(80, 24), marked(first, at), marked(after, at)):
            assert shadow.read(data)
            written = shadow.render()
            terminal.feed(written.encode())
        assert "名称" in written
        assert written.count("名称") == 1  # of the line that came in
        assert terminal.lines()[at].startswith(str(after + at))
        assert terminal.cursor == (4, at)


def test_the_row_of_the_cursor_comes_last_where_that_is_shorter():
    before = [blank_screen(80, 24), frame(2, 0, [("名称", "")]) + frame(20, 0, [("名称", "")]) + "\x1b[3;5H"]
    typed = frame(20, 0, [("名称一", "")]) + frame(2, 0, [("名称一", "")]) + "\x1b[3;7H"
    assert rendered_after(before, [typed]) == "\x1b[18B一\x1b[3;5H一"


def test_a_terminal_without_region_scrolling_is_not_asked_to_scroll():
    scrolled = rendered_after([blank_screen(80, 24), listing(0)], [listing(1)], scroll=False)
    assert "S" not in scrolled


def test_a_terminal_that_erases_without_colour_gets_coloured_blanks():
    painted = rendered_after([blank_screen(80, 24)], [frame(3, 0, [(" " * 80, "44")])], colour_erase=False)
    assert "\x1b[K" not in painted
    assert painted.count(" ") == 80


@pytest.mark.parametrize(
    "data",
    ["\x1b]8;;http://x\x1b\\", "a\x07b", "\x1b[2J", "\x1b[1;1Ha\x1b", "\x1b[99mx", "\x1b[25;1Hx", "\x9b", "\udc80"],
)
def test_what_cannot_be_read_changes_nothing(data):
    shadow = Shadow(80, 24)
    assert shadow.read(blank_screen(80, 24))
    shadow.render()
    assert not shadow.read(data)
    assert shadow.render() == ""


def test_a_row_of_doubtful_width_keeps_its_columns_on_a_terminal_with_wide_ambiguous_characters():
    shadow = Shadow(20, 3)
    shadow.set_ambiguous(2)
    terminal = Emulator(20, 3, ambiguous=2)
    terminal.feed(b"\x1b[?7l")
    assert shadow.read(blank_screen(20, 3) + frame(1, 0, [("≥ 5│项目│", "")]))
    terminal.feed(shadow.render().encode())
    assert [terminal.cells()[1][x].data for x in (2, 4, 6)] == ["5", "项", "目"]


def test_what_was_painted_before_the_start_is_not_painted_again():
    painted = "\x1b[48;5;233m\x1b[2J\x1b[1;1H\x1b[48;5;233m项目\x1b[3;4H\x1b[1m资金"
    shadow = Shadow(20, 3)
    assert shadow.assume(painted)
    text = frame(0, 0, [("项目", "48;5;233")]) + frame(2, 3, [("资金", "48;5;233;1")])
    assert shadow.read(blank_screen(20, 3) + text)
    assert shadow.render() == "\x1b[?25l\x1b[H"


@pytest.mark.parametrize("painted", ["\x1b[1;1Hx", "\x1b[99m\x1b[2Jx", "\x1b[2J\x1b[?25h", "\x1b[2J\x1b[9;1Hx"])
def test_a_painting_that_is_not_understood_is_painted_over(painted):
    shadow = Shadow(20, 3)
    assert not shadow.assume(painted)
    assert shadow.read(blank_screen(20, 3))
    assert "\x1b[2J" in shadow.render()


def test_terms():
    assert erases_in_colour("xterm-256color")
    assert not erases_in_colour("screen-256color")
    assert not erases_in_colour("tmux-256color")
    assert scrolls_regions("tmux-256color")
    assert not scrolls_regions("linux")
    assert not scrolls_regions("")
