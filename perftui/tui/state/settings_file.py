"""The person's settings file: where it is, and the settings that commands change in it."""

import re
from pathlib import Path

from perftui.files.errors import Missing
from perftui.files.reading import read_file
from perftui.files.removing import create_folder
from perftui.files.writing import write_file
from perftui.files.xdg_dirs import config_folder

SETTINGS_FILE = "settings.toml"


def settings_path() -> Path:
    """Where the settings are looked for."""
    return config_folder() / SETTINGS_FILE


def remember(key: str, value: str) -> None:
    """Write one setting down as TOML has it; everything else in the file stays as it is. Raises a FileError."""
    path = settings_path()
    create_folder(path.parent, 0o700)
    try:
        read = read_file(path)
        text, base = read.data.decode("utf-8", "surrogateescape"), read.digest
    except Missing:
        text, base = "", None
    line, head = f"{key} = {value}", text.partition("\n[")[0]
    found = re.search(rf"^{key}[ \t]*=[^\n]*", head, re.M)
    text = f"{text[: found.start()]}{line}{text[found.end() :]}" if found else f"{line}\n{text}"
    write_file(path, text.encode("utf-8", "surrogateescape"), base)
