"""A form definition is read from a TOML text: checked, and told what is wrong with it in sentences."""

import re
import tomllib
from typing import Any

from perftui.forms.assembly import build_form, common, record_spec
from perftui.forms.consistency import check_meaning
from perftui.forms.definition import Form
from perftui.forms.mistakes import BadForm, Mistake, MistakeText
from perftui.forms.print_consistency import check_print
from perftui.forms.shape import check_shape
from perftui.forms.unit_words import check_unit_words
from perftui.locale import _
from perftui.locale.toml_errors import TomlTextError, toml_reason, toml_text

MOST_CHARACTERS = 300_000
_DEEPEST = 20
_PLACE = re.compile(r"line (\d+), column (\d+)")


def read_form(text: str, name: str = "") -> Form:
    """The form that a text defines; ``name`` is that of its file, which its id must be. Raises BadForm."""
    plain = plain_form(text, name)
    return build_form(plain)


def form_text(data: bytes) -> str:
    """The bytes of a definition as text. Raises BadForm."""
    try:
        return toml_text(data)
    except TomlTextError as error:
        raise BadForm((Mistake(line=error.line or 1, column=1, sentence=error.sentence),)) from None


def plain_form(text: str, name: str = "") -> dict[str, Any]:
    """What a text defines, as plain values that ``build_form`` takes. Raises BadForm."""
    plain = _parsed(text)
    report = MistakeText(text)
    check_shape(report, plain)
    if not report:
        check_meaning(report, plain, common())
        if name and plain["id"] != name:
            report.say(("id",), _("id 要与文件名相同：“{name}”").format(name=name))
        if len(plain["id"].split()) != 1:
            report.say(("id",), _("id 里不能有空格，用小写英文字母、数字和 -"))
    if not report:
        department, project = (record_spec(plain.get(one, {}), common()[one]) for one in ("department", "project"))
        check_print(report, plain["print"], department, project, has_projects="project" in plain)
        check_unit_words(report, plain, department, project)
    if report:
        raise BadForm(report.mistakes())
    return plain


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > MOST_CHARACTERS:
        raise BadForm((Mistake(line=1, column=1, sentence=_("文件太大，不像是表样")),))
    try:
        plain = tomllib.loads(text)
        too_deep = _depth(plain) > _DEEPEST
    except (RecursionError, ValueError) as error:
        what, line = toml_reason(error, text)
        place = _PLACE.search(str(error))
        column = int(place[2]) if place else 1
        sentence = _("不是有效的 TOML：{what}").format(what=what)
        raise BadForm((Mistake(line=line or 1, column=column, sentence=sentence),)) from None
    if too_deep:
        raise BadForm((Mistake(line=1, column=1, sentence=_("嵌套太深")),))
    return plain


def _depth(value: Any) -> int:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, items), default=0)
