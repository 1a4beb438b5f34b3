"""What git will really do with a data folder's files, asked of git itself; the lines that say what it ignores."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from perftui.files.errors import Missing
from perftui.files.reading import digest, read_file
from perftui.files.writing import write_file
from perftui.locale import _
from perftui.model.document import DEPARTMENT, project_file
from perftui.store.folder import GIT_IGNORE, find_documents
from perftui.store.git.failures import GitFailed
from perftui.store.git.listings import entries
from perftui.store.git.repository import Repository, run_git
from perftui.store.git.setup import ATTRIBUTE

_EXPORTS = "/exports/"
_PLAIN_NAMES = {"GIT_LITERAL_PATHSPECS": "0"}
"""``check-ignore`` takes its names literally by itself, and refuses to be told so."""


def ignore_our_files(repository: Repository, data: Path) -> None:
    """Have git ignore lock files and exports: what is there already in ``.gitignore`` stays, lines that lack come in.

    The exports lie beside the data folder, so their line does too. Raises a FileError.
    """
    _with_lines(data / ".gitignore", GIT_IGNORE.splitlines())
    if data.resolve() != repository.root.resolve():
        _with_lines(data.absolute().parent / ".gitignore", [_EXPORTS])


def setup_doubts(repository: Repository, data: Path) -> Iterator[str]:
    """What git does otherwise than was set up, a sentence each; none where all is well. Raises GitFailed."""
    folders = [folder.folder for folder in find_documents(data)]
    samples = [folder / file for folder in folders for file in (DEPARTMENT, project_file("130303210000000000001"))]
    names = [repository.name(path) for path in samples]
    for name, value in _attributes(repository, names):
        if value != ATTRIBUTE:
            sentence = _("git 合并 {file} 时用的是 merge={value}，不是 perftui：请看看哪个 .gitattributes 写了别的")
            yield sentence.format(file=name, value=value)
    for name in _ignored(repository, names):
        yield _("git 忽略了 {file}，这样的文件存不进版本：请看看 .gitignore").format(file=name)
    if data.resolve() != repository.root.resolve():
        export = f"{repository.name(data.absolute().parent)}/exports/x.docx".removeprefix("./")
        if export not in _ignored(repository, [export]):
            yield _("git 没有忽略 {file}：请看看 .gitignore").format(file=export)


def _attributes(repository: Repository, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The merge driver that git takes for each file."""
    output = repository.run("check-attr", "-z", "--stdin", "merge", given=_listed(names))
    parts = output.decode("utf-8", "surrogateescape").split("\0")
    yield from zip(parts[::3], parts[2::3], strict=False)


def _ignored(repository: Repository, names: Sequence[str]) -> list[str]:
    try:
        words = ("check-ignore", "-z", "--stdin", "--no-index")
        output = run_git(repository.root, *words, given=_listed(names), extra=_PLAIN_NAMES)
    except GitFailed as error:
        if error.details:
            raise
        return []  # it says by its exit code that there is none
    return entries(output)


def _listed(names: Sequence[str]) -> bytes:
    return "\0".join(names).encode("utf-8", "surrogateescape") + b"\0"


def _with_lines(path: Path, lines: Sequence[str]) -> None:
    """Add the lines that a file lacks behind those that it has."""
    old = b""
    base = None
    with suppress(Missing):
        old = read_file(path).data
        base = digest(old)
    there = old.decode("utf-8", "replace").splitlines()
    lacking = [line for line in lines if line not in there]
    if lacking:
        end = b"" if not old or old.endswith(b"\n") else b"\n"
        write_file(path, old + end + "".join(f"{line}\n" for line in lacking).encode(), base)
