"""What was typed for a document that is not made yet, while the disk is slow."""

from pathlib import Path
from threading import Event

import pytest

from perftui.files.errors import Digest
from perftui.session import begun_document
from perftui.session.begun_document import BegunDocument
from perftui.store.cache_file import put_in_place


def test_no_letter_waits_for_the_disk_and_the_last_one_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writes, goes_on = Event(), Event()

    def stands_still(path: Path, mark: Digest, data: bytes) -> None:
        writes.set()
        goes_on.wait(10)
        put_in_place(path, mark, data)

    monkeypatch.setattr(begun_document, "put_in_place", stands_still)
    monkeypatch.setattr(begun_document, "DRAFT_NOTED", 0.0)
    kept = BegunDocument(tmp_path)
    kept.keep({"year": "2"})
    assert writes.wait(10)  # also where the program is killed now
    kept.keep({"year": "20"})
    assert not goes_on.is_set()
    goes_on.set()
    kept.close()
    again = BegunDocument(tmp_path)
    assert again.values == {"year": "20"}
    again.keep({"year": ""})
    again.close()
    assert BegunDocument(tmp_path).values == {}
