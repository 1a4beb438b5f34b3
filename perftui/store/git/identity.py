"""A person's name in the settings of one clone: asked for once, and written into every version from then on."""

import os
import pwd
import socket

from perftui.store.git.repository import Repository


def set_identity(repository: Repository, name: str) -> None:
    """Keep a person's name for this clone, with the address that the account has. Raises GitFailed."""
    repository.set_setting("user.name", name.strip())
    if not repository.setting("user.email"):
        repository.set_setting("user.email", _address())


def _address() -> str:
    try:
        account = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        account = str(os.getuid())
    return f"{account}@{socket.gethostname()}"
