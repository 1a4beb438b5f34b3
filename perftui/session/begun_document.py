"""What was typed for a document that is not made yet: kept for the next start, as a document's own texts are."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from perftui.files.errors import FileError
from perftui.files.reading import digest
from perftui.session.journal.recorder import DRAFT_NOTED
from perftui.session.open_document import FLUSH_TIMEOUT
from perftui.store.cache_file import put_in_place
from perftui.store.document_state_dir import own_folder
from perftui.store.saver import Saver

_NAME = "values.json"


class BegunDocument:
    """The fields of a new document in a data folder, by their names; where they cannot be kept, they are not."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.values = _read(data)
        """At first those of another time; none where nothing was begun."""
        self._written = self.values
        self._saver = Saver(self._write, lambda _status: None)

    def keep(self, values: Mapping[str, str]) -> None:
        """Keep other values. No letter waits for the disk, which has it soon."""
        self.values = dict(values)
        self._saver.wake(DRAFT_NOTED)

    def close(self) -> None:
        """Write what waits."""
        self._saver.close(FLUSH_TIMEOUT)

    def _write(self) -> str:
        values = self.values
        if values != self._written:
            place = own_folder(self._data, "begun") / _NAME
            if any(values.values()):
                data = json.dumps(values, ensure_ascii=False).encode()
                put_in_place(place, digest(data), data)
            else:
                place.unlink(missing_ok=True)
            self._written = values
        return ""


def _read(data: Path) -> dict[str, str]:
    with suppress(OSError, FileError, ValueError):
        values = json.loads((own_folder(data, "begun") / _NAME).read_text(encoding="utf-8"))
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if isinstance(value, str)}
    return {}
