"""The indicator library: templates of whole projects as TOML, shipped ones and those of a data folder.

They speak of roles and of the classes' names, so that one file serves every form that has the class.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any

from perftui.forms.definition import Form
from perftui.forms.fields import Role
from perftui.forms.project_kinds import kinds_of
from perftui.locale import _
from perftui.locale.toml_errors import toml_reason
from perftui.model.frozen import frozen
from perftui.model.text import clean

LIBRARY = "library"
"""The folder of a data folder's own templates and libraries."""
LIBRARY_BYTES = 16 * 1024 * 1024
"""The most that a file of it may have: a bureau's list has thousands of indicators."""
_FOLDER = Path(__file__).parent / "library"
_ANY = "any"

_ROW_ROLES = (Role.NAME, Role.DESCRIPTION, Role.VALUE, Role.BASIS, Role.UNIT, Role.SIGN, Role.WEIGHT, Role.REMARK)


class TemplateError(ValueError):
    """A file of the library cannot be used; ``str()`` of it is a sentence for the person."""


@frozen
class TemplateRow:
    """An indicator of a template."""

    classes: tuple[str, ...]
    """The names that its class has in one form or another."""
    values: Mapping[Role, str]
    formula: str = ""
    """How it is reckoned."""

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.values.get(Role.NAME, "")


@frozen
class ProjectTemplate:
    """What projects of one kind have in common."""

    name: str
    about: str = ""
    """What kind that is, in a few words."""
    words: tuple[str, ...] = ()
    """Words in a project's name that tell its kind."""
    purpose: str = ""
    goals: tuple[str, ...] = ()
    rows: tuple[TemplateRow, ...] = field(default=())
    only_rows: bool = False
    """It is a list of indicators to choose from, and no project."""

    def fits(self, project_name: str) -> int:
        """How many of its words a project's name has."""
        return sum(word in project_name for word in self.words)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of work that it is for."""
        return kinds_of(f"{self.name}\n{self.purpose}")

    def rows_for(self, form: Form) -> tuple[tuple[str, str, TemplateRow], ...]:
        """Category, class and row of each indicator of which the form has the class, in the form's order.

        In a form without a level below the categories are the classes.
        """
        found = []
        for category, class_name in form.project.taxonomy.skeleton:
            found += [(category, class_name, row) for row in self.rows if (class_name or category) in row.classes]
        return tuple(found)


@cache
def shipped_templates(form_id: str) -> tuple[ProjectTemplate, ...]:
    """The templates that are shipped for a form: its own, then those for any form."""
    found: list[ProjectTemplate] = []
    for name in (form_id, _ANY):
        folder = _FOLDER / name
        if folder.is_dir():
            entries = sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name)
            found += [read_template(entry.read_text(encoding="utf-8")) for entry in entries]
    return tuple(found)


def read_template(text: str) -> ProjectTemplate:
    """The template that a TOML text describes. Raises TemplateError."""
    try:
        data = tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        what, line = toml_reason(error, text)
        place = "" if line is None else _("第 {line} 行 ").format(line=line)
        raise TemplateError(place + _("不是有效的 TOML：{what}").format(what=what)) from error
    name = _text(data, "name")
    if not name:
        raise TemplateError(_("样板没有名称（name）"))
    rows = data.get("rows", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TemplateError(_("“{key}”要写成 [[{key}]]").format(key="rows"))
    return ProjectTemplate(
        name=name,
        about=_text(data, "about"),
        words=_texts(data, "words"),
        purpose=_text(data, "purpose"),
        goals=_texts(data, "goals"),
        rows=tuple(_row(row) for row in rows),
        only_rows=data.get("only_rows") is True,
    )


def _row(data: dict[str, Any]) -> TemplateRow:
    values = {role: text for role in _ROW_ROLES if (text := _text(data, role.value))}
    row = TemplateRow(classes=_texts(data, "classes"), values=values, formula=_text(data, "formula"))
    if not row.classes or not row.name:
        raise TemplateError(_("每个指标都要写明二级指标（classes）和名称（name）"))
    return row


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key, "")
    if not isinstance(value, str):
        raise TemplateError(_("“{key}”要写成文字").format(key=key))
    return clean(value, lines=False).text.strip()


def _texts(data: dict[str, Any], key: str) -> tuple[str, ...]:
    values = data.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TemplateError(_("“{key}”要写成一列文字").format(key=key))
    return tuple(text for value in values if (text := clean(value, lines=False).text.strip()))
