"""Who is working: several people may share one account, and each gives a name once per connection."""

import os
import pwd

VARIABLE = "PERFTUI_USER"


def person() -> str:
    """The person's name: told in ``PERFTUI_USER``, else the account's."""
    sentence = os.environ.get(VARIABLE, "").strip()
    if sentence:
        return sentence
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
