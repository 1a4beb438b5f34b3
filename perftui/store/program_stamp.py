"""What tells one state of the program from another, for the keys of caches. Nothing but ``os`` is imported."""

import os

SHOWN = ("editing", "exchange", "files", "forms", "locale", "model", "programs", "review", "session", "store")
"""The folders of the program that what is shown of a document comes from, besides those of who shows it."""
ENVIRONMENT = ("PERFTUI_LANG", "PERFTUI_USER", "LANG", "LC_ALL")
"""The variables that it hangs on, besides those of who shows it."""

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def program_stamp(*parts: str) -> tuple[tuple[str, int, int, int], ...]:
    """Names, sizes and times of the modules in some folders of the program; a cache is valid for one such stamp."""
    found: list[tuple[str, int, int, int]] = []
    folders = [os.path.join(_PACKAGE, part) for part in parts]
    for folder in folders:  # grows
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith((".py", ".toml")):
                    status = entry.stat()
                    found.append((name, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
                elif "." not in name and name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)
    return tuple(sorted(found))
