"""The user's own folders: state (journals), cache, settings. By the XDG rules, on every system alike.

Written out here, because the usual library costs every command 20 ms.
"""

import os
from pathlib import Path

from perftui.files.removing import create_folder

_PRIVATE = 0o700
_OWN = "perftui"


def state_folder() -> Path:
    """The folder for journals and other state, made if it is not there: ``~/.local/state/perftui``."""
    return _made(_place("XDG_STATE_HOME", ".local/state"))


def cache_folder() -> Path:
    """The folder for what can be computed again, made if it is not there: ``~/.cache/perftui``."""
    return _made(_place("XDG_CACHE_HOME", ".cache"))


def config_folder() -> Path:
    """The folder of the user's settings, which may not be there: ``~/.config/perftui``."""
    return _place("XDG_CONFIG_HOME", ".config")


def _place(variable: str, default: str) -> Path:
    given = os.environ.get(variable, "")
    base = Path(given) if os.path.isabs(given) else Path(os.path.expanduser("~")) / default
    return base / _OWN


def _made(folder: Path) -> Path:
    create_folder(folder, _PRIVATE)
    return folder
