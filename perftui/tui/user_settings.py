"""A person's own settings: one TOML file in the configuration folder. What is wrong in it is named; the rest holds."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from perftui.files.errors import FileError, Missing
from perftui.files.reading import read_file
from perftui.locale import LANGUAGES, _, labelled
from perftui.model.frozen import frozen
from perftui.store.problem import BadFile
from perftui.store.toml.decode import parsed, text_of
from perftui.store.toml.scan import line_of
from perftui.tui.commands import COMMANDS, keymap
from perftui.tui.state.settings_file import SETTINGS_FILE

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": LANGUAGES,
    "theme": ("dark", "light", "mono"),
    "ambiguous": ("auto", "1", "2"),
    "enter": ("down", "next"),
    "rollover_amounts": ("blank", "copy"),
}


@frozen
class UserSettings:
    """How the screens behave for one person."""

    language: str = ""
    """``zh`` or ``en``; "" where nothing was chosen."""
    theme: str = "dark"
    """``dark``, ``light`` or ``mono``: which of the terminal's colours are used."""
    ambiguous: str = "auto"
    """Cells of ambiguous characters: ``auto`` (the terminal is asked), ``1`` or ``2``."""
    mouse: bool | None = None
    """Is the mouse reported? ``None`` says nothing: it is not."""
    enter: str = "down"
    """Where Enter goes in the sheets: ``down``, or ``next`` to the next cell."""
    rollover_amounts: str = ""
    """Next year's amounts: ``blank`` or ``copy``; "" where nobody was asked yet."""
    keys: Mapping[str, str] = field(default_factory=keymap)
    """The command of each key."""
    problems: tuple[str, ...] = ()
    """What is wrong in the file, a sentence each with its line."""


def read_settings(path: Path) -> UserSettings:
    """The settings in a file; the usual ones where there is none or it cannot be read."""
    try:
        text = text_of(read_file(path).data)
        plain = parsed(text)
    except Missing:
        return UserSettings()
    except FileError as error:
        return UserSettings(problems=(str(error),))
    except BadFile as error:
        return UserSettings(problems=(str(error.problem(SETTINGS_FILE)),))
    return _Reader(text).settings(plain)


class _Reader:
    """Takes what is right and names what is wrong."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._problems: list[str] = []

    def settings(self, plain: dict[str, Any]) -> UserSettings:
        found: dict[str, Any] = {}
        for key, value in plain.items():
            if key in _CHOICES:
                chosen = str(value).lower() if not isinstance(value, bool) else ""
                if chosen in _CHOICES[key]:
                    found[key] = chosen
                else:
                    self._wrong((key,), _("可以写 {choices}").format(choices=" ".join(_CHOICES[key])))
            elif key == "mouse" and isinstance(value, bool):
                found[key] = value
            elif key == "keys" and isinstance(value, dict):
                found[key] = self._keys(value)
            else:
                self._wrong((key,), _("不认识这一项，或者写法不对"))
        return UserSettings(**found, problems=tuple(self._problems))

    def _keys(self, own: dict[str, Any]) -> dict[str, str]:
        known = {one.id: one for one in COMMANDS}
        keys = keymap()
        for command_id, text in _flat(own):
            path = ("keys", *command_id.split("."))
            if command_id not in known or not isinstance(text, str):
                self._wrong(path, _("没有这个命令；命令的名称见 perftui keys"))
                continue
            wanted = [key.strip().lower() for key in text.split(",") if key.strip()]
            if any(len(key) == 1 for key in wanted):
                self._wrong(path, _("单个字母要留给输入法，不能当命令键"))
                continue
            keys = {key: held for key, held in keys.items() if held != command_id and key not in wanted}
            keys.update(dict.fromkeys(wanted, command_id))
        return keys

    def _wrong(self, path: tuple[str, ...], what: str) -> None:
        line = line_of(self._text, path) or line_of(self._text, ("keys", ".".join(path[1:])))
        place = "" if line is None else _("第 {line} 行 ").format(line=line)
        self._problems.append(labelled(f"{SETTINGS_FILE} {place}{'.'.join(path)}", what))


def _flat(own: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """``[keys]`` may name commands as ``"edit.undo"`` or as ``edit.undo``."""
    for key, value in own.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
