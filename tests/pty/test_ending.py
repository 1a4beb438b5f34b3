"""However the program ends, it ends soon, and the terminal is usable afterwards."""

import os
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pty.terminal import Terminal, session_of
from tests.pty.test_driver import FORM, Form, wait_for_ticks


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_signals_end_the_program_in_order(tmp_path, number):
    with Form(tmp_path) as form:
        form.wait_until(lambda: any(line.startswith("probed") for line in form.logged()))
        form.kill(number)
        assert form.wait_exit(5) == 128 + number
        assert form.logged()[-2:] == ["hang-up", "end"]
        assert not form.in_alternate_screen
        assert session_of(form.pid) == []


@pytest.mark.parametrize("line_dropped", [False, True])
def test_a_program_that_hangs_is_ended(tmp_path, line_dropped):
    with Form(tmp_path) as form:
        form.press("f3")
        form.wait_logged("blocked")
        if line_dropped:
            form.hangup()
        else:
            form.kill(signal.SIGTERM)
        assert form.wait_exit(5) == 128 + (signal.SIGHUP if line_dropped else signal.SIGTERM)
        assert form.logged()[-2:] == ["blocked", "hang-up"]
        if not line_dropped:  # the guard did it
            form.wait_until(lambda: not form.in_alternate_screen and form.attributes()[3] & termios.ISIG)


@pytest.mark.parametrize("busy", [False, True])
def test_a_dropped_line_ends_the_program(tmp_path, busy):
    env = {"FORM_TICK": str(tmp_path / "ticks")} if busy else {}
    with Form(tmp_path, env=env) as form:
        form.hangup()
        assert form.wait_exit(5) == 128 + signal.SIGHUP
        assert "hang-up" in form.logged()
        assert session_of(form.pid) == []


def test_a_dropped_line_is_noticed_without_the_signal(tmp_path):
    """As under nohup, where SIGHUP is ignored by the parent: here the signal is blocked before the start."""
    blocked = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP]);"
    program = blocked + f"os.execv(sys.executable, [sys.executable, {str(FORM)!r}])"
    log = tmp_path / "log"
    log.touch()
    with Terminal([sys.executable, "-c", program], env={"FORM_LOG": str(log)}) as terminal:
        terminal.wait_for("字段3")
        terminal.hangup()
        assert terminal.wait_exit(5) == 128 + signal.SIGHUP
        assert log.read_text().splitlines()[-2:] == ["hang-up", "end"]


def test_a_closed_keyboard_ends_the_program():
    with Terminal(["sh", "-c", f"exec {sys.executable} {FORM} </dev/null"]) as terminal:
        assert terminal.wait_exit(5) == 128 + signal.SIGHUP


def test_signals_end_the_program_while_the_terminal_does_not_read(tmp_path):
    ticks = tmp_path / "ticks"
    with Form(tmp_path, env={"FORM_TICK": str(ticks)}) as form:
        wait_for_ticks(ticks, 150)
        form.kill(signal.SIGTERM)
        started = time.monotonic()
        form.status = os.waitstatus_to_exitcode(os.waitpid(form.pid, 0)[1])  # nothing is read meanwhile
        assert time.monotonic() - started < 5
        assert form.status == 128 + signal.SIGTERM
        assert "hang-up" in form.logged()


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])


class Shell(Terminal):
    """An interactive shell with the form as its job."""

    def __init__(self, folder: Path, shell: str) -> None:
        self.log = folder / "log"
        self.log.touch()
        argv = [shell, "--norc", "--noprofile", "-i"] if shell == "bash" else [shell, "-i"]
        super().__init__(argv, env={"FORM_LOG": str(self.log), "PS1": "ready> ", "ENV": None, "HISTFILE": None})
        self.wait_for("ready>")
        self.send(f"{sys.executable} {FORM}\r")
        self.wait_for("字段3")

    def job(self) -> int:
        """The process of the form."""
        (found,) = [pid for pid in session_of(self.pid) if parent_of(pid) == self.pid]  # the guard is its child
        return found

    def wait_prompt(self) -> None:
        """Wait until the shell has the terminal and asks for a command."""
        self.wait_until(lambda: not self.in_alternate_screen and self.cursor_visible and self._is_asked())

    def _is_asked(self) -> bool:
        x, y = self.cursor
        return x == len("ready> ") and self.screen()[y].rstrip() == "ready>"

    def check_usable(self) -> None:
        """Echo, line editing and the ordinary screen are there, no mode is left on, and nobody is left."""
        self.wait_until(lambda: session_of(self.pid) == [self.pid])
        # The shell may have asked before the guard left the other screen, which took its prompt along.
        self.wait_until(lambda: not self.in_alternate_screen and self.cursor_visible)
        self.send("clear; echo usa''ble\r")
        self.wait_for("usable")
        self.wait_prompt()
        self.send(f"stty -a > '{self.log}.stty'; echo wri''tten\r")
        self.wait_for("written")
        settings = Path(f"{self.log}.stty").read_text().replace(";", " ").split()
        assert {"isig", "icanon", "echo", "icrnl", "ixon", "iexten"} <= set(settings)
        assert b"\x1b[?2004l" in self.output


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_kill_9_leaves_a_usable_terminal(tmp_path, shell):
    with Shell(tmp_path, shell) as terminal:
        os.killpg(terminal.job(), signal.SIGKILL)  # as ``kill -9 %1`` does
        terminal.check_usable()


@pytest.mark.parametrize("path", [os.environ["PATH"], "/nowhere"], ids=["shell", "without stty"])
def test_a_program_killed_before_its_guard_has_run_leaves_a_usable_terminal(path):
    env = {"PYTHONPATH": str(ROOT), "PATH": path}
    with Terminal([sys.executable, str(FORM.with_name("dying.py"))], cwd=ROOT, env=env) as terminal:
        terminal.wait_until(lambda: b"here" in terminal.output)
        terminal.wait_until(lambda: not terminal.in_alternate_screen and terminal.attributes()[3] & termios.ISIG)


@pytest.mark.parametrize("shell", ["bash", "sh"])
def test_ctrl_z_and_fg(tmp_path, shell):
    with Shell(tmp_path, shell) as terminal:
        for round_number in range(3):
            terminal.press("ctrl+z")
            terminal.wait_prompt()
            terminal.send("clear; echo sto''pped\r")
            terminal.wait_for("stopped")
            terminal.send("fg\r")
            terminal.wait_for("字段3")
            terminal.press(str(round_number))
            terminal.wait_for("012"[: round_number + 1])
        keys = [line for line in terminal.log.read_text().splitlines() if line.startswith("key")]
        assert keys == [f"key {number} '{number}'" for number in range(3)]
        terminal.press("ctrl+q")
        terminal.check_usable()


@pytest.mark.parametrize("stopped", [False, True])
def test_nobody_stays_when_the_line_of_a_shell_is_dropped(tmp_path, stopped):
    with Shell(tmp_path, "bash") as terminal:
        if stopped:
            terminal.press("ctrl+z")
            terminal.wait_prompt()
            terminal.send("clear; echo sto''pped\r")
            terminal.wait_for("stopped")
        terminal.hangup()
        terminal.wait_exit(5)
        terminal.wait_until(lambda: session_of(terminal.pid) == [], limit=5)
        assert "hang-up" in terminal.log.read_text()


def test_bg_and_fg(tmp_path):
    with Shell(tmp_path, "bash") as terminal:
        job = terminal.job()
        terminal.press("ctrl+z")
        terminal.wait_prompt()
        terminal.send("clear; bg; echo mi''ne\r")
        terminal.wait_for("mine")
        terminal.wait_prompt()
        terminal.wait_until(lambda: Path(f"/proc/{job}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T")
        assert not terminal.in_alternate_screen
        terminal.send("fg\r")
        terminal.wait_for("字段3")
        terminal.press("a")
        terminal.wait_for("a")


def test_the_app_lends_the_terminal_to_another_program(tmp_path):
    with Form(tmp_path) as form:
        before = form.whole()
        form.press("f2")
        form.wait_for("outside")
        form.wait_until(lambda: not form.in_alternate_screen)
        form.send("typed\r")
        form.wait_until(lambda: form.screen() == before)
        form.press("a")
        form.wait_logged("key a 'a'")
        assert form.keys() == ["a"]


def test_stopped_and_continued_from_outside(tmp_path):
    """No second input thread: each key still arrives once, and all is painted anew."""
    with Form(tmp_path) as form:
        shown = form.whole()
        for _ in range(3):
            form.kill(signal.SIGSTOP)
            form.kill(signal.SIGCONT)
        form.emulator.feed(b"\x1b[2J\x1b[Hforeign")
        form.kill(signal.SIGCONT)
        form.wait_until(lambda: form.screen() == shown)
        form.send("abcdef")
        form.wait_logged("key f 'f'")
        assert form.keys() == list("abcdef")
        threads = len(os.listdir(f"/proc/{form.pid}/task"))
        form.kill(signal.SIGCONT)
        form.press("g")
        form.wait_logged("key g 'g'")
        assert len(os.listdir(f"/proc/{form.pid}/task")) == threads


def test_the_guard_goes_with_an_orderly_end(tmp_path):
    with Form(tmp_path) as form:
        assert len(session_of(form.pid)) == 2
        settings = form.attributes()
        form.press("ctrl+q")
        assert form.wait_exit() == 0
        assert session_of(form.pid) == []
        assert not settings[3] & termios.ISIG
