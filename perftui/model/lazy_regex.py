"""Regular expressions that are compiled at their first use: a start loads many of them and uses few."""

import re
from typing import Any, cast


def lazily(pattern: str) -> re.Pattern[str]:
    """``re.compile(pattern)``, later."""
    return cast("re.Pattern[str]", _LazyPattern(pattern))


class _LazyPattern:
    """Stands for a compiled pattern; its methods are looked up once and then kept as attributes."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        """Compile; Python asks here only for what is not there yet."""
        found = getattr(re.compile(self.pattern), name)
        setattr(self, name, found)
        return found
