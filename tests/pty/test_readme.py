"""Every command line that stands in the README is run, on a copy of the example data, in a terminal of its own."""

import re
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import ROOT
from tests.gallery.containers import to_docx, to_html, to_xlsx
from tests.gallery.layouts import layouts
from tests.programs import require
from tests.pty.program import copied, git, real_data
from tests.pty.terminal import Terminal

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SPANS = re.findall(r"`((?:PERFTUI_\w+=\S+ )?perftui(?: [^`]*)?)`", README)
FILLED = {
    "字段=内容…": "name=改了名称", "文件夹": "data", "名称": "第二中学", "表样": "mof-2021", "项目": "'#3'",
    "编号": "C001", "perftui fill 空表": "perftui fill 空表.docx", "版本": "HEAD", "文件": "去年的文本.docx",
    "check FILE": "check mof-2021",
}  # fmt: skip
"""What a person writes for a word that stands for something of theirs."""
NOT_RUN = {"perftui", "perftui merge-file", "perftui git-diff", "perftui git-text"}
"""The program's name; and what git alone calls, with files, which the tests of the drivers do."""

LAYOUT = next(one for one in layouts() if one.key == "hunan-city-2023")
CONTAINERS = {".docx": to_docx, ".xlsx": to_xlsx, ".doc": to_html}
"""What other programs write: ``.doc`` is a page of the web by another name."""

PYTHON3 = """#!/bin/sh
# Makes no environment and installs nothing: that asks a package index, and the programs are here already.
mkdir -p "$3/bin"
printf '#!/bin/sh\\necho pip "$@" >> {log}\\n' > "$3/bin/pip"
printf '#!/bin/sh\\necho python "$@" >> {log}\\n' > "$3/bin/python"
cp {bin}/perftui "$3/bin/perftui"
chmod +x "$3/bin/pip" "$3/bin/python"
"""


def filled(span: str) -> str:
    """A line as a person types it: with its optional words, and their own for those that only stand for something."""
    line = span.replace("[", "").replace("]", "")
    return re.sub("|".join(map(re.escape, FILLED)), lambda found: FILLED[found[0]], line)


LINES = [line.partition(" # ")[0].rstrip() for block in BLOCKS for line in block.splitlines()]
LINES += [filled(span) for span in SPANS if span not in NOT_RUN]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example data in git, which has a place to share. Copied, not used: making it costs a second."""
    folder = tmp_path_factory.mktemp("begun")
    real_data(folder)
    git(folder, "clone", "-q", "--bare", ".", ".git/shared.git")
    git(folder, "remote", "add", "origin", ".git/shared.git")
    git(folder, "push", "-q", "-u", "origin", "HEAD:main")
    git(folder, "branch", "-q", "-M", "main")
    git(folder, "config", "user.name", "张三")
    git(folder, "config", "user.email", "zhang@example.org")
    return folder


@pytest.fixture
def place(begun: Path, tmp_path: Path) -> Path:
    """A folder with the example data in git, the files that the README speaks of, and ``perftui`` on the path."""
    copied(begun, tmp_path)
    programs = tmp_path / "bin"
    programs.mkdir()
    started = f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m perftui "$@"\n'
    for name, text in (("perftui", started), ("python3", PYTHON3.format(log=tmp_path / "installed", bin=programs))):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    return tmp_path


def given(place: Path, line: str) -> None:
    """What a line finds: documents and tables of other programs, an empty form, a folder without a document."""
    if "form check" in line:
        assert run(place, "perftui form new my-form --from hebei-2021") == 0
    for name in re.findall(r"perftui (?:fill|import) ((?:空表|整份|系统)\S+)", line):
        (place / name).write_bytes(CONTAINERS[Path(name).suffix](LAYOUT.page(empty="空表" in name)))
        return
    for name in re.findall(r"(?<=\s)\S+\.docx", line):
        if ">" not in line:
            assert run(place, f"perftui export -o {name}") == 0
    for name in re.findall(r"import (\S+\.json)", line):
        assert run(place, f"perftui export --json > {name}") == 0
    for name in re.findall(r"(?<=\s)(\S+\.xlsx) --into|(?<=library import )(\S+)", line):
        book = openpyxl.Workbook()
        assert book.active is not None
        for row in (["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "数量指标", "培训场次", "≥4场"]):
            book.active.append(row)
        book.save(place / "".join(name))
    if re.match(r"perftui (init|import \S+$|rollover \S+ --from)", line):  # begins with no document
        shutil.rmtree(place / "data" / "2021")


def run(place: Path, line: str) -> int:
    """The exit status of a line; screens that it opens are looked at and left."""
    path = f"{place / 'bin'}:/usr/bin:/bin"
    with Terminal(["sh", "-c", line], cols=100, rows=30, cwd=place, env={"PATH": path}) as terminal:
        terminal.wait_until(lambda: terminal.eof or terminal.ended or "F6换屏" in terminal.text(), limit=60)
        if not terminal.ended and not terminal.eof:
            terminal.press("ctrl+q")
        status = terminal.wait_exit()
        assert "Traceback" not in terminal.text()
        assert "用法" not in terminal.text()
    return status


def test_the_readme_has_its_lines() -> None:
    assert len(BLOCKS) >= 7
    assert len(LINES) > 40
    assert [line for line in LINES if not line.strip()] == []


@pytest.mark.parametrize("line", dict.fromkeys(LINES))
def test_a_line_of_the_readme_does_what_it_says(place: Path, line: str) -> None:
    if "--pdf" in line:
        require("soffice")
    given(place, line)
    assert run(place, line) in (0, 1), line  # 1: something was found


def test_the_line_for_git_lets_no_error_in(place: Path) -> None:
    (line,) = [one for one in LINES if "pre-commit" in one]
    assert run(place, line) == 0
    file = next((place / "data").rglob("projects/*.toml"))
    file.write_text(re.sub(r'^code = ".*"$', 'code = "1"', file.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    assert run(place, "git commit -q -a -m x") == 1
    assert git(place, "log", "--format=%s").split() == ["begin"]


def test_the_two_lines_at_the_top_install_and_start(place: Path) -> None:
    start, test = [one for one in LINES if "venv" in one]
    assert run(place, start) == 0
    assert run(place, test) == 0
    assert (place / "installed").read_text().splitlines() == [
        "pip install -q -e .", "pip install -q -e .[test]", "python -m pytest",
    ]  # fmt: skip
