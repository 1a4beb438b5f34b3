"""The user's own folders for one document, outside the data: journals, deleted projects."""

import hashlib
import os
from pathlib import Path

from perftui.files.removing import create_folder
from perftui.files.xdg_dirs import state_folder

_PRIVATE = 0o700


def own_folder(folder: Path, kind: str) -> Path:
    """The private state folder of a kind for a document's folder; made if it is not there. Raises a FileError."""
    place = state_folder() / kind / folder_key(folder)
    create_folder(place, _PRIVATE)
    return place


def folder_key(folder: Path) -> str:
    """A folder's name in the state folder: 16 hexadecimal digits of the hash of its real path (links resolved)."""
    return hashlib.sha256(os.fsencode(os.path.realpath(folder))).hexdigest()[:16]
