"""The entry: commands chosen, help, and every failure a sentence with its exit code, never a traceback."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from perftui.cli import main as entry
from perftui.cli.exits import Exit
from perftui.cli.registry import COMMANDS
from perftui.files.xdg_dirs import state_folder
from tests.conftest import ROOT
from tests.unit.cli.conftest import Run


def program(*words: str, cwd: Path, **files: object) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-m", "perftui", *words], cwd=cwd, env=env, **files)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert ran.code == Exit.DONE
    assert ran.out.startswith(f"用法：perftui {name}")
    assert "usage:" not in ran.out


def test_the_help_lists_every_command(run: Run) -> None:
    ran = run("--help")
    assert all(f"  {name} " in ran.out for name in COMMANDS)


def test_the_help_is_there_in_english(run: Run) -> None:
    ran = run("list", "--help", "--lang", "en")
    assert ran.out.startswith("Usage: perftui list")
    assert "the data folder" in ran.out


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out.startswith("perftui")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lits"], "没有“lits”这个命令，是不是 list？"),
        (["什么"], "没有“什么”这个命令，也没有这个目录"),
        (["./没有/这里"], "没有目录 ./没有/这里"),
        (["list", "--jsno"], "不认识 --jsno"),
        (["show"], "少了 CODE"),
        (["list", "--year", "今年"], "--year 要是整数，“今年”不是"),
        (["list", "--year"], "--year 后面少了内容"),
        (["--lang"], "--lang 后面少了内容"),
        (["check", "--format", "pdf"], "--format 没有“pdf”这一项"),
        (["export", "--draft", "--final"], "--final 不能和 --draft 一起用"),
        (["init"], "少了 --year, --unit, --name"),
    ],
)
def test_a_wrong_command_line_is_a_sentence(run: Run, words: list[str], said: str) -> None:
    ran = run(*words)
    assert ran.code == Exit.USAGE
    assert said in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("words", [[], ["data"], ["--lang", "zh"], ["--year", "2021"]], ids=" ".join)
def test_the_screens_need_a_terminal(run: Run, real: Path, words: list[str]) -> None:
    ran = run(*words)
    assert ran.code == Exit.USAGE
    assert "屏幕要在终端里打开" in ran.err


def test_options_may_stand_before_the_command(run: Run, real: Path) -> None:
    assert run("--data", "data", "list").code == Exit.DONE


def test_a_missing_folder_is_a_sentence(run: Run) -> None:
    ran = run("list")
    assert ran.code == Exit.USAGE
    assert ran.err == "没有目录 data\n"


def test_an_empty_folder_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    ran = run("list")
    assert ran.code == Exit.USAGE
    assert "perftui init" in ran.err


def test_a_defect_is_reported_in_a_private_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_words: list[str]) -> Exit:
        raise ZeroDivisionError

    monkeypatch.setattr(entry, "_dispatch", broken)
    monkeypatch.setattr("perftui.cli.failures.drop_output", lambda: None)
    ran = run("list")
    assert ran.code == Exit.BROKEN
    assert "Traceback" not in ran.err
    (report,) = state_folder().glob("crash-*.txt")
    assert str(report) in ran.err
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_an_interrupt_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_words: list[str]) -> Exit:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "_dispatch", interrupted)
    assert run("list").code == Exit.INTERRUPTED


def test_a_reader_that_goes_away_is_no_failure(real: Path, tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = program("list", cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    _out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (Exit.DONE, b"")


@pytest.mark.parametrize(("words", "code"), [(["list"], Exit.DONE), (["check"], Exit.FINDINGS)])
def test_a_reader_that_goes_away_or_a_closed_stdout_changes_no_exit_code(
    words: list[str], code: Exit, real: Path, tmp_path: Path
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = program(*words, cwd=tmp_path, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (process.communicate(timeout=30)[1], process.returncode) == (b"", code)
    closed = program(*words, cwd=tmp_path, stderr=subprocess.PIPE, preexec_fn=lambda: os.close(1))
    assert (closed.communicate(timeout=30)[1], closed.returncode) == (b"", code)


def test_a_full_disk_at_stdout_is_a_sentence(real: Path, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:
        process = program("list", cwd=tmp_path, stdout=full, stderr=subprocess.PIPE)
        _out, err = process.communicate(timeout=30)
    assert process.returncode == Exit.REFUSED
    assert err.decode() == "没有完成：磁盘已满\n"


@pytest.mark.parametrize(
    "words", [["set", "#2", "name=改"], ["export"], ["init", "--year", "2030", "--unit", "1", "--name", "a"]]
)
def test_a_disk_that_takes_no_more_is_a_sentence_and_nothing_is_lost(
    words: list[str], real: Path, tmp_path: Path
) -> None:
    """A limit on the size of files stands in for the full disk: every write beyond it fails."""
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.toml")}
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16)); "
    limited += "from perftui.cli.main import main; sys.exit(main(sys.argv[1:]))"
    argv = [sys.executable, "-B", "-c", limited, *words]
    done = subprocess.run(
        argv, cwd=tmp_path, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == Exit.REFUSED
    assert "超过了系统允许的文件大小" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.toml")} == before
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".docx" or "tmp" in path.suffix]
