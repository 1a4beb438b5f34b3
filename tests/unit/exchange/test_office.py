"""LibreOffice as a servant: its own profile, a limit of time, nothing left behind, and sentences where it fails."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from perftui.exchange.office import OfficeError, converted, office_program
from tests.programs import require


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which calls make theirs."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")


def test_a_text_becomes_a_pdf_and_nothing_is_left(temporary: Path) -> None:
    require("soffice")
    home = Path(os.environ["HOME"])
    before = sorted(home.rglob("*"))
    assert converted("你好".encode(), "txt", "pdf").startswith(b"%PDF-")
    assert list(temporary.iterdir()) == []
    assert sorted(home.rglob("*")) == before


def test_what_cannot_be_opened_is_a_sentence(temporary: Path) -> None:
    require("soffice")
    with pytest.raises(OfficeError, match="打不开这个文件"):
        converted(b"PK\x03\x04 nonsense", "docx", "pdf")
    assert list(temporary.iterdir()) == []


def test_it_is_ended_with_all_that_it_started_when_the_time_is_up(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, monkeypatch, f"sleep 61 & echo $! > {tmp_path}/child; wait")
    started = time.monotonic()
    with pytest.raises(OfficeError, match="超过 1 秒"):
        converted(b"", "docx", "pdf", timeout=1.0)
    assert time.monotonic() - started < 10
    child = int((tmp_path / "child").read_text())
    stat = Path(f"/proc/{child}/stat")
    assert not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"
    assert list(temporary.iterdir()) == []


def test_calls_have_a_profile_of_their_own_in_which_no_macro_runs(
    temporary: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(tmp_path, monkeypatch, f'echo "$1" >> {tmp_path}/calls; cat "${{1#*file://}}/user/registrymodifications.xcu"')
    for _call in range(2):
        with pytest.raises(OfficeError):
            converted(b"", "docx", "pdf")
    calls = (tmp_path / "calls").read_text().split()
    assert len(set(calls)) == 2
    assert all(str(temporary) in call for call in calls)


def test_where_it_is_not_installed_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office_program() is None
    with pytest.raises(OfficeError, match="没有安装 LibreOffice"):
        converted(b"", "docx", "pdf")
