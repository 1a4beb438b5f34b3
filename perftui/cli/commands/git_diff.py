"""``perftui git-diff``: how two versions of a file differ, in the form's words; git calls it for ``git diff``."""

from difflib import unified_diff
from pathlib import Path

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.exits import Exit
from perftui.cli.output import put
from perftui.files.errors import FileError
from perftui.files.reading import read_file
from perftui.locale import _
from perftui.model.document import DEPARTMENT, Document
from perftui.model.record import Record
from perftui.session.file_versions import read_versions
from perftui.store.problem import BadFile
from perftui.viewmodel.changes import record_changes

_NOTHING = Path("/dev/null")


def add_arguments(parser: Parser) -> None:
    """Read its command line, which is as git gives it: path, then file, object and mode of both versions."""
    parser.add_argument("path", metavar="PATH", help=_("文件在工作目录里的路径"))
    parser.add_argument("rest", metavar="OLD OLD-HEX OLD-MODE NEW NEW-HEX NEW-MODE", nargs="*", help=_("两个版本"))


def run(args: Arguments) -> int:
    """Print the changes; of what is no file of a document the lines that differ."""
    old, new = (Path(name) for name in (args.rest[0:1] + args.rest[3:4] or [_NOTHING, _NOTHING]))
    put(args.path)
    try:
        form, file, (before, after) = read_versions(args.path, (old, new))
    except BadFile:
        _put_lines(old, new)
        return Exit.DONE
    if _NOTHING in (old, new):
        put(f"  {_('新建') if old == _NOTHING else _('删除')}")
        return Exit.DONE
    blank = Document(year=0, unit="", form=form.id, department=Record(), projects={file: after})
    blank = blank if file != DEPARTMENT else Document(year=0, unit="", form=form.id, department=after)
    for line in record_changes(before, after, file, form, blank, blank):
        put(f"  {line}")
    return Exit.DONE


def _put_lines(old: Path, new: Path) -> None:
    for line in unified_diff(_lines(old), _lines(new), lineterm=""):
        put(line)


def _lines(path: Path) -> list[str]:
    try:
        return [] if path == _NOTHING else read_file(path).data.decode("utf-8", "replace").splitlines()
    except FileError:
        return []
