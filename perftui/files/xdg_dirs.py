"""The user's own folders: state (journals), cache, settings. By the XDG rules, on every system alike.

Written out here, because the usual library costs every command 20 ms.
"""

from pathlib import Path

from perftui.files.own_place import cache_place, config_place, own_place
from perftui.files.removing import create_folder

_PRIVATE = 0o700


def state_folder() -> Path:
    """The folder for journals and other state, made if it is not there: ``~/.local/state/perftui``."""
    return _made(own_place("XDG_STATE_HOME", ".local/state"))


def cache_folder() -> Path:
    """The folder for what can be computed again, made if it is not there: ``~/.cache/perftui``."""
    return _made(cache_place())


def config_folder() -> Path:
    """The folder of the user's settings, which may not be there: ``~/.config/perftui``."""
    return Path(config_place())


def _made(place: str) -> Path:
    folder = Path(place)
    create_folder(folder, _PRIVATE)
    return folder
