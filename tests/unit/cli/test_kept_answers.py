"""What is printed again is what would be printed: whatever an answer hangs on, a change of it is seen."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.cli import kept_answers
from perftui.cli.kept_answers import main
from perftui.files.xdg_dirs import cache_folder, config_folder
from tests.conftest import ROOT

Printed = tuple[int, bytes, bytes]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the real document, changed long ago."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setattr(kept_answers, "_DOUBT_NS", 0)
    return tmp_path / "data"


@pytest.fixture
def ask(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Printed]:
    """Ask on real streams; what is printed, and whether the program had to be run is in ``ran``."""

    def asked(*words: str) -> Printed:
        for name, fd in (("stdout", 1), ("stderr", 2)):
            monkeypatch.setattr(sys, name, open(fd, "w", encoding="utf-8", closefd=False))  # noqa: SIM115
        code = main(words)
        sys.stdout.flush()
        printed = capfdbinary.readouterr()
        return code, printed.out, printed.err

    return asked


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines that were really run."""
    import perftui.cli.main

    found: list[list[str]] = []
    run = perftui.cli.main.main

    def noted(words: list[str]) -> int:
        found.append(words)
        return run(words)

    monkeypatch.setattr(perftui.cli.main, "main", noted)
    return found


@pytest.mark.parametrize(
    "words",
    [("list",), ("list", "--json"), ("check",), ("check", "--format=csv", "--lang", "en"), ("check", "--select", "I")],
)
def test_an_answer_is_given_again_without_running(
    data: Path, ask: Callable[..., Printed], ran: list[list[str]], words: tuple[str, ...]
) -> None:
    first = ask(*words)
    assert first[1]
    assert [ask(*words), ask(*words)] == [first, first]
    assert len(ran) == 1


def edited(data: Path) -> None:
    path = next((data / "2021/613001/projects").iterdir())
    path.write_text(path.read_text(encoding="utf-8").replace("name = ", "name = ", 1) + "\n", encoding="utf-8")


def set_back(data: Path) -> None:
    """A file of the same size and time takes another's place, as copying programs do."""
    path = next((data / "2021/613001/projects").iterdir())
    status = path.stat()
    shutil.copyfile(path, path.with_suffix(".new"))
    os.utime(path.with_suffix(".new"), ns=(status.st_atime_ns, status.st_mtime_ns))
    path.with_suffix(".new").replace(path)


def gone(data: Path) -> None:
    next((data / "2021/613001/projects").iterdir()).unlink()


def settings(data: Path) -> None:
    (data / "review.toml").write_text('[rules]\nI001 = "off"\n', encoding="utf-8")


def a_form(data: Path) -> None:
    (data / "forms").mkdir()
    (data / "forms" / "other.toml").write_text("id = 'other'\n", encoding="utf-8")


def another_year(data: Path) -> None:
    shutil.copytree(data / "2021", data / "2020")


def own_settings(_data: Path) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "settings.toml").write_text("", encoding="utf-8")


def git_index(data: Path) -> None:
    (data.parent / ".git").mkdir()
    (data.parent / ".git" / "index").write_bytes(b"DIRC")


def test_versions_that_were_sent_or_fetched_are_seen(
    data: Path, ask: Callable[..., Printed], ran: list[list[str]]
) -> None:
    git = ("git", "-C", str(data.parent))
    for words in (
        ("init", "-q", "-b", "main"), ("init", "-q", "--bare", "shared.git"), ("remote", "add", "origin", "shared.git"),
        ("add", "data"), ("commit", "-qm", "x"), ("push", "-qu", "origin", "main"),
        ("commit", "-qm", "y", "--allow-empty"),
    ):  # fmt: skip
        subprocess.run([*git, *words], check=True)
    assert "1 个版本没送出" in ask("list")[2].decode()
    assert "1 个版本没送出" in ask("list")[2].decode()
    subprocess.run([*git, "push", "-q"], check=True)
    assert ask("list")[2] == b""
    assert len(ran) == 2


@pytest.mark.parametrize("change", [edited, set_back, gone, settings, a_form, another_year, own_settings, git_index])
def test_a_change_is_seen(
    data: Path, ask: Callable[..., Printed], ran: list[list[str]], change: Callable[[Path], None]
) -> None:
    words = ("list", "--year", "2021")
    ask(*words)
    change(data)
    again = ask(*words)
    assert len(ran) == 2
    shutil.rmtree(cache_folder() / "answers")
    assert ask(*words) == again


@pytest.mark.parametrize("name", ["PERFTUI_LANG", "PERFTUI_USER", "COLUMNS", "LC_ALL"])
def test_the_environment_is_part_of_the_question(
    data: Path, ask: Callable[..., Printed], ran: list[list[str]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    ask("check")
    monkeypatch.setenv(name, "en" if name == "PERFTUI_LANG" else "61")
    ask("check")
    assert len(ran) == 2


def test_a_file_just_changed_is_in_doubt(
    data: Path, ask: Callable[..., Printed], ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_answers, "_DOUBT_NS", 10**12)
    ask("list")
    ask("list")
    assert len(ran) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--accept", "好", "--select", "I"),
        ("check", "--reopen", "--select", "I"),
        ("check", "--since", "HEAD"),
        ("check", "--staged"),
        ("check", "--format", "xlsx"),
        ("check", "#1"),
        ("list", "--help"),
        ("list", "--data"),
    ],
)
def test_what_changes_something_or_hangs_on_more_is_run(
    data: Path, ask: Callable[..., Printed], ran: list[list[str]], words: tuple[str, ...]
) -> None:
    ask(*words)
    ask(*words)
    assert len(ran) == 2
    assert not (cache_folder() / "answers").exists()


def test_links_and_refusals_are_not_kept(data: Path, ask: Callable[..., Printed], ran: list[list[str]]) -> None:
    path = next((data / "2021/613001/projects").iterdir())
    whole = path.read_bytes()
    path.write_bytes(b"name = ")
    assert ask("list")[0] == ask("list")[0] == 3
    path.unlink()
    path.with_suffix(".kept").write_bytes(whole)
    path.symlink_to(path.with_suffix(".kept"))
    ask("list")
    ask("list")
    assert len(ran) == 4


def test_a_damaged_answer_costs_time_only(data: Path, ask: Callable[..., Printed], ran: list[list[str]]) -> None:
    first = ask("list")
    (kept,) = (cache_folder() / "answers").iterdir()
    for damaged in (kept.read_bytes()[:-1], kept.read_bytes()[:40], b""):
        kept.write_bytes(damaged)
        assert ask("list") == first
    assert len(ran) == 4


def test_the_oldest_answers_give_way(
    data: Path, ask: Callable[..., Printed], ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("list")
    size = sum(one.stat().st_size for one in (cache_folder() / "answers").iterdir())
    monkeypatch.setattr(kept_answers, "_MOST", 2 * size + 400)
    for select in ("A", "F", "I", "T"):
        ask("list", "--json", "--unit", "613001", "--lang", "zh")
        ask("check", "--select", select)
    assert sum(one.stat().st_size for one in (cache_folder() / "answers").iterdir()) <= 2 * size + 400


def test_a_reader_that_leaves_changes_nothing(data: Path) -> None:
    command = f"{sys.executable} -m perftui check --data {data} | head -1"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _again in range(2):
        done = subprocess.run(["/bin/sh", "-c", command], env=env, capture_output=True, check=True)
        assert done.stdout.count(b"\n") == 1
        assert done.stderr == b""
