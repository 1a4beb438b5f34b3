"""``perftui git-text``: a file in the form's words, a line a field; git calls it to compare texts."""

from pathlib import Path

from perftui.cli.arguments import Arguments, Parser
from perftui.cli.exits import Exit
from perftui.cli.output import put
from perftui.files.reading import read_file
from perftui.locale import _, labelled
from perftui.model.document import DEPARTMENT, Document, Location
from perftui.model.record import ORDER, Record
from perftui.review.location_names import LocationNames
from perftui.session.file_versions import read_versions
from perftui.store.problem import BadFile


def add_arguments(parser: Parser) -> None:
    """Read its command line."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("一个数据文件"))


def run(args: Arguments) -> int:
    """Print the file's fields; what is no file of a document as it is."""
    try:
        form, file, (record,) = read_versions("", (args.file,))
    except BadFile:
        put(read_file(args.file).data.decode("utf-8", "replace").removesuffix("\n"))
        return Exit.DONE
    document = Document(year=0, unit="", form=form.id, department=Record())
    if file == DEPARTMENT:
        document = Document(year=0, unit="", form=form.id, department=record)
    else:
        document = document.with_record(file, record)
    names = LocationNames(document, form)
    for path in record.paths():
        if path[-1] != ORDER:
            label = names.field(Location(file=file, path=path))
            put(labelled(label, record.text(path)))
    return Exit.DONE
