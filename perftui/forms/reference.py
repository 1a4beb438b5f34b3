"""The reference of the language, and the JSON Schema of definitions: both made from the one table."""

from collections.abc import Iterator
from typing import Any

from perftui.forms.language import LANGUAGE, Holds, Key, Section

_DRAFT = "http://json-schema.org/draft-07/schema#"
"""What the TOML editors' own checkers understand."""
_NAME = "^[a-z][a-z0-9_]*$"
_HELD = {
    Holds.TEXT: "文字", Holds.NAME: "键名", Holds.FLAG: "true 或 false", Holds.NUMBER: "整数", Holds.TEXTS: "一列文字",
    Holds.NUMBERS: "一列整数", Holds.TABLE: "表", Holds.TABLES: "几个表", Holds.WORDS: "文字的表",
}  # fmt: skip


def reference_lines() -> Iterator[str]:
    """The reference as Markdown: a heading a section, a line a key."""
    for name, section in LANGUAGE.items():
        yield f"## {name}"
        yield ""
        yield from (_line(key, told) for key, told in section.items())
        yield ""


def _line(name: str, key: Key) -> str:
    held = _HELD[key.holds] + (f"（{key.section}）" if key.section else "")
    words = "：" + " ".join(key.words) if key.words else ""
    return f"- `{name}`{'*' if key.required else ''} {held}{words}。{key.about}"


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


def _key(key: Key) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string"}
    number = {"type": "integer", "minimum": key.least, "maximum": key.most}
    table = {"$ref": f"#/definitions/{key.section}"}
    match key.holds:
        case Holds.TEXT:
            found = {**text, "enum": list(key.words)} if key.words else text
        case Holds.NAME:
            found = {**text, "pattern": _NAME}
        case Holds.FLAG:
            found = {"type": "boolean"}
        case Holds.NUMBER:
            found = number
        case Holds.TEXTS:
            found = {"type": "array", "items": text}
        case Holds.NUMBERS:
            found = {"type": "array", "items": number}
        case Holds.TABLE:
            found = {"allOf": [table]}
        case Holds.TABLES:
            found = {"type": "array", "items": table, **({"minItems": 1} if key.required else {})}
        case Holds.WORDS:
            found = {"type": "object", "additionalProperties": text}
    return {"description": key.about, **found}
