"""What was typed for a document that is not made yet: kept for the next start, as a document's own texts are."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from perftui.files.errors import FileError
from perftui.store.document_state_dir import own_folder

_NAME = "values.json"


def keep_begun(data: Path, values: Mapping[str, str]) -> None:
    """Keep the fields of a new document in a data folder, by their names; where that cannot be, they are not kept.

    It is called for every letter: a file cut by a crash counts as none, and is not worth waiting for the disk.
    """
    with suppress(OSError, FileError):
        place = own_folder(data, "begun") / _NAME
        if any(values.values()):
            place.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        else:
            place.unlink(missing_ok=True)


def begun(data: Path) -> dict[str, str]:
    """The fields that were kept for a data folder; none where nothing was begun."""
    with suppress(OSError, FileError, ValueError):
        values = json.loads((own_folder(data, "begun") / _NAME).read_text(encoding="utf-8"))
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if isinstance(value, str)}
    return {}
