"""Who is at the keyboard: several people may share one account, and each says a name once a connection."""

import os
import pwd

VARIABLE = "PERFTUI_USER"


def person() -> str:
    """The person's name: told in ``PERFTUI_USER``, else the account's."""
    told = os.environ.get(VARIABLE, "").strip()
    if told:
        return told
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
