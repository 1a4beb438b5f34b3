"""The reference of the language, and the JSON Schema of definitions: both made from the one table."""

from collections.abc import Iterator
from typing import Any

from perftui.forms.language import LANGUAGE, LanguageKey, Section, ValueType
from perftui.locale import N_, _

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""What the TOML editors' own checkers understand."""
_NAME = "^[a-z][a-z0-9_]*$"
_HELD = {
    ValueType.TEXT: N_("文字"), ValueType.NAME: N_("键名"), ValueType.FLAG: N_("true 或 false"),
    ValueType.NUMBER: N_("整数"), ValueType.TEXTS: N_("一列文字"), ValueType.NUMBERS: N_("一列整数"),
    ValueType.TABLE: N_("表"), ValueType.TABLES: N_("几个表"), ValueType.WORDS: N_("文字的表"),
}  # fmt: skip


def reference_lines() -> Iterator[str]:
    """The reference as Markdown: a heading a section, a line a key."""
    for name, section in LANGUAGE.items():
        yield f"## {name}"
        yield ""
        yield from (_line(key, meaning) for key, meaning in section.items())
        yield ""


def _line(name: str, key: LanguageKey) -> str:
    held = _("{held}（{of}）").format(held=_(_HELD[key.holds]), of=key.section) if key.section else _(_HELD[key.holds])
    held = _("{held}：{words}").format(held=held, words=" ".join(key.words)) if key.words else held
    return _("- `{name}`{star} {held}。{about}").format(
        name=name, star="*" if key.required else "", held=held, about=_(key.about)
    )


def definition_schema() -> dict[str, Any]:
    """The JSON Schema of a definition."""
    found = {name: _section(section) for name, section in LANGUAGE.items()}
    form = found.pop("form")
    return {"$schema": _DRAFT, "title": "perftui form", **form, "definitions": found}


def _section(section: Section) -> dict[str, Any]:
    required = [name for name, key in section.items() if key.required]
    found: dict[str, Any] = {
        "type": "object",
        "properties": {name: _key(key) for name, key in section.items()},
        "additionalProperties": False,
    }
    return {**found, "required": required} if required else found


def _key(key: LanguageKey) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    number = {"type": "integer", "minimum": key.least, "maximum": key.most}
    table = {"$ref": f"#/definitions/{key.section}"}
    match key.holds:
        case ValueType.TEXT:
            found = {**text, "enum": list(key.words)} if key.words else text
        case ValueType.NAME:
            found = {**text, "pattern": _NAME}
        case ValueType.FLAG:
            found = {"type": "boolean"}
        case ValueType.NUMBER:
            found = number
        case ValueType.TEXTS:
            found = {"type": "array", "items": text}
        case ValueType.NUMBERS:
            found = {"type": "array", "items": number}
        case ValueType.TABLE:
            found = {"allOf": [table]}
        case ValueType.TABLES:
            found = {"type": "array", "items": table, **({"minItems": 1} if key.required else {})}
        case ValueType.WORDS:
            found = {"type": "object", "additionalProperties": text}
    return {"description": _(key.about), **found}
