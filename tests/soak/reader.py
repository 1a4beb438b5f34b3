"""Opens a data folder within limits and uses all of it, as a process of its own: ``python -m tests.soak.reader DATA``.

Prints one JSON object: how many files were read and refused, the slowest reading, what a command let through.
"""

import contextlib
import io
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from perftui.cli.main import main
from perftui.editing.edits import SetValue
from perftui.files.errors import FileError
from perftui.forms import Role, form_ids, load_form
from perftui.model.document import PROJECTS
from perftui.session.open_document import OpenDocument
from perftui.store.folder import DocumentFolder, find_documents
from perftui.store.open import open_document, read_state
from perftui.store.problem import BadFile
from perftui.tui.panes import FORM, PANES
from perftui.tui.state.app_state import AppState
from tests.soak.terminal_bytes import trouble_in

MEMORY = 1024 * 1024 * 1024
"""Bytes that the process may have."""
SECONDS = 5.0
"""What one reading, command or screen may take of the processor."""

FORMS = [load_form(form_id) for form_id in form_ids()]
TIMES: dict[str, float] = {}
"""What took how long, in seconds."""

COMMANDS = (
    ("list",), ("list", "--json"), ("check",), ("check", "--format", "json"), ("check", "--format", "csv"),
    ("check", "--format", "sarif"), ("export", "-o", "out.docx"), ("export", "--draft", "-o", "out.docx"),
)  # fmt: skip


def work(data: Path) -> dict[str, object]:
    """Read, list, show, check, export and edit; what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    folder = find_documents(data)[0]
    for file in _files(folder):
        with timed(file), contextlib.suppress(BadFile, FileError):
            read_state(folder, file, FORMS[0])
    with timed("open"):
        opened = open_document(folder)
    told: list[str] = []
    for words in _commands(list(opened.document.projects)):
        with timed(" ".join(words)):
            told += _printed(data, words)
    _show_all(folder)
    slowest = max(TIMES, key=lambda what: TIMES[what])
    return {
        "read": len(opened.states),
        "refused": len(opened.problems),
        "slowest": (TIMES[slowest], slowest),
        "told": told[:5],
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


@contextlib.contextmanager
def timed(what: str) -> Iterator[None]:
    """Note what something takes of the processor, in seconds."""
    started = time.process_time()
    yield
    TIMES[what] = max(TIMES.get(what, 0.0), time.process_time() - started)


def _files(folder: DocumentFolder) -> list[str]:
    return [f"{PROJECTS}/{path.name}" for path in folder.path(PROJECTS).iterdir()]


def _commands(files: list[str]) -> list[tuple[str, ...]]:
    return [*COMMANDS, *(("show", f"#{number}") for number in range(1, len(files) + 1))]


def _printed(data: Path, words: tuple[str, ...]) -> list[str]:
    """What a command printed that must not reach a terminal, or how it broke."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([*words, "--data", str(data)])
    out.flush(), err.flush()
    printed, said = out.buffer.getvalue(), err.buffer.getvalue()  # type: ignore[attr-defined]
    if "csv" in words:  # as Excel wants it: a mark of the byte order, lines that end as on Windows
        printed = printed.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    found = [f"{words}: {trouble}" for part in (printed, said) for trouble in trouble_in(part, plain=True)]
    if code not in (0, 1, 3):
        found.append(f"{words}: exit code {code}: {said.decode('utf-8', 'replace')[-300:]}")
    return found


def _show_all(folder: DocumentFolder) -> None:
    """Every screen, and an edit of a file that is whole."""
    session = OpenDocument.open(folder)
    with timed("begin"):
        state = AppState(session)
    for width in (60, 120):
        for pane in PANES:
            with timed(f"screen {pane}"):
                state.go_to_pane(pane)
                state.view(width, 18)
        for file in list(session.document.projects):
            with timed(f"form {file}"):
                state.open_project(file, FORM)
                state.view(width, 18)
    path = session.form.project.path_of(Role.NAME)
    assert path is not None
    file = next(iter(session.document.projects))
    with timed("edit"):
        state.run([SetValue(file=file, path=path, value="改过的名称")], "改")
    session.close()


if __name__ == "__main__":
    print(json.dumps(work(Path(sys.argv[1]))))
