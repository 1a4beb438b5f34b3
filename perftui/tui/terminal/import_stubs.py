"""Loading Textual without what these screens never use: its command palette and asyncio's TLS, a tenth of the start.

Both are held to the version of Textual that is required, by the tests that start the program in a terminal.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_PALETTE = "textual.command"
_NAMES = ("CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider")
"""What Textual takes from its palette's module when it is loaded."""
_TLS = "ssl"
"""asyncio does without it where it cannot be imported."""


@contextmanager
def left_out() -> Iterator[None]:
    """Inside the block Textual is imported without them; afterwards they can be imported by whoever wants them."""
    palette = ModuleType(_PALETTE)
    for name in _NAMES:
        setattr(palette, name, type(name, (), {}))
    wanted: dict[str, ModuleType | None] = {_PALETTE: palette, _TLS: None}
    absent = {name: module for name, module in wanted.items() if name not in sys.modules}
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.update(absent)
    try:
        yield
    finally:
        for name, module in absent.items():
            if modules.get(name, palette) is module:
                del modules[name]
