"""A bureau's library of indicators taken into the data folder, where it is offered while somebody types."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from perftui.exchange.importer.imported import ImportRefused
from perftui.exchange.importer.indicator_list import IndicatorList, read_indicator_list
from perftui.files.names import safe_name
from perftui.files.reading import current_digest, digest
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from perftui.forms import Role
from perftui.forms.project_templates import LIBRARY, LIBRARY_BYTES, read_template
from perftui.locale import _
from perftui.session.foreign_document import CannotImport
from perftui.store.toml.canonical import encode_value

_CLASS_ENDS = "指标"


@dataclass(frozen=True, slots=True)
class ImportedLibrary:
    """A library that was taken in."""

    path: Path
    content: IndicatorList


def import_library(data: bytes, name: str, folder: Path, *, replacing: bool = False) -> ImportedLibrary:
    """Read a bureau's list and write it to ``library/*.toml`` of the data folder.

    Raises CannotImport, or a FileError.
    """
    from perftui.exchange.importer.any_file import read_any  # lxml is loaded when something is read

    try:
        content = read_indicator_list(read_any(data, name))
    except ImportRefused as error:
        raise CannotImport(str(error)) from error
    stem = safe_name(Path(name).stem, "library")
    path = folder / LIBRARY / f"{stem}.toml"
    text = "\n".join(_lines(stem, content))
    read_template(text)  # what is written is read by the same reader
    there = current_digest(path, LIBRARY_BYTES)
    if not replacing and there not in (None, digest(text.encode())):
        raise CannotImport(_("{path} 已经有了，没有覆盖；要换成这一份，加 --replace").format(path=path))
    create_folder(path.parent)
    write_file(path, text.encode(), there, limit=LIBRARY_BYTES)
    return ImportedLibrary(path, content)


def _lines(name: str, content: IndicatorList) -> Iterator[str]:
    yield f"# 从“{name}”读入的指标库，输入三级指标时列出来供选；可以手工修改。"
    yield ""
    yield f"name = {encode_value(name)}"
    yield "only_rows = true"
    for row in content.rows:
        yield from ("", "[[rows]]", f"classes = [{encode_value(_class_name(row))}]")
        yield from (f"{key!s} = {encode_value(text)}" for key, text in row.items() if key != Role.LEVEL2)
    yield ""


def _class_name(row: Mapping[str, str]) -> str:
    """The class as forms say it: 数量指标, where the list says 数量."""
    return row[Role.LEVEL2] if row[Role.LEVEL2].endswith(_CLASS_ENDS) else row[Role.LEVEL2] + _CLASS_ENDS
