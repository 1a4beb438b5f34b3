"""Through a real SSH server on this machine, as clerks come: typed, pasted, resized, cut off, and back again."""

import getpass
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.programs import require
from tests.pty.program import FIRST, Program, real_data


class Server:
    """A server that lets in the key of this test alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("host", "client"):
            subprocess.run([require("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = folder / "sshd_config"
        config.write_text(
            f"ListenAddress 127.0.0.1:{self.port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/client.pub\n"
            f"StrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\nPidFile {folder}/pid\n"
        )
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(exist_ok=True)  # where it shuts itself in before anybody has come in
        self.process = subprocess.Popen([require("sshd"), "-D", "-f", config], stderr=subprocess.DEVNULL)

    def client(self) -> tuple[str, ...]:
        """The command that runs a command there, in a terminal."""
        options = [
            "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "ConnectionAttempts=20",
        ]  # fmt: skip
        kept = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        kept |= {name: os.environ[name] for name in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
        env = [f"{name}={value}" for name, value in kept.items()]
        words = [word for option in options for word in ("-o", option)]
        where = f"{getpass.getuser()}@127.0.0.1"
        return (require("ssh"), "-tt", "-i", f"{self.folder}/client", "-p", str(self.port), *words, where, "env", *env)

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "ssh"
    folder.mkdir()
    server = Server(folder)
    yield server
    server.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return real_data(tmp_path)


def connected(server: Server, data: Path, ready: str = "社区工作专项补助") -> Program:
    return Program(data, before=server.client(), ready=ready)


def test_chinese_is_typed_a_block_pasted_and_the_window_resized(server: Server, data: Path) -> None:
    with connected(server, data) as program:
        program.open_first("down")
        program.enter("街道　工作经费")
        program.wait_stored('name = "街道　工作经费"')
        program.resize(120, 40)
        program.wait_for("预算规模")
        program.paste("乙一\n乙二")
        program.wait_for("粘贴的内容这样放")
        program.wait_idle(0.8)  # a question that opened by itself takes no key before
        program.press("escape")
        program.wait_until(lambda: "粘贴的内容这样放" not in program.text())
        program.quit()


def test_a_line_that_is_cut_in_mid_word_loses_nothing_whoever_comes_before_and_after(
    server: Server, data: Path
) -> None:
    with connected(server, data) as first:
        first.open_first("down")
        first.send("只写了一半")
        first.wait_for("只写了一半")
        with connected(server, data) as second:
            first.wait_idle(1.2)
            first.kill()
            first.wait_exit()
            second.press("down", "up")
            second.quit()
    with connected(server, data, ready="只写了一半") as third:
        third.send("又接着写\r")
        third.wait_stored('name = "只写了一半又接着写"', FIRST)
        third.quit()
