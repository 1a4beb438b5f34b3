"""Who is working: several people may share one account, and each gives a name once per connection."""

import os
import pwd
from contextlib import suppress
from pathlib import Path

VARIABLE = "PERFTUI_USER"


def person() -> str:
    """The person's name: told in ``PERFTUI_USER``, else the account's."""
    name = os.environ.get(VARIABLE, "").strip()
    if name:
        return name
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def other_account(path: Path) -> str:
    """The account that a file belongs to; "" for one's own, as it may have been anybody, and where it has no name."""
    with suppress(OSError, KeyError):
        owner = path.stat().st_uid
        return "" if owner == os.getuid() else pwd.getpwuid(owner).pw_name
    return ""
