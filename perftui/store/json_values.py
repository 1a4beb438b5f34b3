"""TOML values as JSON and back; what JSON does not have (dates, times, inf, nan) is written as its TOML text."""

import math
import tomllib
from datetime import date, time
from typing import Any

from perftui.store.toml.canonical import encode_value

JsonObject = dict[str, Any]
"""What a line of a journal, or a small file of the state folder, holds."""

_TOML = "\x00toml"


def to_json(value: Any) -> Any:
    """The value as JSON can hold it."""
    if isinstance(value, dict):
        return {key: to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, date | time) or (isinstance(value, float) and not math.isfinite(value)):
        return {_TOML: encode_value(value)}
    return value


def from_json(value: Any) -> Any:
    """The value that ``to_json`` was given. Raises ValueError for a text that is no TOML."""
    if isinstance(value, dict):
        if set(value) == {_TOML}:
            return tomllib.loads(f"value = {value[_TOML]}")["value"]
        return {key: from_json(item) for key, item in value.items()}
    return [from_json(item) for item in value] if isinstance(value, list) else value
