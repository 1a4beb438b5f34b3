"""The driver in a real pseudo terminal: bytes, cursor, keyboard, window."""

import random
import re
import select
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pty.terminal import Terminal

FORM = Path(__file__).parent / "apps" / "form.py"


class Form(Terminal):
    """The test form, and the log that it keeps."""

    def __init__(self, folder: Path, *, env: dict[str, str | None] | None = None, ready="字段3", **options) -> None:
        self.log = folder / "log"
        self.log.touch()
        if env and "FORM_TICK" in env:
            Path(str(env["FORM_TICK"])).touch()
        super().__init__([sys.executable, FORM], env={"FORM_LOG": str(self.log), **(env or {})}, **options)
        self.wait_for(ready)

    def logged(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def whole(self) -> list[str]:
        """The first screen, when the app has painted all of it."""
        self.wait_for(f"字段{self.rows}")
        self.wait_cursor(16, 0)
        return self.screen()

    def wait_logged(self, line: str) -> None:
        self.wait_until(lambda: line in self.logged())

    def keys(self) -> list[str]:
        return [line.split()[1] for line in self.logged() if line.startswith("key ")]


@pytest.fixture
def form(tmp_path) -> Iterator[Form]:
    with Form(tmp_path) as terminal:
        yield terminal


def counted(form: Form, *keys: str) -> list[int]:
    form.wait_idle(0.06)
    return [form.bytes_of(lambda key=key: form.press(key), quiet=0.06) for key in keys]


class TestBytes:
    """Counts, not times. The app's screens have their own; these hold the driver."""

    def test_first_paint(self, form):
        form.whole()
        form.wait_idle()
        assert len(form.output) <= 1500

    def test_first_paint_over_what_was_painted_before_the_start(self, tmp_path, form):
        with Form(tmp_path, env={"FORM_PAINTED": "1"}) as painted:
            painted.wait_screen(form.whole())
            painted.wait_idle()
            assert bytes(painted.output).count(b"\x1b[?1049h") == 1
            assert len(painted.output.partition(b"\x1b[?25l")[2]) < 150

    def test_typed_characters(self, form):
        assert statistics.median(counted(form, *"123456", *"项目支出")) <= 4

    def test_the_cursor_alone(self, form):
        assert max(counted(form, "tab", "down", "up", "shift+tab")) <= 8

    def test_scrolled_by_a_line(self, form):
        form.press(*["down"] * 23)
        form.wait_until(lambda: form.cursor == (16, 23))
        assert max(counted(form, "down", "down", "down")) <= 100
        form.wait_until(lambda: form.screen()[23].startswith("字段27"))

    def test_idle(self, form):
        form.wait_idle()
        assert form.bytes_of(lambda: None) == 0

    def test_synchronised_output_is_marked_when_there_is_much_of_it(self, tmp_path):
        with Form(tmp_path, sync=True) as form:
            assert counted(form, "a") == [1]
            before = len(form.output)
            form.resize(80, 25)
            form.wait_for("字段25")
            form.wait_idle()
            assert b"\x1b[?2026h" in form.output[before:]
            assert b"\x1b[?2026l" in form.output[before:]

    def test_the_keys_of_other_programs_are_set_to_plain_before_anything_is_painted(self, form):
        form.whole()
        before, _painted, _rest = bytes(form.output).partition("字段1 ".encode())
        assert before.index(b"\x1b[?1049h") < before.index(b"\x1b[=0u")
        assert b"\x1b[>4;0m\x1b[m" in before
        assert b"\x1b[?1;66;1004;9001l\x1b>" in before

    def test_no_key_mode_is_asked_for_and_nothing_taken_from_a_stack(self, form):
        form.whole()
        assert not re.search(rb"\x1b\[[<>][0-9;]*u|\x1b\[=[1-9]|\x1b\[>4;[1-9]|\x1b\[\?1004h", form.output)

    def test_the_mouse_is_the_terminals_unless_it_is_wanted(self, tmp_path, form):
        form.whole()
        assert not re.search(rb"\x1b\[\?100[0-6]h", form.output)
        assert b"\x1b[?1007h" in form.output
        with Form(tmp_path, env={"PERFTUI_MOUSE": "1"}) as wanted:
            wanted.whole()
            assert b"\x1b[?1000h\x1b[?1006h" in wanted.output
            assert not re.search(rb"\x1b\[\?100[23]h", wanted.output)


class TestScreen:
    def test_the_cursor_stands_where_text_goes_in(self, form):
        form.whole()
        form.press(*"a中b")
        form.wait_cursor(16 + 4, 0)
        form.press("down")
        form.wait_cursor(16, 1)

    def test_a_window_changed_and_changed_back_at_once_is_painted_anew(self, form):
        before = form.whole()
        form.resize(30, 10)
        form.resize(80, 24)
        form.wait_screen(before)

    def test_what_another_program_wrote_over_the_screen_goes_with_a_repaint(self, form):
        before = form.whole()
        form.emulator.feed(b"\x1b[31m\x1b[5;5Hmessage from root\x1b[?25l")
        form.press("ctrl+l")
        form.wait_until(lambda: form.screen() == before and form.cursor_visible)

    def test_a_new_size_is_taken(self, form):
        form.resize(120, 40)
        form.wait_for("字段40")
        form.resize(40, 12)
        form.wait_until(lambda: "字段12" in form.text() and "字段13" not in form.text())

    def test_a_storm_of_window_changes(self, form):
        for step in range(60):
            form.resize(20 + step * 7 % 100, 3 + step * 5 % 40)
        form.resize(80, 24)
        wanted = [f"字段{number}" for number in range(1, 25)]
        form.wait_until(lambda: [line.partition(" ")[0] for line in form.screen()] == wanted)
        form.press("x")
        form.wait_for("x")

    def test_a_terminal_that_answers_nothing(self, tmp_path):
        with Form(tmp_path, answers=False) as form:
            form.press("a")
            form.wait_for("a")
            form.press("ctrl+q")
            assert form.wait_exit() == 0

    def test_a_terminal_that_is_left_is_as_it_was(self, tmp_path):
        with Terminal(["sh", "-c", f"echo before; {sys.executable} {FORM}; echo after; read line"]) as terminal:
            terminal.wait_for("before")
            settings = terminal.attributes()
            terminal.wait_for("字段3")
            terminal.wait_until(lambda: terminal.attributes() != settings)
            terminal.press("ctrl+q")
            terminal.wait_for("after")
            assert terminal.screen()[:2] == ["before", "after"]
            assert terminal.attributes() == settings
            assert terminal.cursor_visible
            terminal.send("\r")
            assert terminal.wait_exit() == 0


class TestProbe:
    def test_a_usual_terminal(self, form):
        form.wait_logged("probed True 1")
        assert form.keys() == []

    def test_wide_ambiguous_characters(self, tmp_path):
        with Form(tmp_path, ambiguous=2) as form:
            form.wait_logged("probed True 2")

    def test_another_encoding(self, tmp_path):
        with Form(tmp_path, encoding="gbk", ready="919") as form:
            form.wait_logged("probed False 1")


SEQUENCES = {
    "\x1bOP": "f1", "\x1b[11~": "f1", "\x1b[[A": "f1", "\x1b[20~": "f9", "\x1bOX": "f9", "\x1b[24~": "f12",
    "\x1b[H": "home", "\x1b[1~": "home", "\x1b[7~": "home", "\x1b[F": "end", "\x1b[4~": "end", "\x1b[8~": "end",
    "\x1b[2~": "insert", "\x1b[3~": "delete", "\x1b[7^": "ctrl+home", "\x1b[Z": "shift+tab",
}  # fmt: skip


class TestKeyboard:
    def test_the_keys_of_all_terminals(self, form):
        form.send("".join(SEQUENCES))
        form.wait_until(lambda: len(form.keys()) == len(SEQUENCES))
        assert form.keys() == list(SEQUENCES.values())

    def test_sequences_split_by_a_slow_line(self, form):
        form.send(b"\x1b")
        form.wait_idle(0.1)  # the line is slow, but not as slow as ESCDELAY
        form.send(b"[20~")
        form.wait_logged("key f9 None")
        assert form.keys() == ["f9"]

    def test_escape_alone(self, form):
        form.press("escape")
        form.wait_logged("key escape '\\x1b'")

    def test_bytes_that_are_not_utf8_do_not_end_the_app_and_are_not_typed(self, form):
        form.send("培训人次".encode("gbk"))
        form.wait_logged("not utf-8")
        form.send(b"\xff\xfe\x1b[M \xff\xff")
        form.press("a")
        form.wait_logged("key a 'a'")
        assert form.keys() == ["a"]
        assert form.logged().count("not utf-8") == 2

    def test_unknown_sequences_type_nothing(self, form):
        form.send("\x1b[99;99~\x1b[?1;2c\x1b]11;rgb:0/0/0\x07\x1b[1;99Xa")
        form.wait_logged("key a 'a'")
        assert form.keys() == ["a"]

    def test_noise_does_not_end_the_app_nor_the_keyboard(self, form):
        pieces = random.Random(7)
        commands = {0x11, 0x1A}  # the app's own: quit and suspend
        noise = bytes(byte for byte in pieces.randbytes(60_000) if byte not in commands)
        form.send(noise + b"\x1b[<" + b"9" * 5000 + b";1;1M" + b"\x1b[201~")
        form.wait_idle(0.3)
        form.press("f9")
        form.wait_logged("key f9 None")
        form.press("ctrl+q")
        assert form.wait_exit() == 0

    def test_a_paste_keeps_its_lines(self, form):
        form.paste("甲\t1\n乙\t2\n")
        form.wait_logged("paste '甲\\t1\\n乙\\t2\\n'")

    def test_a_paste_without_an_end_is_said_and_ends_by_esc_alone(self, form):
        form.send(b"\x1b[200~half")
        form.wait_logged("paste waits 4")
        form.send("a\r")
        form.wait_logged("paste waits 6")
        form.press("escape")
        form.wait_logged("stream 'halfa\\n'")
        form.send(b"rest\r\x1b[201~")
        form.wait_logged("stream 'rest\\n'")
        form.wait_idle(0.6)
        form.press("a")
        form.wait_logged("key a 'a'")
        assert form.keys() == ["a"]

    def test_lines_that_nobody_typed_are_a_stream(self, form):
        form.send("第一行\r第二行\r第三行\r")
        form.wait_logged("stream '第一行\\n第二行\\n第三行\\n'")
        assert form.keys() == []

    def test_an_esc_that_was_the_begin_of_a_key_is_taken_back(self, form):
        form.press("escape")
        form.wait_logged("key escape '\\x1b'")
        form.send(b"[D")
        form.wait_logged("key left None")
        assert form.logged()[-2:] == ["escape was none", "key left None"]

    def test_a_question_is_answered_by_a_key_alone_after_a_silence(self, form):
        form.press("f4")
        form.wait_logged("asked")
        form.send("a\r")
        form.wait_logged("stream 'a\\n'")
        form.wait_idle(0.6)
        form.press("enter")
        form.wait_logged("answered alone")

    def test_a_long_paste_arrives_whole(self, form):
        text = "\n".join(f"第{number}行" for number in range(3000))
        form.paste(text)
        form.wait_logged(f"paste {text!r}")


def wait_for_ticks(ticks: Path, count: int) -> None:
    """Wait, without reading the terminal, until the app's timer has ticked ``count`` times."""
    start, deadline = ticks.stat().st_size, time.monotonic() + 20
    while ticks.stat().st_size < start + count:
        assert time.monotonic() < deadline, "the event loop stands still"
        select.select([], [], [], 0.02)


def test_a_terminal_that_does_not_read_freezes_nothing(tmp_path):
    """The app's timer goes on while all is repainted 50 times a second, and what is shown afterwards is new."""
    ticks = tmp_path / "ticks"
    with Form(tmp_path, env={"FORM_TICK": str(ticks)}, ready="字段") as form:
        wait_for_ticks(ticks, 150)  # some 250 KB of changes
        before = len(form.output)
        form.press("ctrl+q")
        assert form.wait_exit() == 0
        assert len(form.output) - before < 80_000
