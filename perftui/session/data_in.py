"""The document in plain data, as ``data_out`` wrote it or another system: the way back to the same records."""

import json
import re
from collections.abc import Iterator
from typing import Any

from perftui.exchange.importer.build import counts_of
from perftui.exchange.importer.imported import ImportRefused, ImportResult
from perftui.files.names import is_project_file_name
from perftui.forms import Form, RecordSpec, form_ids, load_form
from perftui.locale import _, labelled
from perftui.model.document import PROJECTS, Document, project_file
from perftui.model.record import Plain, Record
from perftui.session.data_out import VERSION
from perftui.store.problem import BadFile
from perftui.store.toml.decode import record_of

_MOST_PROJECTS = 20_000
_BEGINNING = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,64}\{\s{0,64}["}]')
"""An object with a name, or empty: RTF begins with a brace too."""


def is_plain_document(data: bytes) -> bool:
    """Does a file begin as such a document does?"""
    return _BEGINNING.match(data) is not None


def imported_plain(data: bytes, wanted: str | None = None) -> ImportResult:
    """The records that it holds, of the ``wanted`` form. Raises ImportRefused that says what is wrong."""
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ImportRefused(_("文件不是完整的 JSON，没有读入：{reason}").format(reason=_place(error))) from None
    form = _form(plain)
    if wanted not in (None, form.id):
        raise ImportRefused(_("数据是表样 {form} 的，不能当作 {wanted} 的读入").format(form=form.id, wanted=wanted))
    projects = plain.get("projects")
    if not isinstance(projects, list) or len(projects) > _MOST_PROJECTS:
        raise ImportRefused(_("{key} 不对，没有读入；写法见 perftui schema --document").format(key="projects"))
    department = plain_record(plain.get("department"), form.department, "department")
    year, unit = plain.get("year"), plain.get("unit")
    document = Document(
        form=form.id,
        year=year if isinstance(year, int) and not isinstance(year, bool) else 0,
        unit=unit if isinstance(unit, str) else "",
        department=department,
        projects=dict(_projects(projects, form)),
    )
    return ImportResult(document=document, notes=(), counts=counts_of(document, form))


def _place(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return _("第 {line} 行第 {column} 个字符").format(line=error.lineno, column=error.colno)
    return _("写法太深，或者不是 UTF-8 编码")


def _form(plain: Any) -> Form:
    """The form that the document names. Raises ImportRefused."""
    if not isinstance(plain, dict) or "form" not in plain:
        raise ImportRefused(_("文件是 JSON，但不是绩效文本：写法见 perftui schema --document"))
    version, form = plain.get("version"), plain["form"]
    if version != VERSION:
        sentence = _("数据是第 {version} 版的，这个程序读第 {own} 版")
        raise ImportRefused(sentence.format(version=json.dumps(version), own=VERSION))
    if form not in form_ids():
        raise ImportRefused(_("没有表样 {form}，没有读入；有哪些见 perftui forms").format(form=json.dumps(form)))
    return load_form(form)


def _projects(projects: list[Any], form: Form) -> Iterator[tuple[str, Record]]:
    names: set[str] = set()
    for number, plain in enumerate(projects, 1):
        where = f"projects[{number}]"
        file = plain.pop("file", "") if isinstance(plain, dict) else ""
        name = file.removeprefix(f"{PROJECTS}/") if isinstance(file, str) else ""
        if not is_project_file_name(name) or name.casefold() in names:
            raise ImportRefused(_("{where}：file 要是各不相同的文件名，如 {name}").format(
                where=where, name=project_file("130303216F9HQOHBT7GG4")))  # fmt: skip
        names.add(name.casefold())
        yield f"{PROJECTS}/{name}", plain_record(plain, form.project, where)


def plain_record(plain: Any, spec: RecordSpec, where: str) -> Record:
    """The record that an object holds; ``where`` it stands is named when it is refused. Raises ImportRefused."""
    if not isinstance(plain, dict) or not _is_plain(plain):
        raise ImportRefused(_("{key} 不对，没有读入；写法见 perftui schema --document").format(key=where))
    try:
        return record_of(plain, spec)
    except BadFile as error:
        raise ImportRefused(labelled(where, error.reason)) from error


def _is_plain(value: Plain | None) -> bool:
    """Is it all of what a file can hold?"""
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return isinstance(value, str | int) or (isinstance(value, float) and value - value == 0)
