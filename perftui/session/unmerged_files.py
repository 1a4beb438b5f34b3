"""Files that are none of a document's and that both sides changed: who wrote what, and settled for one side or both."""

import tempfile
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from perftui.files.reading import digest, read_file
from perftui.files.removing import remove_file
from perftui.files.writing import write_file
from perftui.locale import _
from perftui.model.document import DEPARTMENT, is_record_file
from perftui.model.frozen import frozen
from perftui.store.folder import REVIEW_FILE, DocumentFolder
from perftui.store.git.failures import UNMERGED, GitFailed
from perftui.store.git.repository import Repository, Stages, find_repository, run_git
from perftui.store.git.stages import may_be_unmerged
from perftui.store.toml.decode import has_markers

OURS, THEIRS, BOTH = "ours", "theirs", "both"
_LISTS = (".gitignore", ".gitattributes")
"""Files of lines that may stand beside each other."""
_BEGIN, _MIDDLE, _END = b"<<<<<<<", b"=======", b">>>>>>>"


@frozen
class UnmergedFile:
    """A file with places that both sides changed."""

    name: str
    """As git names it."""
    count: int
    """The places; 0 where it is taken as a whole: one side deleted it, or it is no text."""
    by: Mapping[str, str]
    """Who wrote each side, as far as is known."""
    lines: Mapping[str, str]
    """The first line of each side where they differ; "" where there is none."""

    @property
    def sides(self) -> tuple[str, ...]:
        """What it can be settled for."""
        return (OURS, THEIRS, BOTH) if self.name.rpartition("/")[2] in _LISTS and self.count else (OURS, THEIRS)


class FilesUnmerged(GitFailed):
    """Both sides changed the same places of files that are none of a document's: a person has to say which count."""

    def __init__(self, files: tuple[UnmergedFile, ...]) -> None:
        names = _("、").join(one.name for one in files)
        super().__init__(_("{names} 两边都改了同样的地方，要说用哪一边的").format(names=names), kind=UNMERGED)
        self.files = files


def is_merged_by_field(name: str) -> bool:
    """Is a file, as git names it, a document's record, or one about the review?"""
    last = name.rpartition("/")[2]
    return is_record_file("/".join(name.split("/")[-2:])) or last in (DEPARTMENT, REVIEW_FILE)


def other_files_in_conflict(folder: DocumentFolder) -> tuple[str, ...]:
    """The files of the data folder, none of a document's, that git has left in a conflict; none where it says nothing.

    Found without starting git where nothing is under way.
    """
    repository = find_repository(folder.data) if may_be_unmerged(folder) else None
    if repository is None:
        return ()
    try:
        return tuple(name for name in repository.conflicted(folder.data) if not is_merged_by_field(name))
    except (GitFailed, ValueError):
        return ()


def question_in_words(file: UnmergedFile) -> str:
    """What a person is asked about a file."""
    if not file.count:
        return _("{name} 两边都改了：用哪一边的？").format(name=file.name)
    return _("{name} 有 {count} 处两边都改了：这几处用谁的？别的改动都留").format(name=file.name, count=file.count)


def side_in_words(file: UnmergedFile, side: str, me: Collection[str]) -> str:
    """An answer; ``me``: the names of the person who reads it."""
    if side == BOTH:
        return _("两边的都留")
    who = _("您") if file.by[side] in me else file.by[side]
    return _("用这里的（{who}）").format(who=who) if side == OURS else _("用取回的（{who}）").format(who=who)


def unmerged_files(repository: Repository, names: Iterable[str]) -> Iterator[UnmergedFile]:
    """What both sides changed, of files in a conflict that nobody has settled by hand. Raises GitFailed."""
    for name in names:
        path = repository.root / name
        stages = repository.stages(path)
        if path.is_dir() or stages is None:
            raise GitFailed(_("{name} 两边都改了，这里不会合并：请懂 git 的人在命令行合并一次").format(name=name))
        if _is_settled(path, stages):
            continue
        ours_by, theirs_by = repository.sides(path)
        text = b"" if _is_whole(stages) else merged_text(stages, "")
        yield UnmergedFile(
            name=name, count=text.count(b"\n" + _BEGIN) + text.startswith(_BEGIN),
            by={OURS: ours_by, THEIRS: theirs_by},
            lines={OURS: _first(text, _BEGIN, _MIDDLE), THEIRS: _first(text, _MIDDLE, _END)},
        )  # fmt: skip


def settle_file(repository: Repository, name: str, side: str) -> None:
    """Write a file as it is where the places that both changed are one side's; what only one changed stays.

    Raises GitFailed and a FileError.
    """
    path = repository.root / name
    stages = repository.stages(path)
    if stages is None or _is_settled(path, stages):
        return
    whole = stages.theirs if side == THEIRS else stages.ours
    data = whole if _is_whole(stages) else merged_text(stages, side)
    if data is not None and name.endswith(".toml") and not _is_toml(data):
        data = whole  # two halves that do not fit together
    found = read_file(path).data if path.exists() else None
    if data is None:
        if found is not None:
            remove_file(path, digest(found))
    elif data != found:
        write_file(path, data, digest(found) if found is not None else None)


def merged_text(stages: Stages, side: str) -> bytes:
    """The three versions of a text merged by git, with conflicts settled for a side; "": with marks around them."""
    words = {OURS: ("--ours",), THEIRS: ("--theirs",), BOTH: ("--union",)}.get(side, ("-q",))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, data in (("ours", stages.ours), ("base", stages.base), ("theirs", stages.theirs)):
            (folder / name).write_bytes(data or b"")
        with suppress(GitFailed):  # it says by its exit code how many conflicts there are
            run_git(folder, "merge-file", *words, "ours", "base", "theirs")
        return (folder / "ours").read_bytes()


def _is_settled(path: Path, stages: Stages) -> bool:
    """Has a person merged it already, without telling git?"""
    found = read_file(path).data if path.exists() else None
    return found not in (None, stages.ours, stages.theirs) and not has_markers(found or b"")


def _is_whole(stages: Stages) -> bool:
    return stages.ours is None or stages.theirs is None or b"\0" in stages.ours + stages.theirs


def _is_toml(data: bytes) -> bool:
    try:
        tomllib.loads(data.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False
    return True


def _first(text: bytes, begin: bytes, end: bytes) -> str:
    """The first line between two marks; "" for none."""
    lines = text.splitlines()
    starts = (at for at, line in enumerate(lines) if line.startswith(begin))
    following = (lines[at + 1] for at in starts if at + 1 < len(lines))
    line = next(following, b"")
    return "" if line.startswith(end) else line.decode("utf-8", "replace").strip()
