"""Where the user's own folders are, as text. Nothing but ``os`` is imported: an answer that is kept waits for it."""

import os

_OWN = "perftui"


def own_place(variable: str, default: str) -> str:
    """The folder below what a variable names, or else below a folder of the home; it may not be there."""
    given = os.environ.get(variable, "")
    base = given if os.path.isabs(given) else os.path.join(os.path.expanduser("~"), default)
    return os.path.join(base, _OWN)


def cache_place() -> str:
    """The folder for what can be computed again: ``~/.cache/perftui``."""
    return own_place("XDG_CACHE_HOME", ".cache")


def config_place() -> str:
    """The folder of the user's settings: ``~/.config/perftui``."""
    return own_place("XDG_CONFIG_HOME", ".config")
